"""The app check names file and line, and calls an error only what keeps an app from running."""

from typing import Any

import pytest
from builders import app, app_files, as_json, field, group

from studio.definition.app import AppDefinition
from studio.definition.checks import check, has_errors
from studio.definition.files import MemoryFiles
from studio.definition.findings import Finding
from studio.definition.process import DATA_AND_CONFIRMATION

CONTACT = "App/ui/Task_1/layouts/Contact.json"
METADATA = "App/config/applicationmetadata.json"
PROCESS = "App/config/process/process.bpmn"


def found(code: str, **arguments: Any) -> Finding:
    findings = [finding for finding in check(app(**arguments)) if finding.code == code]
    assert findings, code
    assert str(findings[0].sentence)
    return findings[0]


def on_contact(*parts: Any) -> dict[str, Any]:
    return {"pages": {"Contact": parts}}


@pytest.mark.parametrize("generation", ["v8", "v9"])
def test_a_complete_app_has_no_findings(generation: str) -> None:
    assert check(app(generation=generation)) == ()
    assert not has_errors(app(generation=generation))


def test_a_data_step_with_a_confirmation_has_no_findings() -> None:
    assert [finding.code for finding in check(app(process=DATA_AND_CONFIRMATION))] == []


@pytest.mark.parametrize(
    ("code", "severity", "line", "parts"),
    [
        ("repeated-id", "error", 14, (field("name"), field("name"))),
        ("component-without-id", "error", 4, ({"type": "Heading"},)),
        ("missing-field", "error", 8, (field("x", "no.such"),)),
        ("no-binding", "error", 4, (field("x", dataModelBindings={}),)),
        ("missing-child", "warning", 8, (group("g", "gone"),)),
        ("claimed-twice", "warning", 15, (group("g", "a"), group("h", "a"), {"id": "a", "type": "Divider"})),
        ("unknown-type", "warning", 6, ({"id": "a", "type": "<Nonsense>"},)),
        ("unsupported-type", "warning", 6, ({"id": "a", "type": "GroupComponent"},)),
        ("missing-options", "warning", 13, (field("name", kind="Dropdown", optionsId="gone"),)),
        ("missing-text", "warning", 11, (field("age"),)),
        (
            "summary-target",
            "warning",
            9,
            ({"id": "s", "type": "Summary2", "target": {"type": "page", "id": "gone"}},),
        ),
    ],
)
def test_what_is_wrong_with_a_component_is_named_with_its_line(
    code: str, severity: str, line: int, parts: Any
) -> None:
    finding = found(code, **on_contact(*parts))
    assert (finding.severity, finding.place.path) == (severity, CONTACT)
    text = app_files(**on_contact(*parts))[CONTACT].decode().splitlines()
    assert finding.place.line is not None
    assert 1 < finding.place.line <= len(text)
    assert finding.place.page == "Contact"
    assert finding.remedy is not None


def test_the_line_is_that_of_the_property() -> None:
    parts = (field("name"), field("x", "no.such"))
    finding = found("missing-field", **on_contact(*parts))
    text = app_files(**on_contact(*parts))[CONTACT].decode().splitlines()
    assert finding.place.line is not None
    assert text[finding.place.line - 1].strip() == '"simpleBinding": "no.such"'


def test_a_page_and_the_order_that_do_not_agree_are_warnings() -> None:
    extra = {"App/ui/Task_1/layouts/Alone.json": as_json({"data": {"layout": []}})}
    assert found("page-not-in-order", more=extra).place.page == "Alone"
    settings = {"pages": {"order": ["Contact", "Gone", "Summary"]}, "defaultDataType": "model"}
    finding = found("missing-page", more={"App/ui/Task_1/Settings.json": as_json(settings)})
    assert (finding.severity, finding.place.line) == ("warning", 5)


