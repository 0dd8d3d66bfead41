"""Who can review in an organisation."""

from studio.accounts import Person, Right
from studio.accounts.service import people_who_may
from studio.reviews.requests import AnySession


def reviewers_of(session: AnySession, org: str) -> list[Person]:
    """Everybody whose approval can count in an organisation, by name."""
    return people_who_may(session, Right.REVIEW, org)


def reviewer_ids(session: AnySession, org: str) -> frozenset[int]:
    """The ids of the same people."""
    return frozenset(person.id for person in reviewers_of(session, org))
