"""The form for a new token, which people and bots have alike."""

from flask import request
from flask_babel import ngettext

from studio.accounts import Person
from studio.accounts.tokens import LIFETIMES, AccessToken, Scope, make_token
from studio.database import studio_db
from studio.database.clock import now


def lifetimes() -> list[tuple[str, str]]:
    """The choices for how long a token lasts: days, and words."""
    return [
        (str(days), ngettext("%(num)s year", "%(num)s years", 1) if days == 365 else _days(days))
        for days in LIFETIMES
    ]


def make_asked(person: Person) -> tuple[AccessToken, str]:
    """The token that the posted form asks for, and its secret. Raises DomainError for what cannot be."""
    days, scope = request.form.get("days", ""), request.form.get("scope", "")
    made = make_token(
        studio_db.session,
        person,
        name=request.form.get("name", ""),
        scope=Scope.WRITE if scope == Scope.WRITE.value else Scope.READ,
        days=int(days) if days.isascii() and days.isdigit() and len(days) < 5 else 0,
        now=now(),
    )
    studio_db.session.commit()
    return made


def _days(days: int) -> str:
    text: str = ngettext("%(num)s day", "%(num)s days", days)
    return text
