"""Edits that put fields somewhere: add, rename, move, copy, delete."""

import re
from collections.abc import Sequence
from typing import Final

from studio.definition.changes import (
    AddField,
    Change,
    DeleteNode,
    DuplicateField,
    MoveField,
    RenameNode,
    SetKeywords,
    composite,
)
from studio.definition.changes.data_models import consequences
from studio.definition.errors import DomainError
from studio.definition.field_names import field_name
from studio.definition.field_references import uses_of_field
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.commands.place import After, Asked, Form, Place, Question
from studio.features.data_models.outline import Item
from studio.features.data_models.wording import with_text

# What somebody writes who thinks of what the field asks for, not of a name for it.
_WORDS: Final = re.compile(r"\s")


def add_field(place: Place, form: Form) -> Asked:
    """A new field inside the chosen group, or behind the chosen field; its name is written next."""
    chosen = place.item(form.get("key", ""))
    parent, before = _place_for_new(place, chosen)
    written, taken = form.get("name", "").strip(), place.names_in(parent)
    name, title = _named(written, taken) if written else (field_name("", _free(place), taken), None)
    what = form.get("what", "string")
    change = AddField(place.data_type, parent.pointer, name, what, title, before)
    said = Sentence(N_("The field %(field)s was added."), {"field": name})
    return Asked(change, After(parent.key, name), said, begin=not written)


def _free(place: Place) -> str:
    return {"nb": "nyttFelt", "nn": "nyttFelt"}.get(place.language, "newField")


def _place_for_new(place: Place, chosen: Item) -> tuple[Item, str | None]:
    """The group to add to, and the name of the field to add before (None: at the end)."""
    if chosen.parent is None or place.holds(chosen):
        return chosen, None
    parent = chosen.parent
    names = place.names_in(parent)
    behind = names.index(chosen.name) + 1 if chosen.name in names else len(names)
    return parent, names[behind] if behind < len(names) else None


def _named(written: str, taken: Sequence[str]) -> tuple[str, str | None]:
    """(name, title) of what was written: words become the title, and a name is made of them."""
    if _WORDS.search(written):
        return field_name(written, "field", taken), written
    return written, None


def rename(place: Place, form: Form) -> Asked:
    """Another name for a field or a type; what uses it follows. Several words become its title as well."""
    item, written = place.item(form.get("key", "")), form.get("value", "").strip()
    if item.role not in {"field", "type"}:
        raise DomainError(Sentence(N_("Choose a field first.")))
    siblings = place.names_in(item.parent) if item.parent else tuple(t.name for t in place.outline.types)
    name, title = _named(written, [other for other in siblings if other != item.name])
    parent = item.parent.key if item.parent else ""
    if name == item.name:
        return Asked(None, After(item.key))
    renamed: Change = RenameNode(place.data_type, item.pointer, name)
    after = item.pointer.rpartition("/")[0] + "/" + name.replace("~", "~0").replace("/", "~1")
    if title and not item.node.schema.get("title"):
        words = with_text(item.node.schema, "title", place.language, title, is_main=place.is_main)
        changes = composite([renamed, SetKeywords(place.data_type, after, words)])
    else:
        changes = renamed
    question = _question(
        place, item, N_("%(field)s becomes %(name)s here too"), N_("Rename everywhere"), name
    )
    said = Sentence(N_("Renamed to %(name)s."), {"name": name})
    return Asked(changes, After(parent, name, (item.pointer, after)), said, question=question)


def _question(place: Place, item: Item, words: str, yes: str, name: str = "") -> Question | None:
    uses = uses_of_field(place.app, place.data_type, item.pointer)
    if not uses:
        return None
    return Question(Sentence(words, {"field": item.name, "name": name}), uses, Sentence(yes))


def move(place: Place, form: Form) -> Asked:
    """A field to where it was dropped: into `parent`, in front of the field `before` ("": the end)."""
    item, parent = place.field(form.get("key", "")), place.item(form.get("parent", ""))
    return _moved(place, item, parent, form.get("before", "") or None)


def _moved(place: Place, item: Item, parent: Item, before: str | None) -> Asked:
    if item.parent is None or parent.key == item.key or item in parent.above:
        raise DomainError(Sentence(N_("A field cannot be moved into itself.")))
    if not place.holds(parent):
        words = N_("The field %(field)s holds a value and no other fields.")
        raise DomainError(Sentence(words, {"field": parent.name or place.data_type}))
    stays = item.parent.pointer == parent.pointer
    question = (
        None if stays else _question(place, item, N_("%(field)s is moved here too"), N_("Move everywhere"))
    )
    holder = place.outline.places.holder(parent.pointer) or parent.pointer
    moved = (item.pointer, f"{holder}/properties/{item.pointer.rpartition('/')[2]}")
    change = MoveField(place.data_type, item.pointer, parent.pointer, before)
    said = Sentence(N_("Moved."))
    return Asked(change, After(parent.key, item.name, moved), said, question=question)


def step(place: Place, form: Form) -> Asked:
    """A field one step up or down, into the group above it, or out of its group."""
    item, way = place.field(form.get("key", "")), form.get("way", "")
    parent = item.parent
    if parent is None:
        raise DomainError(Sentence(N_("Choose a field first.")))
    names = place.names_in(parent)
    at = names.index(item.name)
    if way == "up" and at > 0:
        return _moved(place, item, parent, names[at - 1])
    if way == "down" and at < len(names) - 1:
        return _moved(place, item, parent, names[at + 2] if at + 2 < len(names) else None)
    if way == "out" and parent.parent is not None and parent.role == "field":
        outside = place.names_in(parent.parent)
        behind = outside.index(parent.name) + 1
        return _moved(place, item, parent.parent, outside[behind] if behind < len(outside) else None)
    if way == "in":
        above = [child for child in place.outline.children(parent) if child.name in names[:at]]
        if above and place.holds(above[-1]):
            return _moved(place, item, above[-1], None)
    raise DomainError(Sentence(N_("It cannot be moved further that way.")))


def duplicate(place: Place, form: Form) -> Asked:
    """The field once more, behind itself, under the next free name."""
    item = place.field(form.get("key", ""))
    parent = item.parent.key if item.parent else ""
    name = field_name("", item.name, place.names_in(item.parent) if item.parent else ())
    change = DuplicateField(place.data_type, item.pointer, name)
    return Asked(change, After(parent, name), Sentence(N_("Copied as %(name)s."), {"name": name}), begin=True)


def remove(place: Place, form: Form) -> Asked:
    """A field, type or alternative away, with everything inside; what loses its place is shown first."""
    item = place.item(form.get("key", ""))
    if item.role == "model":
        raise DomainError(Sentence(N_("Choose a field first.")))
    change = DeleteNode(place.data_type, item.pointer)
    uses = consequences(place.app, change)
    words = Sentence(N_("%(field)s is used. These places lose it:"), {"field": item.name})
    question = Question(words, uses, Sentence(N_("Delete")), harms=True) if uses else None
    said = Sentence(N_("Deleted. Undo brings it back."))
    return Asked(change, _neighbour(place, item), said, question=question)


def _neighbour(place: Place, item: Item) -> After:
    """What is chosen when an item is gone: the next one, else the one before, else what was around it."""
    if item.parent is None:
        return After(place.outline.root.key)
    names = place.names_in(item.parent)
    if item.role != "field" or len(names) < 2:
        return After(item.parent.key)
    at = names.index(item.name)
    return After(item.parent.key, names[at + 1] if at + 1 < len(names) else names[at - 1])
