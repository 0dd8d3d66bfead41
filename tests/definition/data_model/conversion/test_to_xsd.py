"""An XSD for a JSON Schema: what each keyword becomes, and that anything else is refused in words."""

import io
import json
from typing import Any

import pytest
import xmlschema
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from studio.definition import safe_xml
from studio.definition.data_model.conversion import BrokenSchema, to_json_schema, to_xsd
from studio.definition.data_model.conversion.root_elements import strategy

XS = "{http://www.w3.org/2001/XMLSchema}"
# Two types that are each other.
ROUND = {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}


def model(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "object", "@xsdRootElement": "root", "properties": properties, **more}


def element(schema: dict[str, Any], name: str) -> etree._Element:
    """What the XSD declares under a name, without where it is declared."""
    root = etree.fromstring(to_xsd(schema))
    etree.XMLSchema(root)
    return next(found for found in root.iter(f"{XS}element", f"{XS}attribute") if found.get("name") == name)


def facets(schema: dict[str, Any]) -> dict[str, str]:
    """The facets of a field with this schema."""
    found = element(model({"x": schema}), "x").iter(f"{XS}restriction")
    return {etree.QName(facet).localname: facet.get("value", "") for each in found for facet in each}


def takes(schema: dict[str, Any], document: str) -> bool:
    return bool(xmlschema.XMLSchema(io.BytesIO(to_xsd(schema))).is_valid(document))


def test_the_file_is_written_two_spaces_a_level_and_always_the_same() -> None:
    schema = model({"a": {"type": "string"}, "b": {"type": "integer"}}, required=["b"])
    assert to_xsd(schema).decode() == (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<xsd:schema xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        ' xmlns:xsd="http://www.w3.org/2001/XMLSchema"'
        ' attributeFormDefault="unqualified" elementFormDefault="qualified">\n'
        '  <xsd:element name="root">\n'
        "    <xsd:complexType>\n"
        "      <xsd:sequence>\n"
        '        <xsd:element minOccurs="0" name="a" type="xsd:string" />\n'
        '        <xsd:element name="b" type="xsd:long" />\n'
        "      </xsd:sequence>\n"
        "    </xsd:complexType>\n"
        "  </xsd:element>\n"
        "</xsd:schema>\n"
    )
    assert to_xsd(json.loads(json.dumps(schema))) == to_xsd(schema)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string"}, "xsd:string"),
        ({"type": "integer"}, "xsd:long"),
        ({"type": "number"}, "xsd:double"),
        ({"type": "boolean"}, "xsd:boolean"),
        ({"type": "string", "format": "date"}, "xsd:date"),
        ({"type": "string", "format": "date-time"}, "xsd:dateTime"),
        ({"type": "string", "format": "time"}, "xsd:time"),
        ({"type": "string", "format": "uri"}, "xsd:anyURI"),
        ({"type": "string", "format": "email"}, "xsd:string"),
        ({"type": "integer", "@xsdType": "positiveInteger"}, "xsd:positiveInteger"),
        ({"type": "string", "@xsdType": "int"}, "xsd:string"),
        ({"type": "string", "@xsdType": "number"}, "xsd:string"),
        ({"@xsdType": "gYear"}, "xsd:gYear"),
        ({"type": ["string", "null"]}, "xsd:string"),
        ({"type": ["integer", "number"]}, "xsd:decimal"),
        ({}, None),
        (True, None),
    ],
)
def test_a_type_follows_the_json_type_unless_a_fitting_xsd_type_is_named(
    schema: Any, expected: str | None
) -> None:
    assert element(model({"x": schema}), "x").get("type") == expected


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"type": "string", "minLength": 2, "maxLength": 5}, {"minLength": "2", "maxLength": "5"}),
        ({"type": "string", "minLength": 5, "maxLength": 5}, {"length": "5"}),
        ({"type": "string", "pattern": r"^\d$"}, {"pattern": r"^\d$"}),
        ({"type": "string", "pattern": r"(?:a|b)\/c"}, {"pattern": "(a|b)/c"}),
        ({"type": "string", "pattern": "(?=a)b"}, {}),
        ({"type": "string", "const": "a"}, {"enumeration": "a"}),
        ({"type": "integer", "minimum": 0.5}, {"minInclusive": "1"}),
        ({"type": "integer", "exclusiveMaximum": 10.5}, {"maxExclusive": "11"}),
        ({"type": "integer", "maximum": 10**30}, {}),
        ({"type": "number", "minimum": -1e-7}, {"minInclusive": "-0.0000001"}),
        ({"type": "number", "minimum": 1, "exclusiveMinimum": 1}, {"minExclusive": "1"}),
        ({"type": "number", "minimum": 2, "exclusiveMinimum": 1}, {"minInclusive": "2"}),
        ({"type": "number", "minimum": 2, "exclusiveMinimum": True}, {"minExclusive": "2"}),
        ({"type": "number", "multipleOf": 0.01}, {"fractionDigits": "2"}),
        ({"type": "number", "multipleOf": 5}, {}),
        ({"type": "number", "maxLength": 4}, {"totalDigits": "4"}),
        ({"type": "integer", "totalDigits": 4}, {"totalDigits": "4"}),
        ({"type": "integer", "minLength": 4}, {}),
        ({"type": "string", "format": "date", "formatMinimum": "2020-01-01"}, {"minInclusive": "2020-01-01"}),
        ({"type": "boolean", "const": True}, {"pattern": "true|1"}),
    ],
)
def test_limits_become_the_facets_that_xsd_has_for_them(
    schema: dict[str, Any], expected: dict[str, str]
) -> None:
    assert facets(schema) == expected


