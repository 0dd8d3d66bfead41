"""Declarations of who may come in: `@signed_in`, `@requires(Right.EDIT)`. They stand below the route."""

from collections.abc import Callable
from typing import Any, cast

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden, Unauthorized

from studio.accounts.models import Person
from studio.accounts.rights import Right
from studio.accounts.service import may, organisation_named
from studio.database import studio_db
from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.web import declare, hx, is_htmx
from studio.web.guards import Guard, View, declared


def current_person() -> Person:
    """Who is signed in. Raises Unauthorized where nobody is (no view with a guard gets there)."""
    if not current_user.is_authenticated:
        raise Unauthorized
    return cast(Person, current_user._get_current_object())  # noqa: SLF001 - the proxy's documented way out


def signed_in(view: View) -> View:
    """Declare that a view is for everybody who is signed in."""
    return declare(_signed_in)(view)


def _signed_in(_arguments: dict[str, Any]) -> ResponseReturnValue | None:
    return None if current_user.is_authenticated else _to_sign_in()


class Requires:
    """The guard of `requires`: a right in the organisation (and environment) that the address names."""

    def __init__(self, right: Right) -> None:
        self.right = right

    def __call__(self, arguments: dict[str, Any]) -> ResponseReturnValue | None:
        if not current_user.is_authenticated:
            return _to_sign_in()
        demand(self.right, arguments.get("org"), arguments.get("environment"))
        return None


def requires(right: Right) -> Callable[[View], View]:
    """Declare that a view needs `right` in the organisation of its argument `org`.

    A right that counts in one environment is asked for the argument `environment`; where the address has
    none, the view asks again with `demand` when it knows which.
    """
    return declare(Requires(right))


def required_right(view: Callable[..., Any]) -> Right | None:
    """The right that a view was declared to need."""
    guard = declared(view)
    return guard.right if isinstance(guard, Requires) else None


def needs_sign_in(view: Callable[..., Any]) -> bool:
    """Whether a view was declared to be for those who are signed in, whatever their rights."""
    return declared(view) is cast(Guard, _signed_in)


def demand(right: Right, org: str | None, environment: str | None = None) -> None:
    """Raise where the signed-in person lacks a right.

    Forbidden; or NotThere where they may not even see the organisation, which then might as well not exist.
    """
    person = current_person()
    if org is not None:
        if not may(person, Right.VIEW, org):
            raise NotThere(Sentence(N_("There is no organisation %(name)s."), {"name": org}))
        organisation_named(studio_db.session, org)
    if not may(person, right, org, environment):
        raise Forbidden


def _to_sign_in() -> ResponseReturnValue:
    # A page comes back to where it was; an action that was lost is not repeated behind the person's back.
    back = request.full_path.rstrip("?") if request.method == "GET" and not is_htmx() else None
    address = url_for("sign_in.index", next=back)
    if is_htmx():
        return hx(status=401, redirect=address)
    return redirect(address)
