"""Rules are held against examples: given these answers, this is expected."""

from typing import Any

import pytest
from builders import as_json
from ruled_app import TOO_YOUNG, example, of, ruled_app

from studio.definition.app import AppDefinition
from studio.definition.checks import check, has_errors
from studio.definition.files import MemoryFiles
from studio.definition.rules.examples import complaint, named_rules, run_examples
from studio.definition.rules.places import expression_places

RICH = {"hasChildren": "yes", "income": 120000}
POOR = {"hasChildren": "yes", "income": 90000}
PEOPLE = {"people[0].age": 12, "people[0].fee": 7, "people[1].age": 20, "people[1].fee": 8.5}


def outcome(rule: dict[str, str], **situation: Any) -> Any:
    (ran,) = run_examples(ruled_app([example(rule, None, **situation)]))
    assert ran.outcome is not None
    return ran.outcome.value


@pytest.mark.parametrize(
    ("rule", "situation", "expected"),
    [
        (of("children"), {"given": RICH}, "shown"),
        (of("children"), {"given": POOR}, "hidden"),
        (of("children"), {}, "hidden"),
        (of("children", "required"), {"given": POOR}, "required"),
        (of("children", "required"), {"given": {"hasChildren": "no"}}, "optional"),
        (of("fee"), {"given": PEOPLE, "row": [0]}, "hidden"),
        (of("fee"), {"given": PEOPLE, "row": [1]}, "shown"),
        (TOO_YOUNG, {"given": PEOPLE, "row": [0]}, "given"),
        (TOO_YOUNG, {"given": PEOPLE, "row": [1]}, "not given"),
        # Without an answer there is nothing to say a message about.
        (TOO_YOUNG, {"given": {"people[0].fee": 1}, "row": [0]}, "not given"),
        ({"calculation": "total"}, {"given": PEOPLE}, 15.5),
        # Rows are made as far as they are named.
        ({"calculation": "total"}, {"given": {"people[2].fee": 4}}, 4),
        # What is worked out is worked out before other rules read it, unless it is given itself.
        (of("total", "readOnly"), {"given": PEOPLE}, "read-only"),
        (of("total", "readOnly"), {"given": {**PEOPLE, "total": 3}}, "editable"),
    ],
)
def test_every_kind_of_rule_has_its_outcome(rule: dict[str, str], situation: Any, expected: Any) -> None:
    assert outcome(rule, **situation) == expected


def test_a_message_is_about_answers_and_not_about_missing_ones() -> None:
    condition = ["not", ["greaterThan", ["dataModel", ["argv", 0]], 17]]
    rule = {"validations": {"people.age": [{"message": "too-young", "condition": condition}]}}
    more = {"App/models/model.validation.json": as_json(rule)}
    empty = example(TOO_YOUNG, "not given", "Empty", given={"people[0].fee": 1})
    young = example(TOO_YOUNG, "given", "Young", given={"people[0].age": 1})

    assert [ran.holds for ran in run_examples(ruled_app([empty, young], more))] == [True, True]


def test_the_way_of_a_process_and_a_text_have_outcomes_too() -> None:
    fork = FORK_APP.replace("CONDITION", '["equals", ["gatewayAction"], "reject"]')
    name = {
        "id": "name",
        "type": "Input",
        "textResourceBindings": {"title": ["if", ["equals", ["dataModel", "a"], 1], "one", "else", "other"]},
    }
    pages = as_json({"data": {"layout": [name]}})
    texts = as_json({"language": "nb", "resources": [{"id": "one", "value": "Bare én"}]})
    taken = example({"flow": "back"}, "taken", "back", action="reject")
    title = example(of("name", "textResourceBindings.title"), "Bare én", "one", given={"a": 1})
    made = ruled_app(
        [taken, title],
        {
            "App/config/process/process.bpmn": fork.encode(),
            "App/ui/Task_1/layouts/Contact.json": pages,
            "App/config/texts/resource.nb.json": texts,
        },
    )

    assert [ran.holds for ran in run_examples(made)] == [True, True]


TOWNS = [{"value": "oslo", "label": "Oslo"}, {"value": "asker", "label": "Asker"}]
SUBFORM = {
    "id": "cars",
    "type": "Subform",
    "layoutSet": "car",
    "tableColumns": [
        {"headerContent": "Mark", "cellContent": {"value": ["dataModel", "mark"]}},
        {"headerContent": "Age", "cellContent": {"value": ["plus", ["dataModel", "age"], 1]}},
    ],
}


