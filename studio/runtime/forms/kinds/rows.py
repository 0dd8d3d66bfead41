"""Repeating groups: components that are there once for each row of a list."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final

from flask_babel import gettext

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings, with_children
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import CellView, ComponentView, Issue, RowView

_CELLS: Final = 5


def _settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    edit = _edit(raw)
    least, most = raw.get("minCount"), raw.get("maxCount")
    all_open = edit.get("mode") in {"showAll", "onlyTable"}
    return {
        "min": least if isinstance(least, int) else 0,
        "max": most if isinstance(most, int) else None,
        "can_add": spot.flag_value("edit.addButton", edit.get("addButton"), default=True),
        "can_close": not all_open
        and spot.flag_value("edit.saveButton", edit.get("saveButton"), default=True),
        "all_open": all_open,
        "open_by_default": edit.get("openByDefault", False),
    }


def _edit(raw: Raw) -> Mapping[str, Any]:
    edit = raw.get("edit")
    return edit if isinstance(edit, Mapping) else {}


def _fill(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    if build.state.design:
        return with_children(view, spot, around, build)
    count = spot.form.row_count(spot.node, spot.rows) if spot.node else 0
    made = (_row(view, spot, index, count, around, build) for index in range(count))
    rows = tuple(row for row in made if row is not None)
    most = view.settings["max"]
    can_add = view.settings["can_add"] and not view.read_only and (most is None or count < most)
    required = view.settings["min"] > 0
    return replace(view, rows=rows, settings={**view.settings, "can_add": can_add}, required=required)


def _row(
    view: ComponentView, spot: Spot, index: int, count: int, around: Around, build: Build
) -> RowView | None:
    children = [child for child in spot.node.children if child.part == "row"] if spot.node else []
    spots = [spot.form.spot(child.id, (*spot.rows, index)) for child in children]
    if spots and spot.form.row_is_hidden(spots[0]):
        return None
    views = tuple(made for each in spots if (made := build.component(each, around)) is not None)
    field = f"{view.field}[{index}]"
    row = view.value[index] if isinstance(view.value, list) else None
    edit = _edit(view.raw)
    place = spots[0] if spots else spot
    return RowView(
        index=index,
        field=field,
        row_id=str(row.get("altinnRowId") or index) if isinstance(row, dict) else str(index),
        is_open=_is_open(view, field, index, count, build.state),
        cells=_cells(views, view.raw.get("tableHeaders")),
        children=views,
        can_edit=place.flag_value("edit.editButton", edit.get("editButton"), default=True),
        can_delete=not view.read_only
        and place.flag_value("edit.deleteButton", edit.get("deleteButton"), default=True),
        has_errors=any(inner.errors for outer in views for inner in outer.walk()),
    )


def _is_open(view: ComponentView, field: str, index: int, count: int, state: FormState) -> bool:
    default = view.settings["open_by_default"]
    first_or_last = (default == "first" and index == 0) or (default == "last" and index == count - 1)
    return field in state.open_rows or view.settings["all_open"] or first_or_last


def _cells(views: tuple[ComponentView, ...], headers: Any) -> tuple[CellView, ...]:
    wanted = set(headers) if isinstance(headers, list) else None
    cells = [cell for view in views for cell in view.cells if wanted is None or view.id in wanted]
    return tuple(cells[:_CELLS])


def _in_summary(view: ComponentView) -> Iterator[CellView]:
    title = view.text("summaryTitle") or view.text("title") or view.id
    for row in view.rows:
        parts = [f"{cell.label}: {cell.text}" for child in row.children for cell in child.cells if cell.text]
        yield CellView(f"{title} {row.index + 1}", " · ".join(parts))
    if not view.rows:
        yield CellView(title, "")


def _too_few(state: FormState, view: ComponentView) -> Iterator[Issue]:
    least = view.settings["min"]
    if len(view.rows) < least:
        data_type, path = state.place(view.field)
        text = gettext("Add at least %(least)s.", least=least)
        yield Issue(path, text, "error", "Required", "minItems", data_type)


KINDS: Final[Mapping[str, Kind]] = {
    "RepeatingGroup": Kind(
        template="repeating_group",
        summary="repeating_group",
        main="group",
        settings=_settings,
        fill=_fill,
        cells=_in_summary,
        missing=_too_few,
    ),
}
