"""A JSON Schema as the source of an XSD: its definitions, what each becomes, and what a schema holds."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Literal
from urllib.parse import unquote

from studio.definition.data_model.conversion.builtin_types import ANY_TYPE, NAMES
from studio.definition.data_model.nodes import SchemaDocument
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

Schema = Mapping[str, Any]
Role = Literal["type", "element", "attribute", "group", "attributeGroup"]
Shape = Literal["simple", "complex", "any"]

COMPOSITIONS: Final = ("allOf", "anyOf", "oneOf")
FOLDERS: Final = ("$defs", "definitions")
FACETS: Final = (
    "minLength",
    "maxLength",
    "pattern",
    "enum",
    "const",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "formatMinimum",
    "formatMaximum",
    "formatExclusiveMinimum",
    "formatExclusiveMaximum",
    "totalDigits",
    "multipleOf",
)
_DEFINITION: Final = re.compile(r"#/(?:\$defs|definitions)/([^/]+)")
_START: Final = (
    "A-Z_a-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_NAME: Final = re.compile(f"[{_START}][{_START}0-9.\u00b7\u0300-\u036f\u203f-\u2040-]*")
_PLAIN_TYPES: Final = NAMES - {ANY_TYPE}
_MAX_DEPTH: Final = 60


class BrokenSchema(DomainError):
    """No XSD can be made of a JSON Schema. `pointer` ("#/properties/x") says where, `code` which rule."""

    def __init__(self, pointer: str, code: str, sentence: Sentence) -> None:
        words = N_("%(problem)s (at %(pointer)s in the JSON Schema)")
        super().__init__(Sentence(words, {"problem": sentence, "pointer": pointer}))
        self.pointer = pointer
        self.code = code
        self.problem = sentence


def escaped(name: str) -> str:
    """A name as it stands in a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1") if "~" in name or "/" in name else name


def is_xml_name(name: str) -> bool:
    """Whether a name can be that of an element, an attribute or a type (an NCName)."""
    return _NAME.fullmatch(name) is not None


def no_name(name: str) -> Sentence:
    """What to say of a name that is none in XML."""
    words = N_("“%(name)s” cannot be a name in XML: use letters, digits, - and _, beginning with a letter.")
    return Sentence(words, {"name": name})


def definition_name(reference: Any) -> str | None:
    """The name in "#/$defs/name"; None for what is no reference to a definition."""
    found = _DEFINITION.fullmatch(reference) if isinstance(reference, str) else None
    return unquote(found[1]).replace("~1", "/").replace("~0", "~") if found else None


@dataclass(frozen=True, slots=True)
class Target:
    """What a reference points to; `name` only where it is a definition."""

    name: str | None
    schema: Schema
    pointer: str


@dataclass(frozen=True, eq=False)
class Source:
    """A schema document. Everything that is asked of it may raise BrokenSchema."""

    schema: Schema

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
        named = self.definitions.items()
        try:
            return {name: json.dumps(target.schema, default=_plain) for name, target in named}
        except RecursionError:
            raise wrong("#", N_("The JSON Schema is nested too deeply.")) from None


def inner_schemas(schema: Schema, is_member: bool) -> Iterator[tuple[Any, bool]]:
    """(schema, whether it is that of a property) of everything right inside a schema, definitions aside."""
    inside = schema.get("properties")
    if isinstance(inside, Mapping):
        yield from ((inner, True) for inner in inside.values())
    if "items" in schema:
        yield schema["items"], is_member
    for keyword in COMPOSITIONS:
        given = schema.get(keyword)
        if isinstance(given, list):
            yield from ((option, is_member and len(given) == 1) for option in given)


def _plain(value: Any) -> Any:
    return dict(value) if isinstance(value, Mapping) else str(value)


def endless(at: str) -> BrokenSchema:
    """The error of a schema that needs itself before it is complete."""
    return BrokenSchema(
        at, "EndlessRecursion", Sentence(N_("The type contains itself, so that it never ends."))
    )


def own_shape(schema: Schema) -> Shape:
    """What a schema says about its shape by itself."""
    kinds = types(schema)
    if "array" in kinds or "items" in schema:
        return "simple"
    if "properties" in schema or "@xsdAnyAttribute" in schema or "object" in kinds:
        return "complex"
    if schema.get("@xsdType") == "#any":
        return "complex"
    return "simple" if kinds or str(schema.get("@xsdType")) in _PLAIN_TYPES else "any"


def types(schema: Schema) -> tuple[str, ...]:
    """The JSON types that a schema names, without null."""
    given = schema.get("type")
    if isinstance(given, str):
        return (given,) if given != "null" else ()
    if isinstance(given, list):
        return tuple(kind for kind in given if isinstance(kind, str) and kind != "null")
    return ()


def is_null(schema: Any) -> bool:
    """Whether a schema allows null and nothing else."""
    return isinstance(schema, Mapping) and schema.get("type") in ("null", ["null"])


def is_attribute(schema: Schema) -> bool:
    """Whether a property is an XML attribute (also in the words of the oldest schemas)."""
    return schema.get("@xsdAttribute") is True or schema.get("@xsdType") in {"XmlAttribute", "#attribute"}


def members(schema: Schema, at: str) -> Iterator[tuple[str, Schema]]:
    """(pointer, schema) of every member of a composition, without those that only allow null."""
    for keyword in COMPOSITIONS:
        for place, option in enumerate(options(schema, keyword, at)):
            if not is_null(option):
                pointer = f"{at}/{keyword}/{place}"
                yield pointer, as_schema(option, pointer)


def options(schema: Schema, keyword: str, at: str) -> list[Any]:
    """The members of one composition; none where the schema does not have it."""
    given = schema.get(keyword)
    if given is None:
        return []
    if not isinstance(given, list):
        raise wrong(f"{at}/{keyword}", N_("A list of schemas is needed here."))
    return given


def mapping(schema: Schema, keyword: str, at: str) -> Mapping[str, Any]:
    """The schemas by name under a keyword; none where the schema does not have it."""
    given = schema.get(keyword)
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise wrong(f"{at}/{keyword}", N_("Names with a schema each are needed here."))
    return given


def as_schema(given: Any, at: str) -> Schema:
    """A schema; `true` is one that allows everything."""
    if given is True:
        return {}
    if not isinstance(given, Mapping):
        raise wrong(at, N_("A schema is needed here."))
    return given


def wrong(at: str, words: str, values: Mapping[str, str | int | Sentence] | None = None) -> BrokenSchema:
    """The error of a keyword whose value is of no use."""
    return BrokenSchema(at, "InvalidKeyword", Sentence(words, values or {}))
