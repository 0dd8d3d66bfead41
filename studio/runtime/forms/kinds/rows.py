"""Repeating groups: components that are there once for each row of a list (components.md, 5)."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.definition.expressions.tree import Node
from studio.runtime.forms.kinds.buttons import button_look
from studio.runtime.forms.kinds.containers import column_width, grid_rows
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings, with_children
from studio.runtime.forms.open_places import asked, page_of, row_page
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import CellView, Column, ComponentView, Issue, RowView
from studio.runtime.forms.wording import gettext

_MODES: Final = frozenset({"showTable", "hideTable", "showAll", "onlyTable"})
_ALIGNMENTS: Final = frozenset({"left", "center", "right"})


@dataclass(frozen=True, slots=True)
class Group:
    """A repeating group that is being shown: what all its rows need."""

    view: ComponentView
    spot: Spot
    around: Around
    build: Build
    count: int

    @property
    def raw(self) -> Raw:
        """The group as the layout file has it."""
        return self.view.raw

    @property
    def state(self) -> FormState:
        """What the form is now."""
        return self.build.state

    @property
    def children(self) -> list[Node]:
        """The components of a row."""
        return [child for child in self.spot.node.children if child.part == "row"] if self.spot.node else []

    def column(self, component_id: str) -> Mapping[str, Any]:
        """How the table shows a component."""
        columns = self.raw.get("tableColumns")
        found = columns.get(component_id) if isinstance(columns, Mapping) else None
        return found if isinstance(found, Mapping) else {}

    @property
    def edits_in_table(self) -> bool:
        """Whether the table is all there is."""
        return bool(self.view.settings["mode"] == "onlyTable")


def _settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    edit = _edit(raw)
    least, most, pagination = raw.get("minCount"), raw.get("maxCount"), raw.get("pagination")
    mode = edit.get("mode") if edit.get("mode") in _MODES else "showTable"
    per_page = pagination.get("rowsPerPage") if isinstance(pagination, Mapping) else None
    return {
        "min": least if isinstance(least, int) else 0,
        # Groups of the first generations had any number of rows with 0.
        "max": most if isinstance(most, int) and most > 0 else None,
        "mode": mode,
        "can_add": spot.flag_value("edit.addButton", edit.get("addButton"), default=True),
        "always_add": edit.get("alwaysShowAddButton") is True or mode in {"showAll", "onlyTable"},
        "open_by_default": edit.get("openByDefault", False),
        "vertical": edit.get("buttonLayout") == "vertical",
        "compact": edit.get("compactButtons") is True,
        "per_page": per_page if isinstance(per_page, int) and per_page > 0 else None,
        "sticky": raw.get("stickyHeader") is True,
        "add_button": button_look(raw.get("addButton")),
        "columns": (),
        "before": (),
        "after": (),
        "page": 0,
        "pages": 1,
    }


def _edit(raw: Raw) -> Mapping[str, Any]:
    edit = raw.get("edit")
    return edit if isinstance(edit, Mapping) else {}


def _fill(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    if build.state.design:
        view = with_children(view, spot, around, build)
        return replace(view, settings={**view.settings, **_fixed_rows(view.raw, view.children, build)})
    count = spot.form.row_count(spot.node, spot.rows) if spot.node else 0
    group = Group(view, spot, around, build, count)
    rows = [row for index in range(count) if (row := _row(group, index)) is not None]
    rows[-1:] = [replace(row, can_save_and_next=False) for row in rows[-1:]]
    settings = dict(view.settings)
    settings |= _paged(group, rows)
    settings["columns"] = _columns(group, rows)
    outside = _outside(group)
    settings |= _fixed_rows(group.raw, outside, build)
    most, is_busy = settings["max"], any(row.is_open for row in rows)
    settings["can_add"] = (
        settings["can_add"]
        and not view.read_only
        and (most is None or count < most)
        and (settings["always_add"] or not is_busy or settings["mode"] == "showTable")
    )
    settings["table"] = settings["mode"] in {"showTable", "onlyTable"} or (
        settings["mode"] == "hideTable" and not is_busy
    )
    required = settings["min"] > 0
    return replace(view, rows=tuple(rows), children=outside, settings=settings, required=required)


def _fixed_rows(raw: Raw, outside: tuple[ComponentView, ...], build: Build) -> dict[str, Any]:
    """The rows before and after those that are filled in."""
    return {
        "before": tuple(grid_rows(raw.get("rowsBefore"), outside, build)),
        "after": tuple(grid_rows(raw.get("rowsAfter"), outside, build)),
    }


def _outside(group: Group) -> tuple[ComponentView, ...]:
    """The components of the rows before and after the group, which stand in no row."""
    nodes = [child for child in group.spot.node.children if child.part != "row"] if group.spot.node else []
    made = (
        group.build.component(group.spot.form.spot(child.id, group.spot.rows), group.around)
        for child in nodes
    )
    return tuple(view for view in made if view is not None)


def _paged(group: Group, rows: Sequence[RowView]) -> dict[str, int]:
    """Which page of rows is shown: the one that was asked for, else the first with something to correct.

    Without either it is the one with the row that is open from the beginning.
    """
    size = group.view.settings["per_page"]
    pages = -(-len(rows) // size) if size else 1
    chosen = page_of(group.state.open_rows, group.view.field)
    if chosen is None and size:
        wrong = (place for place, row in enumerate(rows) if row.has_errors)
        opened = (place for place, row in enumerate(rows) if row.is_open)
        chosen = next(itertools.chain(wrong, opened), 0) // size
    return {"page": min(chosen or 0, max(pages - 1, 0)), "pages": max(pages, 1)}


def _row(group: Group, index: int) -> RowView | None:
    view, spot = group.view, group.spot
    spots = [spot.form.spot(child.id, (*spot.rows, index)) for child in group.children]
    if spots and spot.form.row_is_hidden(spots[0]):
        return None
    made = ((each, group.build.drawn(each, group.around)) for each in spots)
    drawn = {each.node.id: found for each, found in made if found is not None and each.node}
    views = {name: found for name, found in drawn.items() if not found.dormant}
    field = f"{view.field}[{index}]"
    row = view.value[index] if isinstance(view.value, list) else None
    edit, place = _edit(view.raw), spots[0] if spots else spot

    def allows(name: str, default: bool = True) -> bool:
        return place.flag_value(f"edit.{name}", edit.get(name), default=default)

    children = tuple(views.values())
    is_open = not group.edits_in_table and _is_open(group, field, index)
    page, pages = _row_page(group, field)
    return RowView(
        index=index,
        field=field,
        row_id=str(row.get("altinnRowId") or index) if isinstance(row, dict) else str(index),
        is_open=is_open,
        cells=tuple(cell for child in children for cell in child.cells),
        children=children,
        panel=tuple(found for name, found in drawn.items() if _in_panel(group, name, page)),
        in_table=tuple(views[name] for name in views if _in_table(group, name, is_open)),
        can_edit=allows("editButton") and not group.edits_in_table,
        can_delete=not view.read_only and allows("deleteButton"),
        can_save=allows("saveButton") and view.settings["mode"] != "showAll",
        can_save_and_next=allows("saveAndNextButton", False),
        asks=asked(group.state.open_rows, field),
        page=page,
        pages=pages,
        has_errors=any(inner.errors for outer in children for inner in outer.walk()),
    )


def _is_open(group: Group, field: str, index: int) -> bool:
    settings, last = group.view.settings, group.count - 1
    if settings["mode"] == "showAll" or field in group.state.open_rows:
        return True
    if any(name.startswith(f"{group.view.field}[") for name in group.state.open_rows):
        return False  # the person has taken over
    default = settings["open_by_default"]
    return (
        (default == "first" and index == 0)
        or (default in ("last", True) and index == last == 0)
        or (default == "last" and index == last)
    )


def _row_page(group: Group, field: str) -> tuple[int, int]:
    """The page of a row's panel that is shown, and how many there are (`edit.multiPage`)."""
    numbers = _page_numbers(group.raw)
    pages = max(numbers.values(), default=0) + 1 if numbers else 1
    return min(row_page(group.state.open_rows, field), pages - 1), pages


