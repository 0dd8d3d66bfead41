"""Subforms: forms of their own, each entry kept as a data element of its own (components.md, 6)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.definition.layouts import LayoutSet
from studio.definition.metadata import DataType
from studio.runtime.forms.entries import SUBFORM, Entry, data_type_of, subform_of
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings, title_of
from studio.runtime.forms.open_places import asked
from studio.runtime.forms.state import FormState, entry_state
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, Issue
from studio.runtime.forms.wording import gettext


@dataclass(frozen=True, slots=True)
class EntryView:
    """One entry in the table of a subform.

    `id` is that of its data element, `name` what it is called (never empty), `display_name` what the app
    calls it, `edit` the app's text on the button that opens it. `asks`: the person is asked whether to
    delete it.
    """

    id: str
    name: str
    display_name: str
    cells: tuple[str, ...]
    edit: str = ""
    asks: bool = False
    has_errors: bool = False


def most_of(kind: DataType) -> int | None:
    """How many entries there can be; None for any number."""
    return kind.max_count if kind.max_count > 0 else None


def entry_place(key: str, element: str) -> str:
    """What an entry is called among the places that stand open (open_places.py)."""
    return f":{key}[{element}]"


def lets(kind: DataType, refusal: str) -> bool:
    """Whether a data type does not say `disallowUserCreate` or `disallowUserDelete`."""
    logic = kind.raw.get("appLogic")
    return not (isinstance(logic, Mapping) and logic.get(refusal) is True)


def _settings(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    delimiter = raw.get("summaryDelimiter")
    return {
        "heads": (),
        "entries": (),
        "can_add": raw.get("showAddButton") is not False,
        "can_delete": raw.get("showDeleteButton") is not False,
        "min": 0,
        "delimiter": delimiter if isinstance(delimiter, str) else " — ",
    }


def _columns(raw: Raw) -> list[Mapping[str, Any]]:
    given = raw.get("tableColumns")
    return [each for each in (given if isinstance(given, list) else []) if isinstance(each, Mapping)]


def _fill(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    state, settings = build.state, dict(view.settings)
    settings["heads"] = tuple(state.text(str(each.get("headerContent") or "")) for each in _columns(view.raw))
    layout_set = subform_of(state.app, view.raw)
    kind = data_type_of(state.app, layout_set) if layout_set else None
    if layout_set is None or kind is None:
        return replace(view, settings={**settings, "can_add": state.design, "can_delete": False})
    entries, most = state.entries.get(kind.id, ()), most_of(kind)
    settings["entries"] = tuple(
        _entry(view, state, layout_set, entry, number) for number, entry in enumerate(entries, 1)
    )
    settings["can_add"] &= not view.read_only and (most is None or len(entries) < most)
    settings["can_add"] &= lets(kind, "disallowUserCreate")
    settings["can_delete"] &= not view.read_only and lets(kind, "disallowUserDelete")
    settings["min"] = max(kind.min_count, 0)
    return replace(view, settings=settings, required=view.required or settings["min"] > 0)


def _entry(
    view: ComponentView, state: FormState, layout_set: LayoutSet, entry: Entry, number: int
) -> EntryView:
    spot = entry_state(state, layout_set, entry).form.page("")
    cells = tuple(_cell(spot, each.get("cellContent")) for each in _columns(view.raw))
    display_name = spot.text_value("entryDisplayName", view.raw.get("entryDisplayName"), "") or ""
    first = next((text for text in cells if text), "")
    bindings = view.raw.get("textResourceBindings")
    edit = bindings.get("tableEditButton") if isinstance(bindings, Mapping) else None
    return EntryView(
        id=entry.id,
        name=display_name or first or gettext("Number %(number)s", number=number),
        display_name=display_name,
        cells=cells,
        edit=spot.text(spot.text_value("tableEditButton", edit, "") or ""),
        asks=asked(state.open_rows, entry_place(view.key, entry.id)),
        has_errors=any(each.entry is not None and each.entry.element == entry.id for each in view.errors),
    )


def _cell(spot: Spot, content: Any) -> str:
    """What a column says about an entry; expressions read the entry's own data."""
    if not isinstance(content, Mapping):
        return ""
    query, value = content.get("query"), content.get("value")
    if isinstance(query, str):
        found = spot.data(query, None)
        shown = "" if isinstance(found, list | dict) else to_text(found)
    else:
        shown = spot.text_value("cellContent.value", value, "") or ""
        shown = shown if isinstance(value, list) else spot.text(shown)
    default = content.get("default")
    return shown or (spot.text(default) if isinstance(default, str) and default else "")


def _in_summary(view: ComponentView) -> Iterator[CellView]:
    title, heads = title_of(view), view.settings["heads"]
    for entry in view.settings["entries"]:
        parts = [f"{head}: {text}" for head, text in zip(heads, entry.cells, strict=True) if text]
        yield CellView(view.settings["delimiter"].join((title, entry.name)), " · ".join(parts))
    if not view.settings["entries"]:
        yield CellView(title, "")


def _too_few(_state: FormState, view: ComponentView) -> Iterator[Issue]:
    least = max(view.settings["min"], int(view.required))
    if len(view.settings["entries"]) < least:
        message = view.text("requiredValidation") or gettext("Add at least %(least)s.", least=least)
        yield Issue(view.field, message, "error", "Required", "minItems")


KINDS: Final[Mapping[str, Kind]] = {
    SUBFORM: Kind(
        drawn_ahead=False,
        template="subform",
        summary="subform_summary",
        own_name=True,
        settings=_settings,
        fill=_fill,
        cells=_in_summary,
        missing=_too_few,
    ),
}
