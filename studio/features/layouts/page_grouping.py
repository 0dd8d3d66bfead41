"""The groups of a form's pages, as the list of pages and the panel of a page show them."""

from dataclasses import dataclass, replace

from studio.definition.app import AppDefinition, LayoutSet
from studio.definition.changes import PageGroup, page_groups
from studio.definition.naming import text_in_line


@dataclass(frozen=True, slots=True)
class Shown:
    """A group with the pages that are there, and its title: in the language that is edited, else in another.

    `written` is what the language itself has; "" where that is nothing.
    """

    group: PageGroup
    title: str
    written: str


def groups_shown(app: AppDefinition, layout_set: LayoutSet, language: str) -> tuple[Shown, ...]:
    """The groups with names and pages, in order."""
    texts = app.texts(language)
    there = (
        replace(group, pages=tuple(name for name in group.pages if layout_set.page(name)))
        for group in page_groups(layout_set)
    )
    return tuple(
        Shown(
            group,
            text_in_line(app, group.name, language) or group.name,
            text.value if (text := texts.get(group.name)) else "",
        )
        for group in there
        if group.pages
    )
