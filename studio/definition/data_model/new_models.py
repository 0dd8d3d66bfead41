"""The files of a data model for an app that has none."""

from dataclasses import dataclass
from typing import Final

_SCHEMA: Final = """{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "%(name)s.schema.json",
  "type": "object",
  "info": {
    "rootNode": ""
  },
  "@xsdNamespaces": {
    "xsd": "http://www.w3.org/2001/XMLSchema",
    "xsi": "http://www.w3.org/2001/XMLSchema-instance",
    "seres": "http://seres.no/xsd/forvaltningsdata"
  },
  "@xsdSchemaAttributes": {
    "AttributeFormDefault": "Unqualified",
    "ElementFormDefault": "Qualified",
    "BlockDefault": "None",
    "FinalDefault": "None"
  },
  "@xsdRootElement": "%(name)s",
  "properties": {}
}
"""
_XSD: Final = """<?xml version="1.0" encoding="utf-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" attributeFormDefault="unqualified" \
elementFormDefault="qualified">
  <xs:element name="%(name)s">
    <xs:complexType>
      <xs:sequence />
    </xs:complexType>
  </xs:element>
</xs:schema>
"""


@dataclass(frozen=True, slots=True)
class NewModel:
    """The content of <name>.schema.json and <name>.xsd."""

    schema: bytes
    xsd: bytes


def new_model(name: str) -> NewModel:
    """A model without fields, to grow. `name` is also the root element: letters, digits, - and _ only."""
    values = {"name": name}
    return NewModel((_SCHEMA % values).encode(), (_XSD % values).encode())
