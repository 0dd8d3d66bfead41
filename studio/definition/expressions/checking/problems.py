"""What the type checker has to say about an expression."""

from dataclasses import dataclass, field
from typing import Any, Literal

from studio.definition.sentences import Sentence

# How sure it is that something goes wrong:
#   broken      the expression cannot be read at all, whatever the answers are
#   fails       it is read, but fails when the part is evaluated (always, or as soon as there is an answer)
#   misleading  it has a value, but hardly the one that was meant
Certainty = Literal["broken", "fails", "misleading"]


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `code` is stable; `at` leads from the whole expression to the part, as in ExpressionError.

    `instead` is what the part at `at` is to be replaced by to mend it, where that can be said: a list with
    one value, so that null is a value too.
    """

    code: str
    certainty: Certainty
    at: tuple[int, ...]
    sentence: Sentence
    instead: tuple[Any, ...] = field(default=(), compare=False)


def mended(expression: Any, problem: Problem) -> Any:
    """The expression with the part that is wrong replaced; the same expression where nothing can be said."""
    if not problem.instead:
        return expression
    return _replaced(expression, problem.at, problem.instead[0])


def _replaced(expression: Any, at: tuple[int, ...], value: Any) -> Any:
    if not at:
        return value
    place, *rest = at
    return [*expression[:place], _replaced(expression[place], tuple(rest), value), *expression[place + 1 :]]
