"""Comments in threads: starting one about something, answering, settling it, and changing one's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import select

from studio.accounts import Person, Right, may
from studio.database import ROW_NUMBERS
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import Files
from studio.definition.sentences import N_, Sentence
from studio.history.repository import Repository
from studio.reviews import events
from studio.reviews.models import Comment, PullRequest, Thread
from studio.reviews.problems import NotAllowed, NotNow
from studio.reviews.requests import LONGEST_TEXT, AnySession
from studio.reviews.subjects import WHOLE, Subject, called, content, fingerprint, lines_now, quote
from studio.reviews.suggestions import Suggestion, asked_for


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says about something; `seen` is its fingerprint when they looked, "" for the whole.

    `suggests` are the fields of a form with other values for it (suggestions.offers).
    """

    text: str
    subject: Subject = WHOLE
    seen: str = ""
    suggests: Mapping[str, str] = field(default_factory=dict)


def may_comment(person: Person, org: str) -> bool:
    """Whether a person may write: who works on the apps of an organisation, or reviews them."""
    return may(person, Right.EDIT, org) or may(person, Right.REVIEW, org)


def demand_may_comment(person: Person, pull_request: PullRequest) -> None:
    """Raise NotAllowed unless `may_comment`."""
    if not may_comment(person, pull_request.org):
        raise NotAllowed(
            Sentence(N_("Only those who edit or review the apps of the organisation comment here."))
        )


def find(session: AnySession, pull_request: PullRequest, number: int) -> Thread:
    """A thread of a pull request by its id; raises NotThere."""
    query = select(Thread).where(Thread.pull_request_id == pull_request.id, Thread.id == number)
    found = session.scalar(query) if number in ROW_NUMBERS else None
    if found is None:
        raise NotThere(Sentence(N_("There is no such comment in this pull request.")))
    return found


def comment_in(thread: Thread, number: int) -> Comment:
    """A comment of a thread by its id; raises NotThere."""
    for comment in thread.comments:
        if comment.id == number:
            return comment
    raise NotThere(Sentence(N_("There is no such comment in this pull request.")))


def pinned(subject: Subject, before: Files, after: Files) -> tuple[Subject, str]:
    """The subject with the file that its line is in, and the fingerprint that it has now.

    Raises NotThere for what neither side has. A line is one of the newest state; everything else may also be
    something that the pull request removes.
    """
    now = content(subject, after)
    if now is None and (subject.kind == "line" or content(subject, before) is None):
        raise NotThere(Sentence(N_("What you want to comment on is not in this pull request (any more).")))
    if subject.kind == "line":
        subject = replace(subject, blob=after.blob_id(subject.path))
    return subject, fingerprint(now)


def start(
    session: AnySession,
    repository: Repository,
    pull_request: PullRequest,
    person: Person,
    said: Said,
    now: datetime,
) -> Thread:
    """Begin a thread, and commit.

    Raises NotAllowed, DomainError for the text, NotThere for the subject, NotNow where it changed since.
    """
    demand_may_comment(person, pull_request)
    before, after = repository.files(pull_request.base), repository.files(pull_request.head)
    subject, mark = pinned(said.subject, before, after)
    if subject.kind != "whole" and said.seen != mark:
        raise NotNow(
            Sentence(
                N_("This has changed since you began to write. Look at it as it is now, then send again.")
            )
        )
    suggestion = asked_for(subject, after, said.suggests) or None
    text = said.text.strip() if suggestion and not said.text.strip() else checked(said.text)
    made = Thread(
        subject=subject,
        fingerprint=mark,
        quote=quote(subject, before if content(subject, after) is None else after),
        head=pull_request.head,
        at=now,
        comments=[_comment(person, text, now, suggestion)],
    )
    pull_request.threads.append(made)
    session.flush()
    words = N_("suggested a change of “%(what)s”") if suggestion else N_("commented on “%(what)s”")
    sentence = None if subject.kind == "whole" else Sentence(words, {"what": called(subject, before, after)})
    events.record(pull_request, events.COMMENTED, person, now, sentence=sentence, thread=made)
    session.commit()
    return made


