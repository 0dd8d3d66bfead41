"""HTTP of the examples of one rule: try it, keep what is right as an example, see which ones hold."""

from dataclasses import dataclass
from typing import Any

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.database.clock import now
from studio.definition.changes import AddExample, Change, RemoveExample, SetExample
from studio.definition.data_model.input import Problem, parse_input
from studio.definition.errors import DomainError, NotThere
from studio.definition.expressions.values import to_text
from studio.definition.rules.examples import (
    Example,
    RuleName,
    Situation,
    example_json,
    examples_of,
    model_of,
    names_of,
    place_of,
)
from studio.definition.rules.places import ExpressionPlace
from studio.definition.sentences import N_, Sentence
from studio.features import author
from studio.features.rules.blueprint import bp
from studio.features.rules.saying import said
from studio.features.rules.trying_form import (
    Tried,
    name_of,
    options_name,
    read_form,
    rows_name,
    setting_name,
    tried_of,
)
from studio.features.rules.trying_questions import Questions, questions_of_rule, yes_or_no
from studio.features.rules.trying_results import as_json, choices_of, result, row, suggested_name
from studio.features.rules.views import frame
from studio.features.rules.workplace import Workplace, workplace
from studio.history.errors import Busy, Conflict, StaleEdit
from studio.web import is_htmx, render, translate
from studio.web.language import current_language
from studio.web.navigation import has_page

_RULE = "/<org>/<app>/rules/examples/<path:rule>"


@dataclass(frozen=True)
class Bench:
    """One rule and what is known about it."""

    work: Workplace
    address: str
    name: RuleName
    place: ExpressionPlace
    data_type: str
    questions: Questions

    @property
    def examples(self) -> tuple[Example, ...]:
        """The examples of the rule."""
        found = examples_of(self.work.app, self.data_type).examples
        return tuple(each for each in found if each.rule == self.name)


@bp.get(_RULE, endpoint="examples")
@requires(Right.VIEW)
def examples(org: str, app: str, rule: str) -> ResponseReturnValue:
    """The examples of a rule, and the form to try it with; `example` names one to begin with."""
    bench = _bench(org, app, rule)
    wanted = request.args.get("example", "")
    chosen = next((each for each in bench.examples if each.id == wanted), None)
    tried = tried_of(bench.data_type, bench.questions, chosen.situation) if chosen else Tried()
    return _page(bench, tried, chosen)


@bp.post(_RULE, endpoint="try_examples")
@requires(Right.EDIT)
def try_examples(org: str, app: str, rule: str) -> ResponseReturnValue:
    """Try the rule with what is filled in, keep that as an example, or take one away."""
    bench = _bench(org, app, rule)
    done, example_id = request.form.get("do", "try"), request.form.get("example", "")
    chosen = next((each for each in bench.examples if each.id == example_id), None)
    tried = read_form(bench.work, bench.data_type, bench.questions, request.form)
    if done not in {"save", "remove"}:
        return _page(bench, tried, chosen)
    try:
        change = (
            RemoveExample(bench.data_type, example_id) if done == "remove" else _kept(bench, tried, chosen)
        )
        bench.work.draft.apply(change, bench.work.revision, author(), now())
    except (StaleEdit, Conflict, Busy):
        raise
    except DomainError as problem:
        return _page(bench, tried, chosen, translate(problem.sentence)), 422
    return redirect(url_for("rules.examples", org=org, app=app, rule=rule, _anchor="examples"))


@bp.get("/<org>/<app>/rules/examples-of/<path:rule>", endpoint="examples_summary")
@requires(Right.VIEW)
def summary(org: str, app: str, rule: str) -> ResponseReturnValue:
    """How the examples of a rule go, for the page of its editor."""
    work = workplace(org, app, request.args.get("lang", "") or current_language())
    place = work.by_address.get(rule)
    if place is None:
        return ""  # the rule is about to be built, or was removed
    if not names_of(work.app, place):
        return render("rules/_examples_summary.html", can_have_examples=False, rows=[])
    bench = _bench(org, app, rule)
    return render(
        "rules/_examples_summary.html",
        can_have_examples=True,
        address=_address(bench),
        rows=[row(bench.work, bench.data_type, each, bench.place) for each in bench.examples],
        example_address=lambda example: _address(bench, example=example),
    )


