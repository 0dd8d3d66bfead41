"""One property of many components at once, however many: the file is read and written once."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

from studio.definition import json_text, wording
from studio.definition.app import AppDefinition
from studio.definition.changes.change import MISSING, Change, Missing, register
from studio.definition.changes.file_types import stores_files
from studio.definition.changes.placing import LIST, place_of
from studio.definition.changes.properties import SetProperty, put_property, remove_property
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.json_text.scanning import split_pointer
from studio.definition.layouts import Component
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class SetPropertyOfMany(Change):
    """The same property of several components of a page gets the same value, or none (MISSING)."""

    kind: ClassVar[str] = "set_property_of_many"
    layout_set: str
    page: str
    ids: tuple[str, ...]
    pointer: str
    value: Any | Missing = MISSING

    def edit(self, copy: WorkingCopy) -> None:
        if not self.ids:
            raise DomainError(Sentence(N_("Choose a component first.")))
        found = [copy.component(self.layout_set, self.page, name) for name in dict.fromkeys(self.ids)]
        # The file that holds what is uploaded follows such a component, so these go their own way.
        alone = [component for _, component in found if stores_files(component.raw)]
        together = {place_of(one): partial(self._edited, one) for _, one in found if one not in alone}
        self._of(found[0][1]).edit(WorkingCopy(copy.app))  # refuses what cannot be a property
        if together:
            copy.edit_elements(found[0][0].path, LIST, together)
        for component in alone:
            self._of(component).edit(copy)

    def _edited(self, component: Component, document: bytes) -> bytes:
        """The document in which the component is alone, with its property set."""
        one = _Alone(document)
        here = replace(component, pointer=f"{LIST}/0")
        parts = split_pointer(self.pointer)
        if isinstance(self.value, Missing):
            remove_property(one, "", here, parts)
        else:
            put_property(one, "", here, parts, self.value)
        return one.data

    def _of(self, component: Component) -> SetProperty:
        return SetProperty(self.layout_set, self.page, component.id, self.pointer, self.value)

    def sentence(self, app: AppDefinition) -> Sentence:
        if len(self.ids) == 1:
            return SetProperty(self.layout_set, self.page, self.ids[0], self.pointer, self.value).sentence(
                app
            )
        what = Sentence(N_("%(count)s components"), {"count": len(self.ids)})
        value = None if isinstance(self.value, Missing) else self.value
        form = app.layout_set(self.layout_set)
        first = form.find(self.ids[0]) if form and self.ids else None
        kind = first[1].type if first else ""
        return wording.property_sentence(what, page_name(app, self.page), self.pointer, value, kind)


class _Alone:
    """A document that is edited in memory, with the words of a working copy."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def set(self, _path: str, pointer: str, value: Any) -> None:
        self._edit(lambda data: json_text.set_value(data, pointer, value))

    def insert(self, _path: str, pointer: str, index_or_key: int | str, value: Any) -> None:
        self._edit(lambda data: json_text.insert(data, pointer, index_or_key, value))

    def delete(self, _path: str, pointer: str) -> None:
        self._edit(lambda data: json_text.delete(data, pointer))

    def _edit(self, edited: Callable[[bytes], bytes]) -> None:
        self.data = edited(self.data)
