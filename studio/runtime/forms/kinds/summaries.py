"""Summaries: Summary2, and Summary, which shows one component."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings
from studio.runtime.forms.summaries import component_section, sections_of
from studio.runtime.forms.view import ComponentView


def _settings(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    return {
        "sections": (),
        "compact": raw.get("isCompact") is True,
        "folded": raw.get("showPageInAccordion") is True,
        "one": False,
    }


def _fill(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    if not build.summarise or build.state.design:
        return view
    sections = sections_of(view.raw, build.in_summary())
    target = view.raw.get("target")
    is_one = isinstance(target, Mapping) and target.get("type") == "component"
    return replace(view, settings={**view.settings, "sections": sections, "one": is_one})


def _one(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    if not build.summarise or build.state.design:
        return view
    section = component_section(view.raw, build.in_summary())
    sections = (section,) if section else ()
    return replace(view, settings={**view.settings, "sections": sections, "one": True})


KINDS: Final[Mapping[str, Kind]] = {
    "Summary": Kind(template="summary2", settings=_settings, fill=_one, drawn_ahead=False),
    "Summary2": Kind(template="summary2", settings=_settings, fill=_fill, drawn_ahead=False),
}
