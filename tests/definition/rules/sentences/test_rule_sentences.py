"""Whole rules as sentences, at every kind of place."""

import json
from collections.abc import Mapping
from typing import Any

import builders
import pytest
from family import Say, family, field
from real_apps import app_folders

from studio.definition.app import AppDefinition
from studio.definition.files import folder_files
from studio.definition.rules.places import expression_places
from studio.definition.rules.sentences import Names, in_words, lines, names_at, rule_sentence

YES = ["equals", field("hasChildren"), "yes"]


def told(app: AppDefinition, say: Say = str, kind: str | None = None) -> list[str]:
    names = Names(app)
    return [
        in_words(rule_sentence(place, names_at(place, names)), say)
        for place in expression_places(app)
        if kind in (None, place.kind)
    ]


@pytest.mark.parametrize(
    ("rule", "en", "nb", "nn"),
    [
        (
            {"hidden": ["not", ["and", YES, ["greaterThan", field("income"), 100000]]]},
            "Show Children when Do you have children? is Yes, I do and Income is more than 100\xa0000",
            "Vis Children når Do you have children? er Yes, I do og Income er mer enn 100\xa0000",
            "Vis Children når Do you have children? er Yes, I do og Income er meir enn 100\xa0000",
        ),
        (
            {"hidden": ["notEquals", field("hasChildren"), "yes"]},
            "Show Children when Do you have children? is Yes, I do",
            "Vis Children når Do you have children? er Yes, I do",
            "Vis Children når Do you have children? er Yes, I do",
        ),
        (
            {"hidden": YES},
            "Hide Children when Do you have children? is Yes, I do",
            "Skjul Children når Do you have children? er Yes, I do",
            "Skjul Children når Do you have children? er Yes, I do",
        ),
        (
            {"hidden": ["equals", field("born"), None]},
            "Show Children when Born has an answer",
            "Vis Children når Born har svar",
            "Vis Children når Born har svar",
        ),
        (
            {"hidden": ["or", ["notEquals", field("hasChildren"), "yes"], ["not", field("agree")]]},
            "Show Children when Do you have children? is Yes, I do and I agree is Of course",
            "Vis Children når Do you have children? er Yes, I do og I agree er Of course",
            "Vis Children når Do you have children? er Yes, I do og I agree er Of course",
        ),
        (
            {"required": YES},
            "Require an answer to Children when Do you have children? is Yes, I do",
            "Krev svar på Children når Do you have children? er Yes, I do",
            "Krev svar på Children når Do you have children? er Yes, I do",
        ),
        (
            {"readOnly": ["not", YES]},
            "Lock Children when Do you have children? is something other than Yes, I do",
            "Lås Children når Do you have children? er noe annet enn Yes, I do",
            "Lås Children når Do you have children? er noko anna enn Yes, I do",
        ),
    ],
)
def test_rules_of_a_component_are_sentences(
    say: Mapping[str, Say], rule: dict[str, Any], en: str, nb: str, nn: str
) -> None:
    app = family(**rule)
    for language, expected in (("en", en), ("nb", nb), ("nn", nn)):
        assert told(app, say[language]) == [expected]


FORK = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:altinn="http://altinn.no/process" id="definitions">
  <bpmn:process id="process" isExecutable="false">
    <bpmn:startEvent id="start"/><bpmn:sequenceFlow id="f1" sourceRef="start" targetRef="Task_1"/>
    <bpmn:task id="Task_1" name="Fill in"><bpmn:extensionElements><altinn:taskExtension>
      <altinn:taskType>data</altinn:taskType></altinn:taskExtension></bpmn:extensionElements></bpmn:task>
    <bpmn:sequenceFlow id="f2" sourceRef="Task_1" targetRef="fork"/><bpmn:exclusiveGateway id="fork"/>
    <bpmn:sequenceFlow id="back" sourceRef="fork" targetRef="Task_1">
      <bpmn:conditionExpression>["equals", ["gatewayAction"], "reject"]</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="on" sourceRef="fork" targetRef="end">
      <bpmn:conditionExpression>["equals", ["dataModel", "kind", "model"], "a"]</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:endEvent id="end"/>
  </bpmn:process>
