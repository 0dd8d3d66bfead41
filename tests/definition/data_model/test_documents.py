"""Form data as XML and back."""

from decimal import Decimal

import pytest
from lxml import etree

from studio.definition.data_model import DataModel, from_xml, read_xsd, to_xml, without_row_ids
from studio.definition.safe_xml import BrokenXml

MODEL = DataModel(
    {
        "@xsdRootElement": "form",
        "properties": {
            "version": {"type": "string", "@xsdAttribute": True},
            "b": {"type": "string"},
            "a": {"type": "number"},
            "yes": {"type": "boolean"},
            "rows": {
                "type": "array",
                "items": {
                    "type": "object",
                    "properties": {
                        "n": {"type": "integer"},
                        "tags": {"type": "array", "items": {"type": "string"}},
                    },
                },
            },
            "tagged": {
                "properties": {
                    "value": {"type": "string", "@xsdText": True},
                    "orid": {"const": "7", "@xsdAttribute": True},
                }
            },
        },
    }
)
XSD = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:f" targetNamespace="urn:f"
  elementFormDefault="qualified">
  <xs:element name="form"><xs:complexType><xs:complexContent><xs:extension base="Base">
    <xs:sequence><xs:element name="must" type="xs:string" nillable="true"/>
    <xs:element ref="b" minOccurs="0"/></xs:sequence>
    <xs:attribute name="version" type="xs:string" use="required" fixed="2"/>
  </xs:extension></xs:complexContent></xs:complexType></xs:element>
  <xs:complexType name="Base"><xs:sequence>
    <xs:element name="a" type="xs:decimal" minOccurs="0"/>
    <xs:choice><xs:element name="yes" type="xs:boolean" minOccurs="0"/></xs:choice>
  </xs:sequence></xs:complexType>
  <xs:element name="b" type="xs:string"/>
</xs:schema>"""


def test_data_goes_out_and_comes_back_as_it_was() -> None:
    data = {
        "version": "1",
        "b": "Blå & <gul>",
        "a": Decimal("1.50"),
        "yes": False,
        "rows": [{"altinnRowId": "r1", "n": 1, "tags": ["x", "y"]}, {"altinnRowId": "r2"}],
        "tagged": {"value": "t", "orid": "7"},
    }
    back = from_xml(MODEL, to_xml(MODEL, data))
    assert back == data
    assert isinstance(back["a"], Decimal)
    assert str(back["a"]) == "1.50"


def test_the_rows_ids_can_be_taken_off() -> None:
    data = {"rows": [{"altinnRowId": "r1", "n": 1}], "b": "x"}
    assert without_row_ids(data) == {"rows": [{"n": 1}], "b": "x"}
    assert b"altinnRowId" in to_xml(MODEL, data)
    assert b"altinnRowId" not in to_xml(MODEL, without_row_ids(data))


def test_the_xsd_decides_order_namespace_attributes_and_nil() -> None:
    document = to_xml(MODEL, {"b": "x", "a": 1, "yes": True, "must": None}, XSD).decode()
    assert 'version="2"' in document
    order = [document.index(f"<{name}") for name in ("a>", "yes>", "must ", "b>")]
    assert order == sorted(order)
    assert 'xsi:nil="true"' in document
    assert 'xmlns="urn:f"' in document
    assert read_xsd(XSD).validator.validate(etree.fromstring(document.encode()))


def test_what_the_xsd_does_not_know_is_kept_or_left_out_as_asked() -> None:
    data = {"b": "x", "must": "y", "extra": "z", "rows": [{"n": 1}]}
    assert b"extra" in to_xml(MODEL, data, XSD)
    assert b"extra" not in to_xml(MODEL, data, XSD, keep_unknown=False)
    assert b"rows" not in to_xml(MODEL, data, XSD, keep_unknown=False)


def test_empty_fields_and_groups_are_left_out() -> None:
    data = {"b": None, "a": "", "rows": [], "tagged": {"value": None, "orid": "7"}}
    assert from_xml(MODEL, to_xml(MODEL, data)) == {}


def test_characters_that_xml_cannot_hold_are_replaced() -> None:
    assert from_xml(MODEL, to_xml(MODEL, {"b": "a\x00b\x0bc"}))["b"] == "a\ufffdb\ufffdc"


def test_a_document_without_the_namespace_is_read_as_well() -> None:
    assert from_xml(MODEL, b"<form><a>2</a><b>x</b><new>1</new></form>") == {
        "a": Decimal(2),
        "b": "x",
        "new": "1",
    }


@pytest.mark.parametrize(
    "document",
    [b"", b"<a>", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', b"<a>" * 5000],
    ids=["empty", "not closed", "entity", "deep"],
)
def test_a_broken_or_hostile_document_is_refused(document: bytes) -> None:
    with pytest.raises(BrokenXml):
        from_xml(MODEL, document)


def test_a_hostile_xsd_is_refused() -> None:
    with pytest.raises(BrokenXml):
        to_xml(MODEL, {}, b'<!DOCTYPE x [<!ENTITY a "b">]><xs:schema xmlns:xs="urn:x"/>')
