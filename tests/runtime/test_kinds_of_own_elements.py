"""Custom: the app's own element, in a frame without rights; its bindings are plain fields."""

import json
from typing import Any

import pytest
from builders import app, app_files, as_json, field
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in
from kind_pages import form_state, html, view
from werkzeug.datastructures import MultiDict

from studio.definition.own_code import OwnScript, own_code, own_scripts, own_styles
from studio.runtime.forms.building import page_view
from studio.runtime.forms.posting import apply_post
from studio.runtime.forms.validation import Shown, find_issues

pytestmark = pytest.mark.usefixtures("words")

CODE = {
    "App/wwwroot/custom-js/b.js": b"customElements.define('my-element', class extends HTMLElement {})",
    "App/wwwroot/custom-js/a.mjs": b"export const a = 1",
    "App/wwwroot/custom-js/data.json": b"{}",
    "App/wwwroot/custom-css/a.css": b"p {}",
    "App/wwwroot/other.js": b"1",
}
BINDINGS = {"simpleBinding": "name", "color": "phone"}
OWN: dict[str, Any] = {
    "id": "own",
    "type": "Custom",
    "tagName": "my-element",
    "sizes": [1, 2],
    "dataModelBindings": BINDINGS,
    "textResourceBindings": {"title": "name.title"},
}


def test_the_element_is_given_what_the_platform_gives_it() -> None:
    given = json.loads(html(OWN, data={"name": "Kari"}, more=CODE).select_one("custom-frame")["data-input"])
    assert given["attributes"]["sizes"] == "[1, 2]"
    assert given["attributes"]["tagName"] == "my-element"
    assert given["texts"] == {"title": "Navn"}
    assert given["dataModelBindings"] == BINDINGS
    assert given["formData"] == {"simpleBinding": "Kari", "color": None}
    assert given["summaryMode"] is False


def test_its_bindings_are_fields_to_fill_in() -> None:
    soup = html(OWN, data={"name": "Kari"}, more=CODE)
    fields = {box["data-slot"]: (box["name"], box["value"]) for box in soup.select("input[data-slot]")}
    assert fields == {"simpleBinding": ("name", "Kari"), "color": ("phone", "")}
    labels = {label["for"] for label in soup.select("label")}
    assert labels == {box["id"] for box in soup.select("input[data-slot]")}


def test_what_it_says_is_kept_as_its_fields_take_it() -> None:
    numbers = {**OWN, "dataModelBindings": {"simpleBinding": "age", "color": "phone"}}
    state = form_state(numbers, data={"age": 3})
    posted = apply_post(
        state, page_view(state, "Page"), MultiDict({"age": "many", "phone": "red", "name": "x"})
    )
    assert posted.data["model"] == {"age": 3, "phone": "red"}
    assert list(posted.problems) == ["age"]


def test_values_with_parts_are_shown_as_nothing_and_stay() -> None:
    state = form_state(OWN, data={"name": {"a": [1]}})
    posted = apply_post(state, page_view(state, "Page"), MultiDict({"name": ""}))
    assert posted.data["model"] == {"name": {"a": [1]}}


def test_all_its_answers_can_be_required() -> None:
    state = form_state({**OWN, "required": True}, data={"phone": "red"})
    assert [issue.field for issue in find_issues(state, Shown.on(state, ["Page"]))] == ["name"]


def test_its_answers_are_summed_up() -> None:
    assert view(OWN, data={"name": "Kari", "phone": "red"}).answer == "Kari, red"


@pytest.mark.parametrize("tag", ["", "script", "Bad-Tag", 'x-"><script>', "my element", "x-" + "a" * 200])
def test_names_that_no_element_can_have_get_no_frame(tag: str) -> None:
    assert html({**OWN, "tagName": tag}, more=CODE).select_one("custom-frame")["data-source"] == ""


