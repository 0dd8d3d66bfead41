"""Which component fits a field of a data model: its type, and the properties that follow from the schema."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import log10
from typing import Any, Final, TypeGuard

from studio.definition.components.catalogue import CATALOGUE
from studio.definition.components.shapes import Generation
from studio.definition.components.types import ComponentType
from studio.definition.data_model.model import Field

# More choices than this are shown folded, and kept in a list of their own.
MOST_OPTIONS_OPEN: Final = 7
_LONG_TEXT: Final = 200  # characters
# Numbers up to here are rather years and codes than amounts: grouped digits would be in the way.
_LARGEST_UNGROUPED: Final = 9999


@dataclass(frozen=True, slots=True)
class Fit:
    """A component type, the values it offers (or none), and more properties."""

    kind: ComponentType
    values: tuple[str | int | float | bool, ...] = ()
    properties: Mapping[str, Any] = field(default_factory=dict)


def fitting(of: Field, generation: Generation) -> Fit:
    """The component for a field that holds one plain value."""
    limits = of.restrictions
    values = tuple(value for value in limits.get("enum") or () if isinstance(value, str | int | float))
    if values:
        return Fit(CATALOGUE["RadioButtons" if len(values) <= MOST_OPTIONS_OPEN else "Dropdown"], values)
    if of.kind == "boolean":
        return Fit(CATALOGUE["RadioButtons"], (True, False))
    if of.kind in {"date", "date-time"}:
        return _date(of, generation)
    if of.kind in {"number", "integer"}:
        return Fit(CATALOGUE["Input"], properties={"formatting": {"number": _number(of)}})
    return _text(of)


def _date(of: Field, generation: Generation) -> Fit:
    kind = CATALOGUE["Datepicker"]
    properties: dict[str, Any] = {}
    stamp = kind.property("timeStamp")
    has_time = of.kind == "date-time"
    if stamp is not None and bool(stamp.default_in(generation)) != has_time:
        properties["timeStamp"] = has_time
    for keyword, name in (("formatMinimum", "minDate"), ("formatMaximum", "maxDate")):
        limit = of.restrictions.get(keyword)
        if isinstance(limit, str):
            properties[name] = limit
    return Fit(kind, properties=properties)


def _number(of: Field) -> dict[str, Any]:
    """Digits in groups of three, decimals after a comma, as numbers are written in Norwegian."""
    written: dict[str, Any] = {}
    largest = of.restrictions.get("maximum", of.restrictions.get("exclusiveMaximum"))
    digits = of.restrictions.get("totalDigits")
    if not (_is_number(largest) and largest <= _LARGEST_UNGROUPED) and not (
        _is_number(digits) and digits <= len(str(_LARGEST_UNGROUPED))
    ):
        written["thousandSeparator"] = " "
    if of.kind == "integer":
        written["decimalScale"] = 0
    else:
        written["decimalSeparator"] = ","
        step = of.restrictions.get("multipleOf")
        decimals = -log10(step) if _is_number(step) and 0 < step < 1 else 0
        if decimals and decimals == round(decimals):
            written["decimalScale"] = round(decimals)
    smallest = of.restrictions.get("minimum", of.restrictions.get("exclusiveMinimum"))
    if _is_number(smallest) and smallest >= 0:
        written["allowNegative"] = False
    return written


def _text(of: Field) -> Fit:
    longest = of.restrictions.get("maxLength")
    if _is_number(longest) and longest >= _LONG_TEXT:
        return Fit(CATALOGUE["TextArea"], properties={"maxLength": int(longest)})
    return Fit(CATALOGUE["Input"], properties={"autocomplete": "email"} if of.format == "email" else {})


def _is_number(value: Any) -> TypeGuard[float]:
    return isinstance(value, int | float) and not isinstance(value, bool)
