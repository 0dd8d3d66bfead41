"""The choices of a component: from its own list, an option list, or a group in the data.

An option list is a file of the app, or comes from its code, another server, or the standard lists.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.definition.expressions import ExpressionError, Spot
from studio.definition.expressions.asked_options import asked_for
from studio.definition.expressions.errors import OptionsNotThere
from studio.definition.expressions.rows import Location, joined, split, transposed
from studio.definition.options.narrowing import is_wanted
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import OptionView

# An option as JSON, and the place its texts are read from (a row, where it comes from one).
_Found = tuple[Mapping[str, Any], Spot]


@dataclass(frozen=True, slots=True)
class Offer:
    """The options of a component in the order they are shown (components.md, 1.3). Equal values come once.

    Where the list cannot be had now, they are what was chosen before. `beforehand` is the value of the option
    that the app chooses where nothing was answered.
    """

    options: tuple[OptionView, ...]
    is_there: bool = True
    beforehand: str | None = None


def offer_of(spot: Spot, chosen: Sequence[str]) -> Offer:
    """What a component offers; `chosen` are the values that are chosen now."""
    raw = spot.node.raw if spot.node else {}
    try:
        listed = list(listed_in(raw, spot))
    except OptionsNotThere:
        return Offer(as_chosen(chosen), is_there=False)
    found: dict[str, OptionView] = {}
    for option, place in listed:
        value = key_of(option.get("value"))
        if value not in found and _kept(raw, option, place):
            label, description, help_text = (
                _text(option.get(slot), place) for slot in ("label", "description", "helpText")
            )
            found[value] = OptionView(value, label, description, help_text, value in chosen)
    views = list(found.values())
    if raw.get("sortOrder") in {"asc", "desc"}:
        views.sort(key=lambda view: view.label.casefold(), reverse=raw["sortOrder"] == "desc")
    return Offer(tuple(views), beforehand=_beforehand(raw, list(found)))


def _beforehand(raw: Mapping[str, Any], values: Sequence[str]) -> str | None:
    """The option of a number is counted as the list has them, after the filter and before they are sorted."""
    place = raw.get("preselectedOptionIndex")
    if not isinstance(place, int) or isinstance(place, bool) or not 0 <= place < len(values):
        return None
    return values[place]


def options_of(spot: Spot, chosen: Sequence[str]) -> tuple[OptionView, ...]:
    """The options of a component."""
    return offer_of(spot, chosen).options


def as_chosen(values: Sequence[str]) -> tuple[OptionView, ...]:
    """Values that were chosen from a list that cannot be had now, as the options that are left."""
    return tuple(OptionView(value, value, "", "", True) for value in dict.fromkeys(values) if value)


def key_of(value: Any) -> str:
    """The text by which the value of an option is compared."""
    return "null" if value is None else to_text(value)


def listed_in(raw: Mapping[str, Any], spot: Spot) -> Iterator[_Found]:
    """The options of a list as JSON, in its order, each with the place that its texts are read from.

    Raises OptionsNotThere where they cannot be had now, or nobody knows the list.
    """
    source, options_id = raw.get("source"), raw.get("optionsId")
    if isinstance(source, Mapping):
        yield from _from_group(source, spot)
        return
    is_named = isinstance(options_id, str) and bool(options_id)
    wanted = dict(asked_for(raw, spot)) if is_named else {}
    worked_out = spot.form.around.worked_out_options(str(options_id), wanted) if is_named else None
    if worked_out is not None:  # by code that has read what was asked for
        yield from ((option, spot) for option in worked_out)
        return
    given = spot.options(str(options_id)) if is_named else raw.get("options")
    if is_named and given is None:
        raise OptionsNotThere(str(options_id))
    for option in given if isinstance(given, Sequence) and not isinstance(given, str) else ():
        if isinstance(option, Mapping) and is_wanted(option, wanted):
            yield option, spot


def _from_group(source: Mapping[str, Any], spot: Spot) -> Iterator[_Found]:
    data_type = str(source.get("dataType") or spot.form.around.default_type)
    segments = transposed(split(str(source.get("group") or "")), spot.location.segments)
    try:
        rows = spot.form.page(spot.page).data(joined(segments), data_type)
    except ExpressionError:
        return
    for index in range(len(rows) if isinstance(rows, list) else 0):
        location = Location(data_type, (*segments[:-1], (segments[-1][0], index)))
        place = Spot(spot.form, spot.node, spot.page, (), location)
        value = place.data(_in_group(source, "value"), data_type)
        if value is not None:
            yield {**source, "value": value}, place


def _in_group(source: Mapping[str, Any], key: str) -> str:
    """The member of a row, by a path that may name the group once more."""
    group, path = str(source.get("group") or ""), str(source.get(key) or "")
    return path if path.startswith(f"{group}.") else f"{group}.{path}"


def _text(given: Any, spot: Spot) -> str:
    key = spot.text_value("option", given)
    return spot.text(key) if key else ""


def _kept(raw: Mapping[str, Any], option: Mapping[str, Any], spot: Spot) -> bool:
    condition = raw.get("optionFilter")
    if condition is None:
        return True
    named = {key: option.get(key) for key in ("value", "label", "description", "helpText", "tags")}
    return spot.with_arguments(named=named, default_name="value").flag_value(
        "optionFilter", condition, default=True
    )
