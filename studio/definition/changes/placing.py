"""Where a component goes: among the components of a page, or among the children of another component."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition import json_text
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.layouts import Component, Page, child_prefix, claims
from studio.definition.sentences import N_, Sentence

LIST: Final = "/data/layout"


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


def claim_child(copy: WorkingCopy, page: Page, parent: Component, index: int, child_id: str) -> None:
    """Name a component as the child of `parent`, before the child that is at `index` now.

    Raises DomainError.
    """
    where, at = _child_place(parent, index)
    pointer = parent.pointer + where
    name = child_prefix(parent.raw) + child_id
    if not isinstance(_value_at(parent.raw, where), list):
        copy.set(page.path, pointer, [name])
        return
    length = len(_value_at(parent.raw, where))
    copy.insert(page.path, pointer, length if at is None else at, name)


def unclaim(copy: WorkingCopy, layout_set: str, page_name: str, component_id: str) -> None:
    """Take a component out of every component of the page that names it as its child."""
    page = copy.page(layout_set, page_name)
    for holder in page.components:
        for claim in reversed(list(claims(holder.raw))):
            if claim.id == component_id:
                _drop_claim(copy, page, holder, claim.pointer)


def _drop_claim(copy: WorkingCopy, page: Page, holder: Component, pointer: str) -> None:
    whole = holder.pointer + pointer
    if pointer.endswith("/component"):
        # An empty cell keeps the table in shape.
        copy.set(page.path, whole.removesuffix("/component"), None)
    else:
        copy.delete(page.path, whole)


def _child_place(parent: Component, index: int) -> tuple[str, int | None]:
    """The list that new children go into (a pointer inside the component) and the place (None: its end)."""
    where = _child_list(parent)
    here = [claim for claim in claims(parent.raw) if claim.pointer.startswith(where + "/")]
    following = {child.id for child in parent.children[max(index, 0) :]}
    at = next((claim for claim in here if claim.id in following), None)
    return where, int(at.pointer.rpartition("/")[2]) if at else None


def _child_list(parent: Component) -> str:
    kind = parent.type.casefold()
    if kind in ("cards", "tabs"):
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


def text_of(copy: WorkingCopy, page: Page, component: Component) -> json_text.Raw:
    """The component as it is written."""
    return json_text.raw(copy.read(page.path), component.pointer)
