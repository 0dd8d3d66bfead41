"""Where in a schema's text the parts of a data model are written: JSON Pointers instead of values.

A field has one pointer, but as many paths in the data as there are ways to it: a reusable type is written
once and used in many places.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final
from urllib.parse import unquote

from studio.definition.data_model.model import DataModel
from studio.definition.data_model.nodes import Schema, SchemaDocument
from studio.definition.json_text.scanning import split_pointer

COMBINATIONS: Final = ("allOf", "anyOf", "oneOf")
_MEMBER: Final = re.compile(r"(.*)/(?:allOf|anyOf|oneOf)/\d+", re.DOTALL)
_MAX_DEPTH: Final = 60
# More ways to one field than anyone can follow.
_MAX_PATHS: Final = 2000


@dataclass(frozen=True, slots=True)
class Step:
    """One name on the way through a model: the pointers of the properties that give it, the first one first.

    `inside` are all schemas that speak about the value, lists and rows included; `is_list` says that it holds
    rows.
    """

    name: str
    pointers: tuple[str, ...]
    inside: tuple[str, ...]
    is_list: bool


class SchemaPlaces:
    """The pointers in one schema document. `document` says where its data begins."""

    def __init__(self, document: SchemaDocument) -> None:
        self.document = document

    def at(self, pointer: str) -> Schema | None:
        """The schema at a pointer; None where there is none."""
        # Behind a "#", % begins a character's number; a pointer means itself.
        return self.document.at("#" + pointer.replace("%", "%25"))

    @cached_property
    def types_folder(self) -> str:
        """The name of the object that holds the reusable types."""
        schema = self.document.schema
        return "definitions" if "definitions" in schema and "$defs" not in schema else "$defs"

    @property
    def types(self) -> tuple[str, ...]:
        """The names of the reusable types, in file order."""
        found = self.document.schema.get(self.types_folder)
        return tuple(found) if isinstance(found, Mapping) else ()

    def type_pointer(self, name: str) -> str:
        return f"/{self.types_folder}/{escaped(name)}"

    def facets(self, pointer: str) -> tuple[str, ...]:
        """The pointers of every schema that speaks about the value at `pointer`, outermost first."""
        known = self._facets_of.get(pointer)
        if known is None:
            known = self._facets_of[pointer] = tuple(self._facets(pointer, set()))
        return known

    @cached_property
    def _facets_of(self) -> dict[str, tuple[str, ...]]:
        return {}

    def _facets(self, pointer: str, seen: set[str]) -> Iterator[str]:
        schema = self.at(pointer)
        if schema is None or pointer in seen:
            return
        seen.add(pointer)
        yield pointer
        target = self.target(schema)
        if target is not None:
            yield from self._facets(target, seen)
        for inner in members_of(schema, pointer):
            if (self.at(inner) or {}).get("type") != "null":
                yield from self._facets(inner, seen)

    def target(self, schema: Schema) -> str | None:
        """The pointer that a schema refers to, where that exists in this document."""
        reference = schema.get("$ref")
        if not isinstance(reference, str) or not reference.startswith("#"):
            return None
        return unquote(reference[1:]) if self.document.at(reference) is not None else None

    def properties(self, pointer: str) -> Mapping[str, tuple[str, ...]]:
        """The members of the object at `pointer`: name -> the pointers that give it, the first one first."""
        known = self._properties_of.get(pointer)
        if known is None:
            known = self._properties_of[pointer] = self._properties(pointer)
        return known

    @cached_property
    def _properties_of(self) -> dict[str, dict[str, tuple[str, ...]]]:
        return {}

    def _properties(self, pointer: str) -> dict[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for facet in self.facets(pointer):
            listed = (self.at(facet) or {}).get("properties")
            for name in listed if isinstance(listed, Mapping) else ():
                found[name] = (*found.get(name, ()), f"{facet}/properties/{escaped(name)}")
        return found

    def rows(self, pointer: str) -> str:
        """The pointer of one row of the list at `pointer`; the same pointer for what is no list."""
        facets = self.facets(pointer)
        return self._rows(facets) if any(self._says_array(facet) for facet in facets) else pointer

    def step(self, name: str, pointers: tuple[str, ...]) -> Step:
        """The step to a member that these properties give."""
        inside = self.facets(pointers[0])
        row = self.rows(pointers[0])
        if row == pointers[0]:
            return Step(name, pointers, inside, is_list=False)
        return Step(name, pointers, (*inside, *self.facets(row)), is_list=True)

    def _says_array(self, facet: str) -> bool:
        kind = (self.at(facet) or {}).get("type")
        return "array" in kind if isinstance(kind, list) else kind == "array" or self._has_items(facet)

    def _rows(self, inside: tuple[str, ...]) -> str:
        """Where the schema of one row is written, or would be."""
        return next((f"{facet}/items" for facet in inside if self._has_items(facet)), f"{inside[0]}/items")

    def _has_items(self, facet: str) -> bool:
        return isinstance((self.at(facet) or {}).get("items"), Mapping)

    def members(self, step: Step | None) -> Mapping[str, tuple[str, ...]]:
        """The members of the value at a step; None: where the data begins."""
        if step is None:
            return self.properties(self.document.root_pointer)
        return self.properties(self.rows(step.pointers[0]))

    def resolve(self, names: list[str], *, loosely: bool = False) -> tuple[Step, ...] | None:
        """The steps to a field by its names; None where there is none.

        `loosely`: upper and lower case and hyphens do not matter, as in prefill.
        """
        steps: list[Step] = []
        for written in names:
            inside = self.members(steps[-1] if steps else None)
            name: str | None = written if written in inside else None
            if name is None and loosely:
                name = next((other for other in inside if _loose(other) == _loose(written)), None)
            if name is None:
                return None
            steps.append(self.step(name, inside[name]))
        return tuple(steps) if steps else None

    def ways(self, pointer: str) -> Iterator[tuple[Step, ...]]:
        """Every way to the field, group or type at `pointer`; () is where the data begins.

        A model that contains itself is walked once round.
        """
        if pointer in self.facets(self.document.root_pointer):
            yield ()
        for number, way in enumerate(self.walk()):
            if number > _MAX_PATHS * 10:
                return
            if pointer in way[-1].pointers or pointer in way[-1].inside:
                yield way

    def walk(self, way: tuple[Step, ...] = ()) -> Iterator[tuple[Step, ...]]:
        """Every field with the way to it, depth first."""
        if len(way) > _MAX_DEPTH:
            return
        for name, pointers in self.members(way[-1] if way else None).items():
            longer = (*way, self.step(name, pointers))
            yield longer
            innermost = longer[-1].inside[-1] if longer[-1].inside else ""
            if not any(innermost in earlier.inside for earlier in way):
                yield from self.walk(longer)

    def holder(self, parent: str) -> str | None:
        """The pointer of the schema whose `properties` list the members of the value at `parent`.

        "" is where the data begins. Own properties come before those of a type that is referred to. None for
        plain values, and for combinations none of whose members lists any.
        """
        pointer = parent or self.document.root_pointer
        seen: set[str] = set()
        while pointer not in seen:  # a reference can lead back to where it stands
            seen.add(pointer)
            for facet in (*self._own(pointer), *self.facets(pointer)):
                if "properties" in (self.at(facet) or {}):
                    return facet
            schema = self.at(pointer) or {}
            target = f"{pointer}/items" if isinstance(schema.get("items"), Mapping) else self.target(schema)
            if target is None:
                plain = schema.get("type", "object") not in ("object", ["object", "null"])
                return None if plain or any(keyword in schema for keyword in COMBINATIONS) else pointer
            pointer = target
        return None

    def _own(self, pointer: str) -> Iterator[str]:
        """The schema at `pointer` and the members of its combinations, without following references."""
        schema = self.at(pointer)
        if schema is not None:
            yield pointer
            for inner in members_of(schema, pointer):
                yield from self._own(inner)

    def reaches(self, node: str, wanted: str) -> bool:
        """Whether the schema at `wanted` speaks about the value at `node` or about anything inside it."""
        waiting, seen = [node], set[str]()
        while waiting:
            pointer = waiting.pop()
            for facet in self.facets(pointer):
                if facet == wanted:
                    return True
                if facet in seen:
                    continue
                seen.add(facet)
                schema = self.at(facet) or {}
                listed = schema.get("properties")
                names = listed if isinstance(listed, Mapping) else ()
                waiting.extend(f"{facet}/properties/{escaped(name)}" for name in names)
                if isinstance(schema.get("items"), Mapping):
                    waiting.append(f"{facet}/items")
        return False

    def object_of(self, node: str) -> str:
        """The outermost schema of the object that the property at `node` is a member of."""
        pointer = split_property(node)[0]
        while (match := _MEMBER.fullmatch(pointer)) is not None:
            pointer = match[1]
        return pointer

    def requiring(self, node: str) -> Iterator[str]:
        """The pointers of the `required` lists that speak about the property at `node`, where it is named."""
        own, name = split_property(node)
        for facet in self._own(self.object_of(node)):
            schema = self.at(facet) or {}
            listed = schema.get("required")
            elsewhere = facet != own and name in (schema.get("properties") or {})
            if isinstance(listed, list) and name in listed and not elsewhere:
                yield f"{facet}/required"

    def references(self) -> Iterator[tuple[str, str]]:
        """(pointer of the `$ref`, pointer that it names) of every reference in the document."""
        yield from _references(self.document.schema, "")


def places_of(model: DataModel) -> SchemaPlaces:
    """The places in a model's schema, found once."""
    return _places_of(model)


