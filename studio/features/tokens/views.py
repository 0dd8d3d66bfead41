"""HTTP of a person's own access tokens."""

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import current_person, signed_in
from studio.accounts.install import limiter
from studio.accounts.tokens import revoke_token, tokens_of
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.features.tokens.blueprint import bp
from studio.features.tokens.making import lifetimes, make_asked
from studio.web import render, translate


@bp.get("/account/tokens")
@signed_in
def index() -> ResponseReturnValue:
    """My tokens, and a form for a new one."""
    return _page()


def _page(secret: str = "", error: str = "") -> ResponseReturnValue:
    page = render(
        "tokens/page.html",
        tokens=tokens_of(studio_db.session, current_person()),
        lifetimes=lifetimes(),
        secret=secret,
        error=error,
        now=now(),
    )
    return page, 422 if error else 200


@bp.post("/account/tokens")
@signed_in
@limiter.limit("30 per minute")
def make() -> ResponseReturnValue:
    """Make a token. The answer is the only page that ever shows it: no redirect could, without keeping it."""
    try:
        _, secret = make_asked(current_person())
    except DomainError as error:
        return _page(error=translate(error.sentence))
    return _page(secret)


@bp.post("/account/tokens/<int:number>/revoke")
@signed_in
def revoke(number: int) -> ResponseReturnValue:
    """End a token for good."""
    token = revoke_token(studio_db.session, current_person(), number, now())
    studio_db.session.commit()
    flash(gettext("The token “%(name)s” was revoked. What used it has no access any more.", name=token.name))
    return redirect(url_for("tokens.index"))
