"""Talks with outside remotes as work: claimed by an update of their row, kept by a heartbeat, tried again.

When it is due, a row says so itself; a branch that moves makes the row of its app due.
"""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Final

import structlog
from flask import Flask
from sqlalchemy import ColumnElement, and_, func, not_, or_, select, update

from studio.database import clock, studio_db
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.history import outside
from studio.history.refs import branch_moved
from studio.jobs.rows import hold, take
from studio.jobs.worker import Worker, heartbeat
from studio.outside_remotes.announcing import announce_problem
from studio.outside_remotes.models import OutsideRemote
from studio.outside_remotes.room import remote_room
from studio.outside_remotes.settings import use_of
from studio.outside_remotes.syncing import Server, Talk
from studio.outside_remotes.taking_in import TakingIn

log = structlog.get_logger()

STALE_AFTER: Final = timedelta(seconds=15)  # without a heartbeat, which comes every second
WAITS: Final = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 600))  # the last one for ever
TIMEOUT: Final = 600.0  # seconds that one step of a talk may take
_UNEXPECTED: Final = Sentence(
    N_("Something went wrong in Studio. Try again, or tell whoever looks after it.")
)


class RemoteWork:
    """The outside remotes of one Studio whose time has come."""

    def __init__(self, app: Flask, root: Path) -> None:
        self._app = app
        self._root = root.resolve()
        self._moved: set[tuple[str, str]] = set()
        self._lock = threading.Lock()
        self._here = threading.local()  # whether this thread is in a talk, whose own moves are no news
        self.worker = Worker(self, threads=4)
        branch_moved.connect(self._note)  # a weak reference: it ends with this

    def claim(self, runner: str) -> Callable[[], None] | None:
        """Take the talk that has waited longest."""
        now = clock.now()
        with self._app.app_context():
            self._make_due(now)
            number = take(
                studio_db.session,
                OutsideRemote.id,
                _is_free(now),
                OutsideRemote.due_at,
                runner=runner,
                heartbeat_at=now,
                due_at=None,
            )
            if number is None:
                self._rest(now)
                return None
            return partial(self._carry_out, number, runner)

    def is_empty(self) -> bool:
        """Whether the time of no talk has come."""
        with self._lock:
            if self._moved:
                return False
        with self._app.app_context():
            due = select(OutsideRemote.id).where(_is_free(clock.now())).limit(1)
            return studio_db.session.scalar(due) is None

    def _note(self, folder: Path) -> None:
        """A branch has moved. Called with the lock of its repository held: it is only written down."""
        is_talk = getattr(self._here, "is_talk", False)
        if folder.parent.parent == self._root and folder.suffix == ".git" and not is_talk:
            with self._lock:
                self._moved.add((folder.parent.name, folder.stem))
            self.worker.wake()

    def _make_due(self, now: datetime) -> None:
        with self._lock:
            moved = set(self._moved)
        for org, app in moved:
            wanted = update(OutsideRemote).where(
                OutsideRemote.org == org, OutsideRemote.app == app, OutsideRemote.push_by_itself
            )
            # A server that does not answer is not asked at every change: its next turn has been set.
            is_put_off = and_(OutsideRemote.attempts > 0, OutsideRemote.due_at.is_not(None))
            studio_db.session.execute(wanted.values(wants_push=True))
            studio_db.session.execute(wanted.where(not_(is_put_off)).values(due_at=now))
        if moved:
            studio_db.session.commit()
            with self._lock:  # what moved again meanwhile is seen by the talk, which begins after this
                self._moved -= moved

    def _rest(self, now: datetime) -> None:
        """Be woken when the next one is due, or when one that another process has in hand would be stale."""
        due = studio_db.session.scalar(select(func.min(OutsideRemote.due_at)))
        running = select(func.min(OutsideRemote.heartbeat_at)).where(OutsideRemote.runner.is_not(None))
        beat = studio_db.session.scalar(running)
        self.worker.wake_at(now, due, beat + STALE_AFTER if beat else None)

    def _carry_out(self, number: int, runner: str) -> None:
        with self._app.app_context(), heartbeat(partial(self._beat, number, runner)):
            results: tuple[Sentence, ...] | None = None
            problem, may_pass = None, False
            self._here.is_talk = True
            try:
                results = _talk(number, runner)
            except DomainError as error:
                problem, may_pass = error.sentence, getattr(error, "may_pass", False)
            except Exception as fault:  # the job runner: whatever goes wrong is told, not lost
                log.error("talk with an outside remote failed unexpectedly", remote=number, exc_info=fault)
                problem = _UNEXPECTED
            finally:
                self._here.is_talk = False
            studio_db.session.rollback()
            _end(number, runner, results, problem, may_pass=may_pass)

    def _beat(self, number: int, runner: str) -> None:
        with self._app.app_context():
            studio_db.session.execute(
                update(OutsideRemote).where(_is_mine(number, runner)).values(heartbeat_at=clock.now())
            )
            studio_db.session.commit()


def _talk(number: int, runner: str) -> tuple[Sentence, ...] | None:
    session, room = studio_db.session, remote_room()
    remote = session.scalar(select(OutsideRemote).where(_is_mine(number, runner)))
    if remote is None:
        return None  # it was taken away meanwhile
    token = room.sealer.open(remote.token, use_of(remote.org, remote.app, remote.address))
    address = outside.parse(remote.address)
    access = outside.Access(token or None, remote.user or None, address.host in room.inside, TIMEOUT)
    repository = room.repositories.open(remote.org, remote.app)
    taking_in = TakingIn(session, repository, address.host, remote.person, clock.now())
    server = Server(remote.address, access, room.limits)
    wants = (remote.wants_push, remote.wants_fetch and repository.archived_at is None)
    talk = Talk(repository, server, remote.mappings, taking_in, *wants)
    session.commit()  # nothing is held while a server takes its time
    talk.hold()
    return tuple(talk.results)


def _end(
    number: int,
    runner: str,
    results: tuple[Sentence, ...] | None,
    problem: Sentence | None,
    *,
    may_pass: bool,
) -> None:
    """Write down how it went, and when it is next. What was asked for meanwhile stays asked for."""
    session, now = studio_db.session, clock.now()
    remote = hold(session, OutsideRemote, _is_mine(number, runner))
    if remote is None:
        return
    remote.runner, remote.heartbeat_at, remote.ended_at = None, None, now
    before, remote.problem, remote.results = remote.problem, problem, results or ()
    asked_meanwhile = remote.due_at is not None
    remote.attempts = 0 if problem is None else remote.attempts + 1
    announce_problem(remote, before, may_pass=may_pass, now=now)
    if problem is not None and may_pass:
        again = now + WAITS[min(remote.attempts, len(WAITS)) - 1]
        remote.due_at = remote.due_at or again
    elif not asked_meanwhile:
        # Where it is of no use to try again, only somebody who has mended it begins anew.
        goes_on = problem is None and remote.fetch_every > 0
        remote.due_at = now + timedelta(minutes=remote.fetch_every) if goes_on else None
        remote.wants_push, remote.wants_fetch = False, goes_on
    session.commit()


def _is_mine(number: int, runner: str) -> ColumnElement[bool]:
    return and_(OutsideRemote.id == number, OutsideRemote.runner == runner)


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(OutsideRemote.runner.is_(None), OutsideRemote.due_at <= now),
        and_(OutsideRemote.runner.is_not(None), OutsideRemote.heartbeat_at < now - STALE_AFTER),
    )
