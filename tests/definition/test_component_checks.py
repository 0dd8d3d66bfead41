"""The app check tells what is written in a component that its type does not know, lacks or cannot hold."""

from typing import Any

import pytest
from builders import app, field, group

from studio.definition.checks import check
from studio.definition.components import CATALOGUE, deviations
from studio.definition.findings import Finding

FIELDS = {
    "name": "string",
    "person": {"type": "object", "properties": {"name": {"type": "string"}}},
    "rows": {"type": "array", "items": {"type": "object", "properties": {"name": {"type": "string"}}}},
}
HEADING = {"id": "h", "type": "Heading", "size": "L"}


def findings(*parts: Any) -> list[Finding]:
    # One page with a few components, which has neither texts nor a button that sends it in.
    not_meant = {"unused-text", "missing-text", "no-way-on"}
    every = check(app(pages={"Contact": parts}, fields=FIELDS))
    return [finding for finding in every if finding.code not in not_meant]


def found(code: str, *parts: Any) -> Finding:
    matching = [finding for finding in findings(*parts) if finding.code == code]
    assert len(matching) == 1, [finding.code for finding in findings(*parts)]
    return matching[0]


def wrong(**properties: Any) -> str:
    finding = found("wrong-value", {**HEADING, **properties})
    assert finding.severity == "warning"
    return str(finding.sentence)


@pytest.mark.parametrize(
    ("properties", "sentence"),
    [
        ({"size": "XL"}, "Size (size) of h has to be one of L, M, S, h2, h3, h4."),
        ({"hidden": "yes"}, "Hidden (hidden) of h has to be true or false or a rule."),
        ({"grid": {"md": 13}}, "On tablets (grid.md) of h has to be one of auto, 1, 2, 3, 4, 5, 6, 7, …."),
        ({"grid": []}, "Width (grid) of h has to be an object."),
        (
            {"renderAsSummary": ["equals", 1, 1]},
            "Show as summary (renderAsSummary) of h has to be true or false.",
        ),
    ],
)
def test_a_value_of_the_wrong_kind_is_named_with_what_it_should_be(
    properties: dict[str, Any], sentence: str
) -> None:
    assert wrong(**properties) == sentence


def test_what_the_latest_apps_spell_otherwise_is_known() -> None:
    who = {"id": "w", "type": "PersonLookup", "dataModelBindings": {"ssn": "name"}}
    files = {"minNumberOfAttachments": 0, "maxNumberOfAttachments": 1, "maxFileSizeInMB": 1}
    plain = {"id": "f", "type": "FileUpload", "displayMode": "list", **files}
    tags = {"options": [{"label": "A", "value": "a"}], "textResourceBindings": {"tagTitle": "What?"}}
    rows = {**group("g", type="RepeatingGroup"), "dataModelBindings": {"group": "rows"}}
    texts = {"addButtonFull": "Add one", "multipageBackButton": "Back"}
    said = findings(who, plain, {**plain, **tags, "id": "t"}, {**rows, "textResourceBindings": texts})
    assert {each.code for each in said} == {"missing-data-type"}  # which is about the files
    assert found("no-binding", {**who, "dataModelBindings": {"fullName": "name"}})


def test_bindings_that_bind_nothing_are_no_unknown_property() -> None:
    assert findings({**HEADING, "dataModelBindings": {}, "textResourceBindings": {}}) == []
    assert found("unknown-property", {**HEADING, "dataModelBindings": {"simpleBinding": "name"}})


def test_a_rule_is_no_wrong_value_where_rules_are_allowed() -> None:
    assert findings({**HEADING, "hidden": ["equals", ["dataModel", "name"], 1]}) == []


