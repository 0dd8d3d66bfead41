"""HTTP of the data model editor: the page, its parts, and one address for every edit."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import app_definition
from studio.definition.changes import NewModel, RemoveModel
from studio.definition.changes.data_models import consequences
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.features import author, open_draft
from studio.features.data_models import editor
from studio.features.data_models.blueprint import bp
from studio.features.data_models.commands import Asked, Question, asked
from studio.features.data_models.commands.limiting import WrongLimit
from studio.features.data_models.following import followed, moved_ids
from studio.features.data_models.workplace import Spot, Workplace, at, models_of, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import is_htmx, translate
from studio.web.editing import Answer, fragments

_MODEL = "/<org>/<app>/models/<model>"
# The commands whose problems are said at their own field; those of others, above the editor.
_AT_FIELD = frozenset({"rename", "occurs", "values", "extract", "add_field", "kind"})


@bp.get("/<org>/<app>/models")
@requires(Right.EDIT)
def index(org: str, app: str) -> ResponseReturnValue:
    """The model that the bar's form names, or the app's first."""
    definition = app_definition(open_draft(org, app).files)
    models = models_of(definition)
    wanted = request.args.get("model", "")
    found = next((kind for kind in models if kind.id == wanted), models[0] if models else None)
    if found is None:
        return editor.without_models(org, app, definition)
    address = url_for(
        "data_models.editor_page", org=org, app=app, model=found.id, lang=request.args.get("lang") or None
    )
    return redirect(address)


@bp.get("/<org>/<app>/new-model")
@requires(Right.EDIT)
def making(org: str, app: str) -> ResponseReturnValue:
    """The form for a new model."""
    return editor.without_models(org, app, app_definition(open_draft(org, app).files))


@bp.post("/<org>/<app>/models")
@requires(Right.EDIT)
def new_model(org: str, app: str) -> ResponseReturnValue:
    """A new, empty model, for a step of the process or for none."""
    draft, name = open_draft(org, app), request.form.get("name", "").strip()
    task = request.form.get("task") or None
    try:
        draft.apply(NewModel(name, task), draft.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        definition = app_definition(draft.files)
        return editor.without_models(org, app, definition, translate(problem.sentence), name), 422
    return redirect(url_for("data_models.editor_page", org=org, app=app, model=name))


@bp.get(_MODEL, endpoint="editor_page")
@requires(Right.EDIT)
def editor_page(org: str, app: str, model: str) -> ResponseReturnValue:
    """The editor; where the model's file cannot be read, what is wrong with it."""
    definition = app_definition(open_draft(org, app).files)
    path = definition.schema_path(model)
    if path is not None and definition.model(model) is None:
        return editor.broken_model(org, app, definition, model, path), 422
    return editor.whole_page(_here(org, app, model))


@bp.get(f"{_MODEL}/panel")
@requires(Right.EDIT)
def panel(org: str, app: str, model: str) -> ResponseReturnValue:
    """The panel of what is selected."""
    return fragments(editor.panel_part(_here(org, app, model)))


@bp.get(f"{_MODEL}/branch")
@requires(Right.EDIT)
def branch(org: str, app: str, model: str) -> ResponseReturnValue:
    """What is inside a branch that is being opened."""
    work = _here(org, app, model)
    item = work.outline.find(request.args.get("node", ""))
    if item is None:
        raise NotThere(Sentence(N_("The field is not in the data model any more.")))
    return fragments(str(editor.tree_of(work).inside(item)))


@bp.get(f"{_MODEL}/search")
@requires(Right.EDIT)
def search(org: str, app: str, model: str) -> ResponseReturnValue:
    """The fields that a search has found."""
    return fragments(editor.results_part(_here(org, app, model)))


@bp.get(f"{_MODEL}/changes")
@requires(Right.EDIT)
def changes(org: str, app: str, model: str) -> ResponseReturnValue:
    """Everything that may have changed since what the browser shows."""
    return fragments(editor.changed_parts(_here(org, app, model), Answer(), None))


@bp.post(f"{_MODEL}/edits")
@requires(Right.EDIT)
def edits(org: str, app: str, model: str) -> ResponseReturnValue:
    """One edit: carried out on the draft, answered with the parts of the editor that look different now."""
    before = _here(org, app, model, request.form)
    try:
        wanted = asked(before.place, request.form)
        if wanted.question is not None and "sure" not in request.form:
            return _ask(before, wanted.question)
        after = _carried_out(before, wanted)
    except (StaleEdit, Conflict, Busy):
        raise  # 409: the browser keeps the edit
    except DomainError as problem:
        return _refused(before, problem)
    if not is_htmx():
        selected, more = after.selected.key, after.spot.more or None
        return redirect(
            editor.address(after, "editor_page", lang=after.language, selected=selected, more=more)
        )
    begin = after.selected.id if wanted.begin else ""
    answer = Answer(say=translate(wanted.say) if wanted.say else "", begin=begin)
    return fragments(editor.changed_parts(after, answer, _known(before)))


