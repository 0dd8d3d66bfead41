"""Edits of rule files touch what they are about, say what they do, and are told by the comparison."""

import json
from typing import Any

import pytest
from builders import app, as_json

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    Change,
    RemoveValidation,
    SetCalculation,
    SetFlowCondition,
    SetPageHidden,
    SetPrefill,
    SetPrefillOverwrite,
    SetProperty,
    SetRuleDefinition,
    SetSetting,
    SetValidation,
    from_dict,
)
from studio.definition.comparison import describe
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles
from studio.definition.rules import calculations_of, prefill_of, validations_of
from studio.definition.rules.places import expression_places

VALIDATION = "App/models/model.validation.json"
CALCULATION = "App/models/model.calculation.json"
PREFILL = "App/models/model.prefill.json"
RULE = {"message": "too.short", "condition": ["lessThan", ["stringLength", ["dataModel", ["argv", 0]]], 3]}
WRITTEN = b"""{
  // who may be named
  "validations": {
    "name": [
      "short",
      {"message": "no", "condition": ["equals", 1, 2], "comment": "ours", "severity": "warning"},
    ]
  },
  "definitions": {"short": {"message": "too.short", "condition": true}}
}
"""


def after(before: AppDefinition, change: Change) -> AppDefinition:
    """The app with a change, which must survive a journey through JSON and be told by the comparison."""
    again = from_dict(json.loads(json.dumps(change.to_dict())))
    changed = AppDefinition(EditedFiles(before.files, again.apply(before)))
    assert [str(each) for each in describe(before, changed)] == [str(change.sentence(before))]
    return changed


def content(changed: AppDefinition, path: str) -> Any:
    return json.loads(changed.files[path])


def test_the_first_rule_makes_the_file_that_it_is_kept_in() -> None:
    changed = after(app(), SetValidation("model", "name", RULE))
    assert content(changed, VALIDATION)["validations"] == {"name": [RULE]}
    (rule,) = validations_of(changed, "model").rules["name"]
    assert rule.message == "too.short"
    assert str(SetValidation("model", "name", RULE).sentence(app())) == (
        "A rule was added: Give the error *too.short* at *Navn* "
        "when the number of characters in *Navn* is less than *3*"
    )


def test_a_changed_rule_keeps_what_is_unknown_and_every_other_line() -> None:
    before = app(more={VALIDATION: WRITTEN})
    rule = {"message": "never", "condition": ["equals", 1, 2], "showImmediately": True}
    changed = after(before, SetValidation("model", "name", rule, 1))
    lines = zip(WRITTEN.splitlines(), changed.files[VALIDATION].splitlines(), strict=True)
    assert [place for place, (one, other) in enumerate(lines) if one != other] == [5]
    (_, written) = changed.json(VALIDATION)["validations"]["name"]
    assert written == rule | {"comment": "ours"}


def test_the_last_rule_of_a_field_takes_the_field_with_it() -> None:
    before = app(more={VALIDATION: WRITTEN})
    changed = after(before, RemoveValidation("model", "name", 0))
    assert len(changed.json(VALIDATION)["validations"]["name"]) == 1
    changed = after(changed, RemoveValidation("model", "name", 0))
    assert changed.json(VALIDATION)["validations"] == {}


def test_a_definition_is_added_changed_and_removed() -> None:
    changed = after(app(more={VALIDATION: WRITTEN}), SetRuleDefinition("model", "new/one", RULE))
    assert "new/one" in validations_of(changed, "model").definitions
    changed = after(changed, SetRuleDefinition("model", "new/one", RULE | {"severity": "info"}))
    assert validations_of(changed, "model").definitions["new/one"].severity == "info"
    changed = after(changed, SetRuleDefinition("model", "new/one", None))
    assert list(validations_of(changed, "model").definitions) == ["short"]


def test_a_field_is_calculated_otherwise_and_no_longer() -> None:
    changed = after(app(), SetCalculation("model", "age", ["plus", 1, 2]))
    changed = after(changed, SetCalculation("model", "age", ["plus", 1, 3]))
    (calculation,) = calculations_of(changed, "model").calculations
    assert (calculation.path, calculation.expression) == ("age", ["plus", 1, 3])
    changed = after(changed, SetCalculation("model", "age", None))
    assert calculations_of(changed, "model").calculations == ()