def app_with_rules_of_more_kinds(*examples: dict[str, Any], of_cars: list[dict[str, Any]]) -> AppDefinition:
    town = {
        "id": "town",
        "type": "Dropdown",
        "options": TOWNS,
        "optionFilter": ["notEquals", ["value"], ["dataModel", "note"]],
    }
    message = ["concat", "Not ", ["dataModel", "income"]]
    rule = {"condition": ["greaterThan", ["dataModel", "income"], 9], "message": message}
    settings = {"$schema": "", "pages": {"order": ["Contact"], "hideAppNameInPdf": ["equals", 1, 2]}}
    every = {"hideAppNameInPdf": ["equals", ["dataModel", "note"], "asker"]}
    sets = {
        "sets": [
            {"id": "Task_1", "dataType": "model", "tasks": ["Task_1"]},
            {"id": "car", "dataType": "car"},
        ],
        "uiSettings": every,
    }
    schema = {"type": "object", "properties": {"mark": {"type": "string"}, "age": {"type": "integer"}}}
    base = ruled_app()
    metadata = base.json("App/config/applicationmetadata.json")
    car = {"id": "car", "allowedContentTypes": ["application/xml"], "appLogic": {"classRef": "Car"}}
    more = {
        "App/ui/Task_1/layouts/Contact.json": as_json({"data": {"layout": [town, SUBFORM]}}),
        "App/ui/Task_1/Settings.json": as_json(settings),
        "App/ui/car/layouts/Car.json": as_json({"data": {"layout": []}}),
        "App/ui/car/Settings.json": as_json({"pages": {"order": ["Car"]}}),
        "App/ui/layout-sets.json": as_json(sets),
        "App/models/model.validation.json": as_json({"validations": {"income": [rule]}}),
        "App/models/car.schema.json": as_json(schema),
        "App/config/applicationmetadata.json": as_json(
            {**metadata, "dataTypes": [*metadata["dataTypes"], car]}
        ),
        "App/tests/rules/car.json": as_json({"examples": of_cars}),
    }
    return ruled_app(list(examples), more)


def test_filters_messages_settings_and_subform_tables_have_examples_too() -> None:
    town, income = of("town", "optionFilter"), {"validation": "income", "message": "#1"}
    hides_name = {"setting": "hideAppNameInPdf"}
    cell = "tableColumns.cellContent.value"
    made = app_with_rules_of_more_kinds(
        example(town, ["oslo"], "All", given={"note": "asker"}),
        example(town, "offered", "One", given={"note": "asker"}, option="oslo"),
        example(town, "not offered", "Not that one", given={"note": "asker"}, option="asker"),
        example(income, "given", "Wrong", given={"income": 10}),
        example({**income, "property": "message"}, "Not 10", "Says", given={"income": 10}),
        example({"form": "Task_1", **hides_name}, False, "Of the form"),
        example(hides_name, True, "Of all forms", given={"note": "asker"}),
        of_cars=[
            example(of("cars", cell), "Volvo", "Mark", given={"mark": "Volvo"}),
            example(of("cars", f"{cell}#2"), "5", "Age", given={"age": 4}),
        ],
    )

    assert {ran.example.name: ran.holds for ran in run_examples(made)} == dict.fromkeys(
        ("Mark", "Age", "All", "One", "Not that one", "Wrong", "Says", "Of the form", "Of all forms"), True
    )
    # Nothing of the app is a rule that could have no examples.
    assert {place.key for place in expression_places(made)} == {
        place.key for place in named_rules(made).values()
    }


def test_what_is_wrong_with_examples_of_filters_and_messages_is_said_in_words() -> None:
    town = of("town", "optionFilter")
    made = app_with_rules_of_more_kinds(
        example(town, ["oslo", "asker"], "All", given={"note": "asker"}),
        example(town, "offered", "One", given={"note": "asker"}, option="asker"),
        example(town, "offered", "Gone", option="bergen"),
        example({"validation": "income", "message": "#1"}, "given", "Small", given={"income": 8}),
        of_cars=[],
    )

    said = {ran.example.name: str(complaint(made, ran)).partition(": ")[2] for ran in run_examples(made)}
    assert said == {
        "All": (
            "expected *Oslo* and *Asker*, was *Oslo* because *Asker* is left out, as the option is *Asker*, "
            "like *note* (*Asker*)."
        ),
        "One": ("expected offered, was not offered because the option is *Asker*, like *note* (*Asker*)."),
        "Gone": "expected offered, but the rule failed: The list has no option bergen",
        "Small": "expected given, was not given because *income* is *8*, which is at most *9*.",
    }


def test_a_failed_example_is_an_error_that_says_why_in_a_plain_sentence() -> None:
    made = ruled_app([example(of("children"), "shown", "Two children", given=POOR)])

    (found,) = (each for each in check(made) if each.code == "failed-example")

    assert str(found.sentence) == (
        "Example *Two children* (Show *Barn*): expected shown, was hidden because "
        "*Inntekt* is *90\xa0000*, which is at most *100\xa0000*."
    )
    assert (found.severity, found.place.page, found.place.component) == ("error", "Contact", "children")
    assert has_errors(made)


