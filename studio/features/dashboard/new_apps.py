"""HTTP of making a new app, and of bringing one in."""

from collections.abc import Mapping
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, current_person, may, requires, signed_in
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.definition.templates import TEMPLATES
from studio.features import repositories
from studio.features.dashboard import importing, service
from studio.features.dashboard.blueprint import bp
from studio.features.dashboard.creators import choices_of, demand_creating, me, organisations_to_create_in
from studio.features.dashboard.forms import NameField, NewApp
from studio.features.dashboard.listing import in_language, titles_of
from studio.features.dashboard.service import CannotMake
from studio.history.errors import AlreadyThere
from studio.history.names import InvalidName
from studio.web import render, translate
from studio.web.language import current_language

# A folder comes as one part a file. The usual limit of 1000 parts stays for everything else.
_MAX_PARTS: Final = 21_000


@bp.url_value_preprocessor
def _let_folders_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint == "dashboard.import_app":
        request.max_form_parts = _MAX_PARTS


@bp.get("/new-app")
@signed_in
def new() -> ResponseReturnValue:
    """The form of a new app."""
    return _new_page(NewApp.of(request.args, _is_taken))


@bp.post("/new-app")
@signed_in
def create() -> ResponseReturnValue:
    """Make a new app, and open it."""
    form = NewApp.of(request.form, _is_taken)
    try:
        demand_creating(form.org)
        service.create(
            repositories(),
            org=form.org,
            name=form.name.value,
            titles=form.titles,
            template=form.template,
            author=me(),
            now=now(),
        )
    except (CannotMake, AlreadyThere, InvalidName) as problem:
        return _new_page(form, problem), 422
    flash(gettext("The app is created."), "success")
    return redirect(url_for("overview.index", org=form.org, app=form.name.value))


@bp.get("/new-app/name")
@signed_in
def name() -> ResponseReturnValue:
    """The field of the name, proposed anew or checked, while the form is filled in."""
    return render("dashboard/name_field.html", field=NameField.of(request.args, _is_taken), error=None)


@bp.get("/import")
@signed_in
def import_form() -> ResponseReturnValue:
    """The form for bringing in an app."""
    return _import_page(request.args)


@bp.post("/import")
@signed_in
def import_app() -> ResponseReturnValue:
    """Import an app from a zip file, a folder or another Git server."""
    form = importing.with_name(request.form, request.files)
    try:
        demand_creating(form.get("org", ""))
        importing.bring_in(repositories(), form, request.files, me(), now())
    except DomainError as problem:
        return _import_page(form, problem), 422
    return redirect(url_for(".imported", org=form["org"], app=form["name"]))


@bp.get("/<org>/<app>/imported")
@requires(Right.VIEW)
def imported(org: str, app: str) -> ResponseReturnValue:
    """What was found in an app that was brought in."""
    files = repositories().open(org, app).files()
    return render(
        "dashboard/imported.html",
        org=org,
        app=app,
        app_title=in_language(titles_of(files), current_language()) or app,
        contents=service.contents_of(files),
    )


def _new_page(form: NewApp, problem: DomainError | None = None) -> str:
    return render(
        "dashboard/new.html",
        form=form,
        templates=TEMPLATES,
        organisations=(creatable := organisations_to_create_in()),
        organisation_choices=choices_of(creatable),
        errors=_by_field(problem, "name"),
        language=current_language(),
    )


def _import_page(form: Mapping[str, str], problem: DomainError | None = None) -> str:
    return render(
        "dashboard/import.html",
        form=form,
        organisations=(creatable := organisations_to_create_in()),
        organisation_choices=choices_of(creatable),
        errors=_by_field(problem, "source"),
        language=current_language(),
    )


def _by_field(problem: DomainError | None, otherwise: str) -> dict[str, str]:
    """An error under the field that it is about."""
    if problem is None:
        return {}
    if isinstance(problem, CannotMake):
        return {problem.field: translate(problem.sentence)}
    of_name = isinstance(problem, AlreadyThere | InvalidName)
    return {"name" if of_name else otherwise: translate(problem.sentence)}


def _is_taken(org: str, name: str) -> bool:
    # Which apps other organisations have is not for everybody to find out by trying names.
    return may(current_person(), Right.CREATE_APP, org) and repositories().exists(org, name)
