"""Changes of which components a page has, and where."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.file_types import add_file_type, stores_files
from studio.definition.changes.placing import (
    children_at,
    claim_children,
    insert_in_file,
    place_of,
    root_at,
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

    `place` is a part of the parent, such as a tab (see `claim_children`).
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
    claim_children(copy, page, holder, index, (component_id,), place)


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
