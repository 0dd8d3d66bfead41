"""Signing in with a user name and a password, guarded against guessing.

The wait after wrong passwords is kept with the person in the database, so that it holds for all workers.
"""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import update

from studio.accounts.models import Person
from studio.accounts.passwords import Passwords
from studio.accounts.service import AnySession, person_named
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

FREE_ATTEMPTS: Final = 5
LONGEST_WAIT: Final = timedelta(minutes=15)


class SignInRefused(DomainError):
    """Wrong name or password (which of them is not said), or too many attempts."""


class TooManyAttempts(SignInRefused):
    """The person must wait before the next attempt. HTTP 429."""


def authenticate(
    session: AnySession, passwords: Passwords, user_name: str, password: str, now: datetime
) -> Person:
    """The person, if the password is right. Counts the attempt; the caller commits in both cases.

    Raises SignInRefused or TooManyAttempts. An unknown name takes as long as a wrong password, and says the
    same.
    """
    person = person_named(session, user_name)
    if person is not None and person.locked_until is not None and now < person.locked_until:
        raise TooManyAttempts(Sentence(N_("Too many attempts. Wait a while before you try again.")))
    if not passwords.matches(person.password_hash if person else None, password) or person is None:
        if person is not None:
            _count_failure(session, person, now)
        raise SignInRefused(Sentence(N_("The user name or the password is wrong.")))
    person.failed_attempts, person.locked_until = 0, None
    if passwords.is_outdated(person.password_hash):
        person.password_hash = passwords.hash(password)
    return person


def _count_failure(session: AnySession, person: Person, now: datetime) -> None:
    # Added in the database, not in memory: attempts that run at the same time must all count.
    session.execute(
        update(Person).where(Person.id == person.id).values(failed_attempts=Person.failed_attempts + 1)
    )
    session.refresh(person)
    wait = wait_after(person.failed_attempts)
    person.locked_until = now + wait if wait else None


def wait_after(failures: int) -> timedelta:
    """Nothing for the first few, then 2, 4, 8, … seconds, at most a quarter of an hour."""
    if failures < FREE_ATTEMPTS:
        return timedelta()
    return min(timedelta(seconds=2 ** min(failures - FREE_ATTEMPTS + 1, 20)), LONGEST_WAIT)
