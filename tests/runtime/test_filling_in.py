"""From sign-in to receipt without JavaScript, on a small app of the kind that Studio itself makes."""

from pathlib import Path
from uuid import UUID

import pytest
import xmlschema
from builders import app_files, as_json, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, fields, page, send, sign_in

from studio.database import runtime_db
from studio.definition.files import EditedFiles
from studio.definition.templates import new_app
from studio.runtime.handoff import OwnerPass, sign
from studio.runtime.management import environment_key
from studio.runtime.storage import Instance

ANSWERS = {"fullName": "Vennlig Fjellrev", "answerBy": "phone"}


@pytest.fixture
def contact(serve_app: Serve) -> str:
    return serve_app(new_app("kontakt", "ttd", {"nb": "Kontakt"}, "contact"), "kontakt")


def second_page(client: FlaskClient, contact: str) -> object:
    sign_in(client)
    first = begin(client, contact)
    shown = send(client, first, "next", **ANSWERS)
    return send(client, shown, "next", phone="40000001")


def test_a_form_is_filled_in_confirmed_and_acknowledged_with_a_reference(
    client: FlaskClient, contact: str, runtime: Flask
) -> None:
    enquiry = second_page(client, contact)
    confirm = send(client, enquiry, "submit", topic="question", message="Når åpner dere?\r\nHilsen")
    assert "Når åpner dere?" in confirm.text
    receipt = client.post(confirm.request.path, data={"action": "confirm"}, follow_redirects=True)
    with runtime.app_context():
        (instance,) = runtime_db.session.query(Instance)
        assert instance.is_archived
        assert instance.process["ended"]
        assert instance.process["currentTask"] is None
        assert all(element.locked for element in instance.elements)
        assert instance.reference in receipt.text
        stored = instance.elements[0].content
    schema = xmlschema.XMLSchema(new_app("k", "ttd", {"nb": "K"}, "contact")["App/models/model.xsd"].decode())
    schema.validate(stored.decode())
    assert b"altinnRowId" not in stored


def test_a_form_of_which_every_page_is_hidden_says_so(serve_app: Serve, client: FlaskClient) -> None:
    hidden = as_json({"data": {"hidden": True, "layout": [field("name")]}})
    folder = "App/ui/Task_1/layouts"
    files = EditedFiles(app_files(), {f"{folder}/Contact.json": hidden, f"{folder}/Summary.json": hidden})
    sign_in(client)
    shown = begin(client, serve_app(files, "all-hidden"))
    assert shown.status_code == 200
    assert "Det er ingenting å fylle ut her nå" in shown.text


def test_answers_are_kept_also_where_the_app_leaves_it_to_others_to_begin_the_data(
    serve_app: Serve, client: FlaskClient
) -> None:
    path = "App/config/applicationmetadata.json"
    files = app_files()
    by_others = files[path].replace(b'"autoCreate": true', b'"autoCreate": false')
    assert by_others != files[path]
    sign_in(client)
    shown = begin(client, serve_app(EditedFiles(files, {path: by_others}), "by-others"))
    kept = send(client, shown, "save", name="Vennlig Fjellrev")
    assert "Vennlig Fjellrev" in fields(kept)["name"]


def test_questions_that_an_answer_brings_are_shown_before_the_page_is_left(
    client: FlaskClient, contact: str
) -> None:
    sign_in(client)
    first = begin(client, contact)
    assert page(first).select("fieldset[hidden][disabled] #f-phone")
    shown = send(client, first, "next", **ANSWERS)
    assert page(shown).select("fieldset:not([hidden], [disabled]) > * > #f-phone")
    assert page(shown).select("fieldset[hidden][disabled] #f-email")


def test_missing_answers_are_told_in_a_summary_and_at_their_fields(client: FlaskClient, contact: str) -> None:
    sign_in(client)
    first = begin(client, contact)
    assert not page(first).select("[aria-invalid]")
    shown = send(client, first, "next")
    assert shown.status_code == 422
    assert len(errors(shown)) == 3
    field = page(shown).find(id="f-full-name")
    assert field["aria-invalid"] == "true"
    assert field["aria-describedby"] == "f-full-name-issues"
    assert page(shown).title.text.startswith(("Feil", "Error"))
    targets = [link["href"] for link in page(shown).select("#error-summary a")]
    assert all(page(shown).select(target) for target in targets)


def test_an_answer_against_the_data_model_stops_the_form(client: FlaskClient, contact: str) -> None:
    sign_in(client)
    first = begin(client, contact)
    shown = send(client, first, "next", fullName="A", answerBy="email", email="ikke en adresse")
    assert shown.status_code == 422
    assert len(errors(shown)) == 1
    assert page(shown).find(id="f-email")["value"] == "ikke en adresse"


def test_what_was_begun_can_be_left_and_gone_on_with(
    client: FlaskClient, contact: str, runtime: Flask
) -> None:
    sign_in(client)
    send(client, begin(client, contact), "save", fullName="Halvferdig")
    again = runtime.test_client()
    sign_in(again)
    link = page(again.get(contact)).select(".public-instance a")[0]["href"]
    assert page(again.get(link, follow_redirects=True)).find(id="f-full-name")["value"] == "Halvferdig"


