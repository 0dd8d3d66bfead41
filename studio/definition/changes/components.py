"""Changes of which components a page has, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.file_types import add_file_type, stores_files
from studio.definition.changes.placing import (
    children_at,
    claim_child,
    insert_in_file,
    place_of,
    root_at,
    text_of,
    unclaim,
)
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError, NotThere
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.naming import component_noun, page_name
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class AddComponent(Change):
    """A new component on a page or in another component (`parent`), before what is at `index` there.

    `place` is a part of the parent, such as a tab (see `claim_child`).
    """

    kind: ClassVar[str] = "add_component"
    layout_set: str
    page: str
    parent: str | None
    index: int
    component: Mapping[str, Any]
    place: str = ""

    def edit(self, copy: WorkingCopy) -> None:
        add(copy, self.layout_set, self.page, self.parent, self.index, self.component, self.place)

    def sentence(self, app: AppDefinition) -> Sentence:
        component = Component(
            str(self.component.get("id", "")), str(self.component.get("type", "")), self.component, ""
        )
        values: dict[str, str | int | Sentence] = {
            "what": component_noun(app, component),
            "page": page_name(app, self.page),
        }
        return Sentence(N_("%(what)s was added to page *%(page)s*"), values)


@register
@dataclass(frozen=True)
class MoveComponents(Change):
    """Components to another place.

    `index` counts the components that stay: the place once the moved ones are lifted. `place` is a part of
    the parent, such as a tab (see `claim_child`).
    """

    kind: ClassVar[str] = "move_components"
    layout_set: str
    page: str
    ids: tuple[str, ...]
    to_page: str
    parent: str | None
    index: int
    place: str = ""

    def edit(self, copy: WorkingCopy) -> None:
        moved = outermost(copy.page(self.layout_set, self.page), self.ids)
        self._refuse_circle(moved)
        copy.page(self.layout_set, self.to_page)
        for offset, component in enumerate(moved):
            self._move(copy, component.id, offset, tuple(part.id for part in moved[offset:]))

    def _move(self, copy: WorkingCopy, component_id: str, offset: int, lifted: tuple[str, ...]) -> None:
        unclaim(copy, self.layout_set, self.page, component_id)
        if self.page != self.to_page:
            self._change_page(copy, component_id)
        page, component = copy.component(self.layout_set, self.to_page, component_id)
        if self.parent is not None:
            _, parent = copy.component(self.layout_set, self.to_page, self.parent)
            inside = children_at(parent, self.place)
            staying = [child for child in inside if child.id not in lifted]
            index = self.index + offset
            at = inside.index(staying[index]) if index < len(staying) else len(inside)
            claim_child(copy, page, parent, at, component_id, self.place)
            return
        before = root_at(page, self.index + offset, frozenset(lifted))
        here = place_of(component)
        there = (
            len(page.raw["layout"]) - 1 if before is None else place_of(before) - (place_of(before) > here)
        )
        if here != there and not self._is_in_place(page, component, before):
            copy.move(page.path, component.pointer, "/data/layout", there)

    @staticmethod
    def _is_in_place(page: Page, component: Component, before: Component | None) -> bool:
        """Whether the next component on the page itself is already the one that should follow."""
        roots = list(page.roots)
        following = roots[roots.index(component) + 1 :]
        return (following[0] if following else None) is before

    def _change_page(self, copy: WorkingCopy, component_id: str) -> None:
        page, component = copy.component(self.layout_set, self.page, component_id)
        parts = sorted(component.walk(), key=place_of)
        texts = [text_of(copy, page, part) for part in parts]
        for part in reversed(parts):
            copy.delete(page.path, part.pointer)
        for text in texts:
            insert_in_file(copy, copy.page(self.layout_set, self.to_page), None, text)

    def _refuse_circle(self, moved: Iterable[Component]) -> None:
        if any(part.id == self.parent for component in moved for part in component.walk()):
            raise DomainError(Sentence(N_("A component cannot be moved into itself.")))

    def sentence(self, app: AppDefinition) -> Sentence:
        page = page_name(app, self.to_page)
        if len(self.ids) != 1:
            message = N_("%(count)s components were moved on page *%(page)s*")
            if self.page != self.to_page:
                message = N_("%(count)s components were moved to page *%(page)s*")
            return Sentence(message, {"count": len(self.ids), "page": page})
        message = N_("%(what)s was moved on page *%(page)s*")
        if self.page != self.to_page:
            message = N_("%(what)s was moved to page *%(page)s*")
        return Sentence(message, {"what": noun_of(app, self.layout_set, self.ids[0]), "page": page})


def add(
    copy: WorkingCopy,
    layout_set: str,
    page_name_: str,
    parent: str | None,
    index: int,
    raw: Mapping[str, Any],
    place: str = "",
) -> None:
    """Write one component and, where it has a parent, name it there.

    Raises DomainError where its id is not free.
    """
    page = copy.page(layout_set, page_name_)
    component_id = raw.get("id")
    if not isinstance(component_id, str) or not component_id or not isinstance(raw.get("type"), str):
        raise DomainError(Sentence(N_("A component needs an id and a type.")))
    refuse_taken(copy.layout_set(layout_set), component_id)
    if stores_files(raw):
        add_file_type(copy, copy.layout_set(layout_set), raw)
    if parent is None:
        insert_in_file(copy, page, root_at(page, index), dict(raw))
        return
    _, holder = copy.component(layout_set, page_name_, parent)
    following = _behind(page, holder, children_at(holder, place), index)
    insert_in_file(copy, page, following, dict(raw))
    page, holder = copy.component(layout_set, page_name_, parent)
    claim_child(copy, page, holder, index, component_id, place)


def _behind(page: Page, holder: Component, children: tuple[Component, ...], index: int) -> Component | None:
    """What follows in the file on the child before `index` (or on the holder itself) with all in it."""
    before = children[index - 1] if 0 < index <= len(children) else None
    if before is None and index > 0 and children:
        before = children[-1]
    last = max(place_of(part) for part in before.walk()) if before else place_of(holder)
    return next((part for part in page.components if place_of(part) > last), None)


def refuse_taken(layout_set: LayoutSet, component_id: str) -> None:
    """Raises DomainError where a component of the layout set has this id already."""
    found = layout_set.find(component_id)
    if found is not None:
        values = {"id": component_id, "page": found[0].name}
        problem = N_(
            "There is already a component with the id %(id)s, on the page %(page)s. Choose another id."
        )
        raise DomainError(Sentence(problem, values))


def outermost(page: Page, ids: Iterable[str]) -> list[Component]:
    """The named components that lie in no other named one, as shown from top to bottom. Raises NotThere."""
    wanted = set(ids)
    for missing in sorted(wanted - {component.id for component in page.components}):
        values = {"id": missing, "page": page.name}
        raise NotThere(Sentence(N_("The component %(id)s is no longer on the page %(page)s."), values))
    found: list[Component] = []
    waiting = list(reversed(page.roots))
    while waiting:
        component = waiting.pop()
        if component.id in wanted:
            found.append(component)
        else:
            waiting.extend(reversed(component.children))
    return found


def noun_of(app: AppDefinition, layout_set: str, component_id: str) -> Sentence:
    """The component as the beginning of a sentence; by its id where it is gone."""
    known = app.layout_set(layout_set)
    found = known.find(component_id) if known else None
    if found is None:
        return Sentence(N_("Component *%(name)s*"), {"name": component_id})
    return component_noun(app, found[1])
