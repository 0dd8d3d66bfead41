"""A Studio with the demo people, without a server."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from studio import create_app, demo
from studio.config import read_settings
from studio.database import studio_db
from tests.migrated import QUICK, with_demo


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    """Studio with a database of its own."""
    app = create_app(read_settings({"STUDIO_DATA": str(with_demo(tmp_path))}), QUICK)
    yield app
    with app.app_context():
        studio_db.session.remove()
        studio_db.engine.dispose()


@pytest.fixture
def session(app: Flask) -> Iterator[Session]:
    """The database session of a request."""
    with app.test_request_context():
        yield studio_db.session


SignIn = Callable[..., FlaskClient]


@pytest.fixture
def client_of(app: Flask) -> SignIn:
    """`client_of("kari")` is a client in which Kari has signed in."""
    app.config["WTF_CSRF_ENABLED"] = False

    def sign_in(user_name: str | None, password: str = demo.PASSWORD) -> FlaskClient:
        client = app.test_client()
        if user_name is not None:
            answer = client.post("/sign-in", data={"user_name": user_name, "password": password})
            assert answer.status_code == 302
        return client

    return sign_in
