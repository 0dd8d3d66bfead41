"""The catalogue against the JSON Schema of layouts, the icons, and what a new component looks like."""

import json
from pathlib import Path
from typing import Any

import pytest

from studio.definition.components import (
    CATALOGUE,
    ComponentType,
    Property,
    component_type,
    known_elsewhere,
    names_known_elsewhere,
    palette,
)

ROOT = Path(__file__).resolve().parents[3]
SCHEMA = Path("schemas/generated-app-frontend/layout/layout.schema.v1.json")
TYPES = sorted(CATALOGUE)

# Where the catalogue says something else than the schema, with the reason.
OTHER_DEFAULTS = {
    # The schema prints true; the client reads a number of milliseconds and takes 400 for a boolean.
    ("Input", "saveWhileTyping"): 400,
    ("TextArea", "saveWhileTyping"): 400,
}
# The schema says nothing, but the expression is what the property is for.
EXPRESSIONS_INSIDE = {"queryParameters"}


@pytest.fixture(scope="module")
def definitions(vectors: Path) -> dict[str, Any]:
    return json.loads((vectors / SCHEMA).read_text())["definitions"]


def resolved(definitions: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    while schema.get("$ref", "").startswith("#/definitions/"):
        target = definitions[schema["$ref"].rsplit("/", 1)[-1]]
        schema = {**target, **{key: value for key, value in schema.items() if key != "$ref"}}
    return schema


def members(definitions: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    schema = resolved(definitions, schema)
    found = {name: part for name, part in schema.get("properties", {}).items() if part is not True}
    for part in schema.get("allOf", []):
        found |= members(definitions, part)
    return found


def required(definitions: dict[str, Any], schema: dict[str, Any]) -> set[str]:
    schema = resolved(definitions, schema)
    inside = [required(definitions, part) for part in schema.get("allOf", [])]
    return set(schema.get("required", [])).union(*inside)


def of_type(definitions: dict[str, Any], name: str) -> dict[str, Any]:
    return members(definitions, definitions[f"Comp{name}"])


def takes_expression(schema: dict[str, Any]) -> bool:
    parts = [schema, *schema.get("anyOf", [])]
    return any("expression.schema" in part.get("$ref", "") for part in parts)


@pytest.mark.parametrize("name", TYPES)
def test_a_type_has_the_properties_of_the_schema_and_no_others(
    definitions: dict[str, Any], name: str
) -> None:
    assert CATALOGUE[name].names == set(of_type(definitions, name))


@pytest.mark.parametrize("name", TYPES)
def test_a_type_requires_what_the_schema_requires(definitions: dict[str, Any], name: str) -> None:
    assert CATALOGUE[name].required_names == required(definitions, definitions[f"Comp{name}"])


@pytest.mark.parametrize("name", TYPES)
def test_the_defaults_are_those_of_the_schema(definitions: dict[str, Any], name: str) -> None:
    for found in CATALOGUE[name].properties:
        schema = resolved(definitions, of_type(definitions, name)[found.name])
        expected = OTHER_DEFAULTS.get((name, found.name), schema.get("default"))
        assert found.default == expected, found.name


@pytest.mark.parametrize("name", TYPES)
def test_expressions_are_allowed_where_the_schema_allows_them(definitions: dict[str, Any], name: str) -> None:
    for found in CATALOGUE[name].properties:
        if found.name not in EXPRESSIONS_INSIDE:
            schema = resolved(definitions, of_type(definitions, name)[found.name])
            assert found.expression_allowed == takes_expression(schema), found.name


def choices_of(definitions: dict[str, Any], schema: dict[str, Any]) -> set[Any] | None:
    schema = resolved(definitions, schema)
    inside = resolved(definitions, schema["items"]) if schema.get("type") == "array" else schema
    return set(inside["enum"]) if "enum" in inside else None


def agree(definitions: dict[str, Any], found: Property, schema: dict[str, Any], where: str) -> None:
    expected = choices_of(definitions, schema)
    if expected is not None:
        assert {choice.value for choice in found.choices} == expected, where
    if found.kind == "object":
        inside = members(definitions, schema)
        for part in found.properties:
            if inside and part.name in inside:
                agree(definitions, part, inside[part.name], f"{where}.{part.name}")


@pytest.mark.parametrize("name", TYPES)
def test_the_choices_are_those_of_the_schema(definitions: dict[str, Any], name: str) -> None:
    for found in CATALOGUE[name].properties:
        agree(definitions, found, of_type(definitions, name)[found.name], f"{name}.{found.name}")


@pytest.mark.parametrize("name", TYPES)
def test_the_texts_and_bindings_are_those_of_the_schema(definitions: dict[str, Any], name: str) -> None:
    kind, schema = CATALOGUE[name], of_type(definitions, name)
    texts = members(definitions, schema["textResourceBindings"]) if "textResourceBindings" in schema else {}
    assert {slot.key for slot in kind.texts} == set(texts)
    bindings = schema.get("dataModelBindings")
    assert {slot.key for slot in kind.bindings} == set(members(definitions, bindings) if bindings else {})
    wanted = required(definitions, bindings) if bindings else set()
    assert {slot.key for slot in kind.bindings if slot.required} == wanted


@pytest.mark.parametrize("name", TYPES)
def test_every_icon_exists_and_is_in_the_sprite(name: str) -> None:
    icons = json.loads((ROOT / "designer_static" / "icons.json").read_text())
    assert CATALOGUE[name].icon in icons


@pytest.mark.parametrize("name", TYPES)
def test_a_new_component_has_all_that_is_required(name: str) -> None:
    kind = CATALOGUE[name]
    assert kind.required_names <= kind.new("my-component").keys() <= kind.names


def test_new_components_share_nothing() -> None:
    kind = CATALOGUE["RadioButtons"]
    first, second = kind.new("a1"), kind.new("b1")
    first["options"][0]["label"] = "changed"
    assert second["options"][0]["label"] == "Alternativ 1"


def test_a_heading_is_called_header_in_the_older_generation() -> None:
    heading = component_type("Header")
    assert heading is CATALOGUE["Heading"]
    assert heading.new("h1", "v8")["type"] == "Header"
    assert heading.new("h1", "v9")["type"] == "Heading"


def test_defaults_differ_between_the_generations_where_the_platform_changed_them() -> None:
    back = CATALOGUE["NavigationButtons"].property("showBackButton")
    time_stamp = CATALOGUE["Datepicker"].property("timeStamp")
    assert back is not None
    assert time_stamp is not None
    assert (back.default_in("v8"), back.default_in("v9")) == (False, True)
    assert (time_stamp.default_in("v8"), time_stamp.default_in("v9")) == (True, False)


def test_every_type_of_the_schema_is_in_the_catalogue_or_has_a_plain_name(
    definitions: dict[str, Any],
) -> None:
    for name in definitions["AnyComponent"]["properties"]["type"]["enum"]:
        assert (component_type(name) is None) == (known_elsewhere(name) is not None), name
    assert component_type("NoSuchThing") is None
    assert known_elsewhere("NoSuchThing") is None
    assert "FileUpload" in names_known_elsewhere()


def test_the_palette_shows_every_type_once() -> None:
    shown = [kind.name for _, _, kinds in palette() for kind in kinds]
    assert sorted(shown) == TYPES


def test_a_type_that_is_no_form_type_cannot_be_required() -> None:
    def is_form(kind: ComponentType) -> bool:
        return kind.is_form

    assert is_form(CATALOGUE["Input"])
    assert not is_form(CATALOGUE["Paragraph"])
    assert CATALOGUE["Checkboxes"].has_options
    assert CATALOGUE["Divider"].main_text is None
