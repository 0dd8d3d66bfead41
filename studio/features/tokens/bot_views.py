"""HTTP of an organisation's bots and their tokens."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, Role, requires
from studio.accounts.bots import add_bot, bot_named, bots_of, delete_bot
from studio.accounts.install import limiter
from studio.accounts.rights import BOT_ROLES, ROLE_NAMES
from studio.accounts.service import organisation_named
from studio.accounts.tokens import revoke_token, tokens_of
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.features.tokens.blueprint import bp
from studio.features.tokens.making import lifetimes, make_asked
from studio.web import render, translate


@bp.get("/organisations/<org>/bots")
@requires(Right.MANAGE_ORGANISATION)
def bots(org: str) -> ResponseReturnValue:
    """The bots of an organisation."""
    return _bots(org)


def _bots(org: str, error: str = "") -> ResponseReturnValue:
    organisation = organisation_named(studio_db.session, org)
    page = render(
        "tokens/bots.html",
        organisation=organisation,
        bots=[
            (each, len(tokens_of(studio_db.session, each)))
            for each in bots_of(studio_db.session, organisation)
        ],
        roles=[(role.value, translate(ROLE_NAMES[role])) for role in BOT_ROLES],
        role_names=ROLE_NAMES,
        error=error,
        values=request.form,
    )
    return page, 422 if error else 200


@bp.post("/organisations/<org>/bots")
@requires(Right.MANAGE_ORGANISATION)
def new_bot(org: str) -> ResponseReturnValue:
    """Add a bot."""
    role = request.form.get("role", "")
    try:
        bot = add_bot(
            studio_db.session,
            organisation_named(studio_db.session, org),
            name=request.form.get("name", ""),
            role=Role(role) if role in set(Role) else Role.DEPLOYER,
            now=now(),
        )
    except DomainError as error:
        return _bots(org, translate(error.sentence))
    studio_db.session.commit()
    flash(gettext("%(name)s was added. Give it a token now.", name=bot.name), "success")
    return redirect(url_for("tokens.bot", org=org, name=bot.user_name))


@bp.get("/organisations/<org>/bots/<name>")
@requires(Right.MANAGE_ORGANISATION)
def bot(org: str, name: str) -> ResponseReturnValue:
    """One bot and its tokens."""
    return _bot(org, name)


def _bot(org: str, name: str, secret: str = "", error: str = "") -> ResponseReturnValue:
    organisation = organisation_named(studio_db.session, org)
    found = bot_named(studio_db.session, organisation, name)
    page = render(
        "tokens/bot.html",
        organisation=organisation,
        bot=found,
        role_names=[translate(ROLE_NAMES[grant.role]) for grant in found.grants],
        tokens=tokens_of(studio_db.session, found),
        lifetimes=lifetimes(),
        secret=secret,
        error=error,
        now=now(),
    )
    return page, 422 if error else 200


@bp.post("/organisations/<org>/bots/<name>/tokens")
@requires(Right.MANAGE_ORGANISATION)
@limiter.limit("30 per minute")
def new_bot_token(org: str, name: str) -> ResponseReturnValue:
    """Make a token for a bot; this answer alone shows it."""
    found = bot_named(studio_db.session, organisation_named(studio_db.session, org), name)
    try:
        _, secret = make_asked(found)
    except DomainError as error:
        return _bot(org, name, error=translate(error.sentence))
    return _bot(org, name, secret)


@bp.post("/organisations/<org>/bots/<name>/tokens/<int:number>/revoke")
@requires(Right.MANAGE_ORGANISATION)
def revoke_bot_token(org: str, name: str, number: int) -> ResponseReturnValue:
    """End a bot's token for good."""
    found = bot_named(studio_db.session, organisation_named(studio_db.session, org), name)
    token = revoke_token(studio_db.session, found, number, now())
    studio_db.session.commit()
    flash(gettext("The token “%(name)s” was revoked. What used it has no access any more.", name=token.name))
    return redirect(url_for("tokens.bot", org=org, name=name))


@bp.post("/organisations/<org>/bots/<name>/delete")
@requires(Right.MANAGE_ORGANISATION)
def remove_bot(org: str, name: str) -> ResponseReturnValue:
    """Take a bot away, with all its tokens."""
    found = bot_named(studio_db.session, organisation_named(studio_db.session, org), name)
    delete_bot(studio_db.session, found)
    studio_db.session.commit()
    flash(gettext("%(name)s was deleted, with its tokens.", name=name))
    return redirect(url_for("tokens.bots", org=org))
