"""What is wrong with an option list, for the app check and for the row that it is about."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition
from studio.definition.option_lists.rows import Row, raw_rows, rows, value_kind
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.status import source_language

# app-format.md 8: the platform refuses a list with any other member in it.
_MEMBERS: Final = frozenset({"value", "label", "description", "helptext", "tags"})


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. `place` is the row (from 0) that it is about; None: the whole list. `remedy` is a msgid."""

    code: str
    sentence: Sentence
    remedy: str
    place: int | None = None


def faults(app: AppDefinition, option_id: str) -> Iterator[Fault]:
    """Everything that is wrong with a list, apart from translations that are missing."""
    raw, listed = raw_rows(app, option_id), rows(app, option_id)
    values = {"list": option_id}
    if not listed:
        sentence = Sentence(N_("The option list %(list)s is empty."), values)
        yield Fault("empty-options", sentence, N_("Add options, or remove the list."))
    if value_kind(app, option_id) == "mixed":
        sentence = Sentence(N_("The option list %(list)s has values of several types."), values)
        yield Fault("mixed-option-values", sentence, N_("Give all values one type."))
    seen = Counter[str]()
    for row in listed:
        yield from _of_row(app, option_id, row, raw[row.place])
        if not row.is_broken:
            seen[row.key] += 1
            if seen[row.key] > 1:
                sentence = Sentence(N_("The value “%(value)s” is there twice."), {"value": row.key})
                yield Fault("repeated-option", sentence, N_("Give each option its own value."), row.place)


def _of_row(app: AppDefinition, option_id: str, row: Row, raw: Any) -> Iterator[Fault]:
    values: dict[str, str | int | Sentence] = {"list": option_id, "number": row.place + 1}
    if row.is_broken:
        sentence = Sentence(N_("Line %(number)s of the option list %(list)s is no option."), values)
        yield Fault("broken-option", sentence, N_("Remove it, or correct it in the code view."), row.place)
        return
    if "value" not in {name.casefold() for name in raw} or row.key == "":
        sentence = Sentence(N_("Option %(number)s in the list %(list)s has no value."), values)
        yield Fault("option-without-value", sentence, N_("Write what is to be stored."), row.place)
    if not row.said["label"].shown(source_language(app)).strip():
        sentence = Sentence(N_("Option %(number)s in the list %(list)s has no label."), values)
        yield Fault("option-without-label", sentence, N_("Write what people see."), row.place)
    strange = [name for name in raw if name.casefold() not in _MEMBERS]
    if strange:
        sentence = Sentence(N_("Options have no property %(name)s."), {"name": ", ".join(strange)})
        yield Fault("unknown-option-property", sentence, N_("Remove it in the code view."), row.place)
