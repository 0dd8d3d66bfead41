"""Working out the fields that an app calculates, until they are at rest (expressions.md, 8)."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from graphlib import CycleError, TopologicalSorter
from typing import Any, Final

from studio.definition import form_paths as paths
from studio.definition.data_model import DataModel, Field
from studio.definition.expressions import ExpressionError, Form, to_boolean, to_number, to_text
from studio.definition.expressions.values import from_number
from studio.definition.rules.broken_rules import spot_of_field
from studio.definition.rules.calculations import Calculation, fields_in
from studio.definition.sentences import N_

# Results may need one another, also in ways that are not written out. What has not come to rest by then never
# will, or is not worth the wait.
MOST_ROUNDS: Final = 20


@dataclass(frozen=True, slots=True)
class Failure:
    """A calculation that gave no value for a field; `reason` is in the words of the format."""

    data_type: str
    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Calculated:
    """The data (all types) with every result in it.

    `restless` are the fields (data type, path with indexes) that still changed when patience ended.
    """

    data: dict[str, Any]
    failures: tuple[Failure, ...] = ()
    restless: tuple[tuple[str, str], ...] = ()


def calculate(
    data: Mapping[str, Any],
    form_of: Callable[[Mapping[str, Any]], Form],
    calculations: Mapping[str, tuple[Calculation, ...]],
    model_of: Callable[[str], DataModel | None],
) -> Calculated:
    """Work out every field in every row, again and again until nothing changes.

    `form_of` makes the form that some data has. A calculation that fails leaves its field as it is.
    """
    found = copy.deepcopy(dict(data))
    ordered = [
        (data_type, each, model.field(each.path) if (model := model_of(data_type)) else None)
        for data_type, listed in calculations.items()
        if isinstance(found.get(data_type), dict)
        for each in in_order(listed)
    ]
    failures: dict[tuple[str, str], str] = {}
    changed: list[tuple[str, str]] = []
    for _ in range(MOST_ROUNDS):
        form = form_of(found)
        failures.clear()
        changed = [
            (data_type, place)
            for data_type, each, field in ordered
            for place in _places(found[data_type], each.path, field)
            if _work_out(form, found[data_type], (data_type, place), each, field, failures)
        ]
        if not changed:
            break
    reasons = tuple(Failure(*place, reason) for place, reason in failures.items())
    return Calculated(found, reasons, tuple(dict.fromkeys(changed)))


def in_order(calculations: tuple[Calculation, ...]) -> list[Calculation]:
    """What others need first, as far as it is written out; in a circle the order of the file."""
    by_path = {each.path: each for each in calculations}
    needs = {
        path: set(fields_in(each.expression)) & by_path.keys() - {path} for path, each in by_path.items()
    }
    try:
        return [by_path[path] for path in TopologicalSorter(needs).static_order()]
    except CycleError:
        return list(calculations)


def _places(data: dict[str, Any], path: str, field: Field | None) -> Iterator[str]:
    """The field in every row that is there."""
    for place in paths.resolve(data, path):
        rows = len(paths.row_numbers(place))
        if field is None or rows == len(field.repeating_ancestors):
            yield place


def _work_out(
    form: Form,
    data: dict[str, Any],
    at: tuple[str, str],
    calculation: Calculation,
    field: Field | None,
    failures: dict[tuple[str, str], str],
) -> bool:
    """Put one result into the data; whether that changed anything."""
    data_type, place = at
    before = paths.read(data, place)
    try:
        result = spot_of_field(form, data_type, place).evaluate(calculation.expression)
        value = fitted(result, field, before)
        if value == before and type(value) is type(before):
            return False
        paths.write(data, place, value)
    except ExpressionError as error:
        failures[at] = error.reason
        return False
    except paths.BadPath:
        failures[at] = "There is no place for the result"
        return False
    return True


def fitted(result: Any, field: Field | None, before: Any = None) -> Any:
    """A result as a value of its field. Raises ExpressionError where it is none.

    Where the data model does not say what the field holds, the value that it had does.
    """
    kind = field.kind if field is not None else _KINDS.get(type(before), "any")
    if result is None or kind == "any":
        return result
    if kind == "group" or isinstance(result, dict | list):
        raise ExpressionError(N_("The result does not fit into the field"))
    if kind == "boolean":
        return to_boolean(result)
    if kind not in {"number", "integer"}:
        return to_text(result)
    return _number(to_number(result), whole=kind == "integer")


_KINDS: Final[Mapping[type, str]] = {
    str: "string",
    bool: "boolean",
    int: "number",
    float: "number",
    Decimal: "number",
}


def _number(number: Decimal | None, *, whole: bool) -> int | Decimal | None:
    value = None if number is None else from_number(number)
    if whole and isinstance(value, Decimal):
        raise ExpressionError(N_("The result is not a whole number"))
    return value
