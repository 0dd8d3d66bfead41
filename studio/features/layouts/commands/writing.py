"""Edits of one component: its texts, id, properties and bindings."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from studio.definition.app import Component
from studio.definition.changes import (
    BindComponent,
    Change,
    CreateFieldAndBind,
    RenameComponent,
    SetProperty,
    SetText,
    composite,
)
from studio.definition.changes.naming_ids import text_key
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.place import Asked, Form, Place
from studio.features.layouts.fields import row_path
from studio.features.layouts.naming import is_component_id


def text(place: Place, form: Form) -> Asked:
    """A text of a component in the language that is being edited, or in the one that the form names.

    A new text gets a readable key.
    """
    place = replace(place, language=form.get("language") or place.language)
    component = place.component(form.get("id", ""))
    slot, value = form.get("slot", ""), form.get("value", "")
    bound = component.raw.get("textResourceBindings")
    key = bound.get(slot) if isinstance(bound, Mapping) else None
    pointer = f"/textResourceBindings/{slot}"
    return Asked(text_change(place, component, pointer, slot, key, value), (component.id,))


def text_change(
    place: Place, component: Component, pointer: str, slot: str, key: Any, value: str
) -> Change | None:
    """The change that makes what stands at `pointer` say `value`; None where it does so already.

    `key` is the text key or the text that stands there, `slot` what a new key is called after.
    """
    value = value.replace("\r\n", "\n")
    if isinstance(key, str) and key and is_text(place, key):
        found = place.app.texts(place.language).get(key)
        shown = found.value if found else ""
        return None if value in {shown, shown.strip()} else _set_text(place, key, value.strip())
    if value.strip() == (key or "").strip():
        return None
    new = text_key(place.page.name, component.id, slot, _all_keys(place))
    return composite([_set_text(place, new, value.strip()), _set(place, component, pointer, new)])


def rename(place: Place, form: Form) -> Asked:
    """A new id for a component; everything that uses it follows."""
    component, name = place.component(form.get("id", "")), form.get("value", "").strip()
    if name == component.id:
        return Asked(None, (name,))
    if not is_component_id(name):
        words = N_("An id has letters, digits and hyphens, and does not end in a hyphen and a number.")
        raise DomainError(Sentence(words))
    change = RenameComponent(place.layout_set.id, place.page.name, component.id, name)
    return Asked(change, (name,), Sentence(N_("Renamed.")))


def bind(place: Place, form: Form) -> Asked:
    """A binding to a field that the data model has; an empty one is taken away."""
    component, key, field = (
        place.component(form.get("id", "")),
        form.get("key", ""),
        form.get("field", "").strip(),
    )
    bound = component.binding(key)
    if bound is not None and field == bound.field:
        return Asked(None, (component.id,))
    data_type = (bound.data_type if bound else None) or place.layout_set.data_type
    model = place.app.model(data_type) if data_type else None
    if field and model is not None and model.field(field) is None:
        words = N_("The data model has no field %(field)s. Make it below, or choose another.")
        raise DomainError(Sentence(words, {"field": field}))
    change = BindComponent(place.layout_set.id, place.page.name, component.id, key, field or None, data_type)
    return Asked(change, (component.id,))


def create_field(place: Place, form: Form) -> Asked:
    """A new field in the data model, with the component bound to it."""
    component, field = place.component(form.get("id", "")), form.get("field", "").strip()
    row = row_path(place.layout_set, component)
    path = field if not row or field.startswith(f"{row}.") else f"{row}.{field}"
    change = CreateFieldAndBind(
        place.layout_set.id,
        place.page.name,
        component.id,
        form.get("key", ""),
        path,
        form.get("kind", "string"),
    )
    return Asked(change, (component.id,), Sentence(N_("The field %(field)s was made."), {"field": path}))


def is_text(place: Place, key: str) -> bool:
    """Whether the app has a text with this key in any language (else it is a literal)."""
    return any(key in place.app.texts(language) for language in place.app.languages)


def _all_keys(place: Place) -> frozenset[str]:
    return frozenset(key for language in place.app.languages for key in place.app.texts(language).keys())  # noqa: SIM118 - Texts is no mapping


def _set_text(place: Place, key: str, value: str) -> Change:
    return SetText(place.language, key, value)


def _set(place: Place, component: Component, pointer: str, value: Any) -> Change:
    return SetProperty(place.layout_set.id, place.page.name, component.id, pointer, value)
