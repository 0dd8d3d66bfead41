"""Walking through a served app as a person whose browser runs no JavaScript."""

import time
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

# Serves files as an app under a name (and a release); gives its address.
Serve = Callable[..., str]

FIRST_PERSON = "20001"


def sign_in(client: FlaskClient, person: str = FIRST_PERSON) -> None:
    assert client.post("/sign-in", data={"person": person, "next": "/"}).status_code == 303


def begin(client: FlaskClient, app: str) -> TestResponse:
    """Begin for oneself; the first page of the form."""
    party = page(client.get(app)).select("[name=party]")[0]["value"]
    return client.post(f"{app}instances", data={"party": party}, follow_redirects=True)


def page(response: TestResponse) -> BeautifulSoup:
    return BeautifulSoup(response.text, "html.parser")


def fields(response: TestResponse) -> dict[str, Any]:
    """What a browser would send of the form on a page, without any button."""
    form = page(response).select("form.form")[0]
    found: dict[str, Any] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.find_parent("fieldset", disabled=True):
            continue
        if field.get("type") in {"radio", "checkbox"} and not field.has_attr("checked"):
            continue
        if field.name == "select":
            chosen = field.select("option[selected]")
            value = chosen[0]["value"] if chosen else ""
        else:
            value = field.text.lstrip("\n") if field.name == "textarea" else field.get("value", "on")
        found.setdefault(field["name"], []).append(value)
    return found


def send(client: FlaskClient, response: TestResponse, do: str, **answers: Any) -> TestResponse:
    """Fill in some fields of a page and press a button."""
    action = page(response).select("form.form")[0]["action"]
    return client.post(str(action), data={**fields(response), **answers, "do": do}, follow_redirects=True)


def errors(response: TestResponse) -> list[str]:
    """What the error summary says."""
    return [item.get_text(strip=True) for item in page(response).select("#error-summary li")]


def finished(client: FlaskClient, response: TestResponse) -> TestResponse:
    """The page, once what it says is being made is there."""
    while page(response).select("being-made[data-goes-on]"):
        time.sleep(0.05)
        instance = response.request.path.rpartition("/instance/")
        party, guid = instance[2].split("/")[:2]
        response = client.get(f"{instance[0]}/instance/{party}/{guid}/", follow_redirects=True)
    return response