@pytest.mark.parametrize(
    ("code", "path", "data"),
    [
        ("broken-json", CONTACT, b'{"data": {\n"layout": [}}'),
        ("broken-json", METADATA, b"{"),
        ("broken-process", PROCESS, b"<bpmn:definitions>"),
        ("broken-process", PROCESS, b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'),
        ("broken-policy", "App/config/authorization/policy.xml", b"<a><b></a>"),
        ("broken-xml", "App/models/model.xsd", b"<a>\n<b>\n</a>"),
        ("no-policy", "App/config/authorization/policy.xml", None),
        ("no-process", PROCESS, None),
        ("no-metadata", METADATA, None),
        ("no-app-id", METADATA, b"{}"),
        ("missing-model", METADATA, None),
        ("task-without-pages", PROCESS, None),
    ],
)
def test_what_keeps_an_app_from_running_is_an_error(code: str, path: str, data: bytes | None) -> None:
    more: dict[str, bytes | None] = {path: data}
    if code == "missing-model":
        more = {"App/models/model.schema.json": None}
    if code == "task-without-pages":
        more = {"App/ui/Task_1/Settings.json": None}
    finding = found(code, more=more)
    assert (finding.severity, finding.place.path) == ("error", path)
    assert has_errors(app(more=more))


def test_task_types_that_cannot_be_carried_out_yet_are_named() -> None:
    process = DATA_AND_CONFIRMATION.replace("taskType>confirmation<", "taskType>signing<")
    finding = found("unsupported-task", process=process)
    assert finding.severity == "error"
    assert "signing" in str(finding.sentence)
    assert finding.place.line is not None


@pytest.mark.parametrize("kind", ["pdf", "subformPdf"])
def test_a_step_that_makes_a_pdf_needs_a_data_type_to_keep_it_in(kind: str) -> None:
    process = DATA_AND_CONFIRMATION.replace("taskType>confirmation<", f"taskType>{kind}<")
    assert found("no-pdf-type", process=process).severity == "warning"
    assert not has_errors(app(process=process))


def test_a_pdf_of_what_does_not_exist_is_named() -> None:
    named = "<altinn:autoPdfTaskIds><altinn:taskId>Gone</altinn:taskId></altinn:autoPdfTaskIds>"
    step = f"taskType>pdf</altinn:taskType><altinn:pdfConfig>{named}</altinn:pdfConfig>"
    process = DATA_AND_CONFIRMATION.replace("taskType>confirmation</altinn:taskType>", step)
    assert "Gone" in str(found("pdf-of-nothing", process=process).sentence)
    subform = DATA_AND_CONFIRMATION.replace("taskType>confirmation<", "taskType>subformPdf<")
    assert found("pdf-of-nothing", process=subform).severity == "warning"


@pytest.mark.parametrize("kind", ["payment", "feedback", "eFormidling", "fiksArkiv", "own"])
def test_other_steps_that_cannot_be_carried_out_keep_an_app_from_being_deployed(kind: str) -> None:
    process = DATA_AND_CONFIRMATION.replace("taskType>confirmation<", f"taskType>{kind}<")
    assert found("unsupported-task", process=process).severity == "error"


def test_an_arrow_into_nothing_is_an_error() -> None:
    process = app_files()[PROCESS].decode().replace('targetRef="Task_1"', 'targetRef="Gone"')
    assert found("loose-flow", process=process).severity == "error"


FORKED = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">
  <startEvent id="start"/><task id="Task_1" name="Fill in"/><exclusiveGateway id="fork"%s/>
  <endEvent id="end"/><endEvent id="stop"/>
  <sequenceFlow id="a" sourceRef="start" targetRef="Task_1"/>
  <sequenceFlow id="b" sourceRef="Task_1" targetRef="fork"/>
  <sequenceFlow id="on" sourceRef="fork" targetRef="end">%s</sequenceFlow>
  <sequenceFlow id="off" sourceRef="fork" targetRef="stop"/></process></definitions>"""


def test_a_fork_where_nothing_chooses_is_an_error() -> None:
    finding = found("fork-without-choice", process=FORKED % ("", ""))
    assert finding.severity == "error"
    assert str(finding.sentence) == "2 ways lead on from *Fill in*, and nothing chooses between them."
    assert finding.place.line == 2


@pytest.mark.parametrize(
    ("default", "condition", "code"),
    [
        (' default="off"', "", None),
        ("", '<conditionExpression>["equals", 1, 1]</conditionExpression>', None),
        ("", "", b"def choose_flow(gateway, data, context):\n    return 'on'\n"),
    ],
)
def test_a_fork_where_something_chooses_is_none(default: str, condition: str, code: bytes | None) -> None:
    forked = app(process=FORKED % (default, condition), more={"App/logic/ways.py": code})
    assert "fork-without-choice" not in [finding.code for finding in check(forked)]


def test_texts_given_twice_missing_in_a_language_or_unused_are_named() -> None:
    resources = [{"id": "a", "value": "1"}, {"id": "a", "value": "2"}, {"id": "Contact", "value": "c"}]
    more = {"App/config/texts/resource.nb.json": as_json({"resources": resources})}
    assert found("repeated-text", more=more).place.line == 7
    assert found("unused-text", more=more).severity == "advice"
    assert found("missing-translation", more=more).severity == "warning"


def test_a_text_that_code_or_a_rule_names_is_used() -> None:
    texts = {"nb": {"from.code": "a", "from.rule": "b", "from.options": "c"}}
    parts = ({"id": "p", "type": "Paragraph", "textResourceBindings": {"title": ["text", "from.rule"]}},)
    more = {
        "App/logic/X.cs": b'return "from.code";',
        "App/options/o.json": as_json([{"value": 1, "label": "from.options"}]),
    }
    assert "unused-text" not in {
        finding.code for finding in check(app(texts=texts, more=more, **on_contact(*parts)))
    }


def test_a_name_given_twice_in_one_object_is_named() -> None:
    data = b'{\n"data": {"layout": [\n{"id": "a",\n "type": "Divider",\n "id": "b"}\n]}}'
    finding = found("repeated-key", more={CONTACT: data})
    assert (finding.severity, finding.place.line) == ("warning", 5)


def test_paths_that_not_every_system_can_have_are_named() -> None:
    more = {"App/wwwroot/con.css": b"", "App/options/A.json": b"[]", "App/options/a.json": b"[]"}
    said = [
        (each.place.path, each.severity) for each in check(app(more=more)) if each.code == "unportable-path"
    ]
    assert said == [("App/options/a.json", "warning"), ("App/wwwroot/con.css", "warning")]


def test_errors_come_first() -> None:
    severities = [
        finding.severity
        for finding in check(app(**on_contact(field("a"), group("g", "x"), field("b", "age"))))
    ]
    assert severities == sorted(severities, key=["error", "warning", "advice"].index)


def test_nothing_at_all_is_an_app_with_errors() -> None:
    codes = {finding.code for finding in check(AppDefinition(MemoryFiles({})))}
    assert {"no-metadata", "no-policy", "no-process"} <= codes


def test_a_thousand_components_with_a_finding_each_are_checked_in_a_moment() -> None:
    parts = [field(f"f{number}", "no.such") for number in range(1000)]
    findings = check(app(**on_contact(*parts)))
    lines = [finding.place.line for finding in findings if finding.code == "missing-field"]
    assert len(lines) == 1000
    assert lines == sorted(set(lines), key=lambda line: line or 0)


def test_what_lies_too_deep_to_be_shown_inside_is_named() -> None:
    nest = [group(f"g{number}", f"g{number + 1}") for number in range(200)]
    findings = check(app(**on_contact(*nest, group("g200", "name"), field("name"))))
    (named, *others) = [finding for finding in findings if finding.code == "nested-too-deep"]
    assert named.sentence.values["id"] == "g61"
    assert [finding.sentence.values["id"] for finding in others][:2] == ["g122", "g183"]


def custom(kind: str) -> dict[str, Any]:
    """A custom button with one action of a kind."""
    return {"id": "b", "type": "CustomButton", "actions": [{"id": "do", "type": kind}]}


@pytest.mark.parametrize(
    ("pages", "found"),
    [
        ({"A": (field("name"),)}, ["no-way-on"]),
        ({"A": (field("name"), {"id": "b", "type": "Button"})}, []),
        ({"A": (custom("ServerAction"),), "B": (field("name"),)}, []),
        ({"A": (custom("ClientAction"),), "B": (field("name"),)}, ["no-way-on"]),
        ({"A": (field("name"), {"id": "b", "type": "Button", "mode": "save"})}, ["no-way-on"]),
        ({"A": (field("name"), {"id": "b", "type": "Button", "hidden": True})}, ["no-way-on"]),
        ({"A": (field("name"),), "B": ({"id": "n", "type": "NavigationButtons"},)}, ["no-way-on"]),
        ({"A": ({"id": "n", "type": "NavigationButtons"},), "B": (field("name"),)}, ["no-way-on"]),
        ({"A": ()}, []),
    ],
)
def test_a_form_that_cannot_be_sent_in_is_named(pages: Any, found: list[str]) -> None:
    named = [one for one in check(app(pages=pages)) if one.code == "no-way-on"]

    assert [one.code for one in named] == found
    assert all(one.severity == "warning" and one.place.page == list(pages)[-1] for one in named)
