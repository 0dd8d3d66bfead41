"""The table of the places where pull requests are tried. A row is also a job that is done again and again."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from studio.database import StudioModel, UtcDateTime
from studio.database.columns import ONE_SENTENCE
from studio.definition.sentences import Sentence

_COMMIT = String(40)


class PlaceState(StrEnum):
    """How a place is."""

    WAITING = "waiting"  # to be made, or to show something newer
    READY = "ready"
    FAILED = "failed"  # `cause` says why; what was shown before is still there
    ENDING = "ending"  # to be taken away, with all that was filled in


class ReviewPlace(StudioModel):
    """Where pull request `number` of an app is tried, in the first environment.

    It names the pull request instead of pointing to it: it outlives that one until it is taken away.
    `commit` is what of the source it shows, `target` the commit of the target that it is merged with (None:
    it is not), `bundle_id` the files; `tried` ("commit target") is what was tried last, also if that failed.

    `next_at` is when it is looked at next; `runner` is who does that, alive at `heartbeat_at`.
    """

    __tablename__ = "review_place"
    __table_args__ = (
        UniqueConstraint("org", "app", "number"),
        Index("ix_review_place_next_at", "next_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    org: Mapped[str]
    app: Mapped[str]
    number: Mapped[int]
    person: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime] = mapped_column(UtcDateTime)
    state: Mapped[PlaceState] = mapped_column(String)
    commit: Mapped[str | None] = mapped_column(_COMMIT)
    target: Mapped[str | None] = mapped_column(_COMMIT)
    bundle_id: Mapped[str | None] = mapped_column(String(64))
    tried: Mapped[str] = mapped_column(default="")
    cause: Mapped[Sentence | None] = mapped_column(ONE_SENTENCE)
    remedy: Mapped[Sentence | None] = mapped_column(ONE_SENTENCE)
    next_at: Mapped[datetime] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    runner: Mapped[str | None]
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
