"""HTTP of the table of texts: the page, its rows as they are needed, and one address for every edit."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.errors import DomainError
from studio.features import author
from studio.features.texts import page
from studio.features.texts.blueprint import bp
from studio.features.texts.commands import Asked, asked
from studio.features.texts.listing import SHOWN, Wish
from studio.features.texts.workplace import Workplace, at, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import is_htmx, translate
from studio.web.editing import Answer, fragments

_LONGEST_QUERY = 200
# The commands whose problems are said at their own field; those of others, above the table.
_AT_FIELD = frozenset({"rename", "add", "variable"})


@bp.get("/<org>/<app>/texts")
@requires(Right.EDIT)
def index(org: str, app: str) -> ResponseReturnValue:
    """All texts of the app, or those that are searched for."""
    work = here(org, app)
    return page.found_part(work) if is_htmx() else page.whole_page(work)


@bp.get("/<org>/<app>/texts/rows")
@requires(Right.EDIT)
def rows(org: str, app: str) -> ResponseReturnValue:
    """The next rows of the table."""
    return page.rows_part(here(org, app), _number(request.args.get("start", "")))


@bp.get("/<org>/<app>/texts/panel")
@requires(Right.EDIT)
def panel(org: str, app: str) -> ResponseReturnValue:
    """The panel of the chosen text."""
    return fragments(page.panel_part(here(org, app)))


@bp.get("/<org>/<app>/texts/changes")
@requires(Right.EDIT)
def changes(org: str, app: str) -> ResponseReturnValue:
    """Everything, after an undo or an edit elsewhere."""
    work = here(org, app)
    return fragments(page.found_part(work) + page.panel_part(work) + page.state_part(work, Answer()))


@bp.post("/<org>/<app>/texts/edits")
@requires(Right.EDIT)
def edits(org: str, app: str) -> ResponseReturnValue:
    """One edit: carried out on the draft, answered with what looks different now."""
    before = here(org, app)
    try:
        wanted = asked(before.app, request.form)
        after = _carried_out(before, wanted)
    except (StaleEdit, Conflict, Busy):
        raise  # 409: the browser keeps the edit
    except DomainError as problem:
        return _refused(before, problem)
    if not is_htmx():
        return redirect(
            url_for(
                "texts.index",
                org=org,
                app=app,
                selected=after.selected_key or None,
                q=after.wish.query or None,
                show=after.wish.show or None,
                lang=list(after.wish.languages) or None,
            )
        )
    answer = Answer(say=translate(wanted.say) if wanted.say else "")
    table = (
        page.found_part(after)
        if wanted.listed_anew
        else page.row_part(after, _number(request.form.get("place", "")))
    )
    return fragments(table + page.panel_part(after, answer) + page.state_part(after, answer))


def _number(given: str) -> int:
    """A place in the table; 0 for what is none."""
    return int(given) if given.isdecimal() and len(given) < 8 else 0


def here(org: str, app: str) -> Workplace:
    """The texts that this request names."""
    chosen = request.form.get("selected") or request.form.get("key") or request.args.get("selected", "")
    show = request.args.get("show", "")
    languages = tuple(request.args.getlist("lang"))
    wish = Wish(
        request.args.get("q", "").strip()[:_LONGEST_QUERY],
        show if show in SHOWN else "",
        # The editors' script names a language of its own, which is none here.
        tuple(language for language in languages if language)[:100],
    )
    return workplace(org, app, wish, chosen)


def _carried_out(work: Workplace, wanted: Asked) -> Workplace:
    """The texts after the edit. Raises DomainError, or a conflict where the draft has moved on too far."""
    if wanted.change is not None:
        base = request.form.get("base") or work.revision
        edit_id = request.form.get("edit_id") or None
        work.draft.apply(wanted.change, base, author(), now(), edit_id)
    return at(work.draft, work.org, work.app_name, work.wish, wanted.selected)


def _refused(work: Workplace, problem: DomainError) -> ResponseReturnValue:
    """422 with the problem said at the field it is about, or above the table."""
    do, words = request.form.get("do", ""), translate(problem.sentence)
    field = {"rename": "to", "add": "value", "variable": "reads"}.get(do, "")
    if do in _AT_FIELD:
        answer = Answer(problems={do: words}, written={do: request.form.get(field, "")})
    else:
        answer = Answer(problem=words)
    if is_htmx():
        return fragments(page.panel_part(work, answer) + page.state_part(work, answer), 422)
    return page.whole_page(work, answer), 422
