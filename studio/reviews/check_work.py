"""Checks as work: claimed by an update of their row, kept by a heartbeat, taken over when it stops.

At most one check uses a browser at a time, whichever process works on it: it takes the one seat in the table.
"""

import threading
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import structlog
from flask import Flask
from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from studio.browser import find_chromium
from studio.database import clock, studio_db
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.history.refs import branch_moved
from studio.history.repository import Repository
from studio.history.shelf import SHELF
from studio.jobs.worker import heartbeat
from studio.reviews.check_models import UNFINISHED, CheckPicture, CheckRun, RunState
from studio.reviews.check_runs import keep_up
from studio.reviews.checks import CHECKS, Check
from studio.reviews.looking import NotWanted
from studio.reviews.outcomes import Material, Outcome
from studio.reviews.room import Checking, checking

log = structlog.get_logger()

STALE_AFTER: Final = timedelta(seconds=15)  # without a heartbeat, which comes every second
MOST_ATTEMPTS: Final = 3
_SEAT: Final = 1
_CLAIMED_AT_MOST: Final = 20  # rows that are tried to be had in one go


class CheckWork:
    """The checks of one Studio that wait, or whose worker has died; and what moved branches ask for."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._moved: deque[Path] = deque()
        branch_moved.connect(self.note)  # a weak reference: it ends with this

    def note(self, folder: Path) -> None:
        """A branch of the repository there has moved: its pull requests are looked at in a moment."""
        if folder.name == SHELF:
            return  # what organisations share has none
        with self._app.app_context():
            with_ = checking()
            if folder.parent.parent == with_.repositories.root.resolve() and folder not in self._moved:
                self._moved.append(folder)
                with_.worker.wake()

    def claim(self, runner: str) -> Callable[[], None] | None:
        """Take the oldest check that nobody works on: what was begun first, then what needs no browser."""
        with suppress(IndexError):
            return partial(self._catch_up, self._moved.popleft())
        with self._app.app_context():
            now = clock.now()
            free = (
                select(CheckRun.id, CheckRun.in_browser)
                .where(_is_free(now))
                .order_by(CheckRun.state != RunState.RUNNING, CheckRun.in_browser, CheckRun.id)
                .limit(_CLAIMED_AT_MOST)
            )
            for number, in_browser in studio_db.session.execute(free).all():
                if _take(number, runner, now, in_browser=in_browser):
                    return partial(self._carry_out, number, runner)
            studio_db.session.rollback()
            return None

    def is_empty(self) -> bool:
        """Whether no check is waiting or running anywhere."""
        if self._moved:
            return False
        with self._app.app_context():
            left = select(CheckRun.id).where(CheckRun.state.in_(UNFINISHED)).limit(1)
            return studio_db.session.scalar(left) is None

    def _catch_up(self, folder: Path) -> None:
        """See what the open pull requests of an app have got, and ask for their checks."""
        with self._app.app_context():
            try:
                repository = checking().repositories.open(folder.parent.name, folder.stem)
                keep_up(studio_db.session, repository, clock.now())
            except DomainError as problem:
                log.info("pull requests were not looked at", app=folder.stem, reason=str(problem))
            except Exception as fault:  # the job runner: whoever opens one of them looks again
                log.error("looking at pull requests failed unexpectedly", exc_info=fault)

    def _carry_out(self, number: int, runner: str) -> None:
        lost = threading.Event()
        with self._app.app_context(), heartbeat(partial(self._beat, number, runner, lost)):
            try:
                outcome = _attempt(checking(), number, lost)
            except NotWanted:
                log.info("check given up", check=number)
                return
            except DomainError as problem:
                outcome = Outcome(RunState.COULD_NOT_RUN, problem.sentence)
            except Exception as fault:  # the job runner: whatever goes wrong is told, not lost
                log.error("check failed unexpectedly", check=number, exc_info=fault)
                words = N_("It could not be run. The fault is ours and has been recorded. Run it again.")
                outcome = Outcome(RunState.COULD_NOT_RUN, Sentence(words))
            studio_db.session.rollback()
            _end(number, runner, outcome)

    def _beat(self, number: int, runner: str, lost: threading.Event) -> None:
        with self._app.app_context():
            there: Any = studio_db.session.execute(
                update(CheckRun).where(_is_ours(number, runner)).values(heartbeat_at=clock.now())
            )
            studio_db.session.commit()
            if not there.rowcount:
                lost.set()


def _take(number: int, runner: str, now: datetime, *, in_browser: bool) -> bool:
    """Claim a row; where it needs the browser, only if nobody else has that."""
    try:
        taken: Any = studio_db.session.execute(
            update(CheckRun)
            .where(CheckRun.id == number, _is_free(now))
            .values(
                runner=runner,
                state=RunState.RUNNING,
                started_at=now,
                heartbeat_at=now,
                attempts=CheckRun.attempts + 1,
                seat=_SEAT if in_browser else None,
            )
        )
        studio_db.session.commit()
    except IntegrityError:
        studio_db.session.rollback()
        return False
    return bool(taken.rowcount)


def _attempt(with_: Checking, number: int, lost: threading.Event) -> Outcome:
    """Do the check. Raises DomainError where it cannot be done, NotWanted where nobody waits for it."""
    row = studio_db.session.get(CheckRun, number)
    if row is None:
        raise NotWanted
    if row.attempts > MOST_ATTEMPTS:
        words = N_("It was given up: Studio was stopped several times while it worked on this. Run it again.")
        return Outcome(RunState.COULD_NOT_RUN, Sentence(words))
    check = CHECKS.get(row.name)
    if check is None:
        return Outcome(RunState.COULD_NOT_RUN, Sentence(N_("This Studio does not know the check.")))
    one = row.pull_request
    repository = with_.repositories.open(one.org, one.app)
    material = _material(with_, repository, row, check, lost)
    studio_db.session.rollback()  # nothing is held while it takes its time
    return check.run(material)


def _material(
    with_: Checking, repository: Repository, row: CheckRun, check: Check, lost: threading.Event
) -> Material:
    merges = check.looks_at == "merge"
    return Material(
        before=repository.files(row.base),
        after=repository.mergeable(row.head, row.base).files if merges else repository.files(row.head),
        today=clock.now().date(),
        program=find_chromium(with_.chromium) if check.in_browser else None,
        limits=with_.limits,
        go_on=lambda: not lost.is_set(),
    )


def _end(number: int, runner: str, outcome: Outcome) -> None:
    """Note how it went, if it is still ours; pictures of earlier runs make room."""
    ours: Any = studio_db.session.execute(
        update(CheckRun)
        .where(_is_ours(number, runner))
        .values(
            state=outcome.state,
            summary=outcome.summary,
            findings=outcome.findings,
            ended_at=clock.now(),
            seat=None,
        )
    )
    if ours.rowcount:
        row = studio_db.session.get_one(CheckRun, number)
        same = select(CheckRun.id).where(
            CheckRun.pull_request_id == row.pull_request_id, CheckRun.name == row.name
        )
        studio_db.session.execute(delete(CheckPicture).where(CheckPicture.check_run_id.in_(same)))
        studio_db.session.add_all(
            CheckPicture(check_run_id=number, **{name: getattr(each, name) for name in each.__slots__})
            for each in outcome.pictures
        )
    else:
        log.info("check was taken over or given up meanwhile", check=number)
    studio_db.session.commit()


def _is_ours(number: int, runner: str) -> ColumnElement[bool]:
    return and_(CheckRun.id == number, CheckRun.runner == runner, CheckRun.state == RunState.RUNNING)


def _is_free(now: datetime) -> ColumnElement[bool]:
    """Waiting, or running without a sign of life."""
    silent = and_(CheckRun.state == RunState.RUNNING, CheckRun.heartbeat_at < now - STALE_AFTER)
    return or_(CheckRun.state == RunState.QUEUED, silent)
