"""The outbox: e-mails are claimed by an update of their row, sent, and tried again with growing waits."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.message import EmailMessage
from functools import partial
from typing import Any, Final

import structlog
from flask import Flask
from sqlalchemy import ColumnElement, and_, delete, func, or_, select, update

from studio.accounts import Right, may
from studio.database import clock, studio_db
from studio.jobs.rows import take
from studio.jobs.worker import Worker
from studio.notices.letters import BadAddress, letter
from studio.notices.models import Mail, MailState, Notice, Way
from studio.notices.smtp import MailServer, NotDelivered
from studio.notices.telling import way_of

log = structlog.get_logger()

WAITS: Final = tuple(timedelta(minutes=each) for each in (1, 5, 30, 120, 600))  # then it is given up
STALE_AFTER: Final = timedelta(minutes=10)  # longer than any talk with a server lasts


class PostOffice:
    """Sends the e-mails of one Studio whose time has come. Without a server there are none."""

    def __init__(self, app: Flask, server: MailServer | None, origin: str) -> None:
        self._app = app
        self._server = server
        self._origin = origin
        self._was_opened = False
        self.worker = Worker(self, threads=1)

    @property
    def is_open(self) -> bool:
        """Whether e-mails are sent at all."""
        return self._server is not None

    def wake(self) -> None:
        """Say that there may be something to send. Returns at once."""
        if self.is_open:
            self.worker.wake()

    def open(self) -> None:
        """Called by every request: the first one of a process looks for what another process left behind."""
        if not self._was_opened:
            self._was_opened = True
            self.wake()

    def claim(self, runner: str) -> Callable[[], None] | None:
        """Take the e-mail that has waited longest."""
        now = clock.now()
        with self._app.app_context():
            number = take(
                studio_db.session,
                Mail.notice_id,
                _is_free(now),
                Mail.next_at,
                runner=runner,
                state=MailState.SENDING,
                claimed_at=now,
                attempts=Mail.attempts + 1,
            )
            if number is None:
                self._rest(now)
                return None
            return partial(self._send, number, runner)

    def is_empty(self) -> bool:
        """Whether the time of no e-mail has come."""
        with self._app.app_context():
            due = select(Mail.notice_id).where(_is_free(clock.now())).limit(1)
            return studio_db.session.scalar(due) is None

    def _rest(self, now: datetime) -> None:
        """Be woken when the next one is due, or when one that another process sends would be stale."""
        waiting = select(func.min(Mail.next_at)).where(Mail.state == MailState.WAITING)
        sending = select(func.min(Mail.claimed_at)).where(Mail.state == MailState.SENDING)
        claimed = studio_db.session.scalar(sending)
        due = studio_db.session.scalar(waiting)
        self.worker.wake_at(now, due, claimed + STALE_AFTER if claimed else None)

    def _send(self, number: int, runner: str) -> None:
        with self._app.app_context():
            mine = and_(Mail.notice_id == number, Mail.runner == runner)
            mail = studio_db.session.scalar(select(Mail).where(mine))
            if mail is None:
                return  # its notice is gone
            attempts = mail.attempts
            try:
                found = self._letter(mail.notice)
                studio_db.session.commit()  # nothing is held while a server takes its time
                if found is not None and self._server is not None:
                    self._server.deliver(*found)
            except (NotDelivered, BadAddress) as problem:
                is_final = not isinstance(problem, NotDelivered) or problem.is_final
                _put_back(mine, attempts, str(problem), is_final=is_final)
            except Exception as fault:  # the job runner: whatever goes wrong is told, not lost
                log.error("e-mail failed unexpectedly", notice=number, exc_info=fault)
                studio_db.session.rollback()
                _put_back(mine, attempts, type(fault).__name__, is_final=True)
            else:
                studio_db.session.execute(delete(Mail).where(mine))
                log.info("e-mail sent" if found else "e-mail not wanted any more", notice=number)
            studio_db.session.commit()

    def _letter(self, notice: Notice) -> tuple[EmailMessage, str] | None:
        """The e-mail and its address; None where it has been read, or may or shall not be told any more."""
        person = notice.person
        is_wanted = way_of(studio_db.session, person) == Way.MAIL and notice.read_at is None
        if not is_wanted or not may(person, Right.VIEW, notice.org) or self._server is None:
            return None
        return letter(self._app, self._origin, self._server.sender, notice, clock.now()), person.email


def _put_back(mine: ColumnElement[bool], attempts: int, reason: str, *, is_final: bool) -> None:
    """Try it later; after the last wait, or where that is of no use, give it up."""
    later: dict[str, Any] = {"runner": None, "claimed_at": None, "reason": reason}
    if is_final or attempts > len(WAITS):
        later["state"] = MailState.FAILED
        log.error("e-mail given up", reason=reason, attempts=attempts)
    else:
        later["state"] = MailState.WAITING
        later["next_at"] = clock.now() + WAITS[attempts - 1]
        log.warning("e-mail put off", reason=reason, attempts=attempts)
    studio_db.session.execute(update(Mail).where(mine).values(**later))


def _is_free(now: datetime) -> ColumnElement[bool]:
    return or_(
        and_(Mail.state == MailState.WAITING, Mail.next_at <= now),
        and_(Mail.state == MailState.SENDING, Mail.claimed_at < now - STALE_AFTER),
    )
