"""Comparisons as people meet them: what they are called, what they compare, and what each one denies."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.rules.sentences.nodes import OWN_COMPARISONS, Comparison, Constant, Node
from studio.definition.sentences import N_, Sentence

NUMBERS: Final = ("greaterThan", "greaterThanEq", "lessThan", "lessThanEq")
DATES: Final = ("isBefore", "isBeforeEq", "isAfter", "isAfterEq", "isSameDay")
TEXTS: Final = ("contains", "notContains", "startsWith", "endsWith", "commaContains")


@dataclass(frozen=True, slots=True)
class Operator:
    """A comparison as it is picked. `name`: one of the language, or "isEmpty" or "isAnswered" (with null).

    `denied`: how it reads that it does not hold, for what may be empty and (where it is another one) for what
    never is: a comparison by size does not hold for what is empty either.
    """

    name: str
    label: Sentence
    denied: Sentence
    denied_of_filled: Sentence | None = None
    takes_value: bool = True
    # Whether the words themselves deny something, which is harder to read.
    is_negative: bool = False


def _operator(name: str, label: str, denied: str, filled: str | None = None, **more: bool) -> Operator:
    return Operator(name, Sentence(label), Sentence(denied), Sentence(filled) if filled else None, **more)


_IS: Final = N_("is")
_IS_NOT: Final = N_("is something other than")
_ANSWERED: Final = N_("has an answer")
_EMPTY: Final = N_("has no answer")
_MORE: Final = N_("is more than")
_LEAST: Final = N_("is at least")
_LESS: Final = N_("is less than")
_MOST: Final = N_("is at most")
_CONTAINS: Final = N_("contains")
_WITHOUT: Final = N_("does not contain")
_BEFORE: Final = N_("is before")
_NOT_AFTER: Final = N_("is no later than")
_AFTER: Final = N_("is after")
_NOT_BEFORE: Final = N_("is no earlier than")

_ALL: Final = (
    _operator("equals", _IS, _IS_NOT),
    _operator("notEquals", _IS_NOT, _IS, is_negative=True),
    _operator("isAnswered", _ANSWERED, _EMPTY, takes_value=False),
    _operator("isEmpty", _EMPTY, _ANSWERED, takes_value=False),
    _operator("greaterThan", _MORE, N_("is empty or at most"), _MOST),
    _operator("greaterThanEq", _LEAST, N_("is empty or less than"), _LESS),
    _operator("lessThan", _LESS, N_("is empty or at least"), _LEAST),
    _operator("lessThanEq", _MOST, N_("is empty or more than"), _MORE),
    _operator("contains", _CONTAINS, _WITHOUT),
    _operator("notContains", _WITHOUT, _CONTAINS, is_negative=True),
    _operator("startsWith", N_("begins with"), N_("begins with something other than")),
    _operator("endsWith", N_("ends with"), N_("ends with something other than")),
    _operator("commaContains", N_("includes"), N_("does not include")),
    _operator("isBefore", _BEFORE, N_("is empty or no earlier than"), _NOT_BEFORE),
    _operator("isBeforeEq", _NOT_AFTER, N_("is empty or after"), _AFTER),
    _operator("isAfter", _AFTER, N_("is empty or no later than"), _NOT_AFTER),
    _operator("isAfterEq", _NOT_BEFORE, N_("is empty or before"), _BEFORE),
    _operator("isSameDay", N_("is the day"), N_("is another day than")),
)
OPERATORS: Final[Mapping[str, Operator]] = {each.name: each for each in _ALL}

# The same said from the other side: a < b is b > a.
_MIRRORED: Final[Mapping[str, str]] = {
    "equals": "equals",
    "notEquals": "notEquals",
    "isSameDay": "isSameDay",
    "greaterThan": "lessThan",
    "lessThan": "greaterThan",
    "greaterThanEq": "lessThanEq",
    "lessThanEq": "greaterThanEq",
    "isBefore": "isAfter",
    "isAfter": "isBefore",
    "isBeforeEq": "isAfterEq",
    "isAfterEq": "isBeforeEq",
}
_OPPOSITES: Final[Mapping[str, str]] = {
    "equals": "notEquals",
    "notEquals": "equals",
    "contains": "notContains",
    "notContains": "contains",
}


def operator_of(comparison: Comparison) -> Operator:
    """The operator of a comparison as people meet it, whether or not that is denied."""
    if comparison.operator in _OPPOSITES and Constant(None) in (comparison.left, comparison.right):
        if comparison.operator == "equals":
            return OPERATORS["isEmpty"]
        if comparison.operator == "notEquals":
            return OPERATORS["isAnswered"]
    return OPERATORS[comparison.operator]


def compared(operator: str, left: Any, right: Any = None) -> list[Any]:
    """The expression of a comparison with an operator as it is picked. Raises KeyError for an unknown one."""
    if operator in {"isEmpty", "isAnswered"}:
        return ["equals" if operator == "isEmpty" else "notEquals", left, None]
    if operator in OWN_COMPARISONS:
        return [operator, left, right]
    return ["compare", left, OPERATORS[operator].name, right]


def mirrored(comparison: Comparison) -> Comparison:
    """The comparison with what is written out on its right, where it can be said so."""
    turned = _MIRRORED.get(comparison.operator)
    if turned is None or not isinstance(comparison.left, Constant) or isinstance(comparison.right, Constant):
        return comparison
    return Comparison(turned, comparison.right, comparison.left, comparison.by_compare, comparison.negated)


def opposite(comparison: Comparison) -> Node | None:
    """The comparison that holds exactly where this one does not; None where the language has none."""
    if comparison.by_compare:
        return Comparison(
            comparison.operator, comparison.left, comparison.right, True, not comparison.negated
        )
    turned = _OPPOSITES.get(comparison.operator)
    return None if turned is None else Comparison(turned, comparison.left, comparison.right)
