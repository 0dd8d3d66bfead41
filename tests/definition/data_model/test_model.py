"""A data model as a tree of fields."""

from typing import Any

import pytest

from studio.definition.data_model import DataModel

PERSON: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "info": {"rootNode": "#/$defs/Root"},
    "$defs": {
        "Root": {
            "type": "object",
            "required": ["name"],
            "properties": {
                "name": {"type": "string", "minLength": 2, "title": "Name"},
                "age": {"type": ["integer", "null"]},
                "born": {"type": "string", "format": "date"},
                "children": {"type": "array", "items": {"$ref": "#/$defs/Root"}},
                "address": {"oneOf": [{"$ref": "#/$defs/Address"}, {"type": "null"}]},
            },
        },
        "Address": {
            "allOf": [{"properties": {"street": {"$ref": "#/$defs/Text"}}}, {"required": ["street"]}]
        },
        "Text": {"type": "string", "maxLength": 10},
    },
}


def test_fields_have_kinds_restrictions_and_places() -> None:
    model = DataModel(PERSON)
    assert [(field.path, field.kind) for field in model.fields] == [
        ("name", "string"),
        ("age", "integer"),
        ("born", "date"),
        ("children", "group"),
        ("address", "group"),
    ]
    name, age, *_ = model.fields
    assert (name.required, name.title, name.restrictions) == (True, "Name", {"minLength": 2})
    assert (age.required, age.nillable) == (False, True)


def test_a_path_is_found_through_references_alternatives_and_rows() -> None:
    model = DataModel(PERSON)
    street = model.field("children[0].children.address.street")
    assert street is not None
    assert (street.kind, street.required, street.restrictions) == ("string", True, {"maxLength": 10})
    assert [group.path for group in street.repeating_ancestors] == ["children", "children.children"]
    assert model.field("address") is not None
    assert model.field("address").nillable  # type: ignore[union-attr]  # it is there


@pytest.mark.parametrize(
    "path", ["Name", "name.first", "nothing", "", "children.nothing", "address.street.x"]
)
def test_a_path_that_is_not_there_gives_nothing(path: str) -> None:
    assert DataModel(PERSON).field(path) is None


def test_a_model_that_contains_itself_is_walked_once_round() -> None:
    paths = [field.path for field in DataModel(PERSON).walk()]
    assert "children.name" in paths
    assert len(paths) == len(set(paths)) < 40


def test_a_reference_in_a_circle_ends() -> None:
    model = DataModel(
        {"properties": {"a": {"$ref": "#/definitions/A"}}, "definitions": {"A": {"$ref": "#/definitions/A"}}}
    )
    assert model.fields[0].kind == "any"
    assert list(model.walk())


@pytest.mark.parametrize(
    ("schema", "class_ref"),
    [
        ({"info": {"meldingsnavn": "m"}, "properties": {"m": {"$ref": "#/definitions/M"}}}, None),
        ({"properties": {"m": {"$ref": "#/definitions/M"}}}, "Altinn.App.Models.M"),
        ({"properties": {"m": {"$ref": "#/definitions/M"}}}, "Some.Other.Name.M"),
        ({"info": {"rootNode": "#/definitions/M"}}, None),
    ],
)
def test_the_wrapper_of_a_model_is_no_part_of_the_data(schema: dict[str, Any], class_ref: str | None) -> None:
    schema = {**schema, "definitions": {"M": {"properties": {"inside": {"type": "string"}}}}}
    assert [field.path for field in DataModel(schema, class_ref).fields] == ["inside"]


@pytest.mark.parametrize(
    "schema",
    [
        {},
        {"properties": 3},
        {"properties": {"a": 1}},
        {"$ref": "other.json"},
        {"type": 7, "info": "x", "allOf": 1},
        {"properties": {"a": {"type": [[], {}], "enum": 3, "oneOf": 1, "required": [{}]}}, "required": [[]]},
        {"properties": {"a": {"maxLength": "x", "pattern": 1, "minimum": [], "exclusiveMinimum": True}}},
        {"properties": {"a": {"anyOf": True, "required": 7}}, "required": "a"},
    ],
)
def test_a_schema_that_makes_no_sense_has_few_fields_and_no_failure(schema: dict[str, Any]) -> None:
    fields = list(DataModel(schema).walk())
    assert [field.kind for field in fields] in ([], ["any"])
    assert all(not (field.required or field.nillable or field.restrictions) for field in fields)


def test_the_only_object_of_an_old_schema_is_its_wrapper_where_it_is_named_so() -> None:
    inside = {"type": "object", "properties": {"inside": {"type": "string"}}}

    def top(class_ref: str | None, **schema: Any) -> list[str]:
        return [field.path for field in DataModel(schema, class_ref).fields]

    assert top("X.Other", properties={"Melding": inside}) == ["inside"]
    assert top("X.Moving", properties={"Moving": inside}) == ["inside"]
    assert top("X.Other", properties={"Moving": inside}) == ["Moving"]
    # A document that calls itself an object, or has more in it, is the data itself.
    assert top(None, type="object", properties={"Melding": inside}) == ["Melding"]
    assert top(None, properties={"melding": inside, "b": {}}) == ["melding", "b"]
