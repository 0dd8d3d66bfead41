"""What is wrong with a JSON Schema is said with its place, and what is right is not complained about."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition.data_model import new_model
from studio.definition.data_model.conversion import (
    BrokenSchema,
    compatible_types,
    schema_problems,
    schema_text,
    to_xsd,
)
from studio.definition.json_text import parse


def model(properties: Any, **more: Any) -> dict[str, Any]:
    return {"type": "object", "@xsdRootElement": "root", "properties": properties, **more}


def found(schema: Any) -> list[tuple[str, str, str]]:
    return [(problem.pointer, problem.code, problem.severity) for problem in schema_problems(schema)]


GROUP = {"type": "object", "properties": {"a": {"type": "string"}}}
PERSON = {"$ref": "#/$defs/person"}
KEYWORDS = ["type", "properties", "required", "items", "$ref", "oneOf", "enum", "pattern", "$defs", "x"]
ONE_FIELD: list[tuple[Any, str, str, str]] = [
    ({"type": "text"}, "/type", "InvalidKeyword", "error"),
    ({"type": []}, "/type", "InvalidKeyword", "error"),
    ({"$ref": "#/$defs/none"}, "", "InvalidReference", "error"),
    ({"$ref": 7}, "", "InvalidReference", "error"),
    ({"type": "object"}, "", "ObjectNodeWithoutProperties", "warning"),
    ({**GROUP, "oneOf": [{"$ref": "#"}]}, "", "BothPropertiesAndCompositionSchema", "error"),
    ({**GROUP, "allOf": [GROUP]}, "", "BothPropertiesAndCompositionSchema", "error"),
    ({"oneOf": []}, "/oneOf", "InvalidKeyword", "error"),
    ({"type": "object", "properties": []}, "/properties", "InvalidKeyword", "error"),
    ({**GROUP, "required": "a"}, "/required", "InvalidKeyword", "error"),
    ({**GROUP, "required": ["b"]}, "/required", "RequiredWithoutField", "warning"),
    ({"type": "string", "pattern": "["}, "/pattern", "InvalidPattern", "error"),
    ({"type": "string", "pattern": "(?!a)b"}, "/pattern", "PatternNotInXsd", "warning"),
    ({"type": "string", "pattern": 1}, "/pattern", "InvalidKeyword", "error"),
    ({"type": "string", "minLength": 2, "maxLength": 1}, "/minLength", "ContradictoryLimits", "error"),
    ({"type": "string", "minLength": -1}, "/minLength", "InvalidKeyword", "error"),
    ({"type": "string", "maxLength": "1"}, "/maxLength", "InvalidKeyword", "error"),
    ({"type": "number", "minimum": 2, "maximum": 1}, "/minimum", "ContradictoryLimits", "error"),
    ({"type": "number", "minimum": "2"}, "/minimum", "InvalidKeyword", "error"),
    (
        {"type": "number", "exclusiveMinimum": 1, "exclusiveMaximum": 1},
        "/exclusiveMinimum",
        "ContradictoryLimits",
        "error",
    ),
    (
        {"type": "array", "items": GROUP, "minItems": 2, "maxItems": 1},
        "/minItems",
        "ContradictoryLimits",
        "error",
    ),
    ({"type": "number", "multipleOf": 5}, "/multipleOf", "MultipleOfNoPowerOfTen", "warning"),
    ({"type": "number", "multipleOf": 0}, "/multipleOf", "MultipleOfNoPowerOfTen", "error"),
    ({"type": "integer", "enum": [1, "a"]}, "/enum/1", "ValueOfOtherType", "error"),
    ({"type": "integer", "enum": [1.5]}, "/enum/0", "ValueOfOtherType", "error"),
    ({"type": "string", "enum": []}, "/enum", "EmptyEnumeration", "error"),
    ({"type": "string", "enum": ["a", "a"]}, "/enum/1", "DuplicateValue", "warning"),
    ({"type": "string", "enum": "a"}, "/enum", "InvalidKeyword", "error"),
    ({"type": "string", "default": 1}, "/default", "ValueOfOtherType", "error"),
    ({"type": "boolean", "minLength": 1}, "/minLength", "KeywordForOtherType", "warning"),
    (7, "", "InvalidKeyword", "error"),
]


@pytest.mark.parametrize(("schema", "place", "code", "severity"), ONE_FIELD, ids=str)
def test_a_problem_is_named_with_its_place(schema: Any, place: str, code: str, severity: str) -> None:
    assert (f"#/properties/x{place}", code, severity) in found(model({"x": schema}))


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "minLength": 1, "maxLength": 1, "pattern": r"^\d+$", "title": "X"},
        {"type": ["string", "null"], "enum": ["a", None]},
        {"type": "number", "enum": [1, 1.5], "multipleOf": 0.1, "default": 1},
        {"type": "integer", "const": "7", "@xsdAttribute": True},
        {"type": "string", "@xsdType": "int"},
        {"type": "array", "items": {"type": "string"}, "minItems": 1, "maxItems": 1},
        {"oneOf": [GROUP, {"type": "null"}]},
        {**GROUP, "anyOf": [{"required": ["a"]}, {"not": {"required": ["a"]}}]},
        {"type": "string", "format": "date", "formatMinimum": "2020-01-01"},
        {"type": "string", "@titles": {"en": "X"}},
        True,
    ],
    ids=str,
)
def test_what_is_right_is_not_complained_about(schema: Any) -> None:
    assert found(model({"x": schema})) == []


def test_a_new_model_has_no_problems() -> None:
    assert schema_problems(parse(new_model("model").schema)) == ()


@pytest.mark.parametrize("name", ["a b", "1a", "", "a:b", "é\u0000", "-a"])
def test_a_name_that_xml_does_not_allow_is_named(name: str) -> None:
    assert (f"#/properties/{name}", "InvalidName", "error") in found(model({name: {"type": "string"}}))


def test_names_that_differ_only_in_capital_letters_are_named() -> None:
    schema = model({"name": {"type": "string"}, "Name": {"type": "string"}})
    assert found(schema) == [("#/properties/Name", "NameDiffersOnlyInCase", "warning")]


def test_a_type_that_always_holds_itself_never_ends() -> None:
    person = {"type": "object", "properties": {"child": {"$ref": "#/$defs/person"}}, "required": ["child"]}
    schema = model({"person": {"$ref": "#/$defs/person"}}, **{"$defs": {"person": person}})
    assert found(schema) == [("#/$defs/person", "EndlessRecursion", "error")]


@pytest.mark.parametrize(
    "child",
    [
        {"properties": {"child": {"$ref": "#/$defs/person"}}},
        {
            "properties": {"child": {"type": "array", "items": {"$ref": "#/$defs/person"}}},
            "required": ["child"],
        },
    ],
)
def test_a_type_that_may_hold_itself_ends(child: dict[str, Any]) -> None:
    schema = model(
        {"person": {"$ref": "#/$defs/person"}}, **{"$defs": {"person": {"type": "object", **child}}}
    )
    assert found(schema) == []


def test_an_empty_type_that_nothing_uses_yet_is_no_problem() -> None:
    assert found(model({"a": {"type": "string"}}, **{"$defs": {"new": {"type": "object"}}})) == []


@pytest.mark.parametrize(
    "schema",
    [None, [], "x", 7, {"properties": []}, {"$defs": 7}, {"$defs": {"a": []}}, {"allOf": [1]}],
)
def test_what_is_no_schema_is_said_so(schema: Any) -> None:
    assert any(problem.severity == "error" for problem in schema_problems(schema))


@pytest.mark.parametrize("nothing", [[], {}, 7, None, ["Unqualified"]])
def test_what_is_said_of_the_xsd_in_an_unknown_way_stands_in_the_way_of_nothing(nothing: Any) -> None:
    schema = model({"x": {"type": "string", "@xsdType": nothing, "@xsdAttribute": nothing}})
    forms = {"ElementFormDefault": nothing, "AttributeFormDefault": nothing, "BlockDefault": nothing}
    assert found({**schema, "@xsdSchemaAttributes": forms}) == []


def test_a_schema_that_is_too_deep_is_said_so() -> None:
    deep: Any = {"type": "string"}
    for _ in range(5000):
        deep = {"type": "object", "properties": {"x": deep}}
    assert [code for _, code, _ in found(deep)] == ["InvalidKeyword"]


def test_places_can_become_lists_attributes_and_restrictions() -> None:
    schema = model(
        {
            "list": {"type": "array", "items": {"type": "string"}},
            "code": {"type": "string", "enum": ["a"], "@xsdAttribute": True},
            "more": {"allOf": [{"$ref": "#/$defs/base"}, {"properties": {"a": {"maxLength": 1}}}]},
        },
        **{"$defs": {"base": GROUP}},
    )
    kinds = {name: compatible_types(schema, f"#/properties/{name}") for name in schema["properties"]}
    assert kinds == {
        "list": {"SimpleType", "SimpleTypeList"},
        "code": {"SimpleType", "SimpleTypeRestriction", "Attribute"},
        "more": {"ComplexType", "ComplexContent", "ComplexContentRestriction"},
    }
    with pytest.raises(BrokenSchema):
        compatible_types(schema, "#/properties/none")


@settings(max_examples=150, deadline=None)
@given(
    st.dictionaries(
        st.sampled_from(
            ["type", "properties", "required", "items", "$ref", "oneOf", "enum", "pattern", "$defs"]
        ),
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from(["type", "properties", "items", "$ref", "minimum", "x"]), inner
                )
            ),
            max_leaves=12,
        ),
    )
)
def test_a_schema_without_errors_has_an_xsd(schema: dict[str, Any]) -> None:
    if not any(problem.severity == "error" for problem in schema_problems(schema)):
        assert to_xsd(schema)
        assert schema_text(schema)
