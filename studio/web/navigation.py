"""The places of Studio that its shell points to."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from flask import Flask, current_app, request, url_for

from studio.definition.sentences import N_


@dataclass(frozen=True, slots=True)
class AppPage:
    """A page about one app; its route takes `org` and `app`."""

    endpoint: str
    label: str  # a msgid
    icon: str
    right: str  # what a person must be allowed, as the guards spell it
    group: str = ""  # a msgid: the menu that the page stands in, "" for those in the row itself

    @property
    def room(self) -> str:
        """The blueprint that its views hang on."""
        return self.endpoint.partition(".")[0]


_TOGETHER: Final = N_("Collaboration")
_MORE: Final = N_("More")
# Those of one group stand beside one another.
APP_PAGES: Final = (
    AppPage("overview.index", N_("Overview"), "House", "view"),
    AppPage("layouts.index", N_("Form"), "DocPencil", "edit"),
    AppPage("data_models.index", N_("Data model"), "Database", "edit"),
    AppPage("texts.index", N_("Texts"), "Paragraph", "edit"),
    AppPage("rules.index", N_("Rules"), "Branching", "view"),
    AppPage("preview.index", N_("Preview"), "Eye", "view"),
    AppPage("sharing.index", N_("Changes"), "ArrowsUpDown", "view", _TOGETHER),
    AppPage("history.index", N_("History"), "Clock", "view", _TOGETHER),
    AppPage("pull_requests.index", N_("Review"), "ArrowRightLeft", "view", _TOGETHER),
    AppPage("deploys.index", N_("Deploy"), "Rocket", "view"),
    AppPage("options.index", N_("Option lists"), "BulletList", "edit", _MORE),
    AppPage("library.index", N_("Library"), "Archive", "edit", _MORE),
    AppPage("code.index", N_("Code"), "FileCode", "edit", _MORE),
)


@dataclass(frozen=True, slots=True)
class AppMenu:
    """The pages of one app that a person may see. `here` is the one that is open.

    `groups` are names ("" for pages of the row itself) with the pages that stand there, in order.
    """

    pages: tuple[AppPage, ...]
    groups: tuple[tuple[str, tuple[AppPage, ...]], ...]
    here: AppPage | None


def app_menu(org: str, may: Callable[[str, str], bool]) -> AppMenu:
    """The menu of an app of the organisation, for whom `may` allows a right there."""
    pages = tuple(page for page in APP_PAGES if may(page.right, org))
    groups = tuple((name, tuple(each)) for name, each in groupby(pages, key=lambda page: page.group))
    here = next((page for page in pages if page.room == request.blueprint), None)
    return AppMenu(pages, groups, here)


def install_navigation(app: Flask) -> None:
    """Give templates the addresses that base.html needs."""
    app.jinja_env.globals.update(
        has_page=has_page,
        home_address=home_address,
        organisation_address=organisation_address,
        app_address=app_address,
        app_menu=app_menu,
    )


def has_page(endpoint: str) -> bool:
    """Whether this application has such a page; screens may point to one another without importing."""
    return endpoint in current_app.view_functions


def home_address() -> str:
    """Where the product's name leads."""
    return url_for("dashboard.index")


def organisation_address(org: str) -> str:
    """The apps of one organisation."""
    return url_for("dashboard.index", org=org)


def app_address(org: str, app: str) -> str:
    """The front page of an app."""
    return url_for("overview.index", org=org, app=app)
