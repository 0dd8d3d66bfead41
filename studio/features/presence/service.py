"""Who is here, and whose changes are not shared: names and places, and nothing that is kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from studio.accounts import Person
from studio.database import studio_db
from studio.definition.app import AppDefinition, app_definition
from studio.features.presence.models import Presence
from studio.history.commits import CommitInfo
from studio.history.repository import Repository
from studio.showing_changes import changes

# The browser asks every five seconds; who did not for this long has gone.
HERE_FOR: Final = timedelta(seconds=20)
# A row is written again when it is this old, or the person is somewhere else.
_WRITTEN_EVERY: Final = timedelta(seconds=8)
_KEPT_FOR: Final = timedelta(minutes=10)
# Older work that was never shared is no news.
_UNSHARED_FOR: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Here:
    """The app on a branch, as a person sees it."""

    repository: Repository
    branch: str
    person: Person

    @property
    def key(self) -> tuple[str, str, str]:
        """What rows about it have in common."""
        return self.repository.org, self.repository.app, self.branch


@dataclass(frozen=True, slots=True)
class Seen:
    """Somebody else who is here."""

    user_name: str
    name: str
    place: str


@dataclass(frozen=True, slots=True)
class Unshared:
    """Somebody else's changes that are not shared: what they are about, and how many there are."""

    user_name: str
    name: str
    when: datetime
    count: int
    pages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Everybody else on a branch. `known` names this state; it is another one when there is news."""

    known: str
    head: CommitInfo
    people: tuple[Seen, ...]
    drafts: Mapping[str, str]  # person -> newest commit of their draft


def note(here: Here, place: str, moment: datetime) -> None:
    """Write down that the person is at a place. Rows of others that are long gone are cleared away."""
    org, app, branch = here.key
    row = studio_db.session.get(Presence, (org, app, branch, here.person.id))
    if row is not None and row.place == place and moment - row.seen_at < _WRITTEN_EVERY:
        return
    if row is None:
        studio_db.session.execute(delete(Presence).where(Presence.seen_at < moment - _KEPT_FOR))
        row = Presence(org=org, app=app, branch=branch, person_id=here.person.id)
        studio_db.session.add(row)
    row.place, row.seen_at = place, moment
    try:
        studio_db.session.commit()
    except IntegrityError:
        studio_db.session.rollback()  # another window of theirs was first, which is as good


def surroundings(here: Here, moment: datetime, *, with_drafts: bool) -> Surroundings:
    """Who else is here. Costs one query and a look at the refs."""
    head = here.repository.head(here.branch)
    people = _people(here, moment)
    drafts: dict[str, str] = {}
    if with_drafts:
        every = here.repository.drafts(here.branch)
        drafts = {name: tip for name, tip in every.items() if name != here.person.user_name}
    told = [head.id, *map(str, people), *(f"{name} {tip}" for name, tip in sorted(drafts.items()))]
    known = hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]
    return Surroundings(known, head, people, drafts)


def unshared(here: Here, around: Surroundings, moment: datetime) -> list[Unshared]:
    """Those who have changes that they did not share, newest first."""
    found = []
    names = _names(list(around.drafts))
    for user_name, tip in around.drafts.items():
        when = here.repository.commit(tip).when
        if user_name not in names or moment - when > _UNSHARED_FOR:
            continue
        draft = here.repository.draft(user_name, here.branch)
        if draft.is_changed:
            told = changes(draft.base_files, draft.files)
            pages = tuple((group.layout_set, group.page) for group in told.groups if group.page)
            found.append(Unshared(user_name, names[user_name], when, told.count, pages))
    return sorted(found, key=lambda each: each.when, reverse=True)


def definition(here: Here) -> AppDefinition:
    """The app as it is shared, for the names of its pages."""
    return app_definition(here.repository.files(here.branch))


def _people(here: Here, moment: datetime) -> tuple[Seen, ...]:
    org, app, branch = here.key
    wanted = (
        select(Person.user_name, Person.name, Presence.place)
        .join(Person, Person.id == Presence.person_id)
        .where(Presence.org == org, Presence.app == app, Presence.branch == branch)
        .where(Presence.seen_at > moment - HERE_FOR, Presence.person_id != here.person.id)
        .order_by(Person.name)
    )
    return tuple(Seen(*row) for row in studio_db.session.execute(wanted))


def _names(user_names: Sequence[str]) -> Mapping[str, str]:
    wanted = select(Person.user_name, Person.name).where(Person.user_name.in_(user_names))
    return {row.user_name: row.name for row in studio_db.session.execute(wanted)} if user_names else {}
