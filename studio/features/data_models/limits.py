"""Which limits there are, and how they are written."""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

# Whole numbers, 0 or more.
COUNTS: Final = frozenset({"minLength", "maxLength", "totalDigits"})
# Limit -> the same limit where the value itself is outside.
NUMBERS: Final = {"minimum": "exclusiveMinimum", "maximum": "exclusiveMaximum"}
MOMENTS: Final = {"formatMinimum": "formatExclusiveMinimum", "formatMaximum": "formatExclusiveMaximum"}
_MOST_DECIMALS: Final = 12
_READERS: Final[Mapping[str, Callable[[str], object]]] = {
    "date": date.fromisoformat,
    "date-time": datetime.fromisoformat,
    "time": time.fromisoformat,
}


def is_pattern(written: str) -> bool:
    """Whether a regular expression can be read. It is only parsed here, never run on anything."""
    try:
        re.compile(written.replace(r"\p{", "(?:").replace(r"\i", r"\w").replace(r"\c", r"\w"))
    except (re.error, OverflowError, RecursionError):
        return r"\p{" in written
    return True


def multiple_of(decimals: int | None) -> int | float | None:
    """The step between numbers that have at most so many decimals: 2 -> 0.01."""
    if decimals is None:
        return None
    return 1 if decimals == 0 else float(Decimal(10) ** -min(decimals, _MOST_DECIMALS))


def decimals_of(step: Any) -> int | None:
    """How many decimals a step of 1, 0.1, 0.01, ... stands for; None for any other step."""
    if isinstance(step, bool) or not isinstance(step, int | float | Decimal):
        return None
    for decimals in range(_MOST_DECIMALS + 1):
        if Decimal(str(step)) == Decimal(10) ** -decimals:
            return decimals
    return None


def read_moment(kind: str, written: str) -> str | None:
    """A date, a time or both as the schema writes it; None where it is none."""
    try:
        _READERS[kind](written)
    except (ValueError, KeyError):
        return None
    return written


def without_comma(written: str) -> str:
    """A number without what people put in it: "12 000,50" -> "12000.50"."""
    return written.replace("\N{NO-BREAK SPACE}", "").replace(" ", "").replace(",", ".")
