"""Which definitions of a schema an edit reaches, so that only those are derived anew."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

from studio.definition.data_model.conversion.facets import has_facets
from studio.definition.data_model.conversion.reading import (
    COMPOSITIONS,
    Schema,
    definition_name,
    inner_schemas,
)
from studio.definition.data_model.conversion.simple_declarations import SimpleTypes
from studio.definition.data_model.conversion.source import Source, Target

_CONTENT: Final = frozenset({*COMPOSITIONS, "properties", "@xsdAnyAttribute"})


@lru_cache(maxsize=4)
def affected(before: Source, after: Source) -> frozenset[str]:
    """The definitions of both documents whose part in an XSD may differ. Raises BrokenSchema.

    A definition that only names a changed type as that of a member stays as it is, as long as the type is
    still of the same kind; one that builds on it does not.
    """
    both = before.definitions.keys() & after.definitions.keys()
    changed = {
        name
        for name in both
        if before.letters[name] != after.letters[name] or before.roles[name] != after.roles[name]
    }
    loud = {name for name in changed if _kind(before, name) != _kind(after, name)}
    return frozenset((_reached(after, loud, False) | _reached(after, changed, True)) & both)


def _kind(source: Source, name: str) -> tuple[Any, ...]:
    """What those who name a type need to know of it."""
    target = source.definitions[name]
    schema, at = target.schema, target.pointer
    shape = source.shape(schema, at)
    builtin = SimpleTypes(source).builtin(schema, at) if shape == "simple" else ""
    return source.roles[name], shape, builtin, source.allows_null(schema, at)


def _reached(source: Source, names: set[str], only_builders: bool) -> set[str]:
    """The names, and the definitions that refer to one of them, or build on it, over any number of steps."""
    found, waiting = set(names), list(names)
    while waiting:
        used = waiting.pop()
        mark = f"/{json.dumps(used)[1:]}"
        for name, text in source.letters.items():
            if name not in found and mark in text:
                references = _references(source.definitions[name])
                if any(other == used and (builds or not only_builders) for other, builds in references):
                    found.add(name)
                    waiting.append(name)
    return found


def _references(target: Target) -> Iterator[tuple[str, bool]]:
    stack: list[tuple[Any, bool]] = [(target.schema, False)]
    while stack:
        schema, is_member = stack.pop()
        if not isinstance(schema, Mapping):
            continue
        name = definition_name(schema.get("$ref"))
        if name is not None:
            yield name, not is_member or not _only_names(schema)
        stack.extend(inner_schemas(schema, is_member and _only_composes(schema)))


def _only_names(schema: Schema) -> bool:
    return _CONTENT.isdisjoint(schema) and not has_facets(schema)


def _only_composes(schema: Schema) -> bool:
    """Whether a schema says no more than the one composition in it."""
    return len(_CONTENT.intersection(schema)) == 1 and not has_facets(schema)
