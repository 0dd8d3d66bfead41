"""Opening pull requests, finding them, and following their branches, which move without them."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import String, cast, delete, func, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, scoped_session

from studio.accounts import Person
from studio.database import ROW_NUMBERS, clock
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import changed_paths
from studio.definition.sentences import N_, Sentence
from studio.history.locking import locked
from studio.history.repository import Repository
from studio.notices import telling
from studio.reviews import events
from studio.reviews.models import PullRequest, State
from studio.reviews.place_calls import end_places
from studio.reviews.problems import NotNow

AnySession = Session | scoped_session[Any]

LONGEST_TITLE: Final = 200
LONGEST_TEXT: Final = 20_000
MOST_LABELS: Final = 10
_ATTEMPTS: Final = 5
_MOST_COMMITS: Final = 500
_LOCK: Final = "studio-pull-requests.lock"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to open: from branch `source` into branch `target`."""

    source: str
    target: str
    title: str
    description: str = ""
    labels: tuple[str, ...] = ()
    reviewers: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True)
class Filter:
    """Which pull requests of an app: by state, whose, with a label, with what in title or description."""

    state: State | None = State.OPEN
    author: int | None = None
    reviewer: int | None = None
    label: str = ""
    words: str = ""


def find(session: AnySession, org: str, app: str, number: int) -> PullRequest:
    """One pull request; raises NotThere."""
    query = select(PullRequest).where(
        PullRequest.org == org, PullRequest.app == app, PullRequest.number == number
    )
    found = session.scalar(query) if number in ROW_NUMBERS else None
    if found is None:
        raise NotThere(Sentence(N_("There is no pull request %(number)s in this app."), {"number": number}))
    return found


def found(session: AnySession, org: str, app: str, wanted: Filter, limit: int = 200) -> list[PullRequest]:
    """The pull requests of an app that fit, whatever changed last first."""
    query = select(PullRequest).where(PullRequest.org == org, PullRequest.app == app)
    if wanted.state is not None:
        query = query.where(PullRequest.state == wanted.state)
    if wanted.author is not None:
        query = query.where(PullRequest.author_id == wanted.author)
    if wanted.reviewer is not None:
        query = query.where(PullRequest.reviewers.any(Person.id == wanted.reviewer))
    if wanted.label:
        # A list in JSON, as the database keeps it: a label stands there between quotes.
        kept = _literal(json.dumps(wanted.label))
        query = query.where(cast(PullRequest.labels, String).like(f"%{kept}%", escape="\\"))
    for word in wanted.words.split()[:10]:
        near = f"%{_literal(word)}%"
        places = (
            PullRequest.title,
            PullRequest.description,
            PullRequest.author_name,
            PullRequest.source,
        )
        query = query.where(or_(*(place.ilike(near, escape="\\") for place in places)))
    rows = session.scalars(query.order_by(PullRequest.changed_at.desc()).limit(limit))
    return [each for each in rows if not wanted.label or wanted.label in each.labels]


def labels_of(session: AnySession, org: str, app: str) -> list[str]:
    """The labels that the pull requests of an app have, by name."""
    query = select(PullRequest.labels).where(PullRequest.org == org, PullRequest.app == app)
    return sorted({label for labels in session.scalars(query) for label in labels}, key=str.casefold)


def counts(session: AnySession, org: str, app: str) -> dict[State, int]:
    """How many pull requests an app has in each state."""
    rows = session.execute(
        select(PullRequest.state, func.count())
        .where(PullRequest.org == org, PullRequest.app == app)
        .group_by(PullRequest.state)
    )
    return dict.fromkeys(State, 0) | {State(state): count for state, count in rows}


def open_from(session: AnySession, org: str, app: str, source: str) -> list[PullRequest]:
    """The open pull requests from a branch, oldest first."""
    query = select(PullRequest).where(
        PullRequest.org == org,
        PullRequest.app == app,
        PullRequest.source == source,
        PullRequest.state == State.OPEN,
    )
    return list(session.scalars(query.order_by(PullRequest.number)))


def open_request(
    session: AnySession, repository: Repository, wanted: Wanted, author: Person, now: datetime
) -> PullRequest:
    """Open a pull request, and commit. Where there is an open one of the same branches, it is returned.

    Raises NotThere for a branch that is not there, NotNow without anything to merge, DomainError for a title.
    """
    title = checked_title(wanted.title)
    head, target = repository.head(wanted.source).id, repository.head(wanted.target).id
    base = repository.merge_base(target, head)
    if wanted.source == wanted.target or base == head:
        raise NotNow(
            Sentence(
                N_("“%(source)s” has nothing that “%(target)s” does not have."),
                {"source": wanted.source, "target": wanted.target},
            )
        )
    for _ in range(_ATTEMPTS):
        for there in open_from(session, repository.org, repository.app, wanted.source):
            if there.target == wanted.target:
                return there
        made = PullRequest(
            org=repository.org,
            app=repository.app,
            number=_next_number(session, repository),
            title=title,
            description=clean(wanted.description),
            source=wanted.source,
            target=wanted.target,
            author_id=author.id,
            author_name=author.name,
            state=State.OPEN,
            labels=checked_labels(wanted.labels),
            base=base or target,
            head=head,
            opened_at=now,
            changed_at=now,
            reviewers=[each for each in wanted.reviewers if each.id != author.id],
        )
        session.add(made)
        try:
            events.record(made, events.OPENED, author, now, commit=head, asked=made.reviewers)
            session.flush()
        except IntegrityError:  # somebody was faster with the number, or with the same request
            session.rollback()
            continue
        repository.keep(made.kept_ref, head)
        session.commit()
        return made
    raise NotNow(Sentence(N_("Many people open pull requests just now. Try again.")))


