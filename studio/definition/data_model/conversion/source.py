"""A JSON Schema document as the source of an XSD: its definitions, and what each of them becomes."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from studio.definition.data_model.conversion.reading import (
    FACETS,
    FOLDERS,
    BrokenSchema,
    Role,
    Schema,
    Shape,
    as_schema,
    definition_name,
    endless,
    escaped,
    inner_schemas,
    is_attribute,
    is_null,
    mapping,
    members,
    options,
    own_shape,
    wrong,
)
from studio.definition.data_model.nodes import SchemaDocument
from studio.definition.sentences import N_, Sentence

_MAX_DEPTH: Final = 60
_MOST_STEPS: Final = 300_000


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference points to; `name` only where it is a definition."""

    name: str | None
    schema: Schema
    pointer: str


@dataclass(eq=False)
class Source:
    """A schema document. Everything that is asked of it may raise BrokenSchema."""

    schema: Schema
    _steps: int = 0

    def step(self, at: str) -> None:
        """Count a schema that is looked at. A few lines that refer to one another can stand for millions."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise wrong(at, N_("The types refer to one another too many times."))

    @cached_property
    def definitions(self) -> dict[str, Target]:
        """Name -> definition, in the order of the file."""
        found: dict[str, Target] = {}
        for folder in FOLDERS:
            for name, schema in mapping(self.schema, folder, "#").items():
                pointer = f"#/{folder}/{escaped(name)}"
                found.setdefault(name, Target(name, as_schema(schema, pointer), pointer))
        return found

    @cached_property
    def _document(self) -> SchemaDocument:
        return SchemaDocument(self.schema)

    def target(self, reference: Any, at: str) -> Target:
        """What a $ref points to, in this document."""
        if isinstance(reference, str):
            found = self.definitions.get(definition_name(reference) or "")
            if found is not None:
                return found
            schema = self._document.at(reference)
            if schema is not None:
                known = (target for target in self.definitions.values() if target.schema is schema)
                return next(known, Target(None, schema, reference))
        words = N_("The reference %(reference)s leads nowhere.")
        raise BrokenSchema(at, "InvalidReference", Sentence(words, {"reference": str(reference)}))

    def shape(self, schema: Schema, at: str, seen: tuple[int, ...] = ()) -> Shape:
        """Whether a value is text, holds other values, or can be anything."""
        self.step(at)
        if id(schema) in seen or len(seen) > _MAX_DEPTH:
            raise endless(at)
        seen = (*seen, id(schema))
        own = own_shape(schema)
        if own != "any":
            return own
        found: list[Shape] = []
        if "$ref" in schema:
            target = self.target(schema["$ref"], at)
            found.append(self.shape(target.schema, target.pointer, seen))
        for pointer, option in members(schema, at):
            found.append(self.shape(option, pointer, seen))
        if "complex" in found:
            return "complex"
        return "simple" if "simple" in found or any(key in schema for key in FACETS) else "any"

    def allows_null(self, schema: Schema, at: str, depth: int = 0) -> bool:
        """Whether null is an allowed value, also by the type that a schema refers to."""
        given = schema.get("type")
        if (
            schema.get("@xsdNillable") is True
            or given == "null"
            or (isinstance(given, list) and "null" in given)
        ):
            return True
        for keyword in ("anyOf", "oneOf"):
            if any(is_null(option) for option in options(schema, keyword, at)):
                return True
        if "$ref" in schema and depth < _MAX_DEPTH:
            target = self.target(schema["$ref"], at)
            return self.allows_null(target.schema, target.pointer, depth + 1)
        return False

    @cached_property
    def roles(self) -> dict[str, Role]:
        """What each definition becomes. References marked "#ref" tell elements and groups from types."""
        found: dict[str, Role] = {}
        for name, target in self.definitions.items():
            found[name] = "attribute" if is_attribute(target.schema) else "type"
        for reference, as_member, as_attribute in self._marked_references():
            marked = definition_name(reference)
            if marked in found:
                found[marked] = self._role(self.definitions[marked], as_member, as_attribute)
        return found

    def _role(self, target: Target, as_member: bool, as_attribute: bool) -> Role:
        if as_member and as_attribute:
            return "attribute"
        shape = self.shape(target.schema, target.pointer)
        if as_member:
            # A type holds the same documents as an element that is referred to, if no namespace matters.
            return "type" if shape == "complex" and not self._has_local_names else "element"
        return "attributeGroup" if self._has_only_attributes(target, ()) else "group"

    @cached_property
    def _has_local_names(self) -> bool:
        """Whether only elements at the top are in the namespace of the documents."""
        given = self.schema.get("@xsdSchemaAttributes")
        said = given if isinstance(given, Mapping) else {"ElementFormDefault": "Qualified"}
        return bool(said.get("TargetNamespace")) and said.get("ElementFormDefault") != "Qualified"

    def _has_only_attributes(self, target: Target, seen: tuple[int, ...]) -> bool:
        if id(target.schema) in seen:
            raise endless(target.pointer)
        schema, at = target.schema, target.pointer
        if "oneOf" in schema:
            return False
        properties = mapping(schema, "properties", at).values()
        if not all(isinstance(inner, Mapping) and is_attribute(inner) for inner in properties):
            return False
        inner = [Target(None, option, pointer) for pointer, option in members(schema, at)]
        if "$ref" in schema:
            inner.append(self.target(schema["$ref"], at))
        return all(self._has_only_attributes(option, (*seen, id(schema))) for option in inner)

    def _marked_references(self) -> Iterator[tuple[str, bool, bool]]:
        """(reference, whether a property refers, whether an attribute does) of each "#ref"."""
        marked = (self.definitions[name].schema for name, text in self.letters.items() if '"#ref"' in text)
        stack: list[tuple[Any, bool]] = [(self.schema, False), *((schema, False) for schema in marked)]
        while stack:
            schema, is_member = stack.pop()
            if not isinstance(schema, Mapping):
                continue
            if schema.get("@xsdType") == "#ref" and isinstance(schema.get("$ref"), str):
                yield schema["$ref"], is_member, is_attribute(schema)
            stack.extend(inner_schemas(schema, is_member))

    @cached_property
    def letters(self) -> dict[str, str]:
        """Name -> definition, as a text; another one where only the order of elements is another."""
        return {name: letters_of(target.schema) for name, target in self.definitions.items()}

    @cached_property
    def text(self) -> str:
        """The whole document, as a text."""
        return letters_of(self.schema)


def letters_of(schema: Schema) -> str:
    """A schema as a text; another one where only the order of elements is another. Raises BrokenSchema."""
    try:
        return _ENCODER.encode(schema)
    except RecursionError:
        raise wrong("#", N_("The JSON Schema is nested too deeply.")) from None


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)


_ENCODER: Final = json.JSONEncoder(default=_plain)
