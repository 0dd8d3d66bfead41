"""Prefill, calculations and validations of an app do their work in a served form; hidden data goes."""

import json
from typing import Any
from urllib.parse import unquote

import pytest
from builders import app_files, as_json, field, group, schema
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in

from studio.database import runtime_db
from studio.definition.files import MemoryFiles
from studio.runtime.storage import Instance

NEXT = {"id": "next", "type": "NavigationButtons"}
SEND = {"id": "send", "type": "Button"}
ROW = {"type": "object", "properties": {"count": {"type": "number"}, "double": {"type": "number"}}}
FIELDS: dict[str, Any] = {
    "name": "string",
    "amount": "number",
    "price": "integer",
    "total": "number",
    "note": "string",
    "secret": "string",
    "rows": {"type": "array", "items": ROW},
}
TEXTS = {"nb": {"appName": "Regler", "short": "Skriv **mer** enn {0}"}}


def files(*components: Any, settings: Any = None, **contents: Any) -> MemoryFiles:
    """An app of one page with these components and rule files (validation=..., calculation=..., ...)."""
    more = {f"App/models/model.{kind}.json": as_json(content) for kind, content in contents.items()}
    if settings is not None:
        more["App/appsettings.json"] = as_json(settings)
    return app_files(pages={"Contact": [*components, NEXT, SEND]}, fields=FIELDS, texts=TEXTS, more=more)


def rule(condition: Any, severity: str = "error", message: Any = "short") -> dict[str, Any]:
    return {"message": message, "condition": condition, "severity": severity}


def messages(response: Any, component: str) -> list[tuple[str, str]]:
    """(text, severity) of what is said at a field; without the word that says the severity once more."""
    found = page(response).select(f"#f-{component}-issues p")
    for word in [word for each in found for word in each.select(".ds-sr-only")]:
        word.extract()
    return [(each.get_text(" ", strip=True), each.get("data-color", "error")) for each in found]


def value(response: Any, component: str) -> str:
    return str(page(response).find(id=f"f-{component}")["value"])


def stored(runtime: Flask, data_type: str = "model") -> str:
    """A document of the only form that was begun, as it is kept."""
    with runtime.app_context():
        (instance,) = runtime_db.session.query(Instance)
        (element,) = instance.elements_of(data_type)
        return element.content.decode()


def test_an_error_stops_the_form_and_other_findings_are_only_told(
    client: FlaskClient, serve_app: Serve
) -> None:
    long = ["greaterThan", ["stringLength", ["dataModel", ["argv", 0]]], 3]
    rules = {
        "name": [rule(["equals", ["dataModel", "name"], "no"]), rule(long, "warning", "Langt"), "good"],
        "note": [rule(True, "info", ["concat", "Ser ", ["dataModel", ["value"]]])],
    }
    content = {"validations": rules, "definitions": {"good": rule(long, "success", "Fint")}}
    app = serve_app(files(field("name"), field("note"), validation=content), "rules")
    sign_in(client)
    first = begin(client, app)
    stopped = send(client, first, "submit", name="no", note="b")
    assert stopped.status_code == 422
    assert [each.split() for each in errors(stopped)] == [["name.title:", "Skrivmerenn", "{0}"]]
    assert page(stopped).select_one("#f-name-issues strong").text == "mer"
    assert messages(stopped, "note") == [("Ser b", "info")]
    told = send(client, first, "save", name="langt")
    assert messages(told, "name") == [("Langt", "warning"), ("Fint", "success")]
    assert page(told).find(id="f-name").get("aria-invalid") is None
    assert send(client, told, "submit").request.path.endswith("/receipt")


def test_a_rule_looks_at_every_row_and_only_at_what_is_shown(client: FlaskClient, serve_app: Serve) -> None:
    shown = {**group("rows", "count"), "type": "RepeatingGroup", "dataModelBindings": {"group": "rows"}}
    secret = field("secret", hidden=["equals", ["dataModel", "name"], "hide"])
    many = ["greaterThan", ["dataModel", "rows.count"], 10]
    content = {"validations": {"rows.count": [rule(many)], "secret": [rule(True)]}}
    app = serve_app(
        files(field("name"), secret, shown, field("count", "rows.count"), validation=content), "rules"
    )
    sign_in(client)
    form = send(client, begin(client, app), "add:rows")
    form = send(client, form, "add:rows", **{"rows[0].count": "5"})
    form = send(client, form, "save", **{"rows[1].count": "11"}, secret="x")
    assert messages(form, "count-0") == []
    assert messages(form, "count-1") == [("Skriv mer enn {0}", "error")]
    assert messages(form, "secret") == [("Skriv mer enn {0}", "error")]
    stopped = send(client, form, "submit", name="hide")
    assert [each.split() for each in errors(stopped)] == [["count.title:", "Skrivmerenn", "{0}"]]


