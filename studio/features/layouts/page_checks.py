"""What is checked when people go on, as the panel of a page shows it: there, in the form, in all forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from flask_babel import gettext

from studio.definition.app import AppDefinition, LayoutSet, Page
from studio.definition.changes import page_checks
from studio.definition.changes.page_checking import ERRORS, PAGES
from studio.definition.components.properties import MASKS
from studio.definition.sentences import Sentence

Level = Literal["page", "form", "app"]
LABELS: Final[Mapping[str, Sentence]] = {
    choice.value: choice.label for choice in MASKS if isinstance(choice.value, str)
}


@dataclass(frozen=True, slots=True)
class Checks:
    """What one level says. `pages` is "" where it says nothing, which `unsaid` puts into words."""

    level: Level
    title: str
    pages: str
    errors: tuple[str, ...]
    unsaid: str

    @property
    def pages_choices(self) -> Mapping[str, Sentence]:
        return PAGES

    @property
    def error_choices(self) -> Mapping[str, Sentence]:
        return {name: LABELS[name] for name in ERRORS}


def checks_of(app: AppDefinition, layout_set: LayoutSet, page: Page) -> tuple[Checks, ...]:
    """From the narrowest level to the widest."""
    return (
        Checks(
            "page",
            gettext("From this page"),
            *page_checks(app, layout_set.id, page.name),
            gettext("As in the whole form"),
        ),
        Checks(
            "form",
            gettext("In the whole form"),
            *page_checks(app, layout_set.id, ""),
            gettext("As in all forms of the app"),
        ),
        Checks(
            "app",
            gettext("In all forms of the app"),
            *page_checks(app, "", ""),
            gettext("Nothing is said: this page"),
        ),
    )


def level_at(level: str, layout_set: str, page: str) -> tuple[str, str]:
    """The form and the page that a level is about, as the change takes them."""
    return {"page": (layout_set, page), "form": (layout_set, ""), "app": ("", "")}.get(
        level, (layout_set, page)
    )
