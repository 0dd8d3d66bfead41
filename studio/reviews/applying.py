"""Using suggestions: they become a commit on the branch of the pull request, by who wrote and took them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from studio.accounts import Person, Right, may
from studio.definition.app import app_definition
from studio.definition.changes import Change, composite
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles, Files
from studio.definition.sentences import N_, Sentence
from studio.history.commits import Author
from studio.history.repository import Repository
from studio.reviews import events
from studio.reviews.models import Comment, PullRequest, Thread
from studio.reviews.problems import NotAllowed, NotNow
from studio.reviews.requests import AnySession, advance, alone, follow
from studio.reviews.sharing import why_not_share
from studio.reviews.subjects import named
from studio.reviews.suggestions import DoesNotFit, change_of
from studio.reviews.threads import line_of
from studio.web import translate

_MOST: Final = 50


def why_not_apply(
    session: AnySession, repository: Repository, pull_request: PullRequest, person: Person
) -> Sentence | None:
    """Why this person cannot put suggestions on the source branch; None where they can."""
    if not pull_request.is_open:
        return Sentence(N_("This pull request is not open any more."))
    if not may(person, Right.SHARE, pull_request.org):
        return Sentence(N_("You may not put changes on a branch."))
    if pull_request.source not in repository.branches():
        words = N_("The branch “%(branch)s” was deleted. Bring it back first.")
        return Sentence(words, {"branch": pull_request.source})
    return why_not_share(session, repository, pull_request.source, person)


def fits(repository: Repository, thread: Thread, comment: Comment, files: Files) -> bool:
    """Whether a suggestion waits, and can be used in these files."""
    if not comment.suggestion or comment.used_commit or thread.is_resolved:
        return False
    try:
        _change(repository, [(thread, comment)], files)
    except DoesNotFit:
        return False
    return True


def apply(
    session: AnySession,
    repository: Repository,
    pull_request: PullRequest,
    person: Person,
    comments: Sequence[int],
    now: datetime,
) -> None:
    """Use suggestions (the ids of their comments) all at once, and commit: one commit, or nothing at all.

    Raises NotAllowed by the rules of the branch, NotNow, NotThere, DoesNotFit, Busy.
    """
    follow(session, repository, pull_request, now)
    with alone(session, repository, pull_request):
        obstacle = why_not_apply(session, repository, pull_request, person)
        if obstacle is not None:
            raise NotAllowed(obstacle) if pull_request.is_open else NotNow(obstacle)
        chosen = _chosen(pull_request, comments)
        authors = list(dict.fromkeys(_author(session, comment) for _, comment in chosen))
        made = repository.commit_change(
            pull_request.source,
            lambda files: _change(repository, chosen, files),
            message=_message(repository, pull_request, chosen, authors),
            author=authors[0],
            by=Author(person.name, person.email),
            now=now,
        )
        for thread, comment in chosen:
            comment.used_commit, comment.used_by_id, comment.used_by = made.id, person.id, person.name
            thread.resolved_at, thread.resolved_by = now, person.name
        # A push that came in between is seen by whoever looks next.
        if made.parents == (pull_request.head,):
            advance(repository, pull_request, made.id)
        for thread, comment in chosen:
            sentence = Sentence(N_("used the suggestion of %(person)s"), {"person": comment.person_name})
            events.record(
                pull_request, events.APPLIED, person, now, sentence=sentence, commit=made.id, thread=thread
            )
        session.commit()


def _chosen(pull_request: PullRequest, comments: Sequence[int]) -> list[tuple[Thread, Comment]]:
    wanted = set(comments)
    found = [
        (thread, comment)
        for thread in pull_request.threads
        for comment in thread.comments
        if comment.id in wanted and comment.suggestion
    ]
    if not found or len(found) != len(wanted):
        raise NotThere(Sentence(N_("There is no such suggestion in this pull request (any more).")))
    if len(found) > _MOST:
        raise NotNow(Sentence(N_("Up to %(max)s suggestions can be used at once."), {"max": _MOST}))
    for _, comment in found:
        if comment.used_commit:
            words = N_("%(person)s has used this suggestion already.")
            raise NotNow(Sentence(words, {"person": comment.used_by}))
    return found


def _author(session: AnySession, comment: Comment) -> Author:
    """Who suggested it; without an address where they are not here any more."""
    person = session.get(Person, comment.person_id) if comment.person_id else None
    return Author(comment.person_name, person.email if person else "")


def _change(repository: Repository, chosen: Sequence[tuple[Thread, Comment]], files: Files) -> Change:
    """All of them as one change of these files, each worked out on what the ones before it leave.

    Raises DoesNotFit, naming the one that does not.
    """
    changes: list[Change] = []
    state = files
    for thread, comment in _from_the_end(repository, chosen, files):
        line = _line(repository, thread, files)
        try:
            change = change_of(comment.suggestion or (), thread.subject, state, line)
            edits = change.apply(app_definition(state))
        except DomainError as problem:
            words = N_(
                "The suggestion of %(person)s (%(what)s) does not fit any more: %(why)s Nothing was changed."
            )
            what = named(thread.subject, files, files)
            who = comment.person_name
            raise DoesNotFit(
                Sentence(words, {"person": who, "what": what, "why": problem.sentence})
            ) from problem
        changes.append(change)
        state = EditedFiles(state, edits)
    return composite(changes)


def _from_the_end(
    repository: Repository, chosen: Sequence[tuple[Thread, Comment]], files: Files
) -> list[tuple[Thread, Comment]]:
    """Those of lines from the last line to the first: what is used then moves no line of another one."""

    def place(one: tuple[Thread, Comment]) -> int:
        line = _line(repository, one[0], files)
        return 1 if line is None else -line

    return sorted(chosen, key=place)


def _line(repository: Repository, thread: Thread, files: Files) -> int | None:
    """Where its lines are now, 0 where they are not any more; None of what is not about lines."""
    return line_of(thread, repository, files) or 0 if thread.subject.kind == "line" else None


def _message(
    repository: Repository,
    pull_request: PullRequest,
    chosen: Sequence[tuple[Thread, Comment]],
    authors: Sequence[Author],
) -> str:
    """What the commit says: the change in words for one, how many for several, with their other authors."""
    if len(chosen) == 1:
        files = repository.files(pull_request.source)
        said = _change(repository, chosen, files).sentence(app_definition(files))
        return translate(said).replace("*", "")
    names = ", ".join(author.name for author in authors)
    trailers = [f"Co-authored-by: {author.name} <{author.email}>" for author in authors[1:]]
    words = N_("Use %(count)s suggestions of %(people)s")
    subject = translate(Sentence(words, {"count": len(chosen), "people": names}))
    return "\n\n".join((subject, "\n".join(trailers)))
