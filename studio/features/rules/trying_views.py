"""HTTP of "Try it": answers for a page, and what every rule about it gives for them; and all examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import AddExample, RemoveExample
from studio.definition.errors import DomainError, NotThere
from studio.definition.layouts import LayoutSet, Page
from studio.definition.naming import page_name
from studio.definition.rules.examples import (
    RuleName,
    complaint,
    example_json,
    model_of,
    named_rules,
    run_examples,
)
from studio.definition.rules.places import ExpressionPlace
from studio.definition.sentences import N_, Sentence
from studio.features import author
from studio.features.rules.address import address_of
from studio.features.rules.blueprint import bp
from studio.features.rules.saying import Said, spoken
from studio.features.rules.trying_form import (
    Tried,
    name_of,
    options_name,
    read_form,
    rows_name,
    setting_name,
)
from studio.features.rules.trying_questions import Questions, questions_of_page, yes_or_no
from studio.features.rules.trying_results import as_json, results, suggested_name
from studio.features.rules.views import frame
from studio.features.rules.workplace import Workplace, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import is_htmx, render, translate
from studio.web.language import current_language


@dataclass(frozen=True)
class Stage:
    """A page whose rules are tried."""

    work: Workplace
    layout_set: LayoutSet
    page: Page
    rules: tuple[tuple[RuleName, ExpressionPlace], ...]
    questions: Questions

    @property
    def data_type(self) -> str:
        """The data type whose fields are answered."""
        return self.layout_set.data_type or ""


@dataclass(frozen=True, slots=True)
class Kept:
    """An example in the list of all."""

    data_type: str
    id: str
    name: str
    address: str
    holds: bool
    wrong: Said | None


@bp.get("/<org>/<app>/rules/try", endpoint="trying")
@requires(Right.VIEW)
def trying(org: str, app: str) -> ResponseReturnValue:
    """The form to try the rules of a page with."""
    work = _here(org, app)
    stage = _stage(work)
    return _page(work, stage, Tried())


@bp.post("/<org>/<app>/rules/try", endpoint="try_rules")
@requires(Right.EDIT)
def try_rules(org: str, app: str) -> ResponseReturnValue:
    """What the rules give for some answers; `keep` names one of them to be kept as an example."""
    work = _here(org, app)
    stage = _stage(work)
    if stage is None:
        raise NotThere(Sentence(N_("The app has no pages whose rules could be tried.")))
    tried = read_form(work, stage.data_type, stage.questions, request.form)
    wanted = request.form.get("keep", "")
    if not wanted:
        return _page(work, stage, tried)
    try:
        if tried.problems:
            raise DomainError(Sentence(N_("Correct what is marked first.")))
        change = _kept(stage, tried, wanted)
        work.draft.apply(change, work.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _page(work, stage, tried, translate(problem.sentence)), 422
    return redirect(url_for("rules.examples", org=org, app=app, rule=wanted, _anchor="examples"))


@bp.post("/<org>/<app>/rules/try/removal", endpoint="remove_example")
@requires(Right.EDIT)
def remove_example(org: str, app: str) -> ResponseReturnValue:
    """An example away, also one whose rule is gone."""
    work = _here(org, app)
    change = RemoveExample(request.form.get("data_type", ""), request.form.get("example", ""))
    work.draft.apply(change, work.revision, author(), now())
    return redirect(url_for("rules.trying", org=org, app=app, _anchor="examples"))


def _here(org: str, app: str) -> Workplace:
    return workplace(org, app, request.args.get("lang", "") or current_language())


def _stage(work: Workplace) -> Stage | None:
    """The page that the request names, else the first one with rules."""
    forms = [form for form in work.app.layout_sets if form.data_type and form.pages]
    named = named_rules(work.app)
    pages = [(form, page) for form in forms for page in form.pages]
    wanted = request.values.get("page", "")
    chosen = next(((form, page) for form, page in pages if _key(form, page) == wanted), None)
    with_rules = {_key_of(place) for place in named.values()}
    first = next(((form, page) for form, page in pages if _key(form, page) in with_rules), None)
    found = chosen or first or next(iter(pages), None)
    if found is None:
        return None
    rules = tuple(_rules_on(work, *found))
    questions = questions_of_page(work, *found, [place for _, place in rules])
    return Stage(work, *found, rules, questions)


def _rules_on(work: Workplace, form: LayoutSet, page: Page) -> Iterator[tuple[RuleName, ExpressionPlace]]:
    """The rules that stand on a page, and those about the fields that it asks for."""
    fields = {
        binding.field for component in page.components if (binding := component.binding("simpleBinding"))
    }
    for name, place in named_rules(work.app).items():
        on_page = place.page is not None and _key_of(place) == _key(form, page)
        about = name.validation or name.calculation
        if on_page or (about in fields and place.data_type == form.data_type):
            yield name, place


def _key(form: LayoutSet, page: Page) -> str:
    return f"{form.id}/{page.name}"


def _key_of(place: ExpressionPlace) -> str:
    return f"{place.layout_set.id}/{place.page.name}" if place.layout_set and place.page else ""


def _kept(stage: Stage, tried: Tried, address: str) -> AddExample:
    found = next(((name, place) for name, place in stage.rules if str(address_of(place)) == address), None)
    if found is None:
        raise NotThere(Sentence(N_("There is no such rule, or it cannot have examples.")))
    name, place = found
    data_type = model_of(name, place) or stage.data_type
    (told,) = results(stage.work, data_type, [found], tried.situation)
    if told.failed:
        raise DomainError(Sentence(N_("The rule fails for these answers.")))
    called = suggested_name(stage.work, data_type, place, tried.situation)
    return AddExample(data_type, example_json(called, name, tried.situation, as_json(told.value)))


def _page(work: Workplace, stage: Stage | None, tried: Tried, problem: str = "") -> str:
    context: dict[str, Any] = {
        **frame(work, "try"),
        "stage": stage,
        "pages": [
            (f"{form.id}/{page.name}", _page_label(work, form, page))
            for form in work.app.layout_sets
            if form.data_type
            for page in form.pages
        ],
        "chosen_page": _key(stage.layout_set, stage.page) if stage else "",
        "tried": tried,
        "problem": problem,
        "kept": list(_all_kept(work)),
        "name_of": name_of,
        "rows_name": rows_name,
        "setting_name": setting_name,
        "options_name": options_name,
        "yes_or_no": yes_or_no(),
    }
    if stage is not None:
        context |= {
            "questions": stage.questions,
            "own_type": stage.data_type,
            "in_rows": any(place.rows for _, place in stage.rules),
            "results": results(work, stage.data_type, stage.rules, tried.situation),
        }
    return render("rules/trying.html", "outcome" if is_htmx() else None, **context)


def _page_label(work: Workplace, form: LayoutSet, page: Page) -> str:
    several = len([each for each in work.app.layout_sets if each.pages]) > 1
    name = page_name(work.app, page.name, work.language)
    return f"{name} ({form.id})" if several else name


def _all_kept(work: Workplace) -> Iterator[Kept]:
    for ran in run_examples(work.app):
        wrong = complaint(work.app, ran, work.language)
        address = ""
        if ran.place is not None and str(address_of(ran.place)) in work.by_address:
            address = url_for(
                "rules.examples",
                org=work.org,
                app=work.app_name,
                rule=str(address_of(ran.place)),
                example=ran.example.id,
            )
        yield Kept(
            ran.data_type,
            ran.example.id,
            ran.example.name,
            address,
            ran.holds,
            spoken(wrong) if wrong else None,
        )
