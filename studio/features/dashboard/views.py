"""HTTP of the list of apps, and of what is done with one of them from there."""

from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, current_person, may, requires, signed_in
from studio.accounts.service import organisations_of
from studio.database import studio_db
from studio.database.clock import now
from studio.features import repositories
from studio.features.dashboard import copying, deleting, service
from studio.features.dashboard.blueprint import bp
from studio.features.dashboard.creators import choices_of, demand_creating, me, organisations_to_create_in
from studio.features.dashboard.listing import Wanted, found, in_language, listed_apps, titles_of
from studio.features.dashboard.naming import proposed_name
from studio.features.dashboard.service import CannotMake
from studio.history.errors import AlreadyThere
from studio.history.names import InvalidName
from studio.web import is_htmx, render, translate
from studio.web.language import current_language

# What a page holds before one asks for more: enough for most, and quick to draw for those who have hundreds.
_AT_ONCE: Final = 60


@bp.get("/")
@signed_in
def index() -> ResponseReturnValue:
    """My apps, or those of them that were asked for."""
    wanted = Wanted(
        words=request.args.get("q", "").strip()[:200],
        org=request.args.get("org", ""),
        archived=request.args.get("show") == "archived",
        favourites=request.args.get("show") == "favourites",
    )
    person = current_person()
    organisations = organisations_of(studio_db.session, person)
    favourites = service.favourites_of(studio_db.session, person)
    apps = listed_apps(repositories(), [each.short_name for each in organisations], favourites)
    hits = found(apps, wanted, current_language())
    shown = len(hits) if "all" in request.args else _AT_ONCE
    return render(
        "dashboard/page.html",
        "apps" if is_htmx() else None,
        apps=hits[:shown],
        found=len(hits),
        wanted=wanted,
        organisations=organisations,
        organisation_choices=choices_of(organisations),
        may_create=bool(organisations_to_create_in()),
        now=now(),
        language=current_language(),
    )


@bp.post("/<org>/<app>/favourite")
@requires(Right.VIEW)
def favourite(org: str, app: str) -> ResponseReturnValue:
    """Mark an app with a star, or take the star away."""
    repositories().open(org, app)
    wanted = request.form.get("wanted") == "1"
    service.set_favourite(studio_db.session, current_person(), org, app, wanted=wanted)
    if is_htmx():
        return render("dashboard/star.html", org=org, app=app, is_favourite=wanted, title=_title(org, app))
    return redirect(url_for(".index"))


@bp.route("/<org>/<app>/copy", methods=["GET", "POST"])
@requires(Right.VIEW)
def copy(org: str, app: str) -> ResponseReturnValue:
    """Make a new app of an existing one. Needs the right to create in the organisation that gets it."""
    repositories().open(org, app)
    form = request.form
    owner = form.get("org", org if may(current_person(), Right.CREATE_APP, org) else "")
    name = form.get("name", proposed_name(f"{app} kopi", lambda each: repositories().exists(org, each)))
    error: CannotMake | None = None
    if request.method == "POST":
        try:
            demand_creating(owner)
            copying.copy_app(repositories(), (org, app), (owner, name), me(), now())
            flash(gettext("The app is copied."), "success")
            return redirect(url_for("overview.index", org=owner, app=name))
        except (CannotMake, AlreadyThere) as problem:
            error = problem if isinstance(problem, CannotMake) else CannotMake("name", problem.sentence)
    page = render(
        "dashboard/copy.html",
        org=org,
        app=app,
        app_title=_title(org, app),
        owner=owner,
        name=name,
        organisations=(creatable := organisations_to_create_in()),
        organisation_choices=choices_of(creatable),
        errors={error.field: translate(error.sentence)} if error else {},
    )
    return page, 422 if error else 200


@bp.post("/<org>/<app>/archive")
@requires(Right.DELETE_APP)
def archive(org: str, app: str) -> ResponseReturnValue:
    """Put an app away."""
    repositories().open(org, app).archive(me(), now())
    flash(gettext("“%(title)s” is put away. You find it under Archived.", title=_title(org, app)), "success")
    return redirect(url_for(".index"))


@bp.post("/<org>/<app>/restore")
@requires(Right.DELETE_APP)
def restore(org: str, app: str) -> ResponseReturnValue:
    """Take an app that was put away into use again."""
    repositories().open(org, app).unarchive()
    flash(gettext("“%(title)s” is among your apps again.", title=_title(org, app)), "success")
    return redirect(url_for(".index"))


@bp.route("/<org>/<app>/delete", methods=["GET", "POST"])
@requires(Right.DELETE_APP)
def delete(org: str, app: str) -> ResponseReturnValue:
    """Delete an app, after its name was typed."""
    title = _title(org, app)
    error = None
    if request.method == "POST":
        try:
            deleting.demand_out_of_use(org, app)
            typed = request.form.get("confirmation", "").strip()
            deleting.delete_app(studio_db.session, repositories(), org, app, typed, now())
            flash(gettext("“%(title)s” is deleted.", title=title), "success")
            return redirect(url_for(".index"))
        except (deleting.InUse, InvalidName) as refused:
            error = translate(refused.sentence)
    page = render("dashboard/delete.html", org=org, app=app, app_title=title, error=error)
    return page, 422 if error else 200


def _title(org: str, app: str) -> str:
    return in_language(titles_of(repositories().open(org, app).files()), current_language()) or app
