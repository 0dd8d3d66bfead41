"""Deployments: who wants which release in which environment, and what is in use where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from studio.database import ROW_NUMBERS, studio_db
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.delivery.environments import Environment
from studio.delivery.models import UNFINISHED, Deployment, DeploymentEvent, Kind, Release, State
from studio.delivery.problems import AlreadyDeploying
from studio.delivery.room import delivery


@dataclass(frozen=True, slots=True)
class EnvironmentStatus:
    """An app in one environment. `live` is the deployment that put the release of today there, or None."""

    org: str
    app: str
    environment: Environment
    live: Deployment | None
    unfinished: Deployment | None

    @property
    def address(self) -> str:
        """Where the app begins for people."""
        return self.environment.address(self.org, self.app)

    @property
    def release(self) -> Release | None:
        """The release in use."""
        return self.live.release if self.live else None


def deploy(org: str, app: str, person: str, message: str, now: datetime) -> Deployment:
    """Release the shared state into the first environment. Raises AlreadyDeploying, NotThere."""
    commit = delivery().repositories.open(org, app).head().id
    first = delivery().environments[0].name
    return _ask(
        Deployment(
            org=org, app=app, environment=first, kind=Kind.DEPLOY, commit=commit, message=message.strip(),
            person=person, asked_at=now,
        )
    )  # fmt: skip


def put_into(release: Release, environment: str, person: str, now: datetime) -> Deployment:
    """Promote a release to an environment, or roll back to it. The bundle is never made anew.

    Raises AlreadyDeploying, NotThere for an unknown environment, or DomainError where the release skipped the
    environment before.
    """
    _demand_the_way(release, environment)
    live = live_in(release.org, release.app, environment)
    goes_back = live is not None and live.release is not None and live.release.version > release.version
    return _ask(
        Deployment(
            org=release.org, app=release.app, environment=environment, message=release.message,
            kind=Kind.ROLLBACK if goes_back else Kind.PROMOTE, release_id=release.id, person=person,
            asked_at=now,
        )
    )  # fmt: skip


def undeploy(
    org: str, app: str, environment: str, confirmation: str, person: str, now: datetime
) -> Deployment:
    """Take an app out of an environment; submissions stay. `confirmation` is the app's name, again."""
    live = live_in(org, app, environment)
    if live is None:
        raise NotThere(Sentence(N_("The app is not in use here.")))
    if confirmation.strip() != app:
        raise DomainError(Sentence(N_("Type the name of the app, “%(app)s”, to confirm."), {"app": app}))
    return _ask(
        Deployment(
            org=org, app=app, environment=environment, message="", kind=Kind.UNDEPLOY,
            release_id=live.release_id, person=person, asked_at=now,
        )
    )  # fmt: skip


def deployment(org: str, app: str, number: int) -> Deployment:
    """The deployment with this number; raises NotThere, also where it is of another app."""
    found = studio_db.session.get(Deployment, number) if number in ROW_NUMBERS else None
    if found is None or (found.org, found.app) != (org, app):
        raise NotThere(Sentence(N_("There is no such deployment.")))
    return found


def deployments(org: str, app: str, limit: int = 20) -> Sequence[Deployment]:
    """The deployments of an app, newest first."""
    wanted = select(Deployment).where(Deployment.org == org, Deployment.app == app)
    return studio_db.session.scalars(wanted.order_by(Deployment.id.desc()).limit(limit)).all()


def events(number: int) -> Sequence[DeploymentEvent]:
    """What has happened in a deployment so far, oldest first."""
    wanted = select(DeploymentEvent).where(DeploymentEvent.deployment_id == number)
    return studio_db.session.scalars(wanted.order_by(DeploymentEvent.id)).all()


def live_in(org: str, app: str, environment: str) -> Deployment | None:
    """The deployment whose release is in use in an environment, or None where the app is not."""
    wanted = select(Deployment).where(
        Deployment.org == org,
        Deployment.app == app,
        Deployment.environment == environment,
        Deployment.state == State.DONE,
    )
    last = studio_db.session.scalar(wanted.order_by(Deployment.id.desc()).limit(1))
    return None if last is None or last.kind == Kind.UNDEPLOY else last


def latest_in(org: str, app: str, environment: str) -> Deployment | None:
    """The newest deployment in an environment, however it went; None before the first."""
    wanted = select(Deployment).where(
        Deployment.org == org, Deployment.app == app, Deployment.environment == environment
    )
    return studio_db.session.scalar(wanted.order_by(Deployment.id.desc()).limit(1))


def unfinished_in(org: str, app: str, environment: str) -> Deployment | None:
    """The deployment that waits or runs in an environment. There is at most one."""
    return studio_db.session.scalar(
        select(Deployment).where(
            Deployment.org == org,
            Deployment.app == app,
            Deployment.environment == environment,
            Deployment.state.in_(UNFINISHED),
        )
    )


def status(org: str, app: str) -> tuple[EnvironmentStatus, ...]:
    """What is in use in each environment, and what is under way. Looking gets abandoned work going again."""
    found = tuple(
        EnvironmentStatus(
            org=org,
            app=app,
            environment=each,
            # In this order: what ends between the two is then in use already, not missed by both.
            unfinished=unfinished_in(org, app, each.name),
            live=live_in(org, app, each.name),
        )
        for each in delivery().environments
    )
    if any(each.unfinished for each in found):
        delivery().worker.wake()
    return found


def placements(org: str, app: str) -> frozenset[tuple[int, str]]:
    """Which release (its id) was ever put into which environment, and worked."""
    wanted = select(Deployment.release_id, Deployment.environment).where(
        Deployment.org == org,
        Deployment.app == app,
        Deployment.state == State.DONE,
        Deployment.kind != Kind.UNDEPLOY,
    )
    return frozenset((number, where) for number, where in studio_db.session.execute(wanted) if number)


def _demand_the_way(release: Release, environment: str) -> None:
    names = [each.name for each in delivery().environments]
    if environment not in names:
        raise NotThere(Sentence(N_("There is no such environment.")))
    before = names.index(environment) - 1
    if before >= 0 and (release.id, names[before]) not in placements(release.org, release.app):
        raise DomainError(
            Sentence(
                N_("Release %(version)s has not been in %(environment)s yet. Try it out there first."),
                {"version": release.version, "environment": delivery().environments[before].title},
            )
        )


def _ask(wanted: Deployment) -> Deployment:
    wanted.state = State.WAITING
    studio_db.session.add(wanted)
    try:
        studio_db.session.commit()
    except IntegrityError:
        studio_db.session.rollback()
        other = unfinished_in(wanted.org, wanted.app, wanted.environment)
        raise AlreadyDeploying(other.person if other else "?") from None
    delivery().worker.wake()
    return wanted
