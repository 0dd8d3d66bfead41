"""Whether two values can ever be equal, and what was probably meant where they cannot."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from studio.definition.expressions.checking.nearest import nearest
from studio.definition.expressions.checking.problems import Problem
from studio.definition.expressions.checking.scope import Scope
from studio.definition.expressions.checking.types import Cast, Options, Type, can_be_equal
from studio.definition.expressions.checking.wording import quoted, said, words_for
from studio.definition.expressions.values import number_text, to_text
from studio.definition.sentences import N_, Sentence

_YES: Final = frozenset({"ja", "yes", "sann", "y", "on", "x"})
_NO: Final = frozenset({"nei", "no", "usann", "n", "off"})
_BLANKS: Final = dict.fromkeys(map(ord, " \u00a0\u202f\u2009'"))


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a comparison. `constant`: it is the same everywhere."""

    expression: Any
    kind: Type
    at: tuple[int, ...]
    constant: bool

    @property
    def is_literal(self) -> bool:
        return not isinstance(self.expression, list)


def incomparable(one: Side, other: Side, scope: Scope) -> Iterator[Problem]:
    """What is wrong with asking whether two values are equal; nothing where both are constants."""
    if one.constant and other.constant:
        return
    if one.constant:
        one, other = other, one
    if can_be_equal(one.kind, other.kind):
        if other.constant:
            yield from no_option(_value(other), one.kind, other.at)
    elif not (one.kind.nullable and other.kind.nullable):
        instead = _meant(one.kind, other)
        yield Problem("never-equal", "misleading", other.at, _never(one, other, scope), instead)
    elif not other.kind.is_null and not one.kind.is_null:
        values = {
            "one": said(scope, one.expression, one.kind),
            "other": said(scope, other.expression, other.kind),
        }
        text = N_("%(one)s and %(other)s can only be equal when both are empty.")
        yield Problem("equal-when-empty", "misleading", other.at[:-1], Sentence(text, values))


def no_option(value: Any, kind: Type, at: tuple[int, ...]) -> Iterator[Problem]:
    """A constant that is none of the values that people choose among."""
    text, options = to_text(value), kind.options
    if not text or options is None or text in options.labels or (options.several and "," in text):
        return
    meant = _option_meant(text, options)
    values: dict[str, str | int | Sentence] = {"value": quoted(value)}
    if meant is None:
        listed = list(options.labels)
        values["options"] = ", ".join(listed[:8]) + (", …" if len(listed) > 8 else "")
        sentence = Sentence(N_("There is no option %(value)s to choose; there is %(options)s."), values)
        yield Problem("no-such-option", "misleading", at, sentence)
        return
    values |= {"near": quoted(meant), "label": options.labels[meant] or meant}
    sentence = Sentence(
        N_("There is no option %(value)s to choose; did you mean %(near)s (%(label)s)?"), values
    )
    yield Problem("no-such-option", "misleading", at, sentence, (meant,))


def as_cast(value: Any, cast: Cast) -> tuple[Any, ...]:
    """What a literal was probably meant to be as a number or a yes-or-no value; () where that is unclear."""
    if not isinstance(value, str):
        return ()
    if cast == "boolean":
        return _as_boolean(value)
    return _as_number(value) if cast == "number" else ()


def _never(one: Side, other: Side, scope: Scope) -> Sentence:
    values: dict[str, str | int | Sentence] = {
        "one": said(scope, one.expression, one.kind),
        "other": words_for(scope, other.expression),
    }
    if other.kind.is_null:
        return Sentence(N_("%(one)s is never empty, so it never equals null."), values)
    if _value(other) == "" and other.is_literal:
        return Sentence(N_("%(one)s is never an empty text; without an answer it is null."), values)
    return Sentence(N_("%(one)s can never equal %(other)s."), values)


def _value(side: Side) -> Any:
    if side.is_literal:
        return side.expression
    return next(iter(side.kind.values or ()), None)


def _meant(kind: Type, other: Side) -> tuple[Any, ...]:
    if not other.is_literal or not isinstance(other.expression, str):
        return ()
    if other.expression == "" and kind.nullable:
        return (None,)
    if kind.kinds == {"boolean"}:
        return _as_boolean(other.expression)
    if kind.kinds == {"number"}:
        return _as_number(other.expression)
    near = nearest(other.expression, kind.values) if kind.values else None
    return () if near is None else (near,)


def _as_boolean(text: str) -> tuple[Any, ...]:
    word = text.strip().casefold()
    if word in _YES or word == "true":
        return (True,)
    return (False,) if word in _NO or word == "false" else ()


def _as_number(text: str) -> tuple[Any, ...]:
    """The number in a text such as "1 000,50"."""
    plain = text.translate(_BLANKS).replace(",", ".")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return ()
    if not number.is_finite() or number_text(number) != number_text(Decimal(str(float(number)))):
        return ()
    return (int(number) if number == number.to_integral_value() else float(number),)


def _option_meant(text: str, options: Options) -> str | None:
    folded = text.casefold()
    by_label = next(
        (value for value, label in options.labels.items() if label.strip().casefold() == folded), None
    )
    return by_label if by_label is not None else nearest(text, options.labels)
