"""What the properties of a component refer to by name: components, pages, forms, steps, data types."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from studio.definition.components.catalogue import CATALOGUE
from studio.definition.components.shapes import (
    Alternatives,
    ListShape,
    MapShape,
    ObjectShape,
    Property,
    Reference,
    Shape,
    Target,
    merged,
    variants,
)
from studio.definition.components.types import ComponentType

# What is followed; texts, fields and columns are names in lists of their own.
MENTIONED: Final = frozenset({"component", "page", "layout set", "task", "data type"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a property. `pointer` is its place inside the component."""

    to: Target
    name: str
    pointer: str
    about: Property


def mentions(kind: ComponentType, raw: Mapping[str, Any]) -> Iterator[Mention]:
    """Every name of a component, page, form, step or data type in the component's properties."""
    for found in _mentioning(kind.name):
        if found.name in raw:
            yield from _value(found, found.shape, raw[found.name], f"/{found.name}")


@cache
def _mentioning(name: str) -> tuple[Property, ...]:
    """The properties of a type in which such names can stand: few can, and an app has many components."""
    return tuple(found for found in CATALOGUE[name].properties if _can_mention(found.shape))


def _can_mention(shape: Shape) -> bool:
    match shape:
        case Reference(to):
            return to in MENTIONED
        case ListShape(item):
            return _can_mention(item)
        case MapShape(value, keys):
            return keys in MENTIONED or _can_mention(value)
        case Alternatives(shapes):
            return any(map(_can_mention, shapes))
        case ObjectShape(properties):
            return any(_can_mention(found.shape) for found in properties)
        case _:
            return False


def _value(about: Property, shape: Shape, value: Any, pointer: str) -> Iterator[Mention]:
    if isinstance(value, dict):
        yield from _object(about, shape, value, pointer)
    elif isinstance(value, list):
        for item in (inner.item for inner in variants(shape) if isinstance(inner, ListShape)):
            for place, inner_value in enumerate(value):
                yield from _value(about, item, inner_value, f"{pointer}/{place}")
    elif isinstance(value, str) and value:
        targets = {inner.to for inner in variants(shape) if isinstance(inner, Reference)}
        # A name that may be of several kinds of things is not followed.
        if len(targets) == 1 and targets <= MENTIONED:
            yield Mention(targets.pop(), value, pointer, about)


def _object(about: Property, shape: Shape, value: Mapping[str, Any], pointer: str) -> Iterator[Mention]:
    for found in merged(shape):
        if found.name in value:
            yield from _value(found, found.shape, value[found.name], f"{pointer}/{found.name}")
    for each in variants(shape):
        if isinstance(each, MapShape):
            for name, inner in value.items():
                place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
                if each.keys in MENTIONED:
                    yield Mention(each.keys, name, place, about)
                yield from _value(about, each.value, inner, place)
