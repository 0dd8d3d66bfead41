"""The places of Studio that its shell points to. A place that has no page (yet) is left out."""

from dataclasses import dataclass
from typing import Final

from flask import Flask, current_app, url_for

from studio.definition.sentences import N_


@dataclass(frozen=True, slots=True)
class AppPage:
    """A page about one app; its route takes `org` and `app`."""

    endpoint: str
    label: str  # a msgid
    icon: str


APP_PAGES: Final = (
    AppPage("overview.index", N_("Overview"), "House"),
    AppPage("layouts.start", N_("Form"), "DocPencil"),
    AppPage("preview.show", N_("Preview"), "Eye"),
    AppPage("sharing.index", N_("Changes"), "ArrowsUpDown"),
    AppPage("deploys.index", N_("Deploy"), "Rocket"),
)


def install_navigation(app: Flask) -> None:
    """Give templates the addresses that base.html needs."""
    app.jinja_env.globals.update(
        has_page=has_page,
        home_address=home_address,
        organisation_address=organisation_address,
        app_address=app_address,
        app_pages=app_pages,
    )


def has_page(endpoint: str) -> bool:
    """Whether this application has such a page."""
    return endpoint in current_app.view_functions


def home_address() -> str:
    """Where the product's name leads."""
    return url_for("dashboard.index") if has_page("dashboard.index") else "/"


def organisation_address(org: str) -> str:
    """The apps of one organisation."""
    return url_for("dashboard.index", org=org) if has_page("dashboard.index") else "/"


def app_address(org: str, app: str) -> str:
    """The front page of an app."""
    return url_for("overview.index", org=org, app=app) if has_page("overview.index") else f"/{org}/{app}"


def app_pages() -> list[AppPage]:
    """The pages about an app, in the order of the work."""
    return [page for page in APP_PAGES if has_page(page.endpoint)]
