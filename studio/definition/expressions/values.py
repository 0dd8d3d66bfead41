"""The values of expressions and how they turn into one another.

A value is None, bool, int, float, Decimal, str, list or dict. Numbers are Decimal inside: 0.1 + 0.2 is 0.3.
"""

import json
import re
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, InvalidOperation
from typing import Any, Final

from studio.definition.expressions.errors import ExpressionError
from studio.definition.sentences import N_, Sentence

Value = Any

_NUMBER: Final = re.compile(r"[-+]?[0-9]*\.?[0-9]+([eE][-+]?[0-9]+)?", re.ASCII)
# The range of the platform's decimal numbers.
_LARGEST: Final = Decimal(79228162514264337593543950335)
_PLAIN_DIGITS: Final = 21
# Numbers that are too large to be reckoned with can still be quoted.
_WRITING: Final = Context(prec=28, Emax=MAX_EMAX, Emin=MIN_EMIN)
# Whole numbers below it are written digit by digit, and their products and sums need no rounding.
_SHORT: Final = 10**14
_WORDS: Final[dict[str, str | None]] = {"null": None, "true": "true", "false": "false"}
_WORD_LENGTHS: Final = frozenset(map(len, _WORDS))


def as_json(value: Value) -> str:
    """The value as it is quoted in messages, and as lists and objects are written."""
    try:
        return _written(value)
    except RecursionError:
        raise ExpressionError(N_("The data is nested too deeply")) from None


def _written(value: Value) -> str:
    if isinstance(value, Decimal | float):
        return number_text(Decimal(str(value)))
    if isinstance(value, list):
        return f"[{','.join(_written(item) for item in value)}]"
    if isinstance(value, dict):
        members = (f"{json.dumps(key, ensure_ascii=False)}:{_written(item)}" for key, item in value.items())
        return f"{{{','.join(members)}}}"
    return json.dumps(value, ensure_ascii=False, default=str)


def type_name(value: Value) -> str:
    """The name of the value's type in messages."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return N_("boolean")
    if isinstance(value, int | float | Decimal):
        return N_("number")
    if isinstance(value, str):
        return N_("string")
    return "list" if isinstance(value, list) else N_("object")


def is_number(value: Value) -> bool:
    """Whether the value is a number (a boolean is not)."""
    return isinstance(value, int | float | Decimal) and not isinstance(value, bool)


def to_text(value: Value) -> str | None:
    """The value as text; None for null. Booleans and null written as text count as what they say."""
    if isinstance(value, str):
        # Few texts are as long as a word that means something: the others need not be folded.
        return _WORDS.get(value.lower(), value) if len(value) in _WORD_LENGTHS else value
    if value is None:
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if type(value) is int and -_SHORT < value < _SHORT:
        return str(value)
    if is_number(value):
        return number_text(Decimal(str(value)))
    return as_json(value)


def number_text(number: Decimal) -> str:
    """The shortest way to write a number; an exponent only for very large or small ones."""
    if not number.is_finite():
        return str(number)
    if number == 0:
        return "0"
    number = number.normalize(_WRITING)
    if -7 <= number.adjusted() < _PLAIN_DIGITS:
        return f"{number:f}"
    mantissa = str(number.scaleb(-number.adjusted(), _WRITING))
    return f"{mantissa}E{number.adjusted():+d}"


def to_boolean(value: Value) -> bool:
    """The value as true or false; null is false. Raises ExpressionError."""
    if value is None or value is True or value is False:
        return bool(value)
    if isinstance(value, str):
        text = to_text(value)
        if text is None:
            return False
        if text in {"true", "false"}:
            return text == "true"
    number = _parsed(value)
    if number in {Decimal(0), Decimal(1)}:
        return number == 1
    raise ExpressionError(N_("Expected boolean, got value %(value)s"), {"value": as_json(value)})


def to_number(value: Value) -> Decimal | None:
    """The value as a number; None for null. Raises ExpressionError."""
    if type(value) is int:
        return Decimal(value)
    if value is None or (isinstance(value, str) and value.lower() == "null"):
        return None
    number = _parsed(value)
    if number is None:
        raise ExpressionError(N_("Expected number, got value %(value)s"), {"value": as_json(value)})
    return number


def _parsed(value: Value) -> Decimal | None:
    if is_number(value):
        return Decimal(str(value))
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        try:
            return Decimal(value.strip())
        except InvalidOperation:
            return None
    return None


def are_short(one: Value, other: Value) -> bool:
    """Whether both are whole numbers so small that int and Decimal reckon alike with the two of them."""
    return type(one) is type(other) is int and -_SHORT < one < _SHORT and -_SHORT < other < _SHORT


def from_number(number: Decimal) -> int | Decimal:
    """A calculated number as a value, whole ones as int. Raises ExpressionError beyond the range."""
    in_range(number)
    return int(number) if number == number.to_integral_value() else number


def in_range(number: Decimal) -> Decimal:
    """The number, which can be reckoned with. Raises ExpressionError beyond the range."""
    if not -_LARGEST <= number <= _LARGEST:
        raise ExpressionError(N_("Value was either too large or too small for a Decimal."))
    return number


def to_list(value: Value) -> list[Value]:
    """The value if it is a list. Raises ExpressionError."""
    if not isinstance(value, list):
        raise ExpressionError(
            N_("Expected argument to be list, got %(type)s"), {"type": Sentence(type_name(value))}
        )
    return value
