"""The law of the way back: the XSD of the JSON Schema of an XSD takes what that takes."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from studio.definition.data_model.conversion import matches, to_json_schema, to_xsd, updated_xsd
from tests.definition.data_model.conversion.test_same_meaning import (
    ANY_CONTENT,
    EXACT_CONTENT,
    Both,
    Particle,
    document,
    names,
)

LAWS = settings(max_examples=100, deadline=None)
HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" elementFormDefault="qualified">'
TYPES = {
    "a type that is restricted": (
        """<xs:element name="r" type="Narrow"/>
        <xs:complexType name="Wide"><xs:sequence>
          <xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string" minOccurs="0"/>
        </xs:sequence></xs:complexType>
        <xs:complexType name="Narrow"><xs:complexContent><xs:restriction base="Wide"><xs:sequence>
          <xs:element name="a" type="xs:string"/>
        </xs:sequence></xs:restriction></xs:complexContent></xs:complexType>""",
        ["<r><a>1</a></r>", "<r><a>1</a><b>1</b></r>", "<r/>"],
    ),
    "a list of a union": (
        """<xs:element name="r"><xs:complexType><xs:sequence>
          <xs:element name="a" type="L"/>
        </xs:sequence></xs:complexType></xs:element>
        <xs:simpleType name="L"><xs:list itemType="U"/></xs:simpleType>
        <xs:simpleType name="U"><xs:union memberTypes="xs:int xs:boolean"/></xs:simpleType>""",
        ["<r><a>1 true 2</a></r>", "<r><a>x</a></r>", "<r><a/></r>"],
    ),
    "any element": (
        """<xs:element name="r"><xs:complexType>
          <xs:sequence><xs:any minOccurs="0" maxOccurs="unbounded" processContents="lax"/></xs:sequence>
          <xs:anyAttribute processContents="lax"/>
        </xs:complexType></xs:element>""",
        ["<r/>", '<r b="1"><a/><a/></r>', "<r>text</r>"],
    ),
    "attributes of a group beside one of the type": (
        """<xs:element name="r"><xs:complexType>
          <xs:attributeGroup ref="g"/><xs:attribute name="b" use="required" type="xs:string"/>
        </xs:complexType></xs:element>
        <xs:attributeGroup name="g"><xs:attribute name="a" type="xs:string"/></xs:attributeGroup>""",
        ['<r b="1"/>', '<r a="1" b="1"/>', '<r a="1"/>', '<r b="1" c="1"/>'],
    ),
    "elements in any order": (
        """<xs:element name="r"><xs:complexType><xs:all>
          <xs:element name="a" type="xs:string"/><xs:element name="b" type="xs:string" minOccurs="0"/>
        </xs:all></xs:complexType></xs:element>""",
        ["<r><b>1</b><a>1</a></r>", "<r><a>1</a><b>1</b></r>", "<r><b>1</b></r>", "<r><a>1</a><a>1</a></r>"],
    ),
    "a text with an attribute, extended and restricted": (
        """<xs:element name="r"><xs:complexType><xs:sequence>
          <xs:element name="a" type="More"/><xs:element name="b" type="Less"/>
        </xs:sequence></xs:complexType></xs:element>
        <xs:complexType name="T"><xs:simpleContent><xs:extension base="xs:string">
          <xs:attribute name="x" type="xs:string"/>
        </xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="More"><xs:simpleContent><xs:extension base="T">
          <xs:attribute name="y" type="xs:string"/>
        </xs:extension></xs:simpleContent></xs:complexType>
        <xs:complexType name="Less"><xs:simpleContent><xs:restriction base="T">
          <xs:maxLength value="2"/>
        </xs:restriction></xs:simpleContent></xs:complexType>""",
        ['<r><a x="1" y="2">abc</a><b x="1">ab</b></r>', "<r><a/><b>abc</b></r>", '<r><a/><b y="1"/></r>'],
    ),
    "lists of lists": (
        """<xs:element name="r"><xs:complexType><xs:sequence>
          <xs:element name="a" maxOccurs="unbounded"><xs:complexType><xs:sequence>
            <xs:element name="b" type="xs:string" maxOccurs="2"/>
          </xs:sequence></xs:complexType></xs:element>
        </xs:sequence></xs:complexType></xs:element>""",
        ["<r><a><b>1</b><b>1</b></a><a><b>1</b></a></r>", "<r><a><b/><b/><b/></a></r>", "<r/>"],
    ),
}


@LAWS
@given(EXACT_CONTENT, st.data())
def test_the_xsd_there_and_back_takes_the_same(particle: Particle, data: st.DataObject) -> None:
    both = Both(particle)
    again = etree.XMLSchema(etree.fromstring(to_xsd(both.schema)))
    elements = [
        part.name for part in particle.numbered(names()).elements for _ in range(data.draw(part.counts))
    ]
    assert again.validate(etree.fromstring(document(elements))) == both.by_xsd(elements)


@LAWS
@given(ANY_CONTENT)
def test_an_xsd_and_its_schema_match_both_ways(particle: Particle) -> None:
    both = Both(particle)
    made = to_xsd(both.schema)
    etree.XMLSchema(etree.fromstring(made))
    assert matches(both.xsd, both.schema) is None
    assert matches(made, both.schema) is None


@LAWS
@given(ANY_CONTENT, ANY_CONTENT)
def test_any_type_can_become_any_other(before: Particle, after: Particle) -> None:
    one, other = Both(before), Both(after)
    made = updated_xsd(one.xsd, one.schema, other.schema)
    assert matches(made, other.schema) is None


@pytest.mark.parametrize(("inside", "documents"), TYPES.values(), ids=TYPES.keys())
def test_every_kind_of_type_takes_the_same_there_and_back(inside: str, documents: list[str]) -> None:
    xsd = f"{HEAD}{inside}</xs:schema>".encode()
    before = etree.XMLSchema(etree.fromstring(xsd))
    after = etree.XMLSchema(etree.fromstring(to_xsd(to_json_schema(xsd))))
    verdicts = [before.validate(etree.fromstring(text)) for text in documents]
    assert [after.validate(etree.fromstring(text)) for text in documents] == verdicts
    assert True in verdicts
