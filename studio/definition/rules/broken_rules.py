"""The rules that an app writes for its fields, put to the answers (expressions.md, 7)."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from studio.definition import form_paths as paths
from studio.definition.expressions import ExpressionError, Form, Spot, to_boolean
from studio.definition.expressions.rows import Location, split
from studio.definition.rules import Validation, Validations


@dataclass(frozen=True, slots=True)
class Broken:
    """A rule that an answer does not keep. `place` has row indexes; `key` is a text key or a text."""

    place: str
    rule: Validation
    key: str
    text: str


def broken_rules(
    form: Form,
    data_type: str,
    data: Mapping[str, Any],
    validations: Validations,
    counts: Callable[[str], bool] = lambda _place: True,
) -> Iterator[Broken]:
    """The rules that do not hold, field by field and row by row.

    Fields without an answer, and those that `counts` says no to, are passed over. A rule whose expression
    fails is passed over too, and noted in the form's failures.
    """
    for path, rules in validations.rules.items():
        for place in paths.resolve(data, path):
            if paths.read(data, place) not in (None, "") and counts(place):
                spot = spot_of_field(form, data_type, place)
                yield from (found for rule in rules if (found := _broken(spot, place, rule)) is not None)


def spot_of_field(form: Form, data_type: str, place: str) -> Spot:
    """Where a rule about a field stands: in the field's rows, with its path as the only argument."""
    row = split(place.rpartition("]")[0] + "]") if "]" in place else ()
    rows = tuple(index for _, index in row if index is not None)
    return Spot(form, None, "", rows, Location(data_type, row), (place,), {"field": place}, "field")


def _broken(spot: Spot, place: str, rule: Validation) -> Broken | None:
    try:
        if not to_boolean(spot.evaluate(rule.condition)):
            return None
    except ExpressionError as error:
        spot.form.failures.append((place, "condition", error))
        return None
    key = spot.text_value("message", rule.message, "") or ""
    return Broken(place, rule, key, spot.text(key))
