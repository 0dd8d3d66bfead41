"""What a new part of a component has from the start, so that it is never half finished."""

from typing import Any

from flask_babel import force_locale

from studio.definition.components import (
    Alternatives,
    Enumeration,
    Flag,
    ListShape,
    MapShape,
    Nothing,
    Number,
    ObjectShape,
    Property,
    Reference,
    Shape,
    Text,
    value_deviations,
)
from studio.features.layouts.offers import Offers
from studio.features.layouts.parts import Part
from studio.web import translate

_INTERFACE_LANGUAGES = frozenset({"nb", "nn", "en"})


def new_item(offers: Offers, holder: Part) -> Any:
    """A new item of a list: everything it needs, and names that no other item has."""
    item = holder.shape.item if isinstance(holder.shape, ListShape) else None
    if item is None:
        return None
    taken = {str(inner.value.get("id")) for inner in holder.inside if isinstance(inner.value, dict)}
    if holder.look == "table":
        return {"cells": [None] * max(holder.columns, 1)}
    value = new_value(offers, item, holder.about)
    if isinstance(value, dict) and isinstance(value.get("id"), str) and _is_free_text(item, "id"):
        stem = holder.about.name.removesuffix("s")
        number = next(n for n in range(1, len(taken) + 2) if f"{stem}{n}" not in taken)
        value["id"] = f"{stem}{number}"
    if isinstance(value, dict) and (title := _next_title(offers, holder)):
        value["title"] = title
    return value


def _next_title(offers: Offers, holder: Part) -> str:
    """The title of one more item where those of a new component have titles with a number: "Tab 3"."""
    first = next(iter(offers.kind.starts_with.get(holder.about.name) or ()), None)
    words, _, number = str(first.get("title", "") if isinstance(first, dict) else "").rpartition(" ")
    if not words or not number.isdecimal():
        return ""
    taken = {str(inner.value.get("title")) for inner in holder.inside if isinstance(inner.value, dict)}
    counted = range(len(holder.inside) + 1, 2 * len(holder.inside) + 2)
    return next(title for count in counted if (title := f"{words} {count}") not in taken)


def new_value(offers: Offers, shape: Shape, about: Property) -> Any:  # noqa: C901, PLR0911 - one line for each shape
    """The smallest value of a shape that is complete."""
    match shape:
        case Alternatives(shapes):
            return new_value(offers, shapes[0], about)
        case ObjectShape():
            return members_of(offers, shape, {})
        case ListShape():
            return []
        case MapShape():
            return {}
        case Flag():
            return False
        case Enumeration(choices):
            return choices[0].value
        case Number(minimum=minimum):
            return max(minimum or 0, 1)  # as sizes and numbers of rows, none is of use
        case Reference("text"):
            return words(offers, about)
        case Reference(to):
            offered = offers.of(to, about.name)
            return offered[0].value if offered else ""
        case Text(pattern):
            return "1" if pattern else ""
        case Nothing():
            return None
    return ""


def members_of(offers: Offers, shape: ObjectShape, old: dict[str, Any]) -> dict[str, Any]:
    """An object of this shape: what `old` has that fits, and what is needed beside it.

    The constant that tells kinds of objects apart is written also where it may be left out.
    """
    made: dict[str, Any] = {}
    for found in shape.properties:
        constant = isinstance(found.shape, Enumeration) and len(found.shape.choices) == 1
        if found.name in old and not constant and not list(value_deviations(found, old[found.name], "")):
            made[found.name] = old[found.name]
        elif found.required or constant:
            made[found.name] = new_value(offers, found.shape, found)
    return made


def words(offers: Offers, about: Property) -> str:
    """A text to begin with: what the property is called, in the language of the texts."""
    if offers.language not in _INTERFACE_LANGUAGES:
        return translate(about.label)
    with force_locale(offers.language):
        return translate(about.label)


def _is_free_text(shape: Shape, name: str) -> bool:
    found = shape.property(name) if isinstance(shape, ObjectShape) else None
    return found is not None and isinstance(found.shape, Text)
