"""The choices of a component: from its own list, an option list, or a group in the data.

An option list is a file of the app, or comes from its code, another server, or the standard lists.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from studio.definition.expressions import Spot
from studio.definition.expressions.errors import OptionsNotThere
from studio.definition.expressions.listed_options import filtered, listed_in
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import OptionView


@dataclass(frozen=True, slots=True)
class Offer:
    """The options of a component in the order they are shown (components.md, 1.3). Equal values come once.

    Where the list cannot be had now, they are what was chosen before. `beforehand` is the value of the option
    that the app chooses where nothing was answered. `every` has also those that a filter withholds now.
    """

    options: tuple[OptionView, ...]
    is_there: bool = True
    beforehand: str | None = None
    every: tuple[OptionView, ...] = ()


def offer_of(spot: Spot, chosen: Sequence[str]) -> Offer:
    """What a component offers; `chosen` are the values that are chosen now."""
    raw = spot.node.raw if spot.node else {}
    try:
        listed = list(listed_in(raw, spot))
    except OptionsNotThere:
        return Offer(as_chosen(chosen), is_there=False)
    found: dict[str, OptionView] = {}
    every: list[OptionView] = []
    for option, place in listed:
        value = key_of(option.get("value"))
        if value in found:
            continue
        label, description, help_text = (
            _text(option.get(slot), place) for slot in ("label", "description", "helpText")
        )
        every.append(OptionView(value, label, description, help_text, value in chosen, len(every)))
        if _kept(raw, option, place):
            found[value] = every[-1]
    offered = _in_order(raw, found.values())
    return Offer(offered, beforehand=_beforehand(raw, list(found)), every=_in_order(raw, every))


def _in_order(raw: Mapping[str, Any], views: Iterable[OptionView]) -> tuple[OptionView, ...]:
    if raw.get("sortOrder") not in {"asc", "desc"}:
        return tuple(views)
    return tuple(sorted(views, key=lambda view: view.label.casefold(), reverse=raw["sortOrder"] == "desc"))


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


def _text(given: Any, spot: Spot) -> str:
    key = spot.text_value("option", given)
    return spot.text(key) if key else ""


def _kept(raw: Mapping[str, Any], option: Mapping[str, Any], spot: Spot) -> bool:
    condition = raw.get("optionFilter")
    if condition is None:
        return True
    return filtered(option, spot).flag_value("optionFilter", condition, default=True)