def test_a_number_outside_its_limits_is_a_wrong_value() -> None:
    finding = found("wrong-value", field("name", maxLength=0))
    assert "a whole number from 1 up" in str(finding.sentence)
    assert finding.place.pointer == "/data/layout/0/maxLength"
    assert list(deviations(CATALOGUE["Input"], {"maxLength": 10**400})) == []
    for number in (float("inf"), float("nan"), -(10**400), True):
        assert [one.problem for one in deviations(CATALOGUE["Input"], {"maxLength": number})] == ["wrong"]


def test_a_property_that_the_type_does_not_have_is_advice_as_it_may_be_meant_for_others() -> None:
    finding = found("unknown-property", {**HEADING, "colour": "red"})
    assert (finding.severity, str(finding.sentence)) == ("advice", "h (Heading) has no property colour.")
    texts = {**HEADING, "textResourceBindings": {"body": "x"}}
    assert "textResourceBindings.body" in str(found("unknown-property", texts).sentence)


def test_a_property_that_is_needed_is_missed() -> None:
    finding = found("missing-property", {"id": "h", "type": "Heading"})
    assert (finding.severity, str(finding.sentence)) == ("warning", "h (Heading) lacks Size (size).")


def test_the_alternative_is_meant_that_the_value_is_nearest_to() -> None:
    button = {"id": "b", "type": "CustomButton"}
    action = {"type": "ClientAction", "id": "navigateToPage"}
    finding = found("missing-property", {**button, "actions": [action]})
    assert str(finding.sentence) == "b (Custom button) lacks Where to (actions.0.metadata)."
    assert (
        found("wrong-value", {**button, "actions": ["nextPage"]}).place.pointer == "/data/layout/0/actions/0"
    )


def test_what_is_to_be_chosen_from_nothing_is_named() -> None:
    assert found("no-options", field("name", kind="Dropdown")).severity == "warning"
    assert "no-options" not in {one.code for one in findings(field("name", kind="Dropdown", optionsId="x"))}


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        (field("x", "person"), "a field for a single answer"),
        (field("x", "rows"), "a field for a single answer"),
        (group("x", type="RepeatingGroup", dataModelBindings={"group": "name"}), "a repeating group"),
        (group("x", type="RepeatingGroup", dataModelBindings={"group": "person"}), "a repeating group"),
    ],
)
def test_a_binding_to_a_field_of_another_kind_is_named(part: Any, wanted: str) -> None:
    finding = found("wrong-field", part)
    assert finding.severity == "warning"
    assert str(finding.sentence).endswith(f"but needs {wanted}.")


def test_an_answer_in_several_parts_needs_a_field_for_each_that_is_required() -> None:
    address = {"id": "a", "type": "Address", "dataModelBindings": {"address": "name", "zipCode": "name"}}
    finding = found("no-binding", address)
    assert str(finding.sentence) == "a has no field for “Postal town”, so that would be lost."


def test_a_component_without_an_id_is_called_by_its_type() -> None:
    parts = ({"type": "Input"}, {"type": "Dropdown", "optionsId": "gone"}, {"type": "Nope"})
    sentences = {one.code: str(one.sentence) for one in findings(*parts)}
    assert sentences["no-binding"].startswith(("Input is bound", "Dropdown is bound"))
    assert sentences["missing-options"].startswith("Dropdown takes")
    assert sentences["unknown-type"].startswith("Nope is of the type")


def test_a_map_needs_one_of_its_bindings_and_no_particular_one() -> None:
    place = {"id": "m", "type": "Map", "dataModelBindings": {}}
    assert found("no-binding", place)
    bound = {**place, "dataModelBindings": {"simpleBinding": "name"}}
    assert "no-binding" not in {one.code for one in findings(bound)}


def test_a_file_is_kept_in_one_field_or_in_a_list_and_not_in_both() -> None:
    upload = CATALOGUE["FileUpload"].new("u")
    upload["dataModelBindings"] = {"simpleBinding": "name", "list": "name"}
    assert found("two-bindings", upload).severity == "warning"


