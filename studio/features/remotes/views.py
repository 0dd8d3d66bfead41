"""HTTP of the outside remote of an app."""

from typing import Final

from flask import Blueprint, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext
from werkzeug.datastructures import MultiDict

from studio.accounts import Right, current_person, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.errors import DomainError
from studio.features import repositories
from studio.history.repository import MAIN
from studio.outside_remotes import settings
from studio.outside_remotes.mappings import DIRECTIONS, BranchMapping
from studio.outside_remotes.models import OutsideRemote
from studio.outside_remotes.room import remote_room
from studio.web import render, translate
from studio.web.branch_address import about_whole_apps
from studio.web.language import current_language

bp = Blueprint("remotes", __name__, template_folder="templates")
about_whole_apps(bp)

_EMPTY_ROWS: Final = 2
_DIRECTION_LABELS: Final = {
    "both": lazy_gettext("Both ways"),
    "out": lazy_gettext("Only out"),
    "in": lazy_gettext("Only in"),
}
_INTERVAL_LABELS: Final = {
    0: lazy_gettext("Only when somebody asks"),
    15: lazy_gettext("Every quarter of an hour"),
    60: lazy_gettext("Every hour"),
    1440: lazy_gettext("Once a day"),
}


@bp.get("/<org>/<app>/remote")
@requires(Right.SHARE)
def index(org: str, app: str) -> ResponseReturnValue:
    """The outside remote, how it stands, and for owners its settings."""
    return _page(org, app)


@bp.get("/<org>/<app>/remote/state")
@requires(Right.SHARE)
def state(org: str, app: str) -> ResponseReturnValue:
    """How it stands alone, for a page that waits."""
    repositories().open(org, app)
    remote = settings.existing_remote(studio_db.session, org, app)
    return render("remotes/_state.html", org=org, app=app, remote=remote, now=now())


@bp.post("/<org>/<app>/remote")
@requires(Right.MANAGE_ORGANISATION)
def save(org: str, app: str) -> ResponseReturnValue:
    """Name the outside remote, or change it."""
    repositories().open(org, app)
    room, session = remote_room(), studio_db.session
    try:
        settings.save_remote(
            session, room.sealer, room.inside, (org, app), _read(request.form), current_person(), now()
        )
    except DomainError as error:
        session.rollback()
        return _page(org, app, request.form, translate(error.sentence)), 422
    session.commit()
    room.worker.wake()
    flash(gettext("The outside remote is saved."), "success")
    return redirect(url_for(".index", org=org, app=app))


@bp.post("/<org>/<app>/remote/push")
@requires(Right.SHARE)
def push(org: str, app: str) -> ResponseReturnValue:
    """Send what is new here."""
    return _ask(org, app, push=True)


@bp.post("/<org>/<app>/remote/fetch")
@requires(Right.SHARE)
def fetch(org: str, app: str) -> ResponseReturnValue:
    """Take in what is new there."""
    return _ask(org, app, fetch=True)


@bp.post("/<org>/<app>/remote/remove")
@requires(Right.MANAGE_ORGANISATION)
def remove(org: str, app: str) -> ResponseReturnValue:
    """Take the outside remote away, with its token."""
    repositories().open(org, app)
    settings.forget_remote(studio_db.session, org, app)
    studio_db.session.commit()
    flash(gettext("The outside remote is removed, and its token with it."), "success")
    return redirect(url_for(".index", org=org, app=app))


def _ask(org: str, app: str, *, push: bool = False, fetch: bool = False) -> ResponseReturnValue:
    repositories().open(org, app)
    remote = settings.existing_remote(studio_db.session, org, app)
    settings.ask(remote, now(), push=push, fetch=fetch)
    studio_db.session.commit()
    remote_room().worker.wake()
    return redirect(url_for(".index", org=org, app=app))


def _read(form: "MultiDict[str, str]") -> settings.Wanted:
    rows = zip(form.getlist("here"), form.getlist("there"), form.getlist("direction"), strict=False)
    mappings = [
        BranchMapping(here.strip() or there.strip(), there.strip() or here.strip(), direction)
        for here, there, direction in rows
        if direction in DIRECTIONS and (here.strip() or there.strip())
    ]
    every = form.get("fetch_every", "")
    return settings.Wanted(
        address=form.get("address", ""),
        mappings=mappings,
        user=form.get("user", ""),
        token=form.get("token", "").strip(),
        drops_token="drop_token" in form,
        push_by_itself="push_by_itself" in form,
        fetch_every=int(every) if every.isascii() and every.isdigit() and len(every) < 6 else -1,
    )


def _page(org: str, app: str, typed: "MultiDict[str, str] | None" = None, error: str | None = None) -> str:
    definition = app_definition(repositories().open(org, app).files())
    remote = settings.remote_of(studio_db.session, org, app)
    wanted = _shown(remote) if typed is None else _read(typed)
    rows = [*wanted.mappings, *[BranchMapping("", "")] * _EMPTY_ROWS]
    return render(
        "remotes/page.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        remote=remote,
        wanted=wanted,
        rows=rows,
        directions=list(_DIRECTION_LABELS.items()),
        direction_labels=_DIRECTION_LABELS,
        intervals=list(_INTERVAL_LABELS.items()),
        interval_labels=_INTERVAL_LABELS,
        error=error,
        now=now(),
    )


def _shown(remote: OutsideRemote | None) -> settings.Wanted:
    if remote is None:
        return settings.Wanted("", (BranchMapping(MAIN, MAIN),), push_by_itself=True)
    return settings.Wanted(
        remote.address,
        remote.mappings,
        remote.user,
        push_by_itself=remote.push_by_itself,
        fetch_every=remote.fetch_every,
    )
