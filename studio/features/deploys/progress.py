"""How far a deployment is, as steps, and as a stream of server-sent events that ends with it."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from studio.database import studio_db
from studio.definition.sentences import N_, Sentence
from studio.delivery.deployments import events
from studio.delivery.models import Deployment, DeploymentEvent, Kind, State
from studio.delivery.room import delivery
from studio.delivery.steps import ACTIVATE, BUNDLE, CHECK, DONE, HEALTH, STEPS, UPLOAD, WITHDRAW
from studio.web import render, translate

Mark = Literal["done", "now", "failed", "later"]

_TITLES: Final = {
    CHECK: Sentence(N_("Check the app")),
    BUNDLE: Sentence(N_("Make the release")),
    UPLOAD: Sentence(N_("Send the files")),
    ACTIVATE: Sentence(N_("Put the release into use")),
    HEALTH: Sentence(N_("Open the first page")),
    WITHDRAW: Sentence(N_("Take the app out of use")),
    DONE: Sentence(N_("Done")),
}
_LOOK_EVERY: Final = 0.15  # seconds between two looks at the database
_KEEP_ALIVE_EVERY: Final = 10.0
_LONGEST: Final = 600.0


@dataclass(frozen=True, slots=True)
class Step:
    """One step and what was said about it last."""

    name: str
    title: Sentence
    mark: Mark
    said: Sentence | None


_HEADINGS: Final = {
    Kind.DEPLOY: N_("Build and deploy to %(environment)s"),
    Kind.PROMOTE: N_("Version %(version)s to %(environment)s"),
    Kind.ROLLBACK: N_("Back to version %(version)s in %(environment)s"),
    Kind.UNDEPLOY: N_("Take out of %(environment)s"),
}


def title_of(deployment: Deployment) -> Sentence:
    """What a deployment does, for its heading."""
    environment = delivery().environments.named(deployment.environment)
    version = deployment.release.version if deployment.release else 0
    title = environment.title if environment else Sentence(deployment.environment)
    return Sentence(_HEADINGS[deployment.kind], {"environment": title, "version": version})


def steps_of(deployment: Deployment, happened: Sequence[DeploymentEvent]) -> list[Step]:
    """The steps of a deployment, each with how far it is."""
    names = STEPS[deployment.kind]
    said = {event.step: event.sentence for event in happened}
    reached = max((names.index(event.step) for event in happened if event.step in names), default=0)
    return [
        Step(name, _TITLES[name], _mark(place, reached, deployment.state), said.get(name))
        for place, name in enumerate(names)
    ]


def _mark(place: int, reached: int, state: State) -> Mark:
    if state == State.DONE or place < reached:
        return "done"
    if place > reached:
        return "later"
    return "failed" if state == State.FAILED else "now"


def stream(number: int, seen: str) -> Iterator[str]:
    """Server-sent events of a deployment until it ends. `seen` is the id of the last one that the reader has.

    Each event holds all there is to show, so a reader that was away misses nothing.
    """
    began = spoke = time.monotonic()
    while time.monotonic() - began < _LONGEST:
        deployment = studio_db.session.get(Deployment, number, populate_existing=True)
        if deployment is None:
            return
        happened = events(number)
        now = f"{happened[-1].id if happened else 0}-{deployment.state}"
        if now != seen:
            yield _message(
                "progress", now, render("deploys/steps.html", steps=steps_of(deployment, happened))
            )
            yield _message("said", now, _last_words(deployment, happened))
            seen, spoke = now, time.monotonic()
        if not deployment.is_unfinished:
            yield _message("finished", now, deployment.state)
            return
        studio_db.session.rollback()  # the next look must see what others have written
        if time.monotonic() - spoke >= _KEEP_ALIVE_EVERY:
            yield ": ka\n\n"
            spoke = time.monotonic()
        time.sleep(_LOOK_EVERY)


def _last_words(deployment: Deployment, happened: Sequence[DeploymentEvent]) -> str:
    if deployment.cause is not None:
        return translate(deployment.cause)
    return translate(happened[-1].sentence) if happened else ""


def _message(event: str, identity: str, text: str) -> str:
    data = "".join(f"data: {line}\n" for line in text.splitlines()) or "data:\n"
    return f"id: {identity}\nevent: {event}\n{data}\n"
