"""What the properties of a component refer to by name: components, pages, forms, steps, data types."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from studio.definition.components.shapes import (
    ListShape,
    MapShape,
    Property,
    Reference,
    Shape,
    Target,
    merged,
    variants,
)
from studio.definition.components.types import ComponentType


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a property. `pointer` is its place inside the component."""

    to: Target
    name: str
    pointer: str
    about: Property


def mentions(kind: ComponentType, raw: Mapping[str, Any]) -> Iterator[Mention]:
    """Every name that the component's properties mention."""
    for found in kind.properties:
        if found.name in raw:
            yield from _value(found, found.shape, raw[found.name], f"/{found.name}")


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
        if len(targets) == 1:
            yield Mention(targets.pop(), value, pointer, about)


def _object(about: Property, shape: Shape, value: Mapping[str, Any], pointer: str) -> Iterator[Mention]:
    for found in merged(shape):
        if found.name in value:
            yield from _value(found, found.shape, value[found.name], f"{pointer}/{found.name}")
    for each in variants(shape):
        if isinstance(each, MapShape):
            for name, inner in value.items():
                place = f"{pointer}/{name.replace('~', '~0').replace('/', '~1')}"
                if each.keys is not None:
                    yield Mention(each.keys, name, place, about)
                yield from _value(about, each.value, inner, place)
