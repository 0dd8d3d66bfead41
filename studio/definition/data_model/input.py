"""What a person wrote into a field, as a value of the field's kind."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Final

from studio.definition.data_model.model import Field
from studio.definition.sentences import N_, Sentence

_SPACES: Final = re.compile(r"[\s\u00a0\u202f]")
_NUMBER: Final = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)", re.ASCII)
_NORWEGIAN_DATE: Final = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", re.ASCII)
_YES: Final = frozenset({"true", "on", "1", "ja", "yes"})
_NO: Final = frozenset({"false", "off", "0", "nei", "no"})
_MAX_DIGITS: Final = 28

Parsed = str | int | Decimal | bool | None


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a text is no value of the field's kind. `text` is what was written, to be shown again."""

    text: str
    sentence: Sentence


def parse_input(field: Field, text: str) -> Parsed | Problem:
    """The value that a person means by `text` in a field; None for an empty one.

    Text keeps its spaces inside but not around it; numbers may have spaces and a decimal comma; dates may be
    written 31.12.2026 and are stored 2026-12-31.
    """
    stripped = text.strip()
    if not stripped:
        return None
    match field.kind:
        case "number" | "integer":
            return _number(field, stripped)
        case "boolean":
            return _boolean(stripped)
        case "date":
            return _date(stripped)
        case "date-time":
            return _date_time(stripped)
        case "time":
            return _time(stripped)
    return stripped.replace("\r\n", "\n")


def _number(field: Field, text: str) -> Parsed | Problem:
    compact = _SPACES.sub("", text).replace("\u2212", "-")
    if not _NUMBER.fullmatch(compact):
        return Problem(text, Sentence(N_("Write a number, for example 12.")))
    try:
        number = Decimal(compact.replace(",", "."))
    except InvalidOperation:
        return Problem(text, Sentence(N_("Write a number, for example 12.")))
    if len(number.as_tuple().digits) > _MAX_DIGITS:
        return Problem(text, Sentence(N_("The number has too many digits.")))
    if field.kind == "number":
        return int(number) if number == number.to_integral_value() and "." not in str(number) else number
    if number != number.to_integral_value():
        return Problem(text, Sentence(N_("Write a whole number, without decimals.")))
    return int(number)


def _boolean(text: str) -> Parsed | Problem:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    return Problem(text, Sentence(N_("Answer yes or no.")))


def _date(text: str) -> Parsed | Problem:
    match = _NORWEGIAN_DATE.fullmatch(text)
    try:
        if match:
            day, month, year = (int(part) for part in match.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return Problem(text, Sentence(N_("Write a date, for example 31.12.2026.")))


def _date_time(text: str) -> Parsed | Problem:
    day = _date(text) if _NORWEGIAN_DATE.fullmatch(text) else text
    try:
        datetime.fromisoformat(str(day))
    except ValueError:
        return Problem(text, Sentence(N_("Write a date, for example 31.12.2026.")))
    return day


def _time(text: str) -> Parsed | Problem:
    try:
        return time.fromisoformat(text).isoformat()
    except ValueError:
        return Problem(text, Sentence(N_("Write a time, for example 14:30.")))
