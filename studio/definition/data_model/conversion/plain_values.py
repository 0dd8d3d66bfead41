"""The plain values of XSD: families of built-in types, and the text of a JSON value in them."""

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from studio.definition.data_model.conversion.reading import Schema, wrong
from studio.definition.data_model.document_writing import text_of
from studio.definition.sentences import N_

TEXTS: Final = frozenset(
    {"string", "normalizedString", "token", "language", "Name", "NCName", "ID", "IDREF", "IDREFS", "ENTITY"}
    | {"ENTITIES", "NMTOKEN", "NMTOKENS", "base64Binary", "hexBinary", "anyURI", "QName", "NOTATION"}
)
MOMENTS: Final = frozenset(
    {"date", "dateTime", "time", "duration", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay"}
)
# Whole numbers, with the least and the greatest value where there is one.
INTEGERS: Final[Mapping[str, tuple[int | None, int | None]]] = {
    "integer": (None, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "long": (-(2**63), 2**63 - 1),
    "int": (-(2**31), 2**31 - 1),
    "short": (-(2**15), 2**15 - 1),
    "byte": (-(2**7), 2**7 - 1),
    "unsignedLong": (0, 2**64 - 1),
    "unsignedInt": (0, 2**32 - 1),
    "unsignedShort": (0, 2**16 - 1),
    "unsignedByte": (0, 2**8 - 1),
}
_ZONE: Final = r"(Z|[+-]\d\d:\d\d)?"
_MOMENTS: Final[Mapping[str, re.Pattern[str]]] = {
    "date": re.compile(rf"-?\d{{4,}}-\d\d-\d\d{_ZONE}"),
    "dateTime": re.compile(rf"-?\d{{4,}}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?{_ZONE}"),
    "time": re.compile(rf"\d\d:\d\d:\d\d(\.\d+)?{_ZONE}"),
    "gYear": re.compile(rf"-?\d{{4,}}{_ZONE}"),
    "gYearMonth": re.compile(rf"-?\d{{4,}}-\d\d{_ZONE}"),
}
_MOST_COUNTED: Final = 9_999_999_999


def is_number(builtin: str) -> bool:
    """Whether the values of a type are numbers."""
    return builtin in INTEGERS or builtin in {"decimal", "float", "double"}


def whole(schema: Schema, keyword: str, at: str) -> int | None:
    """The value of a keyword that counts something; None for a limit that nothing ever reaches.

    Raises BrokenSchema for what cannot be one.
    """
    given = schema.get(keyword)
    if given is None:
        return None
    number = as_decimal(given)
    is_count = number is not None and number >= 0 and number == number.to_integral_value()
    if number is None or not is_count or (number > _MOST_COUNTED and keyword.startswith("min")):
        raise wrong(f"{at}/{keyword}", N_("A whole number from 0 is needed here."))
    return int(number) if number <= _MOST_COUNTED else None


def as_decimal(given: Any) -> Decimal | None:
    """A finite number of JSON, or one that is written as text; None for anything else."""
    # Of a list, Decimal would read a sign, digits and an exponent.
    if isinstance(given, bool) or not isinstance(given, (int, float, str, Decimal)):
        return None
    try:
        number = Decimal(repr(given) if isinstance(given, float) else given)
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() and abs(number.adjusted()) < 400 else None


def value_text(value: Any, builtin: str) -> str | None:
    """A plain value as a document has it; None where it is none of the type."""
    if isinstance(value, (list, Mapping)):
        return None
    text = text_of(value)
    if builtin in INTEGERS or builtin == "decimal":
        number = as_decimal(value)
        fits = number is not None and (builtin == "decimal" or number == number.to_integral_value())
        return f"{number:f}" if fits and number is not None else None
    if builtin in {"float", "double"}:
        return text if as_decimal(value) is not None else None
    if builtin == "boolean":
        return {"true": "true", "false": "false", "1": "true", "0": "false"}.get(text)
    form = _MOMENTS.get(builtin)
    return text if form is None or form.fullmatch(text) else None
