"""Subforms through real requests: entries added, filled in, checked, deleted and sent in with the form."""

import json
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from builders import app_files, as_json, field, schema
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in
from hypothesis import HealthCheck, given, settings
from shape_values import components
from werkzeug.test import TestResponse

from studio.database import runtime_db
from studio.definition.app import AppDefinition
from studio.definition.components import CATALOGUE
from studio.definition.files import MemoryFiles
from studio.runtime import form_data
from studio.runtime.forms.building import Builder, page_view
from studio.runtime.forms.entries import Entry
from studio.runtime.forms.render import render_page
from studio.runtime.forms.state import FormState
from studio.runtime.forms.summaries import whole_form
from studio.runtime.storage import Instance

CATS: dict[str, Any] = {
    "id": "cats",
    "type": "Subform",
    "layoutSet": "cat",
    "textResourceBindings": {"title": "cats.title", "addButton": "Legg til katt"},
    "entryDisplayName": ["dataModel", "name"],
    "tableColumns": [
        {"headerContent": "Navn", "cellContent": {"query": "name"}},
        {"headerContent": "Rop", "cellContent": {"value": ["concat", ["dataModel", "name"], "!"]}},
        {"headerContent": "Alder", "cellContent": {"query": "age", "default": "ukjent"}},
    ],
}
CLOSE = {
    "id": "close",
    "type": "CustomButton",
    "buttonStyle": "primary",
    "actions": [{"id": "closeSubform", "type": "ClientAction"}],
}


def cat_app(
    *components: dict[str, Any],
    cats: dict[str, Any] = CATS,
    kind: dict[str, Any] | None = None,
    logic: dict[str, Any] | None = None,
) -> MemoryFiles:
    """An app with a form of one page that has a subform for cats, with two pages of its own."""
    pages = {
        "Owner": (field("name"), cats, *components, {"id": "nav", "type": "NavigationButtons"}),
        "Summary": (
            {"id": "all", "type": "Summary2", "target": {"type": "layoutSet"}},
            {"id": "send", "type": "Button"},
        ),
    }
    metadata = json.loads(app_files()["App/config/applicationmetadata.json"])
    metadata["dataTypes"].append(
        {
            "id": "cat",
            "taskId": "Task_1",
            "minCount": 0,
            "maxCount": 0,
            "allowedContentTypes": ["application/xml"],
            "appLogic": {"classRef": "Altinn.App.Models.model.model", **(logic or {})},
            **(kind or {}),
        }
    )
    inner = {
        "First": (
            field("name", required=True),
            field("age"),
            {"id": "next", "type": "NavigationButtons"},
        ),
        "Second": (field("phone"), {"id": "back", "type": "NavigationButtons"}, CLOSE),
    }
    more: dict[str, bytes | None] = {
        "App/config/applicationmetadata.json": as_json(metadata),
        "App/models/cat.schema.json": as_json(
            schema({"name": {"type": "string", "maxLength": 10}, "age": "integer", "phone": "string"})
        ),
        "App/ui/cat/Settings.json": as_json(
            {"pages": {"order": list(inner)}, "defaultDataType": "cat", "type": "subform"}
        ),
    }
    for name, parts in inner.items():
        more[f"App/ui/cat/layouts/{name}.json"] = as_json({"data": {"layout": list(parts)}})
    return app_files(pages=pages, more=more)


Begin = Callable[..., TestResponse]


@pytest.fixture
def started(serve_app: Serve, client: FlaskClient) -> Begin:
    sign_in(client)
    return lambda *parts, **more: begin(client, serve_app(cat_app(*parts, **more), "app"))


def instance() -> Instance:
    return runtime_db.session.query(Instance).one()


def kept(runtime: Flask) -> list[dict[str, Any]]:
    """The data of every cat in storage."""
    with runtime.app_context():
        definition = AppDefinition(cat_app())
        return [
            form_data.decode(definition, "cat", each.content, each.content_type)
            for each in instance().elements_of("cat")
        ]


def rows(shown: TestResponse) -> list[list[str]]:
    """The table of the subform, without the column of buttons."""
    return [
        [cell.get_text(strip=True) for cell in row.select("td")[:-1]]
        for row in page(shown).select(".form-subform tbody tr.form-row")
    ]


