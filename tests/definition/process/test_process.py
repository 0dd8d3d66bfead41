"""Reading process.bpmn and moving an instance through it."""

from datetime import UTC, datetime
from typing import Any

import pytest

from studio.definition import process
from studio.definition.process import BrokenProcess, Gateway, ProcessConflict

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
LATER = datetime(2026, 11, 24, 13, 0, tzinfo=UTC)

HEAD = (
    '<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" '
    'xmlns:altinn="http://altinn.no/process"><bpmn:process id="p">'
)
TAIL = "</bpmn:process></bpmn:definitions>"


def bpmn(inside: str) -> bytes:
    return f"{HEAD}{inside}{TAIL}".encode()


def task(task_id: str, kind: str, *actions: str) -> str:
    declared = "".join(f"<altinn:action>{action}</altinn:action>" for action in actions)
    return (
        f'<bpmn:task id="{task_id}" name="Step {task_id}"><bpmn:extensionElements><altinn:taskExtension>'
        f"<altinn:taskType>{kind}</altinn:taskType><altinn:actions>{declared}</altinn:actions>"
        "</altinn:taskExtension></bpmn:extensionElements></bpmn:task>"
    )


def flow(flow_id: str, source: str, target: str, condition: str = "") -> str:
    inside = f"<bpmn:conditionExpression>{condition}</bpmn:conditionExpression>" if condition else ""
    ends = f'sourceRef="{source}" targetRef="{target}"'
    return f'<bpmn:sequenceFlow id="{flow_id}" {ends}>{inside}</bpmn:sequenceFlow>'


FORKED = bpmn(
    '<bpmn:startEvent id="s"/>'
    + task("fill", "data")
    + task("check", "confirmation", "confirm", "reject")
    + '<bpmn:exclusiveGateway id="g" default="f4"><bpmn:extensionElements><altinn:gatewayExtension>'
    "<altinn:connectedDataTypeId>model</altinn:connectedDataTypeId></altinn:gatewayExtension>"
    "</bpmn:extensionElements></bpmn:exclusiveGateway>"
    '<bpmn:endEvent id="e"/>'
    + flow("f1", "s", "fill")
    + flow("f2", "fill", "check")
    + flow("f3", "check", "g")
    + flow("f4", "g", "fill", '["equals", ["gatewayAction"], "reject"]')
    + flow("f5", "g", "e", '["notEquals", ["gatewayAction"], "reject"]')
)


def answers(action: str | None) -> process.EvaluateCondition:
    def evaluate(expression: Any, gateway: Gateway) -> object:
        assert gateway.connected_data_type == "model"
        return (action == expression[2]) == (expression[0] == "equals")

    return evaluate


def test_a_process_is_read_with_its_tasks_actions_and_forks() -> None:
    read = process.parse(FORKED)
    assert [found.id for found in read.tasks] == ["fill", "check"]
    assert read.tasks[1].name == "Step check"
    assert read.tasks[1].action_ids == ("confirm", "reject")
    assert read.start is not None
    assert read.start.id == "s"
    assert read.gateways[0].default == "f4"
    assert {found.id for found in read.next_elements("g")} == {"fill", "e"}


@pytest.mark.parametrize(("holder", "one"), [("autoPdfTaskIds", "taskId"), ("tasksToIncludeInPdf", "task")])
def test_a_step_that_makes_a_pdf_names_its_tasks_and_its_file(holder: str, one: str) -> None:
    config = f"""taskType>pdf</altinn:taskType><altinn:pdfConfig>
      <altinn:{holder}><altinn:{one}>Task_1</altinn:{one}></altinn:{holder}>
      <altinn:filenameTextResourceKey>name</altinn:filenameTextResourceKey></altinn:pdfConfig>"""
    found = process.parse(
        process.ONE_DATA_TASK.replace("taskType>data</altinn:taskType>", config).encode()
    ).task("Task_1")
    assert found is not None
    assert (found.pdf.tasks, found.pdf.file_name) == (("Task_1",), "name")


def test_a_new_instance_stands_in_the_first_task_with_flow_2() -> None:
    state = process.start(process.parse(FORKED), NOW)
    assert state["started"] == "2026-11-24T12:00:00Z"
    assert state["startEvent"] == "s"
    assert state["currentTask"] == {
        "flow": 2,
        "started": "2026-11-24T12:00:00Z",
        "elementId": "fill",
        "name": "Step fill",
        "altinnTaskType": "data",
        "ended": None,
        "validated": None,
        "flowType": "CompleteCurrentMoveToNext",
    }
    assert process.event_types(None, state) == ("process_StartEvent", "process_StartTask")


def test_a_rejected_task_is_abandoned_and_the_fork_leads_back() -> None:
    read = process.parse(FORKED)
    first = process.start(read, NOW)
    second = process.advance(read, first, None, None, LATER)
    back = process.advance(read, second, "reject", answers("reject"), LATER)
    assert (back["currentTask"]["elementId"], back["currentTask"]["flow"]) == ("fill", 4)
    assert back["currentTask"]["flowType"] == "AbandonCurrentMoveToNext"
    assert process.event_types(second, back, "reject") == ("process_AbandonTask", "process_StartTask")
    assert first["currentTask"]["elementId"] == "fill"


