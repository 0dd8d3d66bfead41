"""Lists of rows to choose from: what is shown, found and sorted, and what a choice writes into the form."""

from pathlib import Path
from typing import Any

import pytest
from builders import app_files, as_json, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in
from https_server import https_server
from kind_pages import form_state, html, view
from town_server import SOURCE, TownServer
from werkzeug.datastructures import MultiDict

from studio.runtime.context import option_lists
from studio.runtime.forms.building import page_view
from studio.runtime.forms.kinds.lists import key_of
from studio.runtime.forms.posting import apply_post
from studio.runtime.option_lists import OptionLists

pytestmark = pytest.mark.usefixtures("words")

PEOPLE = [
    {"name": "Kari", "age": 37, "job": "Pilot"},
    {"name": "Ola", "age": 9, "job": "Pupil"},
    {"name": "Ada", "age": 101, "job": "Pilot"},
]
MEMBERS = {"name": {"type": "string"}, "age": {"type": "string"}, "on": {"type": "boolean"}}
FIELDS: dict[str, Any] = {
    "name": "string",
    "age": "integer",
    "asked": "string",
    "rows": {"type": "array", "items": {"type": "object", "properties": MEMBERS}},
}
APP: dict[str, Any] = {"fields": FIELDS, "more": {"App/lists/people.json": as_json(PEOPLE)}}
PICK: dict[str, Any] = {
    "id": "pick",
    "type": "List",
    "dataListId": "people",
    "tableHeaders": {"name": "Name", "age": "Age", "job": "Job"},
    "sortableColumns": ["age"],
    "dataModelBindings": {"name": "name", "age": "age"},
    "summaryBinding": "name",
}
MANY = {**PICK, "dataModelBindings": {"group": "rows", "name": "rows.name", "age": "rows.age"}}


def names(component: dict[str, Any], **more: Any) -> list[str]:
    return [row.cells[0] for row in view(component, **APP, **more).settings["rows"]]


def chosen(component: dict[str, Any], data: dict[str, Any], *rows: dict[str, Any]) -> dict[str, Any]:
    state = form_state(component, data=data, **APP)
    sent = MultiDict([(":shown", ":list-pick"), *((":list-pick", key_of(row)) for row in rows)])
    return apply_post(state, page_view(state, "Page"), sent).data["model"]


def test_a_list_shows_its_rows_in_a_table() -> None:
    soup = html(PICK, data={"name": "Ola", "age": 9}, **APP)
    assert [head.text.strip() for head in soup.select("thead th")][1:] == ["Name", "Age", "Job"]
    checked = soup.select_one("input[checked]")
    assert checked["aria-label"] == "Ola, 9"


def test_a_choice_writes_its_columns_into_the_form() -> None:
    assert chosen(PICK, {}, PEOPLE[0]) == {"name": "Kari", "age": 37}


def test_what_is_no_row_of_the_list_is_not_chosen() -> None:
    assert chosen(PICK, {"name": "Ola"}, {"name": "Somebody", "age": 1, "job": "Thief"}) == {"name": "Ola"}


def test_several_rows_can_be_chosen_into_a_group() -> None:
    held = chosen(MANY, {}, PEOPLE[0], PEOPLE[2])["rows"]
    assert [(row["name"], row["age"]) for row in held] == [("Kari", 37), ("Ada", 101)]
    assert all(row["altinnRowId"] for row in held)
    assert [row["name"] for row in chosen(MANY, {"rows": held}, PEOPLE[2])["rows"]] == ["Ada"]


def test_a_row_that_is_no_longer_chosen_can_be_kept_and_unchecked() -> None:
    bindings = {**MANY["dataModelBindings"], "checked": "rows.on"}
    soft = {**MANY, "deletionStrategy": "soft", "dataModelBindings": bindings}
    held = {"rows": [{"name": "Ola", "age": "9", "on": True}]}
    rows = chosen(soft, held, PEOPLE[0])["rows"]
    assert [(row["name"], row["on"]) for row in rows] == [("Ola", False), ("Kari", True)]


def test_a_list_is_sorted_by_the_column_that_was_pressed() -> None:
    assert names(PICK, opened=frozenset({":pick~age"})) == ["Ola", "Kari", "Ada"]
    assert names(PICK, opened=frozenset({":pick~-age"})) == ["Ada", "Kari", "Ola"]
    assert names(PICK, opened=frozenset({":pick~job"})) == ["Kari", "Ola", "Ada"], "not a sortable column"