def test_nobody_sees_or_changes_the_form_of_somebody_else(
    client: FlaskClient, contact: str, runtime: Flask
) -> None:
    sign_in(client)
    first = begin(client, contact)
    other = runtime.test_client()
    assert other.get(first.request.path).status_code == 302
    sign_in(other, "20005")
    assert other.get(first.request.path).status_code == 403
    assert other.post(first.request.path, data={"fullName": "Tyv", "do": "save"}).status_code == 403


def test_a_page_opened_before_another_change_does_not_undo_it(client: FlaskClient, contact: str) -> None:
    sign_in(client)
    first = begin(client, contact)
    stale = fields(first)
    send(client, first, "save", fullName="Ny")
    told = client.post(first.request.path, data={**stale, "fullName": "Gammel", "do": "save"})
    assert told.status_code == 409
    assert page(told).find(id="f-full-name")["value"] == "Gammel"
    assert page(client.get(first.request.path)).find(id="f-full-name")["value"] == "Ny"


def test_fields_that_the_page_does_not_show_are_not_taken(client: FlaskClient, contact: str) -> None:
    sign_in(client)
    first = begin(client, contact)
    send(client, first, "save", fullName="A", phone="99999999", altinnRowId="x", message="fra en annen side")
    shown = send(client, client.get(first.request.path), "save", answerBy="phone")
    assert page(shown).find(id="f-phone")["value"] == ""


def test_a_form_that_was_sent_in_takes_no_more_changes(client: FlaskClient, contact: str) -> None:
    enquiry = second_page(client, contact)
    confirm = send(client, enquiry, "submit", topic="question", message="Hei")
    client.post(confirm.request.path, data={"action": "confirm"})
    answer = client.post(enquiry.request.path, data={"message": "Endret", "do": "save"})
    assert answer.status_code == 303
    receipt = client.get(answer.location, follow_redirects=True)
    assert "Endret" not in receipt.text


def test_text_that_looks_like_markup_is_only_text(client: FlaskClient, contact: str) -> None:
    sign_in(client)
    shown = send(client, begin(client, contact), "save", fullName='"><script>alert(1)</script>')
    assert "<script>alert" not in shown.text
    assert page(shown).find(id="f-full-name")["value"] == '"><script>alert(1)</script>'


def test_an_unknown_instance_is_not_found(client: FlaskClient, contact: str) -> None:
    sign_in(client)
    assert client.get(f"{contact}instance/510001/{UUID(int=1)}/").status_code == 404


def test_signing_in_leads_only_to_pages_of_this_host(client: FlaskClient) -> None:
    for elsewhere in ("https://evil.example/", "//evil.example", "/\\evil.example"):
        answer = client.post("/sign-in", data={"person": "20001", "next": elsewhere})
        assert answer.location == "/"


def test_posts_without_a_token_are_refused(client: FlaskClient, contact: str, runtime: Flask) -> None:
    sign_in(client)
    first = begin(client, contact)
    runtime.config["WTF_CSRF_ENABLED"] = True
    assert client.post("/sign-in", data={"person": "20001"}).status_code == 400
    assert client.post(f"{contact}instances", data={"party": "510001"}).status_code == 400
    assert client.post(first.request.path, data={"fullName": "A", "do": "save"}).status_code == 400


def test_the_owner_downloads_submissions_as_xml_and_json(
    client: FlaskClient, contact: str, runtime: Flask, tmp_path: Path
) -> None:
    confirm = send(client, second_page(client, contact), "submit", topic="question", message="Hei")
    client.post(confirm.request.path, data={"action": "confirm"})
    with runtime.app_context():
        key = environment_key()
    owner = runtime.test_client()
    assert owner.get(f"{contact}owner/submissions").status_code == 403
    assert owner.get("/owner/enter?pass=forged").status_code == 403
    given = sign(key, OwnerPass("eva", "Eva Eier", "ttd", "kontakt"))
    listed = owner.get(f"/owner/enter?pass={given}", follow_redirects=True)
    links = [link["href"] for link in page(listed).select("td a")]
    assert b"<fullName>Vennlig Fjellrev</fullName>" in owner.get(links[0]).data
    assert owner.get(links[1]).json["message"] == "Hei"
    assert owner.get("/ttd/annen/owner/submissions").status_code == 403
    programs = runtime.test_client().get(
        "/_management/apps/ttd/kontakt/submissions", headers={"Authorization": f"Bearer {key}"}
    )
    assert programs.json["count"] == 1
    assert programs.json["submissions"][0]["data"]["model"]["topic"] == "question"


def test_a_form_in_a_language_from_right_to_left_says_so(client: FlaskClient, serve_app: Serve) -> None:
    arabic = {"appName": "تجربة", "name.title": "الاسم"}
    app = serve_app(app_files(texts={"ar": arabic}), "tajriba")
    sign_in(client)
    shown = page(begin(client, app))
    for part in (shown.h1, shown.select_one(".form-grid")):
        assert (part["lang"], part["dir"]) == ("ar", "rtl")
    # Around it we speak a language that we know.
    assert shown.html["lang"] == "nb"
    assert shown.html.get("dir", "ltr") == "ltr"
