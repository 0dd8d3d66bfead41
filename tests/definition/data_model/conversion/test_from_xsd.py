"""What the platform's own conversion gives up on or gets wrong: files, roots, groups, unions, lists."""

from typing import Any

import jsonschema
import pytest

from studio.definition.data_model import DataModel
from studio.definition.data_model.conversion import BrokenXsd, roots, schema_text, to_json_schema
from studio.definition.errors import DomainError

HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:f="http://foreign"'
XS_STRING = {"type": "string", "@xsdType": "string"}


def convert(inside: str, attributes: str = "", **others: str) -> dict[str, Any]:
    files = {f"{name}.xsd": text.encode() for name, text in others.items()}
    return to_json_schema(xsd(inside, attributes).encode(), others=files)


def xsd(inside: str, attributes: str = "") -> str:
    return f"{HEAD} {attributes}>{inside}</xs:schema>"


def root(content: str, beside: str = "") -> dict[str, Any]:
    return convert(f'<xs:element name="r"><xs:complexType>{content}</xs:complexType></xs:element>{beside}')


def simple(content: str, beside: str = "") -> Any:
    schema = root(f'<xs:attribute name="a"><xs:simpleType>{content}</xs:simpleType></xs:attribute>', beside)
    return {key: value for key, value in schema["properties"]["a"].items() if not key.startswith("@")}


def element(name: str, attributes: str = 'type="xs:string"') -> str:
    return f'<xs:element name="{name}" {attributes}/>'


def test_the_root_is_the_first_element_unless_another_is_named() -> None:
    two = xsd(element("first", 'type="t"') + element("second", 'type="t"') + '<xs:complexType name="t"/>')
    assert roots(two.encode()) == ("first", "second")
    assert to_json_schema(two.encode())["@xsdRootElement"] == "first"
    chosen = to_json_schema(two.encode(), root="second")
    assert chosen["@xsdRootElement"] == "second"
    assert "first" in chosen["$defs"]
    with pytest.raises(
        DomainError, match=r"no element third to begin with\. Choose one of these: first, second"
    ):
        to_json_schema(two.encode(), root="third")


def test_an_abstract_element_is_no_root() -> None:
    assert roots(xsd(element("a", 'abstract="true"') + element("b")).encode()) == ("b",)


def test_a_root_that_holds_itself_refers_to_the_document() -> None:
    schema = root('<xs:sequence><xs:element ref="r" minOccurs="0"/></xs:sequence>')
    assert schema["properties"]["r"]["$ref"] == "#"
    assert DataModel(schema).field("r.r.r") is not None


def test_names_that_are_types_and_elements_at_once_are_told_apart() -> None:
    schema = convert(
        '<xs:element name="melding" type="melding"/>'
        '<xs:complexType name="melding"><xs:sequence><xs:element ref="navn"/>'
        '<xs:element name="x" type="navn"/></xs:sequence></xs:complexType>'
        '<xs:element name="navn" type="xs:int"/>'
        '<xs:simpleType name="navn"><xs:restriction base="xs:string"/></xs:simpleType>'
    )
    assert schema["oneOf"] == [{"$ref": "#/$defs/melding"}]
    properties = schema["$defs"]["melding"]["properties"]
    assert properties["x"]["$ref"] == "#/$defs/navn"
    assert schema["$defs"]["navn"]["type"] == "string"
    assert properties["navn"]["$ref"] == "#/$defs/navn_2"
    assert schema["$defs"]["navn_2"]["type"] == "integer"


def test_types_of_other_files_come_along_when_they_are_needed() -> None:
    schema = convert(
        '<xs:import namespace="urn:y" schemaLocation="y.xsd"/>'
        '<xs:element name="r" xmlns:y="urn:y"><xs:complexType><xs:sequence>'
        '<xs:element name="a" type="y:t"/></xs:sequence></xs:complexType></xs:element>'
        '<xs:simpleType name="t"><xs:restriction base="xs:int"/></xs:simpleType>',
        y=xsd(
            '<xs:simpleType name="t"><xs:restriction base="xs:date"/></xs:simpleType>'
            '<xs:simpleType name="unused"><xs:restriction base="xs:date"/></xs:simpleType>',
            'targetNamespace="urn:y"',
        ),
    )
    assert schema["properties"]["a"] == {"$ref": "#/$defs/t_2"}
    assert schema["$defs"]["t_2"]["format"] == "date"
    assert "unused" not in schema["$defs"]


def test_roots_may_lie_in_an_included_file() -> None:
    schema = convert('<xs:include schemaLocation="a.xsd"/>', a=xsd(element("there")))
    assert schema["@xsdRootElement"] == "there"


def test_a_union_is_any_of_its_members() -> None:
    found = simple(
        '<xs:union memberTypes="xs:int t"><xs:simpleType><xs:restriction base="xs:string">'
        '<xs:enumeration value="none"/></xs:restriction></xs:simpleType></xs:union>',
        '<xs:simpleType name="t"><xs:restriction base="xs:date"/></xs:simpleType>',
    )
    kinds = [member.get("type") or member["$ref"] for member in found["anyOf"]]
    assert kinds == ["integer", "#/$defs/t", "string"]