def test_what_became_of_a_rule_is_told_in_words() -> None:
    made = app(more={VALIDATION: WRITTEN})
    late = {"ref": "short", "severity": "info"}
    changes = [
        SetValidation("model", "name", "short"),
        SetValidation("model", "age", late, 0),
        SetValidation("model", "age", {"message": "no condition"}),
        RemoveValidation("model", "name", 1),
        RemoveValidation("model", "name", 9),
        SetCalculation("model", "age", ["plus", ["dataModel", "age"], 1]),
        SetCalculation("model", "age", None),
    ]
    assert [str(each.sentence(made)) for each in changes] == [
        "A rule was added: Give the error *too.short* at *Navn* when it is always so",
        "A rule was changed: Give the information *too.short* at *age* when it is always so",
        "A rule for *age* was added",
        "A rule was removed: Give the warning *no* at *Navn* when *1* is *2*",
        "A rule for *Navn* was removed",
        "*age* is now calculated as *age* plus *1*",
        "*age* is no longer calculated",
    ]


def test_rules_in_a_form_are_told_in_words_by_the_change_and_by_the_comparison() -> None:
    old = ["equals", ["dataModel", "age"], 18]
    changes = [
        (
            SetProperty("Task_1", "Contact", "name", "/hidden", ["not", old]),
            "Field *Navn* on page *Kontakt* is now shown when *age* is *18*",
        ),
        (
            SetProperty("Task_1", "Contact", "name", "/hidden", old),
            "Field *Navn* on page *Kontakt* is now hidden when *age* is *18*",
        ),
        (
            SetProperty("Task_1", "Contact", "name", "/readOnly", old),
            "Field *Navn* on page *Kontakt* is now read-only when *age* is *18*",
        ),
        (
            SetProperty("Task_1", "Contact", "name", "/textResourceBindings/help", ["text", "x"]),
            "The rule is now: Show *x* as the text *Help text* of *Navn*",
        ),
        (SetPageHidden("Task_1", "Contact", old), "Page *Kontakt* is now hidden when *age* is *18*"),
        (SetPageHidden("Task_1", "Contact", ["not", old]), "Page *Kontakt* is now shown when *age* is *18*"),
    ]
    for change, sentence in changes:
        assert str(change.sentence(app())) == sentence
        changed = AppDefinition(EditedFiles(app().files, change.apply(app())))
        assert [str(each) for each in describe(app(), changed)] == [sentence]


def test_a_field_is_filled_in_from_a_register_and_no_longer() -> None:
    changed = after(app(), SetPrefill("model", "DSF", "Name", "name"))
    changed = after(changed, SetPrefillOverwrite("model", True))
    prefill = prefill_of(changed, "model")
    assert [(each.source, each.key, each.target) for each in prefill.fields] == [("DSF", "Name", "name")]
    assert prefill.allow_overwrite
    changed = after(changed, SetPrefillOverwrite("model", False))
    changed = after(changed, SetPrefill("model", "DSF", "Name", None))
    assert prefill_of(changed, "model").fields == ()


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (SetValidation("gone", "name", RULE), NotThere),
        (SetValidation("model", "name", RULE, 7), NotThere),
        (SetValidation("model", "name", 3), DomainError),
        (SetValidation("model", "name", {"condition": ["nonsense"]}), DomainError),
        (RemoveValidation("model", "name", 0), NotThere),
        (SetRuleDefinition("model", "x", None), NotThere),
        (SetRuleDefinition("model", " ", RULE), DomainError),
        (SetCalculation("model", "age", None), NotThere),
        (SetCalculation("model", "age", ["plus"]), DomainError),
        (SetPrefill("model", "DAN", "x", "name"), DomainError),
        (SetPrefill("model", "DSF", "Name", " "), DomainError),
        (SetPrefill("model", "DSF", "Name", None), NotThere),
    ],
)
def test_what_cannot_be_done_says_why(change: Change, kind: type[DomainError]) -> None:
    with pytest.raises(kind) as told:
        change.apply(app())
    assert str(told.value.sentence)


def test_a_file_that_is_no_object_is_not_written_over() -> None:
    with pytest.raises(DomainError):
        SetValidation("model", "name", RULE).apply(app(more={VALIDATION: as_json([])}))


def test_rules_in_another_order_are_told_as_such() -> None:
    rules = [{"message": "a", "condition": True}, {"message": "b", "condition": True}]
    before = app(more={VALIDATION: as_json({"validations": {"name": rules}})})
    turned = app(more={VALIDATION: as_json({"validations": {"name": rules[::-1]}})})
    assert [str(each) for each in describe(before, turned)] == [
        "The rules for name were put in another order"
    ]


