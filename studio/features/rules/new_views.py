"""HTTP of new rules: what one can begin with, and the few choices that each of them needs."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.features import author
from studio.features.rules.beginnings import (
    BEGINNINGS,
    BY_NAME,
    Beginning,
    columns,
    date_fields,
    made,
    targets,
)
from studio.features.rules.blueprint import bp
from studio.features.rules.views import frame
from studio.features.rules.workplace import Workplace, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import render, translate
from studio.web.language import current_language


@bp.get("/<org>/<app>/rules/new")
@requires(Right.EDIT)
def new(org: str, app: str) -> ResponseReturnValue:
    """What one can begin with; with `start`, the choices that it needs."""
    return _page(workplace(org, app, current_language()), BY_NAME.get(request.args.get("start", "")))


@bp.post("/<org>/<app>/rules/new")
@requires(Right.EDIT)
def make(org: str, app: str) -> ResponseReturnValue:
    """The rule, made of the choices; it is worked on in the editor."""
    work, form = workplace(org, app, current_language()), request.form
    beginning = BY_NAME.get(form.get("start", ""))
    if beginning is None:
        return _page(work, None), 422
    try:
        change, rule = made(work.app, beginning, form)
        if change is not None:
            work.draft.apply(change, work.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _page(work, beginning, translate(problem.sentence)), 422
    return redirect(url_for("rules.rule", org=org, app=app, rule=str(rule)))


def _page(work: Workplace, beginning: Beginning | None, problem: str = "") -> str:
    name = beginning.name if beginning else ""
    return render(
        "rules/new.html",
        **frame(work, "new"),
        beginnings=BEGINNINGS,
        beginning=beginning,
        targets=targets(work.app, beginning, work.language) if beginning else (),
        columns=columns(work.app, work.language) if name == "sum" else (),
        date_fields=date_fields(work.app, work.language) if name == "dates" else (),
        languages=work.app.languages or ("nb",),
        written=request.form,
        problem=problem,
    )
