"""Tables of releases and deployments. A release never changes; a deployment is also the job to be done."""

from datetime import datetime
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, event, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.database import StudioModel, UtcDateTime
from studio.database.columns import FINDINGS, ONE_SENTENCE, SENTENCES
from studio.definition.findings import Finding
from studio.definition.sentences import Sentence


class Kind(StrEnum):
    """What a deployment does."""

    DEPLOY = "deploy"  # make a release of the shared state, and put it into the first environment
    PROMOTE = "promote"  # put a release into the next environment
    ROLLBACK = "rollback"  # put an earlier release into an environment
    UNDEPLOY = "undeploy"  # take the app out of an environment


class State(StrEnum):
    """How far a deployment is."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNFINISHED: Final = (State.WAITING, State.RUNNING)
_IS_UNFINISHED: Final = text("state IN ('waiting', 'running')")


class Release(StudioModel):
    """An app at one commit, as a bundle that is the same everywhere. Versions count from 1 for each app."""

    __tablename__ = "release"
    __table_args__ = (UniqueConstraint("org", "app", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    org: Mapped[str]
    app: Mapped[str]
    version: Mapped[int]
    commit: Mapped[str] = mapped_column(String(40))
    bundle_id: Mapped[str] = mapped_column(String(64))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)
    person: Mapped[str]
    message: Mapped[str]
    changes: Mapped[tuple[Sentence, ...]] = mapped_column(SENTENCES)  # since the release before
    findings: Mapped[tuple[Finding, ...]] = mapped_column(FINDINGS)  # of the app check; no errors among them


@event.listens_for(Release, "before_update")
def _never_changes(_mapper: object, _connection: object, release: Release) -> None:
    raise TypeError(f"Release {release.version} of {release.org}/{release.app} cannot be changed.")


class Deployment(StudioModel):
    """One change of what an environment serves: who wanted it, how far it is, and why it failed if it did."""

    __tablename__ = "deployment"
    __table_args__ = (
        # Two people who press at once: the database lets one through.
        Index(
            "ix_deployment_one_at_a_time",
            "org",
            "app",
            "environment",
            unique=True,
            sqlite_where=_IS_UNFINISHED,
            postgresql_where=_IS_UNFINISHED,
        ),
        Index("ix_deployment_org_app_environment", "org", "app", "environment"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    org: Mapped[str]
    app: Mapped[str]
    environment: Mapped[str]
    kind: Mapped[Kind] = mapped_column(String)
    commit: Mapped[str | None] = mapped_column(String(40))  # of a release that is still to be made
    message: Mapped[str]
    release_id: Mapped[int | None] = mapped_column(ForeignKey("release.id"))
    state: Mapped[State] = mapped_column(String)
    person: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    runner: Mapped[str | None]  # the worker that carries it out
    heartbeat_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    cause: Mapped[Sentence | None] = mapped_column(ONE_SENTENCE)
    remedy: Mapped[Sentence | None] = mapped_column(ONE_SENTENCE)
    findings: Mapped[tuple[Finding, ...]] = mapped_column(FINDINGS, default=())

    release: Mapped[Release | None] = relationship(lazy="joined")

    @property
    def is_unfinished(self) -> bool:
        """Whether it is waiting or running."""
        return self.state in UNFINISHED


class DeploymentEvent(StudioModel):
    """What happened in a deployment, in order."""

    __tablename__ = "deployment_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    deployment_id: Mapped[int] = mapped_column(ForeignKey("deployment.id", ondelete="CASCADE"), index=True)
    step: Mapped[str]
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    sentence: Mapped[Sentence] = mapped_column(ONE_SENTENCE)