CALCULATIONS = {
    "calculations": {
        "total": {"expression": ["sum", ["list", ["dataModel", "price"], ["dataModel", "amount"]]]},
        "rows.double": {"expression": ["multiply", ["dataModel", "rows.count"], 2]},
        "amount": {"expression": ["multiply", ["dataModel", "price"], 1.5]},
        "note": {"expression": ["if", ["equals", ["component", "name"], None], "tom", "else", "full"]},
    }
}


@pytest.fixture
def calculated(serve_app: Serve) -> str:
    rows = {
        **group("rows", "count", "double"),
        "type": "RepeatingGroup",
        "dataModelBindings": {"group": "rows"},
    }
    parts = [field(name) for name in ("name", "price", "amount", "total", "note")]
    in_rows = [field("count", "rows.count"), field("double", "rows.double")]
    return serve_app(files(*parts, rows, *in_rows, calculation=CALCULATIONS), "sums")


def test_results_are_there_from_the_beginning_and_follow_every_answer(
    client: FlaskClient, calculated: str
) -> None:
    sign_in(client)
    form = begin(client, calculated)
    assert value(form, "note") == "tom"
    form = send(client, form, "save", price="10", name="Ola")
    assert (value(form, "amount"), value(form, "total"), value(form, "note")) == ("15", "25", "full")
    form = send(client, form, "save", price="1")
    assert (value(form, "amount"), value(form, "total")) == ("1.5", "2.5")


def test_results_come_with_the_answer_to_a_script(client: FlaskClient, calculated: str) -> None:
    sign_in(client)
    form = begin(client, calculated)
    action = page(form).select("form.form")[0]["action"]
    answer = client.post(str(action), data={"do": "save", "price": "4"}, headers={"X-Form-Save": "1"})
    assert "<html" not in answer.text
    assert value(answer, "total") == "10"


def test_every_row_has_its_own_result(client: FlaskClient, calculated: str, runtime: Flask) -> None:
    sign_in(client)
    form = send(client, begin(client, calculated), "add:rows")
    form = send(client, form, "add:rows", **{"rows[0].count": "2"})
    form = send(client, form, "save", **{"rows[1].count": "7"})
    assert (value(form, "double-0"), value(form, "double-1")) == ("4", "14")
    send(client, form, "delete-now:rows[0]")
    assert stored(runtime).count("<double>") == 1
    assert "<double>14</double>" in stored(runtime)


def test_calculations_that_never_come_to_rest_end_and_leave_the_form_usable(
    client: FlaskClient, serve_app: Serve
) -> None:
    circle = {
        "amount": {"expression": ["plus", ["dataModel", "total"], 1]},
        "total": {"expression": ["plus", ["dataModel", "amount"], 1]},
        "note": {"expression": ["divide", 1, 0]},
    }
    app = serve_app(files(field("amount"), field("note"), calculation={"calculations": circle}), "circle")
    sign_in(client)
    form = send(client, begin(client, app), "save", note="min egen")
    assert form.status_code == 200
    assert value(form, "note") == "min egen"
    assert float(value(form, "amount")) > 1


def test_a_form_knows_its_owner_and_the_address_that_was_followed(
    client: FlaskClient, serve_app: Serve
) -> None:
    prefill = {
        "DSF": {"LastName": "NAME", "AddressMunicipalNumber": "price", "AddressHouseNumber": "rows.count"},
        "ER": {"Name": "secret"},
        "UserProfile": {"Email": "note", "Party.Person.FirstName": "secret"},
        "QueryParameters": {"sum": "amount", "who": "name", "party": "total"},
    }
    parts = [field(name) for name in ("name", "price", "note", "secret", "amount", "total")]
    app = serve_app(files(*parts, prefill=prefill), "prefill")
    sign_in(client)
    start = client.get(f"{app}?sum=12,5&other=x&party=3")
    sent = {
        each["name"]: each["value"] for each in page(start).select("form.public-start input[type=hidden]")
    }
    party = page(start).select("[name=party]")[0]["value"]
    form = client.post(f"{app}instances", data={**sent, "party": party}, follow_redirects=True)
    assert [value(form, name) for name in ("name", "note", "secret", "amount", "price", "total")] == [
        "Fjellrev",
        "vennlig@example.no",
        "Vennlig",
        "12.5",
        "301",
        "3",
    ]


