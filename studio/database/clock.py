"""The one place that knows what time it is. Everything deeper takes the time as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """This moment, in UTC, with its time zone."""
    return datetime.now(UTC)  # noqa: TID251 - this is the clock that the rule points to
