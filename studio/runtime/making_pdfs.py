"""Making PDFs beside the requests: claimed by an update of their row, and taken over from whoever died."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final
from uuid import UUID

import structlog
from flask import Flask
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from studio.database import clock, runtime_db
from studio.definition.checks.process import PDF_TYPE
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.jobs.rows import take
from studio.jobs.worker import Worker, heartbeat
from studio.runtime import instances
from studio.runtime.attachments import attachments
from studio.runtime.context import Served, known, previewed, register
from studio.runtime.instances import Acting
from studio.runtime.moving_on import go_on, tidy_up
from studio.runtime.pdf.jobs import FAILED, RUNNING, WAITING, standing
from studio.runtime.pdf.steps import made_for
from studio.runtime.storage import DataElement, Instance, PdfJob

log = structlog.get_logger()

STALE_AFTER: Final = timedelta(seconds=10)  # without a heartbeat, which comes every second
# Before each further attempt, in seconds; then it is given up until somebody asks for it.
WAITS: Final = tuple(timedelta(seconds=each) for each in (2, 10, 60, 600, 3600, 6 * 3600))
# After so many attempts the process goes on without the PDF: nobody's form is late because of it.
MOST_HELD: Final = 3
_PATIENCE: Final = 1.0  # seconds
_LOOK: Final = 0.05


class PdfWork:
    """The PDFs of one environment that are to be made."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._was_opened = False
        self._worker = Worker(self)

    def wake(self) -> None:
        """Say that there is something to make. Returns at once."""
        self._worker.wake()

    def stop(self) -> None:
        """Finish what is in hand, and make nothing more."""
        self._worker.stop()

    def open(self) -> None:
        """Called by every request: the first one of a process looks for what another process left behind."""
        if not self._was_opened:
            self._was_opened = True
            if runtime_db.session.scalar(select(PdfJob.id).where(PdfJob.state != FAILED).limit(1)):
                self.wake()

    def wait_for(self, instance: Instance) -> None:
        """Wait a moment for what is made of an instance, and see how it stands then."""
        until = time.monotonic() + _PATIENCE
        while instance.pdf_jobs and time.monotonic() < until and standing(instance) == "processing":
            time.sleep(_LOOK)
            runtime_db.session.rollback()

    def claim(self, runner: str) -> Callable[[], None] | None:
        """Take the PDF that has waited longest."""
        now = clock.now()
        with self._app.app_context():
            number = take(
                runtime_db.session,
                PdfJob.id,
                _is_free(now),
                PdfJob.next_at,
                runner=runner,
                state=RUNNING,
                heartbeat_at=now,
                attempts=PdfJob.attempts + 1,
            )
            if number is None:
                self._rest(now)
                return None
            return partial(self._make, number, runner)

    def is_empty(self) -> bool:
        """Whether the time of no PDF has come."""
        with self._app.app_context():
            return runtime_db.session.scalar(select(PdfJob.id).where(_is_free(clock.now())).limit(1)) is None

    def _rest(self, now: datetime) -> None:
        """Be woken when the next one is due, or when one that another process makes would be stale."""
        waiting = select(func.min(PdfJob.next_at)).where(PdfJob.state == WAITING)
        running = select(func.min(PdfJob.heartbeat_at)).where(PdfJob.state == RUNNING)
        due = runtime_db.session.scalar(waiting)
        beat = runtime_db.session.scalar(running)
        self._worker.wake_at(now, due, beat + STALE_AFTER if beat else None, least=0.1)

    def _make(self, number: UUID, runner: str) -> None:
        with self._app.app_context(), heartbeat(partial(self._beat, number, runner)):
            try:
                _carry_out(number, runner)
            except _TakenAway:
                log.warning("a PDF was made by another process, or is not wanted any more", job=str(number))
            except Exception as fault:  # the job runner: whatever goes wrong is told, not lost
                log.error("a PDF could not be made", job=str(number), exc_info=fault)
                runtime_db.session.rollback()
                _put_back(number, runner)

    def _beat(self, number: UUID, runner: str) -> None:
        with self._app.app_context():
            runtime_db.session.execute(
                update(PdfJob)
                .where(_is_mine(number, runner), PdfJob.state == RUNNING)
                .values(heartbeat_at=clock.now())
            )
            runtime_db.session.commit()


class _TakenAway(Exception):
    """The job is gone, or another process has taken it over: this one stops without a trace."""


def _carry_out(number: UUID, runner: str) -> None:
    job = runtime_db.session.scalar(select(PdfJob).where(_is_mine(number, runner)))
    if job is None:
        return
    instance = job.instance
    served = _served(instance)
    if served is None or instance.is_soft_deleted or (job.holds and instance.task_id != job.task_id):
        _drop(number)
        return
    person = register().person(job.user_id)
    found = served.definition.process
    task = found.task(job.task_id) if found else None
    if person is None or task is None:
        raise DomainError(Sentence(N_("The step %(task)s is not there any more."), {"task": job.task_id}))
    asked = Acting(person, job.asked_at)
    held = job.holds
    waits_no_longer = held and job.attempts > MOST_HELD
    made = () if waits_no_longer else made_for(served, instance, task, job.language, asked)
    kept: list[DataElement] = []
    # The forms were read some time ago: what is written is based on what is there now.
    runtime_db.session.rollback()
    acting = Acting(person, clock.now())
    try:
        with instances.nothing_written():
            for each in made:
                kept.append(attachments().keep(instance, PDF_TYPE, each.name, each.content, acting))
                kept[-1].generated_from = task.id
            if waits_no_longer:
                job.holds, job.state, job.next_at = False, WAITING, acting.now + WAITS[MOST_HELD - 1]
            gone = go_on(served, instance, acting, job) if held else []
        runtime_db.session.flush()
        if not waits_no_longer:
            _end(number, runner)
        instances.commit()
    except Exception:
        runtime_db.session.rollback()
        for element in kept:
            attachments().forget(element)
        raise
    for element in gone:
        attachments().forget(element)
    tidy_up(served, instance)


def _served(instance: Instance) -> Served | None:
    """The app of an instance; None for a preview that is over."""
    if instance.preview is None:
        return known(instance.org, instance.app)
    try:
        return previewed(instance.preview, instance.org, instance.app)
    except NotThere:
        return None


def _end(number: UUID, runner: str) -> None:
    """Strike the job off, where it is still the runner's. Raises _TakenAway."""
    ended: Any = runtime_db.session.execute(delete(PdfJob).where(_is_mine(number, runner)))
    if not ended.rowcount:
        raise _TakenAway


def _drop(number: UUID) -> None:
    runtime_db.session.rollback()
    runtime_db.session.execute(delete(PdfJob).where(PdfJob.id == number))
    runtime_db.session.commit()


def _put_back(number: UUID, runner: str) -> None:
    job = runtime_db.session.scalar(select(PdfJob).where(_is_mine(number, runner)))
    if job is not None:
        lets_go = job.holds and job.attempts == MOST_HELD
        waits = timedelta() if lets_go else dict(enumerate(WAITS, start=1)).get(job.attempts)
        job.state = FAILED if waits is None else WAITING
        job.next_at = clock.now() + (waits or timedelta())
    runtime_db.session.commit()


def _is_mine(number: UUID, runner: str) -> ColumnElement[bool]:
    return and_(PdfJob.id == number, PdfJob.runner == runner)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(PdfJob.state == WAITING, PdfJob.next_at <= now),
        and_(PdfJob.state == RUNNING, PdfJob.heartbeat_at < now - STALE_AFTER),
    )