def test_a_list_is_limited_by_its_items() -> None:
    found = simple(
        '<xs:restriction><xs:simpleType><xs:list itemType="xs:int"/></xs:simpleType>'
        '<xs:minLength value="1"/><xs:maxLength value="3"/></xs:restriction>'
    )
    assert found["allOf"][1] == {"minItems": 1, "maxItems": 3}
    assert found["allOf"][0]["items"]["type"] == "integer"


@pytest.mark.parametrize(
    ("restriction", "expected"),
    [
        ('base="xs:int"><xs:enumeration value="1"/><xs:enumeration value="02"/>', {"enum": [1, 2]}),
        ('base="xs:string"><xs:enumeration value="1"/>', {"enum": ["1"]}),
        ('base="xs:date"><xs:minInclusive value="2020-01-01"/>', {"formatMinimum": "2020-01-01"}),
        ('base="xs:date"><xs:maxExclusive value="2020-01-01"/>', {"formatExclusiveMaximum": "2020-01-01"}),
        ('base="xs:string"><xs:pattern value="a+"/><xs:pattern value="b"/>', {"pattern": "(?:a+)|(?:b)"}),
        ('base="xs:decimal"><xs:fractionDigits value="3"/>', {"multipleOf": 0.001}),
        ('base="xs:decimal"><xs:totalDigits value="3"/>', {"totalDigits": 3}),
        ('base="xs:double"><xs:maxInclusive value="INF"/>', {}),
        ('base="xs:string"><xs:whiteSpace value="collapse"/>', {}),
    ],
)
def test_a_facet_says_the_same_of_the_json_value(restriction: str, expected: Any) -> None:
    found = simple(f"<xs:restriction {restriction}</xs:restriction>")
    assert {key: value for key, value in found.items() if key not in {"type", "format"}} == expected


def test_constants_have_the_type_of_their_attribute() -> None:
    schema = root(
        '<xs:attribute name="a" type="xs:int" fixed="7"/>'
        '<xs:attribute name="b" type="xs:boolean" default="1"/>'
        '<xs:attribute name="c" fixed="x"/><xs:attribute name="d" use="prohibited"/>'
    )
    assert schema["properties"]["a"]["const"] == 7
    assert schema["properties"]["b"]["default"] is True
    assert list(schema["properties"]) == ["a", "b", "c"]


def test_an_optional_group_may_be_left_out_as_a_whole() -> None:
    schema = root(
        '<xs:sequence><xs:group ref="g" minOccurs="0"/></xs:sequence>',
        f'<xs:group name="g"><xs:sequence>{element("x")}{element("y")}</xs:sequence></xs:group>',
    )
    nothing = {"not": {"anyOf": [{"required": ["x"]}, {"required": ["y"]}]}}
    assert schema["anyOf"] == [{"$ref": "#/$defs/g", "@xsdType": "#ref"}, nothing]


def test_a_group_that_repeats_is_written_out_as_lists() -> None:
    schema = root(
        '<xs:group ref="g" maxOccurs="3"/>',
        f'<xs:group name="g"><xs:sequence>{element("x")}</xs:sequence></xs:group>',
    )
    assert schema["properties"]["x"] == {"type": "array", "items": XS_STRING, "minItems": 1, "maxItems": 3}


def test_an_element_that_comes_again_is_one_list() -> None:
    schema = root(f"<xs:sequence>{element('a')}{element('b')}{element('a')}</xs:sequence>")
    assert schema["properties"]["a"]["minItems"] == schema["properties"]["a"]["maxItems"] == 2


def test_substitutes_are_alternatives_of_their_head() -> None:
    schema = root(
        '<xs:sequence><xs:element ref="head"/></xs:sequence>',
        '<xs:element name="head" abstract="true" type="xs:string"/>'
        '<xs:element name="one" substitutionGroup="head" type="xs:string"/>'
        '<xs:element name="two" substitutionGroup="one" type="xs:string"/>',
    )
    assert [option["required"] for option in schema["oneOf"]] == [["one"], ["two"]]


def test_an_element_may_hold_its_own_substitutes() -> None:
    schema = convert(
        '<xs:element name="a"><xs:complexType><xs:sequence><xs:element ref="a" minOccurs="0"/></xs:sequence>'
        '</xs:complexType></xs:element><xs:element name="b" substitutionGroup="a"/>'
    )
    assert schema["oneOf"][0]["properties"]["a"] == {"$ref": "#", "@xsdType": "#ref"}


def test_a_choice_may_bring_nothing_where_that_is_allowed() -> None:
    optional = 'type="xs:string" minOccurs="0"'
    later = f"<xs:sequence>{element('b', optional)}{element('c')}</xs:sequence>"
    two = element("a", optional) + later
    validator = jsonschema.Draft202012Validator(root(f"<xs:choice>{two}</xs:choice>"))
    accepted = [{}, {"a": "x"}, {"c": "x"}, {"b": "x", "c": "x"}]
    assert all(validator.is_valid(data) for data in accepted)
    assert not any(validator.is_valid(data) for data in ({"b": "x"}, {"a": "x", "c": "x"}))


