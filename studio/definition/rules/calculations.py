"""{data type}.calculation.json: fields whose value is worked out (app-format.md 7.7, expressions.md 8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.expressions.calls import calls
from studio.definition.rules.circles import ways_round
from studio.definition.rules.problems import Problem, expression_problems, not_an_object, pointer
from studio.definition.sentences import N_, Sentence

# Fields of a circle that are named one by one.
_TOLD: Final = 10


@dataclass(frozen=True, slots=True)
class Calculation:
    """The field at `path` (without indexes) gets the value of `expression`, in every row."""

    path: str
    expression: Any
    pointer: str = ""
    written: Any = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Calculations:
    """The calculations of one data model, in file order."""

    calculations: tuple[Calculation, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_calculations(content: Any) -> Calculations:
    """The calculations in a parsed file. Never raises: one that cannot be carried out is a problem."""
    if content is None:
        return Calculations()
    given = content.get("calculations") if isinstance(content, Mapping) else content
    if given is None:
        return Calculations()
    if not isinstance(given, Mapping):
        where, name = ("/calculations", "calculations") if isinstance(content, Mapping) else ("", "")
        return Calculations(problems=(not_an_object(where, name),))
    found: list[Calculation] = []
    problems: list[Problem] = []
    for path, each in given.items():
        wrong = list(_problems(path, each))
        problems += wrong
        if not wrong:
            found.append(Calculation(path, each["expression"], pointer("calculations", path), each))
    problems += _circles(found)
    return Calculations(tuple(found), tuple(problems))


def _problems(path: str, given: Any) -> Iterator[Problem]:
    where = pointer("calculations", path)
    if not isinstance(given, Mapping) or "expression" not in given:
        sentence = Sentence(N_("The calculation of %(field)s has no expression."), {"field": path})
        yield Problem("incomplete-rule", "error", where, sentence)
    else:
        yield from expression_problems(given["expression"], where + "/expression", path)


def _circles(calculations: list[Calculation]) -> Iterator[Problem]:
    """Calculations that need their own result, as far as the paths are written out."""
    own = {each.path: each for each in calculations}
    needs = {each.path: set(fields_in(each.expression)) & own.keys() for each in calculations}
    for path, needed in needs.items():
        if path in needed:
            # Often meant so ("what it is, else a default"), and then it comes to rest.
            text = N_("The calculation of %(field)s reads %(field)s itself: see that it comes to rest.")
            yield Problem("own-result", "advice", own[path].pointer, Sentence(text, {"field": path}))
            needed.discard(path)
    for way in ways_round(needs):
        told = way if len(way) <= _TOLD else (*way[:_TOLD], "…")
        values = {"field": way[0], "way": " → ".join((*told, way[0]))}
        text = N_("The calculation of %(field)s needs its own result: %(way)s.")
        yield Problem("circular-calculation", "warning", own[way[0]].pointer, Sentence(text, values))


def fields_in(expression: Any) -> Iterator[str]:
    """The paths that an expression reads, as far as they are written out in it."""
    for call in calls(expression):
        path = call.literal(1) if call.name == "dataModel" else None
        if path is not None:
            yield path