def ids(shown: TestResponse) -> list[str]:
    return [str(row["data-row"]) for row in page(shown).select(".form-subform tr.form-row")]


def add(client: FlaskClient, shown: TestResponse, **answers: str) -> TestResponse:
    """Add a cat from the form, fill in its first page and come back."""
    entry = send(client, shown, "add-entry:cats")
    return send(client, entry, "close-entry", **answers)


def test_an_entry_has_pages_and_an_address_of_its_own(started: Begin, client: FlaskClient) -> None:
    shown = send(client, started(), "add-entry:cats", name="Kari")
    first = shown.request.path
    assert first.split("/")[-4:-2] == ["Owner", "cats"]
    assert first.endswith("/First")
    second = send(client, shown, "next", name="Mons", age="3")
    assert second.request.path == first.removesuffix("First") + "Second"
    back = send(client, second, "custom:close")
    assert back.request.path.endswith("/Task_1/Owner")
    assert rows(back) == [["Mons", "Mons!", "3"]]
    assert page(back).select("[name=name]")[0]["value"] == "Kari"


def test_entries_are_kept_apart(started: Begin, client: FlaskClient, runtime: Flask) -> None:
    shown = add(client, add(client, started(), name="Mons", age="3"), name="Pus")
    assert rows(shown) == [["Mons", "Mons!", "3"], ["Pus", "Pus!", "ukjent"]]
    entry = send(client, shown, f"entry:cats#{ids(shown)[1]}")
    assert page(entry).select("[name=name]")[0]["value"] == "Pus"
    shown = send(client, entry, "close-entry", name="Pusur")
    assert rows(shown) == [["Mons", "Mons!", "3"], ["Pusur", "Pusur!", "ukjent"]]
    assert [each["name"] for each in kept(runtime)] == ["Mons", "Pusur"]
    assert page(shown).select("[name=name]")[0]["value"] == ""


def test_an_entry_is_deleted_after_a_question(started: Begin, client: FlaskClient, runtime: Flask) -> None:
    shown = add(client, add(client, started(), name="Mons"), name="Pus")
    gone = ids(shown)[0]
    asked = send(client, shown, f"delete-entry:cats#{gone}")
    question = page(asked).select(f"#delete-{gone}")[0]
    assert "Mons" in question.text
    assert len(rows(asked)) == 2
    kept_it = send(client, asked, f"keep-entry:cats#{gone}")
    assert not page(kept_it).select(f"#delete-{gone}")
    left = send(client, asked, f"delete-entry-now:cats#{gone}")
    assert [row[0] for row in rows(left)] == ["Pus"]
    assert [each["name"] for each in kept(runtime)] == ["Pus"]


def test_scripts_ask_themselves(started: Begin, client: FlaskClient) -> None:
    shown = add(client, started(), name="Mons")
    button = page(shown).select(f"[value='delete-entry:cats#{ids(shown)[0]}']")[0]
    assert "Mons" in str(button["data-asks-first"])
    left = send(client, shown, f"delete-entry:cats#{ids(shown)[0]}", **{":script": "1"})
    assert rows(left) == []


def test_what_is_wrong_in_an_entry_stops_the_form_and_leads_there(
    started: Begin, client: FlaskClient
) -> None:
    shown = add(client, add(client, started(), name="Mons"), age="4")
    stopped = send(client, shown, "next")
    assert len(errors(stopped)) == 1
    assert "Navn" in errors(stopped)[0]
    link = str(page(stopped).select("#error-summary a")[0]["href"])
    assert f"/cats/{ids(shown)[1]}/First#f-name" in link
    wrong = page(stopped).select(".form-subform tr[data-wrong]")
    assert [str(row["data-row"]) for row in wrong] == [ids(shown)[1]]
    there = client.get(link.partition("#")[0])
    assert there.status_code == 200
    mended = send(client, there, "close-entry", name="Pus")
    assert send(client, mended, "next").request.path.endswith("/Summary")


def test_two_entries_that_lack_the_same_are_told_apart(started: Begin, client: FlaskClient) -> None:
    shown = add(client, add(client, started()), phone="")
    stopped = send(client, shown, "next")
    links = {str(each["href"]) for each in page(stopped).select("#error-summary a")}
    assert len(links) == 2


