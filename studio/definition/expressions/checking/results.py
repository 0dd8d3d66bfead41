"""Whether what an expression gives fits where it stands."""

from collections.abc import Iterator
from typing import Any

from studio.definition.expressions.checking.comparing import as_cast
from studio.definition.expressions.checking.inferring import Inference
from studio.definition.expressions.checking.problems import Problem
from studio.definition.expressions.checking.types import Cast, Type, fits
from studio.definition.expressions.checking.wording import (
    quoted,
    words_for,
    words_for_cast,
    words_for_type,
)
from studio.definition.sentences import N_, Sentence

At = tuple[int, ...]


def problems_of_result(
    expression: Any, found: Inference, result: Type, wants: Cast, choices: tuple[Any, ...]
) -> Iterator[Problem]:
    """The parts that give the result and do not fit, or the expression as a whole."""
    for part, at in results_in(expression):
        kind = found.types.get(at, result)
        if not kind.is_null and not fits(kind, wants):
            values: dict[str, str | int | Sentence] = {
                "wanted": words_for_cast(wants),
                "got": words_for_type(kind),
                "part": words_for(found.scope, part),
            }
            text = N_("%(wanted)s is needed here, but %(part)s gives %(got)s.")
            instead = () if isinstance(part, list) else as_cast(part, wants)
            yield Problem("wrong-result", "fails", at, Sentence(text, values), instead)
        elif choices and at in found.constants and found.constants[at] not in (None, *choices):
            listed = ", ".join(map(str, choices))
            choice = {"part": quoted(found.constants[at]), "choices": listed}
            text = N_("%(part)s is none of the values that can stand here: %(choices)s.")
            yield Problem("wrong-result", "misleading", at, Sentence(text, choice))


def results_in(expression: Any, at: At = ()) -> Iterator[tuple[Any, At]]:
    """(part, where) of those whose value is that of the whole: the branches of “if”, and theirs."""
    waiting = [(expression, at)]
    while waiting:
        part, place = waiting.pop()
        if isinstance(part, list) and part[:1] == ["if"] and len(part) in {3, 5}:
            waiting += [(part[number], (*place, number)) for number in (4, 2) if number < len(part)]
        else:
            yield part, place
