"""Checks of what components are bound to: fields that exist, of the kind that the component keeps."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.components import BindingSlot, ComponentType, component_type
from studio.definition.components.types import ROWS
from studio.definition.data_model import Field
from studio.definition.findings import Finding, Place, Severity
from studio.definition.layouts import Binding, Component, LayoutSet, Page
from studio.definition.sentences import N_, Sentence

# What a slot takes: (rows, a list) -> words.
_WANTED: Final = {
    (True, True): N_("a repeating group"),
    (True, False): N_("a group"),
    (False, True): N_("a field that repeats"),
    (False, False): N_("a field for a single answer"),
}


@dataclass(frozen=True, slots=True)
class _Bound:
    """A component that is bound, and where it stands."""

    app: AppDefinition
    placing: Placing
    layout_set: LayoutSet
    page: Page
    component: Component
    kind: ComponentType | None

    @property
    def severity(self) -> Severity:
        """What is never shown, or only as a placeholder, writes nothing."""
        return "error" if self.kind and self.page.in_order else "warning"

    def place(self, key: str = "") -> Place:
        """The place of one binding, or of all."""
        return self.placing.component(self.page, self.component, f"/dataModelBindings/{key}".rstrip("/"))

    def field(self, binding: Binding) -> Field | None:
        """The field that a binding names."""
        model = self.app.model(binding.data_type or self.layout_set.data_type or "")
        return model.field(binding.field) if model else None


def check_bindings(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """The bindings of every component."""
    for layout_set in app.layout_sets:
        for page, component in layout_set.components():
            kind = component_type(component.type)
            bound = _Bound(app, placing, layout_set, page, component, kind)
            yield from _fields(bound)
            if kind is not None:
                yield from _unbound(bound, kind)
                yield from _too_many(bound, kind)


def _fields(bound: _Bound) -> Iterator[Finding]:
    for key, binding in bound.component.bindings.items():
        problem = _missing(bound, binding)
        slot = bound.kind.binding(key) if bound.kind else None
        if problem is not None:
            remedy = N_("Choose a field that exists, or make the field.")
            yield finding("missing-field", bound.severity, bound.place(key), problem, remedy)
        elif slot is not None:
            yield from _kind(bound, slot, key, binding)


def _missing(bound: _Bound, binding: Binding) -> Sentence | None:
    app, data_type = bound.app, binding.data_type or bound.layout_set.data_type
    if data_type is None or (binding.data_type is None and app.metadata.data_type(data_type) is None):
        return None  # the form as a whole lacks its data type, which is said once
    values = {"field": binding.field, "name": data_type}
    if app.metadata.data_type(data_type) is None:
        return Sentence(
            N_("The field %(field)s is to lie in the data type %(name)s, which does not exist."), values
        )
    model = app.model(data_type)
    if model is None or not model.fields or model.field(binding.field) is not None:
        return None
    return Sentence(N_("The data model %(name)s has no field %(field)s."), values)


def _kind(bound: _Bound, slot: BindingSlot, key: str, binding: Binding) -> Iterator[Finding]:
    """A group where a single answer is kept, or the other way round."""
    field = bound.field(binding)
    if field is None or field.kind == "any":
        return
    rows = slot.kinds == ROWS
    if (field.kind == "group") == rows and field.repeating >= slot.repeating:
        return
    values: dict[str, str | int | Sentence] = {
        "id": bound.component.called,
        "field": binding.field,
        "wanted": Sentence(_WANTED[rows, slot.repeating]),
    }
    sentence = Sentence(N_("%(id)s is bound to %(field)s, but needs %(wanted)s."), values)
    yield finding("wrong-field", "warning", bound.place(key), sentence, N_("Choose another field."))


def _too_many(bound: _Bound, kind: ComponentType) -> Iterator[Finding]:
    keys = [slot.key for slot in kind.bindings if slot.key in bound.component.bindings]
    if kind.one_binding and len(keys) > 1:
        sentence = Sentence(
            N_("%(id)s is bound in two ways, of which only one can hold."), {"id": bound.component.called}
        )
        place = bound.place(keys[-1])
        yield finding("two-bindings", "warning", place, sentence, N_("Take one of the bindings away."))


def _unbound(bound: _Bound, kind: ComponentType) -> Iterator[Finding]:
    component = bound.component
    needed = [slot for slot in kind.bindings if slot.required]
    missing = [slot for slot in needed if not any(component.binding(key) for key in slot.keys)]
    remedy = N_("Bind it to a field of the data model.")
    if component.bindings:
        for slot in missing:
            part: dict[str, str | int | Sentence] = {"id": bound.component.called, "slot": slot.label}
            sentence = Sentence(N_("%(id)s has no field for “%(slot)s”, so that would be lost."), part)
            yield finding("no-binding", bound.severity, bound.place(), sentence, remedy)
    elif missing or kind.needs_a_binding:
        sentence = Sentence(
            N_("%(id)s is bound to no field, so the answer would be lost."), {"id": bound.component.called}
        )
        yield finding("no-binding", bound.severity, bound.place(), sentence, remedy)
