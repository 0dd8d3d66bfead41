"""Changes of one component: its properties and what it is bound to."""

from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from studio.definition import wording
from studio.definition.app import AppDefinition
from studio.definition.changes.change import MISSING, Change, Missing, register
from studio.definition.changes.components import noun_of
from studio.definition.changes.data_models.growing import grow_in
from studio.definition.changes.file_types import follow_limits, stores_files
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.json_text.scanning import split_pointer
from studio.definition.layouts import Component
from studio.definition.naming import page_name
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.telling import property_told
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class SetProperty(Change):
    """One property of a component gets a value, or none (MISSING). `pointer` is inside it: "/grid/xs".

    Objects on the way that do not exist yet are made; those that become empty go away with the property.
    """

    kind: ClassVar[str] = "set_property"
    layout_set: str
    page: str
    component: str
    pointer: str
    value: Any | Missing = MISSING

    def edit(self, copy: WorkingCopy) -> None:
        page, component = copy.component(self.layout_set, self.page, self.component)
        parts = split_pointer(self.pointer)
        if not parts or not self.pointer.startswith("/"):
            raise DomainError(Sentence(N_("A property of the component has to be named.")))
        if parts == ["id"]:
            raise DomainError(Sentence(N_("An id is changed by renaming the component.")))
        if isinstance(self.value, Missing):
            remove_property(copy, page.path, component, parts)
        else:
            put_property(copy, page.path, component, parts, self.value)
            if stores_files(component.raw):
                _, changed = copy.component(self.layout_set, self.page, self.component)
                follow_limits(copy, changed.raw, parts[0])

    def sentence(self, app: AppDefinition) -> Sentence:
        what, where = noun_of(app, self.layout_set, self.component), page_name(app, self.page)
        value = None if isinstance(self.value, Missing) else self.value
        form = app.layout_set(self.layout_set)
        page = form.page(self.page) if form else None
        component = page.component(self.component) if page else None
        if form is None or page is None or component is None:
            return wording.property_sentence(what, where, self.pointer, value)
        # Where the property follows a rule, this in words.
        rule = property_told(Names(app, form), page, component, self.pointer, self.value)
        return rule or wording.property_sentence(what, where, self.pointer, value, component.type)


@register
@dataclass(frozen=True)
class BindComponent(Change):
    """A component keeps what is filled in in a field of a data model, or in none.

    `data_type` None: the layout set's own.
    """

    kind: ClassVar[str] = "bind_component"
    layout_set: str
    page: str
    component: str
    binding_key: str
    field: str | None
    data_type: str | None = None

    def edit(self, copy: WorkingCopy) -> None:
        page, component = copy.component(self.layout_set, self.page, self.component)
        parts = ["dataModelBindings", self.binding_key]
        if not self.field:
            remove_property(copy, page.path, component, parts)
            return
        value: Any = self.field
        if self.data_type and self.data_type != copy.layout_set(self.layout_set).data_type:
            value = {"dataType": self.data_type, "field": self.field}
        put_property(copy, page.path, component, parts, value)

    def sentence(self, app: AppDefinition) -> Sentence:
        what = noun_of(app, self.layout_set, self.component)
        pointer = f"/dataModelBindings/{self.binding_key}"
        return wording.property_sentence(what, page_name(app, self.page), pointer, self.field)


@register
@dataclass(frozen=True)
class CreateFieldAndBind(Change):
    """The data model gets a new field (its path, its kind), and the component is bound to it."""

    kind: ClassVar[str] = "create_field_and_bind"
    layout_set: str
    page: str
    component: str
    binding_key: str
    field: str
    field_kind: str = "string"
    data_type: str | None = None

    def edit(self, copy: WorkingCopy) -> None:
        data_type = self.data_type or copy.layout_set(self.layout_set).data_type
        if data_type is None:
            raise DomainError(Sentence(N_("The form has no data model that a field could be added to.")))
        grow_in(copy, data_type, self.field, self.field_kind)
        self._binding.edit(copy)

    @property
    def _binding(self) -> BindComponent:
        return BindComponent(
            self.layout_set, self.page, self.component, self.binding_key, self.field, self.data_type
        )

    def sentence(self, app: AppDefinition) -> Sentence:
        values: dict[str, str | int | Sentence] = {"field": self.field, "bound": self._binding.sentence(app)}
        return Sentence(N_("The field %(field)s was added to the data model. %(bound)s"), values)


class Editable(Protocol):
    """What takes edits of JSON files: a working copy, or a part of one."""

    def set(self, path: str, pointer: str, value: Any, /) -> None: ...

    def insert(self, path: str, pointer: str, index_or_key: int | str, value: Any, /) -> None: ...

    def delete(self, path: str, pointer: str, /) -> None: ...


def put_property(copy: Editable, path: str, component: Component, parts: list[str], value: Any) -> None:
    """Set a property, making what is missing on the way to it.

    Raises DomainError where something else is in the way.
    """
    held: Any = component.raw
    for depth, part in enumerate(parts):
        if not isinstance(held, dict | list):
            values = {"id": component.id, "name": "/".join(parts[:depth])}
            raise DomainError(Sentence(N_("%(name)s of %(id)s is a single value and has no parts."), values))
        known = part in held if isinstance(held, dict) else part.isdecimal() and int(part) < len(held)
        if not known and isinstance(held, list):
            if part not in ("-", str(len(held))):
                raise DomainError(Sentence(N_("The list has no place %(place)s."), {"place": part}))
            copy.insert(
                path, _pointer(component, parts[:depth]), len(held), _wrapped(parts[depth + 1 :], value)
            )
            return
        if not known:
            copy.set(path, _pointer(component, parts[: depth + 1]), _wrapped(parts[depth + 1 :], value))
            return
        held = held[part] if isinstance(held, dict) else held[int(part)]
    copy.set(path, _pointer(component, parts), value)


def remove_property(copy: Editable, path: str, component: Component, parts: list[str]) -> None:
    """Take a property away; nothing happens where it is not there.

    Objects that were made for it go too when empty.
    """
    held: Any = component.raw
    keep = 1
    for depth, part in enumerate(parts):
        if isinstance(held, dict) and part in held:
            # The innermost object with anything else in it, or a list, stays.
            keep = depth + 1 if len(held) > 1 or depth == 0 else keep
            held = held[part]
        elif isinstance(held, list) and part.isdecimal() and int(part) < len(held):
            keep = depth + 1
            held = held[int(part)]
        else:
            return
    copy.delete(path, _pointer(component, parts[:keep]))


def _wrapped(parts: list[str], value: Any) -> Any:
    for part in reversed(parts):
        value = {part: value}
    return value


def _pointer(component: Component, parts: list[str]) -> str:
    return component.pointer + "".join("/" + part.replace("~", "~0").replace("/", "~1") for part in parts)
