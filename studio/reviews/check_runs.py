"""Which checks a pull request needs at this moment, asking for them, and how they went."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError

from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.history.repository import Repository
from studio.reviews.check_models import UNFINISHED, CheckPicture, CheckRun, RunState
from studio.reviews.checks import CHECKS
from studio.reviews.models import PullRequest, State
from studio.reviews.requests import AnySession, Filter, follow, found
from studio.reviews.room import checking

Commits = tuple[str, str]  # head, base

# What a row is like while nobody works on it.
_ANEW: Final[Mapping[str, Any]] = {
    "state": RunState.QUEUED,
    "summary": None,
    "findings": (),
    "started_at": None,
    "ended_at": None,
    "runner": None,
    "heartbeat_at": None,
    "attempts": 0,
    "seat": None,
}


def needed(repository: Repository, pull_request: PullRequest) -> dict[str, Commits]:
    """The commits that each check has to look at now, by its name; none where there is nothing to merge."""
    there = repository.branches()
    if not pull_request.is_open or not {pull_request.source, pull_request.target} <= set(there):
        return {}
    target = repository.head(pull_request.target).id
    trial = repository.mergeable(pull_request.head, target)
    if trial.is_merged:
        return {}
    looks = {"branch": (pull_request.head, pull_request.base)}
    if not trial.conflicts:  # what it would be is not known before somebody has chosen
        looks["merge"] = (pull_request.head, target)
    return {name: looks[check.looks_at] for name, check in CHECKS.items() if check.looks_at in looks}


def runs_of(
    session: AnySession, pull_request: PullRequest, commits: Mapping[str, Commits]
) -> dict[str, CheckRun]:
    """The rows of the checks at these commits, by the checks' names, in the order in which they are shown."""
    rows = session.scalars(select(CheckRun).where(CheckRun.pull_request_id == pull_request.id))
    at = {(row.name, row.head, row.base): row for row in rows}
    keys = {name: (name, *commits[name]) for name in CHECKS if name in commits}
    return {name: at[key] for name, key in keys.items() if key in at}


def last_run(session: AnySession, repository: Repository, pull_request: PullRequest, name: str) -> CheckRun:
    """The row of a check that counts now; where none does, the newest. Raises NotThere."""
    current = runs_of(session, pull_request, needed(repository, pull_request)).get(name)
    query = (
        select(CheckRun)
        .where(CheckRun.pull_request_id == pull_request.id, CheckRun.name == name)
        .order_by(CheckRun.id.desc())
        .limit(1)
    )
    run = current or session.scalar(query)
    if run is None:
        raise NotThere(Sentence(N_("This check has not been asked for yet.")))
    return run


def demand(session: AnySession, repository: Repository, pull_request: PullRequest, now: datetime) -> None:
    """Ask for the checks that are needed now, give up those that are not any more, and commit."""
    wanted = needed(repository, pull_request)
    rows = list(session.scalars(select(CheckRun).where(CheckRun.pull_request_id == pull_request.id)))
    at = {(row.name, row.head, row.base): row for row in rows}
    keys = {(name, *commits) for name, commits in wanted.items()}
    moot = [row.id for key, row in at.items() if key not in keys and row.is_unfinished]
    again = [row.id for key, row in at.items() if key in keys and row.state == RunState.CANCELLED]
    new = [
        CheckRun(
            pull_request_id=pull_request.id,
            name=name,
            head=head,
            base=base,
            in_browser=CHECKS[name].in_browser,
            state=RunState.QUEUED,
            asked_at=now,
        )
        for name, head, base in sorted(keys - at.keys())
    ]
    if moot or again or new:
        cancelled = {"state": RunState.CANCELLED, "ended_at": now, "seat": None}
        _update(session, moot, cancelled)
        _update(session, again, {**_ANEW, "asked_at": now})
        session.add_all(new)
        try:
            session.commit()
        except IntegrityError:  # somebody else looks at it at this moment, and asks for the same
            session.rollback()
        session.expire_all()
    if new or again or any(row.is_unfinished for row in rows):
        checking().worker.wake()


def run_again(session: AnySession, run: CheckRun, now: datetime) -> None:
    """Do a check that has ended once more, and commit. One that waits or runs is left to it."""
    done: Any = session.execute(
        update(CheckRun)
        .where(CheckRun.id == run.id, CheckRun.state.not_in(UNFINISHED))
        .values(**{**_ANEW, "asked_at": now})
        .execution_options(synchronize_session=False)
    )
    if done.rowcount:
        session.execute(delete(CheckPicture).where(CheckPicture.check_run_id == run.id))
    session.commit()
    session.expire_all()
    checking().worker.wake()


def keep_up(session: AnySession, repository: Repository, now: datetime) -> None:
    """See what a push or a share means for the open pull requests of an app, and ask for their checks."""
    for each in found(session, repository.org, repository.app, Filter(State.OPEN)):
        follow(session, repository, each, now, closely=False)
        demand(session, repository, each, now)


def _update(session: AnySession, rows: list[int], values: Mapping[str, Any]) -> None:
    if rows:
        session.execute(
            update(CheckRun)
            .where(CheckRun.id.in_(rows))
            .values(**values)
            .execution_options(synchronize_session=False)
        )
