"""HTTP of the layout editor: the page, its panel, and one address for every edit."""

import json
from dataclasses import asdict, replace
from typing import Any

from flask import Blueprint, Response, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.changes import AddPage
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.definition.snippets import taken
from studio.features import author, open_draft
from studio.features.layouts import editor
from studio.features.layouts.commands import Asked, Form, asked
from studio.features.layouts.left_behind import left_behind
from studio.features.layouts.naming import page_name
from studio.features.layouts.specimens import specimens
from studio.features.layouts.workplace import Spot, Workplace, at, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import is_htmx, translate
from studio.web.editing import Answer, fragments

bp = Blueprint("layouts", __name__, template_folder="templates")

PAGE = "/<org>/<app>/form/<layout_set>/<page>"
# A clipboard full of components is larger than other forms, and takes three bytes a sign on its way.
LARGEST_EDIT = 8 * 1024 * 1024


@bp.url_value_preprocessor
def _let_clipboards_in(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    if endpoint in {"layouts.edits", "layouts.bring_sent", "layouts.take_sent"}:
        request.max_form_memory_size = LARGEST_EDIT


@bp.get("/<org>/<app>/form")
@requires(Right.EDIT)
def index(org: str, app: str) -> ResponseReturnValue:
    """The first page of the app, or of the layout set that the bar's form names."""
    definition = app_definition(open_draft(org, app).files)
    sets = [found for found in definition.layout_sets if found.pages]
    wanted = request.args.get("layout_set")
    layout_set = next((found for found in sets if found.id == wanted), sets[0] if sets else None)
    if layout_set is None:
        return editor.without_pages(org, app, definition)
    named = layout_set.page(request.args.get("page", ""))
    page = named or layout_set.pages[0]
    return redirect(
        url_for(
            "layouts.page",
            org=org,
            app=app,
            layout_set=layout_set.id,
            page=page.name,
            lang=request.args.get("lang"),
        )
    )


@bp.post("/<org>/<app>/form")
@requires(Right.EDIT)
def first_page(org: str, app: str) -> ResponseReturnValue:
    """The first page of a layout set that has none."""
    draft, name = open_draft(org, app), request.form.get("layout_set", "")
    if app_definition(draft.files).layout_set(name) is None:
        raise NotThere(Sentence(N_("The app has no layout set %(name)s."), {"name": name}))
    draft.apply(AddPage(name, page_name("side", ())), draft.revision, author(), now())
    return redirect(url_for("layouts.index", org=org, app=app, layout_set=name))


@bp.get(PAGE)
@requires(Right.EDIT)
def page(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """The editor."""
    return editor.whole_page(_here(org, app, layout_set, page))


@bp.get(f"{PAGE}/panel")
@requires(Right.EDIT)
def panel(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """The panel of what is selected."""
    return fragments(editor.panel_part(_here(org, app, layout_set, page)))


@bp.get(f"{PAGE}/found")
@requires(Right.EDIT)
def found(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """The components that a search finds on all pages."""
    return fragments(editor.found_part(_here(org, app, layout_set, page)))


@bp.get(f"{PAGE}/specimens")
@requires(Right.EDIT)
def new_ones(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """What a new component of each type looks like, so that it can be shown before it is saved."""
    return {type_: asdict(found) for type_, found in specimens(_here(org, app, layout_set, page)).items()}


@bp.get(f"{PAGE}/changes")
@requires(Right.EDIT)
def changes(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """Everything that may have changed since what the browser shows."""
    work = _here(org, app, layout_set, page)
    return fragments(editor.changed_parts(work, Answer(), None))


@bp.get(f"{PAGE}/components")
@requires(Right.EDIT)
def components(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """Components with everything inside them and their texts in every language, for the clipboard."""
    work = _here(org, app, layout_set, page)
    chosen = work.place.components(request.args.getlist("ids"))
    content = json.dumps(taken(work.app, work.layout_set, chosen).to_dict(), ensure_ascii=False)
    answer = Response(content, mimetype="application/json")
    if "download" in request.args:
        answer.headers["Content-Disposition"] = 'attachment; filename="components.json"'
    return answer


@bp.post(f"{PAGE}/edits")
@requires(Right.EDIT)
def edits(org: str, app: str, layout_set: str, page: str) -> ResponseReturnValue:
    """One edit: carried out on the draft, answered with the parts of the editor that look different now."""
    form = _edit_form()
    before = _here(org, app, layout_set, page, form)
    try:
        wanted = asked(before.place, form)
        after = _carried_out(before, wanted)
    except (StaleEdit, Conflict, Busy):
        raise  # 409: the browser keeps the edit
    except DomainError as problem:
        return _refused(before, problem)
    if wanted.page is not None and (wanted.page != before.page.name or not is_htmx()):
        return _gone_to(after, wanted.page)
    if not is_htmx():
        return redirect(
            editor.address(
                after,
                "page",
                lang=after.language,
                selected=list(after.chosen),
                more=after.more or None,
                _anchor=wanted.focus or None,
            )
        )
    later = "later" in form and not wanted.focus
    answer = replace(_said(wanted), note=left_behind(before, after))
    return fragments(editor.changed_parts(after, answer, _known(before), later=later))


def _here(org: str, app: str, layout_set: str, page: str, form: Form | None = None) -> Workplace:
    values = request.args if form is None else form
    language = request.args.get("lang", "") or request.form.get("lang", "")
    selected, find = tuple(values.getlist("selected")), values.get("find", "").strip()
    return workplace(org, app, Spot(layout_set, page, language, selected, "more" in values, find))


def _edit_form() -> Form:
    """The form of an edit; `together` holds the ids of a selection of many in one field, as JSON."""
    form = MultiDict(request.form)
    try:
        ids = json.loads(form.get("together", "[]"))
    except (ValueError, RecursionError):
        ids = []
    names = [name for name in ids if isinstance(name, str)] if isinstance(ids, list) else []
    for field in ("ids", "selected"):
        if names and field not in form:
            form.setlist(field, names)
    return form


def _carried_out(work: Workplace, wanted: Asked) -> Workplace:
    """The place after the edit. Raises DomainError, or a conflict where the draft has moved on too far."""
    draft, form = work.draft, request.form
    if wanted.change is not None:
        base = form.get("base") or work.revision
        draft.apply(wanted.change, base, author(), now(), form.get("edit_id") or None)
    app = app_definition(draft.files)
    layout_set = app.layout_set(work.layout_set.id)
    here = layout_set.page(work.page.name) if layout_set else None
    name = here.name if here else wanted.page or work.page.name
    selected = _selected_after(work, app_page=layout_set.page(name) if layout_set else None, wanted=wanted)
    return at(
        draft, work.org, work.app_name, Spot(work.layout_set.id, name, work.language, selected, work.more)
    )


def _selected_after(work: Workplace, app_page: Any, wanted: Asked) -> tuple[str, ...]:
    """What the command says; after pasting and duplicating, the components that were not there before."""
    if request.form.get("do") in {"paste", "duplicate"} and app_page is not None:
        known = {component.id for component in work.page.components}
        fresh = [component for component in app_page.components if component.id not in known]
        names = {component.id for component in fresh}
        return tuple(component.id for component in fresh if component.parent_id not in names)
    if wanted.selected or request.form.get("do") == "remove":
        return wanted.selected
    return work.selected


def _known(before: Workplace) -> Workplace | None:
    """The place as the browser shows it; None where the browser shows an older state."""
    return before if request.form.get("base") == before.revision else None


def _said(wanted: Asked) -> Answer:
    return Answer(say=translate(wanted.say) if wanted.say else "", begin=wanted.begin, focus=wanted.focus)


def _gone_to(work: Workplace, page: str) -> ResponseReturnValue:
    if not page:
        target = url_for("layouts.index", org=work.org, app=work.app_name)
    else:
        target = editor.address(work, "page", page, lang=work.language)
    if not is_htmx():
        return redirect(target)
    return fragments(editor.panel_part(work) + _state(work, target))


def _state(work: Workplace, target: str) -> str:
    return editor.state_part(work, Answer(goto=target))


def _refused(work: Workplace, problem: DomainError) -> ResponseReturnValue:
    """422 with the problem said at the field it is about, or above the editor."""
    form, words = request.form, translate(problem.sentence)
    at_part = form.get("do") == "set" or form.get("do", "").startswith("part_")
    field = f"set{form.get('pointer', '')}" if at_part else form.get("do", "")
    at_field = at_part or form.get("do") in {
        "rename",
        "bind",
        "create_field",
        "make_subform",
        "options",
        "page_rename",
    }
    answer = Answer(problems={field: words}) if at_field else Answer(problem=words)
    if is_htmx():
        return fragments(editor.state_part(work, answer) + editor.panel_part(work, answer), 422)
    return editor.whole_page(work, answer), 422
