"""What the editor works on: a person's draft of an app, a page of it, the language of the texts."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

from flask import current_app, url_for

from studio.database.clock import now
from studio.definition.app import AppDefinition, LayoutSet, Page, app_definition
from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.status import written_language
from studio.features import open_draft, standard_lists
from studio.features.layouts.canvas import Canvas
from studio.features.layouts.commands import Place
from studio.history.draft import Draft


@dataclass(frozen=True, slots=True)
class Spot:
    """What an address of the editor names."""

    layout_set: str
    page: str
    language: str
    selected: tuple[str, ...] = ()
    more: bool = False  # whether the panel shows also what is rarely needed
    find: str = ""  # what is searched for among the components of all pages


@dataclass(frozen=True)
class Workplace:
    """A page of an app in a draft. Raises NotThere where the address names what is not there."""

    org: str
    app_name: str
    draft: Draft
    revision: str  # of the draft, when this was read from it
    app: AppDefinition
    layout_set: LayoutSet
    page: Page
    language: str
    selected: tuple[str, ...] = ()
    more: bool = False
    find: str = ""

    @property
    def place(self) -> Place:
        """What commands need to know."""
        return Place(self.app, self.layout_set, self.page, self.language)

    @property
    def canvas(self) -> Canvas:
        """The page, to be drawn."""
        return Canvas(
            self.app,
            self.layout_set,
            self.page,
            self.language,
            today(),
            frozenset(self.selected),
            _pictures(self.org, self.app_name),
            standard_lists(),
        )

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """The selected ids that are on the page."""
        return tuple(name for name in self.selected if self.page.component(name) is not None)


def today() -> date:
    """The day, for rules that ask for it."""
    return now().date()


def workplace(org: str, app: str, spot: Spot) -> Workplace:
    """The place that an address names, in the signed-in person's draft."""
    return at(open_draft(org, app), org, app, spot)


def at(draft: Draft, org: str, app: str, spot: Spot) -> Workplace:
    """A place in a draft as it is now; raises NotThere. An unknown language gives the app's first."""
    definition = app_definition(draft.files)
    found = definition.layout_set(spot.layout_set)
    if found is None:
        raise NotThere(Sentence(N_("The app has no layout set %(name)s."), {"name": spot.layout_set}))
    shown = found.page(spot.page)
    if shown is None:
        values = {"page": spot.page, "set": spot.layout_set}
        raise NotThere(Sentence(N_("There is no page %(page)s in %(set)s any more."), values))
    language = written_language(definition, spot.language)
    return Workplace(
        org,
        app,
        draft,
        draft.revision,
        definition,
        found,
        shown,
        language,
        spot.selected,
        spot.more,
        spot.find,
    )


def _pictures(org: str, app: str) -> str:
    """The address in front of the app's own pictures, where a screen shows them."""
    if "resources.file" not in current_app.view_functions:
        return ""
    return url_for("resources.file", org=org, app=app, path="_").removesuffix("_")
