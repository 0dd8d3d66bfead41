"""Who can review in an organisation."""

from sqlalchemy import select

from studio.accounts import Membership, Organisation, Person, Right
from studio.accounts.rights import RIGHTS
from studio.reviews.requests import AnySession


def reviewers_of(session: AnySession, org: str) -> list[Person]:
    """Everybody whose approval can count in an organisation, by name."""
    roles = [role.value for role, rights in RIGHTS.items() if Right.REVIEW in rights]
    query = (
        select(Person)
        .where(
            Person.memberships.any(
                Membership.role.in_(roles) & Membership.organisation.has(Organisation.short_name == org)
            )
        )
        .order_by(Person.name)
    )
    return list(session.scalars(query))


def reviewer_ids(session: AnySession, org: str) -> frozenset[int]:
    """The ids of the same people."""
    return frozenset(person.id for person in reviewers_of(session, org))
