"""Objects of a list: SimpleTable shows them in a table, AddToList adds new ones (components.md).

Their fields come from the data model. Which of them stand open is told apart by component: two that are bound
to the same list do not open each other's rows.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.expressions import ExpressionError, Spot
from studio.definition.expressions.dates import format_moment, parse
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings, no_issues, title_of
from studio.runtime.forms.kinds.media import safe_address
from studio.runtime.forms.kinds.members import ListOfObjects
from studio.runtime.forms.open_places import asked
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, OptionView, RowView

SIMPLE_TABLE: Final = "SimpleTable"
ADD_TO_LIST: Final = "AddToList"


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell: a text, which may lead somewhere; or a choice that is made in the table."""

    text: str
    href: str = ""
    new_tab: bool = False
    choice: ComponentView | None = None


def place_of(view: ComponentView, index: int) -> str:
    """What stands for an object of a component where it is open, or asked about."""
    return f":{view.key}[{index}]"


def _table_settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    columns = tuple(column for column in _list(raw.get("columns")) if isinstance(column, Mapping))
    return {
        "columns": columns,
        "heads": tuple(spot.text(to_text(column.get("header"))) for column in columns),
        "zebra": raw.get("zebra") is True,
        "edits": raw.get("enableEdit") is True,
        "deletes": raw.get("enableDelete") is True,
        "size": raw.get("size") if raw.get("size") in {"sm", "md", "lg"} else "md",
        "title": spot.text(to_text(raw.get("title"))),
        "cells": (),
        "bound": False,
    }


def _adding_settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    return {"title": spot.text(to_text(raw.get("title"))), "edits": True, "deletes": True, "count": 0}


def _list(given: Any) -> Sequence[Any]:
    return given if isinstance(given, list) else ()


def _objects(view: ComponentView, spot: Spot, around: Around, build: Build, slot: str) -> ListOfObjects:
    held = view.values.get(slot)
    rows = tuple(held) if isinstance(held, list) else ()
    return ListOfObjects(view, spot, around, build.state, view.fields.get(slot, ""), rows)


def _titled(view: ComponentView) -> ComponentView:
    return replace(view, texts={"title": view.settings["title"], **view.texts})


def _with_table(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    view = _titled(view)
    objects = _objects(view, spot, around, build, "tableData")
    numbers = range(len(objects.rows)) if objects.field else range(0)
    cells = tuple(
        tuple(_cell(objects, index, column) for column in view.settings["columns"]) for index in numbers
    )
    rows = tuple(
        _row(objects, index, tuple(cell.choice for cell in cells[index] if cell.choice is not None))
        for index in numbers
    )
    bound = bool(objects.field) or build.state.design
    return replace(view, rows=rows, settings={**view.settings, "cells": cells, "bound": bound})


def _row(objects: ListOfObjects, index: int, choices: tuple[ComponentView, ...] = ()) -> RowView:
    view, opened, place = objects.view, objects.state.open_rows, place_of(objects.view, index)
    content = objects.rows[index]
    is_open = bool(view.settings["edits"]) and place in opened
    panel = objects.views(index) if is_open else ()
    in_panel = {each.field for each in panel}
    return RowView(
        index=index,
        field=place,
        row_id=str(content.get("altinnRowId") or index) if isinstance(content, dict) else str(index),
        is_open=is_open,
        cells=tuple(_summed_up(objects, index)),
        # What is filled in in the panel is not filled in in the table as well.
        children=(*panel, *(each for each in choices if each.field not in in_panel)),
        panel=panel,
        can_edit=bool(view.settings["edits"]),
        can_delete=bool(view.settings["deletes"]) and not view.read_only,
        asks=asked(opened, place),
    )


def _summed_up(objects: ListOfObjects, index: int) -> Iterator[CellView]:
    for member in objects.members:
        yield CellView(member.title or member.name, to_text(paths.read(objects.rows[index], member.name)))


def _cell(objects: ListOfObjects, index: int, column: Mapping[str, Any]) -> TableCell:
    content, members = objects.rows[index], [to_text(each) for each in _list(column.get("accessors"))]
    look = column.get("component")
    look = look if isinstance(look, Mapping) else {}
    text = ", ".join(shown for member in members if (shown := _text(content, member)))
    match look.get("type"):
        case "link":
            words = _text(content, look.get("textPath"))
            href = safe_address(_text(content, look.get("hrefPath")))
            return TableCell(words or href, href, look.get("openInNewTab") is True)
        case "date":
            return TableCell(_date(text, look.get("format"), objects.spot.language))
        case "radio" if members and isinstance(content, dict):
            return _choice(objects, index, members[0], column)
    return TableCell(text)


def _text(content: Any, member: Any) -> str:
    value = paths.read(content, member) if isinstance(member, str) else None
    return "" if isinstance(value, list | dict) else to_text(value)


def _date(text: str, pattern: Any, language: str) -> str:
    try:
        moment = parse(text) if text else None
    except ExpressionError:
        moment = None
    return format_moment(moment, pattern if isinstance(pattern, str) else None, language) if moment else text


def _choice(objects: ListOfObjects, index: int, path: str, column: Mapping[str, Any]) -> TableCell:
    options = tuple(
        OptionView(to_text(each.get("value")), objects.spot.text(to_text(each.get("label"))))
        for each in _list(column["component"].get("options"))
        if isinstance(each, Mapping)
    )
    member = next((each for each in objects.members if each.name == path), None)
    view = objects.view_of(index, path, member, options)
    if not view.options or view.type != "RadioButtons" or member is None:
        return TableCell(_text(objects.rows[index], path))
    title = objects.spot.text(to_text(column.get("header")))
    return TableCell(view.answer, choice=replace(view, texts={"title": title}))


def _with_adding(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    view = _titled(view)
    objects = _objects(view, spot, around, build, "data")
    numbers = range(len(objects.rows)) if objects.field else range(0)
    opened = (index for index in numbers if place_of(view, index) in build.state.open_rows)
    rows = tuple(_row(objects, index) for index in opened)
    can_add = bool(objects.members) and not view.read_only and not rows
    settings = {**view.settings, "can_add": can_add, "count": len(numbers), "found": bool(objects.members)}
    return replace(view, rows=rows, settings=settings)


def _cells(view: ComponentView) -> Iterator[CellView]:
    """What a summary says: each row of a table; how many there are in a list that things are added to."""
    if view.type == ADD_TO_LIST:
        yield CellView(title_of(view), str(view.settings["count"] or ""))
        return
    for index, row in enumerate(view.settings["cells"]):
        yield CellView(f"{title_of(view)} {index + 1}", " · ".join(cell.text for cell in row if cell.text))
    if not view.settings["cells"]:
        yield CellView(title_of(view), "")


KINDS: Final[Mapping[str, Kind]] = {
    ADD_TO_LIST: Kind(
        template="add_to_list",
        drawn_ahead=False,
        main="data",
        settings=_adding_settings,
        fill=_with_adding,
        cells=_cells,
        answer=lambda view: str(view.settings["count"] or ""),
        issues=no_issues,
    ),
    SIMPLE_TABLE: Kind(
        template="simple_table",
        drawn_ahead=False,
        summary="simple_table",
        main="tableData",
        settings=_table_settings,
        fill=_with_table,
        cells=_cells,
    ),
}