@pytest.mark.parametrize(
    ("member", "required", "expected"),
    [
        ({"type": "string"}, True, (None, None)),
        ({"type": "string"}, False, ("0", None)),
        ({"type": "string", "@xsdMinOccurs": 0}, True, (None, None)),
        ({"type": "array", "items": {"type": "string"}}, False, ("0", "unbounded")),
        ({"type": "array", "items": {"type": "string"}}, True, (None, "unbounded")),
        ({"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 3}, True, ("2", "3")),
        ({"type": "array", "items": {"type": "string"}, "@xsdMinOccurs": 0}, True, ("0", "unbounded")),
        ({"type": "array", "items": {"type": "string"}, "@xsdMaxOccurs": "10"}, False, ("0", "10")),
        ({"type": "array", "items": {"type": "string"}, "maxItems": 1}, False, ("0", None)),
    ],
)
def test_how_often_an_element_occurs(
    member: dict[str, Any], required: bool, expected: tuple[str | None, str | None]
) -> None:
    found = element(model({"x": member}, required=["x"] if required else []), "x")
    assert (found.get("minOccurs"), found.get("maxOccurs")) == expected


@pytest.mark.parametrize(
    "member",
    [
        {"type": ["string", "null"]},
        {"type": "string", "@xsdNillable": True},
        {"oneOf": [{"$ref": "#/$defs/t"}, {"type": "null"}]},
        {"$ref": "#/$defs/nullable"},
        {"type": "array", "items": {"type": ["string", "null"]}},
    ],
)
def test_what_may_be_null_is_nillable(member: dict[str, Any]) -> None:
    definitions = {"t": {"type": "string"}, "nullable": {"type": ["string", "null"]}}
    assert element(model({"x": member}, **{"$defs": definitions}), "x").get("nillable") == "true"


def test_an_attribute_keeps_its_default_and_its_constant() -> None:
    attribute = {"@xsdAttribute": True, "type": "integer"}
    schema = model(
        {"a": {**attribute, "const": "7"}, "b": {**attribute, "default": 3}, "c": attribute}, required=["a"]
    )
    a, b, c = (element(schema, name).attrib for name in "abc")
    assert (a["fixed"], a["use"], a["type"]) == ("7", "required", "xsd:long")
    assert (b["default"], "use" in b) == ("3", False)
    assert dict(c) == {"name": "c", "type": "xsd:long"}


def test_a_choice_is_one_of_its_members() -> None:
    options = [{"properties": {name: {"type": "string"}}, "required": [name]} for name in ("a", "b")]
    schema = {"type": "object", "@xsdRootElement": "root", "oneOf": options}
    assert takes(schema, "<root><a>1</a></root>")
    assert takes(schema, "<root><b>1</b></root>")
    assert not takes(schema, "<root><a>1</a><b>1</b></root>")
    assert not takes(schema, "<root/>")


def test_alternatives_that_share_a_field_allow_each_of_them() -> None:
    options = [
        {"properties": {"kind": {"const": kind}, kind: {"type": "string"}}, "required": [kind]}
        for kind in ("a", "b")
    ]
    schema = {"type": "object", "@xsdRootElement": "root", "oneOf": options}
    assert takes(schema, "<root><kind>a</kind><a>1</a></root>")
    assert takes(schema, "<root><kind>a</kind><b>1</b></root>")


def test_a_type_that_builds_on_another_has_its_fields_first() -> None:
    base = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
    more = {"properties": {"b": {"type": "string"}}, "required": ["b"]}
    schema = model({"x": {"allOf": [{"$ref": "#/$defs/base"}, more]}}, **{"$defs": {"base": base}})
    assert takes(schema, "<root><x><a>1</a><b>1</b></x></root>")
    assert not takes(schema, "<root><x><b>1</b></x></root>")
    assert b'<xsd:extension base="base">' in to_xsd(schema)


def test_a_field_that_is_said_again_is_narrowed_and_the_others_stay() -> None:
    base = {"properties": {"a": {"type": "string"}, "b": {"type": "string"}}, "required": ["a", "b"]}
    narrow = {"properties": {"a": {"maxLength": 2}}}
    schema = model({"x": {"allOf": [{"$ref": "#/$defs/base"}, narrow]}}, **{"$defs": {"base": base}})
    assert takes(schema, "<root><x><a>12</a><b>123</b></x></root>")
    assert not takes(schema, "<root><x><a>123</a><b>123</b></x></root>")


def test_a_plain_value_of_several_types_is_a_union() -> None:
    schema = model(
        {"x": {"anyOf": [{"type": "integer"}, {"type": "string", "enum": ["none"]}]}}, required=["x"]
    )
    assert takes(schema, "<root><x>12</x></root>")
    assert takes(schema, "<root><x>none</x></root>")
    assert not takes(schema, "<root><x>some</x></root>")


def test_a_text_with_attributes_is_simple_content_also_with_limits_of_its_own() -> None:
    text = {"type": "string", "maxLength": 3, "@xsdText": True}
    lang = {"type": "string", "@xsdAttribute": True}
    schema = model({"x": {"properties": {"value": text, "lang": lang}, "required": ["value"]}})
    assert takes(schema, '<root><x lang="nb">abc</x></root>')
    assert not takes(schema, '<root><x lang="nb">abcd</x></root>')


def test_a_type_may_contain_itself() -> None:
    person = {"type": "object", "properties": {"child": {"$ref": "#/$defs/person"}}}
    schema = model({"person": {"$ref": "#/$defs/person"}}, **{"$defs": {"person": person}})
    assert takes(schema, "<root><person><child><child/></child></person></root>")


def test_a_namespace_of_its_own_has_a_prefix() -> None:
    attributes = {"ElementFormDefault": "Qualified", "TargetNamespace": "urn:mine"}
    definitions = {"t": {"type": "string", "maxLength": 1}}
    schema = model({"x": {"$ref": "#/$defs/t"}}, **{"@xsdSchemaAttributes": attributes, "$defs": definitions})
    assert takes(schema, '<root xmlns="urn:mine"><x>1</x></root>')
    assert not takes(schema, '<root xmlns="urn:mine"><x>12</x></root>')


@pytest.mark.parametrize(
    ("schema", "pointer", "code"),
    [
        (model({"a b": {"type": "string"}}), "#/properties/a b", "InvalidName"),
        (model({"x": {"$ref": "#/$defs/none"}}), "#/properties/x", "InvalidReference"),
        (model({"x": {"$ref": "other.json#/x"}}), "#/properties/x", "InvalidReference"),
        (model({"x": 7}), "#/properties/x", "InvalidKeyword"),
        (model({"x": {"oneOf": {}}}), "#/properties/x/oneOf", "InvalidKeyword"),
        (model({"x": {"type": "string", "minLength": -1}}), "#/properties/x/minLength", "InvalidKeyword"),
        (
            model({"x": {"type": "string", "minLength": 3, "maxLength": 2}}),
            "#/properties/x/minLength",
            "InvalidKeyword",
        ),
        (model({"x": {"type": "integer", "enum": ["a"]}}), "#/properties/x/enum", "InvalidKeyword"),
        (model({"x": {"type": "number", "minimum": "a"}}), "#/properties/x/minimum", "InvalidKeyword"),
        ({"@xsdRootElement": "r", "allOf": [{"$ref": "#"}]}, "#/allOf/0", "InvalidReference"),
        (
            model(
                {"x": {"$ref": "#/$defs/a"}},
                **{"$defs": {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}}},
            ),
            "#/$defs/a",
            "EndlessRecursion",
        ),
    ],
)
def test_what_no_xsd_can_follow_is_refused_with_its_place(
    schema: dict[str, Any], pointer: str, code: str
) -> None:
    with pytest.raises(BrokenSchema) as refused:
        to_xsd(schema)
    if code != "InvalidReference" or pointer != "#/allOf/0":
        assert (refused.value.pointer, refused.value.code) == (pointer, code)
    assert refused.value.pointer in str(refused.value)


def test_a_schema_nested_without_end_is_refused() -> None:
    deep: dict[str, Any] = {"type": "string"}
    for _ in range(5000):
        deep = {"type": "object", "properties": {"x": deep}}
    with pytest.raises(BrokenSchema):
        to_xsd(model({"x": deep}))
    with pytest.raises(BrokenSchema):
        to_xsd(model({}, **{"$defs": {"deep": deep}}))


@pytest.mark.parametrize("place", ["$defs", "properties"])
def test_a_few_types_that_stand_for_millions_of_fields_are_refused(place: str) -> None:
    """Each type has the one before it twice."""
    bombs: dict[str, Any] = {"t0": {"properties": {"a": {"type": "string"}}}}
    for number in range(1, 40):
        inner = {"$ref": f"#/{place}/t{number - 1}"}
        bombs[f"t{number}"] = {"allOf": [inner, {"properties": {f"x{number}": inner}}, dict(inner)]}
    schema = {"type": "object", "@xsdRootElement": "root", "properties": {"x": {"$ref": f"#/{place}/t39"}}}
    schema[place] = {**schema.get(place, {}), **bombs}
    with pytest.raises(BrokenSchema, match=r"too many times|nested|never ends"):
        to_xsd(schema)


@pytest.mark.parametrize(
    ("schema", "expected"),
    [
        ({"@xsdNamespaces": {"seres": "http://seres.no/xsd/forvaltningsdata"}}, "seres"),
        ({"info": {"XSLT-skriptnavn": "SERES_XSD_GEN"}}, "seres"),
        ({"@xsdNamespaces": {"brreg": "http://www.brreg.no/or"}}, "or"),
        ({}, "general"),
    ],
)
def test_the_family_of_a_schema(schema: dict[str, Any], expected: str) -> None:
    assert strategy(schema) == expected
    name = {"seres": b"melding", "or": b"root", "general": b"root"}[expected]
    assert b'<xsd:element name="%s"' % name in to_xsd(schema)


KEYWORDS = st.sampled_from(
    (
        *("type", "properties", "required", "items", "$ref", "allOf", "oneOf", "anyOf", "enum", "const"),
        *("default", "minLength", "maxLength", "minimum", "maximum", "exclusiveMinimum", "multipleOf"),
        *("pattern", "format", "$defs", "definitions", "info", "@xsdType", "@xsdAttribute", "@xsdText"),
        *("@xsdStructure", "minItems", "maxItems", "@xsdNamespaces", "@xsdSchemaAttributes", "x", "value"),
        *("@xsdRootElement", "@xsdAnyAttribute", "@xsdNillable", "@xsdMinOccurs", "@xsdMaxOccurs"),
        *("totalDigits", "@xsdUnhandledAttributes", "TargetNamespace"),
    )
)
WORDS = st.sampled_from(
    (
        *("string", "integer", "object", "array", "null", "number", "boolean", "date", "#ref", "#any"),
        *("#/$defs/x", "#/definitions/value", "#", "#/properties/x", "x", "all", "urn:a", "[", "(?=a)"),
    )
)
PLAIN = st.one_of(
    st.none(), st.booleans(), st.integers(-5, 10**20), st.floats(), WORDS, WORDS, st.text(max_size=3)
)
ANYTHING = st.recursive(
    PLAIN,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYWORDS, inner, max_size=5),
    max_leaves=25,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYWORDS, ANYTHING, max_size=7))
@example({"minLength": [9223372036854775808, None, None]})
def test_any_json_becomes_a_usable_xsd_or_is_refused_in_words(schema: dict[str, Any]) -> None:
    try:
        made = to_xsd(schema)
    except BrokenSchema:
        return
    assert to_xsd(schema) == made
    etree.XMLSchema(safe_xml.parse(made))
    to_json_schema(made)
