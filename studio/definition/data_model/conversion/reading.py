"""A JSON Schema as the source of an XSD: its definitions, what each becomes, and what a schema holds."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal
from urllib.parse import unquote

from studio.definition.data_model.conversion.builtin_types import ANY_TYPE, NAMES
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
    return schema.get("@xsdAttribute") is True or schema.get("@xsdType") in ("XmlAttribute", "#attribute")


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
