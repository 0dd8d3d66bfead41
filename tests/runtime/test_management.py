"""The management door of a runtime, through HTTP requests on real SQLite and a real disk."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from studio.database import engine_options, runtime_db
from studio.runtime import management
from studio.runtime.bundles import BundleStore
from studio.runtime.management import environment_key
from studio.runtime.served import bundles, preview_app, served_app, served_apps
from studio.web.guards import declared, install_default_deny
from tests.migrated import database

KEY = "a-key-that-is-long-enough-for-a-test"
PAGE = b'{"data": {"layout": []}}'
PAGE_SHA = hashlib.sha256(PAGE).hexdigest()


def auth(key: str = KEY) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    url = database(tmp_path / "runtime.db", "runtime")
    app = Flask("runtime")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SQLALCHEMY_ENGINE_OPTIONS=engine_options(url))
    runtime_db.init_app(app)
    install_default_deny(app)
    bundles.give(app, BundleStore.at(tmp_path / "files"))
    environment_key.give(app, KEY)
    app.register_blueprint(management.bp)
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def handed_over(client: FlaskClient) -> str:
    client.put(f"/_management/blobs/{PAGE_SHA}", data=PAGE, headers=auth())
    answer = client.post("/_management/bundles", json={"App/ui/Page1.json": PAGE_SHA}, headers=auth())
    bundle: str = answer.get_json()["bundle"]
    return bundle


def deploy(client: FlaskClient, **changes: Any) -> TestResponse:
    message = {"release": "r-1", "version": 1, "bundle": "0" * 64, "by": "Kari"} | changes
    return client.put("/_management/apps/skd/moving", json=message, headers=auth())


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/_management/health"),
        ("PUT", f"/_management/blobs/{PAGE_SHA}"),
        ("POST", "/_management/bundles"),
        ("GET", "/_management/apps/skd/moving"),
        ("PUT", "/_management/apps/skd/moving"),
        ("DELETE", "/_management/apps/skd/moving"),
        ("PUT", "/_management/previews/abc"),
    ],
)
@pytest.mark.parametrize(
    "headers",
    [{}, auth("wrong"), auth(""), {"Authorization": KEY}, auth("nøkkel"), {"Authorization": f"Basic {KEY}"}],
)
def test_nothing_opens_without_the_key(
    client: FlaskClient, method: str, path: str, headers: dict[str, str]
) -> None:
    answer = client.open(path, method=method, headers=headers, data=PAGE)
    assert answer.status_code == 401
    assert KEY not in answer.text


def test_every_door_is_guarded(app: Flask) -> None:
    doors = [rule.endpoint for rule in app.url_map.iter_rules() if rule.endpoint.startswith("management.")]
    assert doors
    assert all(declared(app.view_functions[door]) for door in doors)


def test_a_healthy_runtime_says_so(client: FlaskClient) -> None:
    assert client.get("/_management/health", headers=auth()).get_json() == {"status": "ok"}


def test_an_app_is_served_after_its_files_are_handed_over(app: Flask, client: FlaskClient) -> None:
    bundle = handed_over(client)
    assert deploy(client, bundle=bundle).status_code == 200
    with app.app_context():
        row = served_app("skd", "moving")
        assert row is not None
        assert (row.release, row.version, row.bundle_id, row.by) == ("r-1", 1, bundle, "Kari")
        assert [(each.org, each.app) for each in served_apps()] == [("skd", "moving")]
    assert client.get("/_management/apps/skd/moving", headers=auth()).get_json()["bundle"] == bundle


def test_deploying_twice_is_deploying_once(client: FlaskClient) -> None:
    bundle = handed_over(client)
    first = deploy(client, bundle=bundle).get_json()
    assert deploy(client, bundle=bundle).get_json() == first


def test_a_manifest_names_the_blobs_to_send_first(client: FlaskClient) -> None:
    answer = client.post("/_management/bundles", json={"App/ui/Page1.json": PAGE_SHA}, headers=auth())
    assert answer.status_code == 409
    assert answer.get_json()["missing"] == [PAGE_SHA]


def test_a_changed_blob_is_refused(client: FlaskClient) -> None:
    answer = client.put(f"/_management/blobs/{PAGE_SHA}", data=PAGE + b" ", headers=auth())
    assert (answer.status_code, answer.get_json()["code"]) == (422, "refused")


def test_a_blob_that_is_too_large_is_refused_before_it_is_read(client: FlaskClient) -> None:
    answer = client.put(
        f"/_management/blobs/{PAGE_SHA}", data=b"0" * (management.LARGEST_BLOB + 1), headers=auth()
    )
    assert answer.status_code == 413


def test_an_unknown_bundle_does_not_go_live(app: Flask, client: FlaskClient) -> None:
    assert deploy(client).status_code == 404
    with app.app_context():
        assert served_app("skd", "moving") is None


@pytest.mark.parametrize(
    "changes",
    [{"version": 0}, {"version": True}, {"version": "1"}, {"release": ""}, {"by": None}, {"bundle": 7}],
)
def test_a_malformed_deploy_is_refused(client: FlaskClient, changes: dict[str, Any]) -> None:
    assert deploy(client, **changes).status_code == 422


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff\xfe", b'"text"'])
def test_a_body_that_is_no_object_is_refused(client: FlaskClient, body: bytes) -> None:
    answer = client.post("/_management/bundles", data=body, content_type="application/json", headers=auth())
    assert answer.status_code == 422


def test_a_withdrawn_app_is_no_longer_served(app: Flask, client: FlaskClient) -> None:
    deploy(client, bundle=handed_over(client))
    assert client.delete("/_management/apps/skd/moving", headers=auth()).status_code == 204
    assert client.get("/_management/apps/skd/moving", headers=auth()).status_code == 404
    assert client.delete("/_management/apps/skd/moving", headers=auth()).status_code == 204


def test_a_damaged_file_keeps_the_app_from_going_live(client: FlaskClient, tmp_path: Path) -> None:
    bundle = handed_over(client)
    (tmp_path / "files" / "blobs" / PAGE_SHA[:2] / PAGE_SHA).write_bytes(b"{")
    answer = deploy(client, bundle=bundle)
    assert (answer.status_code, answer.get_json()["code"]) == (409, "corrupt-blob")


def test_a_disk_that_cannot_be_written_is_said_plainly(client: FlaskClient, tmp_path: Path) -> None:
    (tmp_path / "files" / "blobs").write_bytes(b"a file where a folder must be")
    answer = client.put(f"/_management/blobs/{PAGE_SHA}", data=PAGE, headers=auth())
    assert (answer.status_code, answer.get_json()["code"]) == (507, "store-failed")
    assert str(tmp_path) not in answer.text


def test_a_preview_shows_the_latest_draft(app: Flask, client: FlaskClient) -> None:
    bundle = handed_over(client)
    message = {"org": "skd", "app": "moving", "bundle": bundle, "person": "kari"}
    for _ in range(2):
        assert client.put("/_management/previews/t0ken", json=message, headers=auth()).status_code == 204
    with app.app_context():
        draft = preview_app("t0ken")
        assert draft is not None
        assert (draft.org, draft.app, draft.bundle_id, draft.person) == ("skd", "moving", bundle, "kari")


def test_a_preview_address_never_changes_hands(client: FlaskClient) -> None:
    message = {"org": "skd", "app": "moving", "bundle": handed_over(client), "person": "kari"}
    client.put("/_management/previews/t0ken", json=message, headers=auth())
    answer = client.put("/_management/previews/t0ken", json=message | {"person": "ola"}, headers=auth())
    assert answer.status_code == 422
