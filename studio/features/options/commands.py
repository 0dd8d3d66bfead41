"""Edits of a list as forms send them, as changes."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

from werkzeug.datastructures import MultiDict

from studio.definition.changes import (
    AddOption,
    Change,
    DuplicateOptionList,
    MakeOptionsTranslatable,
    MoveOption,
    RemoveOption,
    RemoveOptionList,
    RenameOptionList,
    SetOption,
    SetOptionKind,
)
from studio.definition.errors import DomainError, NotThere
from studio.definition.field_names import in_ascii
from studio.definition.option_lists import SLOTS, Row
from studio.definition.options import OptionValue
from studio.definition.options.tags import read_tags
from studio.definition.options.values import ValueKind, kind_of, read_value
from studio.definition.sentences import N_, Sentence
from studio.features.options.workplace import Workplace

Form = MultiDict[str, str]
_WORD: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Asked:
    """A change, the list that is shown after it ("": all lists), what is said, where the focus goes.

    `row` is the place of the only row that looks different; None where all may.
    """

    change: Change | None
    list_id: str
    say: Sentence | None = None
    focus: str = ""
    row: int | None = None


def asked(work: Workplace, form: Form) -> Asked:
    """What a form asks for. Raises DomainError."""
    make = _COMMANDS.get(form.get("do", ""))
    if make is None:
        raise DomainError(Sentence(N_("That is nothing that can be done here.")))
    return make(work, form)


def _row(work: Workplace, form: Form) -> Asked:
    """What stands in a row; `act` moves or removes it instead."""
    row, act = _found(work, form), form.get("act", "")
    if act == "remove":
        said = Sentence(N_("The option %(key)s was removed"), {"key": row.key})
        focus = f"option-{min(row.place, len(work.rows) - 2)}-value" if len(work.rows) > 1 else _new(work, -1)
        return Asked(RemoveOption(work.list_id, row.place, row.key), work.list_id, said, focus)
    if act in {"up", "down"}:
        to = max(0, min(len(work.rows) - 1, row.place + (1 if act == "down" else -1)))
        said = Sentence(N_("The option %(key)s is now number %(number)s"), {"key": row.key, "number": to + 1})
        at_end = to == (0 if act == "up" else len(work.rows) - 1)
        focus = f"option-{to}-{({'up': 'down', 'down': 'up'}[act]) if at_end else act}"
        return Asked(MoveOption(work.list_id, row.place, row.key, to), work.list_id, said, focus)
    written = _written(work, form)
    different: dict[str, Any] = {
        slot: texts
        for slot, texts in written.items()
        if any(row.said[slot].text(lang) != text for lang, text in texts.items())
    }
    if "value" in form and form["value"] != row.key:
        kind = kind_of(row.value) if work.kind == "mixed" else work.kind
        different["value"] = read_value(form["value"], _kind(kind))
    if "tags" in form and (tags := read_tags(form["tags"])) != row.tags:
        different["tags"] = tags
    change = SetOption(work.list_id, row.place, row.key, different) if different else None
    return Asked(change, work.list_id, row=row.place)


def _found(work: Workplace, form: Form) -> Row:
    """The row that a form is about, also when an edit that is still on its way has changed its value."""
    place, key = _number(form.get("place", "")), form.get("key", "")
    if 0 <= place < len(work.rows) and work.rows[place].key in {key, form.get("value", key)}:
        return work.rows[place]
    named = [row for row in work.rows if row.key == key]
    if len(named) != 1:
        problem = N_("The option %(key)s is no longer in the list %(id)s.")
        raise NotThere(Sentence(problem, {"key": key, "id": work.list_id}))
    return named[0]


def _written(work: Workplace, form: Form) -> Mapping[str, Mapping[str, str]]:
    """Slot -> language -> text, of what the form has fields for."""
    # Browsers send line breaks as two letters; files have one.
    found = {
        slot: {
            language: form[name].replace("\r\n", "\n")
            for language in work.languages
            if (name := f"{slot}.{language}") in form
        }
        for slot in SLOTS
    }
    return {slot: texts for slot, texts in found.items() if texts}


def _add(work: Workplace, form: Form) -> Asked:
    written = _written(work, form)
    label = next((text for text in written.get("label", {}).values() if text.strip()), "")
    if not label:
        raise DomainError(Sentence(N_("Write what people see: the label.")))
    given = form.get("value", "").strip()
    value = read_value(given, _kind(work.kind)) if given else _next_value(work, label)
    if given and any(row.key == given for row in work.rows):
        raise DomainError(Sentence(N_("There is already an option with the value %(key)s."), {"key": given}))
    tags = {"tags": read_tags(form["tags"])} if form.get("tags", "").strip() else {}
    change = AddOption(work.list_id, len(work.rows), {"value": value, **written, **tags})
    said = Sentence(N_("The option %(label)s was added"), {"label": label})
    field = "value" if given else f"label-{work.languages[0]}"
    return Asked(change, work.list_id, said, _new(work, 1, field))


def _next_value(work: Workplace, label: str) -> OptionValue:
    """A value that no other option has: the next number, or what the label says."""
    taken = {row.key for row in work.rows}
    if work.kind == "number":
        numbers = [row.value for row in work.rows if isinstance(row.value, int)]
        return max(numbers, default=0) + 1
    if work.kind == "boolean":
        free = next((each for each in ("true", "false") if each not in taken), None)
        if free is None:
            raise DomainError(Sentence(N_("A list of yes and no has no more than these two.")))
        return free == "true"
    words = [in_ascii(word).lower() for word in _WORD.findall(label)]
    stem = "-".join(word for word in words if word)[:40] or "option"
    names = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
    return next(name for name in names if name not in taken)


def _kind(kind: str | None) -> ValueKind:
    return "number" if kind == "number" else "boolean" if kind == "boolean" else "text"


def _set_kind(work: Workplace, form: Form) -> Asked:
    said = Sentence(N_("The values have another type now"))
    return Asked(SetOptionKind(work.list_id, form.get("kind", "")), work.list_id, said)


def _translatable(work: Workplace, _form: Form) -> Asked:
    said = Sentence(N_("All labels are texts now, and can be translated"))
    return Asked(MakeOptionsTranslatable(work.list_id), work.list_id, said)


def _rename(work: Workplace, form: Form) -> Asked:
    to = form.get("to", "").strip()
    return Asked(RenameOptionList(work.list_id, to) if to != work.list_id else None, to)


def _duplicate(work: Workplace, form: Form) -> Asked:
    to = form.get("to", "").strip()
    return Asked(DuplicateOptionList(work.list_id, to), to)


def _remove(work: Workplace, _form: Form) -> Asked:
    return Asked(RemoveOptionList(work.list_id), "")


def _new(work: Workplace, more: int, field: str = "value") -> str:
    """The id of a field of the row that waits for a new option, when there are so many more."""
    return f"new-{len(work.rows) + more}-{field}"


def _number(given: str) -> int:
    return int(given) if given.isdecimal() and len(given) < 8 else -1


_COMMANDS: Final[Mapping[str, Callable[[Workplace, Form], Asked]]] = {
    "row": _row,
    "add": _add,
    "kind": _set_kind,
    "translatable": _translatable,
    "rename": _rename,
    "duplicate": _duplicate,
    "remove": _remove,
}
