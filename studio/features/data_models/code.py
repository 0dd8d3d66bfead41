"""The text of a data model's schema: written by hand, with suggestions, and with errors where they are."""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import ReplaceSchemaText
from studio.definition.errors import DomainError, NotThere
from studio.definition.json_text.reading import BOM
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft
from studio.features.data_models.blueprint import bp
from studio.features.data_models.dialect import dialect
from studio.features.data_models.schema_marks import marks_on
from studio.features.data_models.workplace import models_of
from studio.history.draft import Draft
from studio.history.errors import Conflict, StaleEdit
from studio.web import code_editor, render, translate
from studio.web.language import current_language

_CODE: Final = "/<org>/<app>/models/<model>/code"
# Quotation marks take three bytes on their way in a form that is sent in one piece.
_LARGEST_TEXT: Final = 16 * 1024 * 1024


@bp.url_value_preprocessor
def _let_texts_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint in {"data_models.save_code", "data_models.check_code"}:
        request.max_form_memory_size = _LARGEST_TEXT


@dataclass(frozen=True)
class _Source:
    """A schema's file in a draft. It may be broken."""

    org: str
    app_name: str
    draft: Draft
    app: AppDefinition
    model: str
    path: str

    @property
    def text(self) -> str:
        """What the file says; bytes that are no text are shown as such."""
        return self.app.files[self.path].removeprefix(BOM).decode("utf-8", "replace")


@bp.get(_CODE)
@requires(Right.EDIT)
def code(org: str, app: str, model: str) -> ResponseReturnValue:
    """The schema as text."""
    source = _source(org, app, model)
    return _page(source, source.text)


@bp.post(_CODE)
@requires(Right.EDIT)
def save_code(org: str, app: str, model: str) -> ResponseReturnValue:
    """The text becomes the schema. Where it cannot, the page comes back with the text as it was written."""
    source, text = _source(org, app, model), _written()
    base = request.form.get("base") or source.draft.revision
    try:
        source.draft.apply(ReplaceSchemaText(source.model, text), base, author(), now())
    except (StaleEdit, Conflict) as problem:
        stored = _source(org, app, model)
        return _page(
            stored, text, problem=translate(problem.sentence), stored=stored.text
        ), HTTPStatus.CONFLICT
    except DomainError as problem:
        return _page(source, text, problem=translate(problem.sentence)), HTTPStatus.UNPROCESSABLE_ENTITY
    flash(gettext("The schema was saved."), "success")
    return redirect(url_for("data_models.code", org=org, app=app, model=source.model))


@bp.post(f"{_CODE}/check")
@requires(Right.EDIT)
def check_code(org: str, app: str, model: str) -> ResponseReturnValue:
    """What there is to say about a text that is being written."""
    _source(org, app, model)
    return code_editor.checked(marks_on(_written()))


@bp.get(f"{_CODE}/dialect")
@requires(Right.EDIT)
def code_dialect(org: str, app: str, model: str) -> ResponseReturnValue:
    """What can be written, for suggestions and help."""
    _source(org, app, model)
    return dialect()


def _source(org: str, app: str, model: str) -> _Source:
    """The schema that an address names. Raises NotThere."""
    draft = open_draft(org, app)
    definition = app_definition(draft.files)
    path = definition.schema_path(model)
    data_type = definition.metadata.data_type(model)
    if path is None or data_type is None:
        raise NotThere(Sentence(N_("The app has no data model %(name)s."), {"name": model}))
    return _Source(org, app, draft, definition, data_type.id, path)


def _written() -> str:
    """The text in the form; a form is sent with the line ends of Windows."""
    return request.form.get("text", "").replace("\r\n", "\n")


def _page(source: _Source, text: str, *, problem: str = "", stored: str | None = None) -> str:
    marks = marks_on(text)
    return render(
        "data_models/code.html",
        org=source.org,
        app=source.app_name,
        app_title=source.app.title(current_language()) or source.app_name,
        models=models_of(source.app),
        model_name=source.model,
        tab="code",
        language="",
        path=source.path,
        text=text,
        base=source.draft.revision,
        marks=marks,
        words=code_editor.check_words(marks),
        phrases=code_editor.phrases(),
        problem=problem,
        stored=stored,
    )
