"""Where an edit was asked for, and what carrying it out comes to."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from werkzeug.datastructures import MultiDict

from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.changes import Change, children_at
from studio.definition.components import ComponentType, component_type
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence

# What a form post holds.
Form = MultiDict[str, str]


@dataclass(frozen=True)
class Place:
    """A page of a layout set, and the language that texts are written in."""

    app: AppDefinition
    layout_set: LayoutSet
    page: Page
    language: str

    @cached_property
    def by_id(self) -> dict[str, Component]:
        """The components of the page."""
        return {component.id: component for component in self.page.components}

    @cached_property
    def all_ids(self) -> frozenset[str]:
        """The ids of all components of the layout set, which have to differ."""
        return frozenset(component.id for page in self.layout_set.pages for component in page.components)

    def component(self, name: str) -> Component:
        """The component with this id; raises NotThere."""
        if name not in self.by_id:
            raise NotThere(
                Sentence(
                    N_("The component %(component)s is not on the page %(page)s any more."),
                    {"component": name, "page": self.page.name},
                )
            )
        return self.by_id[name]

    def components(self, names: Sequence[str]) -> tuple[Component, ...]:
        """Those of `names` that are on the page, in the order of the page; raises where none is."""
        wanted = set(names)
        found = tuple(component for component in self.page.components if component.id in wanted)
        if not found:
            raise NotThere(Sentence(N_("Choose a component first.")))
        return found

    def inside(self, parent: str | None) -> tuple[Component, ...]:
        """The components inside a container, or at the top of the page."""
        return self.component(parent).children if parent else self.page.roots

    def kind(self, component: Component) -> ComponentType | None:
        """The component's type, None for a type that is kept as it is."""
        return component_type(component.type)

    def holds(self, component: Component) -> bool:
        """Whether components can be put into this one."""
        kind = self.kind(component)
        return kind is not None and kind.container


@dataclass(frozen=True, slots=True)
class Asked:
    """An edit: the change, and what the editor shows after it.

    `begin` is opened for writing on the canvas; `focus` is the element of the panel that gets the focus.
    """

    change: Change | None
    selected: tuple[str, ...] = ()
    say: Sentence | None = None
    begin: str = ""
    page: str | None = None
    focus: str = ""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place between components. `parent` is None at the top of the page.

    `place` is a part of the parent ("tabs/0/children"); "" where it has but one.
    """

    parent: str | None
    index: int
    place: str = ""


def spot_before(place: Place, parent: str | None, before: str, moved: Sequence[str] = ()) -> Spot:
    """The spot in front of `before` ("": the end) in `parent`, counted without the moved components.

    A part of a component is addressed as the canvas does: "tabs1#tabs/0/children".
    """
    name, _, inside = (parent or "").rpartition("#")
    if name in place.by_id:
        held = children_at(place.by_id[name], inside)
        there = [component.id for component in held if component.id not in set(moved)]
        return Spot(name, there.index(before) if before in there else len(there), inside)
    if parent and not place.holds(place.component(parent)):
        raise DomainError(
            Sentence(N_("The component %(component)s cannot hold others."), {"component": parent})
        )
    siblings = [component.id for component in place.inside(parent) if component.id not in set(moved)]
    return Spot(parent, siblings.index(before) if before in siblings else len(siblings))


def spot_after(place: Place, name: str) -> Spot:
    """The spot behind a component, or the end of a container; "" is the end of the page."""
    if name not in place.by_id:
        return end_of_page(place)
    component = place.by_id[name]
    if place.holds(component):
        return Spot(component.id, len(component.children))
    return beside(place, component, 1)


def beside(place: Place, component: Component, step: int) -> Spot:
    """The spot in front of (0) or behind (1) a component, in its own container."""
    siblings = [other.id for other in place.inside(component.parent_id)]
    return Spot(component.parent_id, siblings.index(component.id) + step)


def end_of_page(place: Place) -> Spot:
    """The end of the page; in front of the buttons that lead on, where the page ends with them."""
    roots = place.page.roots
    last = len(roots)
    while last and roots[last - 1].type in {"NavigationButtons", "Button", "ButtonGroup"}:
        last -= 1
    return Spot(None, last)
