"""What the catalogue says about types, and what a new component looks like."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from studio.definition.components import (
    CATALOGUE,
    ComponentType,
    ListShape,
    MapShape,
    ObjectShape,
    Property,
    Shape,
    component_type,
    known_elsewhere,
    names_known_elsewhere,
    palette,
    variants,
)

ROOT = Path(__file__).resolve().parents[3]
TYPES = sorted(CATALOGUE)


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


def test_types_of_older_generations_have_a_plain_name_and_are_not_in_the_catalogue() -> None:
    assert names_known_elsewhere()
    for name in names_known_elsewhere():
        assert component_type(name) is None
        assert known_elsewhere(name) is not None
    assert component_type("NoSuchThing") is None
    assert known_elsewhere("NoSuchThing") is None


def test_the_palette_offers_every_type_that_forms_can_show_once() -> None:
    offered = [kind.name for _, _, kinds in palette() for kind in kinds]
    assert sorted(offered) == [name for name in TYPES if CATALOGUE[name].in_palette]
    assert all(kinds for _, _, kinds in palette())


def test_what_the_platform_makes_itself_or_has_on_trial_is_not_offered() -> None:
    kept = {name for name in TYPES if not CATALOGUE[name].in_palette}
    assert kept == {"AddToList", "LikertItem", "SimpleTable", "Summary"}


@pytest.mark.parametrize("name", TYPES)
def test_a_container_takes_types_that_exist(name: str) -> None:
    kind = CATALOGUE[name]
    assert kind.allowed_children is None or kind.allowed_children <= {*TYPES, "Header", "OrganisationLookup"}
    assert (kind.takes is None) == (kind.allowed_children is None)


def test_containers_take_what_can_stand_in_them() -> None:
    assert CATALOGUE["AccordionGroup"].allowed_children == {"Accordion"}
    buttons = CATALOGUE["ButtonGroup"].allowed_children
    assert buttons is not None
    assert "Button" in buttons
    assert "Input" not in buttons
    assert CATALOGUE["Group"].allowed_children is None


def test_bindings_are_spelled_as_the_generation_spells_them() -> None:
    lookup = CATALOGUE["OrganizationLookup"]
    assert [slot.key for slot in lookup.bindings_in("v8")] == [
        "organisation_lookup_orgnr",
        "organisation_lookup_name",
    ]
    assert lookup.bindings_in("v9") == lookup.bindings
    assert lookup.binding("organisation_lookup_orgnr") is lookup.binding("organization_lookup_orgnr")


def test_what_the_latest_apps_spell_otherwise_is_spelled_as_the_component_does() -> None:
    lookup, rows = CATALOGUE["OrganizationLookup"], CATALOGUE["RepeatingGroup"]
    assert [slot.key for slot in lookup.bindings_in("v9", {"name": "firm"})] == ["orgnr", "name"]
    assert lookup.binding("orgnr") is lookup.binding("organization_lookup_orgnr")
    assert {"addButton", "saveButton"} <= {slot.key for slot in rows.texts_in({"addButton", "title"})}
    assert {"add_button", "save_button"} <= {slot.key for slot in rows.texts_in({"title"})}
    assert rows.text("addButton") is rows.text("add_button")


@pytest.mark.parametrize("name", TYPES)
def test_every_property_has_words_of_its_own(name: str) -> None:
    for found in every_property(CATALOGUE[name].properties):
        assert str(found.label)
        assert str(found.help).endswith((".", ";")), found.name
        assert str(found.label) != found.name


def every_property(properties: tuple[Property, ...]) -> Iterator[Property]:
    for found in properties:
        yield found
        for inner in inside(found.shape):
            yield from every_property(inner.properties)


def inside(shape: Shape) -> Iterator[ObjectShape]:
    for each in variants(shape):
        if isinstance(each, ObjectShape):
            yield each
        elif isinstance(each, ListShape):
            yield from inside(each.item)
        elif isinstance(each, MapShape):
            yield from inside(each.value)


def test_alternatives_of_an_object_can_be_read_as_one_object() -> None:
    target = CATALOGUE["Summary2"].property("target")
    assert target is not None
    assert target.kind == "object"
    kinds, name, task = target.properties
    assert [choice.value for choice in kinds.choices] == ["layoutSet", "page", "component"]
    assert not kinds.required  # of a component it need not be said
    assert name.kind == "string"
    assert not name.required  # the whole form has none
    assert task.name == "taskId"


def test_a_type_that_is_no_form_type_cannot_be_required() -> None:
    def is_form(kind: ComponentType) -> bool:
        return kind.is_form

    assert is_form(CATALOGUE["Input"])
    assert not is_form(CATALOGUE["Paragraph"])
    assert CATALOGUE["Checkboxes"].has_options
    assert CATALOGUE["Divider"].main_text is None
