"""Studio and a runtime, both real, for those who mean harm and those who slip."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import app_files
from flask import Flask
from flask.testing import FlaskClient

from studio import create_app, create_runtime, demo
from studio.config import Settings, read_settings
from studio.database import clock, runtime_db, studio_db
from studio.definition.bundle import bundle_id, manifest
from studio.definition.files import Files
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.runtime.served import Delivered, bundles, serve
from tests.migrated import NOW, QUICK, with_demo

# Puts files into Studio, or into the test environment, as the app org/name.
Make = Callable[[Files, str, str], Repository]
Serve = Callable[[Files, str, str], None]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of an installation of its own."""
    return read_settings({"STUDIO_DATA": str(with_demo(tmp_path))})


@pytest.fixture
def studio(settings: Settings) -> Iterator[Flask]:
    """Studio with the demo people; tokens against forgery have a test of their own."""
    app = create_app(settings, QUICK)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        studio_db.session.remove()
        studio_db.engine.dispose()


@pytest.fixture
def make(settings: Settings, studio: Flask) -> Make:
    """`make(files, org, name)`: an app in Studio."""
    there = Repositories(settings.repositories)
    author = Author("Kari Lunde", "kari@example.org")

    def put(files: Files, org: str, name: str) -> Repository:
        return there.create(org, name, files, author, "Begin", NOW)

    return put


@pytest.fixture
def form(make: Make) -> Repository:
    """The app ttd/skjema."""
    return make(app_files(), "ttd", "skjema")


@pytest.fixture
def client_of(studio: Flask) -> Callable[[str], FlaskClient]:
    """`client_of("kari")`: a client in which Kari has signed in."""

    def sign_in(user_name: str) -> FlaskClient:
        client = studio.test_client()
        client.set_cookie("studio_language", "en")
        answer = client.post("/sign-in", data={"user_name": user_name, "password": demo.PASSWORD})
        assert answer.status_code == 302
        return client

    return sign_in


@pytest.fixture
def kari(client_of: Callable[[str], FlaskClient]) -> FlaskClient:
    """A designer in ttd and demo."""
    return client_of("kari")


@pytest.fixture
def runtime(settings: Settings) -> Iterator[Flask]:
    """The test environment."""
    app = create_runtime(settings, "test")
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        runtime_db.session.remove()
        runtime_db.engine.dispose()


@pytest.fixture
def served(runtime: Flask) -> Serve:
    """`served(files, org, name)`: an app in the test environment."""

    def put(files: Files, org: str, name: str) -> None:
        with runtime.app_context():
            entries = manifest(files)
            for path, sha256 in entries.items():
                bundles().put_blob(sha256, files[path])
            bundles().put_bundle(entries)
            serve(org, name, Delivered("r1", 1, bundle_id(entries), "tor"), clock.now())

    return put
