"""From an app's files and data to the views of a page. Pure: equal states give equal views."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from studio.definition.components import CATALOGUE
from studio.definition.expressions import Spot
from studio.definition.expressions.tree import Node
from studio.runtime.forms.answers import answer, cell_of, shown_value
from studio.runtime.forms.options import options_of
from studio.runtime.forms.settings import Around, affixes, settings_of
from studio.runtime.forms.state import FormState
from studio.runtime.forms.summaries import sections_of
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, PageView, RowView, Step

# Names of the generation before.
_NEW_NAMES: Final = {
    "Header": "Heading",
    "OrganisationLookup": "OrganizationLookup",
    "AddressComponent": "Address",
}
CHOOSING: Final = frozenset({"Checkboxes", "RadioButtons", "Dropdown", "MultipleSelect"})
MANY: Final = frozenset({"Checkboxes", "MultipleSelect"})
_CELLS: Final = 5
_KNOWN: Final = {name.lower(): name for name in CATALOGUE}


def type_of(node: Node) -> str:
    """The component's type in today's spelling."""
    if node.repeats:
        return "RepeatingGroup"
    # Old layouts have "Radiobuttons" and "dropdown"; the platform's server does not mind the case.
    return _KNOWN.get(node.type.lower(), _NEW_NAMES.get(node.type, node.type))


class Builder:
    """Builds the views of one state."""

    def __init__(self, state: FormState, summarise: bool = True) -> None:
        self.state = state
        self._summarise = summarise  # off while a summary is made, so that summaries do not hold summaries

    def page(self, name: str) -> PageView:
        """The view of a page; raises KeyError where there is none of that name."""
        state = self.state
        if state.layout_set.page(name) is None:
            raise KeyError(name)
        names = [page.name for page in state.pages()]
        place = names.index(name) if name in names else -1
        around = Around(
            state.app.generation,
            state.today,
            names[place - 1] if place > 0 else None,
            names[place + 1] if 0 <= place < len(names) - 1 else None,
            deciding=state.deciding,
        )
        views = (self._component(spot, around) for spot in state.form.roots(name))
        steps = tuple(
            Step(each, state.text(each), each == name, number) for number, each in enumerate(names, 1)
        )
        return PageView(
            name=name,
            title=state.text(name),
            components=tuple(view for view in views if view is not None),
            hidden=name not in names,
            steps=steps,
            previous=around.previous,
            next=around.next,
        )

    def _component(self, spot: Spot, around: Around) -> ComponentView | None:
        node = spot.node
        if node is None or (spot.hidden and not self.state.design):
            return None
        kind, raw = type_of(node), node.raw
        bound = spot.path("group" if kind == "RepeatingGroup" or _in_rows(raw) else "simpleBinding")
        name = self.state.name(*bound) if bound else ""
        value = spot.form.page("").data(bound[1], bound[0]) if bound else None
        view = ComponentView(
            key=spot.id,
            id=node.id,
            type=kind,
            raw=raw,
            texts=self._texts(spot, kind),
            field=name,
            value=value,
            required=spot.flag("required"),
            read_only=self.state.read_only or spot.flag("readOnly"),
            hidden=spot.hidden,
            issues=self.state.issues_at(name) if name else (),
            settings=settings_of(kind, spot, around),
        )
        return self._filled(view, spot, around)

    def _filled(self, view: ComponentView, spot: Spot, around: Around) -> ComponentView:
        """The view with what depends on its type: options, text, children, rows, the answer in words."""
        if view.type == "RepeatingGroup" and not self.state.design:
            return self._with_rows(view, spot, around)
        if view.type == "Summary2" and self._summarise and not self.state.design:
            sections = sections_of(view.raw, Builder(self.state, summarise=False), self.state)
            return replace(view, settings={**view.settings, "sections": sections})
        if view.type in CHOOSING:
            view = replace(view, options=options_of(spot, chosen_values(view, spot)))
        view = replace(view, children=self._children(spot, around), shown=self._shown(view))
        return replace(view, settings={**view.settings, "answer": answer(view, self.state.language)})

    def _shown(self, view: ComponentView) -> str:
        typed = self.state.typed.get(view.field) if view.field else None
        return shown_value(view, self.state.language) if typed is None else typed

    def _children(self, spot: Spot, around: Around) -> tuple[ComponentView, ...]:
        if spot.node is None or not spot.node.children:
            return ()
        # Only a design comes here with a repeating group: it shows the content of the first row.
        row = (0,) if spot.node.repeats else ()
        inside = [
            spot.form.spot(child.id, (*spot.rows, *row) if child.part == "row" else spot.rows)
            for child in spot.node.children
        ]
        views = (self._component(each, around) for each in inside)
        return tuple(view for view in views if view is not None)

    def _with_rows(self, view: ComponentView, spot: Spot, around: Around) -> ComponentView:
        count = spot.form.row_count(spot.node, spot.rows) if spot.node else 0
        rows = tuple(
            row for index in range(count) if (row := self._row(view, spot, index, count, around)) is not None
        )
        settings = {**view.settings}
        most = settings["max"]
        settings["can_add"] = settings["can_add"] and not view.read_only and (most is None or count < most)
        settings["answer"] = ""
        return replace(view, rows=rows, settings=settings, required=settings["min"] > 0)

    def _row(self, view: ComponentView, spot: Spot, index: int, count: int, around: Around) -> RowView | None:
        children = [child for child in spot.node.children if child.part == "row"] if spot.node else []
        spots = [spot.form.spot(child.id, (*spot.rows, index)) for child in children]
        if spots and spot.form.row_is_hidden(spots[0]):
            return None
        views = tuple(made for each in spots if (made := self._component(each, around)) is not None)
        field = f"{view.field}[{index}]"
        row = view.value[index] if isinstance(view.value, list) else None
        edit = view.raw.get("edit")
        edit = edit if isinstance(edit, Mapping) else {}
        place = spots[0] if spots else spot
        return RowView(
            index=index,
            field=field,
            row_id=str(row.get("altinnRowId") or index) if isinstance(row, dict) else str(index),
            is_open=self._is_open(view, field, index, count),
            cells=_cells(views, view.raw.get("tableHeaders")),
            children=views,
            can_edit=place.flag_value("edit.editButton", edit.get("editButton"), default=True),
            can_delete=not view.read_only
            and place.flag_value("edit.deleteButton", edit.get("deleteButton"), default=True),
            has_errors=any(inner.errors for outer in views for inner in outer.walk()),
        )

    def _is_open(self, view: ComponentView, field: str, index: int, count: int) -> bool:
        default = view.settings["open_by_default"]
        first_or_last = (default == "first" and index == 0) or (default == "last" and index == count - 1)
        return field in self.state.open_rows or view.settings["all_open"] or first_or_last

    def _texts(self, spot: Spot, kind: str) -> Mapping[str, str]:
        bindings = spot.node.raw.get("textResourceBindings") if spot.node else None
        texts = {}
        for slot, given in bindings.items() if isinstance(bindings, Mapping) else ():
            if self.state.design and isinstance(given, list):
                texts[slot] = "ƒ"  # what the expression gives is not known while designing
            elif (found := spot.label(slot)) is not None:
                texts[slot] = found
        if kind == "Input" and spot.node:
            before, after = affixes(spot.node.raw, self.state.language)
            texts |= {
                slot: text
                for slot, text in (("prefix", before), ("suffix", after))
                if text and slot not in texts
            }
        return texts


def _in_rows(raw: Mapping[str, Any]) -> bool:
    """Whether choices are kept as rows of a list instead of as one text."""
    bindings = raw.get("dataModelBindings")
    return isinstance(bindings, Mapping) and bool(bindings.get("group"))


def chosen_values(view: ComponentView, spot: Spot) -> list[str]:
    """The option values that are chosen."""
    if _in_rows(view.raw):
        return _chosen_rows(view, spot)
    if view.value is None:
        return []
    text = to_text(view.value)
    return text.split(",") if view.type in MANY else [text]


def _chosen_rows(view: ComponentView, spot: Spot) -> list[str]:
    value, checked = spot.path("simpleBinding"), spot.path("checked")
    if value is None or not isinstance(view.value, list):
        return []
    member = value[1].rpartition(".")[2]
    flag = checked[1].rpartition(".")[2] if checked else None
    rows = [row for row in view.value if isinstance(row, dict)]
    return [to_text(row.get(member)) for row in rows if flag is None or row.get(flag) is True]


def _cells(views: tuple[ComponentView, ...], headers: Any) -> tuple[CellView, ...]:
    wanted = set(headers) if isinstance(headers, list) else None
    cells = [cell for view in views for cell in cell_of(view) if wanted is None or view.id in wanted]
    return tuple(cells[:_CELLS])


def page_view(state: FormState, name: str) -> PageView:
    """The view of one page. Raises KeyError where the layout set has no such page."""
    return Builder(state).page(name)
