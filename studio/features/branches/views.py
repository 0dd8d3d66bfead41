"""HTTP of branches: the list, a new one, deleting, and bringing back what was kept."""

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, current_person, may, requires
from studio.database import studio_db
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.errors import DomainError, NotThere
from studio.features import author, repositories
from studio.features.branches import service
from studio.features.branches.blueprint import bp
from studio.history.branch_rules import rules_of
from studio.history.errors import AlreadyThere
from studio.history.names import InvalidName
from studio.history.repository import MAIN, Repository
from studio.reviews.changing import remove_branch
from studio.reviews.requests import open_from
from studio.web import render, translate
from studio.web.branch_address import on_branch
from studio.web.language import current_language


@bp.get("/<org>/<app>/branches")
@requires(Right.VIEW)
def index(org: str, app: str) -> ResponseReturnValue:
    """All branches, and what is kept of those that are gone."""
    repository = repositories().open(org, app)
    person = current_person()
    edits = may(person, Right.EDIT, org)
    return render(
        "branches/page.html",
        org=org,
        app=app,
        app_title=title_of(repository),
        rows=service.rows(
            studio_db.session, repository, person.user_name, rules_of(studio_db.session, org, app)
        ),
        kept=repository.kept_drafts(person.user_name) if edits else [],
        on_branch=on_branch,
        now=now(),
    )


@bp.get("/<org>/<app>/branches/new")
@requires(Right.SHARE)
def new(org: str, app: str) -> ResponseReturnValue:
    """The form for a new branch from another one."""
    source = request.args.get("source", MAIN)
    return _form(repositories().open(org, app), source, f"{current_person().user_name}/")


@bp.post("/<org>/<app>/branches/new")
@requires(Right.SHARE)
def make(org: str, app: str) -> ResponseReturnValue:
    """Make a branch, with or without one's unshared changes."""
    repository = repositories().open(org, app)
    name = "-".join(request.form.get("name", "").split())
    source, person = request.form.get("source", MAIN), current_person().user_name
    takes_draft = "take" in request.form and repository.draft(person, source).is_changed
    try:
        if takes_draft:
            service.make_with_draft(repository, person, source, name, author(), now())
        else:
            repository.create_branch(name, source)
    except (InvalidName, AlreadyThere) as error:
        return _form(repository, source, name, translate(error.sentence)), 422
    flash(gettext("You are now on the branch “%(branch)s”.", branch=name), "success")
    return redirect(url_for("overview.index", org=org, app=on_branch(app, name)))


@bp.post("/<org>/<app>/branches/delete")
@requires(Right.SHARE)
def delete(org: str, app: str) -> ResponseReturnValue:
    """Delete a branch that is as it was when the person looked."""
    repository = repositories().open(org, app)
    name, seen = request.form.get("branch", ""), request.form.get("seen", "")
    waiting = open_from(studio_db.session, org, app, name)
    if waiting:
        flash(
            gettext(
                "Pull request %(number)s is open from “%(branch)s”. Merge or close it first.",
                number=waiting[0].number,
                branch=name,
            ),
            "warning",
        )
        return redirect(url_for(".index", org=org, app=app))
    remove_branch(studio_db.session, repository, name, seen, current_person())
    flash(gettext("The branch “%(branch)s” is deleted.", branch=name), "success")
    return redirect(url_for(".index", org=org, app=app))


@bp.post("/<org>/<app>/branches/bring-back")
@requires(Right.SHARE)
def bring_back(org: str, app: str) -> ResponseReturnValue:
    """Make a deleted branch anew for the unshared changes that are kept from it."""
    repository = repositories().open(org, app)
    name = request.form.get("branch", "")
    kept = {each.branch: each for each in repository.kept_drafts(current_person().user_name)}
    if name not in kept:
        raise NotThere(service.nothing_kept(name))
    repository.create_branch(name, kept[name].base)
    flash(gettext("The branch “%(branch)s” is back, with your changes.", branch=name), "success")
    return redirect(url_for("sharing.index", org=org, app=on_branch(app, name)))


def title_of(repository: Repository) -> str:
    """The app's title on main."""
    return app_definition(repository.files()).title(current_language()) or repository.app


def _form(repository: Repository, source: str, name: str, error: str | None = None) -> str:
    try:
        draft = repository.draft(current_person().user_name, source)
    except DomainError as problem:
        raise NotThere(problem.sentence) from problem
    return render(
        "branches/new.html",
        org=repository.org,
        app=repository.app,
        app_title=title_of(repository),
        choices=[(each, each) for each in repository.branches()],
        source=source,
        name=name,
        unshared=service.unshared_count(draft),
        error=error,
    )
