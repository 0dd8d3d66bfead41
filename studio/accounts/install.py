"""Sign-in for a Flask application."""

from collections.abc import Sequence

from argon2 import PasswordHasher
from flask import Flask, has_request_context, session
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager, current_user, login_user, logout_user

from studio.accounts.models import Person
from studio.accounts.passwords import Passwords
from studio.accounts.rights import Right
from studio.accounts.service import may
from studio.accounts.signing_in import TooManyAttempts
from studio.database import studio_db
from studio.web import Part
from studio.web.errors import answer_with

passwords: Part[Passwords] = Part("passwords")
# The names of the environments that a deployer can be one in.
environments: Part[tuple[str, ...]] = Part("environment_names")

# Beside the wait that is kept with each person: nobody tries one password on many names. Per process.
limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")


def install_accounts(
    app: Flask, environment_names: Sequence[str], hasher: PasswordHasher | None = None
) -> None:
    """Sign-in sessions, the limits on attempts, and `may` for templates."""
    environments.give(app, tuple(environment_names))
    passwords.give(app, Passwords(hasher))
    login = LoginManager()
    login.session_protection = "basic"
    login.user_loader(_person)
    login.init_app(app)
    limiter.init_app(app)
    answer_with(app, TooManyAttempts, 429)
    app.jinja_env.globals.update(may=_may, Right=Right)


def _person(kept: str) -> Person | None:
    number, _, session_key = kept.partition(":")
    person = studio_db.session.get(Person, int(number)) if number.isdigit() else None
    return person if person is not None and person.session_key == session_key else None


def _may(right: Right, org: str | None = None, environment: str | None = None) -> bool:
    return current_user.is_authenticated and may(current_user, right, org, environment)


def begin_session(person: Person) -> None:
    """Sign in. The session starts empty, so that nothing from before signing in lives on in it."""
    session.clear()
    login_user(person)


def end_session() -> None:
    """Sign out, and forget everything that the session held."""
    logout_user()
    session.clear()


def language_choice() -> str | None:
    """The language that the signed-in person has chosen."""
    return current_user.language if _somebody() else None


def theme_choice() -> str:
    """The colour scheme of this request: auto, light or dark."""
    return current_user.theme if _somebody() else "auto"


def _somebody() -> bool:
    return has_request_context() and bool(current_user) and current_user.is_authenticated
