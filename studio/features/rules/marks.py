"""What the checker says about a rule, for the list under its sentence and as marks in its code."""

from dataclasses import dataclass
from typing import Final

from studio.definition.expressions.checking import Problem
from studio.definition.findings import Severity
from studio.definition.rules.problems import pointer
from studio.definition.sentences import Sentence
from studio.features.rules.boxes import dotted
from studio.features.rules.rule import Rule
from studio.web.code_editor import Mark

_SEVERITIES: Final[dict[str, Severity]] = {"broken": "error", "fails": "warning", "misleading": "warning"}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at. `path` leads to the part; `mend` is its number where it can be mended."""

    sentence: Sentence
    severity: Severity
    path: str
    mend: int | None


def findings_at(problems: tuple[Problem, ...]) -> tuple[Finding, ...]:
    """The same for a rule as it is stored."""
    return tuple(
        Finding(
            problem.sentence,
            _SEVERITIES[problem.certainty],
            dotted(problem.at),
            number if problem.instead else None,
        )
        for number, problem in enumerate(problems)
    )


def findings_of(rule: Rule, problems: tuple[Problem, ...]) -> tuple[Finding, ...]:
    """Everything to look at in a rule."""
    return tuple(
        Finding(
            problem.sentence,
            _SEVERITIES[problem.certainty],
            dotted(rule.path_of(problem.at)),
            number if problem.instead else None,
        )
        for number, problem in enumerate(problems)
    )


def marks_of(problems: tuple[Problem, ...]) -> list[Mark]:
    """The same as marks in the code of the stored expression."""
    return [
        Mark(problem.sentence, _SEVERITIES[problem.certainty], pointer=pointer(*problem.at) or "")
        for problem in problems
    ]
