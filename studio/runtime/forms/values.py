"""Between what people type and what the data model keeps."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from studio.definition.data_model import Field

_SPACES: Final = re.compile(r"[\s\u00a0\u202f]")
_DATE: Final = re.compile(r"^\d{4}-\d{2}-\d{2}")
_NORWEGIAN_DATE: Final = re.compile(r"^(\d{1,2})[./](\d{1,2})[./](\d{4})$")


class NotThisKind(ValueError):
    """The text is no value of the field's kind; `kind` is "number", "integer", "boolean" or "date"."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def from_text(text: str, field: Field | None, separator: str = "") -> Any:
    """The value that a text stands for, None for an empty one. Raises NotThisKind.

    `separator` is the thousands separator that the component shows numbers with.
    """
    if text == "":
        return None
    kind = field.kind if field else "string"
    if kind in {"number", "integer"}:
        return _number(text, kind, separator)
    if kind == "boolean":
        return _boolean(text)
    return text.replace("\r\n", "\n")


def _number(text: str, kind: str, separator: str) -> int | float:
    bare = _SPACES.sub("", text).replace("−", "-")
    if separator:
        bare = bare.replace(separator, "")
    try:
        number = Decimal(bare.replace(",", "."))
    except InvalidOperation:
        raise NotThisKind(kind) from None
    if not number.is_finite() or abs(number) >= Decimal("7.9e28"):
        raise NotThisKind(kind)
    whole = number == number.to_integral_value()
    if kind == "integer" and not whole:
        raise NotThisKind(kind)
    return int(number) if whole else float(number)


def _boolean(text: str) -> bool:
    if text.lower() not in {"true", "false"}:
        raise NotThisKind("boolean")
    return text.lower() == "true"


def to_text(value: Any) -> str:
    """A value as plain text: what option values and inputs without formatting hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return format(Decimal(str(value)), "f")
    return str(value)


def date_from_text(text: str, with_time: bool) -> str:
    """The form in which the data model keeps a day that was picked or typed. Raises NotThisKind.

    `with_time` is the component's timeStamp: a whole ISO moment instead of a day.
    """
    match = _NORWEGIAN_DATE.match(text.strip())
    parts = (match.group(3), match.group(2), match.group(1)) if match else tuple(text.strip()[:10].split("-"))
    try:
        day = date(*(int(part) for part in parts))
    except (ValueError, TypeError):
        raise NotThisKind("date") from None
    return f"{day.isoformat()}T00:00:00.000Z" if with_time else day.isoformat()


def day_of(value: Any) -> str:
    """The day of a kept date, as yyyy-mm-dd; what is no date stays as it is."""
    text = to_text(value)
    return text[:10] if _DATE.match(text) else text


def day_limit(limit: Any, today: date) -> str | None:
    """minDate or maxDate of a Datepicker as yyyy-mm-dd (components.md, Datepicker)."""
    flags = {
        "today": today,
        "yesterday": today - timedelta(days=1),
        "tomorrow": today + timedelta(days=1),
        "oneYearAgo": _years(today, -1),
        "oneYearFromNow": _years(today, 1),
    }
    if limit in flags:
        return flags[limit].isoformat()
    text = to_text(limit)
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        return None


def _years(day: date, count: int) -> date:
    try:
        return day.replace(year=day.year + count)
    except ValueError:
        return day.replace(year=day.year + count, day=28)
