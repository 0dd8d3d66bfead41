"""Telling people, and reading what one was told."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import delete, event, func, select, update
from sqlalchemy.orm import Session, scoped_session

from studio.accounts import Person, Right, may
from studio.database import ROW_NUMBERS
from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.notices.models import Choice, Mail, MailState, Notice, Way
from studio.notices.room import post_office

AnySession = Session | scoped_session[Any]

ON_A_PAGE: Final = 25
KEPT: Final = timedelta(days=90)  # after it was read


@dataclass(frozen=True, slots=True)
class News:
    """What there is to tell: see Notice."""

    kind: str
    org: str
    app: str
    title: str
    endpoint: str
    values: dict[str, Any]
    sentence: Sentence


def tell(session: Session, people: Collection[int], news: News, now: datetime) -> None:
    """Give these people (by id) a notice, as each wants it. Whoever calls commits; then e-mails go out.

    What they read long ago goes, so that the table does not grow for ever; what is not read stays. Programs
    are told nothing, and neither is who may not see the organisation.
    """
    session.execute(delete(Notice).where(Notice.person_id.in_(people), Notice.read_at < now - KEPT))
    rows = session.execute(
        select(Person, Choice.way)
        .outerjoin(Choice, Choice.person_id == Person.id)
        .where(Person.id.in_(people), Person.bot_of_id.is_(None))
        .order_by(Person.id)
    ).all()
    mails = False
    for person, way in rows:
        if way == Way.NONE or not may(person, Right.VIEW, news.org):
            continue
        notice = Notice(
            person_id=person.id,
            kind=news.kind,
            org=news.org,
            app=news.app,
            title=news.title,
            endpoint=news.endpoint,
            values=news.values,
            sentence=news.sentence,
            at=now,
        )
        if way == Way.MAIL and post_office().is_open:
            notice.mail = Mail(state=MailState.WAITING, next_at=now, attempts=0, reason="")
            mails = True
        session.add(notice)
    if mails:
        wake = post_office().wake
        event.listen(session, "after_commit", lambda _session: wake(), once=True)


def way_of(session: AnySession, person: Person) -> Way:
    """How a person wants to be told."""
    return Way(session.scalar(select(Choice.way).where(Choice.person_id == person.id)) or Way.STUDIO)


def choose(session: AnySession, person: Person, way: Way) -> None:
    """Whoever calls commits."""
    session.merge(Choice(person_id=person.id, way=way))


def unread(session: AnySession, person: Person) -> int:
    """How many notices a person has not read."""
    rows = session.execute(
        select(Notice.org, func.count())
        .where(Notice.person_id == person.id, Notice.read_at.is_(None))
        .group_by(Notice.org)
    )
    return sum(count for org, count in rows if may(person, Right.VIEW, org))


@dataclass(frozen=True, slots=True)
class Page:
    """A page of notices, the newest first; `number` counts from 1."""

    notices: tuple[Notice, ...]
    number: int
    pages: int


def page_of(session: AnySession, person: Person, number: int) -> Page:
    """The page with this number, or the nearest that there is."""
    orgs = session.scalars(select(Notice.org).where(Notice.person_id == person.id).distinct())
    theirs = (
        Notice.person_id == person.id,
        Notice.org.in_([org for org in orgs if may(person, Right.VIEW, org)]),
    )
    count = session.scalar(select(func.count()).select_from(Notice).where(*theirs)) or 0
    pages = max(1, -(-count // ON_A_PAGE))
    number = min(max(number, 1), pages)
    query = select(Notice).where(*theirs).order_by(Notice.id.desc())
    found = session.scalars(query.limit(ON_A_PAGE).offset((number - 1) * ON_A_PAGE))
    return Page(tuple(found), number, pages)


def notice_of(session: AnySession, person: Person, number: int) -> Notice:
    """One notice of this person. Raises NotThere, also for what they may not see any more."""
    found = session.get(Notice, number) if number in ROW_NUMBERS else None
    if found is None or found.person_id != person.id or not may(person, Right.VIEW, found.org):
        raise NotThere(Sentence(N_("There is no such notice.")))
    return found


def mark_read(notice: Notice, now: datetime) -> None:
    """Whoever calls commits. The first time counts."""
    notice.read_at = notice.read_at or now


def mark_page_read(
    session: AnySession, person: Person, endpoint: str, values: Mapping[str, str | int], now: datetime
) -> bool:
    """What leads to the page that the person looks at now, whatever place on it; whether there was any.

    Whoever calls commits.
    """
    waiting = (Notice.person_id == person.id, Notice.read_at.is_(None), Notice.endpoint == endpoint)
    found = [
        each
        for each in session.scalars(select(Notice).where(*waiting))
        if values.items() <= each.values.items()
    ]
    for each in found:
        mark_read(each, now)
    return bool(found)


def mark_all_read(session: AnySession, person: Person, until: int, now: datetime) -> None:
    """Everything up to the notice with this id: what came since has not been seen. Whoever calls commits."""
    session.execute(
        update(Notice)
        .where(Notice.person_id == person.id, Notice.read_at.is_(None), Notice.id <= until)
        .values(read_at=now)
    )


def forget(session: AnySession, org: str, app: str) -> None:
    """Delete what was told of an app that is deleted: another one may come to bear its name."""
    session.execute(delete(Notice).where(Notice.org == org, Notice.app == app))
