"""The data model of a form as a tree of fields, read lazily from the JSON Schema."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from studio.definition.data_model.nodes import Node, Schema, SchemaDocument, split_path

Kind = Literal["string", "number", "integer", "boolean", "date", "date-time", "time", "group", "any"]

_FORMATS: Final[Mapping[str, Kind]] = {"date": "date", "date-time": "date-time", "time": "time"}
_TYPES: Final[Mapping[str, Kind]] = {
    "object": "group",
    "string": "string",
    "number": "number",
    "integer": "integer",
    "boolean": "boolean",
}


@dataclass(frozen=True, eq=False)
class Field:
    """One field, or a group of fields. `path` has no indexes; a repeating field is a list in the data."""

    path: str
    name: str
    node: Node = field(repr=False)
    required: bool = False
    parent: "Field | None" = field(default=None, repr=False)

    @cached_property
    def value_node(self) -> Node:
        """The schema of one value: of one row where the field repeats."""
        return self.node.item or self.node

    @cached_property
    def repeating(self) -> bool:
        """Whether the data holds a list."""
        return self.node.item is not None

    @cached_property
    def kind(self) -> Kind:
        """What one value is. "any" where the schema does not say, or allows several types."""
        types = self.value_node.types - {"null"}
        if types == {"number", "integer"}:
            return "number"
        if len(types) != 1:
            return "any"
        (name,) = types
        kind = _TYPES.get(name, "any")
        return _FORMATS.get(str(self.format), kind) if kind == "string" else kind

    @property
    def format(self) -> str | None:
        """The JSON Schema format ("date", "email", "year", ...), if any."""
        given = self.value_node.first("format")
        return given if isinstance(given, str) else None

    @property
    def nillable(self) -> bool:
        """Whether null is an allowed value."""
        return self.node.nillable

    @cached_property
    def restrictions(self) -> Mapping[str, Any]:
        """The limits on one value (and minItems, maxItems of a list): JSON Schema keyword -> limit."""
        return self.value_node.restrictions | {
            key: value for key, value in self.node.restrictions.items() if key in {"minItems", "maxItems"}
        }

    @property
    def title(self) -> str | None:
        """The title that the schema gives, if any."""
        return self._text("title")

    @property
    def description(self) -> str | None:
        """The description that the schema gives, if any."""
        return self._text("description")

    def _text(self, keyword: str) -> str | None:
        given = self.node.first(keyword)
        return given if isinstance(given, str) and given else None

    @property
    def is_group(self) -> bool:
        """Whether the field holds other fields."""
        return self.kind == "group"

    @cached_property
    def children(self) -> tuple["Field", ...]:
        """The fields inside, in file order; empty for plain fields."""
        return tuple(members(self.value_node, self))

    def child(self, name: str) -> "Field | None":
        """The field `name` inside this one. Names are case sensitive."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> Mapping[str, "Field"]:
        return {child.name: child for child in self.children}

    @property
    def repeating_ancestors(self) -> tuple["Field", ...]:
        """The repeating groups around the field, outermost first."""
        above = self.parent.lineage if self.parent else ()
        return tuple(ancestor for ancestor in above if ancestor.repeating)

    @property
    def lineage(self) -> tuple["Field", ...]:
        """The groups from the top down to this field, itself included."""
        return (*(self.parent.lineage if self.parent else ()), self)


@dataclass(frozen=True, eq=False)
class DataModel:
    """A data model. `class_ref` (of the data type) helps old schemas to say where their data begins."""

    schema: Schema = field(repr=False)
    class_ref: str | None = None

    @cached_property
    def document(self) -> SchemaDocument:
        """The schema as something whose references can be followed."""
        return SchemaDocument(self.schema, self.class_ref)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields at the top, in file order."""
        return tuple(members(self.document.root, None))

    def field(self, path: str) -> Field | None:
        """The field at a dot path ("person.name", indexes are passed over); None where there is none."""
        names = split_path(path)
        found = self._by_name.get(names[0]) if names else None
        for name in names[1:]:
            found = found.child(name) if found else None
        return found

    @cached_property
    def _by_name(self) -> Mapping[str, Field]:
        return {top.name: top for top in self.fields}

    def walk(self, max_depth: int = 20) -> Iterator[Field]:
        """Every field, depth first. A model that contains itself is walked once round."""
        for top in self.fields:
            yield from _walk(top, max_depth, ())


def members(node: Node, parent: Field | None) -> Iterator[Field]:
    """The members of an object as fields of `parent`."""
    for name, schema in node.properties.items():
        path = f"{parent.path}.{name}" if parent else name
        yield Field(path, name, Node(node.document, schema), name in node.required, parent)


def _walk(place: Field, depth: int, around: tuple[int, ...]) -> Iterator[Field]:
    yield place
    # A recursive model comes back to the very same innermost schema.
    own = id(place.value_node.facets[-1][0])
    if depth > 1 and own not in around:
        for child in place.children:
            yield from _walk(child, depth - 1, (*around, own))
