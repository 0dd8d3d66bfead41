"""What is done with a place: it shows what its pull request makes of the app, or it is taken away."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from studio.database import clock, studio_db
from studio.definition.app import app_definition
from studio.definition.checks import check
from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.definition.sentences import Sentence
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.problems import CheckFailed, DoesNotOpen
from studio.delivery.room import delivery
from studio.history.repository import Repository
from studio.reviews.models import PullRequest
from studio.reviews.place_models import PlaceState, ReviewPlace
from studio.reviews.place_room import PlaceLimits
from studio.reviews.requests import find, follow
from studio.runtime.reviewed import place_name


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a look at a place: `values` of its row, or why it failed; `later`: to be tried again."""

    state: PlaceState = PlaceState.READY
    values: Mapping[str, Any] = field(default_factory=dict)
    cause: Sentence | None = None
    remedy: Sentence | None = None
    later: bool = False
    is_gone: bool = False


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What a place is to show: the files, the commit of the source, and that of the target, if merged."""

    files: Files
    commit: str
    target: str | None

    @property
    def name(self) -> str:
        return f"{self.commit} {self.target or ''}"


def door() -> ManagementClient:
    """The environment where pull requests are tried: the first one."""
    return delivery().clients[delivery().environments[0].name]


def end(row: ReviewPlace) -> Outcome:
    """Take it away with all that was filled in there. Raises a DeliveryProblem."""
    door().end_review(row.org, row.app, row.number)
    return Outcome(is_gone=True)


def keep_up(row: ReviewPlace, limits: PlaceLimits) -> Outcome:
    """Let it show what its pull request has come to; take it away where that is over, or nobody uses it.

    Raises a DeliveryProblem.
    """
    session, now = studio_db.session, clock.now()
    try:
        repository = delivery().repositories.open(row.org, row.app)
        pull_request = find(session, row.org, row.app, row.number)
    except NotThere:
        return end(row)
    follow(session, repository, pull_request, now, closely=False)
    if not pull_request.is_open:
        return end(row)
    wanted = _wanted(repository, pull_request)
    if row.tried == wanted.name and (row.state == PlaceState.READY or row.attempts == 0):
        return _unused(row, limits, now)
    return _shown(row, wanted, now)


def _unused(row: ReviewPlace, limits: PlaceLimits, now: datetime) -> Outcome:
    """Nothing is new. Where nobody seems to have used it, the environment is asked, and knows better."""
    used = row.used_at
    if now - used > limits.kept:
        times = [
            datetime.fromisoformat(each["last_used"])
            for each in door().reviews()
            if (each["org"], each["app"]) == (row.org, place_name(row.app, row.number))
        ]
        used = max([used, *times])
        if now - used > limits.kept:
            return end(row)
    return Outcome(row.state, {"used_at": used}, row.cause, row.remedy)


def _wanted(repository: Repository, pull_request: PullRequest) -> _Wanted:
    """The merge with the target where that is clean: so it would be. Else what the branch has."""
    head = pull_request.head
    try:
        target = repository.head(pull_request.target).id
    except NotThere:
        return _Wanted(repository.files(head), head, None)
    merge = repository.mergeable(head, target)
    if merge.conflicts:
        return _Wanted(repository.files(head), head, None)
    return _Wanted(merge.files, head, target)


def _shown(row: ReviewPlace, wanted: _Wanted, now: datetime) -> Outcome:
    """Show it. What does not open is put back to what was there before."""
    client = door()
    tried = {"tried": wanted.name}
    errors = tuple(each for each in check(app_definition(wanted.files)) if each.severity == "error")
    if errors:
        problem = CheckFailed(errors)
        return Outcome(values=tried, cause=problem.sentence, remedy=errors[0].sentence)
    bundle = bundle_of(wanted.files)
    client.hand_over(bundle)
    _put(client, row, bundle.id, wanted.commit)
    try:
        client.open_start_page(row.org, place_name(row.app, row.number))
    except DoesNotOpen as problem:
        if row.bundle_id is None or row.commit is None:
            client.end_review(row.org, row.app, row.number)
        else:
            _put(client, row, row.bundle_id, row.commit)
        return Outcome(values=tried, cause=problem.sentence, remedy=problem.remedy)
    shown = {"commit": wanted.commit, "target": wanted.target, "bundle_id": bundle.id, "used_at": now}
    return Outcome(PlaceState.READY, tried | shown)


def _put(client: ManagementClient, row: ReviewPlace, bundle: str, commit: str) -> None:
    client.show_review(row.org, row.app, row.number, bundle=bundle, release=commit, by=row.person)