def _bench(org: str, app: str, rule: str) -> Bench:
    work = workplace(org, app, request.args.get("lang", "") or current_language())
    place = work.by_address.get(rule)
    names = names_of(work.app, place) if place is not None else ()
    data_type = model_of(names[0], place) if place is not None and names else None
    if place is None or not names or data_type is None:
        raise NotThere(Sentence(N_("There is no such rule, or it cannot have examples.")))
    found = place_of(work.app, names[0]) or place
    return Bench(work, rule, names[0], found, data_type, questions_of_rule(work, data_type, names[0], found))


def _kept(bench: Bench, tried: Tried, chosen: Example | None) -> Change:
    """What is filled in, as an example. Raises DomainError where some of it is no answer."""
    if tried.problems:
        raise DomainError(Sentence(N_("Correct what is marked first.")))
    found = result(bench.work, bench.data_type, bench.name, bench.place, tried.situation)
    given = request.form.get("expect", "")
    if not given and found.failed:
        raise DomainError(Sentence(N_("The rule fails for these answers. Say what is expected.")))
    name = request.form.get("name", "").strip()
    situation = tried.situation
    called = name or suggested_name(bench.work, bench.data_type, bench.place, situation)
    expect = _expected(bench, situation, given) if given else as_json(found.value)
    written = example_json(called, bench.name, situation, expect)
    if chosen is not None:
        return SetExample(bench.data_type, chosen.id, written)
    return AddExample(bench.data_type, written)


def _expected(bench: Bench, situation: Situation, text: str) -> Any:
    """What is expected, as it was written or chosen. Raises DomainError."""
    choices = choices_of(bench.place, situation)
    if choices:
        if text not in choices:
            raise DomainError(Sentence(N_("Choose what is expected.")))
        return {"true": True, "false": False}.get(text, text)
    if bench.place.kind == "option filter":
        return [each.strip() for each in text.split(",") if each.strip()]
    model = bench.work.app.model(bench.data_type)
    field = model.field(bench.name.calculation) if model and bench.name.calculation else None
    value = parse_input(field, text) if field is not None else text.strip()
    if isinstance(value, Problem):
        raise DomainError(value.sentence)
    return as_json(value)


def _page(bench: Bench, tried: Tried, chosen: Example | None, problem: str = "") -> str:
    work, own = bench.work, bench.data_type
    context = {
        **frame(work, "rule"),
        "sentence": said(work, bench.place),
        "address": _address(bench),
        "try_address": _address(bench, "try_examples"),
        "example_address": lambda example: _address(bench, example=example, _anchor="try"),
        "editor": _editor(bench),
        "questions": bench.questions,
        "in_rows": bool(bench.place.rows),
        "expects_options": bench.place.kind == "option filter",
        "tried": tried,
        "own_type": own,
        "name_of": name_of,
        "rows_name": rows_name,
        "setting_name": setting_name,
        "options_name": options_name,
        "yes_or_no": yes_or_no(),
        "result": result(work, own, bench.name, bench.place, tried.situation),
        "chosen": chosen,
        "name": request.form.get("name", chosen.name if chosen else ""),
        "expect": request.form.get("expect", _as_choice(chosen.expect) if chosen else ""),
        "problem": problem,
        "rows": [row(work, own, each, bench.place) for each in bench.examples],
    }
    return render("rules/examples.html", "outcome" if is_htmx() else None, **context)


def _address(bench: Bench, endpoint: str = "examples", **more: Any) -> str:
    work = bench.work
    return url_for(f"rules.{endpoint}", org=work.org, app=work.app_name, rule=bench.address, **more)


def _as_choice(value: Any) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else to_text(value) or ""


def _editor(bench: Bench) -> str:
    return _address(bench, "rule") if has_page("rules.rule") else ""
