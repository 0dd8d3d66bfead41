"""What the page about deploying shows: each environment, each release, and what may be done with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from studio.accounts import Right
from studio.delivery.deployments import EnvironmentStatus, latest_in, placements
from studio.delivery.environments import Environment, Environments
from studio.delivery.models import Deployment, Release, State

# Whether the person who looks has a right in an environment.
May = Callable[[Right, str], bool]


@dataclass(frozen=True, slots=True)
class Card:
    """One environment. `promotable` is the release that may go on to `following`; `last` the newest try."""

    status: EnvironmentStatus
    last: Deployment | None
    following: Environment | None
    promotable: Release | None
    may_deploy: bool
    may_read: bool

    @property
    def environment(self) -> Environment:
        """The environment itself."""
        return self.status.environment

    @property
    def failed(self) -> Deployment | None:
        """The newest deployment, if it failed."""
        return self.last if self.last is not None and self.last.state == State.FAILED else None


@dataclass(frozen=True, slots=True)
class Row:
    """One release: where it is in use, and where the person may put it (back) to."""

    release: Release
    live_in: tuple[Environment, ...]
    may_go_to: tuple[Environment, ...]


def cards(statuses: Sequence[EnvironmentStatus], environments: Environments, may: May) -> list[Card]:
    """The environments in the order in which a release travels."""
    live = {each.environment.name: each.release for each in statuses}
    return [_card(each, environments.after(each.environment.name), live, may) for each in statuses]


def rows(
    org: str, app: str, releases: Sequence[Release], statuses: Sequence[EnvironmentStatus], may: May
) -> list[Row]:
    """The releases, newest first as they come."""
    been = placements(org, app)
    return [_row(each, statuses, been, may) for each in releases]


def _card(
    status: EnvironmentStatus, following: Environment | None, live: dict[str, Release | None], may: May
) -> Card:
    name = status.environment.name
    release = status.release
    goes_on = (
        release is not None
        and following is not None
        and may(Right.DEPLOY, following.name)
        and _number(live[following.name]) != release.id
    )
    return Card(
        status=status,
        last=latest_in(status.org, status.app, name),
        following=following,
        promotable=release if goes_on else None,
        may_deploy=may(Right.DEPLOY, name),
        may_read=may(Right.READ_SUBMISSIONS, name),
    )


def _row(
    release: Release, statuses: Sequence[EnvironmentStatus], been: frozenset[tuple[int, str]], may: May
) -> Row:
    names = [each.environment.name for each in statuses]
    live = tuple(each.environment for each in statuses if _number(each.release) == release.id)
    possible = tuple(
        each.environment
        for place, each in enumerate(statuses)
        if each.environment not in live
        and may(Right.DEPLOY, each.environment.name)
        and (place == 0 or (release.id, names[place - 1]) in been)
    )
    return Row(release, live, possible)


def _number(release: Release | None) -> int | None:
    return None if release is None else release.id
