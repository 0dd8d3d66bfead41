"""Pages of a form as documents for a browser: as the public sees them, with everything on them shown.

They are drawn as the runtime draws a form that nobody has filled in yet, of a copy of the app in which
nothing is hidden and every group has a row that stands open. A document asks for our styles and for the app's
own pictures, and no more.
"""

import json
import mimetypes
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.security import safe_join

from studio.browser import Resource
from studio.definition.app import AppDefinition, app_definition
from studio.definition.files import EditedFiles, Files
from studio.definition.layouts import LayoutSet, Page
from studio.runtime.forms.building import page_view
from studio.runtime.forms.first_rows import with_first_rows
from studio.runtime.forms.language import direction_of, interface_of
from studio.runtime.forms.render import render_page
from studio.runtime.forms.state import FormState
from studio.web.assets import DIST, manifest

_ADDRESS: Final = "/page"
_ASSETS: Final = "/assets/"
_GROUPS: Final = ("repeatinggroup", "group")
_DOCUMENT: Final = Markup(
    '<!doctype html>\n<html lang="{language}" data-color-scheme="light" data-color="accent" data-size="md">'
    '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
    '<title>{title}</title><link rel="icon" href="data:,"><link rel="stylesheet" href="{styles}"></head>'
    '<body class="public"><main id="main" class="public-main"><div class="form-page"><div class="form">'
    '<h1 class="{heading_class}" data-size="lg"{direction}>{title}</h1>'
    '<div class="form-grid{column}"{direction}>{content}</div></div></div></main></body></html>\n'
)


@dataclass(frozen=True, slots=True)
class FormPage:
    """A page of an app, to be looked at in a language."""

    app: AppDefinition
    form: LayoutSet
    page: Page
    language: str


@dataclass(frozen=True, slots=True)
class Site:
    """What a browser is answered: one document at `address`, and what that asks for.

    `components` are the ids of the components by the names that the document has for them.
    """

    address: str
    document: bytes
    components: Mapping[str, str]
    app: AppDefinition

    def answer(self, path: str) -> Resource | None:
        """What is at an address."""
        if path == self.address:
            return Resource(self.document, "text/html; charset=utf-8")
        if path.startswith(_ASSETS):
            return _built(path.removeprefix(_ASSETS))
        own = _own_files(self.app)
        return _own(self.app, path.removeprefix(own)) if path.startswith(own) else None


def form_pages(app: AppDefinition) -> list[tuple[LayoutSet, Page]]:
    """Every page of every form that can be read."""
    return [(form, page) for form in app.layout_sets for page in form.pages if page.broken is None]


def everything_shown(files: Files) -> AppDefinition:
    """The app, but for what hides parts of its pages, and with rows of groups that open by themselves."""
    app = app_definition(files)
    edits: dict[str, bytes | None] = {}
    for _, page in form_pages(app):
        with suppress(ValueError, LookupError, TypeError, AttributeError):  # what is odd stays as it is
            document = json.loads(files[page.path])
            document["data"].pop("hidden", None)
            for component in document["data"]["layout"]:
                component.pop("hidden", None)
                if component["type"].casefold() in _GROUPS:
                    component["edit"] = {**component.get("edit", {}), "openByDefault": True}
            edits[page.path] = json.dumps(document).encode()
    return app_definition(EditedFiles(files, edits))


def site_of(wanted: FormPage, today: date) -> Site:
    """The document of a page, ready to be shown."""
    app, language = wanted.app, wanted.language
    state = FormState(app, wanted.form, language, {}, today, resources=_own_files(app))
    with force_locale(interface_of(language)):
        view = page_view(with_first_rows(state, wanted.page.name), wanted.page.name)
        content = render_page(view)
    first = view.components[0] if view.components else None
    repeats = first is not None and first.type == "Heading" and first.text("title") == view.title
    document = _DOCUMENT.format(
        language=language,
        title=view.title if view.title != view.name else app.title(language) or view.name,
        styles=f"{_ASSETS}{manifest().get('form.css', '')}",
        heading_class="ds-sr-only" if repeats else "ds-heading",
        direction=Markup(' dir="rtl"') if direction_of(language) == "rtl" else "",
        column="" if any("grid" in each.raw for each in view.components) else " form-column",
        content=content,
    )
    components = {each.key: each.id for each in view.walk()}
    return Site(_ADDRESS, document.encode(), components, app)


def _own_files(app: AppDefinition) -> str:
    """In front of the app's own pictures. What has other content has another address: browsers remember."""
    return f"/own/{app.files.tree_id}/"


def _built(path: str) -> Resource | None:
    place = safe_join(str(DIST), path)
    try:
        return Resource(Path(place).read_bytes(), _type(path)) if place else None
    except OSError:
        return None


def _own(app: AppDefinition, path: str) -> Resource | None:
    """A file of the app's wwwroot. Files know no folder above them."""
    content = app.files.get(app.paths.resource(path))
    return Resource(content, _type(path)) if content is not None else None


def _type(path: str) -> str:
    return mimetypes.guess_type(path)[0] or "application/octet-stream"
