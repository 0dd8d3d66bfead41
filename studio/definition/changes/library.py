"""Changes that bring an item of the organisation's library into an app, and say what the app follows."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.option_rows import TakeOptions
from studio.definition.changes.options import SetOptions, refuse_bad_name
from studio.definition.changes.taken_records import forget, record
from studio.definition.changes.texts import RemoveTexts, SetTranslations
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.library import LATEST, Content, Kind, Taken, taken_items
from studio.definition.library.taken import read_taken
from studio.definition.option_lists import rows, uses_of_list
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class TakeShared(Change):
    """A version of a shared item comes into the app by `changes`, and the app says that it has it.

    `entry`: {"key": "lists/counties", "title": ..., and what `Taken.to_json` gives}.
    """

    kind: ClassVar[str] = "take_shared"
    entry: Mapping[str, Any]
    changes: tuple[Change, ...] = ()

    def edit(self, copy: WorkingCopy) -> None:
        key = str(self.entry.get("key", ""))
        taken = read_taken(key, self.entry)
        if taken is None:
            raise DomainError(Sentence(N_("The change %(kind)s is not complete."), {"kind": self.kind}))
        for change in self.changes:
            change.edit(copy)
        record(copy, taken)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values: dict[str, str | int | Sentence] = {
            "title": str(self.entry.get("title", "")),
            "version": str(self.entry.get("version", "")),
        }
        if not self.changes:
            return Sentence(N_("The app now follows version %(version)s of *%(title)s*"), values)
        return Sentence(N_("*%(title)s* was taken from the library (version %(version)s)"), values)


@register
@dataclass(frozen=True)
class FollowShared(Change):
    """The app holds on to the version that it has (`follows`: its number), or follows the newest (None)."""

    kind: ClassVar[str] = "follow_shared"
    key: str
    follows: int | None = None

    def edit(self, copy: WorkingCopy) -> None:
        record(copy, replace(_taken(copy.app, self.key), follows=self.follows or LATEST))

    def sentence(self, app: AppDefinition) -> Sentence:
        values: dict[str, str | int | Sentence] = {"name": _name(app, self.key), "version": self.follows or 0}
        if self.follows:
            return Sentence(N_("The app holds on to version %(version)s of %(name)s"), values)
        return Sentence(N_("The app follows the newest version of %(name)s"), values)


@register
@dataclass(frozen=True)
class LeaveShared(Change):
    """The app keeps what it has and no longer follows the library in it."""

    kind: ClassVar[str] = "leave_shared"
    key: str

    def edit(self, copy: WorkingCopy) -> None:
        taken = _taken(copy.app, self.key)
        forget(copy, taken.key)

    def sentence(self, app: AppDefinition) -> Sentence:
        return Sentence(
            N_("The app no longer follows %(name)s in the library"), {"name": _name(app, self.key)}
        )


@register
@dataclass(frozen=True)
class UseList(Change):
    """What uses the list `option_id`, which may lie elsewhere, uses the app's list `to` instead."""

    kind: ClassVar[str] = "use_list"
    option_id: str
    to: str

    def edit(self, copy: WorkingCopy) -> None:
        for place in uses_of_list(copy.app, self.option_id):
            if place.flow is None:
                copy.set(place.file, place.pointer, self.to)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"id": self.option_id, "to": self.to}
        return Sentence(N_("What used the list %(id)s now uses %(to)s"), values)


def list_changes(app: AppDefinition, option_id: str, content: Content) -> tuple[Change, ...]:
    """What makes a list of the app say `content`. Raises DomainError for a name that no list can have."""
    refuse_bad_name(option_id)
    options = tuple(
        {"value": part.value, **_with_gaps(app, option_id, part.key, part.slots), "tags": part.tags}
        for part in content
    )
    begun = () if option_id in app.option_ids else (SetOptions((), option_id),)
    return (*begun, TakeOptions(option_id, options, replace=True))


def text_changes(app: AppDefinition, before: Content, after: Content) -> tuple[Change, ...]:
    """What makes texts of the app that say `before` say `after`."""
    languages = dict.fromkeys(language for part in after for _, language in part.cells)
    written = {
        language: {
            part.key: {"value": part.text("text", language)}
            for part in after
            if ("text", language) in part.cells
        }
        for language in languages
    }
    kept = {part.key for part in after}
    gone = tuple(part.key for part in before if part.key not in kept)
    made = tuple(SetTranslations(language, texts) for language, texts in written.items() if texts)
    known = {key for language in app.languages for key in app.texts(language).keys()}  # noqa: SIM118 - no dict
    gone = tuple(key for key in gone if key in known)
    return (*made, RemoveTexts(gone)) if gone else made


def entry(kind: Kind, item_id: str, title: str, taken: Taken) -> dict[str, Any]:
    """What `TakeShared` is to record."""
    return {"key": f"{kind}/{item_id}", "title": title, **taken.to_json()}


def _with_gaps(
    app: AppDefinition, option_id: str, key: str, slots: Mapping[str, Mapping[str, str]]
) -> Mapping[str, Mapping[str, str]]:
    """What an option is to say; slots that it has and is to lose are empty in every language."""
    row = next((each for each in rows(app, option_id) if each.key == key), None)
    gaps = {
        slot: dict.fromkeys(said.texts, "")
        for slot, said in (row.said.items() if row else ())
        if said.texts and slot not in slots
    }
    return {**slots, **gaps}


def _taken(app: AppDefinition, key: str) -> Taken:
    found = taken_items(app).get(key)
    if found is None:
        raise NotThere(Sentence(N_("The app does not follow %(name)s any more."), {"name": key}))
    return found


def _name(app: AppDefinition, key: str) -> str:
    found = taken_items(app).get(key)
    return found.name if found else key
