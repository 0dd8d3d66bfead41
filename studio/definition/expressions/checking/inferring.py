"""Working out what every part of an expression can give, and what is wrong on the way."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from studio.definition.expressions.checking import comparing
from studio.definition.expressions.checking.lookups import Lookups
from studio.definition.expressions.checking.problems import Certainty, Problem
from studio.definition.expressions.checking.reading import problem_of_call
from studio.definition.expressions.checking.scope import Scope
from studio.definition.expressions.checking.signatures import (
    COMPARED_AS,
    NOT_CARRIED_OUT,
    SIGNATURES,
    Signature,
)
from studio.definition.expressions.checking.types import ANY, Cast, Type, either, fits, of_literal
from studio.definition.expressions.checking.wording import quoted, words_for, words_for_cast, words_for_type
from studio.definition.expressions.compiling import MAX_DEPTH, compile_expression
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.queries import BadQuery, compiled
from studio.definition.sentences import N_, Sentence

At = tuple[int, ...]
# A function of which nothing is known.
_OPEN: Final = Signature(("any",), ANY)


@dataclass
class Inference:
    """What was found out about one expression: the type of each part, and the problems.

    `constants` holds the parts that are the same wherever and whenever they are evaluated, `calls` the names
    of the functions that are called.
    """

    scope: Scope
    types: dict[At, Type] = field(default_factory=dict)
    constants: dict[At, Any] = field(default_factory=dict)
    calls: dict[At, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    # Parts that ask nothing of their surroundings: constants, and lists and objects of them.
    _closed: set[At] = field(default_factory=set)

    def of(self, expression: Any, at: At = ()) -> Type:
        """The type of an expression, and of all its parts."""
        found = self.types[at] = self._of(expression, at)
        return found

    def _of(self, expression: Any, at: At) -> Type:
        if len(at) > MAX_DEPTH:
            sentence = Sentence(
                N_("The expression is nested too deeply: there may be %(count)s calls inside one another."),
                {"count": MAX_DEPTH},
            )
            self.problems.append(Problem("bad-expression", "broken", at, sentence))
            return ANY
        if not isinstance(expression, list | dict):
            self._closed.add(at)
            self.constants[at] = expression
            return of_literal(expression)
        problem = problem_of_call(expression, at)
        if problem is not None:
            self.problems.append(problem)
        if isinstance(expression, dict):
            return ANY
        arguments = [self.of(part, (*at, place)) for place, part in enumerate(expression[1:], 1)]
        return ANY if problem is not None else self._of_call(expression, arguments, at)

    def _of_call(self, expression: list[Any], arguments: Sequence[Type], at: At) -> Type:
        name: str = expression[0]
        self.calls[at] = name
        before = len(self.problems)
        signature = SIGNATURES.get(name, _OPEN)
        self.problems += self._wrong_arguments(expression, signature, arguments, at)
        own = _OWN.get(name)
        found = own(self, expression, arguments, at) if own else signature.result(arguments)
        if len(self.problems) > before or name in NOT_CARRIED_OUT:
            return found
        if all((*at, place) in self._closed for place in range(1, len(expression))):
            return self._carried_out(expression, at)
        return found

    def _carried_out(self, expression: list[Any], at: At) -> Type:
        """The type of a call that asks nothing of its surroundings: that of its value."""
        try:
            value = compile_expression(expression)(_NOWHERE)
        except ExpressionError as error:
            values = {"part": self.scope.words(expression), "reason": error.words}
            sentence = Sentence(N_("%(part)s always fails: %(reason)s"), values)
            self.problems.append(Problem("always-fails", "fails", at, sentence))
            return ANY
        self._closed.add(at)
        if not isinstance(value, list | dict):
            self.constants[at] = value
        return of_literal(value)

    def _wrong_arguments(
        self, expression: list[Any], signature: Signature, arguments: Sequence[Type], at: At
    ) -> Iterator[Problem]:
        casts = _casts(expression, signature)
        for place, (kind, cast) in enumerate(zip(arguments, casts, strict=True), 1):
            if not fits(kind, cast):
                yield self._does_not_fit(expression, place, cast, at)

    def _does_not_fit(self, expression: list[Any], place: int, cast: Cast, at: At) -> Problem:
        part, inside = expression[place], (*at, place)
        values: dict[str, str | int | Sentence] = {
            "function": expression[0],
            "wanted": words_for_cast(cast),
            "part": words_for(self.scope, part),
            "got": words_for_type(self.types[inside]),
        }
        if not isinstance(part, list):
            text = N_("%(function)s needs %(wanted)s, and %(part)s is none.")
            instead = comparing.as_cast(part, cast)
            return Problem("wrong-argument", "fails", inside, Sentence(text, values), instead)
        text = N_("%(function)s needs %(wanted)s, but %(part)s gives %(got)s.")
        certainty: Certainty = "misleading" if cast == "text" else "fails"
        return Problem("wrong-argument", certainty, inside, Sentence(text, values))


_NOWHERE: Final[Any] = None


def _casts(expression: list[Any], signature: Signature) -> list[Cast]:
    count = len(expression) - 1
    if expression[0] == "compare":
        cast = COMPARED_AS[expression[-2]]
        return [cast if place in {1, count} else "any" for place in range(1, count + 1)]
    if len(signature.takes) == 1:
        return [*signature.takes] * count
    return [signature.cast(place) for place in range(1, count + 1)]


def _if(_found: Inference, _expression: list[Any], arguments: Sequence[Type], _at: At) -> Type:
    return either([arguments[1], arguments[3] if len(arguments) == 4 else of_literal(None)])


def _equality(found: Inference, expression: list[Any], arguments: Sequence[Type], at: At) -> Type:
    if expression[0] != "compare" or expression[-2] == "equals":
        last = len(expression) - 1
        sides = (
            comparing.Side(expression[1], arguments[0], (*at, 1), (*at, 1) in found.constants),
            comparing.Side(expression[last], arguments[-1], (*at, last), (*at, last) in found.constants),
        )
        found.problems += comparing.incomparable(*sides, found.scope)
    return SIGNATURES[expression[0]].gives


def _membership(found: Inference, expression: list[Any], arguments: Sequence[Type], at: At) -> Type:
    if (*at, 2) in found.constants:
        found.problems += comparing.no_option(expression[2], arguments[0], (*at, 2))
    return SIGNATURES[expression[0]].gives


def _object(found: Inference, expression: list[Any], arguments: Sequence[Type], at: At) -> Type:
    keys = expression[1::2]
    if len(arguments) % 2:
        text = Sentence(N_("“object” takes names and values in turn, and the last name has no value."))
        found.problems.append(Problem("bad-expression", "fails", at, text))
    written = [key for key in keys if not isinstance(key, list)]
    if not all(isinstance(key, str) for key in written) or len({*map(str, written)}) < len(written):
        text = Sentence(N_("The names in “object” have to be texts, and each another one."))
        found.problems.append(Problem("bad-expression", "fails", at, text))
    return SIGNATURES["object"].gives


def _jmespath(found: Inference, expression: list[Any], _arguments: Sequence[Type], at: At) -> Type:
    query = expression[2]
    if isinstance(query, str):
        try:
            compiled(query)
        except BadQuery as error:
            values = {"part": quoted(query), "reason": str(error).partition("\n")[0]}
            text = Sentence(N_("%(part)s is no query of JMESPath: %(reason)s"), values)
            found.problems.append(Problem("wrong-argument", "fails", (*at, 2), text))
    elif not isinstance(query, list):
        text = Sentence(N_("The query of “jmespath” has to be a text."))
        found.problems.append(Problem("wrong-argument", "fails", (*at, 2), text))
    return ANY


def _lookup(found: Inference, expression: list[Any], arguments: Sequence[Type], at: At) -> Type:
    lookups = Lookups(found.scope, expression, at)
    kind = lookups.kind()
    found.problems += lookups.problems
    return kind if kind is not None else SIGNATURES[expression[0]].result(arguments)


_Own = Callable[[Inference, list[Any], Sequence[Type], At], Type]
_OWN: Final[Mapping[str, _Own]] = {
    "if": _if,
    "equals": _equality,
    "notEquals": _equality,
    "compare": _equality,
    "commaContains": _membership,
    "object": _object,
    "jmespath": _jmespath,
    **dict.fromkeys(NOT_CARRIED_OUT - {"formatDate", "jmespath"}, _lookup),
}
