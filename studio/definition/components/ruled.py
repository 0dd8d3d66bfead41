"""What is written as an expression in a component, wherever its type allows one."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.components.catalogue import component_type
from studio.definition.components.conforming import is_expression
from studio.definition.components.properties import FORM, HIDDEN, REMOVE_WHEN_HIDDEN
from studio.definition.components.shapes import (
    TEXT,
    Alternatives,
    ListShape,
    MapShape,
    ObjectShape,
    Property,
    Shape,
)

# What the runtime reads of a component of any type, also of one that is not known.
_OF_ANY_TYPE: Final = (HIDDEN, *FORM, REMOVE_WHEN_HIDDEN)


@dataclass(frozen=True, slots=True)
class RuledValue:
    """An expression in a component. `pointer` is inside the component.

    `name` is the property in words ("edit.deleteButton"), without the places in lists; `shape` is what a
    value there has to be.
    """

    name: str
    pointer: str
    expression: list[Any]
    shape: Shape


def ruled_values(type_name: str, raw: Mapping[str, Any]) -> Iterator[RuledValue]:
    """Every expression in a component (JSON) of the type with this name."""
    texts = raw.get("textResourceBindings")
    for name, value in texts.items() if isinstance(texts, Mapping) else ():
        if is_expression(value):
            inside = f"/textResourceBindings/{_escaped(name)}"
            yield RuledValue(f"textResourceBindings.{name}", inside, value, TEXT)
    for found in _properties(type_name, raw):
        if found.name in raw:
            yield from _in_property(found, raw[found.name], found.name, f"/{_escaped(found.name)}")


def _properties(type_name: str, raw: Mapping[str, Any]) -> tuple[Property, ...]:
    known = component_type(name_of_type(type_name, raw))
    return known.properties if known else _OF_ANY_TYPE


def name_of_type(type_name: str, raw: Mapping[str, Any]) -> str:
    """The type as it is called today: groups of the first generations repeated by their number of rows."""
    repeats = type_name.casefold() == "group" and raw.get("maxCount", 1) != 1
    return "RepeatingGroup" if repeats else type_name


def _in_property(found: Property, value: Any, name: str, where: str) -> Iterator[RuledValue]:
    if found.expression_allowed and is_expression(value):
        yield RuledValue(name, where, value, found.shape)
    else:
        yield from _in_shape(found.shape, value, name, where)


def _in_shape(shape: Shape, value: Any, name: str, where: str) -> Iterator[RuledValue]:
    match shape:
        case ObjectShape(properties) if isinstance(value, Mapping):
            for found in properties:
                if found.name in value:
                    inside = f"{where}/{_escaped(found.name)}"
                    yield from _in_property(found, value[found.name], f"{name}.{found.name}", inside)
        case ListShape(item) if isinstance(value, list):
            for place, inner in enumerate(value):
                yield from _in_shape(item, inner, name, f"{where}/{place}")
        case MapShape() if isinstance(value, Mapping):
            yield from _in_map(shape, value, name, where)
        case Alternatives(shapes):
            every = (found for each in shapes for found in _in_shape(each, value, name, where))
            yield from {found.pointer: found for found in every}.values()


def _in_map(shape: MapShape, value: Mapping[str, Any], name: str, where: str) -> Iterator[RuledValue]:
    for key, inner in value.items():
        inside = f"{where}/{_escaped(key)}"
        if shape.expression_allowed and is_expression(inner):
            yield RuledValue(f"{name}.{key}", inside, inner, shape.value)
        else:
            yield from _in_shape(shape.value, inner, f"{name}.{key}", inside)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