def _process(condition: str) -> str:
    return f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
  <startEvent id="start"/><task id="Task_1" name="Fill in"/><exclusiveGateway id="fork"/><endEvent id="end"/>
  <sequenceFlow id="a" sourceRef="start" targetRef="Task_1"/>
  <sequenceFlow id="b" sourceRef="Task_1" targetRef="fork"/>
  <sequenceFlow id="on" sourceRef="fork" targetRef="end">
    <conditionExpression>{condition}</conditionExpression>
  </sequenceFlow></process></definitions>"""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('["equals", 1, 2]', '["lessThan", "a&amp;b", 2]'),
        ("[&quot;equals&quot;, 1, 2]", "[&quot;lessThan&quot;, &quot;a&amp;b&quot;, 2]"),
        ('\n    <![CDATA[["equals", 1, 2]]]>\n  ', '\n    <![CDATA[["lessThan", "a&b", 2]]]>\n  '),
    ],
)
def test_the_condition_of_a_flow_is_written_the_way_the_old_one_was(before: str, after: str) -> None:
    made = app(process=_process(before))
    change = SetFlowCondition("on", ["lessThan", "a&b", 2])
    assert change.apply(made) == {"App/config/process/process.bpmn": _process(after).encode()}
    assert from_dict(json.loads(json.dumps(change.to_dict()))) == change
    assert (
        str(change.sentence(made))
        == "The rule is now: End the process after *Fill in* when *a&b* is less than *2*"
    )


_OPENED = '<sequenceFlow id="on" sourceRef="fork" targetRef="end"'
_WRITTEN = (
    '>\n    <conditionExpression xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    ' xsi:type="tFormalExpression">["equals", "a&amp;b", 2]</conditionExpression>\n  </sequenceFlow>'
)


def _with_flow(written: str) -> str:
    before, _, after = _process("").partition(_OPENED)
    return before + written + after.partition("</sequenceFlow>")[2]


@pytest.mark.parametrize(
    "end",
    [
        "/>",
        " />",
        "></sequenceFlow>",
        ">\n  </sequenceFlow>",
        "><conditionExpression/></sequenceFlow>",
        "><conditionExpression></conditionExpression></sequenceFlow>",
        ">\n    <conditionExpression>no JSON</conditionExpression>\n  </sequenceFlow>",
    ],
)
def test_a_way_out_of_a_fork_gets_a_condition_and_loses_it(end: str) -> None:
    made = app(process=_with_flow(_OPENED + end))
    change = SetFlowCondition("on", ["equals", "a&b", 2])
    edits = change.apply(made)
    assert edits == {"App/config/process/process.bpmn": _with_flow(_OPENED + _WRITTEN).encode()}

    after = AppDefinition(EditedFiles(made.files, edits))
    away = SetFlowCondition("on", None)
    assert away.apply(after) == {"App/config/process/process.bpmn": _with_flow(_OPENED + " />").encode()}
    assert from_dict(json.loads(json.dumps(away.to_dict()))) == away
    told = "The process can go from *Fill in* to *the end of the process* without a condition now"
    assert str(away.sentence(after)) == told


def test_what_stands_beside_the_condition_of_a_way_stays() -> None:
    documented = _OPENED + ">\n    <documentation>Why</documentation>"
    without = app(process=_with_flow(documented + "\n  </sequenceFlow>"))
    edits = SetFlowCondition("on", ["equals", "a&b", 2]).apply(without)
    assert edits["App/config/process/process.bpmn"] == _with_flow(documented + _WRITTEN[1:]).encode()
    after = AppDefinition(EditedFiles(without.files, edits))
    (back,) = SetFlowCondition("on", None).apply(after).values()
    assert back == without.files["App/config/process/process.bpmn"]


def test_a_condition_that_nothing_can_read_is_refused() -> None:
    with pytest.raises(DomainError, match="cannot be read"):
        SetFlowCondition("on", ["nonsense"]).apply(app(process=_process("true")))
    with pytest.raises(NotThere):
        SetFlowCondition("b", True).apply(app(process=_process("true")))


@pytest.mark.parametrize("file", ["App/ui/Task_1/Settings.json", "App/ui/Settings.json"])
def test_a_setting_follows_a_rule_and_no_longer(file: str) -> None:
    rule = ["equals", ["language"], "en"]
    made = app()
    change = SetSetting(file, "hideAppNameInPdf", rule)
    assert str(change.sentence(made)) == (
        "The rule is now: Turn on *No app name in the PDF* when the person's language is *English*"
    )
    changed = AppDefinition(EditedFiles(made.files, change.apply(made)))
    (place,) = expression_places(changed)
    assert (place.file, place.name, place.expression) == (file, "hideAppNameInPdf", rule)
    gone = SetSetting(file, "hideAppNameInPdf")
    assert from_dict(gone.to_dict()) == gone
    assert list(expression_places(AppDefinition(EditedFiles(changed.files, gone.apply(changed))))) == []
    assert str(gone.sentence(made)) == "The setting hideAppNameInPdf was changed"


@pytest.mark.parametrize(("file", "name"), [("App/ui/Settings.json", "id"), ("README.md", "navigationTitle")])
def test_a_setting_that_does_not_exist_is_refused(file: str, name: str) -> None:
    with pytest.raises(DomainError, match="has no setting"):
        SetSetting(file, name, True).apply(app())
