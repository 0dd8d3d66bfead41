"""Where somebody is, from the address in their browser: a screen, and in the form editor the page."""

from typing import Final

from flask import current_app
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from studio.definition.app import AppDefinition
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence
from studio.web.navigation import APP_PAGES

_LONGEST: Final = 300


def place_of(path: str, org: str, app: str) -> str:
    """The place that an address of this app leads to ("layouts/Task_1/about-you"), "" for all others."""
    try:
        endpoint, values = current_app.url_map.bind("studio").match(path, method="GET")
    except (HTTPException, RequestRedirect):
        return ""
    screen = endpoint.partition(".")[0]
    here = values.get("org") == org and str(values.get("app", "")).partition("@")[0] == app
    if not here or screen not in _LABELS:
        return ""
    page = [values["layout_set"], values["page"]] if {"layout_set", "page"} <= values.keys() else []
    return "/".join([screen, *page])[:_LONGEST]


def label(place: str, app: AppDefinition) -> Sentence:
    """What people call it."""
    screen, *more = place.split("/", 2)
    if screen not in _LABELS:
        return Sentence(N_("The app"))
    if len(more) == 2:
        values: dict[str, str | int | Sentence] = {
            "screen": Sentence(_LABELS[screen]),
            "page": page_name(app, more[1]),
        }
        return Sentence(N_("%(screen)s, page %(page)s"), values)
    return Sentence(_LABELS[screen])


_LABELS: Final = {page.endpoint.partition(".")[0]: page.label for page in APP_PAGES}
