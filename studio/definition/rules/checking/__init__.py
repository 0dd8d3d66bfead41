"""The type checker at work in an app: every expression in its place, and what goes round in circles."""

from studio.definition.app import AppDefinition
from studio.definition.expressions.checking import Problem
from studio.definition.rules.checking.circles import Circle, circles
from studio.definition.rules.checking.known import Known
from studio.definition.rules.checking.remembering import remembered_problems
from studio.definition.rules.checking.scope import PlaceScope
from studio.definition.rules.places import ExpressionPlace

__all__ = ["Circle", "Known", "Problem", "circles", "problems_at"]


def problems_at(app: AppDefinition | Known, place: ExpressionPlace) -> tuple[Problem, ...]:
    """What is wrong with the expression of a place, the first part first.

    To check another expression there, give the place with that: `replace(place, expression=…)`. Whoever
    checks many places makes one `Known` of the app for all of them.
    """
    known = app if isinstance(app, Known) else Known(app)
    return remembered_problems(place, PlaceScope(known, place))
