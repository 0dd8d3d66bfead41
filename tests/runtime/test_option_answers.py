"""Option lists as JSON, at the addresses of the platform: for everybody, and inside an instance."""

from typing import Any

import pytest
from builders import app_files, as_json, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, sign_in

from studio.runtime.context import option_lists
from studio.runtime.option_lists import KeptSecret, OptionLists

SIZES = [
    {"value": 2, "label": "sizes.two", "tags": {"group": "b"}},
    {"value": True, "label": "Yes", "description": "d", "helpText": ""},
    {"value": "1", "label": "One", "tags": {"group": "a"}, "unknown": 1},
]
HOOK = b"""from studio_app import Option


def options(data, parameters, context):
    said = f"{parameters.get('q', '')}|{context.instance_id != ''}|{context.language}"
    return [Option("x", said)]
"""
SECRET = {
    "address": "https://data.example.org/x",
    "value": "id",
    "label": "id",
    "headers": {"Key": {"secret": "key"}},
}


@pytest.fixture
def served(serve_app: Serve) -> str:
    pages = {
        "Page": (
            field("name", kind="Dropdown", optionsId="sizes"),
            field("phone", kind="Dropdown", optionsId="guarded", secure=True),
            {"id": "send", "type": "Button"},
        )
    }
    files = {
        "App/options/sizes.json": as_json(SIZES),
        "App/options/guarded.json": as_json([{"value": "g", "label": "G"}]),
        "App/options/broken.json": b"{",
        "App/options/sources/far.json": as_json({**SECRET, "headers": {}}),
        "App/options/sources/secret.json": as_json(SECRET),
        "App/logic/options/worked.py": HOOK,
    }
    return serve_app(app_files(pages=pages, more=files), "lists")


def inside(client: FlaskClient, address: str) -> str:
    """The address of the lists inside an instance that the signed-in person begins."""
    sign_in(client)
    path = begin(client, address).request.path
    party, guid = path.split("/instance/")[1].split("/")[:2]
    return f"{address}instances/{party}/{guid}/options/"


def values(answer: Any) -> list[Any]:
    assert answer.status_code == 200, answer.text
    return [option["value"] for option in answer.json]


def test_a_list_is_answered_in_its_order_and_its_values_keep_their_types(
    client: FlaskClient, served: str
) -> None:
    answer = client.get(f"{served}api/options/sizes?language=nb")
    assert answer.json == [
        {"value": 2, "label": "sizes.two", "tags": {"group": "b"}},
        {"value": True, "label": "Yes", "description": "d"},
        {"value": "1", "label": "One", "tags": {"group": "a"}},
    ]
    assert answer.headers["Altinn-DownstreamParameters"] == ""
    assert answer.content_type == "application/json"
    assert values(client.get(f"{served}api/options/broken")) == []


def test_what_is_asked_for_narrows_a_list_as_it_does_in_the_form(client: FlaskClient, served: str) -> None:
    assert values(client.get(f"{served}api/options/sizes?language=nb&group=a")) == [True, "1"]


def test_a_list_of_code_is_told_what_is_asked_for_and_in_which_language(
    client: FlaskClient, served: str
) -> None:
    answer = client.get(f"{served}api/options/worked?language=en&q=oslo")
    assert [option["label"] for option in answer.json] == ["oslo|False|en"]
    elsewhere = client.get(f"{served}api/options/worked?language=xx")
    assert [option["label"] for option in elsewhere.json] == ["|False|nb"]


def test_a_standard_list_is_answered_in_the_language_that_is_asked_for(
    client: FlaskClient, served: str
) -> None:
    for language, name in (("nb", "Norge"), ("en", "Norway")):
        answer = client.get(f"{served}api/options/standard-countries?language={language}")
        assert {"value": "NO", "label": name} in answer.json


@pytest.mark.parametrize("name", ["nothing", "..%2Fsizes", "guarded", "secret"])
def test_what_is_no_list_for_everybody_is_not_there(client: FlaskClient, served: str, name: str) -> None:
    answer = client.get(f"{served}api/options/{name}")
    assert answer.status_code == 404
    if "%2F" not in name:
        assert answer.content_type == "application/problem+json"
        assert answer.json["status"] == 404


def test_a_list_that_cannot_be_had_now_says_so(client: FlaskClient, served: str) -> None:
    answer = client.get(f"{served}api/options/far")
    assert (answer.status_code, answer.json["status"]) == (503, 503)
    assert "example.org" not in answer.text  # that is for those who made the app


def test_inside_an_instance_every_list_is_answered_and_code_knows_which_it_is(
    client: FlaskClient, served: str, runtime: Flask
) -> None:
    option_lists.give(runtime, OptionLists(secrets={"key": KeptSecret("data.example.org", "x")}))
    lists = inside(client, served)
    assert values(client.get(f"{lists}guarded?language=nb")) == ["g"]
    assert values(client.get(f"{lists}sizes")) == [2, True, "1"]
    assert [option["label"] for option in client.get(f"{lists}worked?q=a").json] == ["a|True|nb"]
    assert client.get(f"{lists}secret").status_code == 503  # it is looked for, and the server is not allowed
    assert client.get(f"{lists}nothing").status_code == 404


def test_inside_an_instance_only_those_are_answered_who_may_read_it(
    client: FlaskClient, served: str, runtime: Flask
) -> None:
    lists = inside(client, served)
    assert runtime.test_client().get(f"{lists}sizes").status_code == 401
    other = runtime.test_client()
    sign_in(other, "20002")
    assert other.get(f"{lists}sizes").status_code in {403, 404}


def test_who_asks_for_lists_too_often_is_told_to_wait(client: FlaskClient, served: str) -> None:
    for _ in range(300):
        assert client.get(f"{served}api/options/nothing").status_code == 404
    answer = client.get(f"{served}api/options/sizes")
    assert answer.status_code == 429
    assert answer.json is not None
    assert answer.json["title"] == "Too Many Requests"
    elsewhere = {"REMOTE_ADDR": "192.0.2.7"}
    assert client.get(f"{served}api/options/sizes", environ_overrides=elsewhere).status_code == 200
