"""Studio itself on a new data folder, with the demo people, driven through its Flask test client."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from studio import create_app
from studio.config import read_settings
from studio.database import studio_db
from studio.definition.templates import new_app
from studio.delivery.environments import Environments
from studio.delivery.install import make_delivery
from studio.delivery.room import delivery
from studio.demo import PASSWORD
from studio.history.branch_rules import EVERY_APP, BranchRule, set_rule
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.reviews.room import checking
from tests.delivery.doors import Door, Doors
from tests.migrated import NOW, QUICK, with_demo

KARI = Author("Kari Lunde", "kari@example.org")


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Flask]:
    """Studio with the demo people and organisations (ttd, demo), without apps, and without a Chromium."""
    settings = read_settings({"STUDIO_DATA": str(with_demo(tmp_path)), "STUDIO_CHROMIUM": "off"})
    app = create_app(settings, QUICK)
    with app.app_context():
        worker = checking().worker
    yield app
    worker.stop()


def work_off_checks(studio: Flask) -> None:
    """Do every check that is waiting, here and now, beside the workers of this Studio."""
    with studio.app_context():
        work = checking().worker.work
    while not work.is_empty():
        do = work.claim("test")
        if do is not None:
            do()


@pytest.fixture
def repositories(tmp_path: Path) -> Repositories:
    """The repositories of that Studio."""
    return Repositories(tmp_path / "repos")


@pytest.fixture
def open_main(studio: Flask) -> None:
    """Testdepartementet lets everybody who may share do so straight to main, without a pull request."""
    with studio.app_context():
        rule = BranchRule("main", by_review=False, approvals=0)
        set_rule(studio_db.session, "ttd", EVERY_APP, rule, NOW)
        studio_db.session.commit()


class Browser:
    """A person at a browser without scripts: follows redirects, sends the token of the last page."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self._token = ""

    def get(self, address: str, *, htmx: bool = False) -> TestResponse:
        """Open a page; with `htmx` only the part that htmx would ask for."""
        headers = {"HX-Request": "true"} if htmx else {}
        return self._seen(self.client.get(address, follow_redirects=not htmx, headers=headers))

    def post(self, address: str, /, htmx: bool = False, **fields: object) -> TestResponse:
        """Send a form."""
        headers = {"HX-Request": "true"} if htmx else {}
        data = {"csrf_token": self._token, **fields}
        answer = self.client.post(address, data=data, follow_redirects=not htmx, headers=headers)
        for each in (*answer.history, answer):
            # A large upload lies in a temporary file of the test client, which leaves it open.
            each.request.environ["wsgi.input"].close()
        return self._seen(answer)

    def _seen(self, answer: TestResponse) -> TestResponse:
        token = re.search(r'name="csrf-token" content="([^"]+)"', answer.get_data(as_text=True))
        self._token = token[1] if token else self._token
        return answer


@pytest.fixture
def browser_of(studio: Flask) -> Callable[[str], Browser]:
    """`browser_of("kari")`: a browser in which Kari has signed in, with English chosen."""

    def signed_in(user_name: str) -> Browser:
        client = studio.test_client()
        client.set_cookie("studio_language", "en")
        browser = Browser(client)
        browser.get("/sign-in")
        answer = browser.post("/sign-in", user_name=user_name, password=PASSWORD)
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return browser

    return signed_in


@pytest.fixture
def kari(browser_of: Callable[[str], Browser]) -> Browser:
    """A designer in ttd and demo."""
    return browser_of("kari")


@pytest.fixture
def ola(browser_of: Callable[[str], Browser]) -> Browser:
    """The owner of ttd and demo."""
    return browser_of("ola")


@pytest.fixture
def dina(browser_of: Callable[[str], Browser]) -> Browser:
    """A developer in ttd."""
    return browser_of("dina")


@pytest.fixture
def runa(browser_of: Callable[[str], Browser]) -> Browser:
    """A reviewer in ttd: may look, and not edit."""
    return browser_of("runa")


@pytest.fixture
def contact(studio: Flask, repositories: Repositories) -> Repository:
    """The app ttd/kontakt, made from the template of a contact form."""
    titles = {"nb": "Kontakt oss", "en": "Contact us"}
    files = new_app("kontakt", "ttd", titles, "contact")
    return repositories.create("ttd", "kontakt", files, KARI, "Create Kontakt oss", NOW)


@pytest.fixture
def doors(studio: Flask, tmp_path: Path) -> Iterator[Doors]:
    """Two real doors, to which this Studio delivers."""
    made = [Door(_folder(tmp_path / f"door-{name}"), name) for name in ("test", "production")]
    environments = Environments(door.environment for door in made)
    there = make_delivery(studio, environments, Repositories(tmp_path / "repos"), tmp_path / "releases")
    delivery.give(studio, there)
    yield Doors(*made)
    there.worker.stop()
    for client in there.clients.values():
        client.close()
    for door in made:
        door.close()


def _folder(path: Path) -> Path:
    path.mkdir()
    return path
