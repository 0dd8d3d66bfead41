"""How people see a list: as radio buttons, checkboxes and a dropdown, drawn by what serves the forms."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Final

from flask_babel import force_locale, gettext
from markupsafe import Markup

from studio.definition.app import AppDefinition
from studio.definition.files import MemoryFiles
from studio.definition.option_lists import raw_rows
from studio.features.options.workplace import Workplace
from studio.runtime.forms.building import page_view
from studio.runtime.forms.render import render_component
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView

MOST: Final = 25
_KINDS: Final = ("RadioButtons", "Checkboxes", "Dropdown")
_INTERFACE_LANGUAGES: Final = frozenset({"nb", "nn", "en"})


@dataclass(frozen=True, slots=True)
class Shown:
    """The list in one kind of component."""

    kind: str
    name: str
    html: Markup


def preview(work: Workplace, today: date) -> tuple[Shown, ...]:
    """The first options of a list in each kind of component, in the language of the workplace."""
    names = (gettext("Radio buttons"), gettext("Checkboxes"), gettext("Dropdown"))
    app = _app_of(work, dict(zip(_KINDS, names, strict=True)))
    state = FormState(app, app.layout_sets[0], work.language, {}, today, design=True)
    views = page_view(state, "Preview").components
    return tuple(
        Shown(view.id, name, _drawn(view, work.language)) for view, name in zip(views, names, strict=True)
    )


def _drawn(view: ComponentView, language: str) -> Markup:
    if language not in _INTERFACE_LANGUAGES:
        return render_component(view, "design", _alone)
    with force_locale(language):
        return render_component(view, "design", _alone)


def _alone(_view: ComponentView, html: Markup) -> Markup:
    return html


def _app_of(work: Workplace, titles: dict[str, str]) -> AppDefinition:
    """An app with one page, and nothing of the real one but its texts and the beginning of the list."""
    paths, files = work.app.paths, work.app.files
    folder = paths.set_folder("preview")
    layout = [
        {
            "id": kind,
            "type": kind,
            "optionsId": work.list_id,
            "textResourceBindings": {"title": titles[kind]},
            "dataModelBindings": {},
        }
        for kind in _KINDS
    ]
    made = {
        paths.settings(folder): {"pages": {"order": ["Preview"]}},
        paths.page(folder, "Preview"): {"data": {"layout": layout}},
        paths.options(work.list_id): raw_rows(work.app, work.list_id)[:MOST],
    }
    texts = {paths.texts(language): files[paths.texts(language)] for language in work.app.languages}
    return AppDefinition(
        MemoryFiles({**texts, **{path: json.dumps(value).encode() for path, value in made.items()}})
    )
