"""Which field, component or page decides about which: the dependency graph of an app's expressions."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.content_cache import ContentCache
from studio.definition.expressions.calls import calls_of
from studio.definition.field_references import read_path
from studio.definition.field_references.in_forms import canonical
from studio.definition.layouts import LayoutSet
from studio.definition.rules.places import ExpressionPlace, expression_places
from studio.definition.rules.sentences.columns import column_of
from studio.definition.rules.sentences.nodes import read

ThingKind = Literal["field", "component", "page", "form", "flow"]


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that decides or is decided about.

    kind       owner             name
    field      a data type       a path without indexes
    component  a layout set      its id
    page       a layout set      its name
    form       a layout set, ""  "" (settings of one form, or of all)
    flow       ""                the id of an arrow in the process
    """

    kind: ThingKind
    owner: str
    name: str


@dataclass(frozen=True, slots=True)
class Influence:
    """`source` is asked about in the expression at `place`, and that decides about `target`.

    `at` leads from the whole expression to the call that asks.
    """

    source: Thing
    target: Thing
    place: ExpressionPlace
    at: tuple[int, ...]


@dataclass(frozen=True)
class Influences:
    """All influences of an app, in the order of its places.

    `bound` says which components show or fill which field. What decides about something through others (a
    group that is hidden hides what it holds) is for the reader to follow: these are the written ones.
    """

    all: tuple[Influence, ...]
    bound: Mapping[Thing, tuple[Thing, ...]]

    def of(self, thing: Thing) -> tuple[Influence, ...]:
        """What this decides about."""
        return self._by_source.get(thing, ())

    def on(self, thing: Thing) -> tuple[Influence, ...]:
        """What decides about this."""
        return self._by_target.get(thing, ())

    def fields_of(self, component: Thing) -> tuple[Thing, ...]:
        """The fields that a component is bound to."""
        return tuple(field for field, shown in self.bound.items() if component in shown)

    @cached_property
    def _by_source(self) -> Mapping[Thing, tuple[Influence, ...]]:
        found: dict[Thing, list[Influence]] = defaultdict(list)
        for each in self.all:
            found[each.source].append(each)
        return {thing: tuple(listed) for thing, listed in found.items()}

    @cached_property
    def _by_target(self) -> Mapping[Thing, tuple[Influence, ...]]:
        found: dict[Thing, list[Influence]] = defaultdict(list)
        for each in self.all:
            found[each.target].append(each)
        return {thing: tuple(listed) for thing, listed in found.items()}


_INFLUENCES: Final[ContentCache[Influences]] = ContentCache(64)


def influences(app: AppDefinition) -> Influences:
    """Who decides about whom, as far as it is written out in expressions. The same content is read once."""
    return _INFLUENCES.get(app.files.tree_id, lambda: _read(app))


def _read(app: AppDefinition) -> Influences:
    asked = Asked(app)
    found = tuple(
        Influence(source, target, place, at)
        for place in expression_places(app)
        for at, source in asked.sources_of(place)
        for target in targets_of(place)
    )
    return Influences(found, _bound(app))


def targets_of(place: ExpressionPlace) -> tuple[Thing, ...]:
    """What the expression at a place decides about; several where many fields share a rule."""
    if place.flow is not None:
        return (Thing("flow", "", place.flow.id),)
    if place.kind in {"validation", "message", "calculation"}:
        return tuple(Thing("field", place.data_type or "", field) for field in place.fields)
    owner = place.layout_set.id if place.layout_set else ""
    if place.component is not None:
        return (Thing("component", owner, place.component.id),)
    return (Thing("page", owner, place.page.name),) if place.page else (Thing("form", owner, ""),)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the expressions of one state of an app ask about. What is asked again is looked up once."""

    app: AppDefinition
    _components: dict[tuple[str, str], tuple[Thing, ...]] = field(default_factory=dict)
    _paths: dict[tuple[str, str | None], tuple[Thing, ...]] = field(default_factory=dict)
    _types: dict[str | None, str | None] = field(default_factory=dict)

    def sources_of(self, place: ExpressionPlace) -> Iterator[tuple[tuple[int, ...], Thing]]:
        """(where in the expression, what) of everything that it asks about by name.

        A component that is asked about is named, and so is the field that it is bound to.
        """
        for call in calls_of(place.expression):
            first = call.literal(1)
            found: tuple[Thing, ...] = ()
            if call.name in _FIELDS:
                named = call.literal(2) if call.name == "dataModel" else None
                found = self._fields(first, self._type(named) or place.data_type)
            elif call.name in _COMPONENTS and first is not None:
                found = tuple(thing for form in place.forms for thing in self._component(form, first))
            elif call.name == "jmespath":
                found = self._column(place, call.arguments)
            for thing in found:
                yield call.at, thing
        yield from _own_field(place)

    def _column(self, place: ExpressionPlace, arguments: list[Any]) -> tuple[Thing, ...]:
        """The field that one column of all rows of a list is made of."""
        found = column_of(read(["jmespath", *arguments]))
        if found is None:
            return ()
        return self._fields(found.path, self._type(found.data_type) or place.data_type)

    def _type(self, data_type: str | None) -> str | None:
        if data_type not in self._types:
            self._types[data_type] = canonical(self.app, data_type)
        return self._types[data_type]

    def _fields(self, path: str | None, data_type: str | None) -> tuple[Thing, ...]:
        if path is None or data_type is None:
            return ()
        if (path, data_type) not in self._paths:
            self._paths[path, data_type] = tuple(_fields(path, data_type))
        return self._paths[path, data_type]

    def _component(self, form: LayoutSet, component_id: str) -> tuple[Thing, ...]:
        key = (form.id, component_id)
        if key not in self._components:
            found = form.find(component_id)
            things = [Thing("component", form.id, component_id)] if found else []
            binding = found[1].binding("simpleBinding") if found else None
            if binding is not None:
                data_type = self._type(binding.data_type) or self._type(form.data_type)
                things += self._fields(binding.field, data_type)
            self._components[key] = tuple(things)
        return self._components[key]


_FIELDS: Final = frozenset({"dataModel", "_experimentalSelectAndMap"})
_COMPONENTS: Final = frozenset({"component", "displayValue"})
# How a rule names the field that it is about.
_SELF: Final = ([["argv", 0]], [["value"]], [["value", "field"]])


def _own_field(place: ExpressionPlace) -> Iterator[tuple[tuple[int, ...], Thing]]:
    """["dataModel", ["argv", 0]] in a validation or calculation is the field itself."""
    if not place.positional:
        return
    for call in calls_of(place.expression):
        if call.name == "dataModel" and call.arguments[:1] in _SELF:
            for each in place.fields:
                yield call.at, Thing("field", place.data_type or "", each)


def _fields(path: str | None, data_type: str | None) -> Iterator[Thing]:
    written = read_path(path) if path else None
    if written is not None and data_type is not None:
        yield Thing("field", data_type, written.plain)


def _bound(app: AppDefinition) -> Mapping[Thing, tuple[Thing, ...]]:
    found: dict[Thing, list[Thing]] = defaultdict(list)
    for form in app.layout_sets:
        for _, component in form.components():
            for binding in component.bindings.values():
                data_type = canonical(app, binding.data_type) or canonical(app, form.data_type)
                for named in _fields(binding.field, data_type):
                    found[named].append(Thing("component", form.id, component.id))
    return {named: tuple(dict.fromkeys(shown)) for named, shown in found.items()}