def test_a_list_comes_page_by_page() -> None:
    paged = {**PICK, "pagination": {"alternatives": [2], "default": 2}}
    assert names(paged) == ["Kari", "Ola"]
    assert names(paged, opened=frozenset({":pick#1"})) == ["Ada"]


def test_choices_on_other_pages_stay() -> None:
    paged = {**MANY, "pagination": {"alternatives": [2], "default": 2}}
    held = {"rows": [{"name": "Ada", "age": "101"}]}
    assert [row["name"] for row in chosen(paged, held, PEOPLE[0])["rows"]] == ["Ada", "Kari"]


def test_what_is_asked_for_in_the_form_narrows_the_list() -> None:
    search = {**PICK, "queryParameters": {"search": ["dataModel", "asked"]}}
    assert names(search, data={"asked": "pilot"}) == ["Kari", "Ada"]
    column = {**PICK, "mapping": {"asked": "job"}}
    assert names(column, data={"asked": "Pupil"}) == ["Ola"]
    assert names(column) == ["Kari", "Ola", "Ada"]


def test_a_list_without_rows_says_so() -> None:
    assert "tbody" not in str(html({**PICK, "dataListId": "nowhere"}, **APP))


def test_a_list_is_answered_by_its_summary_binding() -> None:
    assert view(PICK, data={"name": "Ola", "age": 9}, **APP).answer == "Ola"
    assert view(MANY, data={"rows": [{"name": "Ola"}, {"name": "Ada"}]}, **APP).answer == "Ola, Ada"


def test_a_list_works_without_scripts(serve_app: Serve, client: FlaskClient) -> None:
    sign_in(client)
    paged = {**PICK, "pagination": {"alternatives": [2], "default": 2}}
    files = app_files(pages={"Page": (paged, field("asked"))}, **APP)
    first = begin(client, serve_app(files, "app"))
    second = send(client, first, "list-page:pick#1", **{":list-pick": key_of(PEOPLE[1])})
    assert [row.text for row in page(second).select("tbody td:nth-of-type(2)")] == ["Ada"]
    back = send(client, send(client, second, "list-sort:pick~age"), "save")
    assert page(back).select_one("input[checked]")["aria-label"] == "Ola, 9"  # type: ignore[index] # chosen above


TOWNS = [
    {"value": "3107", "label": "halden", "tags": {"people": "9", "county": "east"}},
    {"value": "0301", "label": "Oslo", "tags": {"people": "700.5", "county": "east"}},
    {"value": "4601", "label": "Bergen", "tags": {"people": "290", "county": "west"}},
]
TOWN: dict[str, Any] = {
    **PICK,
    "dataListId": "towns",
    "tableHeaders": {"label": "Town", "people": "People", "value": "Number"},
    "sortableColumns": ["people"],
    "dataModelBindings": {"label": "name", "people": "age"},
    "summaryBinding": "label",
}
LISTED: dict[str, Any] = {
    "fields": FIELDS,
    "more": {"App/options/towns.json": as_json(TOWNS)},
    "texts": {"nb": {"halden": "Halden"}},
}
HOOK = b"""
from studio_app import Option


def options(data, parameters, context):
    wanted = parameters.get("least", "0")
    people = {"Halden": 9, "Oslo": 700}
    found = [name for name, count in people.items() if count > int(wanted)]
    return [Option(name, name, tags={"people": people[name]}) for name in found]
"""


def rows(response: Any) -> list[list[str]]:
    return [[cell.text for cell in row.select("td")[1:]] for row in page(response).select("tbody tr")]


def test_an_option_list_gives_rows_whose_columns_are_its_texts_and_tags() -> None:
    found = view(TOWN, **LISTED).settings["rows"]
    assert [row.cells for row in found] == [
        ("Halden", "9", "3107"),
        ("Oslo", "700.5", "0301"),
        ("Bergen", "290", "4601"),
    ]
    state = form_state({**TOWN, "mapping": {"asked": "county"}}, data={"asked": "west"}, **LISTED)
    assert [row.cells[0] for row in page_view(state, "Page").components[0].settings["rows"]] == ["Bergen"]


def test_numbers_that_are_texts_are_sorted_as_numbers() -> None:
    found = view(TOWN, opened=frozenset({":pick~people"}), **LISTED).settings["rows"]
    assert [row.cells[0] for row in found] == ["Halden", "Bergen", "Oslo"]