def test_an_app_whose_examples_hold_has_no_finding_about_them() -> None:
    made = ruled_app(
        [example(of("children"), "shown", given=RICH), example(of("children"), "hidden", "B", given=POOR)]
    )

    assert not [found for found in check(made) if "example" in found.code]


def test_a_rule_that_was_taken_away_still_fails_its_example() -> None:
    made = ruled_app([example(of("children"), "hidden", given=POOR)])
    page = "App/ui/Task_1/layouts/Contact.json"
    text = made.files[page].decode()
    start = text.index('"hidden"')
    without = text[:start] + '"hidden": false, "was"' + text[start + len('"hidden"') :]

    (ran,) = run_examples(AppDefinition(MemoryFiles({**made.files, page: without.encode()})))

    assert (ran.holds, ran.outcome and ran.outcome.value) == (False, "shown")


def test_an_example_whose_rule_is_gone_is_a_warning_and_blocks_nothing() -> None:
    made = ruled_app([example(of("nobody"), "shown"), example({"calculation": "note"}, 3, "B")])

    found = [each for each in check(made) if "example" in each.code]

    assert [(each.code, each.severity) for each in found] == [("example-without-rule", "warning")] * 2


def test_a_rule_that_fails_fails_its_example_and_says_how() -> None:
    broken = {"calculations": {"total": {"expression": ["plus", ["dataModel", "note"], 1]}}}
    made = ruled_app(
        [example({"calculation": "total"}, 1, "Sum", given={"note": "many"})],
        {"App/models/model.calculation.json": as_json(broken)},
    )

    (ran,) = run_examples(made)

    assert not ran.holds
    assert str(complaint(made, ran)) == (
        "Example *Sum* (Calculate *Sum*): expected *1*, but the rule failed: "
        'Expected number, got value "many"'
    )


@pytest.mark.parametrize(
    "written",
    [
        b"not json",
        b"[]",
        b'{"examples": {}}',
        b'{"examples": [7]}',
        as_json({"examples": [{"name": "No id", "rule": of("children"), "expect": "shown"}]}),
        as_json({"examples": [{"id": "a", "rule": {"form": "x"}, "expect": "shown"}]}),
        as_json({"examples": [{"id": "a", "rule": of("children")}]}),
        as_json({"examples": [example(of("children"), "shown", given={"a[": 1})]}),
        as_json({"examples": [example(of("children"), "shown", given={"a[99999].b": 1})]}),
        as_json({"examples": [example(of("children"), "shown", given=[])]}),
        as_json({"examples": [example(of("children"), "shown", row=[-1])]}),
        as_json({"examples": [example(of("children"), "shown", owner="king")]}),
        as_json({"examples": [example(of("children"), "hidden")] * 2}),
    ],
)
def test_a_file_that_cannot_be_read_is_a_warning_with_its_place(written: bytes) -> None:
    made = ruled_app(more={"App/tests/rules/model.json": written})

    found = [each for each in check(made) if "example" in each.code]

    assert [(each.code, each.severity) for each in found] == [("bad-examples", "warning")]
    assert found[0].place.path == "App/tests/rules/model.json"


def test_answers_that_cannot_both_be_do_not_stop_the_others() -> None:
    given = {"people": "nobody", "people[0].age": 3, "note": {"a": 1}, "note.b": 2, **RICH}

    assert outcome(of("children"), given=given) == "shown"


def test_rules_that_share_a_definition_are_named_by_field_and_message() -> None:
    shared = {
        "definitions": {
            "adult": {"message": "too-young", "condition": ["lessThan", ["dataModel", ["argv", 0]], 18]}
        },
        "validations": {"people.age": ["adult"], "income": [{"ref": "adult", "message": "too-poor"}]},
    }
    made = ruled_app(more={"App/models/model.validation.json": as_json(shared)})

    named = {(name.validation, name.message) for name in named_rules(made) if name.validation}

    assert named == {("people.age", "too-young"), ("income", "too-poor")}


FORK_APP = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:altinn="http://altinn.no/process" id="definitions">
  <bpmn:process id="process" isExecutable="false">
    <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="Task_1"/>
    <bpmn:task id="Task_1" name="Fill in"><bpmn:extensionElements><altinn:taskExtension>
      <altinn:taskType>data</altinn:taskType></altinn:taskExtension></bpmn:extensionElements></bpmn:task>
    <bpmn:sequenceFlow id="f2" sourceRef="Task_1" targetRef="fork"/><bpmn:exclusiveGateway id="fork"/>
    <bpmn:sequenceFlow id="back" sourceRef="fork" targetRef="Task_1">
      <bpmn:conditionExpression>CONDITION</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="on" sourceRef="fork" targetRef="end"/>
    <bpmn:endEvent id="end"/>
  </bpmn:process>
</bpmn:definitions>"""
