"""Arithmetic. Decimal throughout: what a person adds up on paper is what comes out."""

import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal, DecimalException, localcontext
from typing import Any, Final

from studio.definition.expressions.compiling import Compiled, Implementation, Shortcut, function
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value, are_short, from_number, in_range, to_list, to_number
from studio.definition.sentences import N_

_MOST_DECIMALS: Final = 28


def _number(value: Value) -> Decimal:
    """The value as a number to reckon with; null is 0."""
    return in_range(to_number(value) or Decimal(0))


def _plus(_context: Context, arguments: list[Value]) -> Value:
    return from_number(sum((_number(argument) for argument in arguments), Decimal(0)))


def _multiply(_context: Context, arguments: list[Value]) -> Value:
    product = Decimal(1)
    for factor in [_number(argument) for argument in arguments]:
        product = in_range(product * factor)
    return from_number(product)


def _minus(_context: Context, arguments: list[Value]) -> Value:
    return from_number(_number(arguments[0]) - _number(arguments[1]))


def _reckon_short_ones(reckon: Callable[[Any, Any], Value], run: Implementation) -> Shortcut:
    """Reckons two short whole numbers as they are, and all others by `run`."""

    def shortcut(arguments: list[Compiled], _literals: list[Any]) -> Compiled | None:
        if len(arguments) != 2:
            return None
        first, second = arguments

        def reckoned(context: Context) -> Value:
            left, right = first(context), second(context)
            return reckon(left, right) if are_short(left, right) else run(context, [left, right])

        return reckoned

    return shortcut


function("plus", 1, None, reckons=True, shortcut=_reckon_short_ones(operator.add, _plus))(_plus)
function("multiply", 1, None, reckons=True, shortcut=_reckon_short_ones(operator.mul, _multiply))(_multiply)
function("minus", 2, 2, reckons=True, shortcut=_reckon_short_ones(operator.sub, _minus))(_minus)


@function("divide", 2, 2, reckons=True)
def _divide(_context: Context, arguments: list[Value]) -> Value:
    dividend, divisor = _number(arguments[0]), _number(arguments[1])
    if divisor == 0:
        raise ExpressionError(N_("The second argument is 0, cannot divide by 0"))
    with localcontext() as settings:
        settings.prec = _MOST_DECIMALS
        try:
            return from_number(dividend / divisor)
        except DecimalException as error:
            raise ExpressionError(N_("Value was either too large or too small for a Decimal.")) from error


@function("sum", 1, 1)
def _sum(_context: Context, arguments: list[Value]) -> Value:
    return from_number(sum((_number(item) for item in to_list(arguments[0])), Decimal(0)))


@function("average", 2, 2)
def _average(_context: Context, arguments: list[Value]) -> Value:
    items = [_number(item) for item in to_list(arguments[0])]
    if not items:
        fallback = to_number(arguments[1])
        return None if fallback is None else from_number(fallback)
    return from_number(sum(items, Decimal(0)) / len(items))


@function("count", 1, 1)
def _count(_context: Context, arguments: list[Value]) -> int:
    return len(to_list(arguments[0]))


@function("round", 1, 2)
def _round(_context: Context, arguments: list[Value]) -> str:
    decimals = int(_number(arguments[1])) if len(arguments) == 2 else 0
    if not 0 <= decimals <= _MOST_DECIMALS:
        raise ExpressionError(N_("Cannot round to %(count)s decimals"), {"count": decimals})
    try:
        rounded = _number(arguments[0]).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    except DecimalException as error:
        raise ExpressionError(N_("The number is too large to be rounded")) from error
    return f"{rounded + 0:f}"