def test_without_code_there_is_no_frame() -> None:
    assert html(OWN).select_one("custom-frame")["data-source"] == ""
    assert html(OWN, design=True, mode="design", more=CODE).select("custom-frame") == []


def test_scripts_run_in_the_order_of_assets_json_and_only_the_apps_own() -> None:
    assets = {
        "scripts": [
            {"url": "https://example.org/custom-js/b.js"},
            {"url": "//example.org/custom-js/b.js"},
            {"url": "/ttd/test/custom-js/b.js", "type": "module"},
            {"url": "/ttd/test/custom-js/b.js"},
            {"url": "custom-js/nowhere.js"},
            {"url": 1},
            "x",
        ]
    }
    definition = app(more={**CODE, "App/config/assets.json": as_json(assets)})
    assert own_scripts(definition) == (OwnScript("custom-js/b.js", True), OwnScript("custom-js/a.mjs", True))
    assert own_scripts(app(more=CODE))[1] == OwnScript("custom-js/b.js", False)
    assert own_styles(definition) == ("custom-css/a.css",)


@pytest.mark.parametrize(
    "path", ["other.js", "custom-js/data.json", "custom-js/", "custom-js/../other.js", "custom-css/b.js", ""]
)
def test_no_other_file_is_code(path: str) -> None:
    assert own_code(app(more=CODE), path) is None


@pytest.fixture
def served(serve_app: Serve) -> str:
    return serve_app(app_files(pages={"Page": (OWN, field("name"))}, more=CODE), "app")


def test_the_frame_has_no_rights(served: str, client: FlaskClient) -> None:
    answer = client.get(f"{served}own-element/my-element")
    parts = answer.headers["Content-Security-Policy"].split("; ")
    policy = {part.partition(" ")[0]: part.partition(" ")[2] for part in parts}
    assert policy["sandbox"] == "allow-scripts"
    assert policy["default-src"] == policy["base-uri"] == policy["form-action"] == "'none'"
    assert policy["script-src"] == "http://localhost/ttd/app/custom-js/ http://localhost/assets/"
    assert policy["img-src"] == "data:"
    assert policy["frame-ancestors"] == "http://localhost"
    sources = [script["src"] for script in page(answer).select("script")]
    assert sources[:2] == ["/ttd/app/custom-js/a.mjs", "/ttd/app/custom-js/b.js"]
    assert not page(answer).select("script:not([src])")


@pytest.mark.parametrize("tag", ["script", "x", "Bad-Tag", "x-'"])
def test_there_is_no_frame_for_other_names(served: str, client: FlaskClient, tag: str) -> None:
    assert client.get(f"{served}own-element/{tag}").status_code == 404


def test_apps_without_code_have_no_frame(serve_app: Serve, client: FlaskClient) -> None:
    assert client.get(f"{serve_app(app_files(), 'bare')}own-element/my-element").status_code == 404


def test_code_is_handed_to_frames_and_to_no_page_of_this_site(served: str, client: FlaskClient) -> None:
    address = f"{served}custom-js/b.js"
    answer = client.get(address, headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.data == CODE["App/wwwroot/custom-js/b.js"]
    assert answer.mimetype == "text/javascript"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    for site in ("same-origin", "same-site"):
        assert client.get(address, headers={"Sec-Fetch-Site": site}).status_code == 404
    assert client.get(f"{served}custom-js/data.json").status_code == 404
    assert client.get(f"{served}custom-js/%2e%2e/other.js").status_code == 404


def test_the_files_of_wwwroot_are_still_never_scripts(served: str, client: FlaskClient) -> None:
    sign_in(client)
    assert client.get(f"{served}wwwroot/custom-js/b.js").mimetype == "application/octet-stream"


def test_it_is_filled_in_without_scripts(served: str, client: FlaskClient) -> None:
    sign_in(client)
    after = send(client, begin(client, served), "save", phone="red")
    assert page(after).select_one("[data-slot=color]")["value"] == "red"  # type: ignore[index] # there
