"""Values for properties of components, drawn from what the catalogue says they can hold."""

from collections.abc import Callable
from functools import cache
from typing import Any, Final

from hypothesis import strategies as st

from studio.definition.components import (
    CATALOGUE,
    Alternatives,
    ComponentType,
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

WORDS: Final = st.sampled_from(["a", "first-name", "Æ ø", "model.rows", "2026-12-31", ""])
# For the patterns that the catalogue has.
_MATCHING: Final = {r"\d+": "12", r"([0-9]{1,2}%|100%|auto)": "25%", r"[0-9]+(px|rem|%)?": "90px"}
_RULES: Final = {
    Flag: ["equals", ["component", "a"], "b"],
    Number: ["if", True, 1, "else", 2],
}
_TEXT_RULE: Final = ["concat", "a", ["component", "a"]]


def property_values(found: Property) -> st.SearchStrategy[Any]:
    """Any value of a property: a literal, or a rule where that is allowed."""
    literal = shape_values(found.shape)
    if not found.expression_allowed:
        return literal
    return literal | st.just(_RULES.get(type(found.shape), _TEXT_RULE))


def shape_values(shape: Shape) -> st.SearchStrategy[Any]:
    """Any value of a shape."""
    return _STRATEGIES[type(shape)](shape)


def _texts(shape: Text) -> st.SearchStrategy[str]:
    return st.just(_MATCHING[shape.pattern]) if shape.pattern else WORDS


def _numbers(shape: Number) -> st.SearchStrategy[int | float]:
    numbers = st.integers(-9 if shape.minimum is None else shape.minimum, shape.maximum or 99)
    return numbers if shape.whole else numbers | st.just(2.5)


def _alternatives(shape: Alternatives) -> st.SearchStrategy[Any]:
    return st.one_of([shape_values(inner) for inner in shape.shapes])


_STRATEGIES: Final[dict[type, Callable[[Any], st.SearchStrategy[Any]]]] = {
    Flag: lambda _shape: st.booleans(),
    Text: _texts,
    Number: _numbers,
    Enumeration: lambda shape: st.sampled_from([choice.value for choice in shape.choices]),
    Reference: lambda _shape: WORDS,  # a name of something, which need not exist
    Scalar: lambda _shape: WORDS | st.integers(0, 9) | st.booleans() | st.none(),
    Nothing: lambda _shape: st.none(),
    ObjectShape: lambda shape: _objects(shape.properties),
    ListShape: lambda shape: st.lists(shape_values(shape.item), max_size=2),
    MapShape: lambda shape: st.dictionaries(
        st.sampled_from(["nb", "en", "a"]), shape_values(shape.value), max_size=2
    ),
    Alternatives: _alternatives,
}


def _objects(properties: tuple[Property, ...]) -> st.SearchStrategy[dict[str, Any]]:
    needed = {found.name: property_values(found) for found in properties if found.required}
    others = {found.name: property_values(found) for found in properties if not found.required}
    return st.fixed_dictionaries(needed, optional=others)


def components(kind: ComponentType, component_id: str) -> st.SearchStrategy[dict[str, Any]]:
    """A component of this type with any properties, bound as it needs to be."""
    bindings = {slot.key: slot.key for slot in kind.bindings if slot.required}
    first = {kind.bindings[0].key: "a"} if kind.bindings else {}
    needed = bindings or (first if kind.needs_a_binding else {})
    start = kind.new(component_id) | ({"dataModelBindings": needed} if needed else {})
    return _of_type(kind.name).map(lambda drawn: start | drawn)


@cache
def _of_type(name: str) -> st.SearchStrategy[dict[str, Any]]:
    # What only the latest apps have, the platform's schema does not know.
    return _objects(CATALOGUE[name].properties_without_extras)
