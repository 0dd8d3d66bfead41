"""What is wrong in a rule file: where, how badly, and in a plain sentence."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from studio.definition.expressions import ExpressionError, compile_expression
from studio.definition.findings import Severity
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True, slots=True)
class Problem:
    """One problem. `code` is stable; `pointer` is a JSON Pointer in the rule file."""

    code: str
    severity: Severity
    pointer: str
    sentence: Sentence


def pointer(*parts: str | int) -> str:
    """The JSON Pointer made of these parts."""
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


def expression_problems(expression: Any, where: str, field: str) -> Iterator[Problem]:
    """What keeps an expression from being compiled, at the innermost part that is wrong."""
    try:
        compile_expression(expression)
    except ExpressionError as error:
        values: dict[str, str | int | Sentence] = {"field": field, "reason": error.words}
        sentence = Sentence(N_("The rule for %(field)s has a wrong expression: %(reason)s"), values)
        yield Problem("bad-expression", "error", where + pointer(*error.at), sentence)


def not_an_object(where: str, name: str = "") -> Problem:
    """A part of the file (or all of it, without a name) that ought to be an object."""
    values = {"name": name or Sentence(N_("The file"))}
    sentence = Sentence(N_("%(name)s must be an object, with curly brackets."), values)
    return Problem("bad-rule-file", "error", where, sentence)
