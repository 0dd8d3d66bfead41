"""Edits of what is inside the properties of a component: values, lists, kinds of objects, own names."""

from dataclasses import replace
from typing import Any

from studio.definition.app import Component
from studio.definition.changes import (
    MISSING,
    Change,
    Missing,
    MoveItem,
    RenameMember,
    SetProperty,
    composite,
)
from studio.definition.checks.declarations import deviation_sentence
from studio.definition.components import Deviation, ObjectShape, value_deviations
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.holding import moved_out
from studio.features.layouts.commands.place import Asked, Form, Place
from studio.features.layouts.commands.reading import SAME, read, read_rule
from studio.features.layouts.commands.starting import members_of, new_item, new_value
from studio.features.layouts.commands.writing import text_change
from studio.features.layouts.offers import Offers
from studio.features.layouts.parts import Part, Parts, escaped, is_holder

_LONGEST_NAME = 200


def set_part(place: Place, form: Form) -> Asked:
    """A value as the panel's form gives it; what equals the default is taken out of the file."""
    component, part = _at(place, form)
    how = form.get("kind", "")
    if how == "unset":
        return Asked(_taken_away(place, component, part), (component.id,))
    value = read_rule(part, form) if how == "rule" else read(part, form)
    if value is SAME:
        return Asked(None, (component.id,))
    if value is MISSING:
        change = _taken_away(place, component, part) if part.is_there else None
        return Asked(change, (component.id,))
    return Asked(_written(place, component, part, value), (component.id,))


def part_text(place: Place, form: Form) -> Asked:
    """A text inside a property, in the language that is being edited."""
    component, part = _at(place, form)
    if part.look != "text" or part.rule:
        raise _not_here(part.pointer)
    sent = form.get("value", "")
    if not sent.strip() and part.required and not part.text:
        return Asked(None, (component.id,))
    slot = ".".join(str(int(one) + 1) if one.isdecimal() else one for one in part.pointer.split("/")[1:])
    change = text_change(place, component, part.pointer, slot, part.value, sent)
    return Asked(change, (component.id,))


def part_make(place: Place, form: Form) -> Asked:
    """An object with everything it needs, or of another kind than it was; "" takes it away."""
    component, part = _at(place, form)
    offers, sent = _offers(place, component), form.get("value", "")
    if part.look == "object" and isinstance(part.shape, ObjectShape):
        made: Any = new_value(offers, part.shape, part.about)
        return _asked(component, _written(place, component, part, made), _first_inside(part))
    if part.look != "kinds":
        raise _not_here(part.pointer)
    if not sent:
        return Asked(_taken_away(place, component, part), (component.id,))
    number = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 4 else -1
    if not 0 <= number < len(part.kinds):
        raise DomainError(Sentence(N_("Choose one of the values in the list.")))
    if number == part.chosen and part.is_there:
        return Asked(None, (component.id,))
    shape = part.kinds[number].shape
    old = dict(part.value) if isinstance(part.value, dict) else {}
    made = members_of(offers, shape, old) if isinstance(shape, ObjectShape) else None
    changes = [moved_out(place, component, part), _written(place, component, part, made)]
    return _asked(component, _together(changes), part.element_id)


def part_add(place: Place, form: Form) -> Asked:
    """A new item at the end of a list."""
    component, part = _at(place, form)
    if part.look not in {"list", "table"} or is_holder(part.pointer):
        raise _not_here(part.pointer)
    item = new_item(_offers(place, component), part)
    items = part.value if isinstance(part.value, list) else None
    change = (
        _set(place, component, part.pointer, [item])
        if items is None
        else _set(place, component, f"{part.pointer}/-", item)
    )
    focus = f"{part.element_id}-{len(items or [])}"
    return _asked(component, change, focus, Sentence(N_("Added.")))


def part_move(place: Place, form: Form) -> Asked:
    """An item of a list one step up or down."""
    component, part = _at(place, form)
    holder = _holder(place, component, part)
    there = part.number - 2 if form.get("way") == "up" else part.number
    if not part.number or not 0 <= there < len(holder.inside):
        return Asked(None, (component.id,), Sentence(N_("It cannot be moved further that way.")))
    change = MoveItem(place.layout_set.id, place.page.name, component.id, part.pointer, there)
    way = "up" if form.get("way") == "up" else "down"
    return _asked(component, change, f"{holder.element_id}-{there}-{way}", Sentence(N_("Moved.")))


def part_remove(place: Place, form: Form) -> Asked:
    """An item of a list, or a member with a name of the app's own; components in it move out first."""
    component, part = _at(place, form)
    if not part.is_member:
        raise _not_here(part.pointer)
    holder = _holder(place, component, part)
    out = moved_out(place, component, part)
    if is_holder(holder.pointer):
        return _asked(component, out, f"{holder.element_id}-put")
    alone = len(holder.inside) == 1
    if alone and not holder.required and not holder.is_member:
        gone = _taken_away(place, component, holder)
    elif alone and part.key:
        gone = _set(place, component, holder.pointer, {})
    else:
        gone = _set(place, component, part.pointer, MISSING)
    words = N_("Removed. What was in it stands below.") if out else N_("Removed.")
    return _asked(component, _together([out, gone]), _beside(holder, part), Sentence(words))


