"""Conditions that are always or never true: the engine itself tries them with every value that matters.

Whatever is no condition itself counts as something that can have any value of its type. Two parts that are
written alike have the same value. An evaluation that fails says nothing.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod
from types import SimpleNamespace
from typing import Any, Final

from studio.definition.expressions.checking.inferring import Inference
from studio.definition.expressions.checking.problems import Problem
from studio.definition.expressions.checking.signatures import COMPARED_AS
from studio.definition.expressions.checking.types import BOOLEAN, Type, always
from studio.definition.expressions.checking.witnesses import Subject, note
from studio.definition.expressions.checking.wording import joined, words_for
from studio.definition.expressions.compiling import compile_expression
from studio.definition.expressions.errors import ExpressionError
from studio.definition.sentences import N_, Sentence

At = tuple[int, ...]

_COMPARISONS: Final = frozenset(
    {"equals", "notEquals", "greaterThan", "greaterThanEq", "lessThan", "lessThanEq", "compare"}
)
# Evaluations of one group of conditions; a larger group is not decided.
_MOST_TRIES: Final = 2000
_MOST_NAMED: Final = 3


@dataclass
class Condition:
    """A condition with everything it asks about replaced by arguments: ["equals", ["argv", 0], 1]."""

    skeleton: Any
    asks: frozenset[int] = frozenset()


@dataclass
class Deciding:
    """Finds the conditions of one expression that are decided beforehand."""

    known: Inference
    problems: list[Problem] = field(default_factory=list)
    _subjects: list[Subject] = field(default_factory=list)
    _numbers: dict[str, int] = field(default_factory=dict)
    _decided: set[At] = field(default_factory=set)
    # Positions of the problems that were found before, and of everything around them.
    _troubled: set[At] = field(default_factory=set)

    def __post_init__(self) -> None:
        for problem in self.known.problems:
            self._troubled.update(problem.at[:depth] for depth in range(len(problem.at) + 1))

    def walk(self, expression: Any, at: At = ()) -> None:
        """Look at an expression and all its parts, the innermost first."""
        if not isinstance(expression, list) or not expression or at in self.known.constants:
            return
        for place, part in enumerate(expression[1:], 1):
            self.walk(part, (*at, place))
        match expression[0]:
            case "and" | "or":
                self._constants_in(expression, at)
                self._group(expression, at)
            case "not" | "if":
                self._constants_in(expression[:2], at)
            case name if name in _COMPARISONS:
                self._comparison(expression, at)
        if expression[0] == "if":
            self._branches(expression, at)

    def root(self, expression: Any) -> None:
        """An expression that as a whole is to be true or false."""
        if () in self.known.constants and isinstance(expression, list):
            self._tell_constant(expression, (), self.known.constants[()])

    # Constants where a condition is wanted.

    def _constants_in(self, expression: list[Any], at: At) -> None:
        for place, part in enumerate(expression[1:], 1):
            inside = (*at, place)
            if inside in self.known.constants and inside not in self._troubled:
                self._tell_constant(part, inside, self.known.constants[inside], expression)

    def _tell_constant(self, part: Any, at: At, value: Any, around: list[Any] | None = None) -> None:
        truth = _truth(value)
        if truth is None or at in self._decided:
            return
        self._decided.add(at)
        code = "always-true" if truth else "always-false"
        values = {
            "part": words_for(self.known.scope, part, as_condition=True),
            "function": around[0] if around else "",
        }
        if around is not None and around[0] == ("and" if truth else "or") and len(around) > 2:
            place, at = at[-1], at[:-1]
            text = N_("%(part)s changes nothing in “%(function)s”, because it is the same for all answers.")
            instead = ([*around[:place], *around[place + 1 :]],)
            self.problems.append(Problem("idle-condition", "misleading", at, Sentence(text, values), instead))
            return
        if around is not None and around[0] in {"and", "or"} and not isinstance(part, list):
            at = at[:-1]
            text = N_("“%(function)s” is always true here, whatever is answered: it holds %(part)s.")
            if not truth:
                text = N_("“%(function)s” is never true here, whatever is answered: it holds %(part)s.")
        else:
            text = N_("%(part)s is always true, whatever is answered.")
            if not truth:
                text = N_("%(part)s is never true, whatever is answered.")
        self._decided.add(at)
        self.problems.append(Problem(code, "misleading", at, Sentence(text, values)))

    # Conditions with something to ask.

    def _comparison(self, expression: list[Any], at: At) -> None:
        if at in self._troubled or self._is_about_any_text(expression, at):
            return
        # By itself: the constants of other conditions make no difference to this one.
        alone = Deciding(self.known)
        condition = alone._condition(expression, at)
        if len(condition.asks) != 1:
            return
        outcomes = alone._outcomes([condition.skeleton], condition.asks)
        if len(outcomes) == 1:
            self._tell_constant(expression, at, outcomes.pop())

    def _is_about_any_text(self, expression: list[Any], at: At) -> bool:
        """Whether any text is held against one text: that is true for this one and for no other."""
        if expression[0] not in {"equals", "notEquals"}:
            return False
        sides = ((*at, 1), (*at, 2))
        texts = [side for side in sides if isinstance(self.known.constants.get(side), str)]
        kinds = [self.known.types.get(side) for side in sides if side not in self.known.constants]
        if len(texts) != 1 or len(kinds) != 1 or kinds[0] is None:
            return False
        return kinds[0].values is None and kinds[0].look is None and "text" in kinds[0].kinds

    def _group(self, expression: list[Any], at: At) -> None:
        """Conditions of one “and” that exclude one another, or of one “or” that leave nothing out."""
        name: str = expression[0]
        parts = {place: self._condition(part, (*at, place)) for place, part in enumerate(expression[1:], 1)}
        for group in _linked({place: part.asks for place, part in parts.items() if part.asks}):
            if len(group) < 2:
                continue
            wrong = self._smallest([(place, parts[place]) for place in group], name)
            if wrong:
                self._decided.add(at)
                self.problems.append(self._excluding(expression, at, wrong))
                return

    def _smallest(self, group: Sequence[tuple[int, Condition]], name: str) -> list[int]:
        """Two parts of a group that decide it, or else all of them; [] where it is not decided."""
        decided = name == "or"
        if not self._is_always(group, name, decided):
            return []
        for later in range(1, len(group)):
            for earlier in range(later):
                pair = [group[earlier], group[later]]
                if pair[0][1].asks & pair[1][1].asks and self._is_always(pair, name, decided):
                    return [place for place, _ in pair]
        return [place for place, _ in group]

    def _excluding(self, expression: list[Any], at: At, places: list[int]) -> Problem:
        parts = [words_for(self.known.scope, expression[place], as_condition=True) for place in places]
        more = ["…"] if len(parts) > _MOST_NAMED else []
        values = {"parts": joined([*parts[:_MOST_NAMED], *more])}
        if expression[0] == "and":
            text = N_("These conditions can never hold at once: %(parts)s.")
            return Problem("always-false", "misleading", at, Sentence(text, values))
        text, instead = N_("One of these conditions always holds: %(parts)s."), []
        if len(parts) == len(expression) - 1 and all(_is_not(expression[place]) for place in places):
            text = N_("One of these conditions always holds: %(parts)s. Perhaps “and” was meant.")
            instead = [["and", *expression[1:]]]
        return Problem("always-true", "misleading", at, Sentence(text, values), tuple(instead))

    def _is_always(self, group: Sequence[tuple[int, Condition]], name: str, truth: bool) -> bool:
        asks = frozenset[int]().union(*(part.asks for _, part in group))
        return self._outcomes([name, *(part.skeleton for _, part in group)], asks, call=True) == {truth}

    def _branches(self, expression: list[Any], at: At) -> None:
        """A chain of “if … else if …”: a condition that those before it leave nothing for."""
        before: list[Condition] = []
        here: Any = expression
        place = at
        if at and at[-1] == 4 and self._is_if(at[:-1]):
            return  # seen from where the chain begins
        while isinstance(here, list) and here[:1] == ["if"] and (*place, 1) not in self._troubled:
            condition = self._condition(here[1], (*place, 1))
            if before and (*place, 1) not in self._decided and self._excluded(before, condition):
                values = {"part": self.known.scope.words(here[1], as_condition=True)}
                text = N_("%(part)s is never reached with an answer that makes it true.")
                at_part = (*place, 1)
                self._decided.add(at_part)
                self.problems.append(Problem("never-reached", "misleading", at_part, Sentence(text, values)))
            before.append(condition)
            if len(here) != 5:
                break
            here, place = here[4], (*place, 4)

    def _is_if(self, at: At) -> bool:
        return self.known.calls.get(at) == "if"

    def _excluded(self, before: Sequence[Condition], condition: Condition) -> bool:
        linked = [each for each in before if each.asks & condition.asks]
        if not linked or not condition.asks:
            return False
        asks = condition.asks.union(*(each.asks for each in linked))
        skeleton = ["and", *(["not", each.skeleton] for each in linked), condition.skeleton]
        return self._outcomes(skeleton, asks, call=True) == {False}

    # Trying.

    def _outcomes(self, skeleton: list[Any], asks: frozenset[int], *, call: bool = False) -> set[bool]:
        """Whether it is true, for all values of what it asks about; {} where that is not known."""
        order = sorted(asks)
        listed = [self._subjects[number].witnesses() for number in order]
        witnesses = [values for values in listed if values is not None]
        if len(witnesses) < len(listed) or prod(map(len, witnesses)) * len(skeleton) > _MOST_TRIES:
            return set()
        run = compile_expression(skeleton if call else skeleton[0])
        place = SimpleNamespace(positional=[None] * len(self._subjects))
        found: set[bool] = set()
        for values in product(*witnesses):
            for number, value in zip(order, values, strict=True):
                place.positional[number] = value
            try:
                found.add(bool(run(place)))
            except ExpressionError:
                continue
            if len(found) > 1:
                break
        return found

    def _condition(self, expression: Any, at: At) -> Condition:
        """The expression where a condition is wanted."""
        if at in self.known.constants:
            return Condition(self.known.constants[at])
        if at in self._decided or not isinstance(expression, list):
            return self._opaque(f"{at}", always(BOOLEAN), as_boolean=True)
        name = expression[0] if expression else None
        if name in {"and", "or", "not"}:
            parts = [self._condition(part, (*at, place)) for place, part in enumerate(expression[1:], 1)]
            asks = frozenset[int]().union(*(part.asks for part in parts))
            return Condition([name, *(part.skeleton for part in parts)], asks)
        if at not in self._troubled and name in _COMPARISONS:
            return self._compared(expression, at)
        kind = always(BOOLEAN) if at in self._troubled else self.known.types[at]
        key = f"{at}" if at in self._troubled else _key(expression)
        return self._opaque(key, kind, as_boolean=True)

    def _compared(self, expression: list[Any], at: At) -> Condition:
        last = len(expression) - 1
        read_as = (
            COMPARED_AS[expression[-2]] if expression[0] == "compare" else COMPARED_AS.get(expression[0])
        )
        sides = [(expression[1], (*at, 1)), (expression[last], (*at, last))]
        open_sides = [side for side in sides if side[1] not in self.known.constants]
        if len(open_sides) != 1:
            negated = expression[0] == "notEquals"
            plain = ["equals", *expression[1:]] if negated else expression
            opaque = self._opaque(_key(plain), always(BOOLEAN), as_boolean=True)
            return Condition(["not", opaque.skeleton], opaque.asks) if negated else opaque
        part, part_at = open_sides[0]
        subject = self._opaque(_key(part), self.known.types[part_at])
        (number,) = subject.asks
        skeleton = list(expression)
        for side, side_at in sides:
            constant = side_at in self.known.constants
            skeleton[side_at[-1]] = self.known.constants[side_at] if constant else subject.skeleton
            if constant and not note(
                self._subjects[number], self.known.constants[side_at], read_as or "text"
            ):
                return self._opaque(f"{at} {side}", always(BOOLEAN), as_boolean=True)
        return Condition(skeleton, subject.asks)

    def _opaque(self, key: str, kind: Type, *, as_boolean: bool = False) -> Condition:
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._subjects)
            self._subjects.append(Subject(kind))
        if as_boolean:
            self._subjects[number].as_boolean = True
        return Condition(["argv", number], frozenset({number}))


def _key(expression: Any) -> str:
    return json.dumps(expression, default=str)


def _truth(value: Any) -> bool | None:
    return value if isinstance(value, bool) else None


def _linked(asks: dict[int, frozenset[int]]) -> Iterator[list[int]]:
    """The parts that ask about the same things, directly or through others, in order."""
    left = dict(asks)
    while left:
        first = next(iter(left))
        group, seen = [first], set(left.pop(first))
        grown = True
        while grown:
            joined = [place for place, asked in left.items() if asked & seen]
            grown = bool(joined)
            for place in joined:
                seen |= left.pop(place)
                group.append(place)
        yield sorted(group)


def _is_not(condition: Any) -> bool:
    return isinstance(condition, list) and condition[0] == "notEquals"