def test_an_organisation_is_filled_in_from_its_register(client: FlaskClient, serve_app: Serve) -> None:
    app = serve_app(
        files(field("name"), field("note"), prefill={"ER": {"Name": "name", "InternetAddress": "note"}}), "er"
    )
    sign_in(client)
    party = next(
        each["value"]
        for each in page(client.get(app)).select("[name=party]")
        if each["value"].startswith("52")
    )
    form = client.post(f"{app}instances", data={"party": party}, follow_redirects=True)
    assert value(form, "name") == "Stille Fjord AS"
    assert value(form, "note") == "https://stille-fjord.example.no"


@pytest.mark.parametrize(("setting", "kept"), [("true", None), (True, None), (False, "x")])
def test_what_only_hidden_components_hold_goes_when_the_task_ends_where_the_app_asks_for_it(
    client: FlaskClient, serve_app: Serve, runtime: Flask, setting: Any, kept: str | None
) -> None:
    hidden = field("secret", hidden=["equals", ["dataModel", "name"], "hide"])
    settings = {"appSettings": {"RemoveHiddenData": setting}}
    app = serve_app(files(field("name"), hidden, settings=settings), "hidden")
    sign_in(client)
    form = send(client, begin(client, app), "save", secret="x")
    send(client, form, "submit", name="hide")
    assert ("<secret>x</secret>" in stored(runtime)) == (kept is not None)
    assert "<name>hide</name>" in stored(runtime)


def test_a_component_may_keep_quiet_until_somebody_goes_on_and_a_rule_may_speak_all_the_same(
    client: FlaskClient, serve_app: Serve
) -> None:
    quiet = {**rule(["equals", ["dataModel", "name"], "a"], message="Stille")}
    loud = {**rule(["equals", ["dataModel", "name"], "a"], message="Straks"), "showImmediately": True}
    app = serve_app(
        files(
            field("name", showValidations=[]),
            field("note", required=True, showValidations=["Required"]),
            validation={"validations": {"name": [quiet, loud]}},
        ),
        "quiet",
    )
    sign_in(client)
    form = send(client, begin(client, app), "save", name="a")
    assert messages(form, "name") == [("Straks", "error")]
    assert len(messages(form, "note")) == 1
    stopped = send(client, form, "submit")
    assert messages(stopped, "name") == [("Stille", "error"), ("Straks", "error")]


def test_one_document_is_worked_out_from_another_that_was_begun_with_it(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    path = "App/config/applicationmetadata.json"
    metadata = json.loads(app_files()[path])
    metadata["dataTypes"].append({**metadata["dataTypes"][0], "id": "other"})
    copied = {"calculations": {"copy": {"expression": ["concat", "Hei ", ["dataModel", "name", "model"]]}}}
    more = {
        path: as_json(metadata),
        "App/models/other.schema.json": as_json(schema({"copy": "string"})),
        "App/models/other.calculation.json": as_json(copied),
        "App/models/model.prefill.json": as_json({"DSF": {"FirstName": "name"}}),
    }
    app = serve_app(app_files(more=more), "two")
    sign_in(client)
    form = begin(client, app)
    assert "<copy>Hei Vennlig</copy>" in stored(runtime, "other")
    send(client, form, "save", name="Ola")
    assert "<copy>Hei Ola</copy>" in stored(runtime, "other")


def test_the_followed_address_is_remembered_through_the_sign_in(
    client: FlaskClient, serve_app: Serve
) -> None:
    app = serve_app(files(field("name"), prefill={"QueryParameters": {"who": "name"}}), "asked")
    asked = client.get(f"{app}?who=Ola")
    back = unquote(asked.location.partition("next=")[2])
    signed_in = client.post("/sign-in", data={"person": "20001", "next": back})
    there = page(client.get(signed_in.location))
    assert there.find(attrs={"name": "asked:who"})["value"] == "Ola"
