"""Elements: a property of the data, once or as a list."""

from typing import Any

from lxml import etree

from studio.definition.data_model.conversion.annotations import notes_of, unhandled
from studio.definition.data_model.conversion.definitions import Definitions
from studio.definition.data_model.conversion.occurrences import Occurs, occurs
from studio.definition.data_model.conversion.properties import Convert
from studio.definition.data_model.conversion.simple_types import named_type, simple_type
from studio.definition.data_model.xsd_documents import XS

Json = dict[str, Any]


def name_of(part: etree._Element) -> str:
    """The name of an element in the data."""
    return part.get("name") or part.get("ref", "").rpartition(":")[2]


def element(definitions: Definitions, part: etree._Element, total: Occurs, convert: Convert) -> Json:
    """The schema of an element that comes `total` times in what it stands in."""
    schema = _type(definitions, part, convert)
    nillable = part.get("nillable", "").strip() in {"true", "1"}
    if total.repeats:
        schema = _list(schema, total, nillable=nillable)
    elif nillable and isinstance(schema.get("type"), str) and "@xsdStructure" not in schema:
        schema = schema | {"type": [schema["type"], "null"]}
    elif nillable:
        schema = schema | {"@xsdNillable": True}
    return notes_of(part) | schema | _written(definitions, part) | unhandled(part)


def substitute(definitions: Definitions, part: etree._Element, total: Occurs) -> Json:
    """An element at the top that stands in place of another one, by reference: it may hold itself."""
    schema = {"$ref": definitions.pointer(part), "@xsdType": "#ref"}
    return _list(schema, total, nillable=False) if total.repeats else schema


def _list(items: Json, total: Occurs, *, nillable: bool) -> Json:
    schema: Json = {"type": ["array", "null"] if nillable else "array", "items": items}
    if total.low > 0:
        schema["minItems"] = total.low
    if total.high is not None:
        schema["maxItems"] = total.high
    return schema


def _written(definitions: Definitions, part: etree._Element) -> Json:
    """What the XSD says itself about how often, to be written back as it was."""
    found: Json = {}
    if part.get("minOccurs") is not None:
        found["@xsdMinOccurs"] = occurs(definitions.documents, part).low
    if part.get("maxOccurs") is not None:
        found["@xsdMaxOccurs"] = part.get("maxOccurs", "").strip()
    return found


def _type(definitions: Definitions, part: etree._Element, convert: Convert) -> Json:
    if part.get("ref"):
        return {"$ref": definitions.reference("element", part, part.get("ref", "")), "@xsdType": "#ref"}
    if part.get("type"):
        return named_type(definitions, part, part.get("type", ""))
    for inner in part.iterchildren(f"{XS}simpleType", f"{XS}complexType"):
        if inner.tag == f"{XS}simpleType":
            return simple_type(definitions, inner)
        return convert(definitions, inner)
    return {}
