"""PDFs are made beside the requests: who waits is told, who died is replaced, and no form is late for one."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from builders import app_files, as_json, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, finished, page, send, sign_in
from sqlalchemy import select, update
from test_pdf import with_pdf_step

from studio.database import clock, runtime_db
from studio.definition.files import Files
from studio.definition.process import DATA_AND_CONFIRMATION, ONE_DATA_TASK
from studio.runtime import making_pdfs
from studio.runtime.handoff import OwnerPass, sign
from studio.runtime.making_pdfs import MOST_HELD, STALE_AFTER, PdfWork
from studio.runtime.management import environment_key
from studio.runtime.pdf.jobs import pdf_maker
from studio.runtime.storage import DataElement, Instance, InstanceEvent, PdfJob

ROOT = Path(__file__).parents[2]
Work = Callable[[], bool]


def pdf_app(process: str, generation: str = "v9", **logic: Any) -> Files:
    metadata = json.loads(app_files()["App/config/applicationmetadata.json"])
    metadata["dataTypes"].append({"id": "ref-data-as-pdf", "maxCount": 0, "minCount": 0})
    metadata["dataTypes"][0]["appLogic"] |= logic
    more = {"App/config/applicationmetadata.json": as_json(metadata)}
    return app_files(process=process, generation=generation, more=more)


@pytest.fixture
def by_hand(runtime: Flask) -> Work:
    """Nothing is made by itself; each call makes what has waited longest, and says whether there was any."""
    with runtime.app_context():
        there = pdf_maker()
    assert isinstance(there, PdfWork)
    there.stop()

    def one() -> bool:
        with runtime.app_context():
            runtime_db.session.execute(update(PdfJob).values(next_at=clock.now() - timedelta(seconds=1)))
            runtime_db.session.commit()
        do = there.claim("test")
        if do is not None:
            do()
        return do is not None

    return one


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making_pdfs, "_PATIENCE", 0)


@pytest.fixture
def fails(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """No PDF can be made as long as the list has something in it."""
    reasons = ["no memory"]
    real = making_pdfs.made_for

    def made_for(*arguments: Any) -> Any:
        if reasons:
            raise MemoryError(reasons[0])
        return real(*arguments)

    monkeypatch.setattr(making_pdfs, "made_for", made_for)
    return reasons


def sent_in(client: FlaskClient, app: str) -> Any:
    sign_in(client)
    client.get("/language/en")
    return send(client, send(client, begin(client, app), "next", name="Kåre Ærø"), "submit")


def rows(runtime: Flask, kind: type[Any]) -> list[Any]:
    with runtime.app_context():
        found = list(runtime_db.session.scalars(select(kind)))
        runtime_db.session.expunge_all()
        return found


def again(client: FlaskClient, shown: Any) -> Any:
    return client.get(shown.request.path, follow_redirects=True)


def pdf_links(shown: Any) -> list[str]:
    return [link.text for link in page(shown).select(".public-pdfs a")]


@pytest.mark.usefixtures("impatient")
def test_a_form_stands_in_its_pdf_step_until_the_pdf_is_there_and_then_ends(
    serve_app: Serve, client: FlaskClient, runtime: Flask, by_hand: Work
) -> None:
    shown = sent_in(client, serve_app(pdf_app(with_pdf_step()), "app"))
    assert shown.request.path.endswith("/Pdf/")
    assert "A PDF of it is being made" in shown.text
    assert again(client, shown).status_code == 200
    assert not rows(runtime, Instance)[0].is_archived
    # It cannot be sent in twice, sent on, or thrown away meanwhile.
    assert client.post(shown.request.path, data={"action": "confirm"}).status_code == 409
    instance = shown.request.path.removesuffix("Pdf/")
    assert client.post(instance + "delete").status_code == 409
    start = client.get("/ttd/app/")
    assert "Sent in, and being finished" in start.text
    assert not page(start).select("form[action$=delete]")

    assert by_hand()
    receipt = again(client, shown)
    assert receipt.request.path.endswith("/receipt")
    assert pdf_links(receipt) == ["A test.pdf"]
    assert not by_hand()
    events = [each.event_type for each in sorted(rows(runtime, InstanceEvent), key=lambda each: each.created)]
    told = [each for each in events if each.startswith("process_") or each == "Submited"]
    assert told[-5:] == [
        "process_EndTask",
        "process_StartTask",
        "process_EndTask",
        "process_EndEvent",
        "Submited",
    ]


@pytest.mark.usefixtures("impatient")
def test_an_older_app_ends_at_once_and_its_receipt_says_that_the_pdf_is_being_made(
    serve_app: Serve, client: FlaskClient, runtime: Flask, by_hand: Work
) -> None:
    app = pdf_app(ONE_DATA_TASK, "v8", autoDeleteOnProcessEnd=True)
    receipt = sent_in(client, serve_app(app, "app"))
    assert receipt.request.path.endswith("/receipt")
    assert "The PDF is being made" in receipt.text
    assert page(receipt).select("being-made[data-goes-on]")
    assert owner_list(runtime)["workflow"] == {"status": "processing"}
    # What is to be gone at the end stays until its PDF is made.
    assert [each.data_type for each in rows(runtime, DataElement)] == ["model"]

    assert by_hand()
    receipt = again(client, receipt)
    assert pdf_links(receipt) == ["A test.pdf"]
    assert "being made" not in receipt.text
    assert [each.data_type for each in rows(runtime, DataElement)] == ["ref-data-as-pdf"]
    assert owner_list(runtime)["workflow"] == {"status": "idle"}


def owner_list(runtime: Flask) -> Any:
    with runtime.app_context():
        key = environment_key()
    answer = runtime.test_client().get(
        "/_management/apps/ttd/app/submissions", headers={"Authorization": f"Bearer {key}"}
    )
    return answer.json["submissions"][0]


@pytest.mark.usefixtures("impatient")
def test_a_pdf_that_cannot_be_made_does_not_keep_the_form_from_its_owner(
    serve_app: Serve, client: FlaskClient, runtime: Flask, by_hand: Work, fails: list[str]
) -> None:
    shown = sent_in(client, serve_app(pdf_app(with_pdf_step()), "app"))
    for _ in range(MOST_HELD):
        assert by_hand()
        assert not rows(runtime, Instance)[0].is_archived
    assert by_hand()
    receipt = again(client, shown)
    assert receipt.request.path.endswith("/receipt")
    assert "Kåre Ærø" in receipt.text
    assert "The PDF is being made" in receipt.text
    assert rows(runtime, Instance)[0].is_archived

    while rows(runtime, PdfJob)[0].state != "failed":
        assert by_hand()
    assert not by_hand()
    receipt = again(client, receipt)
    assert "The PDF could not be made" in receipt.text
    assert owner_list(runtime)["workflow"] == {"status": "failed"}
    with runtime.app_context():
        given = sign(environment_key(), OwnerPass("eva", "Eva Eier", "ttd", "app"))
    owner = runtime.test_client()
    assert "PDF-en kunne ikke lages" in owner.get(f"/owner/enter?pass={given}", follow_redirects=True).text

    fails.clear()
    button = page(receipt).select("form[action$='/pdf']")[0]
    client.post(str(button["action"]))
    assert by_hand()
    assert pdf_links(again(client, receipt)) == ["A test.pdf"]


@pytest.mark.usefixtures("impatient")
def test_a_form_that_cannot_go_on_after_its_pdf_stays_where_it_is_and_says_so(
    serve_app: Serve, client: FlaskClient, runtime: Flask, by_hand: Work, tmp_path: Path
) -> None:
    process = with_pdf_step().replace('"Pdf" targetRef="EndEvent_1"', '"Pdf" targetRef="Nowhere"')
    shown = sent_in(client, serve_app(pdf_app(process), "app"))
    while by_hand():
        pass
    shown = again(client, shown)
    assert "this step could not be carried out" in shown.text
    assert page(shown).select("form[action$='/pdf'] button")
    assert [each.data_type for each in rows(runtime, DataElement)] == ["model"]
    assert not [each for each in tmp_path.rglob("*") if each.is_file() and each.read_bytes()[:4] == b"%PDF"]


@pytest.mark.usefixtures("impatient")
def test_whoever_writes_on_in_the_next_step_is_not_disturbed_by_a_pdf_of_the_one_before(
    serve_app: Serve, client: FlaskClient, runtime: Flask, by_hand: Work
) -> None:
    confirm = sent_in(client, serve_app(pdf_app(DATA_AND_CONFIRMATION, "v8"), "app"))
    before = rows(runtime, Instance)[0].version
    assert by_hand()
    assert rows(runtime, Instance)[0].version == before
    receipt = client.post(confirm.request.path, data={"action": "confirm"}, follow_redirects=True)
    assert pdf_links(receipt) == ["A test.pdf"]


@pytest.mark.usefixtures("impatient")
def test_a_pdf_that_is_not_wanted_any_more_when_it_is_made_is_thrown_away(
    serve_app: Serve, client: FlaskClient, runtime: Flask, by_hand: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = making_pdfs.made_for

    def meanwhile(*arguments: Any) -> Any:
        made = real(*arguments)
        with runtime.app_context():
            runtime_db.session.execute(update(PdfJob).values(runner="another process"))
            runtime_db.session.commit()
        return made

    monkeypatch.setattr(making_pdfs, "made_for", meanwhile)
    shown = sent_in(client, serve_app(pdf_app(with_pdf_step()), "app"))
    assert by_hand()
    assert [each.data_type for each in rows(runtime, DataElement)] == ["model"]
    assert not rows(runtime, Instance)[0].is_archived
    assert again(client, shown).request.path.endswith("/Pdf/")


def test_a_pdf_is_made_after_all_when_the_process_that_began_it_was_killed(
    serve_app: Serve, client: FlaskClient, runtime: Flask, tmp_path: Path
) -> None:
    address = serve_app(pdf_app(with_pdf_step()), "app")
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests"), str(ROOT / "tests" / "runtime")])
    script = [sys.executable, "-m", "submit_in_child", str(tmp_path), address]
    child = subprocess.run(script, cwd=ROOT, env=os.environ | {"PYTHONPATH": path}, timeout=60, check=False)
    assert child.returncode == 9
    [job] = rows(runtime, PdfJob)
    assert (job.state, job.attempts) == ("running", 1)

    # As if the ten seconds without a sign of life had passed.
    with runtime.app_context():
        runtime_db.session.execute(update(PdfJob).values(heartbeat_at=clock.now() - STALE_AFTER * 2))
        runtime_db.session.commit()
        instance = runtime_db.session.scalars(select(Instance)).one()
        place = f"{address}instance/{instance.party_id}/{instance.id}/"
    sign_in(client)
    receipt = finished(client, client.get(place, follow_redirects=True))
    assert receipt.request.path.endswith("/receipt")
    assert pdf_links(receipt) == ["En prøve.pdf"]


def test_pages_of_a_pdf_step_are_never_a_form(serve_app: Serve, client: FlaskClient, by_hand: Work) -> None:
    files = pdf_app(with_pdf_step())
    own = {path: files[path] for path in files}
    own["App/ui/Pdf/Settings.json"] = as_json({"pages": {"order": ["Only"]}, "defaultDataType": "model"})
    own["App/ui/Pdf/layouts/Only.json"] = as_json({"data": {"layout": [field("name")]}})
    shown = sent_in(client, serve_app(type(files)(own), "app"))
    assert "is being made" in shown.text
    for method in ("GET", "POST"):
        here = client.open(shown.request.path + "Only", method=method, data={"do": "submit"})
        assert here.status_code in {302, 303}, method
