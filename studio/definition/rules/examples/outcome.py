"""What a rule gives in one situation, in the words that examples use for it.

"shown" or "hidden", "required" or "optional", "read-only" or "editable", "given" or "not given" (a message),
"taken" or "not taken" (a way of the process), "offered" or "not offered" (one option); a filter for all
options gives the list of those that are offered. Anything else is the value (JSON) that the rule gives, a
text in the words that people read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from studio.definition.expressions import ExpressionError, Spot, Traced, to_number, to_text

# Kind of place -> what its outcome is called where it holds, and where it does not.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "page hidden": ("hidden", "shown"),
    "hidden": ("hidden", "shown"),
    "row hidden": ("hidden", "shown"),
    "required": ("required", "optional"),
    "read-only": ("read-only", "editable"),
    "validation": ("given", "not given"),
    "gateway": ("taken", "not taken"),
}
# The same for a filter that is looked at for one option.
OFFERED: Final = ("offered", "not offered")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a rule gives. `trace` tells how its expression came to that; `spot` is where it was looked at.

    `value` says nothing where there is an `error`. `asked`: whether the rule was asked at all: messages are
    not about fields without an answer. `option` is the label of the option that `trace` is about, where the
    value is about all of them.
    """

    value: Any
    trace: Traced
    spot: Spot
    error: ExpressionError | None = None
    asked: bool = True
    option: str = ""


def agrees(expected: Any, value: Any) -> bool:
    """Whether an outcome is the expected one: numbers as numbers, the rest by its text, as everywhere.

    The order in which options are offered is that of their list, and does not matter.
    """
    nothing = (None, "")
    if expected in nothing or value in nothing:
        return expected in nothing and value in nothing
    if isinstance(value, list) and isinstance(expected, list):
        return sorted(map(_as_text, expected)) == sorted(map(_as_text, value))
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        try:
            return to_number(expected) == to_number(value)
        except ExpressionError:
            return False
    return to_text(expected) == to_text(value)


def _as_text(value: Any) -> str:
    return to_text(value) or ""
