"""Containers that hold other components once: Group, Accordion, Tabs, Cards, ButtonGroup and Grid."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings, with_children
from studio.runtime.forms.view import ComponentView

_ALIGNMENTS: Final = frozenset({"left", "center", "right"})


def _group(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    indicator = raw.get("groupingIndicator")
    return {"indicator": indicator if indicator in {"indented", "panel"} else "none"}


def _accordion(_raw: Raw, spot: Spot, _around: Around) -> Settings:
    return {"is_open": spot.flag("openByDefault")}


def _open_with_errors(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    """An accordion stands open where something in it has to be corrected."""
    view = with_children(view, spot, around, build)
    is_open = view.settings["is_open"] or build.state.design or _has_errors(view.children)
    return replace(view, settings={**view.settings, "is_open": is_open})


def _has_errors(views: tuple[ComponentView, ...]) -> bool:
    return any(inner.errors for view in views for inner in view.walk())


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab. `key` is part of the ids of its elements, `place` its number in the layout file."""

    place: int
    id: str
    key: str
    title: str
    icon: str
    is_open: bool
    has_errors: bool
    children: tuple[ComponentView, ...]


def _tabs(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    size = raw.get("size")
    return {"size": {"small": "sm", "large": "lg"}.get(str(size), "md"), "tabs": ()}


def _with_tabs(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    view = with_children(view, spot, around, build)
    inside = {child.id: child for child in view.children}
    written = view.raw.get("tabs")
    places = {
        place: tab
        for place, tab in enumerate(written if isinstance(written, list) else [])
        if isinstance(tab, Mapping) and isinstance(tab.get("id"), str)
    }
    given = list(places.values())
    names = [tab["id"] for tab in given]
    parts = [tuple(inside[child] for child in _ids(tab.get("children")) if child in inside) for tab in given]
    wrong = [name for name, children in zip(names, parts, strict=True) if _has_errors(children)]
    default = view.raw.get("defaultTab")
    chosen = (wrong or [default if default in names else next(iter(names), "")])[0]
    tabs = tuple(
        Tab(
            place=place,
            id=tab["id"],
            key=f"{view.element_id}-tab-{number}",
            title=build.state.text(str(tab.get("title") or tab["id"])),
            icon=str(tab.get("icon") or ""),
            is_open=tab["id"] == chosen,
            has_errors=tab["id"] in wrong,
            children=children,
        )
        for number, (place, tab, children) in enumerate(zip(places, given, parts, strict=True))
    )
    return replace(view, settings={**view.settings, "tabs": tabs})


@dataclass(frozen=True, slots=True)
class Card:
    """One card. `place` is its number in the layout file."""

    place: int
    title: str
    description: str
    footer: str
    media: ComponentView | None
    children: tuple[ComponentView, ...]


def _cards(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    return {
        "color": "neutral",
        "variant": "tinted" if raw.get("color") == "subtle" else "default",
        "media_last": raw.get("mediaPosition") == "bottom",
        "min_width": _step(raw.get("minWidth"), 250),
        "min_height": _step(raw.get("minMediaHeight"), 150),
        "cards": (),
    }


def _step(given: Any, default: int) -> int:
    """A length in pixels as one of the steps that the style sheet knows: 100, 150, ... 600."""
    digits = str(given or "").strip().removesuffix("px")
    pixels = int(digits) if digits.isdecimal() and len(digits) < 6 else default
    return min(600, max(100, (pixels + 25) // 50 * 50))


def _with_cards(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    view = with_children(view, spot, around, build)
    inside = {child.id: child for child in view.children}
    words, written = build.state.text, view.raw.get("cards")
    cards = tuple(
        Card(
            place=place,
            title=words(str(card.get("title") or "")),
            description=words(str(card.get("description") or "")),
            footer=words(str(card.get("footer") or "")),
            media=inside.get(str(card.get("media"))),
            children=tuple(inside[child] for child in _ids(card.get("children")) if child in inside),
        )
        for place, card in enumerate(written if isinstance(written, list) else [])
        if isinstance(card, Mapping)
    )
    return replace(view, settings={**view.settings, "cards": cards})


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: a component, a text with help, or the label of a component.

    `head` is what the row of headings calls its column; narrow screens say it in the cell.
    """

    view: ComponentView | None = None
    text: str = ""
    help: str = ""
    head: str = ""
    is_label: bool = False
    required: bool = False
    align: str = ""
    width: str = ""
    span: int = 1


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a table. `place` is its number in the layout file."""

    place: int
    is_header: bool
    cells: tuple[GridCell, ...]


def _no_rows(_raw: Raw, _spot: Spot, _around: Around) -> Settings:
    return {"rows": ()}


def _with_grid(view: ComponentView, spot: Spot, around: Around, build: Build) -> ComponentView:
    view = with_children(view, spot, around, build)
    rows = tuple(grid_rows(view.raw.get("rows"), view.children, build))
    return replace(view, settings={**view.settings, "rows": rows})


def grid_rows(given: Any, children: tuple[ComponentView, ...], build: Build) -> Iterator[GridRow]:
    """The rows of a Grid, and those before and after a repeating group (components.md, Grid).

    A row whose components are all hidden is left out.
    """
    inside = {child.id: child for child in children if not child.dormant}
    heads: Mapping[int, str] = {}
    for place, row in enumerate(given if isinstance(given, list) else []):
        if not isinstance(row, Mapping):
            continue
        named = [str(cell["component"]) for cell in _objects(row.get("cells")) if "component" in cell]
        if named and not any(name in inside for name in named):
            continue
        columns = row.get("columnOptions")
        read_only = row.get("readOnly") is True
        given_cells, is_header = row.get("cells"), row.get("header") is True
        cells = tuple(
            _cell(cell, columns, inside, read_only, build)
            for cell in (given_cells if isinstance(given_cells, list) else [])
        )
        if is_header:
            heads = {column: cell.text for column, cell in _columns_of(cells)}
        else:
            cells = tuple(_under(heads.get(column, ""), column, cell) for column, cell in _columns_of(cells))
        yield GridRow(place=place, is_header=is_header, cells=cells)


def _columns_of(cells: tuple[GridCell, ...]) -> Iterator[tuple[int, GridCell]]:
    """Each cell with the number of the column that it begins in."""
    column = 0
    for cell in cells:
        yield column, cell
        column += cell.span


def _under(head: str, column: int, cell: GridCell) -> GridCell:
    """A cell of the column `head`; the first cell is what the row is about and says so itself."""
    if not head or not column or cell.is_label or (cell.view is None and not cell.text):
        return cell
    view = cell.view
    if view is not None and view.text("title"):
        return cell
    if view is not None:
        view = replace(view, settings={**view.settings, "name": head})
    return replace(cell, head=head, view=view)


def _cell(
    cell: Any, columns: Any, inside: Mapping[str, ComponentView], read_only: bool, build: Build
) -> GridCell:
    if not isinstance(cell, Mapping):
        return GridCell()
    look = _look(cell, columns)
    if "component" in cell:
        view = inside.get(str(cell["component"]))
        if view is not None and read_only:
            view = replace(view, read_only=True)
        return GridCell(view=view, **look)
    if "labelFrom" in cell:
        named = inside.get(str(cell["labelFrom"])) or _anywhere(str(cell["labelFrom"]), build)
        if named is None:
            return GridCell(**look)
        return GridCell(
            text=named.text("title"), help=named.text("help"), is_label=True, required=named.required, **look
        )
    text, help_text = cell.get("text"), cell.get("help")
    return GridCell(
        text=build.state.text(str(text)) if text else "",
        help=build.state.text(str(help_text)) if help_text else "",
        **look,
    )


def _anywhere(component_id: str, build: Build) -> ComponentView | None:
    """The view of a component that stands elsewhere, for its label only."""
    state = build.state
    node = state.form.tree.nodes.get(component_id)
    if node is None or node.row_parents:
        return None
    return build.component(state.form.spot(component_id), Around(state.app.generation, state.today))


def _look(cell: Mapping[str, Any], columns: Any) -> dict[str, Any]:
    own = cell.get("columnOptions")
    options = {
        **(columns if isinstance(columns, Mapping) else {}),
        **(own if isinstance(own, Mapping) else {}),
    }
    style = cell.get("cellStyle") or cell.get("gridColumnOptions")
    span = style.get("colSpan") if isinstance(style, Mapping) else None
    align = options.get("alignText")
    return {
        "align": align if align in _ALIGNMENTS else "",
        "width": column_width(options.get("width")),
        "span": span if isinstance(span, int) and 1 < span <= 50 else 1,
    }


def column_width(given: Any) -> str:
    """A width that the width attribute of a column understands: "20%" or pixels; "" for anything else."""
    text = str(given or "").strip()
    number = text.removesuffix("%") if text.endswith("%") else text.removesuffix("px")
    is_number = number.replace(".", "", 1).isdecimal()
    return f"{number}%" if is_number and text.endswith("%") else number if is_number else ""


def _objects(value: Any) -> list[Mapping[str, Any]]:
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def _ids(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


KINDS: Final[Mapping[str, Kind]] = {
    "Accordion": Kind(template="accordion", settings=_accordion, fill=_open_with_errors, heading="always"),
    "AccordionGroup": Kind(template="accordion_group", heading="title"),
    "ButtonGroup": Kind(template="button_group"),
    "Cards": Kind(template="cards", settings=_cards, fill=_with_cards, heading="always"),
    "Grid": Kind(template="grid", settings=_no_rows, fill=_with_grid),
    "Group": Kind(template="group", settings=_group, heading="title"),
    "Tabs": Kind(template="tabs", settings=_tabs, fill=_with_tabs, heading="always"),
}
