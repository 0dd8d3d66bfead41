"""Where a component goes: among the components of a page, or among the children of another component."""

import re
from collections.abc import Collection, Mapping, Sequence
from functools import partial
from typing import Any, Final

from studio.definition import json_text
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.layouts import Component, Page, child_prefix, claims
from studio.definition.sentences import N_, Sentence

LIST: Final = "/data/layout"
_LIST_PLACE: Final = re.compile(r"(tabs|cards)/\d{1,6}/children")
_SINGLE_PLACE: Final = re.compile(r"cards/\d{1,6}/media|rows(Before|After)?/\d{1,6}/cells/\d{1,6}/component")


def place_of(component: Component) -> int:
    """The component's index in the file."""
    return int(component.pointer.rpartition("/")[2])


def insert_in_file(copy: WorkingCopy, page: Page, before: Component | None, value: Any) -> None:
    """Write a component before another one, or behind all."""
    index = place_of(before) if before else len(page.raw["layout"])
    copy.insert(page.path, LIST, index, value)


def root_at(page: Page, index: int, but: frozenset[str] = frozenset()) -> Component | None:
    """The component at `index` on the page itself, not counting some ids; None behind the last one."""
    roots = [root for root in page.roots if root.id not in but]
    return roots[max(index, 0)] if index < len(roots) else None


def last_of(component: Component) -> int:
    """The index in the file of whatever lies furthest down among the component and all in it."""
    return max(place_of(part) for part in component.walk())


def claim_children(
    copy: WorkingCopy, page: Page, parent: Component, index: int, names: Sequence[str], place: str = ""
) -> None:
    """Name components as children of `parent`, before the child that is at `index` now.

    `place` is a part of the parent: a list ("tabs/1/children") or what holds one component only
    ("cards/0/media", "rows/0/cells/1/component"); "" is where new children go. The index counts the
    children of that place. Raises DomainError where there is no such place, or no room in it.
    """
    if place and not place.endswith("/children"):
        if len(names) > 1:
            raise DomainError(Sentence(N_("There is room for one component only.")))
        _fill(copy, page, parent, place, names[0])
        return
    where, at = _list_place(parent, index, place) if place else _child_place(parent, index)
    pointer = parent.pointer + where
    written = [child_prefix(parent.raw) + name for name in names]
    held = _value_at(parent.raw, where)
    if not isinstance(held, list):
        copy.set(page.path, pointer, written)
        return
    copy.insert_all(page.path, pointer, len(held) if at is None else at, written)


def children_at(parent: Component, place: str) -> tuple[Component, ...]:
    """The children in a part of a component (see `claim_child`); "" is all of them."""
    if not place:
        return parent.children
    inside = f"/{place}"
    names = {claim.id for claim in claims(parent.raw) if f"{claim.pointer}/".startswith(f"{inside}/")}
    return tuple(child for child in parent.children if child.id in names)


def _list_place(parent: Component, index: int, place: str) -> tuple[str, int | None]:
    """The list of a tab or card, and the place in it of what is at `index` among its children now."""
    where = f"/{place}"
    if not _LIST_PLACE.fullmatch(place) or not isinstance(
        _value_at(parent.raw, where.removesuffix("/children")), dict
    ):
        raise _no_room(parent)
    following = {child.id for child in children_at(parent, place)[max(index, 0) :]}
    here = (claim for claim in claims(parent.raw) if claim.pointer.startswith(f"{where}/"))
    at = next((claim for claim in here if claim.id in following), None)
    return where, int(at.pointer.rpartition("/")[2]) if at else None


def _fill(copy: WorkingCopy, page: Page, parent: Component, place: str, child_id: str) -> None:
    """Put a component into a free cell, or beside the text of a card as its picture."""
    holder, _, name = f"/{place}".rpartition("/")
    if not _SINGLE_PLACE.fullmatch(place) or not _has(parent.raw, holder):
        raise _no_room(parent)
    held = _value_at(parent.raw, holder)
    if held is not None and not isinstance(held, dict):
        raise _no_room(parent)
    if held and (held.get(name) or (name == "component" and {"text", "labelFrom"} & held.keys())):
        problem = N_("There is something there already. Move it away first.")
        raise DomainError(Sentence(problem))
    if held is None:
        copy.set(page.path, parent.pointer + holder, {name: child_id})
    else:
        copy.set(page.path, f"{parent.pointer}{holder}/{name}", child_id)


def _has(raw: Mapping[str, Any], pointer: str) -> bool:
    """Whether there is anything at a place, be it null."""
    where, _, number = pointer.rpartition("/")
    held = _value_at(raw, where)
    return isinstance(held, list) and number.isdecimal() and int(number) < len(held)


def unclaim(copy: WorkingCopy, layout_set: str, page_name: str, ids: Collection[str]) -> None:
    """Take components out of every component of the page that names them as its children."""
    page = copy.page(layout_set, page_name)
    found = {
        place_of(holder): dropped
        for holder in page.components
        if (dropped := [claim.pointer for claim in claims(holder.raw) if claim.id in ids])
    }
    if found:
        edits = {place: partial(_without_claims, pointers) for place, pointers in found.items()}
        copy.edit_elements(page.path, LIST, edits)


def _without_claims(pointers: Sequence[str], document: bytes) -> bytes:
    """The document in which the holder is alone, without some of its claims."""
    listed: dict[str, set[int]] = {}
    for pointer in pointers:
        where, _, last = pointer.rpartition("/")
        whole = f"{LIST}/0{where}"
        if last == "component":
            # An empty cell keeps the table in shape.
            document = json_text.set_value(document, whole, None)
        elif last.isdecimal():
            listed.setdefault(whole, set()).add(int(last))
        else:
            document = json_text.delete(document, f"{whole}/{last}")
    for whole, places in listed.items():
        document = json_text.delete_elements(document, whole, places)
    return document


def _child_place(parent: Component, index: int) -> tuple[str, int | None]:
    """The list that new children go into (a pointer inside the component) and the place (None: its end)."""
    where = _child_list(parent, index)
    here = [claim for claim in claims(parent.raw) if claim.pointer.startswith(where + "/")]
    following = {child.id for child in parent.children[max(index, 0) :]}
    at = next((claim for claim in here if claim.id in following), None)
    return where, int(at.pointer.rpartition("/")[2]) if at else None


def _child_list(parent: Component, index: int) -> str:
    kind = parent.type.casefold()
    if kind in ("cards", "tabs"):
        beside = parent.children[index - 1].id if 0 < index <= len(parent.children) else None
        for claim in claims(parent.raw):
            if claim.id == beside and not claim.pointer.endswith("/media"):
                return claim.pointer.rpartition("/")[0]
        first = _value_at(parent.raw, f"/{kind}/0")
        if isinstance(first, dict):
            return f"/{kind}/0/children"
        raise _no_room(parent)
    if kind == "grid":
        raise _no_room(parent)
    return "/children"


def _no_room(parent: Component) -> DomainError:
    values = {"id": parent.id, "type": parent.type}
    return DomainError(Sentence(N_("%(id)s (%(type)s) has no place for more components."), values))


def _value_at(raw: Mapping[str, Any], pointer: str) -> Any:
    value: Any = raw
    for part in pointer.removeprefix("/").split("/"):
        if isinstance(value, list) and part.isdecimal() and int(part) < len(value):
            value = value[int(part)]
        elif isinstance(value, dict):
            value = value.get(part)
        else:
            return None
    return value