def reply(
    session: AnySession, pull_request: PullRequest, thread: Thread, person: Person, text: str, now: datetime
) -> None:
    """Answer in a thread, and commit. Raises NotAllowed, and DomainError for the text."""
    demand_may_comment(person, pull_request)
    thread.comments.append(_comment(person, checked(text), now))
    events.record(pull_request, events.REPLIED, person, now, thread=thread)
    session.commit()


def settle(
    session: AnySession,
    pull_request: PullRequest,
    thread: Thread,
    person: Person,
    now: datetime,
    *,
    resolved: bool,
) -> None:
    """Resolve a thread, or open it again, and commit. Raises NotAllowed. Twice is as once."""
    demand_may_comment(person, pull_request)
    if thread.is_resolved != resolved:
        thread.resolved_at, thread.resolved_by = (now, person.name) if resolved else (None, "")
        kind = events.RESOLVED if resolved else events.UNRESOLVED
        events.record(pull_request, kind, person, now, thread=thread)
    session.commit()


def edit(
    session: AnySession, pull_request: PullRequest, comment: Comment, person: Person, text: str, now: datetime
) -> None:
    """Give one's own comment other words, and commit. Raises NotAllowed, and DomainError for the text."""
    _demand_own(comment, person, pull_request)
    text = "" if comment.suggestion and not text.strip() else checked(text)
    if text != comment.text:
        comment.text, comment.edited_at = text, now
    session.commit()


def remove(
    session: AnySession, pull_request: PullRequest, comment: Comment, person: Person, now: datetime
) -> None:
    """Take one's own comment back, and commit: its words are gone, its place stays. Raises NotAllowed.

    So is its suggestion, but for one that was used: that is part of the branch."""
    _demand_own(comment, person, pull_request)
    comment.text, comment.removed_at = "", now
    if comment.used_commit is None:
        comment.suggestion = None
    events.record(pull_request, events.REMOVED, person, now)
    session.commit()


def line_of(thread: Thread, repository: Repository, after: Files) -> int | None:
    """The number that the line of a thread has now; None where it was changed or is gone."""
    subject = thread.subject
    data = after.get(subject.path)
    if data is None:
        return None
    if after.blob_id(subject.path) == subject.blob:
        return subject.line
    try:
        then = repository.files(thread.head).get(subject.path)
    except NotThere:  # the branch was given another history, and the old one was cleared away
        then = None
    if then is not None:
        return lines_now(then, data, subject.line, subject.lines)
    return subject.line if fingerprint(content(subject, after)) == thread.fingerprint else None


def is_outdated(thread: Thread, repository: Repository, after: Files) -> bool:
    """Whether what a thread is about has changed since."""
    if thread.subject.kind == "line":
        return line_of(thread, repository, after) is None
    return fingerprint(content(thread.subject, after)) != thread.fingerprint


def checked(text: str) -> str:
    """The words of a comment as they are kept; raises DomainError where there are none or too many."""
    text = text.replace("\0", "").replace("\r\n", "\n").strip()
    if not text:
        raise DomainError(Sentence(N_("Write a comment.")))
    if len(text) > LONGEST_TEXT:
        raise DomainError(Sentence(N_("A comment may have up to %(max)s characters."), {"max": LONGEST_TEXT}))
    return text


def _comment(person: Person, text: str, now: datetime, suggestion: Suggestion | None = None) -> Comment:
    return Comment(person_id=person.id, person_name=person.name, text=text, at=now, suggestion=suggestion)


def _demand_own(comment: Comment, person: Person, pull_request: PullRequest) -> None:
    demand_may_comment(person, pull_request)
    if comment.person_id != person.id:
        raise NotAllowed(Sentence(N_("You can change and remove your own comments only.")))
    if comment.is_removed:
        raise NotNow(Sentence(N_("This comment was removed.")))
