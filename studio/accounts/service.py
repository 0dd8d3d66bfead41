"""What is done with people and organisations. Nothing here commits; whoever calls decides when."""

import re
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.orm import Session, scoped_session

from studio.accounts.models import Membership, Organisation, Person
from studio.accounts.passwords import Passwords
from studio.accounts.rights import BOT_ROLES, RIGHTS, Grant, Right, Role, allows
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence

AnySession = Session | scoped_session[Any]

_USER_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*")
_SHORT_NAME: Final = re.compile(r"[a-z][a-z0-9]{1,29}")
# First parts of addresses that are Studio's own; the addresses of an organisation begin with its short name.
_RESERVED: Final = frozenset(
    {"account", "admin", "api", "apps", "assets", "git", "health", "language", "organisations", "preview"}
)
_EMAIL: Final = re.compile(r"[^@\s<>]+@[^@\s<>]+\.[^@\s<>]+")


def may(person: Person, right: Right, org: str | None, environment: str | None = None) -> bool:
    """Whether a person has a right in the organisation with this short name (None: in the installation)."""
    return allows(person.grants, right, org, environment, administrator=person.is_administrator)


def person_named(session: AnySession, user_name: str) -> Person | None:
    """The person with this user name, whatever the case of its letters."""
    return session.scalar(select(Person).where(Person.user_name == user_name.strip().lower()))


def organisation_named(session: AnySession, short_name: str) -> Organisation:
    """Raises NotThere."""
    found = session.scalar(select(Organisation).where(Organisation.short_name == short_name))
    if found is None:
        raise NotThere(Sentence(N_("There is no organisation %(name)s."), {"name": short_name}))
    return found


def organisations_of(session: AnySession, person: Person) -> list[Organisation]:
    """The organisations that a person may see, by short name."""
    every = session.scalars(select(Organisation).order_by(Organisation.short_name))
    return [each for each in every if may(person, Right.VIEW, each.short_name)]


def people_who_may(session: AnySession, right: Right, org: str) -> list[Person]:
    """Everybody who has a right by a role in the organisation with this short name, by name."""
    roles = [role.value for role, rights in RIGHTS.items() if right in rights]
    theirs = Membership.role.in_(roles) & Membership.organisation.has(Organisation.short_name == org)
    return list(session.scalars(select(Person).where(Person.memberships.any(theirs)).order_by(Person.name)))


def add_person(  # noqa: PLR0913 - all named, and all needed
    session: AnySession,
    passwords: Passwords,
    *,
    user_name: str,
    name: str,
    email: str,
    password: str,
    now: datetime,
    administrator: bool = False,
) -> Person:
    """Raises DomainError where a value cannot be used or the name is taken."""
    user_name, name, email = user_name.strip().lower(), name.strip(), email.strip()
    if not _USER_NAME.fullmatch(user_name) or len(user_name) > 39:
        raise DomainError(
            Sentence(N_("A user name has small letters a–z and digits, with single dots or dashes between."))
        )
    if not name:
        raise DomainError(Sentence(N_("Write the person's name.")))
    if not _EMAIL.fullmatch(email):
        raise DomainError(Sentence(N_("%(email)s is not an e-mail address."), {"email": email or "–"}))
    if person_named(session, user_name) is not None:
        raise DomainError(Sentence(N_("The user name %(name)s is taken."), {"name": user_name}))
    person = Person(
        user_name=user_name,
        name=name,
        email=email,
        password_hash=passwords.hash(password),
        session_key=secrets.token_urlsafe(12),
        is_administrator=administrator,
        language=None,
        theme="auto",
        created_at=now,
        failed_attempts=0,
        locked_until=None,
    )
    session.add(person)
    session.flush()
    return person


def set_password(person: Person, passwords: Passwords, password: str) -> None:
    """Change the password and end every session. Raises DomainError for a password that is too short, or
    of a bot: it signs in with tokens alone."""
    if person.is_bot:
        raise DomainError(Sentence(N_("%(name)s is a bot, and has no password."), {"name": person.name}))
    person.password_hash = passwords.hash(password)
    person.session_key = secrets.token_urlsafe(12)
    person.failed_attempts, person.locked_until = 0, None


def add_organisation(
    session: AnySession, *, short_name: str, titles: Mapping[str, str], now: datetime
) -> Organisation:
    """`titles` by language; bokmål must be there. Raises DomainError where a value cannot be used."""
    short_name = short_name.strip().lower()
    nb = titles.get("nb", "").strip()
    if not _SHORT_NAME.fullmatch(short_name):
        raise DomainError(
            Sentence(N_("A short name has 2–30 small letters a–z and digits, and starts with a letter."))
        )
    if short_name in _RESERVED:
        raise DomainError(Sentence(N_("The short name %(name)s is taken."), {"name": short_name}))
    if not nb:
        raise DomainError(Sentence(N_("Write the organisation's name in bokmål.")))
    if session.scalar(select(Organisation.id).where(Organisation.short_name == short_name)) is not None:
        raise DomainError(Sentence(N_("The short name %(name)s is taken."), {"name": short_name}))
    organisation = Organisation(
        short_name=short_name,
        title_nb=nb,
        title_nn=titles.get("nn", "").strip() or nb,
        title_en=titles.get("en", "").strip() or nb,
        created_at=now,
    )
    session.add(organisation)
    session.flush()
    return organisation


def set_roles(
    session: AnySession, person: Person, organisation: Organisation, grants: frozenset[Grant]
) -> None:
    """Give a person exactly these roles in an organisation; none takes the person out of it.

    Raises DomainError where the organisation would be left without an owner, or a bot would be more than it
    can be.
    """
    if any(grant.organisation != organisation.short_name for grant in grants):
        raise ValueError("The grants are for another organisation.")
    if person.is_bot and any(grant.role not in BOT_ROLES for grant in grants):
        raise DomainError(Sentence(N_("A bot can be a reviewer or a developer, and nothing else.")))
    _keep_an_owner(session, person, organisation, grants)
    wanted = {(grant.role.value, grant.environment) for grant in grants}
    for membership in [each for each in person.memberships if each.organisation_id == organisation.id]:
        if (membership.role, membership.environment) in wanted:
            wanted.discard((membership.role, membership.environment))
        else:
            person.memberships.remove(membership)
    for role, environment in sorted(wanted):
        person.memberships.append(Membership(organisation=organisation, role=role, environment=environment))
    session.flush()


def _keep_an_owner(
    session: AnySession, person: Person, organisation: Organisation, grants: frozenset[Grant]
) -> None:
    owners = set(
        session.scalars(
            select(Membership.person_id).where(
                Membership.organisation_id == organisation.id, Membership.role == Role.OWNER.value
            )
        )
    )
    if owners == {person.id} and all(grant.role is not Role.OWNER for grant in grants):
        raise DomainError(
            Sentence(
                N_("%(person)s is the only owner of %(organisation)s. Make somebody else an owner first."),
                {"person": person.name, "organisation": organisation.title_nb},
            )
        )
