"""Deployments as work: claimed by an update of their row, kept by a heartbeat, taken over when it stops."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Final

import structlog
from flask import Flask
from sqlalchemy import ColumnElement, and_, or_, select, update

from studio.database import clock, studio_db
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.delivery.models import UNFINISHED, Deployment, State
from studio.delivery.problems import ClaimLost, Interrupted, Unexpected
from studio.delivery.room import delivery
from studio.delivery.steps import STEPS, Run, carry_out
from studio.jobs.rows import take
from studio.jobs.worker import heartbeat

log = structlog.get_logger()

STALE_AFTER: Final = timedelta(seconds=10)  # without a heartbeat, which comes every second
MOST_ATTEMPTS: Final = 3


class DeploymentWork:
    """The deployments of one Studio that wait, or whose worker has died."""

    def __init__(self, app: Flask) -> None:
        self._app = app

    def claim(self, runner: str) -> Callable[[], None] | None:
        """Take the oldest deployment that nobody works on."""
        with self._app.app_context():
            number = take(
                studio_db.session,
                Deployment.id,
                _is_free(),
                Deployment.id,
                runner=runner,
                state=State.RUNNING,
                heartbeat_at=clock.now(),
                attempts=Deployment.attempts + 1,
            )
            return partial(self._carry_out, number, runner) if number is not None else None

    def is_empty(self) -> bool:
        """Whether no deployment is waiting or running anywhere."""
        with self._app.app_context():
            left = select(Deployment.id).where(Deployment.state.in_(UNFINISHED)).limit(1)
            return studio_db.session.scalar(left) is None

    def _carry_out(self, number: int, runner: str) -> None:
        with self._app.app_context(), heartbeat(partial(self._beat, number, runner)):
            row = studio_db.session.get_one(Deployment, number)
            run = Run(delivery(), row, runner)
            try:
                _attempt(run)
            except ClaimLost:
                log.warning("deployment taken over by another worker", deployment=number)
            except DomainError as problem:
                _fail(run, problem)
            except Exception as fault:  # the job runner: whatever goes wrong is told, not lost
                log.error("deployment failed unexpectedly", deployment=number, exc_info=fault)
                _fail(run, Unexpected())

    def _beat(self, number: int, runner: str) -> None:
        with self._app.app_context():
            studio_db.session.execute(
                update(Deployment)
                .where(
                    Deployment.id == number, Deployment.runner == runner, Deployment.state == State.RUNNING
                )
                .values(heartbeat_at=clock.now())
            )
            studio_db.session.commit()


def _attempt(run: Run) -> None:
    if run.deployment.attempts > MOST_ATTEMPTS:
        raise Interrupted
    if run.deployment.attempts > 1:
        first = STEPS[run.deployment.kind][0]
        run.say(first, Sentence(N_("Studio was stopped while it worked on this, and goes on now.")))
    carry_out(run)


def _fail(run: Run, problem: DomainError) -> None:
    studio_db.session.rollback()
    try:
        run.end(State.FAILED, problem)
    except ClaimLost:
        log.warning("deployment taken over by another worker", deployment=run.deployment.id)


def _is_free() -> ColumnElement[bool]:
    stale = clock.now() - STALE_AFTER
    return or_(
        Deployment.state == State.WAITING,
        and_(Deployment.state == State.RUNNING, Deployment.heartbeat_at < stale),
    )
