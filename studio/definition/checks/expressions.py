"""Checks of expressions in forms: whatever cannot be compiled, at the part that is wrong.

The runtime takes the property's usual value where an expression cannot be read, so the form works, but not as
it was meant.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.checks.places import Placing, finding
from studio.definition.components import component_type, is_expression
from studio.definition.components.shapes import (
    Alternatives,
    ListShape,
    MapShape,
    ObjectShape,
    Property,
    Shape,
)
from studio.definition.expressions import ExpressionError, compile_expression
from studio.definition.findings import Finding, Place
from studio.definition.rules.problems import pointer
from studio.definition.sentences import N_, Sentence

# (property, pointer in the component, value) of something that is written as an expression.
Found = tuple[str, str, Any]


def check_expressions(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """When pages are hidden, and every property of a component that may be an expression."""
    for layout_set in app.layout_sets:
        for page in layout_set.pages:
            for at, reason in _wrong(page.hidden, "/data/hidden"):
                yield _finding(placing.in_json(page.path, at), page.name, "hidden", reason)
        for page, component in layout_set.components():
            for name, where, value in _expressions(component.type, component.raw):
                for at, reason in _wrong(value, where):
                    place = placing.component(page, component, at)
                    yield _finding(place, component.id or component.type, name, reason)


def _finding(place: Place, owner: str, name: str, reason: str) -> Finding:
    values = {"id": owner, "property": name, "reason": reason}
    sentence = Sentence(N_("The expression for %(property)s of %(id)s is wrong: %(reason)s"), values)
    return finding("bad-expression", "warning", place, sentence, N_("Correct the expression."))


def _wrong(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """(pointer of the part that is wrong, why); nothing where the value is no expression or a good one."""
    if not isinstance(value, list):
        return
    try:
        compile_expression(value)
    except ExpressionError as error:
        yield where + pointer(*error.at), error.reason


def _expressions(kind: str, raw: Mapping[str, Any]) -> Iterator[Found]:
    """Everything in a component that is written as an expression."""
    texts = raw.get("textResourceBindings")
    for name, value in texts.items() if isinstance(texts, Mapping) else ():
        if is_expression(value):
            yield name, pointer("textResourceBindings", name), value
    known = component_type(kind)
    for found in known.properties if known else ():
        if found.name in raw:
            yield from _in_property(found, raw[found.name], pointer(found.name))


def _in_property(found: Property, value: Any, where: str) -> Iterator[Found]:
    if found.expression_allowed and is_expression(value):
        yield found.name, where, value
    else:
        yield from _in_shape(found.shape, found.name, value, where)


def _in_shape(shape: Shape, name: str, value: Any, where: str) -> Iterator[Found]:
    match shape:
        case ObjectShape(properties) if isinstance(value, Mapping):
            for found in properties:
                if found.name in value:
                    yield from _in_property(found, value[found.name], where + pointer(found.name))
        case ListShape(item) if isinstance(value, list):
            for place, inner in enumerate(value):
                yield from _in_shape(item, name, inner, where + pointer(place))
        case MapShape() if isinstance(value, Mapping):
            yield from _in_map(shape, name, value, where)
        case Alternatives(shapes):
            every = (found for each in shapes for found in _in_shape(each, name, value, where))
            yield from {found[1]: found for found in every}.values()


def _in_map(shape: MapShape, name: str, value: Mapping[str, Any], where: str) -> Iterator[Found]:
    for key, inner in value.items():
        if shape.expression_allowed and is_expression(inner):
            yield name, where + pointer(key), inner
        else:
            yield from _in_shape(shape.value, name, inner, where + pointer(key))
