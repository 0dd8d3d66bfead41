"""A data model as the tree that people see: beneath a field of a reusable type stand the fields of the type.

A schema says things once that occur in many places, so a place in the tree is named by the way to it: the
JSON Pointers of the schemas on the way, a new one after each reference
("#/properties/owner>#/$defs/Person/properties/name").
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from hashlib import blake2b
from typing import Final, Literal

from studio.definition.data_model import DataModel
from studio.definition.data_model.model import Field
from studio.definition.data_model.nodes import Node, Schema
from studio.definition.data_model.places import SchemaPlaces, escaped, places_of, unescaped

Role = Literal["model", "field", "option", "type"]

_CHOICES: Final = ("oneOf", "anyOf")
# A model that is larger than this when every type is written out is searched no further.
_MOST_ITEMS: Final = 20_000
_MAX_DEPTH: Final = 60


@dataclass(frozen=True, eq=False)
class Item:
    """One row of the tree. `path` is its place in the data, None where it has none of its own (in a type)."""

    key: str
    pointer: str
    name: str
    role: Role
    path: str | None
    required: bool
    node: Node = field(repr=False)
    parent: "Item | None" = field(default=None, repr=False)

    @cached_property
    def id(self) -> str:
        """A short name for the place, as an element of the page."""
        return blake2b(self.key.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()

    @cached_property
    def about(self) -> Field:
        """The same as a field: its kind, limits, title."""
        return Field(self.path or self.name, self.name, self.node, self.required)

    @property
    def above(self) -> tuple["Item", ...]:
        """The items around this one, the outermost first."""
        return (*self.parent.above, self.parent) if self.parent else ()

    @cached_property
    def depth(self) -> int:
        """How many items are around this one."""
        return self.parent.depth + 1 if self.parent else 0


@dataclass(frozen=True, slots=True)
class _Step:
    """From a value to something inside: `ending` is what its key has more than that of the value."""

    ending: str
    pointer: str
    name: str
    role: Role
    required: bool
    node: Node


class Outline:
    """The tree of one model."""

    def __init__(self, model: DataModel) -> None:
        self.model = model
        self.places: SchemaPlaces = places_of(model)
        begin, node = model.document.root_pointer, model.document.root
        self.root = Item(f"#{_in_key(begin)}", begin, "", "model", "", required=True, node=node)
        self._children: dict[str, tuple[Item, ...]] = {}
        self._steps_of: dict[str, tuple[_Step, ...]] = {}

    @cached_property
    def types(self) -> tuple[Item, ...]:
        """The reusable types; the one with which the data begins is none of them."""
        begins = self.places.facets(self.root.pointer)[:2]
        pointers = ((name, self.places.type_pointer(name)) for name in self.places.types)
        return tuple(self._type(name, pointer) for name, pointer in pointers if pointer not in begins)

    def _type(self, name: str, pointer: str) -> Item:
        place, node = f"#{_in_key(pointer)}", self._node(pointer)
        return Item(place, pointer, name, "type", None, required=False, node=node)

    def children(self, item: Item) -> tuple[Item, ...]:
        """What is inside an item: fields, and the alternatives that its value can be."""
        known = self._children.get(item.key)
        if known is None:
            steps = self._steps(item.pointer) if item.depth < _MAX_DEPTH else ()
            known = self._children[item.key] = tuple(self._child(item, step) for step in steps)
        return known

    def _child(self, item: Item, step: "_Step") -> Item:
        path = item.path
        if step.role == "field" and path is not None:
            path = f"{path}.{step.name}" if path else step.name
        return Item(
            item.key + step.ending, step.pointer, step.name, step.role, path, step.required, step.node, item
        )

    def _steps(self, pointer: str) -> tuple["_Step", ...]:
        """The steps from the value at a pointer to what is inside; the same from wherever it is come to."""
        known = self._steps_of.get(pointer)
        if known is None:
            found: dict[str, _Step] = {}
            required = Field("", "", self._node(pointer)).value_node.required
            for step in self._inside(pointer, "", required, set()):
                found.setdefault(step.pointer if step.role == "option" else step.name, step)
            known = self._steps_of[pointer] = tuple(found.values())
        return known

    def _inside(
        self, pointer: str, ending: str, required: frozenset[str], seen: set[str]
    ) -> Iterator["_Step"]:
        schema = self.places.at(pointer)
        if schema is None or pointer in seen:
            return
        seen.add(pointer)
        for name in _members(schema):
            member = escaped(name)
            place = f"{pointer}/properties/{member}"
            way = f"{ending}/properties/{_in_key(member)}"
            yield _Step(way, place, name, "field", name in required, self._node(place))
        target = self.places.target(schema)
        if target is not None:
            yield from self._inside(target, f"{ending}>#{_in_key(target)}", required, seen)
        for more in _always(schema):
            yield from self._inside(pointer + more, ending + more, required, seen)
        for more in alternatives(schema):
            place = pointer + more
            name = self.type_of(place) or ""
            yield _Step(ending + more, place, name, "option", required=False, node=self._node(place))

    def _node(self, pointer: str) -> Node:
        return Node(self.model.document, self.places.at(pointer) or {})

    def find(self, key: str) -> Item | None:
        """The item at a place; None where there is none (any more)."""
        for start in (self.root, *self.types):
            found = self._find(start, key)
            if found is not None:
                return found
        return None

    def _find(self, item: Item, key: str) -> Item | None:
        while item.key != key:
            below = (child for child in self.children(item) if _leads_to(child.key, key))
            inner = next(below, None) if _leads_to(item.key, key) else None
            if inner is None:
                return None
            item = inner
        return item

    def at(self, pointer: str) -> Item | None:
        """The innermost item whose part of the schema a JSON Pointer lies in; None where there is none."""
        around = [
            each
            for each in (*self.entries, *self.types)
            if pointer == each.pointer or pointer.startswith(f"{each.pointer}/")
        ]
        return max(around, key=lambda each: len(each.pointer), default=None)

    def top_of(self, item: Item) -> Item:
        """The model or type that an item lies in."""
        return item.above[0] if item.parent else item

    def written_in(self, item: Item) -> str | None:
        """The name of the reusable type in whose text an item is written; None for the model's own."""
        first, _, rest = item.pointer[1:].partition("/")
        if first != self.places.types_folder or item.role == "type":
            return None
        name = unescaped(rest.partition("/")[0])
        return name if any(found.name == name for found in self.types) else None

    def type_of(self, pointer: str) -> str | None:
        """The name of the reusable type that the value at a pointer is of, seen through rows and null."""
        for place in self._own(pointer):
            target = self.places.target(self.places.at(place) or {})
            if target is not None:
                return unescaped(target.rpartition("/")[2])
        return None

    def _own(self, pointer: str) -> Iterator[str]:
        """A schema, then those inside it that say what one value is, without following references."""
        for _ in range(_MAX_DEPTH):
            schema = self.places.at(pointer)
            if schema is None:
                return
            yield pointer
            inner = [ending for ending in _always(schema) if len(schema.get("allOf") or ()) <= 1]
            if len(inner) != 1:
                return
            pointer += inner[0]

    def row_pointer(self, pointer: str) -> str:
        """Where the schema of one value is written: of one row, without what only allows null."""
        return [pointer, *self._own(pointer)][-1]

    @cached_property
    def uses_of_types(self) -> Mapping[str, int]:
        """Pointer of a type -> how many places are of it."""
        found: dict[str, int] = {}
        for _, target in self.places.references():
            found[target] = found.get(target, 0) + 1
        return found

    @cached_property
    def entries(self) -> tuple[Item, ...]:
        """Every item of the model with its types written out, depth first; one that contains itself, once."""
        found: list[Item] = []
        self._collect(self.root, frozenset(), found)
        return tuple(found)

    def _collect(self, item: Item, around: frozenset[str], found: list[Item]) -> None:
        for child in self.children(item):
            if len(found) >= _MOST_ITEMS:
                return
            found.append(child)
            if child.pointer not in around:
                self._collect(child, around | {child.pointer}, found)