</bpmn:definitions>"""


def everywhere() -> AppDefinition:
    """An app with a rule at every kind of place."""
    texts = {"title": "Amount due", "description": ["text", "hint"]}
    page = [
        builders.field("amount", textResourceBindings=texts),
        builders.field(
            "pick",
            kind="Dropdown",
            options=[{"value": "a", "label": "First"}, {"value": "b", "label": "Second"}],
            optionFilter=["notEquals", ["value"], "b"],
            queryParameters={"year": ["dataModel", "amount"]},
        ),
        {
            "id": "rows",
            "type": "RepeatingGroup",
            "children": ["inner"],
            "dataModelBindings": {"group": "rows"},
            "textResourceBindings": {"title": "All trips"},
            "hiddenRow": ["equals", ["dataModel", "rows.inner"], None],
            "edit": {"addButton": ["lessThan", ["count", ["dataModel", "rows"]], 3]},
        },
        builders.field("inner", "rows.inner", textResourceBindings={"title": "Where to"}),
    ]
    validations = {
        "definitions": {
            "late": {
                "condition": ["compare", ["dataModel", ["argv", 0]], "isAfter", "2026-12-31"],
                "message": "late",
                "severity": "warning",
            },
            "unused": {"condition": True, "message": "late"},
        },
        "validations": {
            "born": ["late"],
            "amount": [
                {"condition": ["lessThan", ["value"], 0], "message": ["concat", "Below ", ["value"]]},
                {"ref": "late", "condition": ["equals", ["dataModel", "amount"], 1]},
            ],
        },
    }
    calculations = {
        "total": {"expression": ["sum", ["jmespath", ["dataModel", "rows"], "[].cost || `[]`"]]},
        "rows.cost": {"expression": ["if", ["equals", ["dataModel", "rows.inner"], "Oslo"], 0, "else", 5]},
    }
    row = {"type": "object", "properties": {"inner": {"type": "string"}, "cost": {"type": "number"}}}
    layout = {"data": {"hidden": ["equals", ["dataModel", "pick"], "a"], "layout": page}}
    return builders.app(
        fields={
            "amount": "number",
            "pick": "string",
            "total": "number",
            "kind": "string",
            "born": {"type": "string", "format": "date", "title": "Birth"},
            "rows": {"type": "array", "items": row},
        },
        texts={"en": {"hint": "A hint", "late": "That is late"}},
        process=FORK,
        more={
            "App/ui/Task_1/layouts/Contact.json": json.dumps(layout).encode(),
            "App/models/model.validation.json": json.dumps(validations).encode(),
            "App/models/model.calculation.json": json.dumps({"calculations": calculations}).encode(),
        },
    )


def test_there_is_a_sentence_for_every_kind_of_place() -> None:
    assert told(everywhere()) == [
        "Hide page Contact when pick is First",
        "Show A hint as the text Description of Amount due",
        "Offer only those options of pick where the option is something other than Second",
        "Fetch the options of pick with year set to Amount due",
        "Turn on Add button for All trips when the number of rows in All trips is less than 3",
        "Show only those rows of All trips where Where to has an answer",
        "Give the warning That is late at Birth when Birth is after 31 December 2026",
        "Give the error That is late at no field yet when it is always so",
        "Give the error “Below Amount due” at Amount due when Amount due is less than 0",
        "Give “Below Amount due” as the message at Amount due",
        "Give the warning That is late at Amount due when Amount due is 1",
        "Set total to the sum of cost in all rows of All trips",
        "Set cost to 0 when Where to is Oslo, otherwise 5",
        "Go back to Fill in when the chosen action is reject",
        "End the process after Fill in when kind is a",
    ]


def test_a_rule_that_became_a_plain_value_still_has_a_sentence() -> None:
    (place,) = expression_places(family(hidden=YES))
    always = type(place)(**{each: getattr(place, each) for each in place.__slots__} | {"expression": False})
    assert in_words(rule_sentence(always, Names(family())), str) == "Always show Children"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_labels_are_in_the_language_that_is_asked_for(language: str) -> None:
    texts = {each: {"age.title": f"Age ({each})"} for each in ("nb", "nn", "en")}
    fields = [builders.field("age"), builders.field("x", hidden=["equals", field("age"), 1])]
    app = builders.app(pages={"P": fields}, fields={"age": "integer", "x": "string"}, texts=texts)
    (place,) = expression_places(app)
    sentence = rule_sentence(place, names_at(place, Names(app, language=language)))
    assert in_words(sentence, str) == f"Hide x when Age ({language}) is 1"


@pytest.mark.conformance
def test_every_rule_of_the_real_apps_is_a_sentence(vectors: Any, say: Mapping[str, Say]) -> None:
    seen = 0
    for folder in app_folders(vectors):
        app = AppDefinition(folder_files(folder))
        names = Names(app)
        for place in expression_places(app):
            sentence = rule_sentence(place, names_at(place, names))
            for language in say.values():
                words = " ".join(line.text for line in lines(sentence, language))
                assert words.strip()
                assert "%(" not in words
                assert '["' not in words, "an expression shows through"
            seen += 1
    assert seen > 200
