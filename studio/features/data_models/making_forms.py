"""A form made from a model: which fields, and where in which form they go."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
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
from studio.definition.errors import DomainError, NotThere
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
# A model of more fields than this is shown group by group, but for groups that are small.
_LARGE: Final = 600
_MOST_AT_ONCE: Final = 20


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
    # Of a group: how many answers are in it, and how many of them the form lacks.
    count: int = 0
    free: int = 0
    # What a search looks at: of a group that is shown later, also what is in it.
    words: str = ""
    children: tuple["ChoiceRow", ...] = ()

    @property
    def is_group(self) -> bool:
        """Whether other fields are in it. Without `children` they are shown when it is opened."""
        return self.shape in {"group", "rows"}


@bp.get(_FORM)
@requires(Right.EDIT)
def make_form(org: str, app: str, model: str) -> ResponseReturnValue:
    """The fields to choose from, and the places where they can go."""
    work = workplace(org, app, model)
    return _page(work, _layout_set(work.app, request.args.get("layout_set", ""), work.name))


@bp.get(f"{_FORM}/branch")
@requires(Right.EDIT)
def form_branch(org: str, app: str, model: str) -> ResponseReturnValue:
    """What is inside a group that is being opened."""
    work = workplace(org, app, model)
    layout_set = _layout_set(work.app, request.args.get("layout_set", ""), work.name)
    wanted = request.args.get("path", "")
    every = (found for field in form_fields(work.model) for found in field.walk())
    group = next((found for found in every if found.path == wanted and found.children), None)
    if group is None:
        raise NotThere(Sentence(N_("The field is not in the data model any more.")))
    rows = _Rows(work, layout_set, frozenset(), is_large=True).of(group.children)
    place = {"org": org, "app": app, "model_name": model, "layout_set": layout_set.id if layout_set else ""}
    return render("data_models/_choices.html", rows=rows, alone=True, **place)


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
    size = sum(1 for field in fields for _ in field.walk())
    return render(
        "data_models/make_form.html",
        org=work.org,
        app=work.app_name,
        app_title=work.app.title(current_language()) or work.app_name,
        models=models_of(work.app),
        model_name=work.name,
        tab="form",
        language=work.language,
        rows=_Rows(work, layout_set, ticked, is_large=size > _LARGE).of(fields),
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


@dataclass(frozen=True)
class _Rows:
    """Makes rows of fields. In a large model, what is inside larger groups is left for later."""

    work: Workplace
    layout_set: LayoutSet | None
    ticked: frozenset[str]
    is_large: bool

    @cached_property
    def _taken(self) -> frozenset[str]:
        return bound_paths(self.layout_set, self.work.name) if self.layout_set else frozenset()

    def of(self, fields: Sequence[FormField]) -> tuple[ChoiceRow, ...]:
        """The rows for some fields, in their order."""
        return tuple(self._group(field) if field.children else self._leaf(field) for field in fields)

    def _leaf(self, field: FormField) -> ChoiceRow:
        row = self._row(field)
        if field.shape == "unfit":
            return replace(row, state="unfit", required=False)
        return replace(row, state="taken") if field.path in self._taken else row

    def _group(self, field: FormField) -> ChoiceRow:
        inside = tuple(field.walk())
        paths = [answer.path for answer in inside if answer.shape == "answer"]
        row = replace(
            self._row(field),
            required=False,
            count=len(paths),
            free=sum(path not in self._taken for path in paths),
        )
        if self.is_large and len(inside) > _MOST_AT_ONCE:
            return replace(row, words=" ".join(_words(each) for each in inside))
        return replace(row, children=self.of(field.children))

    def _row(self, field: FormField) -> ChoiceRow:
        becomes, icon = _becomes(self.work, field)
        return ChoiceRow(
            path=field.path,
            title=_title(field),
            name=field.named.name,
            shape=field.shape,
            becomes=becomes,
            icon=icon,
            state="free",
            required=field.required,
            ticked=field.path in self.ticked,
            words=_words(field),
        )


def _title(field: FormField) -> str:
    return field.named.title or words_of(field.named.name)


def _words(field: FormField) -> str:
    return f"{_title(field)} {field.named.name}"


def _becomes(work: Workplace, field: FormField) -> tuple[Sentence, str]:
    """The component that is made for a field, in words, and its icon."""
    if field.shape == "unfit":
        return Sentence(N_("No component holds this")), "Minus"
    if field.shape == "answer":
        kind = fitting(field.field, work.app.generation).kind
    else:
        kind = CATALOGUE["RepeatingGroup" if field.shape == "rows" else "Group"]
    return kind.label, kind.icon
