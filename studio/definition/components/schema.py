"""JSON Schemas (draft 07) of components and pages, made from the catalogue, for the code view."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from studio.definition.components.catalogue import CATALOGUE
from studio.definition.components.properties import HIDDEN, PAGES_AND_ERRORS
from studio.definition.components.shapes import (
    Alternatives,
    Enumeration,
    Flag,
    Generation,
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
from studio.definition.sentences import Sentence

# How titles and descriptions are put into the reader's language.
Say = Callable[[Sentence], str]
JsonSchema = dict[str, Any]

# An id may not end in a hyphen and a number: rows of repeating groups add those.
COMPONENT_ID: Final = r"^[0-9a-zA-Z][0-9a-zA-Z-]*(-?[a-zA-Z]+|[a-zA-Z][0-9]+|-[0-9]{6,})$"
_EXPRESSION: Final = {"type": "array", "minItems": 1, "items": [{"type": "string"}]}
_TYPES_OF_RESULT: Final = ("boolean", "string", "number")
_DEFINITIONS: Final[JsonSchema] = {
    "expression": _EXPRESSION,
    **{
        f"{name}-or-expression": {"anyOf": [{"type": name}, {"$ref": "#/definitions/expression"}]}
        for name in _TYPES_OF_RESULT
    },
    "binding": {
        "anyOf": [
            {"type": "string"},
            {
                "type": "object",
                "properties": {"dataType": {"type": "string"}, "field": {"type": "string"}},
                "required": ["dataType", "field"],
                "additionalProperties": False,
            },
        ]
    },
}


def json_schema(kind: ComponentType, generation: Generation = "v9", say: Say = str) -> JsonSchema:
    """The schema of one component of this type, complete in itself."""
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_component(kind, generation, say),
        "definitions": _DEFINITIONS,
    }


def page_schema(generation: Generation = "v9", say: Say = str) -> JsonSchema:
    """The schema of a layout file: a page with components of any type."""
    kinds = tuple(CATALOGUE.values())
    names = [kind.name_in(generation) for kind in kinds]
    data = {
        "layout": {"type": "array", "items": {"$ref": "#/definitions/component"}},
        "hidden": _property(HIDDEN, generation, say),
        "expandedWidth": {"type": "boolean", "default": False},
        "validationOnNavigation": shape_schema(PAGES_AND_ERRORS, generation, say),
    }
    by_type = [
        {
            "if": {"properties": {"type": {"const": name}}},
            "then": {"$ref": f"#/definitions/{name}"},
        }
        for name in names
    ]
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        **_object({"$schema": {"type": "string"}, "data": _object(data, ["layout"])}, ["data"]),
        "definitions": {
            **_DEFINITIONS,
            "component": {
                "type": "object",
                "properties": {"type": {"enum": names}},
                "required": ["id", "type"],
                "allOf": by_type,
            },
            **{kind.name_in(generation): _component(kind, generation, say) for kind in kinds},
        },
    }


def _component(kind: ComponentType, generation: Generation, say: Say) -> JsonSchema:
    properties: JsonSchema = {
        "id": {"type": "string", "pattern": COMPONENT_ID},
        "type": {"const": kind.name_in(generation)},
    }
    if kind.children_in == "children":
        properties["children"] = {"type": "array", "items": {"type": "string"}}
    if kind.bindings or kind.open_bindings:
        properties["dataModelBindings"] = _bindings(kind, generation, say)
    if kind.texts:
        texts = {
            slot.key: _titled(slot.label, slot.help, say) | {"$ref": "#/definitions/string-or-expression"}
            for slot in kind.texts
        }
        properties["textResourceBindings"] = _object(texts)
    properties |= {found.name: _property(found, generation, say) for found in kind.properties}
    return _titled(kind.label, kind.help, say) | _object(properties, sorted(kind.required_names))


def _bindings(kind: ComponentType, generation: Generation, say: Say) -> JsonSchema:
    binding = {"$ref": "#/definitions/binding"}
    slots = kind.bindings_in(generation)
    properties = {slot.key: {"title": say(slot.label)} | binding for slot in slots}
    if kind.one_binding:
        alternatives = [_object({key: schema}, [key]) for key, schema in properties.items()]
        return alternatives[0] if len(alternatives) == 1 else {"anyOf": alternatives}
    # What the latest apps spell otherwise is not asked for: it may be there under that name.
    certain = [slot.key for slot in slots if slot.required and (generation == "v8" or not slot.key_latest)]
    schema = _object(properties, certain)
    return schema | {"additionalProperties": binding} if kind.open_bindings else schema


def _property(found: Property, generation: Generation, say: Say) -> JsonSchema:
    schema = shape_schema(found.shape, generation, say)
    if found.expression_allowed:
        schema = _or_expression(schema)
    schema = _titled(found.label, found.help, say) | schema
    default = found.default_in(generation)
    schema |= {"default": default} if default is not None else {}
    return schema | ({"deprecated": True} if found.deprecated else {})


def shape_schema(shape: Shape, generation: Generation = "v9", say: Say = str) -> JsonSchema:
    """The schema of a value of this shape."""
    return _MAKERS[type(shape)](shape, generation, say)


def _or_expression(schema: JsonSchema) -> JsonSchema:
    if set(schema) == {"type"} and schema["type"] in _TYPES_OF_RESULT:
        return {"$ref": f"#/definitions/{schema['type']}-or-expression"}
    return {"anyOf": [schema, {"$ref": "#/definitions/expression"}]}


def _object(properties: JsonSchema, required: list[str] | None = None) -> JsonSchema:
    schema: JsonSchema = {"type": "object", "properties": properties}
    if required:
        schema["required"] = required
    return schema | {"additionalProperties": False}


def _titled(label: Sentence, help_text: Sentence, say: Say) -> JsonSchema:
    return {"title": say(label), "description": say(help_text)}


def _text(shape: Text, _generation: Generation, _say: Say) -> JsonSchema:
    return {"type": "string"} | ({"pattern": f"^{shape.pattern}$"} if shape.pattern else {})


def _number(shape: Number, _generation: Generation, _say: Say) -> JsonSchema:
    limits = {"minimum": shape.minimum, "maximum": shape.maximum}
    return {"type": "integer" if shape.whole else "number"} | {
        name: limit for name, limit in limits.items() if limit is not None
    }


def _enumeration(shape: Enumeration, _generation: Generation, _say: Say) -> JsonSchema:
    values = [choice.value for choice in shape.choices]
    return {"const": values[0]} if len(values) == 1 else {"enum": values}


def _object_shape(shape: ObjectShape, generation: Generation, say: Say) -> JsonSchema:
    properties = {found.name: _property(found, generation, say) for found in shape.properties}
    return _object(properties, [found.name for found in shape.properties if found.required])


def _list(shape: ListShape, generation: Generation, say: Say) -> JsonSchema:
    return {"type": "array", "items": shape_schema(shape.item, generation, say)}


def _map(shape: MapShape, generation: Generation, say: Say) -> JsonSchema:
    value = shape_schema(shape.value, generation, say)
    return {
        "type": "object",
        "additionalProperties": _or_expression(value) if shape.expression_allowed else value,
    }


def _alternatives(shape: Alternatives, generation: Generation, say: Say) -> JsonSchema:
    return {"anyOf": [shape_schema(inner, generation, say) for inner in shape.shapes]}


_MAKERS: Final[Mapping[type, Callable[[Any, Generation, Say], JsonSchema]]] = {
    Flag: lambda _shape, _generation, _say: {"type": "boolean"},
    Text: _text,
    Reference: lambda _shape, _generation, _say: {"type": "string"},
    Number: _number,
    Enumeration: _enumeration,
    Scalar: lambda _shape, _generation, _say: {"type": ["string", "number", "boolean", "null"]},
    Nothing: lambda _shape, _generation, _say: {"type": "null"},
    ObjectShape: _object_shape,
    ListShape: _list,
    MapShape: _map,
    Alternatives: _alternatives,
}
