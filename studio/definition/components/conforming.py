"""Where a component in a layout file differs from what its type declares."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import isfinite
from typing import Any, Final, Literal

from studio.definition.components.shapes import (
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
    Scalar,
    Shape,
    Text,
)
from studio.definition.components.types import ComponentType

_BINDINGS: Final = frozenset({"dataModelBindings", "textResourceBindings"})


@dataclass(frozen=True, slots=True)
class Deviation:
    """One difference. `pointer` is inside the component; `about` the property, None for an unknown one.

    wrong: the value is none that `shape` takes · unknown: the type has no such property · missing: the
    property is needed and not there.
    """

    problem: Literal["wrong", "unknown", "missing"]
    pointer: str
    about: Property | None = None
    shape: Shape | None = None
    value: Any = None

    @property
    def name(self) -> str:
        """The place in words: "edit.mode"."""
        return ".".join(_unescaped(part) for part in self.pointer.split("/")[1:])


def deviations(kind: ComponentType, raw: Mapping[str, Any]) -> Iterator[Deviation]:
    """The differences between a component and its type; ids, children and bindings are not looked at."""
    yield from _members(kind.properties, kind.names, raw, "")
    texts = raw.get("textResourceBindings")
    for name in texts if isinstance(texts, dict) and kind.texts else ():
        if kind.text(name) is None:
            yield Deviation("unknown", f"/textResourceBindings/{_escaped(name)}")


def value_deviations(found: Property, value: Any, pointer: str) -> Iterator[Deviation]:
    """The differences between the value of one property and what it can hold; `pointer` is its place."""
    if found.expression_allowed and is_expression(value):
        return
    for deviation in _value(found.shape, value, pointer):
        yield deviation if deviation.about else replace(deviation, about=_about(deviation, found))


def is_expression(value: Any) -> bool:
    """Whether a value is written as an expression: a list that begins with the name of a function."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


def _members(
    properties: tuple[Property, ...], names: frozenset[str], raw: Mapping[str, Any], pointer: str
) -> Iterator[Deviation]:
    for found in properties:
        inside = f"{pointer}/{_escaped(found.name)}"
        if found.name in raw:
            yield from value_deviations(found, raw[found.name], inside)
        elif found.required:
            yield Deviation("missing", inside, found, found.shape)
    for name in raw:
        # Older editors wrote empty bindings into every component. They bind nothing.
        if name not in names and (pointer or name not in _BINDINGS or raw[name] != {}):
            yield Deviation("unknown", f"{pointer}/{_escaped(name)}", value=raw[name])


def _about(deviation: Deviation, found: Property) -> Property | None:
    return None if deviation.problem == "unknown" else found


def _value(shape: Shape, value: Any, pointer: str) -> Iterator[Deviation]:
    """The differences between a value and its shape, with all that is inside it."""
    match shape:
        case Alternatives(shapes):
            yield from _nearest(shapes, value, pointer)
        case ObjectShape(properties, older=older) if isinstance(value, dict):
            names = frozenset(found.name for found in (*properties, *older))
            yield from _members((*properties, *older), names, value, pointer)
        case ListShape(item) if isinstance(value, list):
            for place, inner in enumerate(value):
                yield from _value(item, inner, f"{pointer}/{place}")
        case MapShape(item, expression_allowed=ruled) if isinstance(value, dict):
            for name, inner in value.items():
                if not (ruled and is_expression(inner)):
                    yield from _value(item, inner, f"{pointer}/{_escaped(name)}")
        case _:
            if not _FITS[type(shape)](shape, value):
                yield Deviation("wrong", pointer, shape=shape, value=value)


def _nearest(shapes: tuple[Shape, ...], value: Any, pointer: str) -> list[Deviation]:
    """The differences from the alternative that the value is nearest to."""
    found = [list(_value(shape, value, pointer)) for shape in shapes]
    if all(any(each.problem == "wrong" and each.pointer == pointer for each in one) for one in found):
        return [Deviation("wrong", pointer, shape=Alternatives(shapes), value=value)]
    return min(found, key=lambda one: (_told_apart(one), len(one)))


def _told_apart(found: list[Deviation]) -> int:
    """How many of the values that tell alternatives apart are others."""
    return sum(1 for each in found if isinstance(each.shape, Enumeration) and len(each.shape.choices) == 1)


def _one_of(shape: Enumeration, value: Any) -> bool:
    return any(choice.value == value and type(choice.value) is type(value) for choice in shape.choices)


def _is_a_number(shape: Number, value: Any) -> bool:
    finite = isinstance(value, int) or (isinstance(value, float) and isfinite(value))
    if isinstance(value, bool) or not finite:
        return False
    if shape.whole and value != int(value):
        return False
    too_small = shape.minimum is not None and value < shape.minimum
    too_large = shape.maximum is not None and value > shape.maximum
    return not (too_small or too_large)


def _is_text(shape: Text | Reference, value: Any) -> bool:
    pattern = shape.pattern if isinstance(shape, Text) else None
    return isinstance(value, str) and (pattern is None or re.fullmatch(pattern, value) is not None)


# Only what has no parts is asked here; objects, lists and maps come here only when they are none.
_FITS: Final[Mapping[type, Any]] = {
    Flag: lambda _shape, value: isinstance(value, bool),
    Text: _is_text,
    Reference: _is_text,
    Number: _is_a_number,
    Enumeration: _one_of,
    Scalar: lambda _shape, value: value is None or isinstance(value, str | int | float),
    Nothing: lambda _shape, value: value is None,
    ObjectShape: lambda _shape, _value: False,
    ListShape: lambda _shape, _value: False,
    MapShape: lambda _shape, _value: False,
}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _unescaped(name: str) -> str:
    return name.replace("~1", "/").replace("~0", "~")