def test_a_group_that_holds_itself_is_an_error() -> None:
    assert str(found("holds-itself", group("g", "g")).sentence) == "g holds itself."
    finding = found("holds-itself", group("g", "h"), group("h", "g"))
    assert (finding.severity, finding.place.component) == ("error", "h")
    assert str(finding.sentence) == "h holds g, which holds h itself."


def test_a_component_that_cannot_stand_in_its_container_is_named() -> None:
    finding = found("wrong-place", group("b", "name", type="ButtonGroup"), field("name"))
    assert str(finding.sentence) == "name (Short answer) cannot stand in b (Group of buttons)."
    card = {"id": "c", "type": "Cards", "color": "subtle", "cards": [{"media": "i", "children": []}]}
    assert findings(card, {"id": "i", "type": "Image"}) == []


@pytest.mark.parametrize(
    ("part", "pointer"),
    [
        ({"id": "s", "type": "Summary", "componentRef": "gone"}, "/componentRef"),
        ({"id": "s", "type": "Summary2", "overrides": [{"pageId": "Gone"}]}, "/overrides/0/pageId"),
        (
            group("r", "name", type="RepeatingGroup", tableColumns={"gone": {"width": "10%"}}),
            "/tableColumns/gone",
        ),
        (
            {"id": "g", "type": "Grid", "rows": [{"cells": [{"labelFrom": "gone"}, {"component": "name"}]}]},
            "/rows/0/cells/0/labelFrom",
        ),
        (
            {
                "id": "b",
                "type": "CustomButton",
                "actions": [{"type": "ClientAction", "id": "navigateToPage", "metadata": {"page": "Gone"}}],
            },
            "/actions/0/metadata/page",
        ),
        ({"id": "f", "type": "Subform", "layoutSet": "gone", "tableColumns": []}, "/layoutSet"),
        ({"id": "l", "type": "AttachmentList", "dataTypeIds": ["from-task", "gone"]}, "/dataTypeIds/1"),
        (
            {"id": "s", "type": "Summary2", "target": {"type": "layoutSet", "taskId": "gone"}},
            "/target/taskId",
        ),
    ],
)
def test_a_name_of_something_that_does_not_exist_is_named(part: Any, pointer: str) -> None:
    finding = found("missing-reference", part, field("name"))
    assert finding.severity == "warning"
    assert finding.place.pointer == f"/data/layout/0{pointer}"
    assert "which does not exist" in str(finding.sentence)


def test_what_another_step_shows_is_not_looked_for_here() -> None:
    elsewhere = {"type": "page", "id": "There", "taskId": "Task_1"}
    overrides = [{"componentId": "of-that-step"}]
    summary = {"id": "s", "type": "Summary2", "target": elsewhere, "overrides": overrides}
    assert [one.code for one in findings(summary)] == ["summary-target"]


def test_files_need_a_data_type_of_the_name_of_the_component() -> None:
    assert found("missing-data-type", CATALOGUE["FileUpload"].new("u")).place.pointer == "/data/layout/0/id"
    named = CATALOGUE["ImageUpload"].new("model")
    assert "missing-data-type" not in {one.code for one in findings(named)}


def test_exceptions_of_a_summary_may_say_what_the_documentation_of_the_platform_tells_of() -> None:
    said = {"forceShow": True, "isCompact": True}
    overrides = [{"componentId": "h", **said}, {"componentType": "Input", **said}]
    summary = {"id": "s", "type": "Summary2", "target": {"type": "layoutSet"}}
    assert findings(HEADING, {**summary, "overrides": overrides}) == []
    wrong = found("wrong-value", HEADING, {**summary, "overrides": [{**overrides[0], "forceShow": "yes"}]})
    assert "Always shown (overrides.0.forceShow) of s has to be true or false." in str(wrong.sentence)
    for_a_page = findings({**summary, "overrides": [{"pageId": "Contact", "forceShow": True}]})
    assert [each.code for each in for_a_page] == ["unknown-property"]
