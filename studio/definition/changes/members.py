"""Changes of what lies inside the properties of a component: the order of a list, a name in an object."""

from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition import wording
from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.components import noun_of
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.json_text.scanning import split_pointer
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class MoveItem(Change):
    """An item of a list in a component goes to another place of the list, as it is written.

    `pointer` is the item's, inside the component: "/tabs/1"; `index` its place once it is lifted out.
    """

    kind: ClassVar[str] = "move_item"
    layout_set: str
    page: str
    component: str
    pointer: str
    index: int

    def edit(self, copy: WorkingCopy) -> None:
        page, component = copy.component(self.layout_set, self.page, self.component)
        where, _, number = self.pointer.rpartition("/")
        items = value_at(component.raw, where)
        if not where or not isinstance(items, list) or not _is_place(number, len(items)):
            raise _nothing_at(self.pointer)
        if not 0 <= self.index < len(items):
            raise DomainError(Sentence(N_("The list has no place %(place)s."), {"place": str(self.index)}))
        if int(number) != self.index:
            whole = component.pointer + where
            copy.move(page.path, f"{whole}/{number}", whole, self.index)

    def sentence(self, app: AppDefinition) -> Sentence:
        what = noun_of(app, self.layout_set, self.component)
        where = self.pointer.rpartition("/")[0]
        return wording.property_sentence(what, page_name(app, self.page), where, [])


@register
@dataclass(frozen=True)
class RenameMember(Change):
    """A name of the app's own in an object in a component becomes another, in its place."""

    kind: ClassVar[str] = "rename_member"
    layout_set: str
    page: str
    component: str
    pointer: str
    name: str

    def edit(self, copy: WorkingCopy) -> None:
        page, component = copy.component(self.layout_set, self.page, self.component)
        parts = split_pointer(self.pointer)
        holder = value_at(component.raw, self.pointer.rpartition("/")[0])
        # The names of properties are the format's; only those inside one can be the app's own.
        if len(parts) < 2 or not isinstance(holder, dict) or parts[-1] not in holder:
            raise _nothing_at(self.pointer)
        copy.rename_key(page.path, component.pointer + self.pointer, self.name)

    def sentence(self, app: AppDefinition) -> Sentence:
        what = noun_of(app, self.layout_set, self.component)
        return wording.property_sentence(what, page_name(app, self.page), self.pointer, self.name)


def value_at(raw: Any, pointer: str) -> Any:
    """What stands at a place inside a component; None where there is nothing."""
    value = raw
    for part in split_pointer(pointer):
        if isinstance(value, list) and _is_place(part, len(value)):
            value = value[int(part)]
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
    return value


def _is_place(number: str, length: int) -> bool:
    return number.isascii() and number.isdecimal() and len(number) < 9 and int(number) < length


def _nothing_at(pointer: str) -> NotThere:
    return NotThere(Sentence(N_("There is nothing at %(pointer)s."), {"pointer": pointer}))
