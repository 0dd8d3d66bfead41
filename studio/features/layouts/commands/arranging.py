"""Edits that put components somewhere: add, move, delete, duplicate, paste."""

from typing import Any

from studio.definition.changes import (
    AddComponent,
    DuplicateComponents,
    InsertComponents,
    MoveComponents,
    RemoveComponents,
)
from studio.definition.components import component_type
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import read_snippet
from studio.features.layouts.commands.place import (
    Asked,
    Form,
    Place,
    Spot,
    beside,
    end_of_page,
    spot_after,
    spot_before,
)
from studio.features.layouts.naming import component_id, is_component_id
from studio.features.layouts.offers import allowed_at


def add(place: Place, form: Form) -> Asked:
    """A new component where it was dropped, or behind the chosen one.

    `name` is the id that the browser already shows it with; it counts where it is free.
    """
    kind = component_type(form.get("type", ""))
    if kind is None:
        raise DomainError(
            Sentence(N_("There is no component type %(type)s."), {"type": form.get("type", "")})
        )
    chosen = form.getlist("selected")
    if "parent" in form:
        spot = spot_before(place, form.get("parent", "") or None, form.get("before", ""))
    elif chosen:
        spot = spot_after(place, chosen[-1])
    else:
        spot = end_of_page(place)
    _must_accept(place, spot, [kind.name])
    shown = form.get("name", "")
    is_free = is_component_id(shown) and shown not in place.all_ids
    name = shown if is_free else component_id(kind.name, place.all_ids)
    change = AddComponent(
        *_page(place), spot.parent, spot.index, kind.new(name, place.app.generation), spot.place
    )
    said = Sentence(N_("%(type)s was added."), {"type": kind.label})
    return Asked(change, (name,), said, begin=name if kind.main_text else "")


def move(place: Place, form: Form) -> Asked:
    """The chosen components to where they were dropped."""
    names = _names(place, form)
    spot = spot_before(place, form.get("parent", "") or None, form.get("before", ""), names)
    return _moved(place, names, spot, N_("Moved."))


def step(place: Place, form: Form) -> Asked:
    """The chosen components one step up, down, into the group beside or out of their own."""
    names = _names(place, form)
    spot = _stepped(place, names, form.get("way", ""))
    if spot is None:
        return Asked(None, names, Sentence(N_("It cannot be moved further that way.")))
    return _moved(place, names, spot, N_("Moved."))


def remove(place: Place, form: Form) -> Asked:
    """The chosen components and what is inside them."""
    names = _names(place, form)
    said = Sentence(N_("Deleted. Undo brings it back."))
    return Asked(RemoveComponents(*_page(place), names), (), said)


def duplicate(place: Place, form: Form) -> Asked:
    """The chosen components once more, behind the last of them."""
    names = _names(place, form)
    return Asked(DuplicateComponents(*_page(place), names), (), Sentence(N_("Duplicated.")))


def paste(place: Place, form: Form) -> Asked:
    """What the clipboard holds, behind the chosen component; texts that this app lacks come along."""
    snippet = read_snippet(form.get("clipboard", ""))
    spot = spot_after(place, form.get("after", ""))
    types = [str(raw.get("type")) for raw in snippet.components if "type" in raw]
    if spot.parent and not _accepts(place, spot.parent, types):
        spot = beside(place, place.component(spot.parent), 1)
    where = (*_page(place), spot.parent, spot.index)
    pasted = InsertComponents.of(snippet, *where, create_fields=False)
    return Asked(pasted, (), Sentence(N_("Pasted.")))


def _names(place: Place, form: Form) -> tuple[str, ...]:
    """The chosen ids, in page order, without those inside another chosen one."""
    chosen = place.components(form.getlist("ids"))
    names = {component.id for component in chosen}
    return tuple(
        component.id for component in chosen if not names.intersection(_around(place, component.parent_id))
    )


def _around(place: Place, name: str | None) -> list[str]:
    around: list[str] = []
    while name and name in place.by_id and name not in around:
        around.append(name)
        name = place.by_id[name].parent_id
    return around


def _stepped(place: Place, names: tuple[str, ...], way: str) -> Spot | None:
    first = place.component(names[0])
    siblings = place.inside(first.parent_id)
    order = [other.id for other in siblings if other.id not in names]
    at = sum(1 for other in siblings[: _index(siblings, first.id)] if other.id not in names)
    if way == "up":
        return Spot(first.parent_id, at - 1) if at else None
    if way == "down":
        return Spot(first.parent_id, at + 1) if at < len(order) else None
    if way == "out":
        return beside(place, place.component(first.parent_id), 1) if first.parent_id else None
    types = [place.component(name).type for name in names]
    if at and _accepts(place, order[at - 1], types):
        return Spot(order[at - 1], len(place.inside(order[at - 1])))
    return Spot(order[at], 0) if at < len(order) and _accepts(place, order[at], types) else None


def _index(siblings: tuple[Any, ...], name: str) -> int:
    return next(index for index, other in enumerate(siblings) if other.id == name)


def _moved(place: Place, names: tuple[str, ...], spot: Spot, said: str) -> Asked:
    if spot.parent in names or set(names) & set(_around(place, spot.parent)):
        raise DomainError(Sentence(N_("A group cannot be moved into itself.")))
    _must_accept(place, spot, [place.component(name).type for name in names])
    change = MoveComponents(*_page(place), names, place.page.name, spot.parent, spot.index, spot.place)
    return Asked(change, names, Sentence(said))


def _must_accept(place: Place, spot: Spot, types: list[str]) -> None:
    parent = spot.parent
    if parent and not _accepts(place, parent, types, spot.place):
        raise DomainError(
            Sentence(
                N_("The component %(component)s cannot hold components of this kind."), {"component": parent}
            )
        )


def _accepts(place: Place, parent: str, types: list[str], part: str = "") -> bool:
    kind = place.kind(place.component(parent))
    if kind is None or not (kind.container or part):
        return False
    allowed = allowed_at(kind, part)
    single = part and not part.endswith("/children")
    return not (single and len(types) > 1) and (allowed is None or all(name in allowed for name in types))


def _page(place: Place) -> tuple[str, str]:
    return place.layout_set.id, place.page.name
