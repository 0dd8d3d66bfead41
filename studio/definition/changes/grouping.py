"""Components put together into a new container, and a container taken away from around what it holds."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.components import add, noun_of, outermost
from studio.definition.changes.moving import MoveComponents
from studio.definition.changes.removing import remove
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.components import component_type
from studio.definition.errors import DomainError
from studio.definition.layouts import Component, Page
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence


@register
@dataclass(frozen=True)
class GroupComponents(Change):
    """A new container (`container`, as it is written) around components, where the first of them stands.

    It holds them in the order of the page.
    """

    kind: ClassVar[str] = "group_components"
    layout_set: str
    page: str
    ids: tuple[str, ...]
    container: Mapping[str, Any]

    def edit(self, copy: WorkingCopy) -> None:
        page = copy.page(self.layout_set, self.page)
        moved = outermost(page, self.ids)
        name = str(self.container.get("id"))
        parent = moved[0].parent_id
        index = _index(page, moved[0])
        add(copy, self.layout_set, self.page, parent, index, self.container)
        ids = tuple(component.id for component in moved)
        MoveComponents(self.layout_set, self.page, ids, self.page, name, 0).edit(copy)

    def sentence(self, app: AppDefinition) -> Sentence:
        values: dict[str, str | int | Sentence] = {"count": len(self.ids), "page": page_name(app, self.page)}
        if len(self.ids) == 1:
            return Sentence(N_("A component on page *%(page)s* was put into a group"), values)
        return Sentence(N_("%(count)s components on page *%(page)s* were put into a group"), values)


@register
@dataclass(frozen=True)
class UngroupComponents(Change):
    """Containers go away, and what they held stands in their places.

    Raises DomainError for a container whose children are about its rows: they would be bound to a list.
    """

    kind: ClassVar[str] = "ungroup_components"
    layout_set: str
    page: str
    ids: tuple[str, ...]

    def edit(self, copy: WorkingCopy) -> None:
        for name in dict.fromkeys(self.ids):
            page, container = copy.component(self.layout_set, self.page, name)
            if container.binding("group") is not None:
                message = N_("The rows of %(id)s belong to it, so it cannot be dissolved.")
                raise DomainError(Sentence(message, {"id": name}))
            kind = component_type(container.type)
            if not container.children and (kind is None or kind.children_in is None):
                raise DomainError(Sentence(N_("%(id)s is no group."), {"id": name}))
            if container.children:
                inside = tuple(child.id for child in container.children)
                here = (container.parent_id, _index(page, container))
                MoveComponents(self.layout_set, self.page, inside, self.page, *here).edit(copy)
            remove(copy, self.layout_set, self.page, [name])

    def sentence(self, app: AppDefinition) -> Sentence:
        page = page_name(app, self.page)
        if len(self.ids) != 1:
            message = N_("%(count)s groups on page *%(page)s* were dissolved")
            return Sentence(message, {"count": len(self.ids), "page": page})
        values: dict[str, str | int | Sentence] = {
            "what": noun_of(app, self.layout_set, self.ids[0]),
            "page": page,
        }
        return Sentence(N_("%(what)s on page *%(page)s* was dissolved"), values)


def _index(page: Page, component: Component) -> int:
    """The place of a component among those that stand beside it."""
    parent = page.component(component.parent_id) if component.parent_id else None
    siblings = parent.children if parent else page.roots
    return [other.id for other in siblings].index(component.id)
