"""Tables of pull requests, of what reviewers and others said, and of what happened."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.accounts import Person
from studio.database import StudioModel, UtcDateTime
from studio.database.columns import ONE_SENTENCE, JsonOf
from studio.definition.sentences import Sentence
from studio.reviews.subjects import Subject
from studio.reviews.suggestions import Suggestion, from_json, to_json

_COMMIT = String(40)
_IS_OPEN = text("state = 'open'")


class State(StrEnum):
    """Where a pull request is in its life."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


class Verdict(StrEnum):
    """What a review comes to."""

    APPROVE = "approve"
    REQUEST_CHANGES = "request_changes"


class PullRequest(StudioModel):
    """Work on the branch `source` of an app that is to come into the branch `target`.

    `head` is the newest commit of the source that was seen; it is kept under a ref of its own, so that it
    outlives its branch. `base` is where the source left the target.
    """

    __tablename__ = "pull_request"
    __table_args__ = (
        UniqueConstraint("org", "app", "number"),
        # Two people who ask for the same at once: the database lets one through.
        Index(
            "ix_pull_request_one_at_a_time",
            "org",
            "app",
            "source",
            "target",
            unique=True,
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    org: Mapped[str]
    app: Mapped[str]
    number: Mapped[int]
    title: Mapped[str]
    description: Mapped[str]
    source: Mapped[str]
    target: Mapped[str]
    author_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    author_name: Mapped[str]
    state: Mapped[State] = mapped_column(String)
    labels: Mapped[list[str]] = mapped_column(JSON)
    base: Mapped[str] = mapped_column(_COMMIT)
    head: Mapped[str] = mapped_column(_COMMIT)
    merged_commit: Mapped[str | None] = mapped_column(_COMMIT)
    opened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    reviewers: Mapped[list[Person]] = relationship(secondary="pull_request_reviewer", order_by=Person.name)
    reviews: Mapped[list["Review"]] = relationship(
        order_by="Review.id", cascade="all, delete-orphan", passive_deletes=True
    )
    events: Mapped[list["Event"]] = relationship(
        order_by="Event.id", cascade="all, delete-orphan", passive_deletes=True
    )
    threads: Mapped[list["Thread"]] = relationship(
        order_by="Thread.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_open(self) -> bool:
        """Whether it waits to be merged."""
        return self.state == State.OPEN

    @property
    def kept_ref(self) -> str:
        """The ref that keeps its head, as other hosts of Git name it."""
        return f"refs/pull/{self.number}/head"


class Reviewer(StudioModel):
    """Somebody who was asked to look at a pull request."""

    __tablename__ = "pull_request_reviewer"

    pull_request_id: Mapped[int] = mapped_column(
        ForeignKey("pull_request.id", ondelete="CASCADE"), primary_key=True
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), primary_key=True)


class Review(StudioModel):
    """What a person said of a pull request, when its newest commit was `head`."""

    __tablename__ = "review"

    id: Mapped[int] = mapped_column(primary_key=True)
    pull_request_id: Mapped[int] = mapped_column(
        ForeignKey("pull_request.id", ondelete="CASCADE"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person_name: Mapped[str]
    verdict: Mapped[Verdict] = mapped_column(String)
    text: Mapped[str]
    head: Mapped[str] = mapped_column(_COMMIT)
    at: Mapped[datetime] = mapped_column(UtcDateTime)


class Event(StudioModel):
    """Something that happened to a pull request: the time line is these, in order.

    `sentence` says it without the person; `text` is what somebody wrote. `kind` is one of events.KINDS.
    """

    __tablename__ = "pull_request_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    pull_request_id: Mapped[int] = mapped_column(
        ForeignKey("pull_request.id", ondelete="CASCADE"), index=True
    )
    kind: Mapped[str]
    person_name: Mapped[str]  # "" where nobody of Studio did it, such as a push with Git
    sentence: Mapped[Sentence] = mapped_column(ONE_SENTENCE)
    text: Mapped[str]
    commit: Mapped[str | None] = mapped_column(_COMMIT)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    # What it happened in; the comments are there to be read.
    thread_id: Mapped[int | None] = mapped_column(ForeignKey("comment_thread.id", ondelete="SET NULL"))


class Thread(StudioModel):
    """Comments about one thing, from when the newest commit was `head`.

    `fingerprint` is of what it is about, as it was then; `quote` is a text or a line as it was then.
    """

    __tablename__ = "comment_thread"

    id: Mapped[int] = mapped_column(primary_key=True)
    pull_request_id: Mapped[int] = mapped_column(
        ForeignKey("pull_request.id", ondelete="CASCADE"), index=True
    )
    subject: Mapped[Subject] = mapped_column(JsonOf(Subject.to_dict, Subject.from_dict))
    fingerprint: Mapped[str]
    quote: Mapped[str]
    head: Mapped[str] = mapped_column(_COMMIT)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    resolved_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    resolved_by: Mapped[str] = mapped_column(default="")

    comments: Mapped[list["Comment"]] = relationship(
        order_by="Comment.id", cascade="all, delete-orphan", passive_deletes=True
    )

    @property
    def is_resolved(self) -> bool:
        """Whether somebody has said that it is settled."""
        return self.resolved_at is not None


class Comment(StudioModel):
    """What somebody wrote in a thread, as Markdown. Of a removed one the words are gone.

    `suggestion` is what they want to be otherwise; once it was used, `used_by` (a name) did it, and
    `used_commit` on the source branch has it.
    """

    __tablename__ = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("comment_thread.id", ondelete="CASCADE"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    person_name: Mapped[str]
    text: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    edited_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    removed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    suggestion: Mapped[Suggestion | None] = mapped_column(JsonOf(to_json, from_json))
    used_commit: Mapped[str | None] = mapped_column(_COMMIT)
    used_by_id: Mapped[int | None] = mapped_column(ForeignKey("person.id", ondelete="SET NULL"))
    used_by: Mapped[str] = mapped_column(default="")

    @property
    def is_removed(self) -> bool:
        """Whether its writer has taken it back."""
        return self.removed_at is not None
