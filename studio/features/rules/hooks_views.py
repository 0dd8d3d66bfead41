"""HTTP of the Python hooks: their files, one of them as code, and what a hook gives when it is tried."""

from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, gettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app_logic import AVAILABLE, MOST_SECONDS, OPTIONS, logic_of
from studio.definition.app_logic.beginnings import beginning, new_path
from studio.definition.changes import Change, SetFile, composite
from studio.definition.errors import DomainError
from studio.definition.process import Gateway
from studio.definition.process.naming import step_name
from studio.definition.sentences import N_, Sentence
from studio.features import author
from studio.features.rules.blueprint import bp
from studio.features.rules.hook_limits import limit_changes, written_limits
from studio.features.rules.hooks import (
    BY_NAME,
    KINDS,
    HookFile,
    hook_file,
    hook_files,
    marks_in,
    with_text,
)
from studio.features.rules.hooks_trying import Outcome, Wish, sample, servers, tried
from studio.features.rules.views import frame
from studio.features.rules.workplace import Workplace, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import code_editor, render, translate
from studio.web.language import current_language

_FILE = "/<org>/<app>/rules/hooks/file/<path:name>"


@bp.get("/<org>/<app>/rules/hooks", endpoint="hooks")
@requires(Right.VIEW)
def hooks(org: str, app: str) -> ResponseReturnValue:
    """The files of the app's logic, and what one can begin with."""
    return _list(_here(org, app))


@bp.post("/<org>/<app>/rules/hooks", endpoint="add_hook")
@requires(Right.EDIT)
def add(org: str, app: str) -> ResponseReturnValue:
    """A new file with a hook; it is worked on as code."""
    work, kind = _here(org, app), BY_NAME.get(request.form.get("kind", ""))
    try:
        if kind is None:
            raise DomainError(Sentence(N_("Choose what the code is to do.")))
        path = new_path(work.app, kind.name, request.form.get("name", "").strip())
        _apply(work, SetFile(path, beginning(work.app, kind.name).encode()))
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _list(work, translate(problem.sentence)), 422
    made = path.removeprefix(work.app.paths.logic_folder + "/").removesuffix(".py")
    return redirect(url_for("rules.hook", org=org, app=app, name=made))


@bp.post("/<org>/<app>/rules/hooks/limits", endpoint="set_hook_limits")
@requires(Right.EDIT)
def set_limits(org: str, app: str) -> ResponseReturnValue:
    """How long a hook may take and which servers it may ask: what is different from before."""
    work = _here(org, app)
    try:
        changes = limit_changes(work.app, request.form.get("seconds", ""), request.form.get("hosts", ""))
        if changes:
            _apply(work, composite(changes))
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _list(work, limit_problem=translate(problem.sentence)), 422
    return redirect(url_for("rules.hooks", org=org, app=app, saved=1, _anchor="limits"))


@bp.get(_FILE, endpoint="hook")
@requires(Right.EDIT)
def hook(org: str, app: str, name: str) -> ResponseReturnValue:
    """A file as code."""
    work = _here(org, app)
    return _page(work, hook_file(work.app, name))


@bp.post(_FILE, endpoint="save_hook")
@requires(Right.EDIT)
def save(org: str, app: str, name: str) -> ResponseReturnValue:
    """The code is kept, or tried without being kept, or the file goes away."""
    work = _here(org, app)
    file, do = hook_file(work.app, name), request.form.get("do", "")
    if do == "try":
        return _tried(work, file)
    if do == "remove":
        _apply(work, SetFile(file.path, None))
        return redirect(url_for("rules.hooks", org=org, app=app))
    if request.form.get("blob") != work.app.files.blob_id(file.path):
        return _page(work, file, stored=_text(work, file)), 409
    text = _written()
    if text != _text(work, file):
        _apply(work, SetFile(file.path, text.encode("utf-8", "replace")))
    return redirect(url_for("rules.hook", org=org, app=app, name=name, saved=1))


@bp.post(f"{_FILE}/check", endpoint="check_hook")
@requires(Right.EDIT)
def check(org: str, app: str, name: str) -> ResponseReturnValue:
    """What there is to say about code that is being written."""
    work = _here(org, app)
    file = hook_file(work.app, name)
    return code_editor.checked(marks_in(with_text(work.app, file.path, _written()), file.path))


