"""Dates and times in expressions: reading, comparing, and writing in the person's language."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

from babel import Locale, UnknownLocaleError
from babel.dates import format_datetime

from studio.definition.expressions.errors import ExpressionError
from studio.definition.sentences import N_

_SHAPE: Final = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})(?:[ Tt](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?([Zz]|[+-]\d{2}:\d{2})?)?",
    re.ASCII,
)
_TOKEN: Final = re.compile(r"([a-zA-Z])\1*")


_UNKNOWN_FORMAT: Final = N_('Unable to parse date "%(value)s": Unknown format')
_NO_SUCH_DATE: Final = N_(
    'Unable to parse date "%(value)s": Format was recognized, but the date/time is invalid'
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A point in time; `zoned` says whether the text named its time zone."""

    at: datetime
    zoned: bool


def parse(value: object) -> Moment | None:
    """Read a date or date-time; None for null and blank text. Raises ExpressionError."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise ExpressionError(_UNKNOWN_FORMAT, {"value": str(value)})
    if not value.strip():
        return None
    match = _SHAPE.fullmatch(value)
    if match is None:
        raise ExpressionError(_UNKNOWN_FORMAT, {"value": str(value)})
    try:
        return _moment(match)
    except ValueError as error:
        raise ExpressionError(_NO_SUCH_DATE, {"value": value}) from error


def _moment(match: re.Match[str]) -> Moment:
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    fraction, zone = match.group(7), match.group(8)
    micro = int((fraction or "0").ljust(6, "0")[:6])
    at = datetime(year, month, day, hour, minute, second, micro, tzinfo=_zone(zone))
    return Moment(at, zone is not None)


def _zone(text: str | None) -> tzinfo:
    if text is None or text in "Zz":
        return UTC
    hours, minutes = int(text[1:3]), int(text[4:6])
    if minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def is_before(left: Moment, right: Moment) -> bool:
    """Whether `left` comes first. Raises ExpressionError where only one names its zone."""
    _same_kind(left, right)
    return left.at < right.at


def is_same_day(left: Moment, right: Moment) -> bool:
    """Whether both fall on one day. Raises ExpressionError where the zones differ."""
    _same_kind(left, right)
    if left.at.utcoffset() != right.at.utcoffset():
        raise ExpressionError(
            N_("Can not figure out if timestamps in different timezones are in the same day")
        )
    return left.at.date() == right.at.date()


def _same_kind(left: Moment, right: Moment) -> None:
    if left.zoned != right.zoned:
        raise ExpressionError(N_("Can not compare timestamps where only one specify timezone"))


def format_moment(moment: Moment, pattern: str | None, language: str, zone: tzinfo = UTC) -> str:
    """The moment by an LDML pattern, or the usual short one. Times with a zone move to `zone`."""
    at = moment.at.astimezone(zone) if moment.zoned else moment.at
    chosen = pattern or ("dd.MM.yyyy" if language in {"nb", "nn", "no"} else "M/d/yy")
    locale = _locale(language)
    return _TOKEN.sub(lambda token: _token(token.group(0), at, locale), chosen)


def _locale(language: str) -> Locale:
    try:
        return Locale.parse({"no": "nb"}.get(language, language))
    except (ValueError, UnknownLocaleError):
        return Locale.parse("nb")


_KNOWN: Final = frozenset("GyuMdEahHmsS")


def _token(token: str, at: datetime, locale: Locale) -> str:
    if token[0] not in _KNOWN:
        return token
    norwegian = locale.language in {"nb", "nn", "no"}
    if norwegian and token[0] == "a":
        return "a.m." if at.hour < 12 else "p.m."
    if norwegian and token == "G" * 5:
        return "e.Kr."
    if token[0] == "u" or (token[0] == "y" and len(token) != 2):
        return str(at.year).zfill(len(token) if len(token) > 3 else 1)
    # Abbreviated names are those that stand alone, without the period they have inside a longer date.
    alone = {"E": "ccc", "EE": "ccc", "EEE": "ccc", "MMM": "LLL"}.get(token, token)
    written = format_datetime(at, alone, tzinfo=at.tzinfo, locale=locale)
    return written.removesuffix(".") if token[0] in "ME" else written