def _page_numbers(raw: Raw) -> dict[str, int]:
    """Which page of the panel each child stands on: the number in front of its id."""
    if _edit(raw).get("multiPage") is not True:
        return {}
    children = raw.get("children")
    split = (str(child).split(":", 1) for child in (children if isinstance(children, list) else []))
    return {parts[1]: int(parts[0]) for parts in split if len(parts) == 2 and parts[0].isdecimal()}


def _in_panel(group: Group, component_id: str, page: int) -> bool:
    if group.column(component_id).get("showInExpandedEdit") is False:
        return False
    return _page_numbers(group.raw).get(component_id, page) == page


def _in_table(group: Group, component_id: str, is_open: bool) -> bool:
    """Whether a component is filled in in the table. In an open row it stands in the panel instead."""
    column = group.column(component_id)
    if group.edits_in_table:
        return True
    in_panel = column.get("showInExpandedEdit") is not False
    return column.get("editInTable") is True and not (is_open and in_panel)


def _columns(group: Group, rows: Sequence[RowView]) -> tuple[Column, ...]:
    """The columns of the table, in the order of `tableHeaders` where it says which."""
    headers = group.raw.get("tableHeaders")
    wanted = [str(name) for name in headers] if isinstance(headers, list) else None
    nodes = {child.id: child for child in group.children}
    names = [name for name in (wanted if wanted is not None else nodes) if name in nodes]
    found = (_column(group, nodes[name], rows) for name in names)
    return tuple(column for column in found if column is not None)


def _column(group: Group, node: Node, rows: Sequence[RowView]) -> Column | None:
    look = group.column(node.id)
    if group.spot.flag_value("tableColumns.hidden", look.get("hidden"), default=False):
        return None
    views = [view for row in rows for view in row.children if view.id == node.id]
    # Nobody is asked anything in most components that hold others, or only say something.
    if rows and not views:
        return None
    sample = (
        views[0]
        if views
        else group.build.component(group.spot.form.spot(node.id, (*group.spot.rows, 0)), group.around)
    )
    if sample is None or not (sample.fields or group.edits_in_table or look.get("editInTable") is True):
        return None
    align = look.get("alignText")
    return Column(
        id=node.id,
        title=sample.text("tableTitle") or sample.text("title"),
        align=align if align in _ALIGNMENTS else "",
        width=column_width(look.get("width")),
        required=sample.required,
    )


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
        summary="repeating_group_summary",
        main="group",
        heading="title",
        settings=_settings,
        fill=_fill,
        cells=_in_summary,
        missing=_too_few,
    ),
}
