"""The type checker of the expression language: what is wrong with an expression before it is evaluated."""

from typing import Any, Final

from studio.definition.expressions.checking.deciding import Deciding
from studio.definition.expressions.checking.inferring import Inference
from studio.definition.expressions.checking.problems import Certainty, Problem, mended
from studio.definition.expressions.checking.results import problems_of_result, results_in
from studio.definition.expressions.checking.scope import Answer, Asked, Question, Scope, Trouble
from studio.definition.expressions.checking.types import Cast, Options, Type

__all__ = [
    "Answer",
    "Asked",
    "Cast",
    "Certainty",
    "Options",
    "Problem",
    "Question",
    "Scope",
    "Trouble",
    "Type",
    "mended",
    "problems_of",
    "results_in",
]

# More problems than anyone mends at once.
_MOST_PROBLEMS: Final = 20


def problems_of(
    expression: Any, scope: Scope, wants: Cast = "any", choices: tuple[Any, ...] = ()
) -> tuple[Problem, ...]:
    """What is wrong with an expression (JSON) in its surroundings, the first part first. Never raises.

    `wants` is what its result is turned into, `choices` the only results that fit.
    """
    found = Inference(scope)
    result = found.of(expression)
    problems = found.problems
    if not any(problem.certainty == "broken" for problem in problems):
        problems += problems_of_result(expression, found, result, wants, choices)
        deciding = Deciding(found)
        deciding.walk(expression)
        if wants == "boolean":
            deciding.root(expression)
        problems += deciding.problems
    problems = sorted(problems, key=lambda problem: problem.at)
    return tuple(problems[:_MOST_PROBLEMS])
