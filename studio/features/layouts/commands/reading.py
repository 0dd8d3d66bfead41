"""What a form of the panel says about one part of a component, as the file writes it."""

import json
from collections.abc import Mapping
from enum import Enum
from math import isfinite
from typing import Any, Final

from studio.definition.changes import MISSING, Missing
from studio.definition.components import (
    Alternatives,
    Enumeration,
    Flag,
    ListShape,
    Number,
    Scalar,
    Shape,
    is_expression,
    variants,
)
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.days import day, named_days
from studio.features.layouts.commands.place import Form
from studio.features.layouts.parts import Part

_LARGEST_WHOLE: Final = 2**53


class Same(Enum):
    """What stands there already: nothing is to be written."""

    SAME = "same"


SAME: Final = Same.SAME


def read(part: Part, form: Form) -> Any | Missing | Same:
    """The value of a part. MISSING where the default is enough; SAME where it is the one that was shown.

    Raises DomainError where the part cannot hold it.
    """
    if part.look == "flag":
        return _flag(part, form.get("value", "") == "true")
    if part.look == "choices":
        return _choices(part, [choice for choice in form.getlist("value") if choice])
    if part.look not in {"choice", "number", "line", "lines", "reference"}:
        raise DomainError(Sentence(N_("This is set part by part.")))
    sent = form.get("value", "").replace("\r\n", "\n")
    if not part.rule and sent in {part.text, part.text.strip(), part.text.replace("\n", "")}:
        return SAME
    sent = sent.strip()
    if not sent:
        return MISSING
    return _READERS[part.look](part, sent)


def read_rule(part: Part, form: Form) -> Any | Missing | Same:
    """An expression, written as JSON; an empty field takes it away."""
    sent = form.get("value", "").strip()
    if sent == part.rule:
        return SAME
    if not sent:
        return MISSING
    if not part.rule_allowed:
        raise DomainError(Sentence(N_("A rule cannot stand here.")))
    try:
        rule = json.loads(sent)
        json.dumps(rule, ensure_ascii=False, allow_nan=False).encode()  # what a file can hold
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise DomainError(Sentence(N_("This is not JSON: look at line %(line)s."), {"line": line})) from None
    if not is_expression(rule):
        raise DomainError(
            Sentence(N_('A rule is a list that begins with the name of a function: ["equals", …].'))
        )
    return rule


def _flag(part: Part, chosen: bool) -> Any | Missing | Same:
    if not part.rule and chosen == part.is_on:
        return SAME
    return MISSING if chosen == bool(part.default) and not part.required else chosen


def _choices(part: Part, chosen: list[str]) -> Any | Missing | Same:
    now = part.value if isinstance(part.value, list) else []
    if set(chosen) == set(now):
        return SAME
    # Those that stay keep their order.
    ordered = [one for one in now if one in chosen] + [one for one in chosen if one not in now]
    return ordered or ([] if part.required else MISSING)


def _choice(part: Part, sent: str) -> Any:
    shape = part.shape
    for choice in shape.choices if isinstance(shape, Enumeration) else ():
        if json.dumps(choice.value, ensure_ascii=False) == sent:
            return choice.value
    raise DomainError(Sentence(N_("Choose one of the values in the list.")))


def _number(part: Part, sent: str) -> int | float:
    shape = part.shape if isinstance(part.shape, Number) else Number()
    return number(shape, sent)


def number(shape: Number, sent: str) -> int | float:
    """A number within its limits. Raises DomainError."""
    try:
        value = int(sent) if shape.whole else float(sent.replace(",", "."))
    except ValueError:
        raise DomainError(Sentence(N_("Write a number."))) from None
    too_small = shape.minimum is not None and value < shape.minimum
    too_large = shape.maximum is not None and value > shape.maximum
    if not isfinite(value) or too_small or too_large:
        raise DomainError(Sentence(N_("The number is outside what is allowed.")))
    return int(value) if value == int(value) and abs(value) < _LARGEST_WHOLE else value


def _line(part: Part, sent: str) -> Any:
    """A text; of several kinds of values the one that is there now, where it is written like that."""
    if named := named_days(part.shape):
        return day(named, sent)
    kinds = {type(inner) for inner in variants(part.shape)}
    # The value "12" of a text stays a text, and a number a number.
    stays_text = isinstance(part.value, str) and not _literal(part.value, kinds)
    if not stays_text and (found := _literal(sent, kinds)):
        return found[0]
    if Number in kinds and Scalar not in kinds and len(kinds) == 1:
        return _number(part, sent)
    return sent


def _literal(sent: str, kinds: set[type]) -> tuple[Any, ...]:
    """What is no text, where the shape takes it: true, false, null, a number."""
    if kinds & {Flag, Scalar} and sent in {"true", "false"}:
        return (sent == "true",)
    if kinds & {Number, Scalar} and sent.isascii() and sent.removeprefix("-").isdecimal() and len(sent) < 15:
        return (int(sent),)
    return ()


def _lines(part: Part, sent: str) -> Any:
    items = [line.strip() for line in sent.split("\n") if line.strip()]
    shape: Shape = part.shape
    if isinstance(shape, Alternatives):
        return items if isinstance(part.value, list) or len(items) > 1 else items[0]
    if isinstance(shape, ListShape) and isinstance(shape.item, Number):
        return [number(shape.item, item) for item in items]
    return items


def _plain(_part: Part, sent: str) -> Any:
    return sent


_READERS: Final[Mapping[str, Any]] = {
    "choice": _choice,
    "number": _number,
    "line": _line,
    "lines": _lines,
    "reference": _plain,
}
