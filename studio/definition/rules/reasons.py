"""Why a rule gave what it gave, in words: what was answered, and how that stands to what the rule asks for.

Only what decided is told: of conditions that must all hold, the ones that do not.
"""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from studio.definition.expressions import Traced
from studio.definition.rules.sentences import (
    Answer,
    Call,
    Choice,
    Comparison,
    Constant,
    FieldValue,
    Group,
    Negation,
    Node,
    Wording,
    read,
)
from studio.definition.rules.sentences.operators import mirrored, operator_of
from studio.definition.rules.sentences.phrases import Phrase, joined
from studio.definition.sentences import N_, Sentence

# More reasons than these are no longer read.
_MOST: Final = 4
_IDENTITY: Final = frozenset({"equals", "notEquals", "isSameDay"})


def reason(traced: Traced, wording: Wording) -> Sentence | None:
    """The reason for the value of an expression; None where it asks for nothing, and so has none."""
    if traced.error is not None:
        return Sentence(N_("it cannot be worked out: %(reason)s"), {"reason": traced.error.words})
    found: list[Sentence] = []
    for each in _Reasons(wording).of(traced):
        if each not in found and len(found) < _MOST:
            found.append(each)
    return joined(found, "and") if found else None


def spoken_value(value: Any, wording: Wording, beside: Node | None = None) -> Phrase:
    """A value of the data in words; `beside` is what it is a value of."""
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    if value == []:
        return Sentence(N_("empty"))
    if isinstance(value, list) and len(value) <= _MOST and not _has_parts(value):
        return joined([spoken_value(each, wording, beside) for each in value], "and")
    if isinstance(value, list):
        return Sentence(N_("a list of %(count)s"), {"count": len(value)})
    return wording.value(Constant(value) if not isinstance(value, dict) else read(value), beside)


class _Reasons:
    """Finds reasons for one rule."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def of(self, traced: Traced) -> Iterator[Sentence]:
        """What decided about the value of a part."""
        node, parts = read(traced.expression), traced.parts
        match node:
            case Group(connective, _):
                yield from self._group(traced, wanted=connective == "or")
            case Negation():
                yield from self.of(parts[0])
            case Comparison():
                yield self._comparison(node, traced)
            case Choice():
                yield from self.of(parts[0])
                yield from self.of(parts[1] if _holds(parts[0]) else parts[-1])
            case FieldValue() | Answer():
                yield self._is(node, traced.value)
            case Call() if not self._reads_data(node):
                for part in parts:
                    yield from self.of(part)
            case Call():
                yield self._is(node, traced.value)

    @staticmethod
    def _reads_data(call: Call) -> bool:
        """Whether a call is itself a question about the situation, and not about its arguments."""
        return not call.arguments or call.function in {
            "dataModel",
            "displayValue",
            "instanceContext",
            "frontendSettings",
            "authContext",
            "countDataElements",
            "argv",
            "value",
            "count",
            "jmespath",
        }

    def _group(self, traced: Traced, wanted: bool) -> Iterator[Sentence]:
        """One member decides that "or" holds, or that "and" does not; else all of them do."""
        deciding = [part for part in traced.parts if _holds(part) is wanted]
        for part in deciding or traced.parts:
            yield from self.of(part)

    def _comparison(self, comparison: Comparison, traced: Traced) -> Sentence:
        turned = mirrored(comparison)
        first, last = traced.parts[0], traced.parts[-1]
        left, right = (first, last) if turned is comparison else (last, first)
        if not operator_of(turned).takes_value:
            about = right if turned.left == Constant(None) else left
            return self._is(read(about.expression), about.value)
        if left.value is None:
            return self._is(turned.left, None)
        if right.value is None and not isinstance(turned.right, Constant):
            return self._is(turned.right, None)
        return self._against(turned, left, right, holds=_holds(traced) is not turned.negated)

    def _against(self, turned: Comparison, left: Traced, right: Traced, holds: bool) -> Sentence:
        operator = operator_of(turned)
        own = spoken_value(left.value, self._wording, turned.left)
        values: dict[str, Any] = {"field": self._wording.value(turned.left), "value": own}
        if turned.operator in _IDENTITY:
            are_one = holds is not (turned.operator == "notEquals")
            if are_one and isinstance(turned.right, Constant):
                return Sentence(N_("%(field)s is %(value)s"), values)
            values["other"] = self._other(turned, right)
            message = N_("%(field)s is %(value)s, like %(other)s") if are_one else _NOT_THE_OTHER
            return Sentence(message, values)
        words = operator.label if holds else operator.denied_of_filled or operator.denied
        values |= {"operator": words, "other": self._other(turned, right)}
        return Sentence(N_("%(field)s is %(value)s, which %(operator)s %(other)s"), values)

    def _other(self, turned: Comparison, right: Traced) -> Phrase:
        value = spoken_value(right.value, self._wording, turned.left)
        if isinstance(turned.right, Constant):
            return value
        named = {"field": self._wording.value(turned.right), "value": value}
        return Sentence("%(field)s (%(value)s)", named)

    def _is(self, node: Node, value: Any) -> Sentence:
        about = self._wording.value(node)
        if value is None or value == "":
            return Sentence(N_("%(field)s has no answer"), {"field": about})
        return Sentence(
            N_("%(field)s is %(value)s"), {"field": about, "value": spoken_value(value, self._wording, node)}
        )


_NOT_THE_OTHER: Final = N_("%(field)s is %(value)s, not %(other)s")


def _holds(traced: Traced) -> bool:
    """Whether a condition that did not fail holds: as the language reads true and false."""
    return traced.value is True or str(traced.value).lower() in {"true", "1"}


def _has_parts(values: list[Any]) -> bool:
    return any(isinstance(each, list | dict) for each in values)
