"""Lists that depend on answers, in a real runtime without JavaScript: asked for anew, cleared, and missed."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import app_files, as_json, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in
from https_server import https_server
from town_server import SOURCE, TownServer

from studio.runtime.context import option_lists
from studio.runtime.option_lists import OptionLists

REGIONS = [{"value": "east", "label": "East"}, {"value": "west", "label": "West"}]
ASKED = {"queryParameters": {"region": ["dataModel", "region"]}}
FIELDS = {"region": "string", "town": "string", "more": "string", "sum": "string"}


@pytest.fixture
def lists(runtime: Flask, tmp_path: Path) -> Iterator[OptionLists]:
    """The lists of the runtime, which may ask a server of ours."""
    TownServer.forget()
    with https_server(tmp_path, TownServer) as server:
        found = OptionLists(
            frozenset({"localhost"}), private_addresses=True, port=server.port, trust=server.trust
        )
        option_lists.give(runtime, found)
        yield found


def served(serve_app: Serve, town: dict[str, Any], **files: Any) -> str:
    pages = {
        "Page": (
            field("region", kind="Dropdown", options=REGIONS),
            field("town", optionsId="towns", **town),
            field("more"),
        ),
        "Last": ({"id": "send", "type": "Button"},),
    }
    more = {"App/options/sources/towns.json": as_json({**SOURCE, "cacheSeconds": 0}), **files}
    return serve_app(app_files(pages=pages, fields=FIELDS, more=more), "towns")


def offered(response: Any) -> list[str]:
    return [
        each["value"] for each in page(response).select("[name=town], #f-town option") if each.get("value")
    ]


def chosen(response: Any) -> list[str]:
    return [each["value"] for each in page(response).select("[name=town][checked], #f-town option[selected]")]


@pytest.mark.parametrize("kind", ["RadioButtons", "Dropdown", "Checkboxes", "MultipleSelect"])
@pytest.mark.parametrize("asked", [ASKED, {"mapping": {"region": "region"}}])
def test_a_list_is_asked_for_anew_and_an_answer_that_it_lacks_is_taken_out(
    client: FlaskClient, serve_app: Serve, lists: OptionLists, kind: str, asked: dict[str, Any]
) -> None:
    app = served(serve_app, {"kind": kind, **asked})
    sign_in(client)
    east = send(client, begin(client, app), "save", region="east")
    options = [each for each in offered(east) if each != "f-town"]
    assert options[-2:] == ["oslo", "moss"]
    saved = send(client, east, "save", town="moss")
    assert chosen(saved) == ["moss"]
    west = send(client, saved, "save", region="west")
    assert (offered(west)[-1:], chosen(west)) == (["bergen"], [])
    assert chosen(send(client, west, "save", region="east")) == []  # it was taken out, not hidden


@pytest.mark.parametrize("kind", ["RadioButtons", "Dropdown", "Checkboxes"])
def test_an_answer_stays_where_its_list_cannot_be_had_and_the_person_reads_why(
    client: FlaskClient, serve_app: Serve, lists: OptionLists, kind: str
) -> None:
    app = served(serve_app, {"kind": kind, **ASKED})
    sign_in(client)
    saved = send(client, send(client, begin(client, app), "save", region="east"), "save", town="moss")
    TownServer.status = 503
    failed = send(client, saved, "save", region="west", more="kept")
    assert chosen(failed) == ["moss"]
    box = page(failed).select(".form-not-there")[0].get_text(" ", strip=True)
    alert = page(failed).select("#hook-failure")[0].get_text()
    assert page(send(client, failed, "save")).select("#hook-failure")[0].get_text() == alert
    assert box.startswith("Valgene kan ikke hentes akkurat nå. Svaret ditt er tatt vare på. Prøv igjen")
    TownServer.status = 200
    again = send(client, failed, "save")  # now it can be told that the answer is none of the choices
    assert (offered(again)[-1:], chosen(again)) == (["bergen"], [])
    assert page(again).select("#f-more")[0]["value"] == "kept"
    assert not page(again).select(".form-not-there")


def test_expressions_see_the_labels_of_a_list_that_is_fetched(
    client: FlaskClient, serve_app: Serve, lists: OptionLists
) -> None:
    is_oslo = ["equals", ["optionLabel", "towns", ["dataModel", "more"]], "Oslo"]
    app = served(serve_app, {"kind": "Dropdown", "hidden": is_oslo, **ASKED})
    sign_in(client)
    saved = send(client, begin(client, app), "save", more="moss")
    assert page(saved).select("#f-town")
    assert not page(send(client, saved, "save", more="oslo")).select("#f-town")


def test_an_answer_is_shown_by_the_label_that_its_own_list_has(
    client: FlaskClient, serve_app: Serve, lists: OptionLists
) -> None:
    told = {**field("more", hidden=["notEquals", ["displayValue", "town"], "Moss"]), "id": "told"}
    needed = {**SOURCE, "address": "https://localhost/towns?region={region}", "parameters": {}}
    files = {
        "App/ui/Task_1/layouts/Last.json": as_json({"data": {"layout": [told]}}),
        "App/options/sources/towns.json": as_json(needed),
    }
    app = served(serve_app, {"kind": "Dropdown", **ASKED}, **files)
    sign_in(client)
    saved = send(client, begin(client, app), "save", region="east")
    chosen_town = send(client, saved, "save", town="moss")
    assert page(send(client, chosen_town, "page:Last")).select("#f-told")


def test_options_of_rows_and_filters_are_cleared_with_what_they_depend_on(
    client: FlaskClient, serve_app: Serve
) -> None:
    more = {"App/options/towns.json": as_json([{"value": each, "label": each} for each in ("a", "b")])}
    filtered = {"optionFilter": ["notEquals", ["value"], ["dataModel", "more"]]}
    app = served(serve_app, {"kind": "RadioButtons", **filtered}, **more)
    sign_in(client)
    saved = send(client, begin(client, app), "save", town="a")
    assert chosen(saved) == ["a"]
    assert chosen(send(client, saved, "save", more="a")) == []


def test_a_list_that_nobody_knows_takes_no_answer_away(client: FlaskClient, serve_app: Serve) -> None:
    calculation = {"calculations": {"town": {"expression": "from elsewhere"}}}
    more = {
        "App/options/sources/towns.json": None,
        "App/models/model.calculation.json": as_json(calculation),
    }
    app = served(serve_app, {"kind": "Dropdown"}, **more)
    sign_in(client)
    saved = send(client, begin(client, app), "save", more="x")
    assert chosen(saved) == ["from elsewhere"]
    assert chosen(send(client, saved, "save", more="y")) == ["from elsewhere"]
