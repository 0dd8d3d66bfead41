"""The table of outside remotes, which is also the queue of what is to be done with them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.accounts import Person
from studio.database import StudioModel, UtcDateTime
from studio.database.columns import ONE_SENTENCE, SENTENCES, JsonOf
from studio.definition.sentences import Sentence
from studio.outside_remotes.mappings import BranchMapping, from_dict

_MAPPINGS = JsonOf(
    lambda values: [each.to_dict() for each in values], lambda kept: tuple(map(from_dict, kept))
)


class OutsideRemote(StudioModel):
    """Where an app's branches go and come from. `token` is sealed (see sealing.py).

    It is to be done at `due_at`: sending where `wants_push`, taking in where `wants_fetch`. Whoever does it
    is `runner`, and last gave a sign of life at `heartbeat_at`.
    """

    __tablename__ = "outside_remote"
    __table_args__ = (UniqueConstraint("org", "app"), Index("ix_outside_remote_due_at", "due_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    org: Mapped[str]
    app: Mapped[str]
    address: Mapped[str]
    user: Mapped[str]
    token: Mapped[str]
    mappings: Mapped[tuple[BranchMapping, ...]] = mapped_column(_MAPPINGS)
    push_by_itself: Mapped[bool]
    fetch_every: Mapped[int]  # minutes; 0: only when somebody asks
    # Whoever set it up: pull requests for what comes in are theirs.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)

    due_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    wants_push: Mapped[bool] = mapped_column(default=False)
    wants_fetch: Mapped[bool] = mapped_column(default=False)
    runner: Mapped[str | None]
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)  # in a row that failed

    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    problem: Mapped[Sentence | None] = mapped_column(ONE_SENTENCE)
    results: Mapped[tuple[Sentence, ...] | None] = mapped_column(SENTENCES)

    person: Mapped[Person | None] = relationship()
