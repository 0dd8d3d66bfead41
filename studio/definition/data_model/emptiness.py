"""Which groups of form data hold no answer."""

from collections.abc import Mapping
from typing import Any

from studio.definition.data_model.model import Kind
from studio.definition.data_model.shapes import Group, Place


def is_blank(value: Any, kind: Kind) -> bool:
    """Whether nothing is written: null, and "" for what is no text."""
    return value is None or (value == "" and isinstance(value, str) and kind != "string")


def holds_nothing(data: Mapping[str, Any], place: Place, group: Group) -> bool:
    """Whether a group is only there to be filled in: one that is plainly empty counts where it may be so."""
    text = group.text
    if text is not None:
        if data.get(text.name) is not None:
            return is_blank(data[text.name], text.kind)
        return not (place.nillable and text.name in data)
    if not data:
        return not (group.may_be_empty and place.known)
    inside = group.elements
    if any(
        not _is_nothing(value, inside.get(name) or group.attributes.get(name)) for name, value in data.items()
    ):
        return False
    # Nil is an answer, unless something is missing beside it: then the group is only half begun.
    has_nil = any(value is None and name in inside and inside[name].nillable for name, value in data.items())
    return not (has_nil and all(each.nillable or data.get(each.name) is not None for each in group.demanded))


def _is_nothing(value: Any, place: Place | None) -> bool:
    if isinstance(value, list):
        return not value
    if place is None or value is None:
        return value is None
    if place.constant is not None or place.fixed is not None:
        return True
    if isinstance(value, Mapping):
        return place.group is not None and holds_nothing(value, place, place.group)
    return is_blank(value, place.kind)
