"""What a filter of options gives: for one option whether it is offered, else all that are."""

from collections.abc import Iterator, Mapping
from typing import Any

from studio.definition.expressions import ExpressionError, Spot, to_boolean, trace
from studio.definition.expressions.listed_options import filtered, listed_in
from studio.definition.options import Option
from studio.definition.rules.examples.outcome import OFFERED, Outcome
from studio.definition.sentences import N_

# A list of thousands is not gone through to the end to say how it is told.
_MOST: int = 2000


def filter_outcome(raw: Mapping[str, Any], expression: Any, spot: Spot, option: str) -> Outcome:
    """The outcome for the option with this value; for "" the values of all options that are offered.

    Whoever asks why then reads it of the first option that is left out.
    """
    looked_at = list(_options(raw, spot))
    if option:
        found = next((each for key, _, each in looked_at if key == option), None)
        if found is None:
            missing = ExpressionError(N_("The list has no option %(option)s"), {"option": option})
            return Outcome(None, trace(expression, spot), spot, missing)
        return _of_one(expression, found)
    told: Outcome | None = None
    offered = []
    for key, label, place in looked_at:
        outcome = _of_one(expression, place)
        if outcome.error is not None:
            return outcome
        if outcome.value == OFFERED[0]:
            offered.append(key)
        elif told is None:
            told = Outcome(None, outcome.trace, place, option=label)
    if told is None:
        return Outcome(offered, trace(True, spot), spot)
    return Outcome(offered, told.trace, told.spot, option=told.option)


def _options(raw: Mapping[str, Any], spot: Spot) -> Iterator[tuple[str, str, Spot]]:
    """(value, label, the place of its filter) of every option, equal values once. Raises ExpressionError."""
    seen: set[str] = set()
    for option, place in listed_in(raw, spot):
        key = Option(option.get("value"), "").key
        if key not in seen and len(seen) < _MOST:
            seen.add(key)
            label = place.text_value("option", option.get("label"))
            yield key, (place.text(label) if label else "") or key, filtered(option, place)


def _of_one(expression: Any, spot: Spot) -> Outcome:
    traced = trace(expression, spot)
    if traced.error is not None:
        return Outcome(None, traced, spot, traced.error)
    try:
        # Without a value the filter says nothing (forms/options.py).
        holds = traced.value is None or to_boolean(traced.value)
    except ExpressionError as error:
        return Outcome(None, traced, spot, error)
    return Outcome(OFFERED[0] if holds else OFFERED[1], traced, spot)
