"""Edits of one component: its texts, id, properties and bindings."""

import json
from collections.abc import Mapping
from math import isfinite
from typing import Any, Final

from studio.definition.app import Component
from studio.definition.changes import (
    MISSING,
    BindComponent,
    Change,
    CreateFieldAndBind,
    RenameComponent,
    SetProperty,
    SetText,
    composite,
)
from studio.definition.changes.naming_ids import text_key
from studio.definition.checks.declarations import deviation_sentence
from studio.definition.components import Deviation, Property, value_deviations
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.place import Asked, Form, Place
from studio.features.layouts.fields import row_path
from studio.features.layouts.naming import is_component_id

_JSON_KINDS: Final = frozenset({"map", "object", "objects", "options"})


def text(place: Place, form: Form) -> Asked:
    """A text of a component in the language that is being edited; a new text gets a readable key."""
    component = place.component(form.get("id", ""))
    slot, value = form.get("slot", ""), form.get("value", "").strip().replace("\r\n", "\n")
    return Asked(text_change(place, component, slot, value), (component.id,))


def text_change(place: Place, component: Component, slot: str, value: str) -> Change | None:
    """The change that makes `slot` of the component say `value`; None where it does so already."""
    bound = component.raw.get("textResourceBindings")
    key = bound.get(slot) if isinstance(bound, Mapping) else None
    if isinstance(key, str) and key and is_text(place, key):
        return _set_text(place, key, value)
    if value == (key or ""):
        return None
    new = text_key(place.page.name, component.id, slot, _all_keys(place))
    return composite(
        [_set_text(place, new, value), _set(place, component, f"/textResourceBindings/{slot}", new)]
    )


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


def set_property(place: Place, form: Form) -> Asked:
    """A property as the panel's form gives it; what equals the default is taken out of the file."""
    component, pointer = place.component(form.get("id", "")), form.get("pointer", "")
    found = _property(place, component, pointer)
    value = MISSING if form.get("kind", "") == "unset" else _value(place, found, form)
    _refuse_what_does_not_fit(place, component, pointer, found, value)
    return Asked(_set(place, component, pointer, value), (component.id,))


def bind(place: Place, form: Form) -> Asked:
    """A binding to a field that the data model has; an empty one is taken away."""
    component, key, field = (
        place.component(form.get("id", "")),
        form.get("key", ""),
        form.get("field", "").strip(),
    )
    bound = component.binding(key)
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


def _property(place: Place, component: Component, pointer: str) -> Property:
    """The property that a pointer into a component names; raises where its type has none there."""
    kind = place.kind(component)
    names = [name.replace("~1", "/").replace("~0", "~") for name in pointer.split("/")[1:]]
    inside = kind.properties if kind else ()
    found: Property | None = None
    for name in names:
        found = next((candidate for candidate in inside if candidate.name == name), None)
        inside = found.properties if found else ()
    if found is None:
        raise DomainError(Sentence(N_("This component has no property %(name)s."), {"name": pointer}))
    return found


def _refuse_what_does_not_fit(
    place: Place, component: Component, pointer: str, found: Property, value: Any
) -> None:
    """What the property cannot hold is not written; members that nobody knows may be meant for others."""
    kind = place.kind(component)
    if value is MISSING:
        problems = (
            [Deviation("missing", pointer, found)] if found.required and pointer.count("/") == 1 else []
        )
    else:
        problems = [each for each in value_deviations(found, value, pointer) if each.problem != "unknown"]
    if problems and kind is not None:
        raise DomainError(deviation_sentence(problems[0], component.id, kind))


def _value(place: Place, found: Property, form: Form) -> Any:
    """The value in the form, as the file writes it; MISSING where it says no more than the default."""
    text_value = form.get("value", "").strip()
    default = found.default_in(place.app.generation)
    if found.kind == "boolean":
        chosen = text_value == "true"
        return MISSING if chosen == bool(default) else chosen
    if found.kind == "choices":
        return [choice for choice in form.getlist("value") if choice] or MISSING
    if not text_value:
        return MISSING
    if found.kind == "choice":
        return _choice(found, text_value)
    if found.kind in {"integer", "number"}:
        return _number(found, text_value)
    if found.kind in {"strings", "components"}:
        return [line.strip() for line in text_value.splitlines() if line.strip()] or MISSING
    return _json(found, text_value) if found.kind in _JSON_KINDS else text_value


def _choice(found: Property, text_value: str) -> Any:
    for choice in found.choices:
        if json.dumps(choice.value, ensure_ascii=False) == text_value:
            return choice.value
    raise DomainError(Sentence(N_("Choose one of the values in the list.")))


def _number(found: Property, text_value: str) -> int | float:
    try:
        number = int(text_value) if found.kind == "integer" else float(text_value.replace(",", "."))
    except ValueError:
        raise DomainError(Sentence(N_("Write a number."))) from None
    too_small = found.minimum is not None and number < found.minimum
    too_large = found.maximum is not None and number > found.maximum
    if not isfinite(number) or too_small or too_large:
        raise DomainError(Sentence(N_("The number is outside what is allowed.")))
    return int(number) if number == int(number) and abs(number) < 2**53 else number


def _json(found: Property, text_value: str) -> Any:
    try:
        value = json.loads(text_value)
        json.dumps(value, ensure_ascii=False, allow_nan=False).encode()  # what a file can hold
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise DomainError(Sentence(N_("This is not JSON: look at line %(line)s."), {"line": line})) from None
    wanted = list if found.kind in {"objects", "options"} else dict
    if not isinstance(value, wanted):
        raise DomainError(Sentence(N_("This is JSON of another kind than the property takes.")))
    return value


def _set_text(place: Place, key: str, value: str) -> Change:
    return SetText(place.language, key, value)


def _set(place: Place, component: Component, pointer: str, value: Any) -> Change:
    return SetProperty(place.layout_set.id, place.page.name, component.id, pointer, value)
