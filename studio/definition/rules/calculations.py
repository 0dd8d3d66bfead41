"""{data type}.calculation.json: fields whose value is worked out (app-format.md 7.7, expressions.md 8)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.rules.problems import Problem, expression_problems, not_an_object, pointer
from studio.definition.sentences import N_, Sentence

# Fields of a circle that are named one by one.
_TOLD: Final = 10
_MOST_CIRCLES: Final = 20


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
    for way in _ways_round(needs):
        told = way if len(way) <= _TOLD else (*way[:_TOLD], "…")
        values = {"field": way[0], "way": " → ".join((*told, way[0]))}
        text = N_("The calculation of %(field)s needs its own result: %(way)s.")
        yield Problem("circular-calculation", "warning", own[way[0]].pointer, Sentence(text, values))


def _ways_round(needs: Mapping[str, set[str]]) -> Iterator[tuple[str, ...]]:
    """Ways from a field back to itself, none of them through a field of another one."""
    order = {path: place for place, path in enumerate(needs)}
    left = _on_ways(needs)
    for _ in range(_MOST_CIRCLES):
        if not left:
            break
        way = _way_round(left)
        first = way.index(min(way, key=order.__getitem__))
        yield (*way[first:], *way[:first])
        gone = set(way)
        left = _on_ways({path: needed - gone for path, needed in left.items() if path not in gone})


def _on_ways(needs: Mapping[str, set[str]]) -> dict[str, set[str]]:
    """Only the fields that need one of the others: one that needs none of them is done, and so taken away."""
    left = {path: set(needed) for path, needed in needs.items()}
    needed_by: dict[str, list[str]] = {}
    for path, needed in left.items():
        for other in needed:
            needed_by.setdefault(other, []).append(path)
    done = [path for path, needed in left.items() if not needed]
    while done:
        path = done.pop()
        del left[path]
        for other in needed_by.get(path, ()):
            left[other].discard(path)
            if not left[other]:
                done.append(other)
    return left


def _way_round(needs: Mapping[str, set[str]]) -> tuple[str, ...]:
    """One way round, where every field needs one of the others: on and on until a field comes again."""
    way: dict[str, None] = {}
    here = next(iter(needs))
    while here not in way:
        way[here] = None
        here = min(needs[here])
    fields = tuple(way)
    return fields[fields.index(here) :]


def fields_in(expression: Any) -> Iterator[str]:
    """The paths that an expression reads, as far as they are written out in it."""
    if not isinstance(expression, list):
        return
    if expression[:1] == ["dataModel"] and len(expression) > 1 and isinstance(expression[1], str):
        yield expression[1]
    for part in expression:
        yield from fields_in(part)