@contextmanager
def alone(session: AnySession, repository: Repository, pull_request: PullRequest) -> Iterator[None]:
    """Change a pull request that nobody else changes meanwhile: read anew, under a lock of its app."""
    with locked(repository.folder, _LOCK):
        session.commit()
        session.refresh(pull_request)
        yield


def follow(
    session: AnySession,
    repository: Repository,
    pull_request: PullRequest,
    now: datetime,
    *,
    closely: bool = True,
) -> None:
    """See what became of the branches of an open pull request since it was last looked at, and commit.

    New commits become its head, and are kept; a source that has come into the target by another way (a push,
    or a merge whose process was killed) makes it merged. A branch that is gone leaves it as it is. Not
    `closely`: a merge as one commit is not looked for: that takes a trial of the merge.
    """
    if not pull_request.is_open or not _has_news(repository, pull_request, closely=closely):
        return
    with alone(session, repository, pull_request):
        if pull_request.state != State.OPEN:
            return  # somebody else was faster
        head = _head(repository, pull_request.source)
        if head is not None and head != pull_request.head:
            _moved(repository, pull_request, head, now)
        if _is_in_target(repository, pull_request, closely=closely):
            pull_request.state = State.MERGED
            pull_request.ended_at = now
            words = N_("The changes are on “%(branch)s” now, so that this is done.")
            sentence = Sentence(words, {"branch": pull_request.target})
            events.record(pull_request, events.MERGED, "", now, sentence=sentence)
        session.commit()


def forget(session: AnySession, org: str, app: str) -> None:
    """Delete the pull requests of an app that is deleted: another one may come to bear its name. So with
    what people were told of them, and with the places where they are tried."""
    telling.forget(session, org, app)
    end_places(session, org, app, clock.now())
    session.execute(delete(PullRequest).where(PullRequest.org == org, PullRequest.app == app))


def checked_title(title: str) -> str:
    """The title as it is kept; raises DomainError."""
    title = " ".join(clean(title).split())
    if not title:
        raise DomainError(Sentence(N_("Write a title that says in a few words what changes.")))
    if len(title) > LONGEST_TITLE:
        raise DomainError(
            Sentence(N_("The title may have up to %(max)s characters."), {"max": LONGEST_TITLE})
        )
    return title


def clean(text: str) -> str:
    """Text as it is kept: without NUL, which not every database takes, and up to LONGEST_TEXT."""
    return text.replace("\0", "").strip()[:LONGEST_TEXT]


def checked_labels(labels: Sequence[str]) -> list[str]:
    """Labels as they are kept: each once, at most ten, of up to 40 characters."""
    cleaned = (" ".join(clean(label).split())[:40] for label in labels)
    return [label for label in dict.fromkeys(cleaned) if label][:MOST_LABELS]


def advance(repository: Repository, pull_request: PullRequest, head: str) -> None:
    """Let `head` be the newest commit of the source, and keep it."""
    repository.keep(pull_request.kept_ref, head)
    pull_request.head = head
    base = repository.merge_base(pull_request.target, head) if _is_there(repository, pull_request) else None
    pull_request.base = base or pull_request.base


def _moved(repository: Repository, pull_request: PullRequest, head: str, now: datetime) -> None:
    """The source has a new head: say by whom and how. What came along from the target is not news."""
    news = repository.compare(pull_request.head, head)
    commits = news.commits(_MOST_COMMITS)
    if _is_there(repository, pull_request):
        own = {each.id for each in repository.compare(pull_request.target, head).commits(_MOST_COMMITS)}
        commits = [each for each in commits if each.id in own] or commits
    authors = {commit.author.email for commit in commits}
    people = ", ".join(dict.fromkeys(commit.author.name for commit in reversed(commits)))
    if news.behind:
        sentence = Sentence(
            N_("gave the branch another history; what was there before is no longer part of it")
        )
    elif len(commits) == 1:
        sentence = Sentence(N_("added a change: %(subject)s"), {"subject": commits[0].subject})
    else:
        sentence = Sentence(N_("added %(count)s changes"), {"count": len(commits)})
    events.record(pull_request, events.COMMITS, people, now, sentence=sentence, commit=head, authors=authors)
    advance(repository, pull_request, head)


def _has_news(repository: Repository, pull_request: PullRequest, *, closely: bool) -> bool:
    head = _head(repository, pull_request.source)
    if head is None:
        return False
    return head != pull_request.head or _is_in_target(repository, pull_request, closely=closely)


def _head(repository: Repository, branch: str) -> str | None:
    try:
        return repository.head(branch).id
    except NotThere:
        return None


def _is_there(repository: Repository, pull_request: PullRequest) -> bool:
    return _head(repository, pull_request.target) is not None


def _is_in_target(repository: Repository, pull_request: PullRequest, *, closely: bool) -> bool:
    if not _is_there(repository, pull_request):
        return False
    if repository.merge_base(pull_request.target, pull_request.head) == pull_request.head:
        return True
    if not closely:
        return False
    # Merged as one commit: the history does not say so, but a merge would change nothing.
    found = repository.mergeable(pull_request.head, pull_request.target)
    if found.conflicts or not changed_paths(*map(repository.files, (pull_request.base, pull_request.head))):
        return False
    return not changed_paths(repository.files(pull_request.target), found.files)


def _next_number(session: AnySession, repository: Repository) -> int:
    newest = session.scalar(
        select(func.max(PullRequest.number)).where(
            PullRequest.org == repository.org, PullRequest.app == repository.app
        )
    )
    return (newest or 0) + 1


def _literal(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
