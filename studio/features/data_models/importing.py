"""Data models from files: chosen, looked at as the fields they will be, and then brought in."""

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import Change
from studio.definition.changes.data_models import consequences
from studio.definition.errors import DomainError
from studio.features import author, open_draft
from studio.features.data_models.arriving import Arriving, main_of
from studio.features.data_models.blueprint import bp
from studio.features.data_models.field_preview import PreviewRow, preview_rows
from studio.features.data_models.uploads import packed, read_uploads, unpacked
from studio.features.data_models.uses import UseRow, use_rows
from studio.features.data_models.workplace import models_of, tasks_without_model
from studio.history.draft import Draft
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import render, translate
from studio.web.language import current_language

# Not below models/, where it would stand in the way of a model of this name.
_IMPORT: Final = "/<org>/<app>/import-model"
# Files travel packed in the form; the largest models of today come to a tenth of this.
_LARGEST_FORM: Final = 40 * 1024 * 1024
_NEW: Final = ""


@bp.url_value_preprocessor
def _let_files_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint in {"data_models.preview_import", "data_models.apply_import"}:
        request.max_form_memory_size = _LARGEST_FORM


@dataclass(frozen=True)
class _Wanted:
    """What the form of the preview says: where the model goes."""

    name: str
    target: str  # the model in whose place it goes; "" for a new one
    task: str | None
    sure: bool


@bp.get(_IMPORT)
@requires(Right.EDIT)
def import_form(org: str, app: str) -> ResponseReturnValue:
    """Where files are chosen."""
    return _choosing(org, app, open_draft(org, app))


@bp.post(_IMPORT)
@requires(Right.EDIT)
def preview_import(org: str, app: str) -> ResponseReturnValue:
    """What will be made of the files. Nothing is made yet."""
    draft = open_draft(org, app)
    try:
        arriving = _arriving(app_definition(draft.files))
    except DomainError as problem:
        return _choosing(org, app, draft, translate(problem.sentence)), HTTPStatus.UNPROCESSABLE_ENTITY
    return _preview(org, app, draft, arriving)


@bp.post(f"{_IMPORT}/apply")
@requires(Right.EDIT)
def apply_import(org: str, app: str) -> ResponseReturnValue:
    """Bring the model in. A model that would cost others their fields is asked about first."""
    draft = open_draft(org, app)
    try:
        arriving = _arriving(app_definition(draft.files))
    except DomainError as problem:
        return _choosing(org, app, draft, translate(problem.sentence)), HTTPStatus.UNPROCESSABLE_ENTITY
    wanted = _wanted(arriving)
    try:
        change = _change(arriving, wanted)
        if wanted.target and not wanted.sure and _lost(org, app, arriving, change):
            return _preview(org, app, draft, arriving, asks=True)
        draft.apply(change, request.form.get("base") or draft.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        page = _preview(org, app, draft, arriving, problem=translate(problem.sentence))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    model = wanted.target or wanted.name
    flash(gettext("The data model %(name)s was imported.", name=model), "success")
    return redirect(url_for("data_models.editor_page", org=org, app=app, model=model))


def _arriving(definition: AppDefinition) -> Arriving:
    """The files of the form: chosen now, or carried along. Raises DomainError."""
    form = request.form
    chosen = request.files.getlist("files")
    files = unpacked(form["carried"]) if form.get("carried") else read_uploads(chosen)
    main = form.get("main", "")
    return Arriving(definition, files, main if main in files else main_of(files), form.get("root", ""))


def _wanted(arriving: Arriving) -> _Wanted:
    form = request.form
    target = form.get("target", _NEW)
    known = {kind.id for kind in models_of(arriving.app)}
    return _Wanted(
        name=form.get("name", "").strip() or arriving.name,
        target=target if target in known else _NEW,
        task=form.get("task") or None,
        sure="sure" in form,
    )


def _change(arriving: Arriving, wanted: _Wanted) -> Change:
    if wanted.target:
        return arriving.in_place_of(wanted.target)
    return arriving.as_new(wanted.name, wanted.task)


def _lost(org: str, app: str, arriving: Arriving, change: Change) -> list[UseRow]:
    """The places that name fields which the model would no longer have."""
    return use_rows(org, app, consequences(arriving.app, change))


def _choosing(org: str, app: str, draft: Draft, problem: str = "") -> str:
    definition = app_definition(draft.files)
    return render("data_models/import.html", **_shared(org, app, definition), problem=problem)


def _preview(
    org: str, app: str, draft: Draft, arriving: Arriving, *, problem: str = "", asks: bool = False
) -> str:
    wanted = _wanted(arriving)
    lost: Sequence[UseRow] = ()
    if wanted.target and not arriving.is_broken:
        lost = _lost_or_none(org, app, arriving, wanted)
    rows: Sequence[PreviewRow] = preview_rows(arriving.model) if arriving.model else ()
    return render(
        "data_models/import_preview.html",
        **_shared(org, app, arriving.app),
        arriving=arriving,
        carried=packed(arriving.files),
        base=draft.revision,
        rows=rows,
        main_choices=[(name, name) for name in arriving.files],
        root_choices=[(name, name) for name in arriving.roots],
        tasks=tasks_without_model(arriving.app),
        wanted=wanted,
        lost=lost,
        asks=asks,
        problem=problem,
    )


def _lost_or_none(org: str, app: str, arriving: Arriving, wanted: _Wanted) -> list[UseRow]:
    try:
        return _lost(org, app, arriving, _change(arriving, wanted))
    except DomainError:
        return []  # the change is impossible, which is said when it is tried


def _shared(org: str, app: str, definition: AppDefinition) -> dict[str, Any]:
    return {
        "org": org,
        "app": app,
        "app_title": definition.title(current_language()) or app,
        "models": models_of(definition),
    }
