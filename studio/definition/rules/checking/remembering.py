"""What was found out about expressions, kept for the next time the same is asked.

A check depends on nothing but the expression, what its place wants, and the answers to its questions. So the
questions are kept with what was found; where they still have the same answers, nothing is worked out again.
"""

import json
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, Final

from studio.definition.expressions.checking import Answer, Problem, Question, Scope, problems_of
from studio.definition.object_cache import ObjectCache
from studio.definition.rules.places import ExpressionPlace
from studio.definition.sentences import Sentence

# Expressions, each with the few different surroundings that it stands in.
_MOST_EXPRESSIONS: Final = 20_000
_MOST_SURROUNDINGS: Final = 4


@dataclass(frozen=True)
class _Found:
    """The problems, the questions with their answers, and the parts of the expression with their words."""

    problems: tuple[Problem, ...]
    asked: Mapping[Question, Answer]
    said: Mapping[tuple[str, bool], str | Sentence]

    def holds_in(self, scope: Scope) -> bool:
        """Whether the same is answered and said in other surroundings."""
        return all(scope.answer(question) == answer for question, answer in self.asked.items()) and all(
            scope.words(json.loads(call), as_condition=as_condition) == words
            for (call, as_condition), words in self.said.items()
        )


class _Asking:
    """A scope that notes what it is asked."""

    def __init__(self, scope: Scope) -> None:
        self._scope = scope
        self.asked: dict[Question, Answer] = {}
        self.said: dict[tuple[str, bool], str | Sentence] = {}

    def answer(self, question: Question) -> Answer:
        if question not in self.asked:
            self.asked[question] = self._scope.answer(question)
        return self.asked[question]

    def words(self, call: list[Any], *, as_condition: bool = False) -> str | Sentence:
        found = self._scope.words(call, as_condition=as_condition)
        self.said[json.dumps(call, default=str), as_condition] = found
        return found


_FOUND: Final[OrderedDict["_Key", tuple[_Found, ...]]] = OrderedDict()
_LOCK: Final = Lock()


def remembered_problems(place: ExpressionPlace, scope: Scope) -> tuple[Problem, ...]:
    """What is wrong with the expression of a place; `scope` is what is around it."""
    key = _key(place)
    with _LOCK:
        known = _FOUND.get(key, ())
    for found in known:
        if found.holds_in(scope):
            return found.problems
    asking = _Asking(scope)
    problems = problems_of(place.expression, asking, place.wants, place.choices)
    with _LOCK:
        before = _FOUND.pop(key, ())
        _FOUND[key] = (_Found(problems, asking.asked, asking.said), *before)[:_MOST_SURROUNDINGS]
        while len(_FOUND) > _MOST_EXPRESSIONS:
            _FOUND.popitem(last=False)
    return problems


# An expression as text, its place's wish, and the values that fit there.
_Key = tuple[str, str, tuple[str | int | bool, ...]]
_TEXTS: Final[ObjectCache[str]] = ObjectCache(20_000)


def _key(place: ExpressionPlace) -> _Key:
    value = place.expression
    text = _TEXTS.get(value, _written) if isinstance(value, list) else _written(value)
    return text, place.wants, place.choices


def _written(value: Any) -> str:
    return json.dumps(value, default=str)
