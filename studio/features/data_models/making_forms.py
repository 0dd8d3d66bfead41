"""A form made from a model: which fields, and where in which form they go."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.app import AppDefinition, LayoutSet, app_definition
from studio.definition.changes import MakeForm
from studio.definition.changes.making_forms import bound_paths
from studio.definition.changes.naming_ids import words_of
from studio.definition.components import CATALOGUE
from studio.definition.components.fitting import fitting
from studio.definition.data_model.form_fields import FormField, form_fields
from studio.definition.errors import DomainError
from studio.definition.naming import page_name
from studio.definition.sentences import N_, Sentence
from studio.features import author
from studio.features.data_models.blueprint import bp
from studio.features.data_models.workplace import Workplace, models_of, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import render, translate
from studio.web.language import current_language
from studio.web.navigation import has_page

_FORM: Final = "/<org>/<app>/models/<model>/form"
_PER_GROUP: Final = ""


@dataclass(frozen=True)
class ChoiceRow:
    """A field that can be chosen, or a group of them. `state`: free, taken (in the form already) or unfit."""

    path: str
    title: str
    name: str
    shape: str
    becomes: Sentence
    icon: str
    state: str
    required: bool
    ticked: bool
    children: tuple["ChoiceRow", ...] = ()

    @property
    def count(self) -> int:
        """How many answers there are in it."""
        return sum(child.count for child in self.children) if self.children else 1


@bp.get(_FORM)
@requires(Right.EDIT)
def make_form(org: str, app: str, model: str) -> ResponseReturnValue:
    """The fields to choose from, and the places where they can go."""
    work = workplace(org, app, model)
    return _page(work, _layout_set(work.app, request.args.get("layout_set", ""), work.name))


@bp.post(_FORM, endpoint="made_form")
@requires(Right.EDIT)
def made_form(org: str, app: str, model: str) -> ResponseReturnValue:
    """Make the components, and show the page they are on."""
    work = workplace(org, app, model)
    layout_set = _layout_set(work.app, request.form.get("layout_set", ""), work.name)
    if layout_set is None:
        return _page(work, None), HTTPStatus.UNPROCESSABLE_ENTITY
    fields = _chosen(work, layout_set)
    page = request.form.get("new_page", "").strip() or request.form.get("page", _PER_GROUP)
    change = MakeForm(layout_set.id, work.name, fields, page or None)
    try:
        work.draft.apply(change, request.form.get("base") or work.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        page_again = _page(work, layout_set, translate(problem.sentence), frozenset(fields))
        return page_again, HTTPStatus.UNPROCESSABLE_ENTITY
    count = len(fields)
    flash(ngettext("One field is now in the form.", "%(num)s fields are now in the form.", count), "success")
    return redirect(_address_after(work, layout_set, page))


def _address_after(work: Workplace, before: LayoutSet, page: str) -> str:
    """Where the new components are: their page, or the first of the new pages."""
    if not has_page("layouts.page"):
        return url_for("data_models.make_form", org=work.org, app=work.app_name, model=work.name)
    after = app_definition(work.draft.files).layout_set(before.id)
    fresh = [found.name for found in (after.pages if after else ()) if before.page(found.name) is None]
    names = [page, *fresh, *(found.name for found in before.pages)]
    shown = next((name for name in names if name and after and after.page(name)), "")
    if not shown:
        return url_for("layouts.index", org=work.org, app=work.app_name)
    return url_for("layouts.page", org=work.org, app=work.app_name, layout_set=before.id, page=shown)


def _layout_set(app: AppDefinition, wanted: str, model: str) -> LayoutSet | None:
    """The form that was asked for; else the first that keeps its answers in the model, else the first."""
    named = app.layout_set(wanted)
    own = (found for found in app.layout_sets if found.data_type == model)
    return named or next(own, next(iter(app.layout_sets), None))


def _chosen(work: Workplace, layout_set: LayoutSet) -> tuple[str, ...]:
    """The answers that the form of the page names: one by one, by their group, or by a rule."""
    taken = bound_paths(layout_set, work.name)
    answers = [
        answer for field in form_fields(work.model) for answer in field.answers if answer.path not in taken
    ]
    which = request.form.get("which", "ticked")
    if which == "all":
        return tuple(answer.path for answer in answers)
    if which == "required":
        return tuple(answer.path for answer in answers if answer.required)
    ticked, groups = set(request.form.getlist("fields")), request.form.getlist("groups")
    within = tuple(f"{group}." for group in groups)
    # What was ticked and is gone by now is left in, so that it is said.
    known = {answer.path for answer in answers}
    chosen = [path for path in known if path in ticked or path.startswith(within)]
    order = {answer.path: place for place, answer in enumerate(answers)}
    return (*sorted(chosen, key=order.__getitem__), *sorted(ticked - known - taken))


def _page(
    work: Workplace, layout_set: LayoutSet | None, problem: str = "", ticked: frozenset[str] | None = None
) -> str:
    fields = form_fields(work.model)
    taken = bound_paths(layout_set, work.name) if layout_set else frozenset[str]()
    if ticked is None:
        ticked = _proposed(fields, taken)
    return render(
        "data_models/make_form.html",
        org=work.org,
        app=work.app_name,
        app_title=work.app.title(current_language()) or work.app_name,
        models=models_of(work.app),
        model_name=work.name,
        tab="form",
        language=work.language,
        rows=tuple(_rows(work, fields, taken, ticked)),
        layout_sets=[(found.id, _set_label(found)) for found in work.app.layout_sets],
        layout_set=layout_set.id if layout_set else "",
        pages=_places(work.app, layout_set),
        page=request.form.get("page", _PER_GROUP),
        new_page=request.form.get("new_page", ""),
        which=request.form.get("which", "ticked"),
        base=work.revision,
        problem=problem,
    )


def _proposed(fields: Sequence[FormField], taken: frozenset[str]) -> frozenset[str]:
    """What is ticked from the start: what must be answered; everything, where nothing must."""
    answers = [answer for field in fields for answer in field.answers if answer.path not in taken]
    required = frozenset(answer.path for answer in answers if answer.required)
    return required or frozenset(answer.path for answer in answers)


def _places(app: AppDefinition, layout_set: LayoutSet | None) -> list[tuple[str, str]]:
    pages = layout_set.pages if layout_set else ()
    per_group = (_PER_GROUP, gettext("A new page for each group at the top"))
    return [per_group, *((found.name, page_name(app, found.name)) for found in pages)]


def _set_label(layout_set: LayoutSet) -> str:
    return f"{layout_set.id} ({layout_set.data_type})" if layout_set.data_type else layout_set.id


def _rows(
    work: Workplace, fields: Sequence[FormField], taken: frozenset[str], ticked: frozenset[str]
) -> Iterator[ChoiceRow]:
    for field in fields:
        inside = tuple(_rows(work, field.children, taken, ticked))
        state = "free"
        if field.shape == "unfit":
            state = "unfit"
        elif field.shape == "answer" and field.path in taken:
            state = "taken"
        becomes, icon = _becomes(work, field)
        yield ChoiceRow(
            path=field.path,
            title=field.named.title or words_of(field.named.name),
            name=field.named.name,
            shape=field.shape,
            becomes=becomes,
            icon=icon,
            state=state,
            required=field.shape == "answer" and field.required,
            ticked=field.path in ticked,
            children=inside,
        )


def _becomes(work: Workplace, field: FormField) -> tuple[Sentence, str]:
    """The component that is made for a field, in words, and its icon."""
    if field.shape == "unfit":
        return Sentence(N_("No component holds this")), "Minus"
    if field.shape == "answer":
        kind = fitting(field.field, work.app.generation).kind
    else:
        kind = CATALOGUE["RepeatingGroup" if field.shape == "rows" else "Group"]
    return kind.label, kind.icon
