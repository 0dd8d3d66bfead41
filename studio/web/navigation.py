"""The places of Studio that its shell points to."""

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
    right: str  # what a person must be allowed, as the guards spell it


APP_PAGES: Final = (
    AppPage("overview.index", N_("Overview"), "House", "view"),
    AppPage("layouts.index", N_("Form"), "DocPencil", "edit"),
    AppPage("data_models.index", N_("Data model"), "Database", "edit"),
    AppPage("texts.index", N_("Texts"), "Paragraph", "edit"),
    AppPage("options.index", N_("Option lists"), "BulletList", "edit"),
    AppPage("library.index", N_("Library"), "Archive", "edit"),
    AppPage("rules.index", N_("Rules"), "Branching", "view"),
    AppPage("code.index", N_("Code"), "FileCode", "edit"),
    AppPage("preview.index", N_("Preview"), "Eye", "view"),
    AppPage("sharing.index", N_("Changes"), "ArrowsUpDown", "view"),
    AppPage("history.index", N_("History"), "Clock", "view"),
    AppPage("pull_requests.index", N_("Review"), "ArrowRightLeft", "view"),
    AppPage("deploys.index", N_("Deploy"), "Rocket", "view"),
)


def install_navigation(app: Flask) -> None:
    """Give templates the addresses that base.html needs."""
    app.jinja_env.globals.update(
        has_page=has_page,
        home_address=home_address,
        organisation_address=organisation_address,
        app_address=app_address,
        APP_PAGES=APP_PAGES,
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
