"""Pages of forms as documents that a browser is handed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from studio import create_app, demo
from studio.config import read_settings
from studio.definition.changes import SetProperty
from studio.history.repositories import Repositories
from studio.reviews.form_pages import FormPage, Site, everything_shown, form_pages, site_of
from tests.migrated import with_tables
from tests.reviews.checked_apps import TODAY, changed, contact


@pytest.fixture
def repositories(tmp_path: Path) -> Iterator[Repositories]:
    """Empty ones, within Studio's application."""
    app = create_app(read_settings({"STUDIO_DATA": str(with_tables(tmp_path)), "STUDIO_CHROMIUM": "off"}))
    with app.app_context():
        yield Repositories(tmp_path / "repos")


def test_every_kind_of_component_can_be_drawn(repositories: Repositories) -> None:
    demo.create_gallery(repositories, datetime(2026, 11, 26, tzinfo=UTC))
    (folder,) = repositories.root.glob("*/*.git")
    app = everything_shown(repositories.open(folder.parent.name, folder.stem).files())
    sites = [site_of(FormPage(app, form, page, "nb"), TODAY) for form, page in form_pages(app)]
    assert len(sites) > 10
    assert all(site.document.count(b"<h1") == 1 for site in sites)
    drawn = {name for site in sites for name in site.components.values()}
    there = {component.id for _, page in form_pages(app) for component in page.components}
    assert len(drawn & there) > len(there) * 0.9


def test_what_rules_hide_is_shown_and_nothing_but_styles_and_own_pictures_is_answered(
    repositories: Repositories,
) -> None:
    files = changed(contact("nb"), SetProperty("Task_1", "enquiry", "message", "/hidden", True))
    app = everything_shown(files)
    form, page = form_pages(app)[1]
    site: Site = site_of(FormPage(app, form, page, "nb"), TODAY)
    assert "Meldingen din" in site.document.decode()
    assert json.loads(files[page.path]) != json.loads(app.files[page.path])
    for path in (
        "/",
        "/assets/../../pyproject.toml",
        "/assets//etc/passwd",
        "/own/x/../App/config",
        "/etc/passwd",
    ):
        assert site.answer(path) is None, path
