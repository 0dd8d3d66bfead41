"""Looking after the places where pull requests are tried: made, kept up with their branches, and taken away.

Each is looked at every few seconds, by whichever process takes its row: a push needs to tell nobody. What a
killed process left behind is taken over when its heartbeat has stopped; every step may be done twice.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Final

import structlog
from flask import Flask
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from studio.database import clock, studio_db
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.delivery.problems import DeliveryProblem
from studio.jobs.rows import hold, take
from studio.jobs.worker import Worker, heartbeat
from studio.reviews.place_keeping import Outcome, end, keep_up
from studio.reviews.place_models import PlaceState, ReviewPlace
from studio.reviews.place_room import PlaceLimits, places

log = structlog.get_logger()

EVERY: Final = timedelta(seconds=5)  # between two looks at a place
STALE_AFTER: Final = timedelta(seconds=15)  # without a heartbeat, which comes every second
WAITS: Final = tuple(timedelta(seconds=each) for each in (5, 30, 120, 600, 3600))  # after a problem


class PlaceWork:
    """The places of one Studio."""

    def __init__(self, app: Flask, limits: PlaceLimits) -> None:
        self._app = app
        self._began = threading.Event()
        self.limits = limits
        self.worker = Worker(self, threads=2)

    def wake(self) -> None:
        """Say that there may be something to do. Returns at once."""
        self.worker.wake()

    def open(self) -> None:
        """Called by every request: the first one of a process looks for what another process left behind."""
        if not self._began.is_set():
            self._began.set()
            self.wake()

    def claim(self, runner: str) -> Callable[[], None] | None:
        """Take the place that has waited longest."""
        now = clock.now()
        with self._app.app_context():
            number = take(
                studio_db.session,
                ReviewPlace.id,
                _is_free(now),
                ReviewPlace.next_at,
                runner=runner,
                heartbeat_at=now,
            )
            if number is None:
                self._rest(now)
                return None
            return partial(self._look_at, number, runner)

    def is_empty(self) -> bool:
        """Whether it is time for no place."""
        with self._app.app_context():
            due = select(ReviewPlace.id).where(_is_free(clock.now())).limit(1)
            return studio_db.session.scalar(due) is None

    def _rest(self, now: datetime) -> None:
        """Be woken when it is time for the next one, or when one that another process has would be stale."""
        free = select(func.min(ReviewPlace.next_at)).where(ReviewPlace.runner.is_(None))
        taken = select(func.min(ReviewPlace.heartbeat_at)).where(ReviewPlace.runner.is_not(None))
        alive = studio_db.session.scalar(taken)
        due = studio_db.session.scalar(free)
        self.worker.wake_at(now, due, alive + STALE_AFTER if alive else None, least=0.5)

    def _look_at(self, number: int, runner: str) -> None:
        with self._app.app_context(), heartbeat(partial(self._beat, number, runner)):
            row = studio_db.session.get(ReviewPlace, number)
            if row is None:
                return
            began, name = row.next_at, f"{row.org}/{row.app}#{row.number}"
            try:
                outcome = end(row) if row.state == PlaceState.ENDING else keep_up(row, self.limits)
            except DeliveryProblem as problem:
                log.warning("place put off", place=name, reason=str(problem.sentence))
                outcome = Outcome(cause=problem.sentence, remedy=problem.remedy, later=True)
            except DomainError as problem:
                outcome = Outcome(cause=problem.sentence)
            except Exception as fault:  # the job runner: whatever goes wrong is told, not lost
                log.error("place failed unexpectedly", place=name, exc_info=fault)
                words = N_("Something went wrong in Studio. The fault is ours and has been recorded.")
                outcome = Outcome(cause=Sentence(words), later=True)
            studio_db.session.rollback()
            _settle(number, runner, began, outcome)

    def _beat(self, number: int, runner: str) -> None:
        with self._app.app_context():
            studio_db.session.execute(
                update(ReviewPlace)
                .where(ReviewPlace.id == number, ReviewPlace.runner == runner)
                .values(heartbeat_at=clock.now())
            )
            studio_db.session.commit()


def install_review_places(app: Flask, limits: PlaceLimits) -> None:
    """Give `app` who looks after places. Nothing runs yet."""
    work = PlaceWork(app, limits)
    places.give(app, work)
    app.before_request(work.open)


def _settle(number: int, runner: str, began: datetime, outcome: Outcome) -> None:
    """Write down what came of it, if the place is still ours. What was asked for meanwhile stays."""
    mine = and_(ReviewPlace.id == number, ReviewPlace.runner == runner)
    if outcome.is_gone:
        studio_db.session.execute(delete(ReviewPlace).where(mine))
        studio_db.session.commit()
        return
    now = clock.now()
    row = hold(studio_db.session, ReviewPlace, mine)
    if row is None:
        return
    is_asked_anew = row.next_at != began
    row.attempts = row.attempts + 1 if outcome.later else 0
    wait = WAITS[min(row.attempts, len(WAITS)) - 1] if outcome.later else EVERY
    for name, value in outcome.values.items():
        setattr(row, name, value)
    row.cause, row.remedy = outcome.cause, outcome.remedy
    if row.state != PlaceState.ENDING:
        row.state = PlaceState.FAILED if outcome.cause is not None else outcome.state
    row.runner = row.heartbeat_at = None
    row.next_at = now if is_asked_anew else now + wait
    studio_db.session.commit()


def _is_free(now: datetime) -> ColumnElement[bool]:
    return and_(
        ReviewPlace.next_at <= now,
        or_(ReviewPlace.runner.is_(None), ReviewPlace.heartbeat_at < now - STALE_AFTER),
    )
