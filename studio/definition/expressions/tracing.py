"""Evaluating an expression so that the value of each part can be told.

It is a way of its own through the same functions: the closures of `compiling` know nothing of it and lose no
time to it.
"""

from dataclasses import dataclass
from typing import Any

from studio.definition.expressions.compiling import compile_expression, function_named
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value
from studio.definition.sentences import N_


@dataclass(frozen=True, slots=True)
class Traced:
    """A part of an expression (JSON) with its value. `parts` are its arguments, in order; () for a literal.

    `error` says why there is no value: that of the part itself, or of the first part in it that failed.
    """

    expression: Any
    value: Value = None
    error: ExpressionError | None = None
    parts: tuple["Traced", ...] = ()

    @property
    def function(self) -> str:
        """The name of the function that is called here; "" for a literal."""
        return str(self.expression[0]) if isinstance(self.expression, list) and self.expression else ""


def trace(expression: Any, context: Context) -> Traced:
    """The value of an expression and of all its parts. Never raises: what fails is told."""
    try:
        compile_expression(expression)
    except ExpressionError as error:
        return Traced(expression, error=error)
    return _traced(expression, context)


def _traced(expression: Any, context: Context) -> Traced:
    if not isinstance(expression, list):
        return Traced(expression, expression)
    name, *arguments = expression
    parts = tuple(_traced(argument, context) for argument in arguments)
    failed = next((part.error for part in parts if part.error is not None), None)
    if failed is not None:
        return Traced(expression, error=failed, parts=parts)
    try:
        return Traced(expression, function_named(name)(context, [part.value for part in parts]), parts=parts)
    except ExpressionError as error:
        return Traced(expression, error=error, parts=parts)
    except RecursionError:
        return Traced(
            expression, error=ExpressionError(N_("The expression is nested too deeply")), parts=parts
        )
