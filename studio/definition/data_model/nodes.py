"""JSON Schema, seen as what it says about one value: references and alternatives are merged on the way."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final
from urllib.parse import unquote

Schema = Mapping[str, Any]

# Keywords that limit a value. The innermost (first found) wins where alternatives give several.
RESTRICTIONS: Final = (
    "minLength",
    "maxLength",
    "pattern",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "totalDigits",
    "formatMinimum",
    "formatMaximum",
    "formatExclusiveMinimum",
    "formatExclusiveMaximum",
    "minItems",
    "maxItems",
)
_TEXTS: Final = frozenset(name for name in RESTRICTIONS if name == "pattern" or name.startswith("format"))
_ALTERNATIVES: Final = ("allOf", "anyOf", "oneOf")


@dataclass(frozen=True, eq=False)
class SchemaDocument:
    """A schema file: follows references inside it and knows where its data begins."""

    schema: Schema
    class_ref: str | None = None

    @cached_property
    def root(self) -> "Node":
        """Where the data begins (the wrapper of Seres models is never part of the data)."""
        return Node(self, self.at(f"#{self.root_pointer}") or self.schema)

    def at(self, pointer: str) -> Schema | None:
        """The schema at "#/definitions/X" or "#"; None where there is none (also for other files)."""
        found: Any = self.schema
        if not pointer.startswith("#"):
            return None
        for part in pointer[1:].lstrip("/").split("/") if len(pointer) > 1 else []:
            key = unquote(part).replace("~1", "/").replace("~0", "~")
            if isinstance(found, list) and key.isdecimal() and int(key) < len(found):
                found = found[int(key)]
            elif isinstance(found, Mapping) and key in found:
                found = found[key]
            else:
                return None
        return found if isinstance(found, Mapping) else None

    @cached_property
    def root_pointer(self) -> str:
        """The JSON Pointer of the schema with which the data begins ("" is the whole document)."""
        info = self.schema.get("info")
        info = info if isinstance(info, Mapping) else {}
        if (root_node := info.get("rootNode")) is not None:
            pointer = str(root_node).removeprefix("#")
            return pointer if self.at(f"#{pointer}") is not None else ""
        message = info.get("meldingsnavn")
        if isinstance(message, str) and message and self.at(f"#/properties/{message}") is not None:
            return f"/properties/{message}"
        # Classes are named with a namespace; only the last part is the definition's name.
        name = (self.class_ref or "").removeprefix("Altinn.App.Models.").rsplit(".", 1)[-1]
        places = (f"/{folder}/{name}" for folder in ("$defs", "definitions") if name)
        return next((place for place in places if self.at(f"#{place}") is not None), self._wrapper(name))

    def _wrapper(self, class_name: str) -> str:
        """In the oldest schemas, the only property: an object named as the class, or "melding"."""
        inside = self.schema.get("properties")
        if not isinstance(inside, Mapping) or len(inside) != 1 or "type" in self.schema:
            return ""
        name, only = next(iter(inside.items()))
        is_object = isinstance(only, Mapping) and isinstance(only.get("properties"), Mapping)
        is_named = name == class_name or name.casefold() == "melding"
        return f"/properties/{name}" if is_object and is_named else ""


@dataclass(frozen=True, eq=False)
class Node:
    """One value in the data, with everything the schema says about it through references and alternatives."""

    document: SchemaDocument
    schema: Schema

    @cached_property
    def facets(self) -> tuple[tuple[Schema, bool], ...]:
        """Every schema that speaks about this value, outermost first, and whether it always holds."""
        return tuple(self._facets(self.schema, True, set()))

    def _facets(self, schema: Schema, certain: bool, seen: set[int]) -> Iterator[tuple[Schema, bool]]:
        if id(schema) in seen:
            return
        seen.add(id(schema))
        yield schema, certain
        reference = schema.get("$ref")
        target = self.document.at(reference) if isinstance(reference, str) else None
        if target is not None:
            yield from self._facets(target, certain, seen)
        for keyword in _ALTERNATIVES:
            options = [option for option in _listed(schema.get(keyword)) if isinstance(option, Mapping)]
            real = [option for option in options if option.get("type") != "null"]
            for option in real:
                yield from self._facets(option, certain and (keyword == "allOf" or len(real) == 1), seen)

    def first(self, keyword: str) -> Any:
        """The value of a keyword in the first facet that has it; None where none has."""
        return next((facet[keyword] for facet, _ in self.facets if keyword in facet), None)

    @cached_property
    def types(self) -> frozenset[str]:
        """The JSON types the schema names, without looking at alternatives that only allow null."""
        names: set[str] = set()
        for facet, _ in self.facets:
            given = facet.get("type")
            names.update(_texts(given if isinstance(given, list) else [given]))
        if not names - {"null"}:
            names.update(self._implied_types())
        return frozenset(names)

    def _implied_types(self) -> set[str]:
        if self.first("properties") is not None:
            return {"object"}
        if self.first("items") is not None:
            return {"array"}
        values = self.first("enum")
        return {"string"} if isinstance(values, list) and _texts(values) else set()

    @property
    def nillable(self) -> bool:
        """Whether null is an allowed value."""
        if "null" in self.types or any(facet.get("@xsdNillable") is True for facet, _ in self.facets):
            return True
        return any(
            isinstance(option, Mapping) and option.get("type") == "null"
            for facet, _ in self.facets
            for keyword in ("oneOf", "anyOf")
            for option in _listed(facet.get(keyword))
        )

    @cached_property
    def properties(self) -> Mapping[str, Schema]:
        """Name -> schema of the members, in the order of the file."""
        found: dict[str, Schema] = {}
        for facet, _ in self.facets:
            members = facet.get("properties")
            if isinstance(members, Mapping):
                for name, schema in members.items():
                    found.setdefault(name, schema if isinstance(schema, Mapping) else {})
        return found

    @cached_property
    def required(self) -> frozenset[str]:
        """The members that must always be there."""
        return frozenset(
            name
            for facet, certain in self.facets
            if certain
            for name in _texts(_listed(facet.get("required")))
            if name
        )

    @property
    def item(self) -> "Node | None":
        """What an array holds; None for other types."""
        if "array" not in self.types:
            return None
        items = self.first("items")
        return Node(self.document, items if isinstance(items, Mapping) else {})

    def member(self, name: str) -> "Node | None":
        """The member `name` of an object."""
        schema = self.properties.get(name)
        return None if schema is None else Node(self.document, schema)

    @property
    def restrictions(self) -> dict[str, Any]:
        """The limits on the value: keyword -> limit. What cannot be such a limit is left out."""
        return {key: value for key in RESTRICTIONS if _limits((value := self.first(key)), key)}


def _listed(given: Any) -> list[Any]:
    """The list under a keyword; none where something else stands there."""
    return given if isinstance(given, list) else []


def _texts(given: list[Any]) -> list[str]:
    return [each for each in given if isinstance(each, str)]


def _limits(value: Any, keyword: str) -> bool:
    """Whether the value of a keyword can limit anything (the oldest drafts have `exclusiveMinimum: true`)."""
    if keyword == "enum":
        return isinstance(value, list)
    if keyword in _TEXTS:
        return isinstance(value, str)
    return value is not None and (keyword == "const" or type(value) in {int, float})


def split_path(path: str) -> list[str]:
    """The names in a dot path, without indexes: "a[0].b" -> ["a", "b"]."""
    return [name for name in re.sub(r"\[[^\[\]]*\]", "", path).split(".") if name]
