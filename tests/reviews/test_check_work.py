"""Checks as rows: who works on them, what is given up, and what happens when a worker dies."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest
from flask import Flask
from sqlalchemy import select, update

from studio import create_app
from studio.config import read_settings
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.changes import SetProperty
from studio.history.branch_rules import BranchRule
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.reviews.check_models import CheckRun, RunState
from studio.reviews.check_runs import demand, run_again
from studio.reviews.check_work import MOST_ATTEMPTS, STALE_AFTER, CheckWork
from studio.reviews.checks import CHECKS
from studio.reviews.merging import readiness
from studio.reviews.models import PullRequest, State
from studio.reviews.requests import follow, forget
from studio.reviews.room import checking
from tests.migrated import with_tables
from tests.reviews.checked_apps import KARI, contact

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
BRANCH = "kari/kort"
BRANCH_CHECKS = {"accessibility", "page_pictures"}


class Idle:
    """Stands where threads would be woken: a test works on the checks itself."""

    def wake(self) -> None:
        """Nobody comes."""


class Place:
    """A Studio without a Chromium, with an app, and a pull request from a branch of it."""

    def __init__(self, app: Flask, repository: Repository) -> None:
        self.app = app
        self.repository = repository
        self.work = cast(CheckWork, checking().worker.work)
        self.pull_request = PullRequest(
            org="ttd", app="kontakt", number=1, title="Kort", description="", source=BRANCH, target="main",
            author_name="Kari", state=State.OPEN, labels=[], base=repository.head().id,
            head=repository.head(BRANCH).id, opened_at=NOW, changed_at=NOW,
        )  # fmt: skip
        studio_db.session.add(self.pull_request)
        studio_db.session.commit()
        self.work._moved.clear()  # what made the app

    def look(self) -> None:
        """As somebody who opens the page of the pull request."""
        follow(studio_db.session, self.repository, self.pull_request, NOW)
        demand(studio_db.session, self.repository, self.pull_request, NOW)

    def states(self) -> dict[str, RunState]:
        """The states of all rows by their checks; the newest of each counts."""
        studio_db.session.expire_all()
        return {
            row.name: row.state for row in studio_db.session.scalars(select(CheckRun).order_by(CheckRun.id))
        }

    def row(self, name: str) -> CheckRun:
        """The newest row of a check."""
        query = select(CheckRun).where(CheckRun.name == name).order_by(CheckRun.id.desc()).limit(1)
        return studio_db.session.scalars(query).one()

    def work_off(self) -> None:
        """Do all that waits."""
        while (do := self.work.claim("test")) is not None:
            do()

    def go_silent(self) -> None:
        """As if those who work on something had died a while ago."""
        studio_db.session.execute(
            update(CheckRun)
            .where(CheckRun.state == RunState.RUNNING)
            .values(heartbeat_at=now() - STALE_AFTER * 2)
        )
        studio_db.session.commit()

    def edit(self, value: int, branch: str = BRANCH) -> None:
        """Share another change."""
        draft = self.repository.draft("kari", branch)
        draft.apply(longest(value), draft.revision, KARI, NOW)
        draft.share(f"{value} tegn", KARI, NOW)


def longest(value: int) -> SetProperty:
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    app = create_app(read_settings({"STUDIO_DATA": str(with_tables(tmp_path)), "STUDIO_CHROMIUM": "off"}))
    monkeypatch.setattr("studio.jobs.worker.Worker.wake", Idle.wake)
    repository = Repositories(tmp_path / "repos").create("ttd", "kontakt", contact(), KARI, "Lag", NOW)
    repository.create_branch(BRANCH)
    draft = repository.draft("kari", BRANCH)
    draft.apply(longest(500), draft.revision, KARI, NOW)
    draft.share("Kort", KARI, NOW)
    with app.app_context():
        yield Place(app, repository)


def test_looking_asks_for_every_check_once_and_they_are_worked_off(place: Place) -> None:
    place.look()
    place.look()
    assert place.states() == dict.fromkeys(CHECKS, RunState.QUEUED)
    ready = readiness(studio_db.session, place.repository, place.pull_request)
    assert [str(each) for each in ready.missing][1:] == [
        "The check “App check” has not been run yet.",
        "The check “Examples of rules” has not been run yet.",
    ]
    place.work_off()
    passed = dict.fromkeys(CHECKS, RunState.PASSED)
    assert place.states() == passed | dict.fromkeys(BRANCH_CHECKS, RunState.COULD_NOT_RUN)
    assert "STUDIO_CHROMIUM" in str(place.row("accessibility").summary)
    assert place.work.is_empty()
    ready = readiness(studio_db.session, place.repository, place.pull_request)
    assert [str(each) for each in ready.missing] == ["One more approval is needed."]


def test_what_could_not_be_run_stands_in_the_way_only_where_the_rules_ask_for_it(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    place.look()
    place.work_off()
    rule = BranchRule("main", approvals=0, checks=("accessibility",))
    monkeypatch.setattr("studio.reviews.merging.rule_for", lambda *_: rule)
    ready = readiness(studio_db.session, place.repository, place.pull_request)
    assert [str(each) for each in ready.missing] == [
        "The check “Accessibility” has to pass, and could not be run. It says what to do."
    ]


def test_newer_changes_make_what_waits_and_what_runs_moot(place: Place) -> None:
    place.look()
    do = place.work.claim("first")
    assert do is not None
    place.edit(400)
    look = place.work.claim("second")  # a branch has moved
    assert look is not None
    look()
    old = [row.state for row in studio_db.session.scalars(select(CheckRun).limit(len(CHECKS)))]
    assert old == [RunState.CANCELLED] * len(CHECKS)
    do()  # what comes of it now counts for nothing
    assert set(place.states().values()) == {RunState.QUEUED}
    place.work_off()
    assert place.states()["app_check"] == RunState.PASSED


def test_a_target_that_moves_asks_anew_only_for_what_looks_at_the_merge(place: Place) -> None:
    place.look()
    place.work_off()
    draft = place.repository.draft("kari")
    draft.apply(
        SetProperty("Task_1", "about-you", "full-name", "/required", False), draft.revision, KARI, NOW
    )
    draft.share("Valgfritt", KARI, NOW)
    place.look()
    waiting = {name for name, state in place.states().items() if state == RunState.QUEUED}
    assert waiting == set(CHECKS) - BRANCH_CHECKS


def test_a_branch_that_goes_away_ends_its_checks(place: Place) -> None:
    place.look()
    place.repository.delete_branch(BRANCH, place.repository.head(BRANCH).id)
    do = place.work.claim("first")
    assert do is not None
    do()  # the commits are kept, so what was begun can be finished
    place.look()
    assert sorted(place.states().values()) == [RunState.CANCELLED] * 4 + [RunState.PASSED]


def test_two_workers_never_have_the_same_check_nor_two_browsers(place: Place) -> None:
    place.look()
    taken = [place.work.claim(f"worker {number}") for number in range(len(CHECKS))]
    assert len([each for each in taken if each is not None]) == len(CHECKS) - 1
    rows = list(studio_db.session.scalars(select(CheckRun)))
    assert sorted(row.name for row in rows if row.state == RunState.QUEUED) == ["page_pictures"]
    assert len({row.runner for row in rows if row.runner}) == len(CHECKS) - 1
    for do in taken:
        if do is not None:
            do()
    assert place.work.claim("next") is not None


def test_a_check_whose_worker_dies_again_and_again_is_given_up_and_can_be_run_again(place: Place) -> None:
    place.look()
    for attempt in range(MOST_ATTEMPTS + 1):
        place.go_silent()
        taken = [place.work.claim(f"{attempt}") for _ in CHECKS]
        assert taken[0] is not None
    place.go_silent()
    place.work_off()
    row = place.row("app_check")
    assert row.state == RunState.COULD_NOT_RUN
    assert "stopped several times" in str(row.summary)
    run_again(studio_db.session, row, NOW)
    assert place.states()["app_check"] == RunState.QUEUED
    place.work_off()
    assert place.states()["app_check"] == RunState.PASSED


def test_the_checks_go_with_their_app(place: Place) -> None:
    place.look()
    do = place.work.claim("first")
    assert do is not None
    forget(studio_db.session, "ttd", "kontakt")
    studio_db.session.commit()
    do()
    assert place.states() == {}


def test_a_check_outlives_the_process_that_began_it(place: Place, tmp_path: Path) -> None:
    place.look()
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.reviews.check_in_child", str(tmp_path)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
    )
    assert child.stdout is not None
    with child.stdout:
        assert child.stdout.readline() == b"begun\n"
        child.kill()
        child.wait()
    assert place.states()["app_check"] == RunState.RUNNING
    assert all(place.row(name).state == RunState.QUEUED for name in BRANCH_CHECKS)
    place.work_off()
    assert place.states()["app_check"] == RunState.RUNNING  # it may be alive still
    place.go_silent()
    place.work_off()
    row: Any = place.row("app_check")
    assert (row.state, row.attempts) == (RunState.PASSED, 2)
