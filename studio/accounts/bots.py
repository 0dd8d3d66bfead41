"""Bots: accounts of an organisation for programs. They sign in with tokens alone, never to Studio itself."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import select

from studio.accounts.models import Membership, Organisation, Person
from studio.accounts.rights import BOT_ROLES, Role
from studio.accounts.service import AnySession, person_named
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence

MOST_BOTS: Final = 20
_NAME: Final = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
# No hash of a password: nothing that anybody writes matches it.
_NO_HASH: Final = "!"


def bots_of(session: AnySession, organisation: Organisation) -> Sequence[Person]:
    """The bots of an organisation, by name."""
    return session.scalars(
        select(Person).where(Person.bot_of_id == organisation.id).order_by(Person.user_name)
    ).all()


def bot_named(session: AnySession, organisation: Organisation, user_name: str) -> Person:
    """One bot of the organisation; raises NotThere."""
    found = person_named(session, user_name)
    if found is None or found.bot_of_id != organisation.id:
        raise NotThere(Sentence(N_("There is no bot %(name)s."), {"name": user_name}))
    return found


def add_bot(
    session: AnySession, organisation: Organisation, *, name: str, role: Role, now: datetime
) -> Person:
    """A new bot, called "<organisation>.<name>". Raises DomainError where a value cannot be used."""
    name = name.strip().lower()
    user_name = f"{organisation.short_name}.{name}"
    if not _NAME.fullmatch(name) or len(user_name) > 39:
        raise DomainError(
            Sentence(N_("The name of a bot has small letters a–z and digits, with single dashes between."))
        )
    if role not in BOT_ROLES:
        raise DomainError(Sentence(N_("Choose what the bot may do.")))
    if person_named(session, user_name) is not None:
        raise DomainError(Sentence(N_("There is already a bot %(name)s."), {"name": user_name}))
    if len(bots_of(session, organisation)) >= MOST_BOTS:
        raise DomainError(
            Sentence(N_("There can be at most %(most)s bots. Delete one first."), {"most": MOST_BOTS})
        )
    bot = Person(
        user_name=user_name,
        name=user_name,
        email=f"{user_name}@bots.invalid",
        password_hash=_NO_HASH,
        session_key=secrets.token_urlsafe(12),
        is_administrator=False,
        language=None,
        theme="auto",
        created_at=now,
        failed_attempts=0,
        locked_until=None,
        bot_of_id=organisation.id,
    )
    bot.memberships.append(Membership(organisation=organisation, role=role.value, environment=""))
    session.add(bot)
    session.flush()
    return bot


def delete_bot(session: AnySession, bot: Person) -> None:
    """Take a bot away, with its tokens. What it has committed stays."""
    session.delete(bot)
    session.flush()
