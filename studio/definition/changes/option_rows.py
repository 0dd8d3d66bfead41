"""Changes of single options in a list: written, added, moved, removed, or many taken in from a table.

What an option is to say comes as {slot: {language: text}}; see option_texts for what becomes of it. `tags`,
where they are given, are all that it has from then on.
An option is named by its place and its value: an edit of a list that has changed meanwhile still finds it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.changes.change import MISSING, Change, register
from studio.definition.changes.option_texts import Members, Pen, forget_texts, keys_of, set_members
from studio.definition.changes.options import path_of
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.option_lists import SLOTS, key_at, raw_rows
from studio.definition.options import Option
from studio.definition.options.tags import tags_of
from studio.definition.options.values import kind_of
from studio.definition.sentences import N_, Sentence
from studio.definition.texts import member, spelled


@register
@dataclass(frozen=True)
class SetOption(Change):
    """An option gets another value or says something else. `written`: {"value"?, "label"?, ..., "tags"?}."""

    kind: ClassVar[str] = "set_option"
    option_id: str
    place: int
    key: str
    written: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        path_of(copy, self.option_id)
        place = _found(copy, self.option_id, self.place, self.key)
        raw = raw_rows(copy.app, self.option_id)[place]
        pen = Pen(copy, self.option_id)
        set_members(copy, self.option_id, {place: _members(pen, raw, self.written)})
        pen.write()

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"key": self.key, "id": self.option_id}
        return Sentence(N_("The option *%(key)s* in the list %(id)s was changed"), values)


@register
@dataclass(frozen=True)
class AddOption(Change):
    """A new option at a place of a list (the number of options: at the end)."""

    kind: ClassVar[str] = "add_option"
    option_id: str
    place: int
    written: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        path = path_of(copy, self.option_id)
        pen = Pen(copy, self.option_id)
        made = _made(pen, self.written)
        end = len(raw_rows(copy.app, self.option_id))
        copy.insert(path, "", max(0, min(self.place, end)), made)
        pen.write()

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"key": _as_key(self.written.get("value")), "id": self.option_id}
        return Sentence(N_("The option *%(key)s* was added to the list %(id)s"), values)


@register
@dataclass(frozen=True)
class RemoveOption(Change):
    """An option goes away, with its texts that nothing else uses."""

    kind: ClassVar[str] = "remove_option"
    option_id: str
    place: int
    key: str

    def edit(self, copy: WorkingCopy) -> None:
        path = path_of(copy, self.option_id)
        place = _found(copy, self.option_id, self.place, self.key)
        keys = keys_of(copy.app, [raw_rows(copy.app, self.option_id)[place]])
        copy.delete(path, f"/{place}")
        forget_texts(copy, keys)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"key": self.key, "id": self.option_id}
        return Sentence(N_("The option *%(key)s* was removed from the list %(id)s"), values)


@register
@dataclass(frozen=True)
class MoveOption(Change):
    """An option gets another place, `to` as counted without it."""

    kind: ClassVar[str] = "move_option"
    option_id: str
    place: int
    key: str
    to: int

    def edit(self, copy: WorkingCopy) -> None:
        path = path_of(copy, self.option_id)
        place = _found(copy, self.option_id, self.place, self.key)
        end = len(raw_rows(copy.app, self.option_id)) - 1
        to = max(0, min(self.to, end))
        if to != place:
            copy.move(path, f"/{place}", "", to)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"key": self.key, "id": self.option_id}
        return Sentence(N_("The option *%(key)s* in the list %(id)s was moved"), values)


@register
@dataclass(frozen=True)
class TakeOptions(Change):
    """The options of a table come into a list, each told from others by its value.

    Options that the list has already keep everything that the table does not name. With `replace` the list
    becomes the table: options that are not in it go, and it has the order of the table.
    """

    kind: ClassVar[str] = "take_options"
    option_id: str
    options: tuple[Mapping[str, Any], ...]
    replace: bool = False

    def edit(self, copy: WorkingCopy) -> None:
        path = path_of(copy, self.option_id)
        before, pen = raw_rows(copy.app, self.option_id), Pen(copy, self.option_id)
        places = {key_at(raw): place for place, raw in reversed(list(enumerate(before)))}
        wanted = {_as_key(given.get("value")): given for given in reversed(self.options)}
        order = dict.fromkeys(_as_key(given.get("value")) for given in self.options)
        altered = {
            places[key]: _members(pen, before[places[key]], _without_value(wanted[key]))
            for key in order
            if key in places
        }
        added = [_made(pen, wanted[key]) for key in order if key not in places]
        set_members(copy, self.option_id, altered)
        gone = [place for place in range(len(before)) if place not in altered] if self.replace else []
        lost = keys_of(copy.app, [before[place] for place in gone])
        if gone:
            copy.delete_elements(path, "", gone)
        if added:
            copy.insert_all(path, "", len(before) - len(gone), added)
        if self.replace:
            _arrange(copy, path, list(order))
        pen.write()
        forget_texts(copy, lost)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values: dict[str, str | int | Sentence] = {"count": len(self.options), "id": self.option_id}
        return Sentence(N_("%(count)s options were taken into the list %(id)s from a table"), values)


def _found(copy: WorkingCopy, option_id: str, place: int, key: str) -> int:
    """Where the option is now: at its place, or the only one with its value. Raises NotThere."""
    keys = [key_at(raw) for raw in raw_rows(copy.app, option_id)]
    if 0 <= place < len(keys) and keys[place] == key:
        return place
    if keys.count(key) == 1:
        return keys.index(key)
    problem = N_("The option %(key)s is no longer in the list %(id)s.")
    raise NotThere(Sentence(problem, {"key": key, "id": option_id}))


def _members(pen: Pen, raw: Any, written: Mapping[str, Any]) -> Members:
    if not isinstance(raw, dict):
        raise DomainError(Sentence(N_("This line is no option. Remove it, or correct it in the code view.")))
    found: dict[str, Any] = {}
    value = written.get("value", MISSING)
    if value is not MISSING and not json_text.same(member(raw, "value"), _checked(value)):
        found[spelled(raw, "value")] = value
    key = key_at(raw) if value is MISSING else _as_key(value)
    for slot, texts in _slots(written):
        found.update(pen.said_anew(key, raw, slot, texts))
    tags = _tags(written)
    if tags is not None and tags != tags_of(member(raw, "tags")):
        found[spelled(raw, "tags")] = tags or MISSING
    return found


def _tags(written: Mapping[str, Any]) -> dict[str, str] | None:
    """The tags that an option is to have; None where nothing is said of them."""
    given = written.get("tags")
    if given is None:
        return None
    if not isinstance(given, Mapping) or not all(isinstance(text, str) for text in given.values()):
        raise DomainError(Sentence(N_("The change %(kind)s is not complete."), {"kind": "tags"}))
    return {str(name): text for name, text in given.items()}


def _made(pen: Pen, written: Mapping[str, Any]) -> dict[str, Any]:
    if "value" not in written:
        raise DomainError(Sentence(N_("Every option needs a label and a value.")))
    value = _checked(written["value"])
    said = {slot: texts for slot, texts in _slots(written) if any(texts.values())}
    if "label" not in said:
        raise DomainError(Sentence(N_("Write what people see: the label.")))
    texts = {slot: pen.new_text(_as_key(value), slot, said[slot]) for slot in said}
    tags = _tags(written)
    return {"value": value, **texts, **({"tags": tags} if tags else {})}


def _slots(written: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, str]]]:
    for slot in SLOTS:
        texts = written.get(slot)
        if texts is None:
            continue
        if not isinstance(texts, Mapping) or not all(isinstance(text, str) for text in texts.values()):
            raise DomainError(Sentence(N_("The change %(kind)s is not complete."), {"kind": slot}))
        yield slot, texts


def _checked(value: Any) -> Any:
    if value is not None and kind_of(value) is None:
        raise DomainError(Sentence(N_("Every option needs a label and a value.")))
    return value


def _without_value(written: Mapping[str, Any]) -> Mapping[str, Any]:
    """An option that is known by its value keeps it, with its type."""
    return {name: given for name, given in written.items() if name != "value"}


def _as_key(value: Any) -> str:
    return Option(value, "").key if value is None or kind_of(value) else ""


def _arrange(copy: WorkingCopy, path: str, keys: list[str]) -> None:
    """Put the options into this order, each as it is written."""
    ranks = {key: rank for rank, key in enumerate(keys)}
    now = [key_at(raw) for raw in copy.app.json(path)]
    order = sorted(range(len(now)), key=lambda place: ranks.get(now[place], len(ranks)))
    if order == list(range(len(now))):
        return
    written = json_text.raw_elements(copy.read(path), "", order)
    copy.set(path, "", [])
    copy.insert_all(path, "", 0, written)
