"""The options that a component can offer: from its own list, an option list, or a group in the data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from studio.definition.expressions.asked_options import asked_for
from studio.definition.expressions.errors import ExpressionError, OptionsNotThere
from studio.definition.expressions.form import Spot
from studio.definition.expressions.rows import Location, joined, split, transposed
from studio.definition.options.narrowing import is_wanted

# An option as JSON, and the place its texts are read from (a row, where it comes from one).
ListedOption = tuple[Mapping[str, Any], Spot]


def listed_in(raw: Mapping[str, Any], spot: Spot) -> Iterator[ListedOption]:
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


def _from_group(source: Mapping[str, Any], spot: Spot) -> Iterator[ListedOption]:
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


def filtered(option: Mapping[str, Any], spot: Spot) -> Spot:
    """The place of an option's filter: what `value` asks for there is the option."""
    named = {key: option.get(key) for key in ("value", "label", "description", "helpText", "tags")}
    return spot.with_arguments(named=named, default_name="value")
