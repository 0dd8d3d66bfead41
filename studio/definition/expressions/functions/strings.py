"""Text. Lengths and positions count UTF-16 units, as browsers do."""

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from studio.definition.expressions import dates
from studio.definition.expressions.compiling import function
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value, to_number, to_text
from studio.definition.sentences import N_

# Characters. Results that grow with every use of them end here and not where the memory does.
_LONGEST: Final = 1_000_000


def _units(text: str) -> bytes:
    return text.encode("utf-16-le", "surrogatepass")


def _from_units(units: bytes) -> str:
    return units.decode("utf-16-le", "replace")


@function("concat", 0, None)
def _concat(_context: Context, arguments: list[Value]) -> str:
    text = "".join(to_text(argument) or "" for argument in arguments)
    if len(text) > _LONGEST:
        raise ExpressionError(N_("The text is too long"))
    return text


def _declare_test(name: str, test: Callable[[str, str], bool], when_null: bool) -> None:
    def run(_context: Context, arguments: list[Value]) -> bool:
        left, right = to_text(arguments[0]), to_text(arguments[1])
        return when_null if left is None or right is None else test(left, right)

    function(name, 2, 2)(run)


_declare_test("contains", lambda text, part: part in text, when_null=False)
_declare_test("notContains", lambda text, part: part not in text, when_null=True)
_declare_test("startsWith", str.startswith, when_null=False)
_declare_test("endsWith", str.endswith, when_null=False)
_declare_test(
    "commaContains",
    lambda text, part: part in [item.strip() for item in text.split(",")],
    when_null=False,
)


def _declare_case(name: str, change: Callable[[str], str]) -> None:
    def run(_context: Context, arguments: list[Value]) -> str | None:
        text = to_text(arguments[0])
        return None if text is None else change(text)

    function(name, 1, 1)(run)


_declare_case("upperCase", str.upper)
_declare_case("lowerCase", str.lower)
_declare_case("upperCaseFirst", lambda text: text[:1].upper() + text[1:])
_declare_case("lowerCaseFirst", lambda text: text[:1].lower() + text[1:])


@function("stringLength", 1, 1)
def _length(_context: Context, arguments: list[Value]) -> int:
    return len(_units(to_text(arguments[0]) or "")) // 2


@function("stringIndexOf", 2, 2)
def _index_of(_context: Context, arguments: list[Value]) -> int | None:
    text, part = to_text(arguments[0]), to_text(arguments[1])
    if not text or not part or part not in text:
        return None
    return len(_units(text[: text.index(part)])) // 2


_NO_START: Final = N_(
    "Start index cannot be null (if you used an expression like stringIndexOf here, "
    "make sure to guard against null)"
)
_NO_END: Final = N_(
    "End index cannot be null (if you used an expression like stringIndexOf here, "
    "make sure to guard against null)"
)


@function("stringSlice", 2, 3)
def _slice(_context: Context, arguments: list[Value]) -> str | None:
    text, places = to_text(arguments[0]), [to_number(argument) for argument in arguments[1:]]
    if None in places:
        raise ExpressionError(_NO_START if places[0] is None else _NO_END)
    if text is None:
        return None
    units = _units(text)
    start, *end = [_within(place, len(units) // 2) for place in places if place is not None]
    first, last, _ = slice(start, end[0] if end else None).indices(len(units) // 2)
    return _from_units(units[first * 2 : last * 2])


def _within(place: Decimal, length: int) -> int:
    """A place in a text; beyond its ends one place is like another."""
    return int(max(Decimal(-length - 1), min(place, Decimal(length))))


@function("stringReplace", 3, 3)
def _replace(_context: Context, arguments: list[Value]) -> str | None:
    text, part, new = (to_text(argument) for argument in arguments)
    if not text or not part:
        return None
    if len(text) + text.count(part) * len(new or "") > _LONGEST:
        raise ExpressionError(N_("The text is too long"))
    return text.replace(part, new or "")


@function("formatDate", 1, 2)
def _format_date(context: Context, arguments: list[Value]) -> str | None:
    moment = dates.parse(arguments[0])
    pattern = to_text(arguments[1]) if len(arguments) == 2 else None
    return None if moment is None else dates.format_moment(moment, pattern, context.language)
