"""if, and, or, not."""

from typing import Any

from studio.definition.expressions.compiling import Compiled, Computed, function
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value, to_boolean
from studio.definition.sentences import N_


def _check_if(arguments: list[Any]) -> None:
    if len(arguments) > 2 and arguments[2] != "else":
        raise ExpressionError(N_('Expected third argument to be "else"'))
    if len(arguments) not in {2, 4}:
        values = {"count": len(arguments)}
        raise ExpressionError(N_("Expected either 2 arguments (if) or 4 (if + else), got %(count)s"), values)


def _chosen(arguments: list[Compiled], literals: list[Any]) -> Compiled | None:
    if len(arguments) != 4:
        return None
    condition, first, _, second = arguments
    if _are_conditions(literals[:1]) and not any(isinstance(each, Computed) for each in literals[1:]):
        one, other = literals[1], literals[3]
        return lambda context: one if condition(context) else other

    def run(context: Context) -> Value:
        wanted, one, other = condition(context), first(context), second(context)
        return one if to_boolean(wanted) else other

    return run


@function("if", 0, None, check=_check_if, shortcut=_chosen)
def _if(_context: Context, arguments: list[Value]) -> Value:
    if to_boolean(arguments[0]):
        return arguments[1]
    return arguments[3] if len(arguments) == 4 else None


def _are_conditions(literals: list[Any]) -> bool:
    return all(isinstance(each, Computed) and each.holds_or_not for each in literals)


def _both(arguments: list[Compiled], literals: list[Any]) -> Compiled | None:
    if len(arguments) != 2:
        return None
    first, second = arguments
    if _are_conditions(literals):
        return lambda context: first(context) & second(context)

    def run(context: Context) -> bool:
        left, right = first(context), second(context)
        return to_boolean(left) & to_boolean(right)

    return run


def _either(arguments: list[Compiled], literals: list[Any]) -> Compiled | None:
    if len(arguments) != 2:
        return None
    first, second = arguments
    if _are_conditions(literals):
        return lambda context: first(context) | second(context)

    def run(context: Context) -> bool:
        left, right = first(context), second(context)
        return to_boolean(left) | to_boolean(right)

    return run


def _opposite(arguments: list[Compiled], literals: list[Any]) -> Compiled:
    (only,) = arguments
    if _are_conditions(literals):
        return lambda context: not only(context)
    return lambda context: not to_boolean(only(context))


@function("and", 1, None, shortcut=_both, holds_or_not=True)
def _and(_context: Context, arguments: list[Value]) -> bool:
    return False not in [to_boolean(argument) for argument in arguments]


@function("or", 1, None, shortcut=_either, holds_or_not=True)
def _or(_context: Context, arguments: list[Value]) -> bool:
    return True in [to_boolean(argument) for argument in arguments]


@function("not", 1, 1, shortcut=_opposite, holds_or_not=True)
def _not(_context: Context, arguments: list[Value]) -> bool:
    return not to_boolean(arguments[0])
