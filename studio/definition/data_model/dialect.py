"""What the platform's dialect of JSON Schema has beyond the standard: limits of dates, digits, formats."""

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final
from urllib.parse import quote

import jsonschema_rs

from studio.definition.data_model.model import DataModel
from studio.definition.data_model.patterns import ecma

# Where `prepared` keeps a pattern as its owner wrote it.
OWN_PATTERN: Final = "@pattern"
_SAFE: Final = "#/$~!*'();:@&=+,?%[]"
_LONE_PERCENT: Final = re.compile("%(?![0-9A-Fa-f]{2})")
_ZONE: Final = r"(Z|[+-]\d\d:\d\d)?"
_CLOCK: Final = r"([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?"
_FORMATS: Final = {
    "year": r"\d{4}",
    "year-month": r"\d{4}-(0[1-9]|1[0-2])",
    "month": r"--(0[1-9]|1[0-2])",
    "day": r"---(0[1-9]|[12]\d|3[01])",
    "month-day": r"--(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])",
    # In XML Schema, and in what a form saves, a zone may be missing.
    "time": _CLOCK + _ZONE,
}


def _format(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.ASCII)
    return lambda text: compiled.fullmatch(text) is not None


def _is_moment(text: str) -> bool:
    if not re.fullmatch(rf"\d{{4}}-\d\d-\d\dT{_CLOCK}{_ZONE}", text, re.ASCII | re.IGNORECASE):
        return False
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


FORMATS: Final[dict[str, Callable[[str], bool]]] = {
    **{name: _format(pattern) for name, pattern in _FORMATS.items()},
    "date-time": _is_moment,
}


class _FormatLimit:
    """A limit on dates and times that are written as text."""

    holds: Callable[[Any, Any], bool]

    def __init__(self, _schema: Any, limit: Any, _path: Any) -> None:
        self._limit = str(limit)

    def validate(self, value: Any) -> None:
        """Raise ValueError outside the limit, as the validator asks of keywords."""
        if isinstance(value, str) and value and not type(self).holds(*_comparable(value, self._limit)):
            raise ValueError(f"{value} is outside {self._limit}")


def _comparable(value: str, limit: str) -> tuple[Any, Any]:
    """Two moments that compare by time where both have a zone, else as they sort."""
    try:
        moments = datetime.fromisoformat(value), datetime.fromisoformat(limit)
    except ValueError:
        return value, limit
    both = [moment.tzinfo is not None for moment in moments]
    return moments if "T" in value and all(both) else (value, limit)


class _Minimum(_FormatLimit):
    holds = staticmethod(operator.ge)


class _Maximum(_FormatLimit):
    holds = staticmethod(operator.le)


class _ExclusiveMinimum(_FormatLimit):
    holds = staticmethod(operator.gt)


class _ExclusiveMaximum(_FormatLimit):
    holds = staticmethod(operator.lt)


class _TotalDigits:
    """The most digits that a number may have, without leading and trailing zeros."""

    def __init__(self, _schema: Any, limit: Any, _path: Any) -> None:
        self._most = limit if isinstance(limit, int) and not isinstance(limit, bool) else None

    def validate(self, value: Any) -> None:
        """Raise ValueError for too many digits."""
        if self._most is None or isinstance(value, bool) or not isinstance(value, int | float | Decimal):
            return
        if _digits(value) > self._most:
            raise ValueError(f"more than {self._most} digits")


def _digits(value: float | Decimal) -> int:
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        # Python writes no int of more than some thousand digits.
        return 10**9
    _, digits, exponent = number.as_tuple()
    if not isinstance(exponent, int):
        return 0
    significant = "".join(map(str, digits)).lstrip("0")
    stripped = significant.rstrip("0")
    exponent += len(significant) - len(stripped)
    # Places behind the point count also where they are zeros: 0.05 has two.
    return max(len(stripped) + max(exponent, 0), -exponent) if stripped else 1


KEYWORDS: Final[dict[str, type[Any]]] = {
    "formatMinimum": _Minimum,
    "formatMaximum": _Maximum,
    "formatExclusiveMinimum": _ExclusiveMinimum,
    "formatExclusiveMaximum": _ExclusiveMaximum,
    "totalDigits": _TotalDigits,
}


def prepared(model: DataModel) -> dict[str, Any]:
    """The schema of the data itself: from the root element on, with its definitions beside it.

    Patterns speak of the whole text where the schema comes of an XSD; those that nobody can read are left
    out (see `broken_patterns`).
    """
    root = model.document.root.schema
    is_whole = "@xsdNamespaces" in model.schema or "@xsdSchemaAttributes" in model.schema
    if root is not model.schema:
        rest = {name: model.schema[name] for name in ("definitions", "$defs") if name in model.schema}
        made: dict[str, Any] = _simplified({"allOf": [root], **rest}, is_whole=is_whole)
        return made
    whole = _simplified(model.schema, is_whole=is_whole)
    return {key: value for key, value in whole.items() if key not in {"$schema", "$id"}}


def _simplified(schema: Any, *, is_whole: bool) -> Any:
    """The same schema without choices between one thing and null: only the thing can be an issue."""
    if isinstance(schema, list):
        return [_simplified(item, is_whole=is_whole) for item in schema]
    if not isinstance(schema, Mapping):
        return schema
    made = {key: _simplified(value, is_whole=is_whole) for key, value in schema.items()}
    for keyword in ("oneOf", "anyOf"):
        options = made.get(keyword)
        if isinstance(options, list):
            real = [option for option in options if option != {"type": "null"}]
            if len(real) == 1:
                del made[keyword]
                made["allOf"] = [*(made.get("allOf") or []), real[0]]
    if isinstance(reference := made.get("$ref"), str):
        # The names of types have Norwegian letters and blanks, an address has not.
        made["$ref"] = quote(_LONE_PERCENT.sub("%25", reference), safe=_SAFE)
    if isinstance(pattern := made.get("pattern"), str):
        translated = ecma(pattern)
        del made["pattern"]
        if is_pattern(translated):
            made |= {"pattern": f"^(?:{translated})$" if is_whole else translated, OWN_PATTERN: pattern}
    return made


def is_pattern(pattern: str) -> bool:
    """Whether the validator can read a pattern."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except ValueError:
        return False
    return True


def broken_patterns(model: DataModel) -> Iterator[str]:
    """The patterns of a schema that no validator can read."""
    waiting: list[Any] = [model.schema]
    while waiting:
        found = waiting.pop()
        if isinstance(found, list):
            waiting.extend(found)
        elif isinstance(found, Mapping):
            waiting.extend(found.values())
            pattern = found.get("pattern")
            if isinstance(pattern, str) and not is_pattern(ecma(pattern)):
                yield pattern
