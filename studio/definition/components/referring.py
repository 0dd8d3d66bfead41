"""What the properties of a component refer to by name: components, pages, forms, steps, data types, texts."""

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

# What is followed as a name; fields and columns are names in lists of their own.
MENTIONED: Final = frozenset[Target]({"component", "page", "layout set", "task", "data type"})
TEXTS: Final = frozenset[Target]({"text"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a property. `pointer` is its place inside the component."""

    to: Target
    name: str
    pointer: str
    about: Property


def mentions(kind: ComponentType, raw: Mapping[str, Any]) -> Iterator[Mention]:
    """Every name of a component, page, form, step or data type in the component's properties."""
    return _mentions(kind, raw, MENTIONED)


def text_mentions(kind: ComponentType, raw: Mapping[str, Any]) -> Iterator[Mention]:
    """Every text in the component's properties, by key or written out; its text slots are no properties."""
    return _mentions(kind, raw, TEXTS)


def _mentions(kind: ComponentType, raw: Mapping[str, Any], sought: frozenset[Target]) -> Iterator[Mention]:
    for found in _mentioning(kind.name, sought):
        if found.name in raw:
            yield from _value(found, found.shape, raw[found.name], f"/{found.name}", sought)


@cache
def _mentioning(name: str, sought: frozenset[Target]) -> tuple[Property, ...]:
    """The properties of a type in which such names can stand: few can, and an app has many components."""
    return tuple(found for found in CATALOGUE[name].properties if _can_mention(found.shape, sought))


def _can_mention(shape: Shape, sought: frozenset[Target]) -> bool:
    match shape:
        case Reference(to):
            return to in sought
        case ListShape(item):
            return _can_mention(item, sought)
        case MapShape(value, keys):
            return keys in sought or _can_mention(value, sought)
        case Alternatives(shapes):
            return any(_can_mention(each, sought) for each in shapes)
        case ObjectShape(properties):
            return any(_can_mention(found.shape, sought) for found in properties)
        case _:
            return False


def _value(
    about: Property, shape: Shape, value: Any, pointer: str, sought: frozenset[Target]
) -> Iterator[Mention]:
    if isinstance(value, dict):
        yield from _object(about, shape, value, pointer, sought)
    elif isinstance(value, list):
        for item in (inner.item for inner in variants(shape) if isinstance(inner, ListShape)):
            for place, inner_value in enumerate(value):
                yield from _value(about, item, inner_value, f"{pointer}/{place}", sought)
    elif isinstance(value, str) and value:
        targets = {inner.to for inner in variants(shape) if isinstance(inner, Reference)}
        # A name that may be of several kinds of things is not followed.
        if len(targets) == 1 and targets <= sought:
            yield Mention(targets.pop(), value, pointer, about)


def _object(
    about: Property, shape: Shape, value: Mapping[str, Any], pointer: str, sought: frozenset[Target]
) -> Iterator[Mention]:
    for found in merged(shape):
        if found.name in value:
            yield from _value(found, found.shape, value[found.name], f"{pointer}/{found.name}", sought)
    for each in variants(shape):
        if isinstance(each, MapShape):
            for name, inner in value.items():
                place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
                if each.keys in sought and each.keys is not None:
                    yield Mention(each.keys, name, place, about)
                yield from _value(about, each.value, inner, place, sought)
