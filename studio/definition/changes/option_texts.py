"""Writing what options say: texts of the app under readable keys, or in place where no key stands."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import reduce
from itertools import count
from typing import Any, Final

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.changes.change import MISSING
from studio.definition.changes.content import set_texts
from studio.definition.changes.texts import RemoveTexts
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.field_names import in_ascii
from studio.definition.option_lists import SLOTS, said, texts_of
from studio.definition.text_references.mentioned import is_asked_for_by_runtime, mentioned_of
from studio.definition.texts import spelled
from studio.definition.translation.status import source_language

_OTHER: Final = re.compile(r"[^A-Za-z0-9_-]+")
_NAMES: Final = {"label": "", "description": ".description", "helpText": ".help"}
_LONGEST: Final = 60

# Member of an option -> its value, MISSING where it goes away.
Members = Mapping[str, Any]


class Pen:
    """Gathers the texts of one list until `write`: a file of texts is read once for all of them."""

    def __init__(self, copy: WorkingCopy, option_id: str) -> None:
        self._copy = copy
        self._option_id = option_id
        self._source = source_language(copy.app)
        self._known = texts_of(copy.app)
        self._taken = {key for language in copy.app.languages for key in copy.app.texts(language).keys()}  # noqa: SIM118 - no dict
        self._texts: defaultdict[str, dict[str, str]] = defaultdict(dict)
        self._emptied: list[str] = []

    def new_text(self, value: str, slot: str, texts: Mapping[str, str]) -> str:
        """The key of a new text of the option with this value: `colours.red`, `colours.red.help`."""
        name = _OTHER.sub("-", in_ascii(value)).strip("-")[:_LONGEST] or "option"
        stem = f"{self._option_id}.{name}{_NAMES[slot]}"
        keys = (stem if number == 1 else f"{stem}-{number}" for number in count(1))
        key = next(key for key in keys if key not in self._taken)
        self._taken.add(key)
        for language, text in texts.items():
            if text or language == self._source:
                self._texts[language][key] = text
        return key

    def said_anew(self, value: str, raw: Mapping[str, Any], slot: str, texts: Mapping[str, str]) -> Members:
        """What becomes of an option when it is to say `texts` (language -> text) in a slot.

        A text of the app is written where it stands. What is written out stays so, unless another language
        gets a text of its own. A description or help without any text goes away.
        """
        old = said(self._known, raw, slot)
        changed = {language: text for language, text in texts.items() if text != old.text(language)}
        if not changed:
            return {}
        after = {**old.texts, **changed}
        if not any(after.values()) and slot != "label":
            self._emptied += [old.written] if old.is_key and old.written else []
            return {spelled(raw, slot): MISSING} if old.written is not None else {}
        if old.is_key and old.written:
            for language, text in changed.items():
                self._texts[language][old.written] = text
            return {}
        if old.written and changed.keys() == {self._source}:
            return {spelled(raw, slot): changed[self._source]}
        return {spelled(raw, slot): self.new_text(value, slot, after)}

    def write(self) -> None:
        """Put the texts into their files; those that no option says any more go, if nothing else does."""
        for language, texts in self._texts.items():
            set_texts(self._copy, language, texts)
        forget_texts(self._copy, self._emptied)


def set_members(copy: WorkingCopy, option_id: str, altered: Mapping[int, Members]) -> None:
    """Write members of options, by the place of each in the list."""
    edits = {place: _edit(members) for place, members in altered.items() if members}
    if edits:
        copy.edit_elements(copy.app.paths.options(option_id), "", edits)


def _edit(members: Members) -> Callable[[bytes], bytes]:
    def put(data: bytes, member: tuple[str, Any]) -> bytes:
        pointer = "/0/" + member[0].replace("~", "~0").replace("/", "~1")
        if member[1] is MISSING:
            return json_text.delete(data, pointer)
        return json_text.set_value(data, pointer, member[1])

    return lambda data: reduce(put, members.items(), data)


def keys_of(app: AppDefinition, options: Iterable[Any]) -> list[str]:
    """The keys of the texts that options say."""
    texts = texts_of(app)
    found = (said(texts, raw, slot) for raw in options for slot in SLOTS)
    return [each.written for each in found if each.is_key and each.written]


def forget_texts(copy: WorkingCopy, keys: Iterable[str]) -> None:
    """Take away those of the texts that nothing mentions any more."""
    known = [key for key in dict.fromkeys(keys) if not is_asked_for_by_runtime(key)]
    needed = mentioned_of(copy.app, known)
    gone = [key for key in known if key not in needed]
    if gone:
        RemoveTexts(tuple(gone)).edit(copy)
