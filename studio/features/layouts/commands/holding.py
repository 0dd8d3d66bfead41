"""Edits of which components stand in a part of a component: in a tab, on a card, in a cell."""

from typing import Final

from studio.definition.app import Component
from studio.definition.changes import MISSING, Change, MoveComponents, SetProperty, composite
from studio.definition.errors import DomainError
from studio.definition.layouts import claims
from studio.definition.sentences import N_, Sentence
from studio.features.layouts.commands.place import Asked, Form, Place
from studio.features.layouts.offers import Offers
from studio.features.layouts.parts import Part, Parts, is_holder

_MOST_COLUMNS: Final = 50


def part_hold(place: Place, form: Form) -> Asked:
    """A component of the page into a part of this one; "" takes out what is there."""
    component, pointer = place.component(form.get("id", "")), form.get("pointer", "")
    name, kind = form.get("value", ""), place.kind(component)
    if kind is None or not is_holder(pointer):
        raise DomainError(Sentence(N_("This component has no property %(name)s."), {"name": pointer}))
    focus = f"set{pointer.replace('/', '-')}-put"
    held = [claim.id for claim in claims(component.raw) if claim.pointer == pointer]
    single = not pointer.endswith("/children")
    if name in held and single:
        return Asked(None, (component.id,))
    out = _out(place, component, held) if single else None
    if not name:
        return Asked(out, (component.id,), focus=focus)
    offers = Offers(place.app, place.layout_set, component, kind, place.language)
    if name not in {offer.value for offer in offers.holdable_in(pointer)}:
        raise DomainError(
            Sentence(
                N_("The component %(component)s cannot hold components of this kind."),
                {"component": component.id},
            )
        )
    into = MoveComponents(*_page(place), (name,), place.page.name, component.id, 10_000, pointer[1:])
    said = Sentence(N_("Moved."))
    return Asked(composite([out, into]) if out else into, (component.id,), said, focus=focus)


def part_column(place: Place, form: Form) -> Asked:
    """A column more in a table of cells, or one less; components in it move out first."""
    component, pointer = place.component(form.get("id", "")), form.get("pointer", "")
    kind = place.kind(component)
    offers = Offers(place.app, place.layout_set, component, kind, place.language) if kind else None
    table = Parts(offers).at(pointer) if offers else None
    if table is None or table.look != "table":
        raise DomainError(Sentence(N_("This component has no property %(name)s."), {"name": pointer}))
    what, _, sent = form.get("act", "").partition("-")
    if what == "add" and table.columns < _MOST_COLUMNS:
        # Rows that are shorter than the others get the cells that they lack, so that the new one is in line.
        changes: list[Change] = [
            _set(place, component, f"{row.pointer}/cells/-", None)
            for row in table.inside
            for _ in range(table.columns + 1 - len(row.member("cells").inside))
        ]
        return Asked(
            composite(changes) if changes else None, (component.id,), focus=f"{table.element_id}-column"
        )
    number = int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 4 else -1
    cells = [cell for row in table.inside for cell in row.member("cells").inside if cell.number == number + 1]
    if what != "remove" or not cells:
        return Asked(None, (component.id,))
    gone = [change for cell in cells if (change := moved_out(place, component, cell))]
    gone += [_set(place, component, cell.pointer, MISSING) for cell in cells]
    said = Sentence(N_("The column was removed."))
    return Asked(composite(gone), (component.id,), said, focus=f"{table.element_id}-column")


def moved_out(place: Place, component: Component, part: Part) -> Change | None:
    """The change that moves the components in a part of this one to behind it; None where there are none."""
    inside = [claim.id for claim in claims(component.raw) if _is_in(claim.pointer, part.pointer)]
    return _out(place, component, inside)


def _is_in(pointer: str, holder: str) -> bool:
    return f"{pointer}/".startswith(f"{holder}/")


def _out(place: Place, component: Component, names: list[str]) -> Change | None:
    found = tuple(name for name in names if name in place.by_id)
    if not found:
        return None
    siblings = [other.id for other in place.inside(component.parent_id)]
    index = siblings.index(component.id) + 1
    return MoveComponents(*_page(place), found, place.page.name, component.parent_id, index)


def _set(place: Place, component: Component, pointer: str, value: object) -> Change:
    return SetProperty(*_page(place), component.id, pointer, value)


def _page(place: Place) -> tuple[str, str]:
    return place.layout_set.id, place.page.name
