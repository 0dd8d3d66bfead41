"""if, and, or, not."""

from typing import Any

from studio.definition.expressions.compiling import function
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value, to_boolean


def _check_if(arguments: list[Any]) -> None:
    if len(arguments) > 2 and arguments[2] != "else":
        raise ExpressionError('Expected third argument to be "else"')
    if len(arguments) not in {2, 4}:
        raise ExpressionError(f"Expected either 2 arguments (if) or 4 (if + else), got {len(arguments)}")


@function("if", 0, None, check=_check_if)
def _if(_context: Context, arguments: list[Value]) -> Value:
    if to_boolean(arguments[0]):
        return arguments[1]
    return arguments[3] if len(arguments) == 4 else None


@function("and", 1, None)
def _and(_context: Context, arguments: list[Value]) -> bool:
    return False not in [to_boolean(argument) for argument in arguments]


@function("or", 1, None)
def _or(_context: Context, arguments: list[Value]) -> bool:
    return True in [to_boolean(argument) for argument in arguments]


@function("not", 1, 1)
def _not(_context: Context, arguments: list[Value]) -> bool:
    return not to_boolean(arguments[0])