def test_the_data_type_says_how_few_and_how_many(started: Begin, client: FlaskClient) -> None:
    shown = started(kind={"minCount": 1, "maxCount": 1})
    stopped = send(client, shown, "next")
    assert len(errors(stopped)) == 1
    full = add(client, shown, name="Mons")
    assert not page(full).select("[value='add-entry:cats']")
    assert len(rows(send(client, full, "add-entry:cats"))) == 1
    assert send(client, full, "next").request.path.endswith("/Summary")


def test_buttons_can_be_left_out(started: Begin, client: FlaskClient) -> None:
    shown = started(cats={**CATS, "showAddButton": False, "showDeleteButton": False})
    assert not page(shown).select("[value^='add-entry']")
    assert rows(send(client, shown, "add-entry:cats")) == []


def test_a_data_type_may_forbid_deleting(started: Begin, client: FlaskClient) -> None:
    shown = add(client, started(logic={"disallowUserDelete": True}), name="Mons")
    assert not page(shown).select("[value^='delete-entry']")
    again = send(client, shown, f"delete-entry-now:cats#{ids(shown)[0]}")
    assert len(rows(again)) == 1


def test_a_read_only_subform_is_only_looked_at(started: Begin, client: FlaskClient, runtime: Flask) -> None:
    shown = add(
        client, started(cats={**CATS, "readOnly": ["equals", ["dataModel", "name"], "lås"]}), name="Mons"
    )
    locked = send(client, shown, "save", name="lås")
    assert not page(locked).select("[value^='delete-entry'], [value^='add-entry']")
    entry = send(client, locked, f"entry:cats#{ids(locked)[0]}")
    assert page(entry).select("[name=name]")[0].has_attr("readonly")
    send(client, entry, "save", name="Pus")
    assert [each["name"] for each in kept(runtime)] == ["Mons"]


@pytest.mark.parametrize("wrong", ["component", "element", "page"])
def test_an_address_of_nothing_is_not_found(started: Begin, client: FlaskClient, wrong: str) -> None:
    entry = send(client, started(), "add-entry:cats").request.path
    *front, component, element, inner = entry.split("/")
    parts = {"component": component, "element": element, "page": inner}
    parts[wrong] = str(uuid4()) if wrong == "element" else "nothing"
    assert client.get("/".join([*front, *parts.values()])).status_code == 404


def test_a_hidden_subform_has_no_pages(started: Begin, client: FlaskClient) -> None:
    shown = started(cats={**CATS, "hidden": ["equals", ["dataModel", "name"], "skjul"]})
    entry = send(client, shown, "add-entry:cats")
    send(client, client.get(shown.request.path), "save", name="skjul")
    assert client.get(entry.request.path).status_code == 404


def test_what_is_sent_holds_every_entry(started: Begin, client: FlaskClient, runtime: Flask) -> None:
    shown = add(client, add(client, started(), name="Mons", age="3"), name="Pus")
    summary = send(client, shown, "next")
    text = page(summary).get_text(" ", strip=True)
    assert "Mons" in text
    assert "Pus" in text
    receipt = send(client, summary, "submit")
    assert receipt.request.path.endswith("/receipt")
    assert "Pus" in page(receipt).get_text()
    with runtime.app_context():
        assert [each.locked for each in instance().elements_of("cat")] == [True, True]
    assert [each["name"] for each in kept(runtime)] == ["Mons", "Pus"]


def summary_of(shown: TestResponse) -> BeautifulSoup:
    return page(shown).select("[data-component=sum]")[0]


@pytest.mark.parametrize(("display", "tables"), [("table", 1), ("full", 0)])
def test_a_summary_shows_entries_as_a_table_or_in_full(
    started: Begin, client: FlaskClient, display: str, tables: int
) -> None:
    part = {
        "id": "sum",
        "type": "Summary2",
        "target": {"type": "component", "id": "cats"},
        "overrides": [{"componentId": "cats", "display": display}],
    }
    shown = add(client, started(part), name="Mons", age="3")
    found = summary_of(shown)
    assert len(found.select("table")) == tables
    assert "Mons" in found.text
    assert ("Phone" in found.text or "Telefon" in found.text) == (display == "full")