@lru_cache(maxsize=32)
def outline_of(model: DataModel) -> Outline:
    """The tree of a model, made once."""
    return Outline(model)


def alternatives(schema: Schema) -> Iterator[str]:
    """The endings of the alternatives that are values of their own: "/oneOf/0". Null is none of them."""
    for keyword in _CHOICES:
        real = _real(schema, keyword)
        if len(real) > 1:
            yield from (f"/{keyword}/{place}" for place, option in real if set(option) - {"required"})


def _always(schema: Schema) -> Iterator[str]:
    """The endings of the schemas that speak about the same value, or about each row."""
    for keyword in _CHOICES:
        real = _real(schema, keyword)
        if len(real) == 1:
            yield f"/{keyword}/{real[0][0]}"
    for place, _ in _real(schema, "allOf"):
        yield f"/allOf/{place}"
    if isinstance(schema.get("items"), Mapping):
        yield "/items"


def _real(schema: Schema, keyword: str) -> list[tuple[int, Schema]]:
    options = schema.get(keyword)
    return [
        (place, option)
        for place, option in enumerate(options if isinstance(options, list) else [])
        if isinstance(option, Mapping) and option.get("type") != "null"
    ]


def _members(schema: Schema) -> tuple[str, ...]:
    members = schema.get("properties")
    return tuple(members) if isinstance(members, Mapping) else ()


def _leads_to(key: str, wanted: str) -> bool:
    return wanted == key or wanted.startswith((f"{key}/", f"{key}>"))


def _in_key(part: str) -> str:
    return part.replace("%", "%25").replace(">", "%3E")
