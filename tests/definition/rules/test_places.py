"""Every expression of an app is listed with its place; who decides about whom is read from them."""

from pathlib import Path
from typing import Any

from builders import app, as_json, field
from real_apps import parametrize_apps

from studio.definition.app import AppDefinition, app_definition
from studio.definition.expressions import function_names
from studio.definition.files import folder_files
from studio.definition.rules.influences import Thing, influences
from studio.definition.rules.places import ExpressionPlace, expression_place, expression_places

pytest_generate_tests = parametrize_apps

ASKS_NAME = ["equals", ["dataModel", "name"], "Kari"]
FORK = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:altinn="http://altinn.no/process" id="definitions">
  <bpmn:process id="process" isExecutable="false">
    <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="Task_1"/>
    <bpmn:task id="Task_1" name="Fill in"><bpmn:extensionElements><altinn:taskExtension>
      <altinn:taskType>data</altinn:taskType></altinn:taskExtension></bpmn:extensionElements></bpmn:task>
    <bpmn:sequenceFlow id="f2" sourceRef="Task_1" targetRef="fork"/><bpmn:exclusiveGateway id="fork"/>
    <bpmn:sequenceFlow id="reject" sourceRef="fork" targetRef="end">
      <bpmn:conditionExpression>["equals", ["dataModel", "age"], 1]</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:endEvent id="end"/>
  </bpmn:process>
</bpmn:definitions>"""


def one(app: AppDefinition, pointer: str) -> ExpressionPlace:
    (found,) = (place for place in expression_places(app) if place.pointer == pointer)
    assert expression_place(app, found.key) == found
    return found


def test_every_kind_of_place_is_listed_with_what_it_has_to_give() -> None:
    children = field("name", hidden=ASKS_NAME, required=ASKS_NAME, readOnly=ASKS_NAME)
    children["textResourceBindings"]["description"] = ["text", "a"]
    choice = field(
        "pick", kind="Dropdown", optionsId="o", optionFilter=ASKS_NAME, queryParameters={"q": ["language"]}
    )
    date = field("when", kind="Datepicker", minDate=["text", "a"], pageBreak={"breakBefore": ["text", "b"]})
    rule = {"validations": {"age": [{"condition": ASKS_NAME, "message": ["text", "m"]}]}}
    calculation = {"calculations": {"age": {"expression": ["plus", 1, 2]}}}
    layout = {"data": {"hidden": ASKS_NAME, "layout": [children, choice, date]}}
    more = {
        "App/ui/Task_1/layouts/Contact.json": as_json(layout),
        "App/models/model.validation.json": as_json(rule),
        "App/models/model.calculation.json": as_json(calculation),
    }

    made = app(process=FORK, more=more)

    assert [(place.kind, place.name, place.wants) for place in expression_places(made)] == [
        ("page hidden", "hidden", "boolean"),
        ("text", "textResourceBindings.description", "text"),
        ("required", "required", "boolean"),
        ("read-only", "readOnly", "boolean"),
        ("hidden", "hidden", "boolean"),
        ("option filter", "optionFilter", "boolean"),
        ("query parameter", "queryParameters.q", "text"),
        ("property", "pageBreak.breakBefore", "text"),
        ("property", "minDate", "text"),
        ("validation", "condition", "boolean"),
        ("message", "message", "text"),
        ("calculation", "expression", "number"),
        ("gateway", "condition", "boolean"),
    ]
    assert one(made, "/data/layout/2/pageBreak/breakBefore").choices == ("auto", "always", "avoid")


def test_a_place_knows_in_whose_rows_it_stands() -> None:
    rows = {
        "id": "rows",
        "type": "RepeatingGroup",
        "dataModelBindings": {"group": "people"},
        "children": ["first"],
        "rowsAfter": [{"cells": [{"component": "total"}]}],
        "hiddenRow": ASKS_NAME,
        "hidden": ASKS_NAME,
    }
    inside = field("first", "people.first", hidden=ASKS_NAME)
    pages = {"Contact": (rows, inside, field("total", "age", hidden=ASKS_NAME))}
    made = app(pages=pages)

    found = {place.pointer: place.rows for place in expression_places(made)}

    assert found == {
        "/data/layout/0/hidden": (),
        "/data/layout/0/hiddenRow": ("people",),
        "/data/layout/1/hidden": ("people",),
        "/data/layout/2/hidden": (),
    }


def test_a_definition_is_about_the_fields_that_take_its_condition() -> None:
    rules = {
        "definitions": {
            "base": {"condition": ASKS_NAME, "message": "m"},
            "stricter": {"ref": "base", "message": ["text", "n"]},
        },
        "validations": {"age": ["stricter", "base"], "phone": [{"ref": "base", "condition": True}]},
    }
    made = app(more={"App/models/model.validation.json": as_json(rules)})

    assert one(made, "/definitions/base/condition").fields == ("age",)
    assert one(made, "/definitions/stricter/message").fields == ("age",)
    assert one(made, "/validations/phone/0/condition").expression is True


def test_who_decides_about_whom_goes_through_fields_and_components() -> None:
    pages = {
        "Contact": (
            field("name"),
            field("phone", hidden=["equals", ["component", "name"], ["dataModel", "age"]]),
        ),
    }
    rule = {"validations": {"age": [{"condition": ["not", ["dataModel", ["argv", 0]]], "message": "m"}]}}
    made = influences(app(pages=pages, more={"App/models/model.validation.json": as_json(rule)}))
    name, phone = (Thing("component", "Task_1", each) for each in ("name", "phone"))
    age = Thing("field", "model", "age")

    assert [(each.source, each.at) for each in made.on(phone)] == [
        (name, (1,)),
        (Thing("field", "model", "name"), (1,)),
        (age, (2,)),
    ]
    assert [each.target for each in made.of(age)] == [phone, age]
    assert made.fields_of(name) == (Thing("field", "model", "name"),)


def test_no_expression_of_a_real_app_is_left_out(app_folder: Path) -> None:
    read = app_definition(folder_files(app_folder))
    listed = {(place.file, place.pointer) for place in expression_places(read)}
    layouts = {page.path for layout_set in read.layout_sets for page in layout_set.pages}
    rules = {path for path in read.files if path.endswith((".validation.json", ".calculation.json"))}

    left_out = [
        (path, pointer)
        for path in layouts | rules
        for pointer in _calls(read.json(path), "")
        if (path, pointer) not in listed
    ]

    assert left_out == []
    assert len({place.key for place in expression_places(read)}) == len(listed) + _flows(read)


def _flows(read: AppDefinition) -> int:
    found = [place for place in expression_places(read) if place.flow]
    return len(found) - bool(found)


def _calls(value: Any, pointer: str) -> Any:
    """Where a list begins with the name of a function."""
    if isinstance(value, list) and value and isinstance(value[0], str) and value[0] in FUNCTIONS:
        yield pointer
    elif isinstance(value, list | dict):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _calls(inner, f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1')}")


FUNCTIONS = set(function_names())
