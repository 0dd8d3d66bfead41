"""The deploys screen, through HTTP, with a real runtime's management door behind it."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from werkzeug.test import TestResponse

from studio.database import studio_db
from studio.database.clock import now
from studio.definition.changes import SetText
from studio.delivery.models import Deployment
from studio.history.commits import Author
from studio.history.repository import Repository
from studio.runtime.handoff import read

PAGE = "/ttd/kontakt/deploy"
KARI = Author("Kari Lunde", "kari@example.org")


def progress_of(browser, answer: TestResponse) -> str:  # type: ignore[no-untyped-def]  # a browser of any person
    """The whole stream of the deployment that a page shows; it ends when the deployment does."""
    found = re.search(r'sse-connect="([^"]+)"', answer.text)
    assert found is not None
    return browser.client.get(found[1]).get_data(as_text=True)


def deploy(browser) -> str:  # type: ignore[no-untyped-def]  # a browser of any person
    browser.get(PAGE)
    return progress_of(browser, browser.post(PAGE, message="Nytt skjema"))


def text_of(answer: TestResponse) -> str:
    return BeautifulSoup(answer.text, "html.parser").get_text(" ", strip=True)


def share_a_text(repository: Repository) -> None:
    draft = repository.draft("kari")
    moment = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)
    draft.apply(SetText("nb", "appName", "Skriv til oss"), draft.revision, KARI, moment)
    draft.share("New name", KARI, moment)


def test_before_the_first_release_the_page_says_what_will_happen(ola, contact, doors) -> None:
    page = text_of(ola.get(PAGE))
    assert "The first release" in page
    assert "Build and deploy to test" in page
    assert "No releases yet" in page


def test_one_press_brings_the_app_to_test_with_live_progress(ola, contact, doors) -> None:
    stream = deploy(ola)
    assert stream.rstrip().endswith("data: done")
    assert "Open the first page" in stream
    assert doors.test.serves("ttd", "kontakt") is not None
    page = text_of(ola.get(PAGE))
    assert "Version 1" in page
    assert "Nytt skjema" in page
    assert "Nothing new since version 1" in page


def test_what_is_new_is_said_in_sentences_before_the_press(ola, contact, doors) -> None:
    deploy(ola)
    share_a_text(contact)
    page = text_of(ola.get(PAGE))
    assert "New since version 1" in page
    assert "Skriv til oss" in page


def test_changes_that_are_not_shared_are_pointed_out(kari, ola, contact, doors) -> None:
    draft = contact.draft("ola")
    draft.apply(
        SetText("nb", "appName", "Et utkast"), draft.revision, KARI, datetime(2026, 11, 24, tzinfo=UTC)
    )
    assert "They do not come along" in ola.get(PAGE).text
    assert "They do not come along" not in kari.get(PAGE).text


def test_a_release_is_promoted_and_rolled_back_from_the_page(ola, contact, doors) -> None:
    deploy(ola)
    ola.get(PAGE)
    progress_of(ola, ola.post(f"{PAGE}/production", version=1))
    assert doors.production.serves("ttd", "kontakt") == doors.test.serves("ttd", "kontakt")
    share_a_text(contact)
    deploy(ola)
    first = doors.production.serves("ttd", "kontakt")
    assert doors.test.serves("ttd", "kontakt") != first
    ola.get(PAGE)
    answer = ola.post(f"{PAGE}/test", version=1)
    assert "Back to version 1 in Test" in answer.text
    progress_of(ola, answer)
    assert doors.test.serves("ttd", "kontakt") == first


def test_taking_out_of_use_asks_for_the_name(ola, contact, doors) -> None:
    deploy(ola)
    ola.get(PAGE)
    assert ola.post(f"{PAGE}/test/take-out", confirmation="kontak").status_code == 422
    assert doors.test.serves("ttd", "kontakt") is not None
    progress_of(ola, ola.post(f"{PAGE}/test/take-out", confirmation="kontakt"))
    assert doors.test.serves("ttd", "kontakt") is None


def test_a_failure_shows_its_cause_and_what_to_do(ola, contact, doors) -> None:
    doors.test.stop()
    stream = deploy(ola)
    assert "The environment Test does not answer." in stream
    page = text_of(ola.get(PAGE))
    assert "does not answer" in page
    assert "tell whoever runs the environment" in page


def test_the_progress_goes_on_where_a_reader_left_it(ola, contact, doors) -> None:
    first = deploy(ola)
    last = re.findall(r"^id: (.+)$", first, re.MULTILINE)[-1]
    answer = ola.client.get(f"{PAGE}/progress/1", headers={"Last-Event-ID": last})
    assert answer.mimetype == "text/event-stream"
    assert answer.text == f"id: {last}\nevent: finished\ndata: done\n\n"
    assert (
        "event: progress" in ola.client.get(f"{PAGE}/progress/1", headers={"Last-Event-ID": "0-waiting"}).text
    )


def test_the_progress_of_another_app_is_not_there(ola, contact, doors) -> None:
    assert ola.get(f"{PAGE}/progress/7").status_code == 404


@pytest.mark.parametrize("who", ["kari", "runa", "tor"])
def test_production_is_closed_to_those_who_may_not_deploy_there(
    who: str, browser_of: Callable, ola, contact, doors
) -> None:
    deploy(ola)
    other = browser_of(who)
    other.get(PAGE)
    assert other.post(f"{PAGE}/production", version=1).status_code == 403
    assert other.post(f"{PAGE}/production/take-out", confirmation="kontakt").status_code == 403
    assert other.get(f"{PAGE}/production/submissions").status_code == 403
    assert doors.production.calls == []


@pytest.mark.parametrize("who", ["kari", "runa"])
def test_those_who_may_not_deploy_are_told_whom_to_ask(
    who: str, browser_of: Callable, contact, doors
) -> None:
    browser = browser_of(who)
    page = browser.get(PAGE)
    assert "An owner of the organisation can give it to you" in page.text
    assert "Build and deploy to test" not in page.text
    assert browser.post(PAGE).status_code == 403


def test_a_second_press_is_told_who_is_deploying(studio: Flask, ola, dina, contact, doors) -> None:
    with studio.app_context():
        studio_db.session.add(
            Deployment(
                org="ttd", app="kontakt", environment="test", kind="undeploy", message="", state="running",
                person="Dina Solheim", asked_at=now(), heartbeat_at=now(), runner="x",
            )
        )  # fmt: skip
        studio_db.session.commit()
    ola.get("/ttd/")
    ola.get("/")
    answer = ola.post(PAGE)
    assert answer.status_code == 409
    assert "Dina Solheim" in answer.text


def test_the_way_to_submissions_is_signed_for_this_person_and_app(ola, contact, doors) -> None:
    answer = ola.client.get(f"{PAGE}/test/submissions")
    assert answer.status_code == 302
    address = answer.headers["Location"]
    assert address.startswith(doors.test.environment.origin)
    given = read(doors.test.key, address.split("pass=")[1])
    assert (given.person, given.name, given.org, given.app) == ("ola", "Ola Haugen", "ttd", "kontakt")


def test_an_app_that_does_not_exist_has_no_page(ola, doors) -> None:
    assert ola.get("/ttd/no-such/deploy").status_code == 404


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_the_page_speaks_norwegian(language: str, ola, contact, doors) -> None:
    deploy(ola)
    ola.client.set_cookie("studio_language", language)
    page = text_of(ola.get(PAGE))
    assert "Versjon 1" in page
    assert "Version 1" not in page
