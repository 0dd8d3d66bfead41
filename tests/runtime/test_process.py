"""Several data tasks, hidden data and locks: what happens to the data when a task ends."""

from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, page, send, sign_in

from studio.database import runtime_db
from studio.definition.files import EditedFiles, Files
from studio.definition.templates import new_app
from studio.runtime.storage import Instance, InstanceEvent

PROCESS = "App/config/process/process.bpmn"


def contact(settings: bytes | None = None) -> Files:
    files = new_app("kontakt", "ttd", {"nb": "Kontakt"}, "contact")
    return EditedFiles(files, {"App/appsettings.json": settings}) if settings else files


def to_confirmation(client: FlaskClient, app: str) -> str:
    """Answer by e-mail, change to phone, and go on to the confirmation; its address."""
    sign_in(client)
    first = begin(client, app)
    mail = send(client, first, "save", fullName="Kari", answerBy="email", email="kari@example.no")
    phone = send(client, mail, "save", answerBy="phone")
    second = send(client, phone, "next", phone="40000001")
    confirm = send(client, second, "submit", topic="question", message="Hei")
    return confirm.request.path


def stored(runtime: Flask) -> tuple[bytes, bool, list[str]]:
    with runtime.app_context():
        (instance,) = runtime_db.session.query(Instance)
        events = runtime_db.session.query(InstanceEvent).order_by(InstanceEvent.created)
        return (
            instance.elements[0].content,
            instance.elements[0].locked,
            [event.event_type for event in events],
        )


def test_hidden_data_goes_away_when_the_app_asks_for_it(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    to_confirmation(client, serve_app(contact(b'{"AppSettings": {"RemoveHiddenData": true}}'), "kontakt"))
    content, locked, _ = stored(runtime)
    assert b"kari@example.no" not in content
    assert b"40000001" in content
    assert locked


def test_hidden_data_stays_when_the_app_does_not_ask(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    to_confirmation(client, serve_app(contact(b'{"AppSettings": {"RemoveHiddenData": false}}'), "kontakt"))
    assert b"kari@example.no" in stored(runtime)[0]


def test_the_history_tells_how_an_instance_moved(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    confirm = to_confirmation(client, serve_app(contact(), "kontakt"))
    client.post(confirm, data={"action": "confirm"})
    events = stored(runtime)[2]
    began = ["Created", "process_StartEvent", "process_StartTask"]
    moved = ["process_EndTask", "process_StartTask", "process_EndTask", "process_EndEvent", "Submited"]
    assert sorted(events) == sorted(began + moved)


def test_a_second_data_task_begins_when_the_first_ends(
    client: FlaskClient, serve_app: Serve, runtime: Flask
) -> None:
    files = contact()
    bpmn = files[PROCESS].decode().replace(">confirmation<", ">data<")
    second = {
        path.replace("/Task_1/", "/Task_2/"): files[path]
        for path in files
        if path.startswith("App/ui/Task_1/")
    }
    app = serve_app(EditedFiles(files, {PROCESS: bpmn.encode(), **second}), "kontakt")
    address = to_confirmation(client, app)
    assert address.endswith("/Task_2/about-you")
    again = client.get(address)
    assert page(again).find(id="f-full-name")["value"] == "Kari"
