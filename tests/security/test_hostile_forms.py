"""Somebody who fills in forms, and has learned to write requests of their own."""

# ruff: noqa: E501 - what is hostile is easier to compare on a line each

import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from builders import app_files, field
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from studio.database import runtime_db
from studio.runtime import handoff
from studio.runtime.management import environment_key
from studio.runtime.storage import Instance
from tests.security.conftest import Serve

PAGES = {
    "Contact": (
        field("name"),
        field("phone", readOnly=True),
        field("age", hidden=True),
        {"id": "next", "type": "NavigationButtons"},
    ),
    "Summary": (field("other"), {"id": "send", "type": "Button"}),
}
FIELDS = {"name": "string", "phone": "string", "age": "integer", "other": "string", "unbound": "string"}


@pytest.fixture
def eve(runtime: Flask, served: Serve) -> FlaskClient:
    """Somebody who has signed in to the test environment, where ttd/skjema is served."""
    served(app_files(pages=PAGES, fields=FIELDS), "ttd", "skjema")
    return person(runtime, "20001")


def person(runtime: Flask, number: str) -> FlaskClient:
    client = runtime.test_client()
    assert client.post("/sign-in", data={"person": number, "next": "/"}).status_code == 303
    return client


def begin(client: FlaskClient, app: str = "/ttd/skjema/") -> str:
    """Begins for oneself; the address of the first page."""
    party = BeautifulSoup(client.get(app).text, "html.parser").select("[name=party]")[0]["value"]
    return client.post(f"{app}instances", data={"party": party}, follow_redirects=True).request.path


def kept(runtime: Flask) -> str:
    with runtime.app_context():
        (instance,) = runtime_db.session.query(Instance)
        return "".join(element.content.decode() for element in instance.elements)


def send(client: FlaskClient, address: str, **fields: Any) -> TestResponse:
    return client.post(address, data={"do": "save", **fields})


def test_only_what_the_page_lets_one_change_is_kept(runtime: Flask, eve: FlaskClient) -> None:
    send(eve, begin(eve), name="Eva", phone="read-only", age="77", other="other page", unbound="unbound",
         altinnRowId="mine", **{"name[0].x": "row", "model.name": "x"})  # fmt: skip
    content = kept(runtime)
    assert "Eva" in content
    assert not any(word in content for word in ("read-only", "77", "other page", "unbound", "mine", "row"))


def test_nobody_else_gets_at_an_instance(runtime: Flask, eve: FlaskClient) -> None:
    address = begin(eve)
    mallory = person(runtime, "20002")
    party = address.split("/")[4]
    others = mallory.get("/ttd/skjema/").text
    assert f'value="{party}"' not in others, "the second person must not represent the first"
    root = address.rsplit("/", 2)[0]
    for method, place in (("GET", address), ("POST", address), ("GET", f"{root}/"), ("POST", f"{root}/delete"),
                          ("GET", f"{root}/receipt"), ("GET", address.replace(party, "50001"))):  # fmt: skip
        assert mallory.open(place, method=method, data={"do": "submit"}).status_code in {403, 404}, place
    assert runtime.test_client().post(address, data={"name": "x"}).location.startswith("/sign-in")
    begun = mallory.post("/ttd/skjema/instances", data={"party": party})
    assert begun.status_code == 403


def test_an_instance_is_of_one_app_alone(eve: FlaskClient, served: Serve) -> None:
    served(app_files(), "demo", "annen")
    address = begin(eve)
    assert eve.get(address.replace("/ttd/skjema/", "/demo/annen/")).status_code == 404


def test_what_was_sent_in_is_not_changed_again(runtime: Flask, eve: FlaskClient) -> None:
    address = begin(eve)
    send(eve, address, name="Eva")
    last = address.replace("/Contact", "/Summary")
    assert send(eve, last, do="submit").status_code == 303
    before = kept(runtime)
    for again in (send(eve, last, do="submit"), send(eve, address, name="Mallory")):
        assert again.status_code in {303, 409}
    assert eve.post(address.rsplit("/", 2)[0] + "/delete").status_code in {403, 409}
    assert kept(runtime) == before


@pytest.mark.parametrize(
    "fields",
    [{":revision": "²"}, {":revision": "9" * 5000}, {":open": ["x"] * 500}, {"do": "page:../../x"},
     {"do": "add:x[99999]"}, {"do": "delete:"}, {"do": "open:" + "[" * 5000}, {"name": "a\0\x0b\ufffe"},
     {":shown": ".."}, {":attempted": "\0"}, {"do": "\0"}],
)  # fmt: skip
def test_a_post_that_no_page_sends_is_answered(eve: FlaskClient, fields: dict[str, Any]) -> None:
    address = begin(eve)
    assert send(eve, address, **{"name": "Eva", **fields}).status_code in {200, 303, 409, 422}
    assert eve.get(address).status_code == 200


def test_a_pass_opens_one_app_of_one_environment_for_a_minute(runtime: Flask, eve: FlaskClient) -> None:
    with runtime.app_context():
        key = environment_key()
    good = handoff.sign(key, handoff.OwnerPass("tor", "Tor", "ttd", "skjema"))
    for bad in (
        "",
        good[:-2],
        good + "x",
        handoff.sign("another key", handoff.OwnerPass("tor", "Tor", "ttd", "skjema")),
    ):
        assert eve.get("/owner/enter", query_string={"pass": bad}).status_code == 403
    assert eve.get("/ttd/skjema/owner/submissions").status_code == 403
    assert eve.get("/owner/enter", query_string={"pass": good}).status_code == 302
    assert eve.get("/ttd/skjema/owner/submissions").status_code == 200
    assert eve.get(f"/ttd/skjema/owner/submissions?page={10**30}").status_code == 200
    assert eve.get("/demo/annen/owner/submissions").status_code == 403
    assert handoff.VALID_FOR <= 60


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x", "Basic x", "Bearer \xff"])
def test_the_management_door_opens_to_its_key_alone(runtime: Flask, header: str) -> None:
    client = runtime.test_client()
    for rule in runtime.url_map.iter_rules():
        if not rule.rule.startswith("/_management"):
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            address = re.sub(r"<[^>]+>", "1", rule.rule)
            answer = client.open(address, method=method, headers={"Authorization": header})
            assert answer.status_code == 401, address


def test_nobody_frames_the_pages_of_an_environment(eve: FlaskClient) -> None:
    for address in ("/", "/sign-in", "/ttd/skjema/", begin(eve), "/nowhere", "/owner/enter"):
        policy = eve.get(address).headers["Content-Security-Policy"]
        assert "frame-ancestors 'none'" in policy, address
        assert "unsafe" not in policy
