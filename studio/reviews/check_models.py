"""Tables of the checks of pull requests. A row is also the job to be done (see studio/jobs/worker.py)."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, deferred, mapped_column, relationship

from studio.database import StudioModel, UtcDateTime
from studio.database.columns import FINDINGS, ONE_SENTENCE
from studio.definition.findings import Finding
from studio.definition.sentences import Sentence
from studio.reviews.models import PullRequest

_COMMIT = String(40)


class RunState(StrEnum):
    """How far a check is, or how it went."""

    QUEUED = "queued"
    RUNNING = "running"
    PASSED = "passed"
    FAILED = "failed"
    COULD_NOT_RUN = "could_not_run"
    CANCELLED = "cancelled"  # there are newer commits, so nobody needs it any more


UNFINISHED: Final = (RunState.QUEUED, RunState.RUNNING)


class CheckRun(StudioModel):
    """A check (checks.CHECKS) of a pull request at two commits: `head`, and the `base` it is held against.

    `seat` is 1 for the one check that may use a browser at this moment: the database keeps it unique.
    `summary` is there once it has ended.
    """

    __tablename__ = "check_run"
    __table_args__ = (UniqueConstraint("pull_request_id", "name", "head", "base"), UniqueConstraint("seat"))

    id: Mapped[int] = mapped_column(primary_key=True)
    pull_request_id: Mapped[int] = mapped_column(ForeignKey("pull_request.id", ondelete="CASCADE"))
    name: Mapped[str]
    head: Mapped[str] = mapped_column(_COMMIT)
    base: Mapped[str] = mapped_column(_COMMIT)
    in_browser: Mapped[bool]
    state: Mapped[RunState] = mapped_column(String, default=RunState.QUEUED, index=True)
    summary: Mapped[Sentence | None] = mapped_column(ONE_SENTENCE)
    findings: Mapped[tuple[Finding, ...]] = mapped_column(FINDINGS, default=())
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    started_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    runner: Mapped[str | None]
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    seat: Mapped[int | None]

    pull_request: Mapped[PullRequest] = relationship()
    pictures: Mapped[list["CheckPicture"]] = relationship(
        order_by="CheckPicture.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_unfinished(self) -> bool:
        """Whether it waits or runs."""
        return self.state in UNFINISHED


class CheckPicture(StudioModel):
    """A changed page as it was and will be, in one language and on a screen `width` pixels wide.

    `fate` is "added", "removed" or "changed"; a page that is new or gone has only one picture (PNG), and no
    difference. `changed` of `pixels` are others than before.
    """

    __tablename__ = "check_picture"

    id: Mapped[int] = mapped_column(primary_key=True)
    check_run_id: Mapped[int] = mapped_column(ForeignKey("check_run.id", ondelete="CASCADE"), index=True)
    layout_set: Mapped[str]
    page: Mapped[str]
    title: Mapped[str]
    language: Mapped[str]
    width: Mapped[int]
    fate: Mapped[str]
    changed: Mapped[int]
    pixels: Mapped[int]
    before: Mapped[bytes | None] = deferred(mapped_column())
    after: Mapped[bytes | None] = deferred(mapped_column())
    difference: Mapped[bytes | None] = deferred(mapped_column())
