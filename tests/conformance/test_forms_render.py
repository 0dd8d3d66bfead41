"""Every page of every app is shown without an error, empty and filled in, as a design and as a summary."""

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask_babel import Babel

from studio.definition.app import AppDefinition
from studio.definition.components import component_type
from studio.definition.data_model import Field
from studio.definition.files import folder_files
from studio.runtime.forms.building import page_view
from studio.runtime.forms.render import Mode, render_page
from studio.runtime.forms.state import FormState

pytestmark = pytest.mark.conformance

# How deep data is made up: models may hold themselves.
DEEPEST: Final = 6
ANSWERS: Final[Mapping[str, Any]] = {
    "boolean": True,
    "date": "2026-01-31",
    "date-time": "2026-01-31T12:00:00Z",
    "integer": 3,
    "number": 2.5,
    "time": "10:00:00",
}


@pytest.fixture(scope="module")
def translations() -> Iterator[None]:
    """Interface strings need an application with Flask-Babel around them."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield


def app_folders(vectors: Path) -> list[Path]:
    """Every folder below the vectors that holds an app."""
    configs = {place.parent.parent for place in (vectors / "apps").rglob("applicationmetadata.json")}
    return sorted(folder.parent if folder.name == "App" else folder for folder in configs)


@pytest.mark.usefixtures("translations")
@pytest.mark.parametrize("mode", ["fill", "design", "summary"])
def test_every_page_of_every_app_is_shown(vectors: Path, mode: Mode) -> None:
    shown = 0
    for folder in app_folders(vectors):
        app = AppDefinition(folder_files(folder))
        for layout_set in app.layout_sets:
            state = FormState(app, layout_set, "nb", {}, date(2026, 11, 24), design=mode == "design")
            for page in layout_set.pages:
                html = render_page(page_view(state, page.name), mode)
                assert "<script" not in html
                assert " style=" not in html
                shown += 1
    assert shown > 100


def made_up(fields: tuple[Field, ...], depth: int = 0) -> dict[str, Any]:
    """An answer to everything, with two rows in each list."""
    found = {}
    for each in fields:
        if each.is_group and depth >= DEEPEST:
            continue
        one = made_up(each.children, depth + 1) if each.is_group else _answer(each)
        found[each.name] = [one, one] if each.repeating else one
    return found


def _answer(each: Field) -> Any:
    choices = each.restrictions.get("enum")
    return choices[0] if choices else ANSWERS.get(each.kind, "svar")


def filled_in(app: AppDefinition) -> dict[str, dict[str, Any]]:
    models = ((each.id, app.model(each.id)) for each in app.metadata.data_types if each.is_form)
    return {name: made_up(model.fields) for name, model in models if model is not None}


@pytest.mark.usefixtures("translations")
@pytest.mark.parametrize("mode", ["fill", "summary"])
def test_forms_that_are_filled_in_show_every_type_that_is_known(vectors: Path, mode: Mode) -> None:
    pages, values = 0, 0
    for folder in app_folders(vectors):
        app = AppDefinition(folder_files(folder))
        data = filled_in(app)
        for layout_set in app.layout_sets:
            state = FormState(app, layout_set, "nb", data, date(2026, 11, 24))
            for page in layout_set.pages:
                view = page_view(state, page.name)
                html = BeautifulSoup(render_page(view, mode), "lxml")
                unknown = [each for each in view.walk() if component_type(each.type) is None]
                shown = html.select(".form-placeholder")
                assert len(shown) <= len(unknown), (folder.name, page.name, shown)
                values += sum(bool(each.field and each.value not in (None, "", [])) for each in view.walk())
                pages += 1
    assert pages > 100
    assert values > 500
