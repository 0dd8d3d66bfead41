"""Changes of what an app says: texts, its name, and whole files."""

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, Final

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.translation_records import follow
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.naming import one_line
from studio.definition.sentences import N_, Sentence
from studio.definition.texts import member, spelled

_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(-[a-zA-Z]{2,4})?")


@register
@dataclass(frozen=True)
class SetText(Change):
    """A text in one language gets a value; None takes it away. A language without a file gets one."""

    kind: ClassVar[str] = "set_text"
    language: str
    key: str
    value: str | None

    def edit(self, copy: WorkingCopy) -> None:
        set_text(copy, self.language, self.key, self.value)

    def sentence(self, app: AppDefinition) -> Sentence:
        values: dict[str, str | int | Sentence] = {
            "key": self.key,
            "language": self.language,
            "text": one_line(self.value or ""),
        }
        if self.value is None:
            return Sentence(N_("The text %(key)s was removed (%(language)s)"), values)
        there = app.texts(self.language).get(self.key)
        if there is not None and one_line(there.value):
            values = {"before": one_line(there.value), "after": values["text"], "language": self.language}
            return Sentence(N_("The text *%(before)s* now reads *%(after)s* (%(language)s)"), values)
        if there is not None:
            return Sentence(N_("The text %(key)s now reads *%(text)s* (%(language)s)"), values)
        return Sentence(N_("The text *%(text)s* was added (%(language)s)"), values)


def set_text(copy: WorkingCopy, language: str, key: str, value: str | None) -> None:
    """Write, add or take away one text.

    Raises DomainError for a language code that is none, or an empty key.
    """
    if value is not None:
        set_texts(copy, language, {key: value})
        return
    _refuse_bad_language(language)
    resource = copy.app.texts(language).get(key)
    if resource is not None:
        follow(copy, language, {key: None})
        copy.delete(copy.app.paths.texts(language), resource.pointer)


def set_texts(copy: WorkingCopy, language: str, values: Mapping[str, str]) -> None:
    """Write or add texts; new ones come last. A language without a file gets one.

    Raises DomainError for a language code that is none, or an empty key.
    """
    _refuse_bad_language(language)
    if not all(key.strip() for key in values):
        raise DomainError(Sentence(N_("A text needs a key.")))
    follow(copy, language, values)
    path, texts = copy.app.paths.texts(language), copy.app.texts(language)
    known = {key: resource for key in values if (resource := texts.get(key)) is not None}
    listed = member(copy.app.json(path), "resources")
    places = {key: int(resource.pointer.rpartition("/")[2]) for key, resource in known.items()}
    edits = {
        place: partial(
            json_text.set_value, pointer=f"/resources/0/{spelled(listed[place], 'value')}", value=values[key]
        )
        for key, place in places.items()
        if known[key].value != values[key]
    }
    if edits:
        copy.edit_elements(path, "/resources", edits)
    added = [{"id": key, "value": value} for key, value in values.items() if key not in known]
    if added:
        _append(copy, path, language, added)


def _append(copy: WorkingCopy, path: str, language: str, added: Sequence[Mapping[str, Any]]) -> None:
    if not copy.exists(path):
        copy.write(path, b'{\n  "language": "%s",\n  "resources": []\n}\n' % language.encode())
    listed = (copy.app.json(path) or {}).get("resources")
    if not isinstance(listed, list):
        copy.set(path, "/resources", [])
        listed = []
    copy.insert_all(path, "/resources", len(listed), added)


def _refuse_bad_language(language: str) -> None:
    if not _LANGUAGE.fullmatch(language):
        raise DomainError(Sentence(N_("%(code)s is not the code of a language."), {"code": language}))


@register
@dataclass(frozen=True)
class SetAppTitle(Change):
    """The app's name in some languages; the text `appName` follows where the app has it."""

    kind: ClassVar[str] = "set_app_title"
    title: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        path = copy.app.paths.metadata
        copy.read(path)
        for language, title in self.title.items():
            if not _LANGUAGE.fullmatch(language) or not isinstance(title, str) or not title.strip():
                raise DomainError(Sentence(N_("The app needs a name in every language that is given.")))
            if not isinstance(copy.app.metadata.raw.get("title"), dict):
                copy.set(path, "/title", {})
            copy.set(path, f"/title/{language}", title)
            if "appName" in copy.app.texts(language):
                set_text(copy, language, "appName", title)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        first = next((str(title) for title in self.title.values()), "")
        return Sentence(N_("The app is now named *%(title)s*"), {"title": one_line(first)})


@register
@dataclass(frozen=True)
class SetFile(Change):
    """A whole file gets other content, or goes away (None).

    In JSON the content is text, or base64 where it is not UTF-8.
    """

    kind: ClassVar[str] = "set_file"
    path: str
    content: bytes | None

    def edit(self, copy: WorkingCopy) -> None:
        if self.content is None:
            copy.read(self.path)
        copy.write(self.path, self.content)

    def sentence(self, app: AppDefinition) -> Sentence:
        message = N_("The file %(path)s was changed")
        if self.content is None:
            message = N_("The file %(path)s was removed")
        elif self.path not in app.files:
            message = N_("The file %(path)s was added")
        return Sentence(message, {"path": self.path})

    def to_dict(self) -> dict[str, Any]:
        return {"kind": self.kind, "path": self.path, "content": as_json(self.content)}


def as_json(content: bytes | None) -> Any:
    """A file's content in JSON; `read_file_content` reads it."""
    if content is None:
        return None
    try:
        return content.decode()
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(content).decode()}


def composite(changes: Sequence[Change]) -> Change:
    """Several changes as one; a single one stays what it is."""
    return changes[0] if len(changes) == 1 else Composite(tuple(changes))


@register
@dataclass(frozen=True)
class Composite(Change):
    """Several changes as one: all of them or none, undone together."""

    kind: ClassVar[str] = "composite"
    changes: tuple[Change, ...]

    def edit(self, copy: WorkingCopy) -> None:
        for change in self.changes:
            change.edit(copy)

    def sentence(self, app: AppDefinition) -> Sentence:
        if not self.changes:
            return Sentence(N_("Nothing was changed"))
        first = self.changes[0].sentence(app)
        if len(self.changes) == 1:
            return first
        return Sentence(N_("%(first)s, and more"), {"first": first})
