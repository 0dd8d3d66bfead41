"""Guards of what programs use: HTTP Basic with an access token as the password, whatever the user name."""

from collections.abc import Callable
from typing import Any, Final

from flask import g, request
from flask.typing import ResponseReturnValue
from flask_limiter.util import get_remote_address
from limits import parse
from werkzeug.exceptions import Forbidden

from studio.accounts.install import limiter
from studio.accounts.rights import Right
from studio.accounts.service import may
from studio.accounts.signing_in import TooManyAttempts
from studio.accounts.tokens import AccessToken, Scope, TokenRefused, authenticate_token
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import NotThere
from studio.definition.sentences import N_, Sentence
from studio.web import declare
from studio.web.guards import View, declared

_WRONG_TOKENS: Final = parse("20 per minute")  # from one address


class ReadOnlyToken(Forbidden):
    """The person may, and the token may not."""

    sentence = Sentence(N_("This access token can only read. Make one that can also write to push."))


class RequiresToken:
    """The guard of `requires_token`."""

    def __init__(self, right: Right, scope: Scope) -> None:
        self.right = right
        self.scope = scope

    def __call__(self, arguments: dict[str, Any]) -> ResponseReturnValue | None:
        g.access_token = _given_token()
        demand_by_token(self.right, self.scope, arguments["org"])
        return None


def requires_token(right: Right, scope: Scope) -> Callable[[View], View]:
    """Declare that a view needs a token with `scope`, of somebody with `right` in its argument `org`."""
    return declare(RequiresToken(right, scope))


def needs_token(view: Callable[..., Any]) -> bool:
    """Whether a view was declared to be for programs with a token."""
    return isinstance(declared(view), RequiresToken)


def demand_by_token(right: Right, scope: Scope, org: str) -> None:
    """Raise where the token of this request, or its person, lacks a right: Forbidden, or NotThere where they
    may not even see the organisation."""
    token = current_token()
    if not may(token.person, Right.VIEW, org):
        raise NotThere(Sentence(N_("There is no organisation %(name)s."), {"name": org}))
    if not may(token.person, right, org):
        raise Forbidden
    if not token.allows(scope):
        raise ReadOnlyToken


def current_token() -> AccessToken:
    """The token that this request came with."""
    token: AccessToken = g.access_token
    return token


def _given_token() -> AccessToken:
    given = request.authorization
    secret = given.password if given is not None and given.type == "basic" else None
    if not secret:
        # How Git begins: it sends what it has when it is asked to.
        raise TokenRefused(Sentence(N_("Sign in with an access token as the password.")))
    address = get_remote_address()
    if not limiter.limiter.test(_WRONG_TOKENS, "token", address):
        raise TooManyAttempts(Sentence(N_("Too many attempts. Wait a while before you try again.")))
    try:
        return authenticate_token(studio_db.session, secret, now())
    except TokenRefused:
        limiter.limiter.hit(_WRONG_TOKENS, "token", address)
        raise
