"""Literals in words: numbers, dates, yes and no, texts; and the values that what is asked about can have.

Nothing here knows a language: months are sentences that the edge translates, and so are the signs in numbers.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from studio.definition.number_words import number_words
from studio.definition.rules.sentences.names import AnswerKind
from studio.definition.rules.sentences.nodes import Call, Constant, Node
from studio.definition.rules.sentences.parts import Term, said
from studio.definition.sentences import N_, Sentence

_DATE: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[Tt ](\d{2}:\d{2}).*)?", re.ASCII)
_MONTHS: Final = (
    N_("%(day)s January %(year)s"),
    N_("%(day)s February %(year)s"),
    N_("%(day)s March %(year)s"),
    N_("%(day)s April %(year)s"),
    N_("%(day)s May %(year)s"),
    N_("%(day)s June %(year)s"),
    N_("%(day)s July %(year)s"),
    N_("%(day)s August %(year)s"),
    N_("%(day)s September %(year)s"),
    N_("%(day)s October %(year)s"),
    N_("%(day)s November %(year)s"),
    N_("%(day)s December %(year)s"),
)
YES: Final = Sentence(N_("Yes"))
NO: Final = Sentence(N_("No"))
# Facts about the instance and what they are called.
FACTS: Final[Mapping[str, Sentence]] = {
    "instanceId": Sentence(N_("the id of the instance")),
    "appId": Sentence(N_("the id of the app")),
    "instanceOwnerPartyId": Sentence(N_("the number of the party that the form is for")),
    "instanceOwnerPartyType": Sentence(N_("the kind of party that the form is for")),
    "instanceOwnerName": Sentence(N_("the name of the party that the form is for")),
}
ACTIONS: Final[Mapping[str, Sentence]] = {
    "read": Sentence(N_("read")),
    "write": Sentence(N_("fill in")),
    "instantiate": Sentence(N_("begin")),
    "confirm": Sentence(N_("confirm")),
    "sign": Sentence(N_("sign")),
    "reject": Sentence(N_("reject")),
    "complete": Sentence(N_("complete")),
    "pay": Sentence(N_("pay")),
}
_LANGUAGES: Final = {
    "nb": Sentence(N_("Norwegian Bokmål")),
    "nn": Sentence(N_("Norwegian Nynorsk")),
    "en": Sentence(N_("English")),
}
_PARTIES: Final = {
    "org": Sentence(N_("an organisation")),
    "person": Sentence(N_("a person")),
    "selfIdentified": Sentence(N_("a person with a user name of their own")),
    "unknown": Sentence(N_("unknown")),
}
_MOST_DIGITS: Final = 40


@dataclass(frozen=True, slots=True)
class KnownValue:
    """A value that something can have, and what it is called."""

    value: Any
    label: Sentence


def known_values(node: Node) -> tuple[KnownValue, ...]:
    """The values that a function of the language can give, where they are few and known."""
    match node:
        case Call("language", ()):
            found = _LANGUAGES
        case Call("instanceContext", (Constant("instanceOwnerPartyType"),)):
            found = _PARTIES
        case Call("gatewayAction", ()):
            found = {key: label for key, label in ACTIONS.items() if key not in {"read", "instantiate"}}
        case _:
            return ()
    return tuple(KnownValue(key, label) for key, label in found.items())


def spoken(value: Any, kind: AnswerKind = "any") -> Sentence | Term:
    """A literal in words; `kind` is what it stands beside."""
    ref = as_json(value)
    match value:
        case None:
            return said(Sentence(N_("nothing")), "value", ref)
        case bool():
            return said(YES if value else NO, "value", ref)
        case int() | float():
            return _number(Decimal(str(value)), ref) or Term(ref, "value", ref)
        case str():
            return _text(value, kind, ref)
    return Term(ref, "value", ref)


def as_json(value: Any) -> str:
    """A value as it is written in a file."""
    try:
        return json.dumps(value, ensure_ascii=False)
    except (RecursionError, ValueError):
        return "…"


def _text(value: str, kind: AnswerKind, ref: str) -> Sentence | Term:
    if not value and kind == "date":
        return Term("…", "value", ref)  # the date that is still to be written
    if not value:
        return said(Sentence(N_("an empty text")), "value", ref)
    if not value.strip():
        return said(Sentence(N_("a space")), "value", ref)
    if kind == "boolean" and value.lower() in {"true", "false"}:
        return said(YES if value.lower() == "true" else NO, "value", ref)
    words = None
    if kind == "date" and (found := _DATE.fullmatch(value)):
        words = _date(found, ref)
    elif kind == "number":
        try:
            words = _number(Decimal(value), ref)
        except InvalidOperation:
            words = None
    return words or Term(value, "value", ref)


def _date(found: re.Match[str], ref: str) -> Sentence | None:
    year, month, day, clock = found.groups()
    if not 1 <= int(month) <= 12:
        return None
    date = Sentence(_MONTHS[int(month) - 1], {"day": str(int(day)), "year": str(int(year))})
    if clock:
        date = Sentence(N_("%(date)s at %(clock)s"), {"date": date, "clock": clock})
    return said(date, "value", ref)


def _number(value: Decimal, ref: str) -> Sentence | None:
    if not value.is_finite() or abs(value.adjusted()) > _MOST_DIGITS:
        return None
    return said(number_words(value), "value", ref)
