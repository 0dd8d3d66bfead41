"""Edits as forms send them, as changes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Final

from werkzeug.datastructures import MultiDict

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    Change,
    RemoveTexts,
    RenameText,
    SetText,
    SetTextVariables,
    SetTranslations,
)
from studio.definition.errors import DomainError
from studio.definition.field_names import in_ascii
from studio.definition.sentences import N_, Sentence
from studio.definition.texts import Variable
from studio.definition.translation.status import source_language
from studio.definition.translation.table import row

Form = MultiDict[str, str]
_WORD: Final = re.compile(r"[^\W_]+")
_WORDS_IN_KEY: Final = 5


@dataclass(frozen=True, slots=True)
class Asked:
    """A change, the key of the text that is chosen after it, and what is said about it."""

    change: Change | None
    selected: str
    say: Sentence | None = None
    listed_anew: bool = False  # whether there are more or fewer texts, or other keys


def asked(app: AppDefinition, form: Form) -> Asked:
    """What a form asks for. Raises DomainError."""
    make = _COMMANDS.get(form.get("do", ""))
    if make is None:
        raise DomainError(Sentence(N_("That is nothing that can be done here.")))
    return make(app, form)


def _text(_app: AppDefinition, form: Form) -> Asked:
    key, language = form.get("key", ""), form.get("language", "")
    # Browsers send line breaks as two letters; files have one.
    value = form.get("value", "").replace("\r\n", "\n")
    return Asked(SetText(language, key, value), key)


def _status(_app: AppDefinition, form: Form) -> Asked:
    key, language = form.get("key", ""), form.get("language", "")
    return Asked(SetTranslations(language, {key: {"status": form.get("status", "")}}), key)


def _rename(_app: AppDefinition, form: Form) -> Asked:
    key, to = form.get("key", ""), form.get("to", "").strip()
    if to == key:
        return Asked(None, key)
    said = Sentence(N_("%(key)s is now called %(to)s, also where it is used"), {"key": key, "to": to})
    return Asked(RenameText(key, to), to, said, listed_anew=True)


def _remove(_app: AppDefinition, form: Form) -> Asked:
    key = form.get("key", "")
    said = Sentence(N_("The text %(key)s was removed"), {"key": key})
    return Asked(RemoveTexts((key,)), "", said, listed_anew=True)


def _add(app: AppDefinition, form: Form) -> Asked:
    text, language = form.get("value", "").strip(), source_language(app)
    if not text:
        raise DomainError(Sentence(N_("Write the text first.")))
    key = form.get("to", "").strip() or readable_key(app, text)
    if any(key in app.texts(each) for each in app.languages):
        raise DomainError(Sentence(N_("There is already a text %(key)s."), {"key": key}))
    said = Sentence(N_("The text %(key)s was added"), {"key": key})
    return Asked(SetText(language, key, text.replace("\r\n", "\n")), key, said, listed_anew=True)


def readable_key(app: AppDefinition, text: str) -> str:
    """A key that says what the text says, and that no other text has."""
    words = [in_ascii(word).lower() for word in _WORD.findall(text)[:_WORDS_IN_KEY]]
    stem = "-".join(word for word in words if word) or "text"
    taken = {key for language in app.languages for key in app.texts(language).keys()}  # noqa: SIM118 - no dict
    return next(
        key for number in count(1) if (key := stem if number == 1 else f"{stem}-{number}") not in taken
    )


def _variable(app: AppDefinition, form: Form) -> Asked:
    """One variable altered, added (at the end) or taken away (without anything to read)."""
    key, number = form.get("key", ""), form.get("number", "")
    listed = _variables(app, key)
    reads, source = form.get("reads", "").strip(), form.get("source", "")
    default = form.get("default", "")
    made: dict[str, str] = {"key": reads, "dataSource": source}
    if default:
        made["defaultValue"] = default
    place = int(number) if number.isdecimal() and len(number) < 6 else len(listed)
    if form.get("gone"):
        listed = [each for each_place, each in enumerate(listed) if each_place != place]
    elif place < len(listed):
        listed[place] = made
    else:
        listed.append(made)
    return Asked(SetTextVariables(key, tuple(listed)), key)


def _variables(app: AppDefinition, key: str) -> list[Mapping[str, str]]:
    found = row(app, key)
    resources = found.resources.values() if found else ()
    longest: tuple[Variable, ...] = max((each.variables for each in resources), key=len, default=())
    return [
        {
            "key": each.key,
            "dataSource": each.data_source,
            **({} if each.default is None else {"defaultValue": each.default}),
        }
        for each in longest
    ]


_COMMANDS: Final[Mapping[str, Callable[[AppDefinition, Form], Asked]]] = {
    "text": _text,
    "status": _status,
    "rename": _rename,
    "remove": _remove,
    "add": _add,
    "variable": _variable,
}
