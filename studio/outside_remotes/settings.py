"""Naming an outside remote, asking for it to be used, and forgetting it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, scoped_session

from studio.accounts import Person
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.history import outside
from studio.outside_remotes.mappings import BranchMapping, checked
from studio.outside_remotes.models import OutsideRemote
from studio.outside_remotes.sealing import Sealer

AnySession = Session | scoped_session[Any]

INTERVALS: Final = (0, 15, 60, 1440)  # minutes between two fetches; 0: none by itself
_LONGEST: Final = 1000  # characters of an address or a token


class NeedsToken(DomainError):
    """The address is another one, so that the token has to be given again."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an owner wants. `token` is "" to keep the one that is there; `drops_token` goes without one."""

    address: str
    mappings: Sequence[BranchMapping]
    user: str = ""
    token: str = field(default="", repr=False)
    drops_token: bool = False
    push_by_itself: bool = False
    fetch_every: int = 0


def remote_of(session: AnySession, org: str, app: str) -> OutsideRemote | None:
    """The outside remote of an app, if it has one."""
    return session.scalar(select(OutsideRemote).where(OutsideRemote.org == org, OutsideRemote.app == app))


def existing_remote(session: AnySession, org: str, app: str) -> OutsideRemote:
    """As remote_of; raises NotThere."""
    found = remote_of(session, org, app)
    if found is None:
        raise NotThere(Sentence(N_("This app has no outside remote.")))
    return found


def save_remote(
    session: AnySession,
    sealer: Sealer,
    inside: frozenset[str],
    place: tuple[str, str],
    wanted: Wanted,
    person: Person,
    now: datetime,
) -> OutsideRemote:
    """Name the outside remote of the app `place` (org, app), or change it. Raises DomainError, OutsideError.

    A token that is there already is sent to no other server than it was given for. The caller commits.
    """
    org, app = place
    parsed = checked_address(wanted.address, inside)
    mappings = checked(wanted.mappings)
    if wanted.fetch_every not in INTERVALS:
        raise DomainError(Sentence(N_("Choose how often it is fetched from there.")))
    if len(wanted.token) > _LONGEST or not (wanted.token.isascii() and wanted.token.isprintable()):
        raise DomainError(Sentence(N_("This is no token: it has characters that no token has.")))
    remote = remote_of(session, org, app)
    keeps = remote is not None and bool(remote.token) and not (wanted.token or wanted.drops_token)
    if remote is None:
        remote = OutsideRemote(org=org, app=app, token="", wants_push=False, wants_fetch=False, attempts=0)
        session.add(remote)
    elif keeps and outside.parse(remote.address).url != parsed.url:
        raise NeedsToken(Sentence(N_("The address is another one: give its token as well.")))
    remote.user = wanted.user.strip() or (parsed.user or "")
    if not keeps:
        remote.address = parsed.url
        remote.token = sealer.seal(wanted.token, use_of(org, app, parsed.url))
    remote.mappings = mappings
    remote.push_by_itself = wanted.push_by_itself
    remote.fetch_every = wanted.fetch_every
    remote.person = person
    remote.changed_at = now
    remote.attempts, remote.problem, remote.results = 0, None, None
    if wanted.fetch_every or wanted.push_by_itself:
        ask(remote, now, push=wanted.push_by_itself, fetch=bool(wanted.fetch_every))
    else:
        remote.due_at, remote.wants_push, remote.wants_fetch = None, False, False
    session.flush()
    return remote


def checked_address(url: str, inside: frozenset[str]) -> outside.Address:
    """The address of a repository that an app may name. Raises OutsideError."""
    parsed = outside.parse(url)
    if len(url) > _LONGEST or not parsed.path.strip("/"):
        raise outside.OutsideError(
            Sentence(N_("Give the whole address of the repository, such as https://example.org/org/app.git."))
        )
    if parsed.scheme != "https" and not (parsed.scheme == "http" and parsed.host in inside):
        raise outside.OutsideError(Sentence(N_("Give an address that begins with https://.")))
    if parsed.password:
        raise outside.OutsideError(
            Sentence(N_("Give the token in its own field: in the address everybody can read it."))
        )
    return parsed


def ask(remote: OutsideRemote, now: datetime, *, push: bool = False, fetch: bool = False) -> None:
    """Have it done now. The caller commits, and wakes the worker."""
    remote.wants_push = remote.wants_push or push
    remote.wants_fetch = remote.wants_fetch or fetch
    remote.due_at = now


def forget_remote(session: AnySession, org: str, app: str) -> None:
    """Take the outside remote away, with its token. What is there stays there. The caller commits."""
    session.execute(delete(OutsideRemote).where(OutsideRemote.org == org, OutsideRemote.app == app))


def use_of(org: str, app: str, url: str) -> str:
    """What a token is sealed for: this app, at this address."""
    return f"{org}/{app} {url}"
