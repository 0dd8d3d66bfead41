"""Forms read no property that the catalogue does not declare: whatever they understand can be set."""

import ast
from collections.abc import Iterator
from pathlib import Path

from studio.definition.components import (
    CATALOGUE,
    ListShape,
    MapShape,
    Property,
    Shape,
    merged,
    variants,
)
from studio.runtime.forms import kinds

# What every component has beside its properties, and what older generations wrote.
ALSO = {"id", "type", "children", "textResourceBindings", "dataModelBindings", "maxCount"}
# Asked of data types, not of components.
ALSO |= {"grouping"}
# How the modules call a component as it stands in the file.
COMPONENTS = {"raw", "view.raw", "node.raw", "spot.node.raw", "child.raw", "inner.raw"}


def names(properties: tuple[Property, ...]) -> Iterator[str]:
    for found in properties:
        yield found.name
        yield from inside(found.shape)


def inside(shape: Shape) -> Iterator[str]:
    yield from names(merged(shape))
    for each in variants(shape):
        if isinstance(each, ListShape):
            yield from inside(each.item)
        elif isinstance(each, MapShape):
            yield from inside(each.value)


def read(path: Path) -> Iterator[tuple[str, int]]:
    """The names that a module asks a component for, with their lines."""
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Call(ast.Attribute(holder, "get"), [ast.Constant(str(name)), *_]):
                pass
            case ast.Subscript(holder, ast.Constant(str(name))):
                pass
            case _:
                continue
        if ast.unparse(holder) in COMPONENTS:
            yield name, node.lineno


def test_what_forms_read_is_declared() -> None:
    declared = {name for kind in CATALOGUE.values() for name in names(kind.properties)} | ALSO
    folder = Path(kinds.__path__[0])
    asked = [(path.name, name, line) for path in folder.glob("*.py") for name, line in read(path)]
    assert len(asked) > 30
    assert [each for each in asked if each[1] not in declared] == []
