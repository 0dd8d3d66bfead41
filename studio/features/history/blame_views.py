"""HTTP of the question who made a component what it is."""

from collections.abc import Sequence
from dataclasses import dataclass

from flask import request
from flask.typing import ResponseReturnValue

from studio.accounts import Right, current_person, may, requires
from studio.database.clock import now
from studio.definition import wording
from studio.definition.app import AppDefinition, app_definition
from studio.definition.comparison import told
from studio.definition.errors import NotThere
from studio.definition.layouts import Component, Page
from studio.definition.naming import component_noun, one_line, page_name
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.telling import property_told
from studio.definition.sentences import N_, Sentence
from studio.features import draft_of, repositories
from studio.features.history.blueprint import bp
from studio.features.history.entries import ORIGINS
from studio.history.blaming import Blame, blame
from studio.web import render
from studio.web.branch_address import current_branch
from studio.web.language import current_language


@dataclass(frozen=True, slots=True)
class Told:
    """One thing about a component, in words, and the change that made it so."""

    sentence: Sentence
    blame: Blame
    origin: Sentence
    came_with_it: bool  # is as it was when the component was made


@bp.get("/<org>/<app>/history/who")
@requires(Right.VIEW)
def who(org: str, app: str) -> ResponseReturnValue:
    """Who made a component what it is: `set` and `component` name it."""
    repository = repositories().open(org, app)
    layout_set, name = request.args.get("set", ""), request.args.get("component", "")
    line = repository.timeline(current_branch())
    draft = draft_of(repository) if may(current_person(), Right.EDIT, org) else None
    shared = app_definition(repository.files(current_branch()))
    mine = app_definition(draft.files) if draft is not None else shared
    page, component = _found(mine, shared, layout_set, name)
    return render(
        "history/who.html",
        org=org,
        app=app,
        app_title=mine.title(current_language()) or app,
        what=component_noun(mine, component),
        component=component,
        page=page,
        page_title=page_name(mine, page.name),
        layout_set=layout_set,
        told=_told(shared, layout_set, name, blame(repository, line, layout_set, name)),
        unshared=_unshared(shared, mine, page, component),
        now=now(),
    )


def _found(mine: AppDefinition, shared: AppDefinition, layout_set: str, name: str) -> tuple[Page, Component]:
    for app in (mine, shared):
        forms = app.layout_set(layout_set)
        found = forms.find(name) if forms else None
        if found is not None:
            return found
    raise NotThere(Sentence(N_("The component %(id)s does not exist any more."), {"id": name}))


def _told(app: AppDefinition, layout_set: str, name: str, found: Sequence[Blame]) -> list[Told]:
    made = next((each.commit.id for each in found if not each.pointer), "")
    return [
        Told(
            _sentence(app, layout_set, name, each),
            each,
            Sentence(ORIGINS[each.commit.origin]),
            bool(each.pointer) and each.commit.id == made,
        )
        for each in found
    ]


def _sentence(app: AppDefinition, layout_set: str, name: str, each: Blame) -> Sentence:
    forms = app.layout_set(layout_set)
    found = forms.find(name) if forms else None
    if forms is None or found is None:
        return Sentence(name)
    page, component = found
    what, where = component_noun(app, component), page_name(app, page.name)
    values: dict[str, str | int | Sentence] = {"what": what, "page": where}
    if not each.pointer:
        return Sentence(N_("%(what)s was added to page *%(page)s*"), values)
    if each.language:
        values |= {"text": one_line(str(each.value)), "language": each.language}
        return Sentence(N_("The text *%(text)s* was written (%(language)s)"), values)
    rule = property_told(Names(app, forms), page, component, each.pointer, each.value)
    return rule or wording.property_sentence(what, where, each.pointer, each.value, component.type)


def _unshared(shared: AppDefinition, mine: AppDefinition, page: Page, component: Component) -> list[Sentence]:
    """What the person changed on the component and did not share: sentences that name it."""
    if mine.files.tree_id == shared.files.tree_id:
        return []
    what = component_noun(mine, component)
    return [
        sentence
        for path, sentence in told(shared, mine)
        if path == page.path and sentence.values.get("what") == what
    ]
