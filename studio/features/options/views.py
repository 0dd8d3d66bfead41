"""HTTP of option lists: all of them, one as a table, and one address for every edit of it."""

from typing import TypeVar

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.changes import SetOptions
from studio.definition.errors import DomainError
from studio.definition.option_lists import SLOTS
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft
from studio.features.options import page
from studio.features.options.blueprint import bp
from studio.features.options.commands import Asked, asked
from studio.features.options.listing import Elsewhere, Fetched, fetched, listed, standard, worked_out
from studio.features.options.workplace import Workplace, at, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import is_htmx, render, translate
from studio.web.editing import Answer, fragments
from studio.web.language import current_language

_LONGEST_QUERY = 200
Found = TypeVar("Found", Fetched, Elsewhere)
# The commands whose problems are said at their own field; those of others, above the table.
_AT_FIELD = frozenset({"add", "rename", "duplicate", "kind"})


@bp.get("/<org>/<app>/options")
@requires(Right.EDIT)
def index(org: str, app: str) -> ResponseReturnValue:
    """All option lists of the app, or those that are searched for."""
    return _index(org, app)


@bp.post("/<org>/<app>/options")
@requires(Right.EDIT)
def create(org: str, app: str) -> ResponseReturnValue:
    """A new list, empty; with `then` = table it is filled from a spreadsheet next."""
    draft, name = open_draft(org, app), request.form.get("name", "").strip()
    definition = app_definition(draft.files)
    try:
        if name.casefold() in {each.casefold() for each in definition.option_ids}:
            raise DomainError(Sentence(N_("There is already an option list %(id)s."), {"id": name}))
        draft.apply(SetOptions((), name), draft.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _index(org, app, translate(problem.sentence)), 422
    then = "options.table" if request.form.get("then") == "table" else "options.edit_list"
    return redirect(url_for(then, org=org, app=app, list_id=name))


def _index(org: str, app: str, problem: str = "") -> str:
    definition = app_definition(open_draft(org, app).files)
    query = request.args.get("q", "").strip()[:_LONGEST_QUERY]
    return render(
        "options/index.html",
        org=org,
        app=app,
        app_title=definition.title(current_language()) or app,
        lists=listed(definition, query),
        fetched=_fitting(fetched(definition), query),
        worked_out=_fitting(worked_out(definition), query),
        standard=_fitting(standard(definition), query),
        total=len(definition.option_ids),
        query=query,
        problem=problem,
        name=request.form.get("name", "") if problem else "",
    )


def _fitting(found: tuple[Found, ...], query: str) -> list[Found]:
    """Those that have every word of the query in what they are called."""
    words = query.casefold().split()
    called = [f"{each.id} {translate(each.words) if each.words else ''}".casefold() for each in found]
    return [each for each, name in zip(found, called, strict=True) if all(word in name for word in words)]


@bp.get("/<org>/<app>/options/<list_id>")
@requires(Right.EDIT)
def edit_list(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """One list, as a table."""
    return page.whole_page(here(org, app, list_id))


@bp.get("/<org>/<app>/options/<list_id>/rows")
@requires(Right.EDIT)
def rows(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """The next rows of the table."""
    return page.rows_part(here(org, app, list_id), _number(request.args.get("start", "")))


@bp.get("/<org>/<app>/options/<list_id>/panel")
@requires(Right.EDIT)
def panel(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """What stands beside the table."""
    return fragments(page.panel_part(here(org, app, list_id)))


@bp.get("/<org>/<app>/options/<list_id>/changes")
@requires(Right.EDIT)
def changes(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """Everything, after an undo or an edit elsewhere."""
    work, answer = here(org, app, list_id), Answer()
    return fragments(
        page.listing_part(work, answer, len(work.rows))
        + page.panel_part(work)
        + page.state_part(work, answer)
    )


@bp.post("/<org>/<app>/options/<list_id>/edits")
@requires(Right.EDIT)
def edits(org: str, app: str, list_id: str) -> ResponseReturnValue:
    """One edit: carried out on the draft, answered with what looks different now."""
    before = here(org, app, list_id)
    try:
        wanted = asked(before, request.form)
        _carry_out(before, wanted)
    except (StaleEdit, Conflict, Busy):
        raise  # 409: the browser keeps the edit
    except DomainError as problem:
        return _refused(before, problem)
    return _answered(before, wanted)


def _answered(before: Workplace, wanted: Asked) -> ResponseReturnValue:
    org, app = before.org, before.app_name
    if not wanted.list_id:
        goto = url_for("options.index", org=org, app=app)
        return fragments(page.state_part(before, Answer(goto=goto))) if is_htmx() else redirect(goto)
    after = at(before.draft, org, app, wanted.list_id, before.language, before.wanted_slots)
    goto = url_for(
        "options.edit_list", org=org, app=app, list_id=wanted.list_id, slot=list(after.wanted_slots) or None
    )
    if not is_htmx():
        return redirect(goto)
    if wanted.list_id != before.list_id:
        return fragments(page.state_part(after, Answer(goto=goto)))
    answer = Answer(say=translate(wanted.say) if wanted.say else "", focus=wanted.focus)
    return fragments(
        _rows_after(before, after, wanted) + page.panel_part(after) + page.state_part(after, answer)
    )


def _rows_after(before: Workplace, after: Workplace, wanted: Asked) -> str:
    """The one row that was written in; or all, where an edit changes what others show too."""
    only = wanted.row
    elsewhere = {place: found for place, found in before.faults.items() if place != only}
    same = {place: found for place, found in after.faults.items() if place != only} == elsewhere
    if only is not None and same and only < len(after.rows):
        return page.row_part(after, only)
    near = _number(request.form.get("place", "")) if request.form.get("do") == "row" else len(after.rows)
    return page.listing_part(after, Answer(), near)


def _number(given: str) -> int:
    """A place in the table; 0 for what is none."""
    return int(given) if given.isdecimal() and len(given) < 8 else 0


def here(org: str, app: str, list_id: str) -> Workplace:
    """The list that this request names."""
    slots = tuple(slot for slot in (*SLOTS, "tags") if slot in request.values.getlist("slot"))
    return workplace(org, app, list_id, request.values.get("lang", ""), slots)


def _carry_out(work: Workplace, wanted: Asked) -> None:
    """Do it. Raises DomainError, or a conflict where the draft has moved on too far."""
    if wanted.change is not None:
        base = request.form.get("base") or work.revision
        work.draft.apply(wanted.change, base, author(), now(), request.form.get("edit_id") or None)


def _refused(work: Workplace, problem: DomainError) -> ResponseReturnValue:
    """422 with the problem said at the field it is about, or above the table."""
    do, words = request.form.get("do", ""), translate(problem.sentence)
    name = f"row-{_number(request.form.get('place', ''))}" if do == "row" else do
    written = dict(request.form.items()) if do in {"row", "add"} else {do: request.form.get("to", "")}
    if do == "row" or do in _AT_FIELD:
        answer = Answer(problems={name: words}, written=written)
    else:
        answer = Answer(problem=words)
    if not is_htmx():
        return page.whole_page(work, answer), 422
    if do == "add":
        return fragments(page.listing_part(work, answer, len(work.rows)) + page.state_part(work, answer), 422)
    if do == "row":
        return fragments(page.state_part(work, Answer(problem=words)), 422)
    return fragments(page.panel_part(work, answer) + page.state_part(work, answer), 422)