def test_a_column_that_is_text_is_kept_as_its_field_is() -> None:
    key = view(TOWN, **LISTED).settings["rows"][0].key
    state = form_state(TOWN, **LISTED)
    sent = MultiDict([(":shown", ":list-pick"), (":list-pick", key)])
    held = apply_post(state, page_view(state, "Page"), sent).data["model"]
    assert held == {"name": "Halden", "age": 9}
    several = {**TOWN, "dataModelBindings": {"group": "rows", "label": "rows.name", "people": "rows.age"}}
    state = form_state(several, **LISTED)
    held = apply_post(state, page_view(state, "Page"), sent).data["model"]["rows"]
    assert [(row["name"], row["age"]) for row in held] == [("Halden", "9")]


def test_a_list_is_searched_in_and_shows_as_many_rows_as_wanted_without_scripts(
    serve_app: Serve, client: FlaskClient
) -> None:
    sign_in(client)
    paged = {**TOWN, "pagination": {"alternatives": [1, 2], "default": 1}}
    first = begin(client, serve_app(app_files(pages={"Page": (paged, field("asked"))}, **LISTED), "app"))
    found = send(client, first, "list-search:pick", **{":search-pick": "  BER 290 ", "asked": "kept"})
    assert (rows(found), page(found).select(".form-list [role=status]")[0].text) == (
        [["Bergen", "290", "4601"]],
        "Fant 1 rad.",
    )
    assert page(found).select_one("#f-asked")["value"] == "kept"  # type: ignore[index] # it is on the page
    # Enter in the search field searches; where nothing else is searched for, it goes on.
    nothing = send(client, found, "enter", **{":search-pick": "<b>"})
    assert page(nothing).select("tbody")[0].text.strip() == "Ingenting ble funnet."
    everything = send(client, nothing, "enter", **{":search-pick": ""})
    assert len(rows(everything)) == 1
    assert len(rows(send(client, everything, "list-size:pick#2"))) == 2
    assert len(rows(send(client, everything, "list-size:pick#3"))) == 1, "not one of the alternatives"


def test_a_hook_gives_the_rows_of_a_list(serve_app: Serve, client: FlaskClient) -> None:
    sign_in(client)
    asks = {**TOWN, "mapping": {"asked": "least"}, "tableHeaders": {"label": "Town", "people": "People"}}
    files = app_files(
        pages={"Page": (asks, field("asked"))}, fields=FIELDS, more={"App/logic/options/towns.py": HOOK}
    )
    first = begin(client, serve_app(files, "app"))
    assert rows(send(client, first, "save", asked="0")) == [["Halden", "9"], ["Oslo", "700"]]
    found = send(client, first, "save", asked="100")
    assert rows(found) == [["Oslo", "700"]]
    key = page(found).select("tbody input")[0]["value"]
    chosen = page(send(client, found, "save", **{":list-pick": key}))
    assert chosen.select_one("input[checked]")["aria-label"] == "Oslo, 700"  # type: ignore[index] # just chosen
    failing = send(client, found, "save", asked="no number", **{":list-pick": key})
    assert page(failing).select(".form-not-there")
    assert "Valgt: Oslo" in page(failing).text


def test_another_server_gives_the_rows_of_a_list_and_what_was_chosen_stays_where_it_does_not(
    serve_app: Serve, client: FlaskClient, runtime: Flask, tmp_path: Path
) -> None:
    TownServer.forget()
    with https_server(tmp_path, TownServer) as server:
        servers = frozenset({"localhost"})
        option_lists.give(
            runtime, OptionLists(servers, private_addresses=True, port=server.port, trust=server.trust)
        )
        source = {**SOURCE, "cacheSeconds": 0, "tags": {"people": "people"}}
        asks = {**TOWN, "required": True, "mapping": {"asked": "region"}}
        files = app_files(
            pages={"Page": (asks, field("asked"))},
            fields=FIELDS,
            more={"App/options/sources/towns.json": as_json(source)},
        )
        sign_in(client)
        west = send(client, begin(client, serve_app(files, "app")), "save", asked="west")
        assert rows(west) == [["Bergen", "6", "bergen"]]
        key = page(west).select("tbody input")[0]["value"]
        kept = send(client, west, "save", **{":list-pick": key})
        TownServer.status = 503
        failing = send(client, kept, "save", asked="east")
    assert page(failing).select(".form-not-there")[0].text.strip().startswith("Valgene kan ikke hentes")
    assert "Valgt: Bergen" in page(failing).text
