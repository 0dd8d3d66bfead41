"""The pages of checks: how each went, where to mend it, live state, and who may run one again."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import select

from studio.database import clock, studio_db
from studio.definition.changes import SetProperty, SetText
from studio.history.repository import Repository
from studio.reviews.check_models import CheckPicture, CheckRun, RunState
from tests.features.conftest import KARI, NOW, Browser, work_off_checks

CHECKS = "/ttd/kontakt/pull-requests/1/checks"
BRANCH = "kari/ny"


@pytest.fixture
def asked(studio: Flask, kari: Browser, contact: Repository) -> Browser:
    """Kari, who has asked for a text to be merged that one language lacks, and whose checks have ended."""
    contact.create_branch(BRANCH)
    draft = contact.draft("kari", BRANCH)
    for change in (
        SetText("nb", "only.here", "Bare på bokmål"),
        SetProperty("Task_1", "enquiry", "message", "/textResourceBindings/description", "only.here"),
    ):
        draft.apply(change, draft.revision, KARI, NOW)
    draft.share("Ny tekst", KARI, NOW)
    kari.get(f"/ttd/kontakt/pull-requests/new?source={BRANCH}")
    kari.post("/ttd/kontakt/pull-requests/new", source=BRANCH, target="main", title="Ny tekst")
    work_off_checks(studio)
    return kari


def page(answer: Any, status: int = 200) -> BeautifulSoup:
    text = answer.get_data(as_text=True)
    assert answer.status_code == status, text
    return BeautifulSoup(text, "html.parser")


def test_each_check_leads_to_what_it_found_and_to_where_it_is_mended(asked: Browser) -> None:
    shown = page(asked.get("/ttd/kontakt/pull-requests/1"))
    rows = {row["data-check"]: row for row in shown.select(".check-row")}
    assert {name: row["data-state"] for name, row in rows.items()} == {
        "app_check": "passed",
        "rule_examples": "passed",
        "translations": "failed",
        "accessibility": "could_not_run",
        "page_pictures": "could_not_run",
    }
    assert [name for name, row in rows.items() if "Must pass" in row.get_text()] == [
        "app_check",
        "rule_examples",
    ]
    found = page(asked.get(rows["translations"].a["href"]))
    assert [each.select_one("strong").get_text() for each in found.select(".finding")] == ["only.here"] * 2
    link = found.select_one(".finding a")["href"]
    assert link == "/ttd/kontakt@kari:ny/texts?selected=only.here"
    assert "STUDIO_CHROMIUM" in page(asked.get(f"{CHECKS}/accessibility")).get_text()


def test_a_check_is_run_again_by_those_who_share_or_review(
    studio: Flask, asked: Browser, runa: Browser, browser_of: Any
) -> None:
    pia = browser_of("pia")
    assert "Run again" not in page(pia.get(f"{CHECKS}/accessibility")).get_text()
    page(pia.post(f"{CHECKS}/accessibility/again"), 403)
    runa.get(f"{CHECKS}/accessibility")
    assert "The check is done once more." in page(runa.post(f"{CHECKS}/accessibility/again")).get_text()
    work_off_checks(studio)
    with studio.app_context():
        row = studio_db.session.scalars(select(CheckRun).where(CheckRun.name == "accessibility")).one()
        assert (row.state, row.attempts) == (RunState.COULD_NOT_RUN, 1)


def test_the_live_state_ends_with_the_checks(asked: Browser) -> None:
    told = asked.get(f"{CHECKS}/live").get_data(as_text=True)
    assert [line for line in told.splitlines() if line.startswith("event")] == [
        "event: checks",
        "event: said",
        "event: finished",
    ]
    assert "data: 5 of 5 checks are done." in told


def test_one_that_must_pass_is_told_of_while_others_still_run(studio: Flask, asked: Browser) -> None:
    with studio.app_context():
        pictures = studio_db.session.scalars(select(CheckRun).where(CheckRun.name == "page_pictures")).one()
        pictures.state, pictures.runner, pictures.heartbeat_at = RunState.RUNNING, "elsewhere", clock.now()
        studio_db.session.commit()
    events = asked.client.get(f"{CHECKS}/live").response
    assert "event: required" in "".join(str(each) for each, _ in zip(events, range(3), strict=False))


def test_what_came_meanwhile_is_told_and_what_is_being_written_stays(asked: Browser) -> None:
    answer = asked.get(f"{CHECKS}/ended?seen={'0' * 40}", htmx=True)
    assert "HX-Refresh" not in answer.headers
    news = BeautifulSoup(answer.get_data(as_text=True), "html.parser")
    assert "something new since you opened this page" in news.select_one("#merge").get_text()
    assert news.select("form, #checks") == []
    assert news.select_one("a")["href"] == "/ttd/kontakt/pull-requests/1"


def test_pictures_are_those_of_the_check_that_is_named(studio: Flask, asked: Browser) -> None:
    with studio.app_context():
        runs = {row.name: row.id for row in studio_db.session.scalars(select(CheckRun))}
        studio_db.session.add(
            CheckPicture(
                check_run_id=runs["page_pictures"], layout_set="Task_1", page="enquiry", title="X",
                language="nb", width=390, fate="added", changed=1, pixels=4, after=b"png",
            )
        )  # fmt: skip
        studio_db.session.commit()
    answer = asked.get(f"{CHECKS}/page_pictures/pictures/1/after")
    assert (answer.mimetype, answer.data) == ("image/png", b"png")
    for wrong in (
        "page_pictures/pictures/1/before",
        "page_pictures/pictures/1/title",
        "app_check/pictures/1/after",
        "page_pictures/pictures/2/after",
        f"page_pictures/pictures/{10**30}/after",
        "no_such",
    ):
        assert asked.get(f"{CHECKS}/{wrong}").status_code == 404, wrong
    shown = page(asked.get(f"{CHECKS}/page_pictures"))
    assert "The page was not there." in shown.get_text()
    assert [each["src"].rpartition("/")[2] for each in shown.select(".shot img")] == ["after"]