def _tried(work: Workplace, file: HookFile) -> ResponseReturnValue:
    """What a hook gives, with the code as it is written."""
    written = with_text(work.app, file.path, _written())
    wish, problem, outcome = _wish(work, file), "", None
    try:
        outcome = tried(written, f"{work.org}/{work.app_name}", wish, now())
    except DomainError as wrong:
        problem = translate(wrong.sentence)
    status = 422 if problem else 200
    return _page(work, file, wish=wish, outcome=outcome, try_problem=problem), status


def _wish(work: Workplace, file: HookFile) -> Wish:
    named = [kind.name for kind, _ in file.hooks]
    wanted = BY_NAME.get(request.form.get("hook", ""))
    types = [kind.id for kind in work.app.metadata.data_types if kind.is_form]
    data_type = request.form.get("data_type", "")
    chosen = data_type if data_type in types else (types[0] if types else "")
    return Wish(
        wanted.name if wanted else (named[0] if named else "validate"),
        request.form.get("data") or sample(work.app, chosen),
        chosen,
        work.language,
        request.form.get("task", ""),
        request.form.get("gateway", ""),
        file.name.rpartition("/")[2],
        request.form.get("parameters", ""),
    )


def _page(
    work: Workplace,
    file: HookFile,
    *,
    stored: str | None = None,
    wish: Wish | None = None,
    outcome: Outcome | None = None,
    try_problem: str = "",
) -> str:
    text = _written() if "text" in request.form else _text(work, file)
    app = with_text(work.app, file.path, text)
    marks = marks_in(app, file.path)
    process = app.process
    kinds = [kind for kind in KINDS if (kind.name in OPTIONS) == file.name.startswith("options/")]
    types = [kind.id for kind in app.metadata.data_types if kind.is_form]
    context: dict[str, Any] = {
        **frame(work, "hooks"),
        "file": file,
        "blob": work.app.files.blob_id(file.path),
        "text": text,
        "stored": stored,
        "saved": "saved" in request.args and request.method == "GET",
        "marks": marks,
        "words": code_editor.check_words(marks),
        "phrases": code_editor.phrases(),
        "kinds": kinds,
        "modules": AVAILABLE,
        "servers": servers(app),
        "wish": wish or _wish(work, file),
        "outcome": outcome,
        "try_problem": try_problem,
        "data_types": types,
        "type_choices": [(name, name) for name in types],
        "hook_choices": [(kind.name, f"{kind.name} – {translate(kind.label)}") for kind in kinds],
        "tasks": [(task.id, task.name or task.id) for task in process.tasks] if process else [],
        "gateways": [(each.id, _name(work, each)) for each in process.gateways] if process else [],
        "severities": {
            "error": gettext("Error"),
            "warning": gettext("Warning"),
            "info": gettext("Information"),
            "success": gettext("Confirmation"),
        },
    }
    return render("rules/hook.html", **context)


def _list(work: Workplace, problem: str = "", limit_problem: str = "") -> str:
    limits = logic_of(work.app).settings
    return render(
        "rules/hooks.html",
        **frame(work, "hooks"),
        files=hook_files(work.app),
        kinds=KINDS,
        written=request.form,
        problem=problem,
        limits=limits,
        shown_seconds=format_decimal(limits.seconds),
        most_seconds=int(MOST_SECONDS),
        limits_written=written_limits(work.app),
        limit_problem=limit_problem,
        saved="saved" in request.args and request.method == "GET",
        not_allowed=sorted(frozenset(limits.hosts) - frozenset(servers(work.app))),
    )


def _name(work: Workplace, gateway: Gateway) -> str:
    return translate(step_name(work.app.process, gateway.id))


def _text(work: Workplace, file: HookFile) -> str:
    return work.app.files[file.path].decode("utf-8", "replace")


def _written() -> str:
    return request.form.get("text", "").replace("\r\n", "\n")


def _apply(work: Workplace, change: Change) -> None:
    work.draft.apply(change, work.revision, author(), now())


def _here(org: str, app: str) -> Workplace:
    return workplace(org, app, current_language())