@pytest.mark.usefixtures("words")
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(components(CATALOGUE["Subform"], "cats"))
def test_entries_are_shown_whatever_the_layout_says(raw: dict[str, Any]) -> None:
    app = AppDefinition(cat_app(cats={**raw, "layoutSet": "cat", "hidden": False}))
    layout_set = app.layout_set("Task_1")
    assert layout_set is not None
    entries = {"cat": (Entry("1", {"name": "Mons", "age": 3}), Entry("2", {"name": ["x"], "age": {}}))}
    state = FormState(app, layout_set, "nb", {"model": {}}, date(2026, 1, 31), entries=entries)
    shown = BeautifulSoup(render_page(page_view(state, "Owner")), "html.parser")
    summary = BeautifulSoup(render_page(page_view(state, "Owner"), "summary"), "html.parser")
    assert raw.get("renderAsSummary") is True or len(shown.select(".form-subform tr.form-row")) == 2
    assert summary.select("[data-component=cats]")
    assert whole_form(Builder(state, summarise=False))


def test_the_real_app_with_subforms_is_filled_in_and_sent(
    served_vector: Callable[[str, str], str], client: FlaskClient
) -> None:
    sign_in(client)
    shown = begin(client, served_vector("test-apps-v9/subform-test", "subform-test"))
    assert "/utfylling" in shown.request.path
    entry = send(client, shown, "add-entry:subform-mopeder", Navn="Kari", Alder="40")
    assert "/subform-mopeder/" in entry.request.path
    incomplete = send(client, entry, "custom:subform-moped-exitButton", RegNo="AB1234")
    assert "/subform-mopeder/" in incomplete.request.path
    assert errors(incomplete)
    back = send(
        client,
        incomplete,
        "custom:subform-moped-exitButton",
        Merke="Vespa",
        Modell="X",
        EkstraInfoCheck="false",
        Produksjonsaar="1999",
    )
    assert back.request.path.endswith("/utfylling"), errors(back)
    assert "Rediger Vespa" in back.text


def test_answers_that_are_hidden_in_an_entry_go_when_the_task_ends(
    serve_app: Serve, client: FlaskClient, runtime: Flask
) -> None:
    sign_in(client)
    files = {path: cat_app()[path] for path in cat_app()}
    page_of_phone = [{**field("phone"), "hidden": ["equals", ["dataModel", "name"], "Mons"]}, CLOSE]
    files["App/ui/cat/layouts/Second.json"] = as_json({"data": {"layout": page_of_phone}})
    files["App/appsettings.json"] = as_json({"AppSettings": {"RemoveHiddenData": True}})
    shown = begin(client, serve_app(MemoryFiles(files), "app"))
    for name in ("Pus", "Mons"):
        entry = send(client, shown, "add-entry:cats")
        second = send(client, entry, "next", name="Pusur")
        send(client, second, "close-entry", phone="12345678")
        shown = send(client, client.get(entry.request.path), "close-entry", name=name)
    send(client, send(client, shown, "next"), "submit")
    assert [each.get("phone") for each in kept(runtime)] == ["12345678", None]
    assert [each["name"] for each in kept(runtime)] == ["Pus", "Mons"]


def test_an_entry_of_another_kind_is_no_entry_of_the_subform(
    started: Begin, client: FlaskClient, runtime: Flask
) -> None:
    entry = send(client, started(), "add-entry:cats").request.path
    with runtime.app_context():
        main = str(instance().elements_of("model")[0].id)
    *front, _, inner = entry.split("/")
    assert client.get("/".join([*front, main, inner])).status_code == 404


def test_nothing_is_added_once_the_form_is_sent(started: Begin, client: FlaskClient, runtime: Flask) -> None:
    shown = add(client, started(), name="Mons")
    entry = send(client, shown, f"entry:cats#{ids(shown)[0]}")
    send(client, send(client, shown, "next"), "submit")
    after = client.post(entry.request.path, data={"name": "Ny", "do": "save"}, follow_redirects=True)
    assert after.request.path.endswith("/receipt")
    assert [each["name"] for each in kept(runtime)] == ["Mons"]


def test_an_entry_is_told_of_a_change_in_another_window(started: Begin, client: FlaskClient) -> None:
    shown = add(client, started(), name="Mons")
    entry = send(client, shown, f"entry:cats#{ids(shown)[0]}")
    send(client, entry, "save", name="Pus")
    outdated = send(client, entry, "save", name="Tiger")
    assert outdated.status_code == 409
    assert page(outdated).select("[name=name]")[0]["value"] == "Tiger"
