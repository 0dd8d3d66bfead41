"""Checks of every expression in its place: the type checker, and what depends on itself.

The runtime takes the property's usual value where an expression of a form fails, so the form works, but not
as it was meant. Rules beside a model and conditions of the process that cannot be read are errors.
"""

from collections.abc import Iterator
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.checks.fixes import put_expression
from studio.definition.checks.places import Placing, place_of
from studio.definition.expressions.checking import mended
from studio.definition.findings import Finding, Place, Severity
from studio.definition.process.naming import way_name
from studio.definition.rules.checking import Known, Problem, circles, problems_at
from studio.definition.rules.places import (
    ExpressionPlace,
    condition_of,
    expression_places,
    words_of_place,
)
from studio.definition.sentences import N_, Sentence

_IN_RULES: Final = frozenset({"validation", "message", "calculation", "gateway"})


def check_expressions(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """Every expression of the app."""
    known = Known(app)
    places = tuple(expression_places(app))
    for place in places:
        for problem in problems_at(known, place):
            yield _finding(app, placing, place, problem)
    for circle in circles(app, places):
        values = {"where": words_of_place(app, circle.place), "problem": circle.sentence}
        remedy = Sentence(N_("Take one of them out of the circle."))
        at = place_of(placing, circle.place, ())
        yield Finding("circular-rule", "warning", at, Sentence("%(where)s: %(problem)s", values), remedy)
    yield from _unreadable_conditions(app)


def _finding(app: AppDefinition, placing: Placing, place: ExpressionPlace, problem: Problem) -> Finding:
    values = {"where": words_of_place(app, place), "problem": problem.sentence}
    sentence = Sentence("%(where)s: %(problem)s", values)
    remedy = Sentence(_REMEDIES.get(problem.code, _REMEDY))
    at = place_of(placing, place, problem.at)
    fix = put_expression(app, place, mended(place.expression, problem)) if problem.instead else None
    return Finding(problem.code, _severity(place, problem), at, sentence, remedy, fix)


def _severity(place: ExpressionPlace, problem: Problem) -> Severity:
    return "error" if problem.certainty == "broken" and place.kind in _IN_RULES else "warning"


_REMEDY: Final = N_("Correct the expression.")
_REMEDIES: Final = {
    "unknown-field": N_("Choose a field that exists."),
    "unknown-component": N_("Choose one that exists."),
    "no-such-option": N_("Choose one of the options."),
    "always-true": N_("Take the condition away, or correct it."),
    "always-false": N_("Take the condition away, or correct it."),
}


def _unreadable_conditions(app: AppDefinition) -> Iterator[Finding]:
    """Conditions of the process that are no JSON."""
    for flow in app.process.flows if app.process else ():
        if flow.condition is not None and condition_of(flow) is None:
            sentence = Sentence(
                N_("The condition of the way %(name)s cannot be read as an expression."),
                {"name": way_name(app.process, flow)},
            )
            place = Place(app.paths.process, flow.line)
            yield Finding("bad-expression", "error", place, sentence, Sentence(_REMEDY))
