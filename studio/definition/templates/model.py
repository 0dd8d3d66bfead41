"""The data model of a new app, as JSON Schema and as XSD."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any, Final

MODEL: Final = "model"

# JSON Schema keyword -> XSD facet
_FACETS: Final = {"minLength": "minLength", "maxLength": "maxLength", "pattern": "pattern"}


@dataclass(frozen=True, slots=True)
class ModelField:
    """One text field of the model. `limits` are JSON Schema keywords: minLength, maxLength, pattern, enum."""

    name: str
    required: bool = False
    limits: Mapping[str, Any] = field(default_factory=dict)


def json_schema(fields: tuple[ModelField, ...]) -> dict[str, Any]:
    """The JSON Schema document, in the form that the format's own tools write."""
    schema: dict[str, Any] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "type": "object",
        "info": {"rootNode": ""},
        "@xsdNamespaces": {
            "xsd": "http://www.w3.org/2001/XMLSchema",
            "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        },
        "@xsdSchemaAttributes": {
            "AttributeFormDefault": "Unqualified",
            "ElementFormDefault": "Qualified",
            "BlockDefault": "None",
            "FinalDefault": "None",
        },
        "@xsdRootElement": MODEL,
        "properties": {each.name: {"type": "string", **each.limits} for each in fields},
    }
    if required := [each.name for each in fields if each.required]:
        schema["required"] = required
    return schema


def xsd(fields: tuple[ModelField, ...]) -> str:
    """The XML Schema of the same data."""
    elements = "".join(_element(each) for each in fields)
    sequence = (
        f"      <xs:sequence>\n{elements}      </xs:sequence>\n" if elements else "      <xs:sequence />\n"
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"'
        ' attributeFormDefault="unqualified" elementFormDefault="qualified">\n'
        f'  <xs:element name="{MODEL}">\n    <xs:complexType>\n'
        f"{sequence}    </xs:complexType>\n  </xs:element>\n"
        "</xs:schema>\n"
    )


def _element(each: ModelField) -> str:
    optional = "" if each.required else ' minOccurs="0"'
    facets = "".join(_facets(each.limits))
    if not facets:
        return f'        <xs:element{optional} name="{each.name}" type="xs:string" />\n'
    return (
        f'        <xs:element{optional} name="{each.name}">\n'
        f'          <xs:simpleType>\n            <xs:restriction base="xs:string">\n{facets}'
        "            </xs:restriction>\n          </xs:simpleType>\n        </xs:element>\n"
    )


def _facets(limits: Mapping[str, Any]) -> list[str]:
    values = [("enumeration", value) for value in limits.get("enum", ())]
    values += [(facet, limits[keyword]) for keyword, facet in _FACETS.items() if keyword in limits]
    return [f'              <xs:{facet} value="{escape(str(value))}" />\n' for facet, value in values]
