"""An app over time: new releases under forms that have been begun, and being taken out of use."""

import io
import json
import zipfile

from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in

from studio.database import clock, runtime_db
from studio.definition.files import Files, MemoryFiles
from studio.definition.templates import new_app
from studio.runtime.handoff import OwnerPass, sign
from studio.runtime.management import environment_key
from studio.runtime.served import withdraw
from studio.runtime.storage import Instance

CONTACT = new_app("kontakt", "ttd", {"nb": "Kontakt"}, "contact")


def replaced(files: Files, old: str, new: str) -> Files:
    """The app with another name for something, in every file and path."""
    return MemoryFiles(
        {path.replace(old, new): files[path].replace(old.encode(), new.encode()) for path in files}
    )


def out_of_use(runtime: Flask) -> None:
    with runtime.app_context():
        withdraw("ttd", "kontakt", clock.now())


def enter_as_owner(client: FlaskClient, runtime: Flask) -> None:
    with runtime.app_context():
        given = sign(environment_key(), OwnerPass("eva", "Eva Berg", "ttd", "kontakt"))
    client.get(f"/owner/enter?pass={given}")


def sent(client: FlaskClient, app: str) -> None:
    sign_in(client)
    first = begin(client, app)
    shown = send(client, first, "next", fullName="Vennlig Fjellrev", answerBy="phone")
    enquiry = send(client, shown, "next", phone="40000001")
    confirm = send(client, enquiry, "submit", topic="question", message="Hei")
    assert client.post(confirm.request.path, data={"action": "confirm"}).status_code == 303


def test_whoever_comes_to_an_app_out_of_use_is_told_so_and_loses_nothing(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    app = serve_app(CONTACT, "kontakt")
    sign_in(client)
    first = begin(client, app)
    send(client, first, "save", fullName="Vennlig Fjellrev")
    out_of_use(runtime)
    client.get("/language/en")
    for answer in (client.get(app), client.get(first.request.path), client.post(f"{app}instances")):
        assert answer.status_code == 404
        assert "This service is not in use now" in answer.text
    assert "kontakt" not in client.get("/").text
    serve_app(CONTACT, "kontakt")
    again = client.get(first.request.path)
    assert page(again).find(attrs={"name": "fullName"})["value"] == "Vennlig Fjellrev"


def test_the_owner_of_an_app_out_of_use_still_gets_what_was_sent_in(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    sent(client, serve_app(CONTACT, "kontakt"))
    out_of_use(runtime)
    enter_as_owner(client, runtime)
    listed = client.get("/ttd/kontakt/owner/submissions")
    assert listed.status_code == 200
    link = page(listed).select('a[href$=".xml"]')[0]["href"]
    assert b"Vennlig Fjellrev" in client.get(str(link)).data
    everything = zipfile.ZipFile(io.BytesIO(client.get("/ttd/kontakt/owner/submissions.zip").data))
    assert len(everything.namelist()) == 2
    with runtime.app_context():
        key = environment_key()
    headers = {"Authorization": f"Bearer {key}"}
    told = client.get("/_management/apps/ttd/kontakt/submissions", headers=headers)
    assert told.get_json()["count"] == 1


def test_a_form_begun_on_an_older_release_goes_on_with_the_current_one(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    app = serve_app(CONTACT, "kontakt")
    sign_in(client)
    first = begin(client, app)
    send(client, first, "save", fullName="Vennlig Fjellrev")
    serve_app(replaced(CONTACT, "Om deg", "Litt om deg"), "kontakt", "r2")
    again = client.get(first.request.path)
    assert "Litt om deg" in again.text
    assert page(again).find(attrs={"name": "fullName"})["value"] == "Vennlig Fjellrev"
    with runtime.app_context():
        (instance,) = runtime_db.session.query(Instance)
        assert instance.release == "r2"


def test_a_form_whose_step_is_gone_stands_in_the_first_step_with_what_was_written(
    client: FlaskClient, serve_app: Serve
) -> None:
    app = serve_app(CONTACT, "kontakt")
    sign_in(client)
    first = begin(client, app)
    send(client, first, "save", fullName="Vennlig Fjellrev")
    serve_app(replaced(CONTACT, "Task_1", "Task_9"), "kontakt", "r2")
    again = client.get(app)
    link = page(again).select(".public-instance a")[0]["href"]
    shown = client.get(str(link), follow_redirects=True)
    assert "/Task_9/" in shown.request.path
    assert page(shown).find(attrs={"name": "fullName"})["value"] == "Vennlig Fjellrev"


def test_a_submission_of_a_data_type_that_is_gone_is_still_handed_out(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    sent(client, serve_app(CONTACT, "kontakt"))
    metadata = json.loads(CONTACT["App/config/applicationmetadata.json"])
    metadata["dataTypes"] = []
    path = "App/config/applicationmetadata.json"
    serve_app(MemoryFiles(dict(CONTACT) | {path: json.dumps(metadata).encode()}), "kontakt", "r2")
    enter_as_owner(client, runtime)
    listed = page(client.get("/ttd/kontakt/owner/submissions"))
    for kind in ("xml", "json"):
        link = listed.select(f'a[href$=".{kind}"]')[0]["href"]
        answer = client.get(str(link))
        assert answer.status_code == 200
        assert b"Vennlig Fjellrev" in answer.data
