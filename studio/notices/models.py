"""Tables of notices, of how people want them, and of e-mails that are not sent yet."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.accounts import Person
from studio.database import StudioModel, UtcDateTime
from studio.database.columns import ONE_SENTENCE
from studio.definition.sentences import Sentence


class Way(StrEnum):
    """How a person wants to be told."""

    NONE = "none"
    STUDIO = "studio"
    MAIL = "mail"  # in Studio, and by e-mail


class MailState(StrEnum):
    """Where an e-mail is. One that was sent has no row any more."""

    WAITING = "waiting"
    SENDING = "sending"
    FAILED = "failed"  # given up; `reason` says why


class Notice(StudioModel):
    """Something that a person is told. `title` names what it is about, `sentence` says what happened to it.

    `endpoint` and `values` are the page it leads to. It is kept for those who may see the organisation `org`,
    and read by whoever may at that moment.
    """

    __tablename__ = "notice"
    __table_args__ = (
        Index("ix_notice_person_id_read_at", "person_id", "read_at"),
        Index("ix_notice_org_app", "org", "app"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"))
    kind: Mapped[str]
    org: Mapped[str]
    app: Mapped[str]
    title: Mapped[str]
    endpoint: Mapped[str]
    values: Mapped[dict[str, Any]] = mapped_column(JSON)
    sentence: Mapped[Sentence] = mapped_column(ONE_SENTENCE)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    read_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship()
    mail: Mapped["Mail | None"] = relationship(
        back_populates="notice", cascade="all, delete-orphan", passive_deletes=True
    )


class Choice(StudioModel):
    """How a person wants to be told; in Studio for those without a row."""

    __tablename__ = "notice_choice"

    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)
    way: Mapped[Way] = mapped_column(String)


class Mail(StudioModel):
    """An e-mail that is to be sent: the outbox. It is put into words when it is sent.

    `runner` is who sends it, since `claimed_at`; `next_at` is when it may be tried (again).
    """

    __tablename__ = "notice_mail"
    __table_args__ = (Index("ix_notice_mail_state_next_at", "state", "next_at"),)

    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"), primary_key=True)
    state: Mapped[MailState] = mapped_column(String)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    runner: Mapped[str | None]
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reason: Mapped[str] = mapped_column(default="")

    notice: Mapped[Notice] = relationship(back_populates="mail")