@lru_cache(maxsize=64)
def _places_of(model: DataModel) -> SchemaPlaces:
    return SchemaPlaces(model.document)


def members_of(schema: Schema, pointer: str) -> Iterator[str]:
    """The pointers of the members of a schema's combinations."""
    for keyword in COMBINATIONS:
        options = schema.get(keyword)
        for place, option in enumerate(options if isinstance(options, list) else []):
            if isinstance(option, Mapping):
                yield f"{pointer}/{keyword}/{place}"


def _references(value: Any, pointer: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for key, item in value.items():
            if key == "$ref" and isinstance(item, str):
                if item.startswith("#"):
                    yield f"{pointer}/$ref", unquote(item[1:])
            else:
                yield from _references(item, f"{pointer}/{escaped(key)}")
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _references(item, f"{pointer}/{place}")


def split_property(node: str) -> tuple[str, str]:
    """(pointer of the schema, name) of a property; ("", "") for a pointer that ends in no property."""
    schema, _, name = node.rpartition("/")
    if not schema.endswith("/properties"):
        return "", ""
    return schema.removesuffix("/properties"), unescaped(name)


def name_at(node: str) -> str:
    """What a node is called: the name of the field or type that it is, or lies in; "" for the document."""
    parts = split_pointer(node) if node else []
    for place in range(len(parts) - 1, 0, -1):
        if parts[place - 1] in ("properties", "$defs", "definitions"):
            return parts[place]
    return ""


def escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def unescaped(part: str) -> str:
    return part.replace("~1", "/").replace("~0", "~")


def _loose(name: str) -> str:
    return name.replace("-", "").casefold()
