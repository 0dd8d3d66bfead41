"""Access tokens: what programs such as Git sign in with, instead of a password.

The secret is 256 random bits, so its plain SHA-256 is as hard to guess as itself; it is shown once and not
kept. Nothing here commits, but for `authenticate_token`, which writes down the use.
"""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from studio.accounts.models import Person
from studio.accounts.service import AnySession
from studio.database import StudioModel, UtcDateTime
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence

PREFIX: Final = "studio_"  # so that people, and programs that look for leaked secrets, know it for what it is
_SHOWN: Final = len(PREFIX) + 4
LIFETIMES: Final = (7, 30, 90, 365)  # days
MOST_TOKENS: Final = 50  # that a person has in use at once
LONGEST_NAME: Final = 100
# How exact `last_used_at` is: a clone asks three times, and each write waits for its turn in the database.
_NOTED_EVERY: Final = timedelta(minutes=5)


class Scope(StrEnum):
    """What a token can be used for; never more than its person may."""

    READ = "read"
    WRITE = "write"  # and read


class AccessToken(StudioModel):
    """One token of a person (or bot)."""

    __tablename__ = "access_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]  # what it is for, in the person's words
    secret_hash: Mapped[str] = mapped_column(String(64), unique=True)
    beginning: Mapped[str]  # of the secret, to tell tokens apart
    scope: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    person: Mapped[Person] = relationship(lazy="joined")

    def allows(self, scope: Scope) -> bool:
        """Whether the token was made for this."""
        return self.scope in {Scope.WRITE, scope}


class TokenRefused(DomainError):
    """No token, or none that counts. HTTP 401."""


def make_token(
    session: AnySession, person: Person, *, name: str, scope: Scope, days: int, now: datetime
) -> tuple[AccessToken, str]:
    """A new token and its secret, which nobody can be shown again. Raises DomainError for a bad value."""
    name = " ".join(name.split())
    if not name:
        raise DomainError(Sentence(N_("Write what the token is for, so that you know it again.")))
    if len(name) > LONGEST_NAME:
        raise DomainError(
            Sentence(N_("The name can have at most %(most)s characters."), {"most": LONGEST_NAME})
        )
    if days not in LIFETIMES:
        raise DomainError(Sentence(N_("Choose how long the token is to last.")))
    if sum(1 for each in tokens_of(session, person) if each.expires_at > now) >= MOST_TOKENS:
        raise DomainError(
            Sentence(N_("There are %(most)s tokens in use. Revoke one first."), {"most": MOST_TOKENS})
        )
    secret = PREFIX + secrets.token_urlsafe(32)
    token = AccessToken(
        person=person,
        name=name,
        secret_hash=_hash(secret),
        beginning=secret[:_SHOWN],
        scope=scope.value,
        created_at=now,
        expires_at=now + timedelta(days=days),
        last_used_at=None,
        revoked_at=None,
    )
    session.add(token)
    session.flush()
    return token, secret


def tokens_of(session: AnySession, person: Person) -> Sequence[AccessToken]:
    """The tokens of a person that were not revoked, the newest first; also those that have expired."""
    chosen = select(AccessToken).where(AccessToken.person_id == person.id, AccessToken.revoked_at.is_(None))
    return session.scalars(chosen.order_by(AccessToken.id.desc())).all()


def revoke_token(session: AnySession, person: Person, number: int, now: datetime) -> AccessToken:
    """End one token of this person for good. Raises NotThere, also for somebody else's."""
    found = next((each for each in tokens_of(session, person) if each.id == number), None)
    if found is None:
        raise NotThere(Sentence(N_("There is no such token. It may have been revoked already.")))
    found.revoked_at = now
    session.flush()
    return found


def authenticate_token(session: AnySession, secret: str, now: datetime) -> AccessToken:
    """The token with this secret; its use is written down. Raises TokenRefused, which says why."""
    found = None
    if secret.startswith(PREFIX):
        found = session.scalar(select(AccessToken).where(AccessToken.secret_hash == _hash(secret)))
    if found is None:
        raise TokenRefused(
            Sentence(
                N_(
                    "Sign in with an access token as the password. You make one in Studio, "
                    "under My settings. Your own password is not accepted here."
                )
            )
        )
    if found.revoked_at is not None:
        raise TokenRefused(
            Sentence(
                N_("The access token “%(name)s” was revoked. Make a new one in Studio."), {"name": found.name}
            )
        )
    if now >= found.expires_at:
        raise TokenRefused(
            Sentence(
                N_("The access token “%(name)s” expired on %(day)s. Make a new one in Studio."),
                {"name": found.name, "day": f"{found.expires_at:%Y-%m-%d}"},
            )
        )
    if found.last_used_at is None or now - found.last_used_at >= _NOTED_EVERY:
        found.last_used_at = now
        session.commit()
    return found


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
