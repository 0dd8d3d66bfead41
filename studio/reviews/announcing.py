"""Who is told of what happens to a pull request. Never those who did it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import object_session

from studio.accounts import Person
from studio.definition.sentences import N_, Sentence
from studio.notices.telling import News, tell
from studio.reviews.models import Event, PullRequest, Thread

ASKED: Final = "asked"  # the kind of a notice to those who are to review


@dataclass(frozen=True, slots=True)
class Doers:
    """Who did it: a person of Studio, or the names and addresses of those whose commits came by Git."""

    person: Person | None = None
    names: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()  # in small letters

    def has(self, person: Person) -> bool:
        """Whether this person is one of them. Addresses are surer than names, where there are some."""
        if self.person is not None:
            return person.id == self.person.id
        return person.email.casefold() in self.emails if self.emails else person.name in self.names


def announce(
    pull_request: PullRequest,
    event: Event,
    doers: Doers,
    asked: Collection[Person],
    thread: Thread | None = None,
) -> None:
    """Give notices of an event; those who are `asked` to review by it are told just that.

    What is done in a `thread` concerns those who wrote there, and leads there.
    """
    session = object_session(pull_request)
    if session is None:
        return
    asked_ids = {person.id for person in asked}
    if thread is not None and event.kind in _IN_THREADS:
        everybody = _those_who_talk(pull_request, [thread])
        if event.kind == "applied":  # there are new changes to look at
            everybody |= _those_who_looked(pull_request)
    else:
        everybody = _CONCERNED.get(event.kind, _everybody)(pull_request) - asked_ids
    for ids, kind, sentence in (
        (asked_ids, ASKED, Sentence(N_("asked you to review"))),
        (everybody, event.kind, event.sentence),
    ):
        there = [session.get(Person, each) for each in sorted(ids)]
        told = [person.id for person in there if person is not None and not doers.has(person)]
        if told:
            tell(session, told, _news(pull_request, kind, event.person_name, sentence, thread), event.at)


def _news(pull_request: PullRequest, kind: str, person: str, did: Sentence, thread: Thread | None) -> News:
    sentence = Sentence(N_("%(person)s %(did)s"), {"person": person, "did": did}) if person else did
    place: dict[str, str | int] = {
        "org": pull_request.org,
        "app": pull_request.app,
        "number": pull_request.number,
    }
    if thread is not None:
        place |= {"thread": thread.id, "_anchor": f"thread-{thread.id}"}
    return News(
        kind=kind,
        org=pull_request.org,
        app=pull_request.app,
        title=f"{pull_request.title} #{pull_request.number}",
        endpoint="pull_requests.show",
        values=place,
        sentence=sentence,
    )


def _author(pull_request: PullRequest) -> set[int]:
    return set() if pull_request.author_id is None else {pull_request.author_id}


def _those_who_looked(pull_request: PullRequest) -> set[int]:
    looked = {each.person_id for each in pull_request.reviews if each.person_id is not None}
    return looked | _author(pull_request)


def _those_who_talk(pull_request: PullRequest, threads: Iterable[Thread] | None = None) -> set[int]:
    """The author, and who wrote in these threads; in any where none are named."""
    found = pull_request.threads if threads is None else threads
    said = (comment.person_id for thread in found for comment in thread.comments)
    return _author(pull_request) | {each for each in said if each is not None}


def _everybody(pull_request: PullRequest) -> set[int]:
    asked = {person.id for person in pull_request.reviewers}
    return _those_who_looked(pull_request) | _those_who_talk(pull_request) | asked


def _nobody(_pull_request: PullRequest) -> set[int]:
    return set()


# By the kind of the event (events.py); of every other kind, all who have to do with it are told.
_CONCERNED: Final[Mapping[str, Callable[[PullRequest], set[int]]]] = {
    "opened": _nobody,  # but who is asked to review
    "reviewers": _nobody,
    "retitled": _nobody,
    "branch": _nobody,
    "removed": _nobody,
    "commits": _those_who_looked,
    "reviewed": _author,
}
# Of these only those are told who take part in the thread; a new thread is for all.
_IN_THREADS: Final = frozenset({"replied", "resolved", "unresolved", "applied"})
