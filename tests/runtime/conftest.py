"""A real runtime in the test's own folder, with an app served in it."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_babel import Babel
from form_journeys import Serve

from studio import create_runtime
from studio.config import read_settings
from studio.database import clock
from studio.definition.bundle import bundle_id, manifest
from studio.definition.files import Files, folder_files
from studio.runtime.pdf.jobs import pdf_maker
from studio.runtime.served import Delivered, bundles, serve
from tests.migrated import with_tables


@pytest.fixture
def runtime(tmp_path: Path) -> Iterator[Flask]:
    """The test environment's runtime."""
    settings = read_settings({"STUDIO_DATA": str(with_tables(tmp_path))})
    app = create_runtime(settings, "test")
    app.config["WTF_CSRF_ENABLED"] = False  # the tokens have tests of their own
    yield app
    with app.app_context():
        pdf_maker().stop()


@pytest.fixture
def serve_app(runtime: Flask) -> Serve:
    """Serves files as an app of the organisation `ttd`; gives its address."""

    def put(files: Files, name: str, release: str = "r1") -> str:
        with runtime.app_context():
            entries = manifest(files)
            for path, sha256 in entries.items():
                bundles().put_blob(sha256, files[path])
            bundles().put_bundle(entries)
            serve("ttd", name, Delivered(release, 1, bundle_id(entries), "deployer"), clock.now())
        return f"/ttd/{name}/"

    return put


@pytest.fixture
def client(runtime: Flask) -> FlaskClient:
    """Somebody with a browser, not signed in."""
    return runtime.test_client()


@pytest.fixture
def served_vector(serve_app: Serve, vectors: Path) -> Callable[[str, str], str]:
    """Serves an app of the shared vectors; gives its address."""
    return lambda folder, name: serve_app(folder_files(vectors / "apps" / folder), name)


@pytest.fixture
def words() -> Iterator[None]:
    """Words of the interface need an application with Flask-Babel around them."""
    app = Flask(__name__)
    Babel(app)
    with app.test_request_context():
        yield
