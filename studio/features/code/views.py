"""HTTP of the files of an app: all of them, and new, moved and removed ones."""

from typing import Any, Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import AddFile, Change, MoveFiles, RemoveFiles, SetFile, composite
from studio.definition.checks import check
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft
from studio.features.code.blueprint import bp
from studio.features.code.tree import Folder, tree
from studio.history.draft import Draft
from studio.web import render, translate
from studio.web.language import current_language

_LARGEST_UPLOAD: Final = 20 * 1024 * 1024  # bytes, all files together
_MOST_AT_ONCE: Final = 200


@bp.get("/<org>/<app>/code")
@requires(Right.EDIT)
def index(org: str, app: str) -> ResponseReturnValue:
    """All files, with what can be done to them as a whole."""
    return page(org, app, open_draft(org, app))


@bp.get("/<org>/<app>/code/open")
@requires(Right.EDIT)
def open_file(org: str, app: str) -> ResponseReturnValue:
    """To the file that a form names."""
    return redirect(url_for("code.file", org=org, app=app, path=request.args.get("path") or "-"))


@bp.post("/<org>/<app>/code")
@requires(Right.EDIT)
def do(org: str, app: str) -> ResponseReturnValue:
    """A new file, other paths, removed or uploaded files: each one change, that can be undone."""
    draft = open_draft(org, app)
    definition = app_definition(draft.files)
    try:
        change, path = _asked(definition)
        draft.apply(change, draft.revision, author(), now())
    except DomainError as problem:
        return page(org, app, draft, translate(problem.sentence)), 422
    flash(translate(change.sentence(definition)), "success")
    if path is None:
        return redirect(url_for("code.index", org=org, app=app))
    return redirect(url_for("code.file", org=org, app=app, path=path))


def page(org: str, app: str, draft: Draft, problem: str = "") -> str:
    """The screen without a file."""
    definition = app_definition(draft.files)
    return render(
        "code/index.html",
        **frame(org, app, definition),
        root=tree_of(draft, definition),
        problem=problem,
        written={name: request.form.get(name, "") for name in ("path", "to")},
    )


def frame(org: str, app: str, definition: AppDefinition) -> dict[str, Any]:
    """What every page of the screen needs."""
    return {
        "org": org,
        "app": app,
        "app_title": definition.title(current_language()) or app,
        "all_paths": sorted(definition.files),
    }


def tree_of(draft: Draft, definition: AppDefinition) -> Folder:
    """The files of a draft, with those marked that differ from the branch or have errors."""
    files, shared = draft.files, draft.base_files
    changed = frozenset(
        path for path in files if path not in shared or shared.blob_id(path) != files.blob_id(path)
    )
    wrong = frozenset(each.place.path for each in check(definition) if each.severity == "error")
    return tree(files, changed, wrong)


def _asked(app: AppDefinition) -> tuple[Change, str | None]:
    """The change that a form asks for, and the file to be shown after it."""
    form = request.form
    path, to = form.get("path", "").strip(), form.get("to", "").strip()
    what = form.get("do")
    if what == "new":
        return AddFile(path), path
    if what == "move":
        return MoveFiles(_moved(app, path, to)), to if path in app.files else None
    if what == "remove":
        return RemoveFiles(tuple(_below(app, path))), None
    if what == "upload":
        return composite(_uploaded(form.get("path", "").strip().strip("/"))), None
    raise DomainError(Sentence(N_("This cannot be done to a file.")))


def _below(app: AppDefinition, path: str) -> list[str]:
    """The file, or all files of the folder. Raises DomainError where there is neither."""
    found = [path] if path in app.files else app.files.under(path) if path else []
    if not found:
        raise DomainError(Sentence(N_("The file %(path)s does not exist."), {"path": path}))
    return found


def _moved(app: AppDefinition, path: str, to: str) -> dict[str, str]:
    return {each: f"{to}{each.removeprefix(path)}" for each in _below(app, path)}


def _uploaded(folder: str) -> list[SetFile]:
    """Files that were sent, in a folder; what is there under the same name is replaced."""
    given = [each for each in request.files.getlist("file") if each.filename]
    if not given or len(given) > _MOST_AT_ONCE:
        message = N_("Choose from one to %(count)s files.")
        raise DomainError(Sentence(message, {"count": _MOST_AT_ONCE}))
    found, left = [], _LARGEST_UPLOAD
    for each in given:
        data = each.stream.read(left + 1)
        left -= len(data)
        if left < 0:
            message = N_("The files are larger than %(size)s MB together. Use Git for files of that size.")
            raise DomainError(Sentence(message, {"size": _LARGEST_UPLOAD // 1024 // 1024}))
        name = (each.filename or "").replace("\\", "/").rpartition("/")[2]
        found.append(SetFile(f"{folder}/{name}" if folder else name, data))
    return found
