"""An XML Schema as JSON Schema in the platform's dialect, with what JSON Schema cannot say in `@xsd…`."""

from collections.abc import Mapping
from typing import Any, Final

from lxml import etree

from studio.definition.data_model.conversion.annotations import header_of, notes_of, unhandled
from studio.definition.data_model.conversion.complex_types import attribute, attribute_steps
from studio.definition.data_model.conversion.definitions import Definitions
from studio.definition.data_model.conversion.normalising import normalized
from studio.definition.data_model.conversion.particles import group_schema, property_schema, type_schema
from studio.definition.data_model.conversion.properties import all_of
from studio.definition.data_model.conversion.simple_types import simple_type
from studio.definition.data_model.xsd_documents import XsdDocuments, read_documents
from studio.definition.data_model.xsd_weight import weigh
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

Json = dict[str, Any]

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_FORMS: Final = {"qualified": "Qualified", "unqualified": "Unqualified"}
_DERIVATIONS: Final = {
    "#all": "All",
    "extension": "Extension",
    "restriction": "Restriction",
    "substitution": "Substitution",
    "list": "List",
    "union": "Union",
}
_WITHOUT: Final = ("type", "$schema", "$id", "@xsdNamespaces", "@xsdSchemaAttributes")


def to_json_schema(
    xsd: bytes, *, others: Mapping[str, bytes] | None = None, root: str | None = None
) -> dict[str, Any]:
    """The JSON Schema of an XSD. `others` are the files that it includes or imports; `root` is the element
    with which documents begin, the first one unless named.

    Raises BrokenXsd where the XSD cannot be read or names what does not exist, DomainError where there is
    no such root element.
    """
    return schema_of(read_documents(xsd, others), root)


def roots(xsd: bytes, others: Mapping[str, bytes] | None = None) -> tuple[str, ...]:
    """The elements with which documents can begin, the usual one first. Raises BrokenXsd."""
    return tuple(read_documents(xsd, others).root_elements)


def schema_of(documents: XsdDocuments, root: str | None = None) -> dict[str, Any]:
    """As `to_json_schema`, of documents that were read already."""
    weigh(documents)  # a few lines can stand for more than any memory holds
    element = _root_element(documents, root)
    definitions = Definitions(documents, element)
    schema = _header(documents)
    if element is not None:
        schema |= _root_schema(definitions, element)
    defs = {name: _declaration(definitions, part) for name, part in definitions.drain()}
    return normalized(schema | ({"$defs": defs} if defs else {}))


def _root_element(documents: XsdDocuments, name: str | None) -> etree._Element | None:
    elements = documents.root_elements
    if name is None:
        return next(iter(elements.values()), None)
    if name not in elements:
        values = {"name": name, "names": ", ".join(elements) or "-"}
        sentence = N_("There is no element %(name)s to begin with. Choose one of these: %(names)s.")
        raise DomainError(Sentence(sentence, values))
    return elements[name]


def _root_schema(definitions: Definitions, element: etree._Element) -> Json:
    schema = property_schema(definitions, element)
    name = {"@xsdRootElement": element.get("name", "")}
    if "$ref" in schema:
        return name | {"oneOf": [{"$ref": schema["$ref"]}]}
    return name | {keyword: value for keyword, value in schema.items() if keyword not in _WITHOUT}


def _header(documents: XsdDocuments) -> Json:
    part = documents.main.root
    attributes = {
        "AttributeFormDefault": _FORMS.get(part.get("attributeFormDefault", ""), "None"),
        "ElementFormDefault": _FORMS.get(part.get("elementFormDefault", ""), "None"),
        "BlockDefault": _derivations(part.get("blockDefault", "")),
        "FinalDefault": _derivations(part.get("finalDefault", "")),
    }
    if (namespace := part.get("targetNamespace")) is not None:
        attributes["TargetNamespace"] = namespace
    return {
        "$schema": _DIALECT,
        "$id": "schema.json",
        "type": "object",
        "@xsdNamespaces": {prefix or "": uri for prefix, uri in part.nsmap.items()},
        "@xsdSchemaAttributes": attributes,
        **unhandled(part),
        **header_of(part),
    }


def _derivations(value: str) -> str:
    return ", ".join(_DERIVATIONS[name] for name in value.split() if name in _DERIVATIONS) or "None"


def _declaration(definitions: Definitions, part: etree._Element) -> Json:
    """The schema of something declared at the top."""
    kind = etree.QName(part).localname
    if kind == "attributeGroup":
        return notes_of(part) | all_of(list(attribute_steps(definitions, part))) | unhandled(part)
    convert = {
        "element": property_schema,
        "complexType": type_schema,
        "simpleType": simple_type,
        "group": group_schema,
        "attribute": attribute,
    }
    return convert[kind](definitions, part)