def test_a_choice_with_anything_accepts_what_it_names() -> None:
    schema = root(f"<xs:choice>{element('a')}<xs:any/></xs:choice>")
    assert jsonschema.Draft202012Validator(schema).is_valid({"a": "x"})


def test_a_large_choice_is_no_larger_as_a_json_schema() -> None:
    size = 2000
    options = "".join(element(f"e{number}", 'minOccurs="0"') for number in range(size))
    assert len(schema_text(root(f"<xs:choice>{options}</xs:choice>"))) < 400 * size


def test_a_restriction_of_anything_refers_to_nothing() -> None:
    schema = root(
        '<xs:complexContent><xs:restriction base="xs:anyType"><xs:attribute name="a" type="xs:int"/>'
        "</xs:restriction></xs:complexContent>"
    )
    assert list(schema["properties"]) == ["a"]


def test_a_list_that_is_restricted_to_one_is_a_single_value() -> None:
    schema = root(
        f'<xs:complexContent><xs:restriction base="t"><xs:sequence>{element("a")}</xs:sequence>'
        "</xs:restriction></xs:complexContent>",
        '<xs:complexType name="t"><xs:sequence><xs:element name="a" type="xs:string" maxOccurs="9"/>'
        '</xs:sequence><xs:attribute name="b"/></xs:complexType>',
    )
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"a": "x"})
    assert not validator.is_valid({"a": ["x", "y"]})
    assert DataModel(schema).field("b") is not None


def test_text_that_extends_text_with_attributes_keeps_both() -> None:
    schema = root(
        '<xs:simpleContent><xs:extension base="t"><xs:attribute name="b" type="xs:int"/>'
        "</xs:extension></xs:simpleContent>",
        '<xs:complexType name="t"><xs:simpleContent><xs:extension base="xs:decimal">'
        '<xs:attribute name="a" type="xs:int"/></xs:extension></xs:simpleContent></xs:complexType>',
    )
    model = DataModel(schema)
    assert {field.name for field in model.fields} == {"value", "a", "b"}


def test_an_attribute_of_xml_itself_is_a_text() -> None:
    schema = root('<xs:attribute ref="xml:lang"/>')
    assert schema["properties"]["lang"]["type"] == "string"


def test_nothing_of_the_documentation_is_taken_for_markup() -> None:
    schema = root(
        "<xs:sequence><xs:element name='a' type='xs:string'><xs:annotation><xs:documentation>1 &lt; 2 &amp; 3"
        "<f:p f:x='&quot;'/></xs:documentation></xs:annotation></xs:element></xs:sequence>"
    )
    expected = '<documentation>1 &lt; 2 &amp; 3<f:p f:x=\'"\' xmlns:f="http://foreign" /></documentation>'
    assert schema["properties"]["a"]["$comment"] == expected


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ('<xs:sequence><xs:element name="a" type="nope"/></xs:sequence>', "There is no type nope"),
        ('<xs:sequence><xs:element name="a" type="q:t"/></xs:sequence>', "prefix q, which is not declared"),
        ('<xs:sequence><xs:element name="a" type="xs:strin"/></xs:sequence>', "There is no type xs:strin"),
        ('<xs:sequence><xs:element ref="nope"/></xs:sequence>', "There is no element nope"),
        ('<xs:group ref="nope"/>', "There is no group nope"),
        ('<xs:attribute ref="nope"/>', "There is no attribute nope"),
        ('<xs:attributeGroup ref="nope"/>', "There is no attribute group nope"),
        ('<xs:sequence maxOccurs="x"/>', "maxOccurs has the value x"),
        ('<xs:sequence minOccurs="2"/>', "minOccurs is 2, more than maxOccurs"),
        ('<xs:sequence maxOccurs="99999999999"/>', "which is not a number"),
    ],
)
def test_what_does_not_exist_is_named_with_its_place(content: str, words: str) -> None:
    with pytest.raises(BrokenXsd, match=words) as error:
        root(content)
    assert error.value.spot.line == 1
    assert error.value.spot.column is not None


def test_numbers_at_the_root_are_looked_at_too() -> None:
    with pytest.raises(BrokenXsd, match="minOccurs has the value a"):
        convert(element("r", 'minOccurs="a"'))


def test_a_group_that_repeats_inside_itself_is_refused() -> None:
    inner = (
        '<xs:element name="x"><xs:complexType><xs:group ref="g" maxOccurs="2"/></xs:complexType></xs:element>'
    )
    with pytest.raises(BrokenXsd, match="The group g repeats inside itself"):
        root(
            '<xs:group ref="g" maxOccurs="3"/>',
            f'<xs:group name="g"><xs:sequence>{inner}</xs:sequence></xs:group>',
        )


def test_the_text_of_a_schema_is_that_of_the_platform() -> None:
    assert (
        schema_text({"type": "object", "title": "Blå"})
        == '{\n  "type": "object",\n  "title": "Blå"\n}'.encode()
    )