def part_put(place: Place, form: Form) -> Asked:
    """A new member with a name of the app's own."""
    component, part = _at(place, form)
    name = _name(form.get("key", ""))
    if part.look != "map":
        raise _not_here(part.pointer)
    pointer = f"{part.pointer}/{escaped(name)}"
    _refuse_taken(part, name)
    shape = part.shape
    value = new_value(_offers(place, component), shape.value, part.about)  # type: ignore[union-attr]  # its look says so
    change = _set(place, component, pointer, value)
    return _asked(component, change, f"set{pointer.replace('/', '-')}", Sentence(N_("Added.")))


def part_key(place: Place, form: Form) -> Asked:
    """Another name for a member with a name of the app's own."""
    component, part = _at(place, form)
    name = _name(form.get("value", ""))
    if not part.key:
        raise _not_here(part.pointer)
    if name == part.key:
        return Asked(None, (component.id,))
    holder = _holder(place, component, part)
    _refuse_taken(holder, name)
    change = RenameMember(place.layout_set.id, place.page.name, component.id, part.pointer, name)
    return _asked(component, change, f"{holder.element_id}-{escaped(name)}-key")


def _at(place: Place, form: Form) -> tuple[Component, Part]:
    """The component and the part that a form names."""
    component, pointer = place.component(form.get("id", "")), form.get("pointer", "")
    kind = place.kind(component)
    part = Parts(_offers(place, component)).at(pointer) if kind is not None else None
    if part is None:
        raise _not_here(pointer)
    return component, part


def _offers(place: Place, component: Component) -> Offers:
    kind = place.kind(component)
    if kind is None:
        raise _not_here("")
    return Offers(place.app, place.layout_set, component, kind, place.language)


def _holder(place: Place, component: Component, part: Part) -> Part:
    """What the part is inside of."""
    holder = Parts(_offers(place, component)).at(part.pointer.rpartition("/")[0])
    if holder is None:
        raise _not_here(part.pointer)
    return holder


def _written(place: Place, component: Component, part: Part, value: Any) -> Change:
    """The change that writes a value, which has to be one that the part can hold.

    Members that nobody knows are let be: they may be meant for others.
    """
    if is_holder(part.pointer):
        raise _not_here(part.pointer)
    about = replace(part.about, shape=part.shape, expression_allowed=part.rule_allowed)
    _refuse(
        place,
        component,
        [each for each in value_deviations(about, value, part.pointer) if each.problem != "unknown"],
    )
    return _set(place, component, part.pointer, value)


def _taken_away(place: Place, component: Component, part: Part) -> Change | None:
    """The change that takes a value away, with the objects that only it has kept alive."""
    if part.required:
        _refuse(place, component, [Deviation("missing", part.pointer, part.about)])
    if not part.is_there:
        return None
    out = moved_out(place, component, part)
    here = part
    while here.pointer.count("/") > 1:
        holder = _holder(place, component, here)
        if not isinstance(holder.value, dict) or len(holder.value) > 1:
            break
        if holder.required or holder.is_member:
            return _together([out, _set(place, component, holder.pointer, {})])
        here = holder
    return _together([out, _set(place, component, here.pointer, MISSING)])


def _refuse(place: Place, component: Component, problems: list[Deviation]) -> None:
    kind = place.kind(component)
    if problems and kind is not None:
        raise DomainError(deviation_sentence(problems[0], component.id, kind))


def _name(sent: str) -> str:
    name = sent.strip()
    if not name or len(name) > _LONGEST_NAME or not name.isprintable():
        raise DomainError(Sentence(N_("Give it a name.")))
    return name


def _refuse_taken(holder: Part, name: str) -> None:
    if any(inner.key == name for inner in holder.inside):
        raise DomainError(Sentence(N_("There is one named %(name)s already."), {"name": name}))


def _first_inside(part: Part) -> str:
    shape = part.shape
    first = shape.properties[0].name if isinstance(shape, ObjectShape) and shape.properties else ""
    return f"{part.element_id}-{first}"


def _beside(holder: Part, part: Part) -> str:
    """What takes the focus when an item is gone: the one that has its place now, or the way to add one."""
    others = [inner for inner in holder.inside if inner.pointer != part.pointer]
    if part.number and others:
        return f"{holder.element_id}-{min(part.number - 1, len(others) - 1)}"
    return f"{holder.element_id}-put"


def _asked(component: Component, change: Change | None, focus: str, say: Sentence | None = None) -> Asked:
    return Asked(change, (component.id,), say, focus=focus)


def _together(changes: list[Change | None]) -> Change | None:
    wanted = [change for change in changes if change is not None]
    if len(wanted) < 2:
        return wanted[0] if wanted else None
    return composite(wanted)


def _set(place: Place, component: Component, pointer: str, value: Any | Missing) -> Change:
    return SetProperty(place.layout_set.id, place.page.name, component.id, pointer, value)


def _not_here(pointer: str) -> DomainError:
    return DomainError(Sentence(N_("This component has no property %(name)s."), {"name": pointer}))