def test_the_end_event_ends_the_process() -> None:
    read = process.parse(FORKED)
    second = process.advance(read, process.start(read, NOW), None, None, NOW)
    ended = process.advance(read, second, "confirm", answers("confirm"), LATER)
    assert ended["currentTask"] is None
    assert (ended["ended"], ended["endEvent"]) == ("2026-11-24T13:00:00Z", "e")
    assert process.event_types(second, ended, "confirm") == (
        "process_EndTask",
        "process_EndEvent",
        "Submited",
    )
    with pytest.raises(ProcessConflict, match="ended"):
        process.advance(read, ended, None, None, LATER)


def test_a_declared_reject_needs_no_valid_data_but_an_undeclared_one_does() -> None:
    fill, check = process.parse(FORKED).tasks
    assert process.skips_validation(check, "reject")
    assert not process.skips_validation(fill, "reject")
    assert not process.skips_validation(check, "confirm")


def test_a_default_flow_beside_a_matching_condition_is_one_way_too_many() -> None:
    data = bpmn(
        '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g" default="f3"/>'
        + task("a", "data")
        + task("b", "data")
        + flow("f1", "s", "g")
        + flow("f2", "g", "a", '["equals", 1, 1]')
        + flow("f3", "g", "b")
    )
    with pytest.raises(ProcessConflict, match="2 next steps"):
        process.start(process.parse(data), NOW, lambda _expression, _gateway: True)
    state = process.start(process.parse(data), NOW, lambda _expression, _gateway: "true")
    assert state["currentTask"]["elementId"] == "b"


def test_without_conditions_the_default_flow_is_taken() -> None:
    data = bpmn(
        '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g" default="f3"/>'
        + task("a", "data")
        + task("b", "data")
        + flow("f1", "s", "g")
        + flow("f2", "g", "a")
        + flow("f3", "g", "b")
    )
    assert process.start(process.parse(data), NOW)["currentTask"]["elementId"] == "b"


def test_gateways_in_a_circle_are_refused() -> None:
    data = bpmn(
        '<bpmn:startEvent id="s"/><bpmn:exclusiveGateway id="g"/><bpmn:exclusiveGateway id="h"/>'
        + flow("f1", "s", "g")
        + flow("f2", "g", "h")
        + flow("f3", "h", "g")
    )
    with pytest.raises(ProcessConflict, match="circles"):
        process.start(process.parse(data), NOW)


def test_a_step_that_leads_nowhere_is_named() -> None:
    data = bpmn('<bpmn:startEvent id="s"/>' + task("a", "data") + flow("f1", "s", "a"))
    read = process.parse(data)
    with pytest.raises(ProcessConflict, match="Step a leads to 0"):
        process.advance(read, process.start(read, NOW), None, None, NOW)


def test_a_condition_that_is_no_expression_is_named_with_its_line() -> None:
    data = bpmn(
        '<bpmn:startEvent id="s"/>\n<bpmn:exclusiveGateway id="g"/>'
        + task("a", "data")
        + flow("f1", "s", "g")
        + flow("f2", "g", "a", "a == b")
    )
    with pytest.raises(ProcessConflict, match="f2 at line 2"):
        process.start(process.parse(data), NOW)


@pytest.mark.parametrize(
    ("data", "line"),
    [
        (b"<a>\n<b></a>", 2),
        (b"", 1),
        (b"<root/>", 1),
        (HEAD.encode() + b'\n<bpmn:task name="no id"/>' + TAIL.encode(), 2),
        (HEAD.encode() + b'<bpmn:task id="a"/>\n<bpmn:endEvent id="a"/>' + TAIL.encode(), 2),
        (b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', 1),
        (b'<?xml version="1.0"?>\n<!DOCTYPE a [<!ENTITY x "aaaa"><!ENTITY y "&x;&x;&x;">]><a>&y;</a>', 2),
        (b'<!DOCTYPE a SYSTEM "http://example.com/a.dtd">' + HEAD.encode() + TAIL.encode(), 1),
    ],
    ids=[
        "not closed",
        "empty",
        "no BPMN",
        "no id",
        "same id",
        "outer entity",
        "growing entity",
        "outer type",
    ],
)
def test_a_broken_or_hostile_file_is_refused_with_its_line(data: bytes, line: int) -> None:
    with pytest.raises(BrokenProcess) as caught:
        process.parse(data)
    assert caught.value.line == line


def test_a_process_with_a_byte_order_mark_and_the_older_task_type_is_read() -> None:
    data = (
        "\ufeff"
        + HEAD.replace("altinn.no/process", "altinn.no")
        + ('<bpmn:task id="a" altinn:tasktype="data"/>' + TAIL)
    )
    assert process.parse(data.encode()).tasks[0].type == "data"


@pytest.mark.parametrize("text", [process.ONE_DATA_TASK, process.DATA_AND_CONFIRMATION])
def test_a_process_for_a_new_app_goes_from_start_to_end(text: str) -> None:
    read = process.parse(text.encode())
    state = process.start(read, NOW)
    for _ in read.tasks:
        state = process.advance(read, state, None, None, NOW)
    assert state["ended"]


def test_the_state_of_an_instance_without_a_process_is_a_conflict() -> None:
    read = process.parse(FORKED)
    for state in (None, {}, {"currentTask": None}, {"currentTask": {"elementId": "gone"}}):
        with pytest.raises(ProcessConflict):
            process.current_task(read, state)


def test_service_tasks_are_told_by_their_type() -> None:
    data = bpmn(
        task("a", "pdf") + task("b", "data") + task("c", "archive").replace("bpmn:task", "bpmn:serviceTask")
    )
    assert [found.is_service for found in process.parse(data).tasks] == [True, False, True]
