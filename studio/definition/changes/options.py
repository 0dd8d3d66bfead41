"""Changes of option lists as a whole: their names, their values, and the choices of one component."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.data_models.conditions import set_in_condition
from studio.definition.changes.option_texts import Members, Pen, forget_texts, keys_of, set_members
from studio.definition.changes.properties import put_property, remove_property
from studio.definition.changes.taken_records import follow_name
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.naming import page_name
from studio.definition.option_lists import SLOTS, Said, key_at, raw_rows, said, texts_of, uses_of_list
from studio.definition.options.values import KINDS, kind_of, read_value
from studio.definition.sentences import N_, Sentence
from studio.definition.texts import member

_OPTION_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}")


@register
@dataclass(frozen=True)
class SetOptions(Change):
    """The choices of a component, or of an option list that is a file (`option_id`).

    None takes the list away.
    """

    kind: ClassVar[str] = "set_options"
    options: tuple[Mapping[str, Any], ...] | None
    option_id: str | None = None
    layout_set: str | None = None
    page: str | None = None
    component: str | None = None

    def edit(self, copy: WorkingCopy) -> None:
        value = None if self.options is None else [dict(option) for option in self.options]
        _refuse_bad_options(value or [])
        if self.option_id is not None:
            self._edit_file(copy, self.option_id, value)
            return
        if not (self.layout_set and self.page and self.component):
            raise DomainError(Sentence(N_("The change %(kind)s is not complete."), {"kind": self.kind}))
        page, component = copy.component(self.layout_set, self.page, self.component)
        if value is None:
            remove_property(copy, page.path, component, ["options"])
            return
        put_property(copy, page.path, component, ["options"], value)
        if "optionsId" in component.raw:
            # A component has either a list of its own or a shared one; the shared one would win.
            copy.delete(page.path, f"{component.pointer}/optionsId")

    @staticmethod
    def _edit_file(copy: WorkingCopy, option_id: str, value: list[dict[str, Any]] | None) -> None:
        refuse_bad_name(option_id)
        path = copy.app.paths.options(option_id)
        if value is None:
            copy.write(path, None)
            return
        if not copy.exists(path):
            copy.write(path, b"[]\n")
        copy.set(path, "", value)

    def sentence(self, app: AppDefinition) -> Sentence:
        if self.option_id is not None:
            message = N_("The option list %(id)s was changed")
            if self.options is None:
                message = N_("The option list %(id)s was removed")
            elif self.option_id not in app.option_ids:
                message = N_("The option list %(id)s was added")
            return Sentence(message, {"id": self.option_id})
        values = {"id": self.component or "", "page": page_name(app, self.page or "")}
        return Sentence(N_("The options of %(id)s on page *%(page)s* were changed"), values)


def _refuse_bad_options(options: list[dict[str, Any]]) -> None:
    for option in options:
        if not isinstance(option.get("label"), str) or isinstance(option.get("value", {}), dict | list):
            raise DomainError(Sentence(N_("Every option needs a label and a value.")))


@register
@dataclass(frozen=True)
class RenameOptionList(Change):
    """A list gets another name, also in every component and expression that uses it."""

    kind: ClassVar[str] = "rename_option_list"
    option_id: str
    to: str

    def edit(self, copy: WorkingCopy) -> None:
        data = copy.read(path_of(copy, self.option_id))
        refuse_taken_name(copy, self.to, beside=self.option_id)
        follow_uses(copy, self.option_id, self.to)
        copy.write(copy.app.paths.options(self.option_id), None)
        copy.write(copy.app.paths.options(self.to), data)
        follow_name(copy, "lists", self.option_id, self.to)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"id": self.option_id, "to": self.to}
        return Sentence(N_("The option list %(id)s is now called %(to)s"), values)


@register
@dataclass(frozen=True)
class DuplicateOptionList(Change):
    """A list once more under another name, with texts of its own."""

    kind: ClassVar[str] = "duplicate_option_list"
    option_id: str
    to: str

    def edit(self, copy: WorkingCopy) -> None:
        data = copy.read(path_of(copy, self.option_id))
        refuse_taken_name(copy, self.to)
        copy.write(copy.app.paths.options(self.to), data)
        _give_texts(copy, self.to, lambda each: each.is_key)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        values = {"id": self.option_id, "to": self.to}
        return Sentence(N_("The option list %(id)s was copied to %(to)s"), values)


@register
@dataclass(frozen=True)
class RemoveOptionList(Change):
    """A list goes away, with its texts that nothing else uses."""

    kind: ClassVar[str] = "remove_option_list"
    option_id: str

    def edit(self, copy: WorkingCopy) -> None:
        path = path_of(copy, self.option_id)
        keys = keys_of(copy.app, raw_rows(copy.app, self.option_id))
        copy.write(path, None)
        forget_texts(copy, keys)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The option list %(id)s was removed"), {"id": self.option_id})


@register
@dataclass(frozen=True)
class SetOptionKind(Change):
    """All values of a list become texts, numbers or yes/no (`to`: text, number, boolean)."""

    kind: ClassVar[str] = "set_option_kind"
    option_id: str
    to: str

    def edit(self, copy: WorkingCopy) -> None:
        path_of(copy, self.option_id)
        wanted = next((each for each in KINDS if each == self.to), None)
        if wanted is None:
            raise DomainError(Sentence(N_("%(kind)s is no kind of value."), {"kind": self.to}))
        altered = {
            place: {"value": read_value(key_at(raw), wanted)}
            for place, raw in enumerate(raw_rows(copy.app, self.option_id))
            if kind_of(member(raw, "value")) not in {None, wanted}
        }
        set_members(copy, self.option_id, altered)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The values of the option list %(id)s got another type"), {"id": self.option_id})


@register
@dataclass(frozen=True)
class MakeOptionsTranslatable(Change):
    """What is written out in a list becomes texts of the app, which can be translated."""

    kind: ClassVar[str] = "make_options_translatable"
    option_id: str

    def edit(self, copy: WorkingCopy) -> None:
        path_of(copy, self.option_id)
        _give_texts(copy, self.option_id, lambda each: bool(each.written) and not each.is_key)

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The option list %(id)s can now be translated"), {"id": self.option_id})


def _give_texts(copy: WorkingCopy, option_id: str, wanted: Callable[[Said], bool]) -> None:
    """What options say, where it is wanted, becomes new texts of the app."""
    pen, texts = Pen(copy, option_id), texts_of(copy.app)
    altered: dict[int, Members] = {}
    for place, raw in enumerate(raw_rows(copy.app, option_id)):
        found = {slot: said(texts, raw, slot) for slot in SLOTS}
        altered[place] = {
            slot: pen.new_text(key_at(raw), slot, each.texts) for slot, each in found.items() if wanted(each)
        }
    set_members(copy, option_id, altered)
    pen.write()


def path_of(copy: WorkingCopy, option_id: str) -> str:
    """The file of a list. Raises NotThere, and DomainError where it is broken or no list."""
    path = copy.app.paths.options(option_id)
    if option_id not in copy.app.option_ids:
        raise NotThere(Sentence(N_("There is no option list %(id)s any more."), {"id": option_id}))
    if not isinstance(copy.app.json(path), list):
        problem = N_("The file %(path)s is no list of options. Correct it in the code view.")
        raise DomainError(Sentence(problem, {"path": path}))
    return path


def follow_uses(copy: WorkingCopy, option_id: str, to: str) -> None:
    """Whatever names a list names it by its new name."""
    for place in uses_of_list(copy.app, option_id):
        if place.flow is not None:
            set_in_condition(copy, place.flow, place.pointer, to)
        else:
            copy.set(place.file, place.pointer, to)


def refuse_bad_name(option_id: str) -> None:
    """Raises DomainError for what cannot be the name of a list."""
    if not _OPTION_ID.fullmatch(option_id):
        problem = N_("%(id)s cannot be the name of an option list: use letters, digits, - and _.")
        raise DomainError(Sentence(problem, {"id": option_id}))


def refuse_taken_name(copy: WorkingCopy, option_id: str, beside: str = "") -> None:
    """Raises DomainError for a name that no new list can have; `beside` is the list that gives its own up."""
    refuse_bad_name(option_id)
    taken = {each.casefold() for each in copy.app.option_ids if each != beside}
    if option_id == beside or option_id.casefold() in taken:
        raise DomainError(Sentence(N_("There is already an option list %(id)s."), {"id": option_id}))
