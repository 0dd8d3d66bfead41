"""equals, greaterThan and their kind, and compare, which can also compare dates."""

import operator
from collections.abc import Callable
from decimal import Decimal
from functools import partial
from typing import Any, Final

from studio.definition.expressions import dates
from studio.definition.expressions.compiling import Compiled, Computed, function
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value, to_number, to_text
from studio.definition.sentences import N_

Comparison = Callable[[Value, Value], bool]
Decide = Callable[[Decimal | int, Decimal | int], bool]


def _equal(left: Value, right: Value) -> bool:
    return to_text(left) == to_text(right)


def _ordered(decide: Decide) -> Comparison:
    def compare(left: Value, right: Value) -> bool:
        if type(left) is int and type(right) is int:
            return decide(left, right)
        first, second = to_number(left), to_number(right)
        return first is not None and second is not None and decide(first, second)

    return compare


def _dated(decide: Callable[[dates.Moment, dates.Moment], bool]) -> Comparison:
    def compare(left: Value, right: Value) -> bool:
        first, second = dates.parse(left), dates.parse(right)
        return first is not None and second is not None and decide(first, second)

    return compare


_ORDERS: Final[dict[str, Decide]] = {
    "greaterThan": operator.gt,
    "greaterThanEq": operator.ge,
    "lessThan": operator.lt,
    "lessThanEq": operator.le,
}
_NUMBERS: Final[dict[str, Comparison]] = {name: _ordered(decide) for name, decide in _ORDERS.items()}
_OPERATORS: Final[dict[str, Comparison]] = {
    "equals": _equal,
    **_NUMBERS,
    "isBefore": _dated(dates.is_before),
    "isBeforeEq": _dated(lambda left, right: not dates.is_before(right, left)),
    "isAfter": _dated(lambda left, right: dates.is_before(right, left)),
    "isAfterEq": _dated(lambda left, right: not dates.is_before(left, right)),
    "isSameDay": _dated(dates.is_same_day),
}


_SPELLED_IN_SEVERAL_WAYS: Final = frozenset({None, "true", "false"})


def _equal_to(arguments: list[Compiled], literals: list[Any]) -> Compiled:
    first, second = arguments
    if isinstance(literals[1], Computed):
        return lambda context: to_text(first(context)) == to_text(second(context))
    wanted = to_text(literals[1])
    if wanted not in _SPELLED_IN_SEVERAL_WAYS:
        # A text is such a one only if it is the very same.
        def is_wanted(context: Context) -> bool:
            found = first(context)
            return bool(found == wanted if type(found) is str else to_text(found) == wanted)

        return is_wanted
    return lambda context: to_text(first(context)) == wanted


def _unequal_to(arguments: list[Compiled], literals: list[Any]) -> Compiled:
    first, second = arguments
    if isinstance(literals[1], Computed):
        return lambda context: to_text(first(context)) != to_text(second(context))
    wanted = to_text(literals[1])
    if wanted not in _SPELLED_IN_SEVERAL_WAYS:

        def is_another(context: Context) -> bool:
            found = first(context)
            return bool(found != wanted if type(found) is str else to_text(found) != wanted)

        return is_another
    return lambda context: to_text(first(context)) != wanted


@function("equals", 2, 2, shortcut=_equal_to, holds_or_not=True)
def _equals(_context: Context, arguments: list[Value]) -> bool:
    left, right = arguments
    return to_text(left) == to_text(right)


@function("notEquals", 2, 2, shortcut=_unequal_to, holds_or_not=True)
def _not_equals(_context: Context, arguments: list[Value]) -> bool:
    left, right = arguments
    return to_text(left) != to_text(right)


def _ordered_by(
    comparison: Comparison, decide: Decide, arguments: list[Compiled], literals: list[Any]
) -> Compiled:
    first, second = arguments
    limit = literals[1]
    if type(limit) is not int:
        return lambda context: comparison(first(context), second(context))

    def is_beyond(context: Context) -> bool:
        found = first(context)
        return decide(found, limit) if type(found) is int else comparison(found, limit)

    return is_beyond


def _declare_numbers() -> None:
    for name, decide in _ORDERS.items():
        comparison = _NUMBERS[name]

        def run(_context: Context, arguments: list[Value], comparison: Comparison = comparison) -> bool:
            return comparison(*arguments)

        function(name, 2, 2, shortcut=partial(_ordered_by, comparison, decide), holds_or_not=True)(run)


_declare_numbers()


def _check_compare(arguments: list[Any]) -> None:
    if len(arguments) == 4 and arguments[1] != "not":
        raise ExpressionError(N_('Second argument must be "not" when providing 4 arguments in total'))
    name = arguments[-2]
    if not isinstance(name, str):
        raise ExpressionError(N_("Invalid operator (it cannot be an expression or null)"))
    if name not in _OPERATORS:
        values = {"name": name, "valid": ", ".join(_OPERATORS)}
        raise ExpressionError(N_('Invalid operator "%(name)s", valid operators are %(valid)s'), values)


@function("compare", 3, 4, check=_check_compare, holds_or_not=True)
def _compare(_context: Context, arguments: list[Value]) -> bool:
    result = _OPERATORS[arguments[-2]](arguments[0], arguments[-1])
    return not result if len(arguments) == 4 else result
