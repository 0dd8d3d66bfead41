"""What an item of the library holds, the same for every kind: parts with a key, and what each says.

A part of a list is an option, of a set of texts a text, of a picture the picture itself. As JSON:

    {"title": "Counties", "codes": [{"value": "03", "label": {"nb": "Oslo"}, "tags": {"part": "east"}}],
     "published": {"by": "Dina", "at": "2026-11-26T10:00:00+00:00", "note": "..."}}
    {"title": "Addresses", "texts": {"visit.address": {"nb": "Besøksadresse", "en": "Visiting address"}}}
    {"title": "Coat of arms", "picture": {"name": "arms.svg", "content": "<base64>"}}

The shape of `codes` is that of the platform's own shared code lists.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, get_args

from studio.definition.app import AppDefinition
from studio.definition.errors import DomainError
from studio.definition.option_lists import SLOTS, rows
from studio.definition.options import Option, OptionValue
from studio.definition.options.tags import read_tags, tags_of, tags_text
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.status import source_language

Kind = Literal["lists", "texts", "images"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)

Cell = tuple[str, str]  # slot ("label"; "text" for texts), language
# The only cell of a picture: its fingerprint, in no language.
PICTURE: Final[Cell] = ("picture", "")
# The tags of an option as one line (options/tags.py), in no language.
TAGS: Final[Cell] = ("tags", "")


@dataclass(frozen=True, slots=True)
class Part:
    """One part. `value` is the value of an option, with its type; `cells` what is said.

    An empty text stands only in what an app is to become, for a text that goes away.
    """

    key: str
    value: OptionValue
    cells: Mapping[Cell, str] = field(default_factory=dict)

    def text(self, slot: str, language: str) -> str:
        """What it says; "" for nothing."""
        return self.cells.get((slot, language), "")

    @property
    def slots(self) -> dict[str, dict[str, str]]:
        """Slot -> language -> text, of what is said in languages."""
        found: dict[str, dict[str, str]] = {}
        for (slot, language), text in self.cells.items():
            if language:
                found.setdefault(slot, {})[language] = text
        return found

    @property
    def tags(self) -> dict[str, str]:
        """The tags of an option."""
        return read_tags(self.cells.get(TAGS, ""))


Content = tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Who published a version and when (ISO 8601), and what they said about it."""

    by: str = ""
    at: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """One version of an item, from 1. It is never altered."""

    kind: Kind
    id: str
    number: int
    title: str
    content: Content
    published: Published = Published()
    data: bytes = field(default=b"", repr=False)  # of a picture

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that it says something in, in the order of their first text."""
        return tuple(
            dict.fromkeys(language for part in self.content for _, language in part.cells if language)
        )


def read_content(kind: Kind, value: Any) -> Content:
    """The content in parsed JSON, whatever is in it."""
    if not isinstance(value, Mapping):
        return ()
    if kind == "lists":
        listed = value.get("codes")
        found = [_option(raw) for raw in (listed if isinstance(listed, list) else ())]
        return tuple({part.key: part for part in reversed(found) if part}.values())[::-1]
    if kind == "images":
        name, data = _picture(value)
        return picture_content(name, data) if name else ()
    texts = value.get("texts")
    return tuple(
        Part(key, key, _cells("text", said))
        for key, said in (texts.items() if isinstance(texts, Mapping) else ())
        if key
    )


def read_data(value: Any) -> bytes:
    """The bytes of a picture in parsed JSON; none where it holds none."""
    return _picture(value)[1]


def _picture(value: Any) -> tuple[str, bytes]:
    said = value.get("picture") if isinstance(value, Mapping) else None
    name, data = (said.get("name"), said.get("content")) if isinstance(said, Mapping) else ("", "")
    if not isinstance(name, str) or not isinstance(data, str):
        return "", b""
    try:
        return name, base64.b64decode(data, validate=True)
    except ValueError:
        return "", b""


def picture_content(name: str, data: bytes) -> Content:
    """A picture; `name` is that of its file."""
    return (Part(name, name, {PICTURE: hashlib.sha256(data).hexdigest()[:16]}),)


def written(kind: Kind, title: str, content: Content, published: Published, data: bytes = b"") -> bytes:
    """A version as its file holds it; `data` are the bytes of a picture."""
    made: dict[str, Any] = {"title": title}
    if kind == "images":
        made["picture"] = {"name": content[0].key, "content": base64.b64encode(data).decode()}
    elif kind == "lists":
        made["codes"] = [_code(part) for part in content]
    else:
        made["texts"] = {part.key: part.slots.get("text", {}) for part in content}
    made["published"] = {"by": published.by, "at": published.at, "note": published.note}
    return json.dumps(made, ensure_ascii=False, indent=2).encode(errors="replace") + b"\n"


def _code(part: Part) -> dict[str, Any]:
    return {"value": part.value, **part.slots, **({"tags": tags} if (tags := part.tags) else {})}


def fingerprint(content: Content) -> str:
    """What tells one content from another."""
    plain = [
        [part.key, part.value, sorted((*cell, text) for cell, text in part.cells.items())] for part in content
    ]
    return hashlib.sha256(json.dumps(plain).encode()).hexdigest()[:16]


def list_content(app: AppDefinition, option_id: str) -> Content:
    """A list of an app. Raises DomainError where an option is broken, or is there twice."""
    found: dict[str, Part] = {}
    for row in rows(app, option_id):
        if row.is_broken or row.key in found:
            problem = N_("Correct the list %(id)s first: an option is broken, or a value is there twice.")
            raise DomainError(Sentence(problem, {"id": option_id}))
        cells: dict[Cell, str] = {}
        for slot in SLOTS:
            cells.update(_cells(slot, row.said[slot].texts))
        cells.update(_tag_cells(row.tags))
        found[row.key] = Part(row.key, row.value, cells)
    return tuple(found.values())


def text_content(app: AppDefinition, keys: Sequence[str]) -> Content:
    """Texts of an app, those of the keys that it has."""
    said = {
        key: {
            ("text", language): found.value
            for language in app.languages
            if (found := app.texts(language).get(key)) is not None and found.value
        }
        for key in keys
    }
    known = {key for language in app.languages for key in app.texts(language).keys()}  # noqa: SIM118 - no dict
    return tuple(Part(key, key, cells) for key, cells in said.items() if key in known)


def suited(content: Content, app: AppDefinition) -> Content:
    """A content in the languages of an app. What is said in none of them is said in its first one anyhow."""
    source = source_language(app)
    languages = app.languages or (source,)
    return tuple(Part(part.key, part.value, dict(_suited(part, languages, source))) for part in content)


def _suited(part: Part, languages: Sequence[str], source: str) -> Iterator[tuple[Cell, str]]:
    if PICTURE in part.cells:
        yield PICTURE, part.cells[PICTURE]
        return
    if TAGS in part.cells:
        yield TAGS, part.cells[TAGS]
    for slot, texts in part.slots.items():
        known = {language: texts[language] for language in languages if language in texts}
        for language, text in ({source: next(iter(texts.values()))} | known).items():
            yield (slot, language), text


def _option(raw: Any) -> Part | None:
    value = raw.get("value") if isinstance(raw, Mapping) else []
    if isinstance(value, list | dict):
        return None
    cells: dict[Cell, str] = {}
    for slot in SLOTS:
        cells.update(_cells(slot, raw.get(slot)))
    cells.update(_tag_cells(tags_of(raw.get("tags"))))
    return Part(Option(value, "").key, value, cells)


def _tag_cells(tags: Mapping[str, str]) -> dict[Cell, str]:
    return {TAGS: tags_text(tags)} if tags else {}


def _cells(slot: str, said: Any) -> dict[Cell, str]:
    return {
        (slot, language): text
        for language, text in (said.items() if isinstance(said, Mapping) else ())
        if isinstance(text, str) and text
    }
