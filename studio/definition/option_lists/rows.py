"""The rows of an option list, with what each says in every language of the app."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from studio.definition.app import AppDefinition
from studio.definition.options import Option, OptionValue
from studio.definition.options.tags import tags_of
from studio.definition.options.values import ValueKind, kind_of_all
from studio.definition.texts import Texts, member
from studio.definition.translation.status import source_language

Slot = Literal["label", "description", "helpText"]
SLOTS: Final[tuple[Slot, ...]] = ("label", "description", "helpText")


@dataclass(frozen=True, slots=True)
class Said:
    """What an option says in one slot: `written` is the key of a text, or the text itself, or nothing (None).

    `texts`: language -> text. What is no key is the same in all languages, and stands under the first one.
    """

    written: str | None
    is_key: bool
    texts: Mapping[str, str] = field(default_factory=dict)

    def text(self, language: str) -> str:
        """What stands in a language; "" where nothing does."""
        return self.texts.get(language, "")

    def shown(self, language: str) -> str:
        """What people see in a language."""
        return self.text(language) if language in self.texts else self.written or ""


@dataclass(frozen=True, slots=True)
class Row:
    """One option at its place (from 0) in the file. `key` is its value as text.

    A row that is no option at all is kept as it is: `is_broken`. `tags` is name -> text.
    """

    place: int
    value: OptionValue
    key: str
    said: Mapping[str, Said]
    is_broken: bool = False
    tags: Mapping[str, str] = field(default_factory=dict)


def raw_rows(app: AppDefinition, option_id: str) -> list[Any]:
    """The list as it is written, whatever is in it; empty where it is no list."""
    found = app.json(app.paths.options(option_id)) if option_id in app.option_ids else None
    return found if isinstance(found, list) else []


def rows(app: AppDefinition, option_id: str) -> tuple[Row, ...]:
    """Every row of a list, in order."""
    texts = texts_of(app)
    return tuple(_row(texts, place, raw) for place, raw in enumerate(raw_rows(app, option_id)))


def texts_of(app: AppDefinition) -> tuple[Texts, ...]:
    """The texts of all languages, the one that others are translated from first."""
    return tuple(app.texts(language) for language in app.languages) or (Texts(source_language(app)),)


def _row(texts: Sequence[Texts], place: int, raw: Any) -> Row:
    value = member(raw, "value")
    if not isinstance(raw, dict) or isinstance(value, dict | list):
        return Row(place, None, key_at(raw), {slot: Said(None, is_key=False) for slot in SLOTS}, True)
    said_there: dict[str, Said] = {slot: said(texts, raw, slot) for slot in SLOTS}
    return Row(place, value, key_at(raw), said_there, tags=tags_of(member(raw, "tags")))


def key_at(raw: Any) -> str:
    """The text that an option is told from others by; "" for what is no option."""
    value = member(raw, "value")
    return "" if not isinstance(raw, dict) or isinstance(value, dict | list) else Option(value, "").key


def said(texts: Sequence[Texts], raw: Any, slot: str) -> Said:
    """What an option says in one slot; `texts` as from `texts_of`."""
    written = member(raw, slot)
    if not isinstance(written, str):
        return Said(None, is_key=False)
    found = {one.language: text.value for one in texts if (text := one.get(written)) is not None}
    if found:
        return Said(written, is_key=True, texts=found)
    return Said(written, is_key=False, texts={texts[0].language: written} if written else {})


def value_kind(app: AppDefinition, option_id: str) -> ValueKind | Literal["mixed"] | None:
    """What the values of a list are."""
    return kind_of_all(member(raw, "value") for raw in raw_rows(app, option_id))
