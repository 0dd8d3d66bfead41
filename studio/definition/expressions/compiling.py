"""Turning an expression into a closure once, so that it can be evaluated many times."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Final

from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value

Compiled = Callable[[Context], Value]
Implementation = Callable[[Context, list[Value]], Value]
# Looks at the unevaluated arguments (JSON) and raises ExpressionError where one has to be literal.
LiteralCheck = Callable[[list[Any]], None]

MAX_DEPTH: Final = 100


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language: at least `least` and at most `most` arguments (None: any number)."""

    name: str
    run: Implementation
    least: int
    most: int | None
    check: LiteralCheck | None = None
    # What comes before the message about a wrong number of arguments.
    arity_prefix: str = ""


_REGISTRY: Final[dict[str, Function]] = {}


def function(
    name: str,
    least: int,
    most: int | None,
    *,
    check: LiteralCheck | None = None,
    arity_prefix: str = "",
) -> Callable[[Implementation], Implementation]:
    """Declare a function of the language."""

    def declare(run: Implementation) -> Implementation:
        _REGISTRY[name] = Function(name, run, least, most, check, arity_prefix)
        return run

    return declare


def function_names() -> tuple[str, ...]:
    """The names of all functions of the language."""
    return tuple(sorted(_REGISTRY))


def compile_expression(expression: Any) -> Compiled:
    """A closure for an expression (JSON: a literal or a call). Raises ExpressionError for a malformed one."""
    _read(expression, 0)
    return _compiled(expression)


def evaluate(expression: Any, context: Context) -> Value:
    """The value of an expression in a context. Raises ExpressionError."""
    if not isinstance(expression, list):
        return compile_expression(expression)(context)
    return _cached(json.dumps(expression, ensure_ascii=False, default=_decimal))(context)


def is_expression(value: Any) -> bool:
    """Whether a property's value is a call (and not a literal)."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


@lru_cache(maxsize=10_000)
def _cached(text: str) -> Compiled:
    return compile_expression(json.loads(text, parse_float=Decimal))


def _decimal(value: object) -> float:
    if isinstance(value, Decimal):
        return float(value)
    raise ExpressionError(f'Invalid type "{type(value).__name__}"')


def _read(expression: Any, depth: int) -> None:
    """Refuse what is malformed anywhere in the tree, before anything is said about single functions."""
    if depth > MAX_DEPTH:
        raise ExpressionError("The expression is nested too deeply")
    if isinstance(expression, dict):
        raise ExpressionError('Invalid type "object"')
    if not isinstance(expression, list):
        return
    if not expression:
        raise ExpressionError("Missing function name in expression")
    if not isinstance(expression[0], str):
        raise ExpressionError("Function name in expression should be string")
    for argument in expression[1:]:
        _read(argument, depth + 1)


def _compiled(expression: Any) -> Compiled:
    if not isinstance(expression, list):
        return lambda _context: expression
    name, *arguments = expression
    known = _REGISTRY.get(name)
    if known is None:
        raise ExpressionError(f'Function "{name}" not implemented')
    _check_count(known, len(arguments))
    if known.check is not None:
        known.check(arguments)
    return _call(known.run, [_compiled(argument) for argument in arguments])


def _call(run: Implementation, arguments: Sequence[Compiled]) -> Compiled:
    # Every argument is evaluated, as in every implementation of the language: an error anywhere is an error.
    return lambda context: run(context, [argument(context) for argument in arguments])


def _check_count(known: Function, count: int) -> None:
    if known.least <= count and (known.most is None or count <= known.most):
        return
    expected = f"{known.least}+" if known.most is None else str(known.least)
    if known.most is not None and known.most != known.least:
        expected = f"{known.least}-{known.most}"
    raise ExpressionError(f"{known.arity_prefix}Expected {expected} argument(s), got {count}")
