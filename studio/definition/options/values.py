"""The values of options: a text, a number or yes/no, which they stay when they are written anew.

Source of the rule: app-format.md 8 (the type is kept to the client; null is a value too).
"""

import re
from collections.abc import Iterable
from math import isfinite
from typing import Any, Final, Literal

from studio.definition.errors import DomainError
from studio.definition.options import OptionValue
from studio.definition.sentences import N_, Sentence

ValueKind = Literal["text", "number", "boolean"]
KINDS: Final[tuple[ValueKind, ...]] = ("text", "number", "boolean")

_WHOLE: Final = re.compile(r"-?(0|[1-9][0-9]{0,29})")
_DECIMAL: Final = re.compile(r"-?(0|[1-9][0-9]{0,29})\.[0-9]{1,30}|-?[0-9](\.[0-9]{1,30})?e[-+]?[0-9]{1,3}")
_YES_OR_NO: Final = {"true": True, "false": False}


def kind_of(value: Any) -> ValueKind | None:
    """What a value is; None for null, which fits everywhere, and for what is no value of an option."""
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    return "text" if isinstance(value, str) else None


def kind_of_all(values: Iterable[Any]) -> ValueKind | Literal["mixed"] | None:
    """What the values of a list are; None where there are none."""
    kinds = {kind for value in values if (kind := kind_of(value)) is not None}
    return "mixed" if len(kinds) > 1 else next(iter(kinds), None)


def read_value(written: str, kind: ValueKind) -> OptionValue:
    """The value that somebody has written. Raises DomainError where it is none of that kind."""
    if kind == "text":
        return written
    if kind == "boolean" and written in _YES_OR_NO:
        return _YES_OR_NO[written]
    if kind == "number" and _WHOLE.fullmatch(written):
        return int(written)
    if kind == "number" and _DECIMAL.fullmatch(written) and isfinite(found := float(written)):
        return found
    problem = N_("“%(value)s” is no number. The values of this list are numbers.")
    if kind == "boolean":
        problem = N_("“%(value)s” is neither true nor false. The values of this list are yes or no.")
    raise DomainError(Sentence(problem, {"value": written}))
