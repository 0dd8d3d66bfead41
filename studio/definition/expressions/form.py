"""A form at one moment: components, data and surroundings, and every place an expression can stand in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, TypeVar

from studio.definition.expressions import display, texts
from studio.definition.expressions.compiling import evaluate
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.hiding import Hiding
from studio.definition.expressions.notes import Notes, ReadField
from studio.definition.expressions.rows import Location, Segments, joined, lookup, split, transposed
from studio.definition.expressions.surroundings import Surroundings
from studio.definition.expressions.tree import FormTree, Node
from studio.definition.expressions.values import Value, to_boolean, to_text
from studio.definition.sentences import N_

Rows = tuple[int, ...]
Made = TypeVar("Made")


@dataclass(eq=False)
class Form:
    """A form with its data. Make a new one when the data has changed: what is hidden is worked out once."""

    tree: FormTree
    around: Surroundings
    # What went wrong in expressions of the app; the property then had its default.
    failures: list[tuple[str, str, ExpressionError]] = field(default_factory=list)
    # Where somebody wants to know what is read.
    notes: Notes | None = None
    _spots: dict[tuple[str, Rows], "Spot"] = field(default_factory=dict)

    def page(self, name: str) -> "Spot":
        """The place of a page as a whole."""
        return Spot(self, None, name, (), Location(self.around.default_type))

    def spot(self, component_id: str, rows: Rows = ()) -> "Spot":
        """A component in the given rows. Raises ExpressionError for an unknown id or wrong rows."""
        key = (component_id, rows)
        if key not in self._spots:
            self._spots[key] = self._new_spot(component_id, rows)
        return self._spots[key]

    def _new_spot(self, component_id: str, rows: Rows) -> "Spot":
        node = self.tree.nodes.get(component_id)
        if node is None:
            raise ExpressionError(N_("Unable to find component with identifier %(id)s"), {"id": component_id})
        groups = node.row_parents
        if len(groups) != len(rows):
            raise ExpressionError(
                N_("Unable to find component with identifier %(id)s with rows %(rows)s"),
                {"id": component_id, "rows": str(list(rows))},
            )
        location = Location(self.around.default_type)
        for group, index in zip(groups, rows, strict=True):
            location = self._row_of(group, index, location)
        return Spot(self, node, node.page, rows, location)

    def _row_of(self, group: Node, index: int, location: Location) -> Location:
        path, data_type = group.binding("group") or ("", None)
        own = data_type or self.around.default_type
        return (location if own == location.data_type else Location(own)).inside(path, index)

    def row_count(self, group: Node, rows: Rows) -> int:
        """How many rows a repeating group has."""
        binding = group.binding("group")
        found = self.spot(group.id, rows).data(*binding) if binding else None
        return len(found) if isinstance(found, list) else 0

    def roots(self, page: str) -> "Iterator[Spot]":
        """The components at the top of a page."""
        return (self.spot(node.id) for node in self.tree.roots.get(page, ()))

    def children(self, parent: "Spot") -> "Iterator[Spot]":
        """The components inside a component, row by row in a repeating group."""
        node = parent.node
        if node is None:
            yield from self.roots(parent.page)
        elif not node.repeats:
            yield from (self.spot(child.id, parent.rows) for child in node.children)
        else:
            yield from self._in_part(node, "before", parent.rows)
            for row in range(self.row_count(node, parent.rows)):
                yield from self._in_part(node, "row", (*parent.rows, row))
            yield from self._in_part(node, "after", parent.rows)

    def _in_part(self, node: Node, part: str, rows: Rows) -> "Iterator[Spot]":
        return (self.spot(child.id, rows) for child in node.children if child.part == part)

    def is_hidden(self, spot: "Spot") -> bool:
        """Whether a place is hidden: by itself, its row, anything around it, or its page."""
        return self.hides(_key_of(spot), spot)

    def hides(self, key: tuple[str, Rows], spot: "Spot") -> bool:
        """The same, by the id and the rows of the place."""
        if self.notes is None:
            return self._hiding.of(key, spot)
        hidden = self._hiding.of(key, spot)
        self.notes.add_all_of(key)
        return hidden

    @cached_property
    def _hiding(self) -> "Hiding[Spot]":
        notes = self.notes
        if notes is None:
            return Hiding(self._work_out_hidden)
        return Hiding(lambda spot: notes.kept(_key_of(spot), lambda: self._work_out_hidden(spot)))

    def _work_out_hidden(self, spot: "Spot") -> bool:
        if spot.node is None:
            page = self.tree.page(spot.page)
            return page is not None and spot.flag_value("hidden", page.hidden, default=False)
        parent = spot.parent
        if self.is_hidden(parent) or self.row_is_hidden(spot):
            return True
        return _left_out_of_rows(spot.node) or spot.flag("hidden")

    def row_is_hidden(self, spot: "Spot") -> bool:
        """Whether the row that a component stands in directly is hidden."""
        group = spot.node.parent if spot.node else None
        if group is None or not group.repeats or spot.node is None or spot.node.part != "row":
            return False
        return replace(spot, node=group).flag_value("hiddenRow", group.raw.get("hiddenRow"), default=False)

    def row(self, group: "Spot", index: int) -> "Spot":
        """A repeating group as it is seen from inside one of its rows: where `hiddenRow` stands."""
        if group.node is None:
            raise ExpressionError(N_("A page has no rows"))
        location = self._row_of(group.node, index, group.location)
        return replace(group, rows=(*group.rows, index), location=location)


def _key_of(spot: "Spot") -> tuple[str, Rows]:
    return spot.node.id if spot.node else f"/{spot.page}", spot.rows


_ALWAYS_OPEN: Final = frozenset({"onlyTable", "showAll"})


def _left_out_of_rows(node: Node) -> bool:
    """Whether a repeating group shows the component neither in its table nor in its open rows."""
    group = node.parent
    if group is None or not group.repeats or node.part != "row":
        return False
    columns, edit = group.raw.get("tableColumns"), group.raw.get("edit")
    column = columns.get(node.id) if isinstance(columns, Mapping) else None
    if not isinstance(column, Mapping) or column.get("showInExpandedEdit") is not False:
        return False
    mode = edit.get("mode") if isinstance(edit, Mapping) else None
    return column.get("editInTable") is not True and mode not in _ALWAYS_OPEN


# A component, its id and rows, and the field that it is bound to: (path, data type).
_Answer = tuple["Spot", tuple[str, Rows], tuple[str, str] | None]

# Where a value is looked for: in a model, by the parts of a path, or by the one name that this is.
_Way = tuple[Any, Segments, str | None]


@dataclass(frozen=True, eq=False)
class Spot:
    """One place in a form: a page, or a component in its rows. It is the Context of the expressions there."""

    form: Form
    node: Node | None
    page: str
    rows: Rows
    location: Location
    positional: Sequence[Any] | None = None
    named: Mapping[str, Any] | None = None
    default_name: str | None = None
    # Components that were asked for: where they are from here.
    _asked: "dict[str, _Answer]" = field(default_factory=dict, init=False, repr=False)
    # What paths mean in the row of this place, once they were asked for.
    _from_here: "dict[str, _Way]" = field(default_factory=dict, init=False, repr=False)

    @property
    def id(self) -> str:
        """The component's id as it is in the page: with row indexes ("name-0-2")."""
        return "-".join([self.node.id if self.node else self.page, *(str(row) for row in self.rows)])

    @property
    def parent(self) -> "Spot":
        """The place around this one: the container in its rows, or the page."""
        above = self.node.parent if self.node else None
        if above is None:
            return self.form.page(self.page)
        return self.form.spot(above.id, self.rows[: len(above.row_parents)])

    @property
    def hidden(self) -> bool:
        """Whether nothing is shown here."""
        return self.form.is_hidden(self)

    def with_arguments(
        self,
        positional: Sequence[Any] | None = None,
        named: Mapping[str, Any] | None = None,
        default_name: str | None = None,
    ) -> "Spot":
        """The same place, with arguments for argv and value."""
        return replace(self, positional=positional, named=named, default_name=default_name)

    def evaluate(self, expression: Any) -> Value:
        """The value of an expression here. Raises ExpressionError."""
        try:
            return evaluate(expression, self)
        except RecursionError:
            raise ExpressionError(N_("The expression is nested too deeply")) from None

    def flag(self, name: str, default: bool = False) -> bool:
        """A yes-or-no property of the component here; a failing expression gives the default and is noted."""
        return self.flag_value(name, self.node.raw.get(name) if self.node else None, default=default)

    def flag_value(self, name: str, value: Any, *, default: bool) -> bool:
        """A yes-or-no value, literal or expression; `name` is what a failure is noted under."""
        return self._tried(name, value, to_boolean, default)

    def text_value(self, name: str, value: Any, default: str | None = None) -> str | None:
        """A text value, literal or expression, before it is looked up among the text resources."""
        return self._tried(name, value, to_text, default)

    def _tried(self, name: str, value: Any, cast: Callable[[Value], Made], default: Made) -> Made:
        if value is None:
            return default
        try:
            found = self.evaluate(value) if isinstance(value, list) else value
            return default if found is None else cast(found)
        except ExpressionError as error:
            self.form.failures.append((self.id, name, error))
            return default

    def label(self, key: str) -> str | None:
        """The text of a slot ("title", "description", ...) in words; None where the component has none."""
        bindings = self.node.raw.get("textResourceBindings") if self.node else None
        given = bindings.get(key) if isinstance(bindings, Mapping) else None
        found = self.text_value(f"textResourceBindings.{key}", given)
        return self.text(found) if found else None

    def path(self, key: str) -> tuple[str, str] | None:
        """(data type, path with row indexes) that a binding of the component means here."""
        binding = self.node.binding(key) if self.node else None
        if binding is None:
            return None
        path, data_type = binding
        own = data_type or self.form.around.default_type
        segments = split(path)
        if own == self.location.data_type:
            segments = transposed(segments, self.location.segments)
        return own, joined(segments)

    def answer(self, key: str = "simpleBinding") -> Value:
        """The value that a binding of the component has here; None where it is not bound."""
        binding = self.node.binding(key) if self.node else None
        return None if binding is None else self._bound(*binding)

    def _bound(self, path: str, data_type: str | None) -> Value:
        return self.data(path, data_type or self.form.around.default_type)

    # What expressions ask (the Context protocol).

    @property
    def language(self) -> str:
        return self.form.around.language

    @property
    def gateway_action(self) -> str | None:
        return self.form.around.gateway_action

    def data(self, path: str, data_type: str | None) -> Value:
        notes = self.form.notes
        if data_type and data_type != self.location.data_type:
            if notes is not None:
                notes.add(ReadField(data_type, split(path)))
            return lookup(self.form.around.model(data_type), split(path))
        known = self._from_here.get(path)
        if known is None:
            known = self._from_here[path] = self._way_to(path)
        model, segments, name = known
        if notes is not None:
            notes.add(ReadField(self.location.data_type, segments))
        if name is not None and type(model) is dict:
            return model.get(name)
        return lookup(model, segments)

    def _way_to(self, path: str) -> "_Way":
        here = self.location
        segments = transposed(split(path), here.segments)
        only = segments[0][0] if len(segments) == 1 and segments[0][1] is None else None
        return self.form.around.model(here.data_type), segments, only or None

    def find(self, component_id: str) -> "Spot":
        """Another component as it is seen from here: in the rows that both share. Raises ExpressionError."""
        node = self.form.tree.nodes.get(component_id)
        depth = len(node.row_parents) if node else 0
        if node is None or depth > len(self.rows):
            raise ExpressionError(N_("Unable to find component with identifier %(id)s"), {"id": component_id})
        found = self.form.spot(component_id, self.rows[:depth])
        if found.location.segments != self.location.segments[: len(found.location.segments)]:
            raise ExpressionError(
                N_("Unable to find component with identifier %(id)s in the same row"), {"id": component_id}
            )
        return found

    def component(self, component_id: str) -> Value:
        found = self._asked.get(component_id)
        if found is None:
            found = self._asked[component_id] = self._answer_of(component_id)
        spot, key, binding = found
        if self.form.hides(key, spot):
            return None
        if binding is None:
            raise ExpressionError(N_("The component %(id)s has no simpleBinding"), {"id": component_id})
        return self.data(*binding)

    def _answer_of(self, component_id: str) -> "_Answer":
        spot = self.find(component_id)
        bound = spot.node.binding("simpleBinding") if spot.node else None
        # Read from this row, which may be deeper than the row the component belongs to.
        binding = bound and (bound[0], bound[1] or self.form.around.default_type)
        return spot, (component_id, spot.rows), binding

    def display_value(self, component_id: str) -> str | None:
        found = self.find(component_id)
        return None if found.hidden else display.display_value(found)

    def text(self, key: str) -> str:
        return texts.resolve(key, self)

    def resource(self, key: str) -> Mapping[str, Any] | None:
        """The text resource with this key (JSON), if the app has it."""
        return self.form.around.resource(key)

    def instance(self, key: str) -> Value:
        return self.form.around.instance_fact(key)

    def setting(self, key: str) -> Value:
        return self.form.around.settings.get(key)

    def count_elements(self, data_type: str) -> int:
        return sum(1 for element in self.form.around.elements if element.get("dataType") == data_type)

    def may(self, action: str) -> bool:
        return self.form.around.may(action)

    def options(self, options_id: str) -> Sequence[Mapping[str, Any]] | None:
        return self.form.around.options(options_id)

    def external(self, api_id: str) -> Value:
        return self.form.around.external.get(api_id)

    def page_of(self, component_id: str) -> tuple[str, str]:
        found = self.find(component_id)
        return found.page, found.id

    def page_link(self, page: str, component_id: str | None, back: bool) -> str:
        return self.form.around.page_link(
            page, component_id, self.page if back and self.page != page else None
        )
