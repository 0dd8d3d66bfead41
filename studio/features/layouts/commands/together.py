"""Edits of several components together: a shared property, a group around them, another type."""

import json
from typing import Any

from werkzeug.datastructures import MultiDict

from studio.definition.changes import (
    MISSING,
    Change,
    ExchangeType,
    GroupComponents,
    SetProperty,
    SetPropertyOfMany,
    UngroupComponents,
    composite,
)
from studio.definition.components import component_type
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands import shaping
from studio.features.layouts.commands.place import Asked, Form, Place
from studio.features.layouts.naming import component_id
from studio.features.layouts.selecting import common_rows, containers_for


def set_many(place: Place, form: Form) -> Asked:
    """One property of all chosen components; what equals the default of a type is taken out of its file."""
    ids = tuple(component.id for component in place.components(form.getlist("ids")))
    changes: list[Change] = []
    for name in ids:
        one = MultiDict(form)
        one.setlist("id", [name])
        found = shaping.set_part(place, one).change
        changes += [found] if found is not None else []
    said = Sentence(N_("Changed: %(count)s"), {"count": len(ids)})
    return Asked(composite(_together(changes)) if changes else None, ids, said)


def _together(changes: list[Change]) -> list[Change]:
    """Changes of one property each as one change for each value."""
    alike: dict[tuple[str, str], list[SetProperty]] = {}
    others: list[Change] = []
    for change in changes:
        if isinstance(change, SetProperty):
            alike.setdefault((change.pointer, _key(change.value)), []).append(change)
        else:
            others.append(change)
    made = [
        SetPropertyOfMany(
            group[0].layout_set,
            group[0].page,
            tuple(change.component for change in group),
            pointer,
            group[0].value,
        )
        for (pointer, _), group in alike.items()
    ]
    return [*made, *others]


def _key(value: Any) -> str:
    return "" if value is MISSING else json.dumps(value)


def group(place: Place, form: Form) -> Asked:
    """A new container around the chosen components."""
    chosen = place.components(form.getlist("ids"))
    rows = common_rows(place.app, place.layout_set, chosen)
    kind = component_type(form.get("type", ""))
    if kind is None or kind not in tuple(containers_for(place.page, chosen, rows)):
        raise DomainError(Sentence(N_("These components cannot be put into a group of this kind.")))
    name = component_id(kind.name, place.all_ids)
    container = kind.new(name, place.app.generation)
    if kind.main_binding is not None:
        container["dataModelBindings"] = {kind.main_binding.key: rows}
    if kind.children_in in {"tabs", "cards"}:
        container[kind.children_in] = container[kind.children_in][:1]
    ids = tuple(component.id for component in chosen)
    change = GroupComponents(place.layout_set.id, place.page.name, ids, container)
    said = Sentence(N_("Put together in: %(type)s"), {"type": kind.label})
    return Asked(change, (name,), said, begin=name if kind.main_text else "")


def ungroup(place: Place, form: Form) -> Asked:
    """The chosen containers go away; what they held is chosen."""
    chosen = place.components(form.getlist("ids"))
    inside = tuple(child.id for component in chosen for child in component.children)
    ids = tuple(component.id for component in chosen)
    for component in chosen:
        _must_take(place, component.parent_id, {child.type for child in component.children})
    change = UngroupComponents(place.layout_set.id, place.page.name, ids)
    return Asked(change, inside, Sentence(N_("The group was dissolved.")))


def _must_take(place: Place, parent: str | None, types: set[str]) -> None:
    kind = place.kind(place.component(parent)) if parent else None
    if kind is not None and kind.allowed_children is not None and not kind.allowed_children >= types:
        message = N_("The component %(component)s cannot hold components of this kind.")
        raise DomainError(Sentence(message, {"component": parent or ""}))


def exchange(place: Place, form: Form) -> Asked:
    """The chosen components as another type."""
    ids = tuple(component.id for component in place.components(form.getlist("ids")))
    kind = component_type(form.get("type", ""))
    label: str | Sentence = kind.label if kind else form.get("type", "")
    change = ExchangeType(place.layout_set.id, place.page.name, ids, form.get("type", ""))
    return Asked(change, ids, Sentence(N_("Turned into: %(type)s"), {"type": label}))
