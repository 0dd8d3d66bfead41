"""What one side deleted and the other worked on: one conflict about the outermost thing that went away.

A group that one side deleted and in which the other edited a field is a question about the group: to keep
the field alone would leave it in nothing, and to ask about every part of it would be to ask many times.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from studio.definition.merge.conflicts import GONE, Conflict, Umpire
from studio.definition.merge.form import Form, with_child, without_children
from studio.definition.merge.values import Spot, alike

_Who = Literal["ours", "theirs"]


@dataclass(slots=True)
class _Lost:
    """What one side deleted (a component or a page), and what of the other side's was in it."""

    parts: set[str] = field(default_factory=set)
    touched: bool = False


def settle_deletions(base: Form, ours: Form, theirs: Form, umpire: Umpire) -> None:
    """Make both sides agree on what is deleted where one deleted it and the other changed it."""
    sides: tuple[tuple[_Who, Form, Form], ...] = (("ours", ours, theirs), ("theirs", theirs, ours))
    found = [
        (_conflict(base, other, top, who), deleting, other, top, lost)
        for who, deleting, other in sides
        for top, lost in _lost(base, deleting, other).items()
        if lost.touched
    ]
    # In an order that does not depend on whose side is called ours.
    for conflict, deleting, other, top, lost in sorted(found, key=lambda entry: entry[0].key):
        if umpire.settle(conflict) is GONE:
            _delete(other, top, lost, deleting)
        else:
            _restore(deleting, base, top, lost)


def _conflict(base: Form, other: Form, top: str, who: _Who) -> Conflict:
    if top in base.documents:
        spot = Spot(top, pointer=None)
        before: Any = base.page_value(top)
        changed: Any = other.page_value(top) if top in other.documents else before
    else:
        spot = component_spot(base.page_of[top], other, top)
        before, changed = base.components[top], other.components.get(top, base.components[top])
    return spot.conflict(before, *((GONE, changed) if who == "ours" else (changed, GONE)))


def component_spot(path: str, theirs: Form, name: str) -> Spot:
    """The place of a component: `path` names it for the conflict's key."""
    page = theirs.page_of.get(name)
    place = theirs.orders[page].index(name) if page is not None else None
    spot = Spot(path).at_key("data").at_key("layout").at_item((name, 0), place)
    return spot.lying_in(page or path)


def _lost(base: Form, deleting: Form, other: Form) -> dict[str, _Lost]:
    """What the side deleted that the other has still, by the outermost thing that went away."""
    found: dict[str, _Lost] = {}
    for path in base.documents:
        if path in other.documents and path not in deleting.documents:
            lost = found.setdefault(path, _Lost())
            lost.touched = not alike(base.documents[path], other.documents[path])
    for name, top, touched in _parts(base, deleting, other):
        lost = found.setdefault(top, _Lost())
        lost.parts.add(name)
        lost.touched |= touched
    return found


def _parts(base: Form, deleting: Form, other: Form) -> Iterator[tuple[str, str, bool]]:
    """Components of the other side in what was deleted: (id, outermost thing, was it changed)."""
    for name in other.components:
        if name in deleting.components and name in base.components:
            # It lives on; but the other side may have moved it into what is gone.
            moved = other.page_of[name] != base.page_of[name] or other.holder_of[name] != base.holder_of[name]
            top = _top(other.above(name)[1:], other.page_of[name], base, deleting) if moved else None
            if top is not None:
                yield name, top, True
        elif name not in deleting.components:
            known = name in base.components
            tree = base if known else other
            top = _top(tree.above(name), tree.page_of[name], base, deleting)
            if top is not None:
                yield name, top, not known or _changed(name, base, other)


def _top(above: list[str], page: str, base: Form, deleting: Form) -> str | None:
    gone = [name for name in above if name in base.components and name not in deleting.components]
    if page in base.documents and page not in deleting.documents:
        return page
    return gone[-1] if gone else None


def _changed(name: str, base: Form, other: Form) -> bool:
    return (
        other.page_of[name] != base.page_of[name]
        or other.holder_of[name] != base.holder_of[name]
        or not alike(other.components[name], base.components[name])
    )


def _delete(side: Form, top: str, lost: _Lost, other: Form) -> None:
    """Take the thing away from a side; what lives on elsewhere goes to where the other side has it."""
    inside = lost.parts | set(side.orders.get(top, ()))
    for name in sorted(inside & set(side.components)):  # another deletion may have taken it along
        home = other.page_of.get(name)
        side.orders[side.page_of[name]].remove(name)
        if home is not None and home in side.orders:
            side.page_of[name], side.holder_of[name] = home, other.holder_of[name]
            side.orders[home].append(name)
        else:
            del side.components[name], side.page_of[name], side.holder_of[name]
    for name, raw in side.components.items():
        side.components[name] = without_children(raw, lost.parts)
    if top in side.documents:
        del side.documents[top], side.orders[top]


def _restore(side: Form, base: Form, top: str, lost: _Lost) -> None:
    """Give a side back what it deleted, as it was."""
    if top in base.documents:
        side.documents[top] = base.documents[top]
        side.orders[top] = []
    names = [name for name in base.components if name in lost.parts and name not in side.components]
    for name in names:
        page, holder = base.page_of[name], base.holder_of[name]
        if page not in side.orders:
            continue
        side.components[name] = base.components[name]
        side.page_of[name], side.holder_of[name] = page, holder
        side.orders[page] = _put_back(side.orders[page], base.orders[page], name)
        if holder is not None and holder in side.components:
            side.components[holder] = with_child(side.components[holder], base.components[holder], name)


def _put_back(order: list[str], before: list[str], name: str) -> list[str]:
    """The order with a name again, behind the same one as before."""
    earlier = before[: before.index(name)]
    place = next((order.index(one) + 1 for one in reversed(earlier) if one in order), 0)
    return [*order[:place], name, *order[place:]]
