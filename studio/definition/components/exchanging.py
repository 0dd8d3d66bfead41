"""Which types a component can become, and what it keeps: read off the catalogue, for all types alike."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from studio.definition.components.catalogue import CATALOGUE
from studio.definition.components.conforming import value_deviations
from studio.definition.components.shapes import Generation
from studio.definition.components.types import BindingSlot, ComponentType
from studio.definition.sentences import Sentence


@dataclass(frozen=True, slots=True)
class BoundField:
    """What a component is bound to: the kind of the field (None: no such field), and whether it is a list."""

    kind: str | None
    repeating: bool = False


@dataclass(frozen=True)
class Exchange:
    """A component as another type: as it is written then, and the names of what it loses."""

    raw: Mapping[str, Any]
    lost: tuple[Sentence, ...]


def exchangeable(
    kind: ComponentType,
    bound: Mapping[str, BoundField],
    children: Collection[str],
    around: ComponentType | None,
) -> tuple[ComponentType, ...]:
    """The types that a component of this type can become, in the order of the palette.

    `bound` are its bindings that name a field, `children` the types of what is in it, `around` is the type
    of the component that it is in.
    """
    return tuple(
        other
        for other in CATALOGUE.values()
        if other is not kind
        and other.in_palette
        and _holds_the_same(kind, other, children)
        and (around is None or around.allowed_children is None or other.name in around.allowed_children)
        and (_keeps_the_same(kind, other, bound) if _is_bound(kind) else _says_the_same(kind, other))
        and _has_what_it_needs(kind, other)
    )


def exchanged(
    raw: Mapping[str, Any], kind: ComponentType, other: ComponentType, generation: Generation
) -> Exchange:
    """The component as `other`: the texts, bindings and properties that both know stay as they are written.

    Members that neither type knows stay too. What `other` cannot do without is there as in a new one.
    """
    made: dict[str, Any] = {}
    lost: list[Sentence] = []
    for name, value in raw.items():
        if name in {"textResourceBindings", "dataModelBindings"} and isinstance(value, Mapping):
            made[name] = _parts(name, value, kind, other, lost)
        elif name == "type":
            made[name] = other.name_in(generation)
        elif _stays(name, value, kind, other):
            made[name] = value
        else:
            found = kind.property(name)
            lost.append(found.label if found else Sentence("%(name)s", {"name": name}))
    if not made.get("textResourceBindings", True):
        del made["textResourceBindings"]
    if not made.get("dataModelBindings", True) and "dataModelBindings" not in other.required_names:
        del made["dataModelBindings"]
    for name, value in other.new(str(raw.get("id")), generation).items():
        if name not in made and (name in other.required_names or _are_needed_options(name, made)):
            made[name] = value
    return Exchange(made, tuple(lost))


def _is_bound(kind: ComponentType) -> bool:
    return kind.main_binding is not None or kind.stores_files


def _holds_the_same(kind: ComponentType, other: ComponentType, children: Collection[str]) -> bool:
    if kind.children_in not in {None, "children"} or kind.children_in != other.children_in:
        return False
    return other.allowed_children is None or other.allowed_children.issuperset(children)


def _keeps_the_same(kind: ComponentType, other: ComponentType, bound: Mapping[str, BoundField]) -> bool:
    """Whether the answer is kept in the same place. What is only kept beside it may be lost."""
    if kind.stores_files or other.stores_files:
        same = kind.stores_files == other.stores_files
        return same and all(_fits(other.binding(key), field) for key, field in bound.items())
    mine, its = kind.main_binding, other.main_binding
    if mine is None or its is None or mine.key != its.key or mine.repeating != its.repeating:
        return False
    others_need = {slot.key for slot in other.bindings if slot.required}
    if not others_need <= {slot.key for slot in kind.bindings} or not mine.kinds & its.kinds:
        return False
    # The rows that some types make of the answers have no other place.
    if "group" in bound and other.binding("group") is None:
        return False
    return mine.key not in bound or _fits(its, bound[mine.key])


def _fits(slot: BindingSlot | None, field: BoundField) -> bool:
    if slot is None:
        return False
    return field.kind is None or (field.kind in slot.kinds and field.repeating == slot.repeating)


def _says_the_same(kind: ComponentType, other: ComponentType) -> bool:
    """Whether two types that keep no answer are of one family, and the one says no other things."""
    mine, its = ({slot.key for slot in each.texts} for each in (kind, other))
    named = kind.main_text is not None and kind.main_text == other.main_text
    return named and kind.group == other.group and not _is_bound(other) and (mine <= its or its <= mine)


def _has_what_it_needs(kind: ComponentType, other: ComponentType) -> bool:
    """Whether nothing has to be made up that only a person can say."""
    return all(
        kind.property(found.name) is not None or bool(other.starts_with.get(found.name))
        for found in other.properties
        if found.required
    )


def _stays(name: str, value: Any, kind: ComponentType, other: ComponentType) -> bool:
    if name in {"id", "children"}:
        return True
    found = other.property(name)
    if found is None:
        return kind.property(name) is None
    return not any(each.problem != "unknown" for each in value_deviations(found, value, f"/{name}"))


def _parts(
    name: str, value: Mapping[str, Any], kind: ComponentType, other: ComponentType, lost: list[Sentence]
) -> dict[str, Any]:
    """The texts or bindings that the other type has as well."""
    is_text = name == "textResourceBindings"
    kept = {}
    for key, held in value.items():
        mine = kind.text(key) if is_text else kind.binding(key)
        its = other.text(key) if is_text else other.binding(key)
        if its is not None or (mine is None and (is_text or other.open_bindings)):
            kept[key] = held
        elif held:
            lost.append(mine.label if mine else Sentence("%(name)s", {"name": key}))
    return kept


def _are_needed_options(name: str, made: Mapping[str, Any]) -> bool:
    return name == "options" and "optionsId" not in made
