"""Every page of every app is shown without an error, empty, as a design and as a summary."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import Babel

from studio.definition.app import AppDefinition
from studio.definition.files import folder_files
from studio.runtime.forms.building import page_view
from studio.runtime.forms.render import Mode, render_page
from studio.runtime.forms.state import FormState

pytestmark = pytest.mark.conformance


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
