"""The steps of a deployment. Each may be done again without harm, so one that was broken off goes on."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

from sqlalchemy import update

from studio.database import clock, studio_db
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.deployments import live_in
from studio.delivery.models import Deployment, DeploymentEvent, Kind, Release, State
from studio.delivery.problems import CheckFailed, ClaimLost, DeliveryProblem, DoesNotOpen
from studio.delivery.releases import Order, checked, make_release
from studio.delivery.room import Delivery

CHECK: Final = "check"
BUNDLE: Final = "bundle"
UPLOAD: Final = "upload"
ACTIVATE: Final = "activate"
HEALTH: Final = "health"
WITHDRAW: Final = "withdraw"
DONE: Final = "done"

_PUT_IN: Final = (UPLOAD, ACTIVATE, HEALTH, DONE)
STEPS: Final = {
    Kind.DEPLOY: (CHECK, BUNDLE, *_PUT_IN),
    Kind.PROMOTE: _PUT_IN,
    Kind.ROLLBACK: _PUT_IN,
    Kind.UNDEPLOY: (WITHDRAW, DONE),
}
_FILES_BETWEEN_EVENTS: Final = 50


@dataclass(frozen=True, slots=True)
class Run:
    """One worker's claim on one deployment."""

    delivery: Delivery
    deployment: Deployment
    runner: str

    @property
    def client(self) -> ManagementClient:
        """The door of the environment."""
        return self.delivery.clients[self.deployment.environment]

    def say(self, step: str, sentence: Sentence) -> None:
        """Note what happens, and commit it with everything that was done so far. Raises ClaimLost."""
        self._hold()
        studio_db.session.add(
            DeploymentEvent(deployment_id=self.deployment.id, step=step, at=clock.now(), sentence=sentence)
        )
        studio_db.session.commit()

    def end(self, state: State, problem: DomainError | None = None) -> None:
        """Close the deployment. Raises ClaimLost."""
        self._hold()
        self.deployment.state = state
        self.deployment.ended_at = clock.now()
        if problem is not None:
            self.deployment.cause = problem.sentence
        if isinstance(problem, DeliveryProblem):
            self.deployment.remedy = problem.remedy
        if isinstance(problem, CheckFailed):
            self.deployment.findings = problem.findings
        studio_db.session.commit()

    def _hold(self) -> None:
        """Take the row's lock, if it is still ours."""
        ours = studio_db.session.execute(
            update(Deployment)
            .where(
                Deployment.id == self.deployment.id,
                Deployment.runner == self.runner,
                Deployment.state == State.RUNNING,
            )
            .values(heartbeat_at=clock.now())
            .execution_options(synchronize_session=False)
        )
        if ours.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE has it
            studio_db.session.rollback()
            raise ClaimLost


def carry_out(run: Run) -> None:
    """Do what the deployment asks for, to its end. Raises DomainError where that is not possible."""
    if run.deployment.kind == Kind.UNDEPLOY:
        _withdraw(run)
    else:
        _put_in(run, run.deployment.release or _make(run))
    run.say(DONE, Sentence(N_("Done.")))
    run.end(State.DONE)


def _make(run: Run) -> Release:
    row = run.deployment
    order = Order(row.org, row.app, row.commit or "", row.person, row.message)
    run.say(CHECK, Sentence(N_("Checking the app.")))
    bundle, findings = checked(run.delivery, order)
    made = make_release(run.delivery, order, bundle, findings, clock.now())
    row.release = made
    run.say(
        BUNDLE,
        Sentence(
            N_("Release %(version)s has %(count)s files."),
            {"version": made.version, "count": len(bundle.manifest)},
        ),
    )
    return made


def _put_in(run: Run, release: Release) -> None:
    row = run.deployment
    before = live_in(row.org, row.app, row.environment)
    run.say(UPLOAD, Sentence(N_("Sending the files that are new.")))
    bundle = replace(bundle_of(run.delivery.store.files(release.bundle_id)), id=release.bundle_id)
    sent = run.client.hand_over(bundle, _progress(run))
    run.say(
        ACTIVATE, Sentence(N_("%(count)s new files sent. Putting the release into use."), {"count": sent})
    )
    _activate(run, release)
    run.say(HEALTH, Sentence(N_("Opening the first page of the app.")))
    try:
        _look(run, release)
    except DoesNotOpen:
        _put_back(run, before.release if before else None)
        raise


def _activate(run: Run, release: Release) -> None:
    run.client.activate(
        release.org,
        release.app,
        release=str(release.id),
        version=release.version,
        bundle=release.bundle_id,
        by=run.deployment.person,
    )


def _look(run: Run, release: Release) -> None:
    served = run.client.served(release.org, release.app)
    if served is None or served["bundle"] != release.bundle_id:
        raise DomainError(
            Sentence(N_("Somebody else changed what is in use while this was under way. Deploy again."))
        )
    run.client.open_start_page(release.org, release.app)


def _put_back(run: Run, before: Release | None) -> None:
    """Leave the environment as it was before a release that does not open."""
    if before is None:
        run.client.withdraw(run.deployment.org, run.deployment.app)
        run.say(HEALTH, Sentence(N_("The app has been taken out of use again.")))
    else:
        _activate(run, before)
        run.say(
            HEALTH,
            Sentence(N_("Release %(version)s has been put back into use."), {"version": before.version}),
        )


def _withdraw(run: Run) -> None:
    run.say(WITHDRAW, Sentence(N_("Taking the app out of use. What people have sent in is kept.")))
    run.client.withdraw(run.deployment.org, run.deployment.app)


def _progress(run: Run) -> Callable[[int, int], None]:
    def say(sent: int, total: int) -> None:
        if sent % _FILES_BETWEEN_EVENTS == 0:
            run.say(UPLOAD, Sentence(N_("%(sent)s of %(total)s files sent."), {"sent": sent, "total": total}))

    return say
