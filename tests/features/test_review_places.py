"""Trying pull requests in the test environment: asked for, kept up with the branch, stopped, and limited."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from studio.database import clock, studio_db
from studio.definition.changes import SetFile
from studio.history.repository import Repository
from studio.jobs.worker import Worker
from studio.reviews.place_models import ReviewPlace
from studio.reviews.place_room import PlaceLimits, places
from studio.reviews.place_work import PlaceWork
from studio.reviews.requests import forget
from tests.delivery.doors import Doors, NoWork
from tests.features.conftest import KARI, NOW, Browser
from tests.features.test_pull_request_comments import BRANCH, FIRST, edit, longest, page, shared, words

__all__ = ["shared"]  # the fixture
PLACE = "kontakt--pr-1"


@dataclass
class Keeper:
    """Looks after places when the test says so, and not in threads of its own."""

    studio: Flask
    work: PlaceWork

    def look(self) -> None:
        """As if it were time for every place."""
        with self.studio.app_context():
            studio_db.session.execute(update(ReviewPlace).values(next_at=clock.now()))
            studio_db.session.commit()
            count = len(studio_db.session.scalars(select(ReviewPlace)).all())
        for _ in range(count):
            do = self.work.claim("test")
            assert do is not None
            do()

    def rows(self) -> list[ReviewPlace]:
        with self.studio.app_context():
            return list(studio_db.session.scalars(select(ReviewPlace).order_by(ReviewPlace.id)))


@pytest.fixture
def keeper(studio: Flask, doors: Doors) -> Keeper:
    with studio.app_context():
        work = places()
    work.worker = Worker(NoWork())
    work._began.set()  # no thread looks for what another process left behind
    return Keeper(studio, work)


def try_it(browser: Browser, address: str = FIRST) -> str:
    browser.get(address)
    return words(browser.post(f"{address}/trying"))


def trying(browser: Browser) -> str:
    found = page(browser.get(FIRST)).select_one("#trying")
    return " ".join(found.get_text(" ", strip=True).split()) if found else ""


def second_request(kari: Browser, repository: Repository) -> None:
    repository.create_branch("kari/to")
    edit(repository, longest(700), branch="kari/to")
    kari.get("/ttd/kontakt/pull-requests/new?source=kari/to")
    fields = {"source": "kari/to", "target": "main", "title": "To"}
    kari.post("/ttd/kontakt/pull-requests/new", **fields)


def test_a_pull_request_is_tried_and_follows_its_branch_until_it_closes(
    kari: Browser, runa: Browser, shared: Repository, doors: Doors, keeper: Keeper
) -> None:
    assert "Try it in the test runtime" in trying(kari)
    assert "It is being made ready." in try_it(runa)
    assert page(runa.get(FIRST)).select_one("#trying[hx-get]")
    keeper.look()
    shown = trying(runa)
    assert f"It shows change {shared.head(BRANCH).id[:7]}, merged with what is on “main” now." in shown
    link = page(runa.get(FIRST)).select_one("#trying a")
    assert link is not None
    assert link["href"] == f"{doors.test.environment.origin}/ttd/{PLACE}/"
    first = doors.test.serves("ttd", PLACE)
    assert doors.test.serves("ttd", "kontakt") is None
    assert doors.production.serves("ttd", PLACE) is None
    told = page(runa.get("/ttd/kontakt/deploy")).select_one("#tried-title + ul")
    assert told is not None
    assert "Pull request 1" in told.get_text()

    calls = len(doors.test.calls)
    keeper.look()
    assert len(doors.test.calls) == calls  # nothing is new, so nothing is sent
    edit(shared, longest(600), branch=BRANCH)  # a push, which nobody looks at
    keeper.look()
    assert doors.test.serves("ttd", PLACE) not in {None, first}
    assert shared.head(BRANCH).id[:7] in trying(kari)

    kari.get(FIRST)
    kari.post(f"{FIRST}/close")
    keeper.look()
    assert doors.test.serves("ttd", PLACE) is None
    assert keeper.rows() == []
    assert trying(kari) == ""


def test_what_does_not_go_together_with_its_target_is_tried_as_it_is(
    kari: Browser, shared: Repository, keeper: Keeper
) -> None:
    draft = shared.draft("ola")
    draft.apply(longest(900), draft.revision, KARI, NOW)
    draft.share("900", KARI, NOW)
    try_it(kari)
    keeper.look()
    assert "as the branch has it, because it does not go together with “main” yet" in trying(kari)


def test_two_are_tried_at_once_and_one_is_stopped(
    kari: Browser, shared: Repository, doors: Doors, keeper: Keeper
) -> None:
    second_request(kari, shared)
    try_it(kari)
    try_it(kari, "/ttd/kontakt/pull-requests/2")
    keeper.look()
    both = {doors.test.serves("ttd", f"kontakt--pr-{number}") for number in (1, 2)}
    assert len(both) == 2
    kari.get(FIRST)
    assert "is being deleted" in words(kari.post(f"{FIRST}/trying/stop"))
    assert "being taken away" in kari.post(f"{FIRST}/trying").get_data(as_text=True)
    keeper.look()
    assert doors.test.serves("ttd", PLACE) is None
    assert doors.test.serves("ttd", "kontakt--pr-2") is not None
    assert "Try it in the test runtime" in trying(kari)


def test_what_fails_says_why_and_leaves_what_was_there(
    kari: Browser, shared: Repository, doors: Doors, keeper: Keeper
) -> None:
    try_it(kari)
    doors.test.stop()
    keeper.look()
    assert "Test does not answer." in trying(kari)
    doors.test.start()
    keeper.look()  # by itself
    good = doors.test.serves("ttd", PLACE)
    assert good is not None
    assert "could not be shown" not in trying(kari)

    doors.test.opens_with = 500
    edit(shared, longest(610), branch=BRANCH)
    keeper.look()
    assert "its first page answers with error 500" in trying(kari)
    assert doors.test.serves("ttd", PLACE) == good
    doors.test.opens_with = 200
    keeper.look()
    assert "error 500" in trying(kari)  # the same is not tried again and again
    assert "It is being made ready." in try_it(kari)
    keeper.look()
    good = doors.test.serves("ttd", PLACE)
    assert "could not be shown" not in trying(kari)

    edit(shared, SetFile("App/config/process/process.bpmn", b"<no"), branch=BRANCH)
    keeper.look()
    assert "must be corrected first" in trying(kari)
    assert doors.test.serves("ttd", PLACE) == good


def test_what_nobody_uses_is_taken_away(
    kari: Browser, studio: Flask, shared: Repository, doors: Doors, keeper: Keeper
) -> None:
    try_it(kari)
    keeper.look()
    with studio.app_context():
        studio_db.session.execute(update(ReviewPlace).values(used_at=clock.now() - timedelta(days=8)))
        studio_db.session.commit()
    keeper.look()  # the environment knows that it was used since
    assert doors.test.serves("ttd", PLACE) is not None
    keeper.work.limits = replace(keeper.work.limits, kept=timedelta(0))
    keeper.look()
    assert doors.test.serves("ttd", PLACE) is None
    assert "Try it in the test runtime" in trying(kari)


def test_an_organisation_tries_no_more_than_it_may(
    kari: Browser, shared: Repository, doors: Doors, keeper: Keeper
) -> None:
    second_request(kari, shared)
    keeper.work.limits = PlaceLimits(most=1)
    try_it(kari)
    answer = kari.post("/ttd/kontakt/pull-requests/2/trying").get_data(as_text=True)
    assert "as many as it may" in answer
    assert "number 1 of kontakt" in answer
    assert len(keeper.rows()) == 1
    keeper.work.limits = PlaceLimits(most=0)
    assert "Try it in the test runtime" not in words(kari.get("/ttd/kontakt/pull-requests/2"))


def test_who_neither_edits_nor_reviews_has_nothing_tried(
    browser_of: Any, kari: Browser, shared: Repository, keeper: Keeper
) -> None:
    tor = browser_of("tor")
    assert trying(tor) == ""
    assert tor.post(f"{FIRST}/trying").status_code == 403
    assert tor.post(f"{FIRST}/trying/stop").status_code == 403
    assert keeper.rows() == []


def test_what_is_tried_of_a_deleted_app_goes_and_a_killed_worker_is_replaced(
    kari: Browser, studio: Flask, shared: Repository, doors: Doors, keeper: Keeper
) -> None:
    try_it(kari)
    assert keeper.work.claim("killed") is not None  # and never does it
    assert keeper.work.claim("other") is None
    with studio.app_context():
        studio_db.session.execute(update(ReviewPlace).values(heartbeat_at=clock.now() - timedelta(minutes=1)))
        studio_db.session.commit()
    keeper.look()
    assert doors.test.serves("ttd", PLACE) is not None
    with studio.app_context():
        forget(studio_db.session, "ttd", "kontakt")
        studio_db.session.commit()
    keeper.look()
    assert doors.test.serves("ttd", PLACE) is None
    assert keeper.rows() == []
