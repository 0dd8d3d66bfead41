"""A layout set: the pages of a step of the process, of a subform, a receipt or a form without an instance."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from studio.definition.layouts.component import Component
from studio.definition.layouts.page import Page

Kind = Literal["task", "subform", "receipt", "stateless"]


@dataclass(frozen=True)
class LayoutSet:
    """A folder of pages.

    `folder` is its path; `settings` is its Settings.json ({} where missing or broken).
    """

    id: str
    data_type: str | None
    tasks: tuple[str, ...]
    kind: Kind
    folder: str
    pages: tuple[Page, ...] = field(repr=False)
    settings: Mapping[str, Any] = field(default_factory=dict, repr=False)
    settings_path: str = ""
    order: tuple[str, ...] = ()

    @cached_property
    def _by_name(self) -> Mapping[str, Page]:
        return {page.name: page for page in self.pages}

    def page(self, name: str) -> Page | None:
        """The page with this name."""
        return self._by_name.get(name)

    def components(self) -> Iterator[tuple[Page, Component]]:
        """Every component of every page."""
        for page in self.pages:
            for component in page.components:
                yield page, component

    @cached_property
    def _places(self) -> Mapping[str, tuple[Page, Component]]:
        places = [(page, component) for page, component in self.components() if component.id]
        return {component.id: (page, component) for page, component in reversed(places)}

    def find(self, component_id: str) -> tuple[Page, Component] | None:
        """The component with this id, and its page."""
        return self._places.get(component_id)


def page_order(settings: Mapping[str, Any]) -> tuple[str, ...]:
    """The names of the pages in order, from `pages.order` or from all `pages.groups`."""
    pages = settings.get("pages")
    if not isinstance(pages, dict):
        return ()
    if isinstance(pages.get("order"), list):
        return _names(pages["order"])
    groups = pages.get("groups")
    orders = (
        [group.get("order") for group in groups if isinstance(group, dict)]
        if isinstance(groups, list)
        else []
    )
    return tuple(name for order in orders if isinstance(order, list) for name in _names(order))


def _names(order: list[Any]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in order if isinstance(name, str)))
