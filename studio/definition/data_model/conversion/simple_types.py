"""Simple types: restrictions with their facets, lists and unions."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from lxml import etree

from studio.definition.data_model.conversion.annotations import foreign_attributes, notes_of, unhandled
from studio.definition.data_model.conversion.builtin_types import DATES, INTEGERS, NUMBERS, built_in
from studio.definition.data_model.conversion.definitions import Definitions
from studio.definition.data_model.xsd_documents import XS
from studio.definition.sentences import N_, Sentence

Json = dict[str, Any]

_RESTRICTION: Final = "XmlSchemaSimpleTypeRestriction"
_UNION: Final = "XmlSchemaSimpleTypeUnion"
_LIMITS: Final = {
    "minInclusive": ("minimum", "formatMinimum"),
    "maxInclusive": ("maximum", "formatMaximum"),
    "minExclusive": ("exclusiveMinimum", "formatExclusiveMinimum"),
    "maxExclusive": ("exclusiveMaximum", "formatExclusiveMaximum"),
}
_COUNTS: Final = {
    "length": (("maxLength", "minLength"), ("maxItems", "minItems")),
    "minLength": (("minLength",), ("minItems",)),
    "maxLength": (("maxLength",), ("maxItems",)),
    "totalDigits": (("totalDigits",), ()),
}
# Enough for any sum of money; more would be a number that nobody can write.
_MAX_DIGITS: Final = 1000


def named_type(definitions: Definitions, part: etree._Element, name: str) -> Json:
    """The schema of the type with this name: a built-in one in place, another by reference."""
    local = definitions.built_in(part, name)
    return {"$ref": definitions.reference("type", part, name)} if local is None else built_in(local)


def simple_type(definitions: Definitions, part: etree._Element) -> Json:
    """The schema of an xs:simpleType."""
    for content in part.iterchildren(f"{XS}restriction", f"{XS}list", f"{XS}union"):
        convert = {"restriction": _restriction, "list": _list, "union": _union}
        inside = convert[etree.QName(content).localname](definitions, content)
        return notes_of(part) | inside | unhandled(part)
    raise definitions.documents.broken(part, Sentence(N_("The simple type is empty. Restrict a type in it.")))


def _restriction(definitions: Definitions, part: etree._Element) -> Json:
    structure = {"@xsdStructure": _RESTRICTION}
    limits = facets(definitions, part)
    inner = part.find(f"{XS}simpleType")
    if inner is not None:
        return {"allOf": [simple_type(definitions, inner), *([limits] if limits else [])]} | structure
    base = named_type(definitions, part, part.get("base", ""))
    if "$ref" not in base:
        return base | limits | structure
    return {"allOf": [base, *([limits] if limits else [])]} | structure


def _list(definitions: Definitions, part: etree._Element) -> Json:
    inner = part.find(f"{XS}simpleType")
    items = (
        simple_type(definitions, inner)
        if inner is not None
        else named_type(definitions, part, part.get("itemType", ""))
    )
    return {"type": "array", "items": items}


def _union(definitions: Definitions, part: etree._Element) -> Json:
    members = [named_type(definitions, part, name) for name in part.get("memberTypes", "").split()]
    members += [simple_type(definitions, inner) for inner in part.iterchildren(f"{XS}simpleType")]
    return {"anyOf": members, "@xsdStructure": _UNION}


def facets(definitions: Definitions, part: etree._Element) -> Json:
    """What a restriction says of its base, as keywords."""
    primitive = definitions.primitive(part)
    found: Json = {}
    values: list[Any] = []
    patterns: list[str] = []
    for facet in part.iterchildren(etree.Element):
        name, value = etree.QName(facet).localname, facet.get("value", "")
        if name == "enumeration":
            values.append(typed(primitive, value))
        elif name == "pattern":
            patterns.append(value)
        elif name in _LIMITS:
            found |= _limit(primitive, name, value)
        elif name in _COUNTS:
            lengths, items = _COUNTS[name]
            keywords = items if primitive is None else lengths
            found |= dict.fromkeys(keywords, _count(definitions, facet, value))
        elif name == "fractionDigits":
            digits = _count(definitions, facet, value)
            found["multipleOf"] = float(f"1e-{digits}") if digits else 1
    if patterns:
        # Several patterns in one restriction are alternatives.
        found["pattern"] = patterns[0] if len(patterns) == 1 else "|".join(f"(?:{one})" for one in patterns)
    if values:
        found |= dict(_enumeration_notes(part))
        found["enum"] = values
    return found


def _enumeration_notes(part: etree._Element) -> Iterator[tuple[str, Json]]:
    notes = {
        facet.get("value", ""): found
        for facet in part.iterchildren(f"{XS}enumeration")
        if (found := foreign_attributes(facet))
    }
    if notes:
        yield "@xsdUnhandledEnumAttributes", notes


def _limit(primitive: str | None, name: str, value: str) -> Json:
    numeric, dated = _LIMITS[name]
    if primitive in DATES:
        return {dated: value.strip()}
    number = _number(value)
    return {} if number is None else {numeric: number}


def typed(primitive: str | None, value: str) -> Any:
    """A value of an XSD as the JSON value that the data has."""
    if primitive == "boolean":
        return value.strip() in {"true", "1"}
    if primitive in INTEGERS or primitive in NUMBERS:
        number = _number(value)
        return value if number is None else number
    return value


def _number(value: str) -> int | float | None:
    try:
        number = Decimal(value.strip())
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > _MAX_DIGITS:
        return None
    # 100.0 stays what it is: the classes of an app tell it from 100.
    return int(number) if number == number.to_integral_value() and "." not in value else float(number)


def _count(definitions: Definitions, facet: etree._Element, value: str) -> int:
    text = value.strip().removeprefix("+")
    if text.isascii() and text.isdigit() and len(text) <= 10:
        return min(int(text), 308) if facet.tag == f"{XS}fractionDigits" else int(text)
    values = {"name": etree.QName(facet).localname, "value": value}
    sentence = N_("%(name)s has the value %(value)s, which is not a number from 0 upwards. Correct it.")
    raise definitions.documents.broken(facet, Sentence(sentence, values))
