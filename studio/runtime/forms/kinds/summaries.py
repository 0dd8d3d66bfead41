"""Summaries: Summary2."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings
from studio.runtime.forms.summaries import sections_of
from studio.runtime.forms.view import ComponentView


def _settings(_raw: Raw, _spot: Spot, _around: Around) -> Settings:
    return {"sections": ()}


def _fill(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    if not build.summarise or build.state.design:
        return view
    sections = sections_of(view.raw, build.in_summary(), build.state)
    return replace(view, settings={**view.settings, "sections": sections})


KINDS: Final[Mapping[str, Kind]] = {
    "Summary2": Kind(template="summary2", settings=_settings, fill=_fill),
}
