"""Which constructs of XSD a place in a JSON Schema can become, in the platform's names for them."""

from collections.abc import Mapping
from typing import Any

from studio.definition.data_model.conversion.derivation import derivation
from studio.definition.data_model.conversion.facets import has_facets
from studio.definition.data_model.conversion.reading import (
    Schema,
    is_attribute,
    own_shape,
    types,
    wrong,
)
from studio.definition.data_model.conversion.source import Source
from studio.definition.data_model.conversion.steps import Steps, steps_of
from studio.definition.sentences import N_


def compatible_types(schema: Mapping[str, Any], pointer: str) -> frozenset[str]:
    """The names ("ComplexType", "Attribute", "Nillable", ...) for the schema at a pointer ("#/oneOf/[0]").

    Raises BrokenSchema where there is no schema.
    """
    source = Source(schema)
    inner = _at(schema, pointer)
    found = set(_complex(source, inner, pointer) if _is_complex(source, inner, pointer) else _simple(inner))
    if is_attribute(inner):
        found.add("Attribute")
    if source.allows_null(inner, pointer):
        found.add("Nillable")
    return frozenset(found)


def _at(schema: Schema, pointer: str) -> Schema:
    found: Any = schema
    for part in pointer.removeprefix("#").split("/")[1:]:
        key = part.strip("[]") if isinstance(found, list) else part.replace("~1", "/").replace("~0", "~")
        if isinstance(found, list) and key.isdecimal() and int(key) < len(found):
            found = found[int(key)]
        elif isinstance(found, Mapping) and key in found:
            found = found[key]
        else:
            found = None
            break
    if not isinstance(found, Mapping):
        raise wrong(pointer, N_("A schema is needed here."))
    return found


def _is_complex(source: Source, schema: Schema, at: str) -> bool:
    return source.shape(schema, at) == "complex"


def _simple(schema: Schema) -> set[str]:
    found = {"SimpleType"}
    if "array" in types(schema):
        found.add("SimpleTypeList")
    elif has_facets(schema) or "@xsdStructure" in schema:
        found.add("SimpleTypeRestriction")
    return found if own_shape(schema) == "simple" or len(found) > 1 or "$ref" in schema else set()


def _complex(source: Source, schema: Schema, at: str) -> set[str]:
    steps = steps_of(source, schema, at)
    if _only_names(steps) or len(steps.bases) > 1:
        return {"ComplexType"}
    made = derivation(source, steps, at)
    if made.base is None and not made.has_text:
        return {"ComplexType"}
    content = "SimpleContent" if made.has_text else "ComplexContent"
    return {"ComplexType", content, f"{content}{made.kind.capitalize()}"}


def _only_names(steps: Steps) -> bool:
    return len(steps.bases) == 1 and not steps.steps and steps.any_attribute is None
