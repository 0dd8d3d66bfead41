"""Values of form data as text, and the limits of dates."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

_DATE: Final = re.compile(r"^\d{4}-\d{2}-\d{2}")


def to_text(value: Any) -> str:
    """A value as plain text: what option values and inputs without formatting hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return format(Decimal(str(value)), "f")
    return str(value)


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
