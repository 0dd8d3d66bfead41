"""The types that XML Schema brings along, as JSON Schema."""

from collections.abc import Mapping
from typing import Any, Final

INTEGERS: Final = frozenset(
    (
        "integer",
        "nonPositiveInteger",
        "negativeInteger",
        "nonNegativeInteger",
        "positiveInteger",
        "long",
        "int",
        "short",
        "byte",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    )
)
NUMBERS: Final = frozenset(("decimal", "float", "double"))
# Those with a time line: their limits are compared as dates, not as numbers.
DATES: Final = frozenset(("date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gDay", "gMonthDay"))
_STRINGS: Final = frozenset(
    (
        "string",
        "normalizedString",
        "token",
        "language",
        "Name",
        "NCName",
        "NMTOKEN",
        "NMTOKENS",
        "ID",
        "IDREF",
        "IDREFS",
        "ENTITY",
        "ENTITIES",
        "QName",
        "NOTATION",
        "hexBinary",
        "base64Binary",
        "anyURI",
        "duration",
        "anySimpleType",
        "anyAtomicType",
        "yearMonthDuration",
        "dayTimeDuration",
        "dateTimeStamp",
    )
)
_FORMATS: Final[Mapping[str, str]] = {
    "date": "date",
    "dateTime": "date-time",
    "time": "time",
    "duration": "duration",
    "anyURI": "uri",
    "gYear": "year",
    "gYearMonth": "year-month",
}
ANY_TYPE: Final = "anyType"
NAMES: Final = INTEGERS | NUMBERS | DATES | _STRINGS | {"boolean", ANY_TYPE}


def built_in(name: str) -> dict[str, Any]:
    """The schema of a type of XML Schema itself, by its local name."""
    if name == ANY_TYPE:
        return {"@xsdType": name}
    schema: dict[str, Any] = {"type": json_type(name)}
    if name in _FORMATS:
        schema["format"] = _FORMATS[name]
    return schema | {"@xsdType": name}


def json_type(name: str) -> str:
    """The JSON type of the values of a built-in simple type."""
    if name in INTEGERS:
        return "integer"
    if name in NUMBERS:
        return "number"
    return "boolean" if name == "boolean" else "string"
