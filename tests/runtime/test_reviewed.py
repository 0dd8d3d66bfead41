"""Pull requests tried in the test runtime: each apart from the app and others, gone with its data."""

import json
from pathlib import Path
from typing import Any

import pytest
from builders import app_files, as_json
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, sign_in
from sqlalchemy import func, select
from test_uploads import PDF, attach
from werkzeug.test import TestResponse

from studio import create_runtime
from studio.config import read_settings
from studio.database import runtime_db
from studio.definition.bundle import bundle_id, manifest
from studio.definition.files import Files
from studio.runtime.management import environment_key
from studio.runtime.storage import DataElement, Instance, InstanceEvent


def files(title: str) -> Files:
    upload = {"id": "files", "type": "FileUpload", "maxFileSizeInMB": 1, "minNumberOfAttachments": 0}
    name = {"id": "name", "type": "Input", "dataModelBindings": {"simpleBinding": "name"}}
    parts = ({**upload, "maxNumberOfAttachments": 2, "displayMode": "list"}, name)
    metadata = json.loads(app_files()["App/config/applicationmetadata.json"])
    metadata["dataTypes"].append({"id": "files", "maxCount": 0, "taskId": "Task_1"})
    more = {"App/config/applicationmetadata.json": as_json(metadata)}
    texts = {language: {"appName": title} for language in ("nb", "en")}
    return app_files(pages={"Page": parts}, fields={"name": "string"}, texts=texts, more=more)


class Door:
    """The management door of a runtime, with its key."""

    def __init__(self, runtime: Flask) -> None:
        with runtime.app_context():
            self._headers = {"Authorization": f"Bearer {environment_key()}"}
        self._client = runtime.test_client()

    def ask(self, method: str, path: str, **content: Any) -> TestResponse:
        return self._client.open(f"/_management{path}", method=method, headers=self._headers, **content)

    def hand_over(self, app: Files) -> str:
        entries = manifest(app)
        for path, sha256 in entries.items():
            self.ask("PUT", f"/blobs/{sha256}", data=app[path])
        assert self.ask("POST", "/bundles", json=entries).status_code == 201
        return bundle_id(entries)

    def show(self, number: int, title: str, app: str = "skjema") -> TestResponse:
        message = {"bundle": self.hand_over(files(title)), "release": "c" * 40, "by": "Kari"}
        return self.ask("PUT", f"/reviews/ttd/{app}/{number}", json=message)


@pytest.fixture
def door(runtime: Flask) -> Door:
    return Door(runtime)


def counted(runtime: Flask, app: str) -> int:
    with runtime.app_context():
        query = select(func.count()).select_from(Instance).where(Instance.app == app)
        return runtime_db.session.scalar(query) or 0


def stored(tmp_path: Path) -> set[str]:
    """The apps whose attachments lie in the store."""
    return {path.parents[1].name for path in tmp_path.glob("test/files/attachments/ttd/*/*/*")}


def test_a_pull_request_is_tried_apart_from_the_app_and_its_data_goes_with_it(
    runtime: Flask, client: FlaskClient, door: Door, serve_app: Serve, tmp_path: Path
) -> None:
    sign_in(client)
    places = [serve_app(files("I bruk"), "skjema")]
    for number in (7, 8):
        answer = door.show(number, f"Endring {number}")
        assert answer.status_code == 200, answer.text
        places.append(f"/ttd/skjema--pr-{number}/")
    for address, title in zip(places, ("I bruk", "Endring 7", "Endring 8"), strict=True):
        shown = client.get(address).text
        assert title in shown
        assert ("You are trying" in shown or "Du prøver" in shown) == ("--pr-" in address)
        at = begin(client, address)
        attach(client, at, (PDF, "a.pdf"))
    names = ["skjema", "skjema--pr-7", "skjema--pr-8"]
    assert [counted(runtime, name) for name in names] == [1, 1, 1]
    assert stored(tmp_path) == set(names)

    for _ in range(2):  # twice is as once
        assert door.ask("DELETE", "/reviews/ttd/skjema/7").status_code == 204

    assert [counted(runtime, name) for name in names] == [1, 0, 1]
    assert stored(tmp_path) == {"skjema", "skjema--pr-8"}
    with runtime.app_context():  # nothing of the instance is left behind
        there = set(runtime_db.session.scalars(select(Instance.id)))
        assert set(runtime_db.session.scalars(select(DataElement.instance_id))) == there
        assert set(runtime_db.session.scalars(select(InstanceEvent.instance_id))) == there
    assert client.get("/ttd/skjema--pr-7/").status_code == 404
    assert "I bruk" in client.get("/ttd/skjema/").text
    assert "--pr-" not in client.get("/").text  # the services of the environment are those in use
    door.show(7, "Igjen")
    assert counted(runtime, "skjema--pr-7") == 0


def test_what_is_tried_says_when_it_was_used_and_follows_what_it_is_given(
    client: FlaskClient, door: Door
) -> None:
    sign_in(client)
    door.show(7, "Først")
    before = door.ask("GET", "/reviews").get_json()["reviews"]
    assert [(each["app"], each["reviewed"], each["version"]) for each in before] == [
        ("skjema--pr-7", "skjema", 7)
    ]
    at = begin(client, "/ttd/skjema--pr-7/")
    door.show(7, "Så")
    assert "Så" in client.get("/ttd/skjema--pr-7/").text
    assert client.get(at.request.path).status_code == 200  # what was begun goes on
    after = door.ask("GET", "/reviews").get_json()["reviews"]
    assert after[0]["last_used"] > before[0]["last_used"]


def test_an_app_of_that_name_is_neither_overwritten_nor_deleted(
    runtime: Flask, door: Door, serve_app: Serve
) -> None:
    serve_app(files("En egen app"), "skjema--pr-7")
    assert door.show(7, "Nei").status_code == 422
    assert door.ask("DELETE", "/reviews/ttd/skjema/7").status_code == 422
    door.show(8, "Prøves")
    message = {"bundle": door.hand_over(files("x")), "release": "1", "version": 1, "by": "Kari"}
    answer = door.ask("PUT", "/apps/ttd/skjema--pr-8", json=message)
    assert answer.status_code == 422
    assert "is tried under this name" in answer.get_json()["detail"]
    found = door.ask("GET", "/apps/ttd/skjema--pr-7").get_json()
    assert found["reviewed"] is None


def test_nothing_is_tried_in_production(tmp_path: Path) -> None:
    settings = read_settings({"STUDIO_DATA": str(tmp_path), "STUDIO_PRODUCTION_SIGN_IN": "local-demo"})
    answer = Door(create_runtime(settings, "production")).show(7, "Nei")
    assert answer.status_code == 422
    assert "test environment only" in answer.get_json()["detail"]
