"""HTTP of one file: shown, saved, and where the same thing is edited without its text."""

from http import HTTPStatus
from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import Change, ReplaceSchemaText, SetFile
from studio.definition.code import text as texts
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.features import author
from studio.features.code.blueprint import bp
from studio.features.code.design import line_at, line_of_component, line_of_text, screen_of
from studio.features.code.kinds import kind_of
from studio.features.code.marks import findings_of, marks_on
from studio.features.code.opened import LARGEST, Opened, opened
from studio.features.code.views import frame, tree_of
from studio.history.errors import Conflict, StaleEdit
from studio.web import code_editor, render, translate
from studio.web.navigation import has_page

_FILE: Final = "/<org>/<app>/code/file/<path:path>"
# Signs that are spelled out take three bytes on their way in a form.
_LARGEST_FORM: Final = 4 * LARGEST


@bp.url_value_preprocessor
def _let_texts_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint in {"code.save", "code.check_text", "code.mend"}:
        request.max_form_memory_size = _LARGEST_FORM


@bp.get(_FILE)
@requires(Right.EDIT)
def file(org: str, app: str, path: str) -> ResponseReturnValue:
    """A file: its text in the editor, or what can be said of one that is none."""
    source = opened(org, app, path)
    if request.accept_mimetypes.best == "application/json":
        return _state(source)
    return _page(source, source.text)


@bp.post(_FILE)
@requires(Right.EDIT)
def save(org: str, app: str, path: str) -> ResponseReturnValue:
    """The text becomes the file's. Where another edit is in its way, both texts are shown."""
    source, text = opened(org, app, path), request.form.get("text", "")
    wants_json = request.accept_mimetypes.best == "application/json"
    try:
        _save(source, text)
    except (StaleEdit, Conflict) as problem:
        if wants_json:
            raise  # 409: the browser keeps the text
        newest = opened(org, app, path)
        return _page(newest, _lines(text), stored=newest.text, problem=translate(problem.sentence)), 409
    except DomainError as problem:
        if wants_json:
            raise
        shown = _page(source, _lines(text), problem=translate(problem.sentence))
        return shown, HTTPStatus.UNPROCESSABLE_ENTITY
    if wants_json:
        return _state(opened(org, app, path))
    flash(gettext("The file was saved."), "success")
    return redirect(url_for("code.file", org=org, app=app, path=path))


@bp.post("/<org>/<app>/code/mend/<path:path>")
@requires(Right.EDIT)
def mend(org: str, app: str, path: str) -> ResponseReturnValue:
    """Save what was typed, and carry out the fix of one finding in it: an edit that can be undone."""
    source, text = opened(org, app, path), request.form.get("text")
    if text is not None and _lines(text) != source.text:
        _save(source, text)
        source = opened(org, app, path)
    wanted = request.form.get("finding", "")
    found = next((each for each in findings_of(source.draft.files, path) if each.key == wanted), None)
    change = found.fix if found else None
    if not isinstance(change, Change):
        raise DomainError(Sentence(N_("The app check does not say this any more.")))
    source.draft.apply(change, source.draft.revision, author(), now())
    said = translate(change.sentence(source.app)).replace("*", "")
    if request.accept_mimetypes.best == "application/json":
        return _state(opened(org, app, path)) | {"said": said}
    flash(said, "success")
    return redirect(url_for("code.file", org=org, app=app, path=path))


@bp.get("/<org>/<app>/code/screen/<path:path>")
@requires(Right.EDIT)
def screen(org: str, app: str, path: str) -> ResponseReturnValue:
    """To the screen that shows what stands at a place ("pointer") of a file."""
    source = opened(org, app, path)
    found = screen_of(source.app, path, request.args.get("pointer", ""))
    address = found.address(org, app) if found else None
    if address is None:
        raise NotThere(Sentence(N_("No other screen shows the file %(path)s."), {"path": path}))
    return redirect(address)


def _save(source: Opened, text: str) -> None:
    if not source.is_editable:
        message = N_("The file %(path)s cannot be edited here.")
        raise DomainError(Sentence(message, {"path": source.path}))
    data = texts.written(text, source.data)
    if len(data) > LARGEST:
        message = N_("The text is larger than %(size)s kB, and was not saved.")
        raise DomainError(Sentence(message, {"size": LARGEST // 1024}))
    base = request.form.get("base") or source.revision
    edit_id = request.form.get("edit_id") or None
    try:
        source.draft.apply(_change(source, data), base, author(), now(), edit_id)
    except (StaleEdit, Conflict):
        raise
    except DomainError:
        # Half a schema is kept as what it is, a file; the check names what is wrong with it.
        source.draft.apply(SetFile(source.path, data), base, author(), now(), edit_id)


def _change(source: Opened, data: bytes) -> Change:
    """What saving means: the files that follow from a data model's schema follow it."""
    for data_type in source.app.metadata.data_types:
        if source.app.schema_path(data_type.id) == source.path:
            return ReplaceSchemaText(data_type.id, texts.Text(data.decode()).text)
    return SetFile(source.path, data)


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n")


def _state(source: Opened) -> dict[str, Any]:
    """A file as the browser asks for it."""
    return {"text": source.text, "revision": source.revision, "editable": source.is_editable}


def _page(source: Opened, text: str, *, stored: str | None = None, problem: str = "") -> str:
    data = source.data if text == source.text else texts.written(text, source.data)
    marks = marks_on(source.draft.files, source.path, data) if source.is_editable else ()
    found = screen_of(source.app, source.path, request.args.get("pointer", ""))
    return render(
        "code/file.html",
        **frame(source.org, source.app_name, source.app),
        root=tree_of(source.draft, source.app),
        path=source.path,
        source=source,
        mode=kind_of(source.path).mode,
        text=text,
        line=_line(source),
        marks=marks,
        words=code_editor.check_words(marks),
        phrases=code_editor.phrases(),
        schema=_schema_address(source),
        screen=found if found and found.address(source.org, source.app_name) else None,
        stored=stored,
        problem=problem,
    )


def _schema_address(source: Opened) -> str | None:
    """Where the editor asks what can be written in the file."""
    app = source.app
    for data_type in app.metadata.data_types:
        if source.path == app.schema_path(data_type.id) and has_page("data_models.code_dialect"):
            return url_for(
                "data_models.code_dialect", org=source.org, app=source.app_name, model=data_type.id
            )
    if kind_of(source.path).mode not in {"json", "xml"}:
        return None
    return url_for("code.schema", org=source.org, app=source.app_name, path=source.path)


def _line(source: Opened) -> int:
    """The line that the address points to: "line", "component", "text" (a key) or "pointer"."""
    args = request.args
    if "text" in args:
        return line_of_text(source.app, source.path, args["text"])
    if "component" in args:
        return line_of_component(source.app, source.path, args["component"])
    if "pointer" in args:
        return line_at(source.data, args["pointer"])
    return args.get("line", 1, type=int)