@bp.post(f"{_MODEL}/removal")
@requires(Right.EDIT)
def remove_model(org: str, app: str, model: str) -> ResponseReturnValue:
    """The whole model away; what loses its place is shown first."""
    work = _here(org, app, model, request.form)
    change = RemoveModel(work.name)
    try:
        if "sure" not in request.form:
            words = Sentence(N_("Delete the data model %(name)s and all its fields?"), {"name": work.name})
            uses = consequences(work.app, change)
            question = Question(words, uses, Sentence(N_("Delete the data model")), harms=True)
            return _ask(work, question)
        work.draft.apply(change, work.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _refused(work, problem)
    return _gone_to(work, url_for("data_models.index", org=org, app=app))


def _gone_to(work: Workplace, address: str) -> ResponseReturnValue:
    if is_htmx():
        return fragments(editor.state_part(work, Answer(goto=address)))
    return redirect(address)


def _here(org: str, app: str, model: str, form: Mapping[str, Any] | None = None) -> Workplace:
    values = request.args if form is None else request.form
    opened = values.get("open")
    spot = Spot(
        language=request.args.get("lang", "") or request.form.get("lang", ""),
        selected=values.get("selected", ""),
        opened=None if opened is None else frozenset(opened.split()),
        more="more" in values,
        query=values.get("q", "").strip()[:200],
        top=values.get("top", ""),
    )
    work = workplace(org, app, model, spot)
    pointed = request.args.get("pointer")
    if pointed is None or spot.selected:
        return work
    item = work.outline.at(pointed)
    return work if item is None else workplace(org, app, model, replace(spot, selected=item.key))


def _carried_out(work: Workplace, wanted: Asked) -> Workplace:
    """The place after the edit. Raises DomainError, or a conflict where the draft has moved on too far."""
    draft, form = work.draft, request.form
    if wanted.change is None:
        return _with(work, work, wanted)
    base = form.get("base") or work.revision
    draft.apply(wanted.change, base, author(), now(), form.get("edit_id") or None)
    return _with(work, at(draft, work.org, work.app_name, work.name, work.spot), wanted)


def _with(before: Workplace, now_there: Workplace, wanted: Asked) -> Workplace:
    """The place with what is chosen and opened after an edit."""
    spot = before.spot
    if wanted.after is not None:
        spot = replace(spot, selected=followed(now_there.outline, wanted.after) or spot.selected)
    opened = spot.opened
    if opened is not None and wanted.after is not None and wanted.after.moved is not None:
        opened = opened | moved_ids(before.outline, now_there.outline, opened, wanted.after.moved)
    return replace(now_there, spot=replace(spot, opened=opened))


def _known(before: Workplace) -> Workplace | None:
    """The place as the browser shows it; None where the browser shows an older state."""
    return before if request.form.get("base") == before.revision else None


def _ask(work: Workplace, question: Question) -> ResponseReturnValue:
    """Nothing is done yet: the places that the edit touches, and the edit again as a form."""
    address = request.full_path if request.query_string else request.path
    asking = editor.asking(work, question, list(request.form.items(multi=True)), address)
    if is_htmx():
        return fragments(editor.state_part(work, Answer(), asking))
    return editor.whole_page(work, Answer(), asking)


def _refused(work: Workplace, problem: DomainError) -> ResponseReturnValue:
    """422 with the problem said at the field it is about, or above the editor."""
    do, words = request.form.get("do", ""), translate(problem.sentence)
    if isinstance(problem, WrongLimit):
        answer = Answer(problems={problem.field: words}, written=_written(problem.field, problem.field))
    elif do in _AT_FIELD:
        answer = Answer(problems={do: words}, written=_written(do, "name" if do == "add_field" else "value"))
    else:
        answer = Answer(problem=words)
    if is_htmx():
        return fragments(editor.state_part(work, answer) + editor.panel_part(work, answer), 422)
    return editor.whole_page(work, answer), 422


def _written(field: str, name: str) -> dict[str, str]:
    """What was written in a field of the panel, to be corrected there."""
    return {field: request.form[name]} if name in request.form else {}
