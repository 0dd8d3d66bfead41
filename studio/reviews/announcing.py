"""Who is told of what happens to a pull request. Never those who did it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy.orm import object_session

from studio.accounts import Person
from studio.definition.sentences import N_, Sentence
from studio.notices.telling import News, tell
from studio.reviews.models import Event, PullRequest

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


def announce(pull_request: PullRequest, event: Event, doers: Doers, asked: Collection[Person]) -> None:
    """Give notices of an event; those who are `asked` to review by it are told just that."""
    session = object_session(pull_request)
    if session is None:
        return
    asked_ids = {person.id for person in asked}
    everybody = _CONCERNED.get(event.kind, _everybody)(pull_request) - asked_ids
    for ids, kind, sentence in (
        (asked_ids, ASKED, Sentence(N_("asked you to review"))),
        (everybody, event.kind, event.sentence),
    ):
        there = [session.get(Person, each) for each in sorted(ids)]
        told = [person.id for person in there if person is not None and not doers.has(person)]
        if told:
            tell(session, told, _news(pull_request, kind, event.person_name, sentence), event.at)


def _news(pull_request: PullRequest, kind: str, person: str, did: Sentence) -> News:
    sentence = Sentence(N_("%(person)s %(did)s"), {"person": person, "did": did}) if person else did
    place = {"org": pull_request.org, "app": pull_request.app, "number": pull_request.number}
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


def _those_who_talk(pull_request: PullRequest) -> set[int]:
    said = (comment.person_id for thread in pull_request.threads for comment in thread.comments)
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
    "resolved": _those_who_talk,
    "unresolved": _those_who_talk,
}
