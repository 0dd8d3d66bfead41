"""Moving an instance through its process. Pure: each move gives a new state, the time is an argument.

A ProcessState is a dictionary in the shape of the App API: started, startEvent, currentTask {flow, started,
elementId, name, altinnTaskType, ended, validated, flowType}, ended, endEvent. Times are ISO 8601 text in UTC.
"""

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from studio.definition.errors import DomainError
from studio.definition.process.elements import Element, EndEvent, Flow, Gateway, Process, Task
from studio.definition.sentences import N_, Sentence

ProcessState = dict[str, Any]
# (expression, gateway) -> its value. The gateway says which data type the expression reads.
EvaluateCondition = Callable[[Any, Gateway], object]
# The way out of a gateway that code of the app chooses, by the id of its flow; None: the conditions decide.
ChooseFlow = Callable[[Gateway], str | None]

COMPLETE: Final = "CompleteCurrentMoveToNext"
ABANDON: Final = "AbandonCurrentMoveToNext"


class ProcessConflict(DomainError):
    """The instance cannot move: already started, ended, or the fork gives no single way on. HTTP 409."""


def start(
    process: Process,
    now: datetime,
    evaluate_condition: EvaluateCondition | None = None,
    start_event: str | None = None,
) -> ProcessState:
    """The state of a new instance, standing in its first task (whose flow is 2). Raises ProcessConflict."""
    begin = _start_event(process, start_event)
    state: ProcessState = {
        "started": iso(now),
        "startEvent": begin.id,
        "currentTask": {"flow": 1, "elementId": begin.id},
        "ended": None,
        "endEvent": None,
    }
    return _moved(state, next_element(process, begin.id, evaluate_condition), COMPLETE, now)


def advance(
    process: Process,
    state: Mapping[str, Any],
    action: str | None,
    evaluate_condition: EvaluateCondition | None,
    now: datetime,
    choose_flow: ChooseFlow | None = None,
) -> ProcessState:
    """The state after the current task is left with `action` ("reject" abandons it). Raises ProcessConflict.

    Rights and validation are the caller's: `skips_validation` says when a move needs none.
    """
    current = current_task(process, state)
    target = next_element(process, current.id, evaluate_condition, choose_flow)
    return _moved(state, target, ABANDON if action == "reject" else COMPLETE, now)


def put_into(state: Mapping[str, Any], task: Task, now: datetime) -> ProcessState:
    """The state of an instance that is put straight into `task`: how a designer looks at a later step."""
    return _moved(state, task, COMPLETE, now)


def current_task(process: Process, state: Mapping[str, Any] | None) -> Task:
    """The task that the instance stands in. Raises ProcessConflict where there is none."""
    if not state:
        raise ProcessConflict(Sentence(N_("The instance is missing process information.")))
    if state.get("ended"):
        raise ProcessConflict(Sentence(N_("The process is ended.")))
    element_id = (state.get("currentTask") or {}).get("elementId")
    if not element_id:
        raise ProcessConflict(Sentence(N_("The process is not started.")))
    task = process.task(element_id)
    if task is None:
        values = {"task": element_id}
        raise ProcessConflict(Sentence(N_("The process no longer has the step %(task)s."), values))
    return task


def skips_validation(task: Task, action: str | None) -> bool:
    """Whether data need not be valid to leave `task`: a declared reject, or a task that runs by itself."""
    return task.is_service or (action == "reject" and "reject" in task.action_ids)


def event_types(
    before: Mapping[str, Any] | None, after: Mapping[str, Any], action: str | None = None
) -> tuple[str, ...]:
    """The instance events that a move leaves in the history; `before` is None for a new instance."""
    entering: tuple[str, ...]
    entering = ("process_StartTask",) if after.get("currentTask") else ("process_EndEvent", "Submited")
    if before is None:
        return ("process_StartEvent", *entering)
    return ("process_AbandonTask" if action == "reject" else "process_EndTask", *entering)


def next_element(
    process: Process,
    element_id: str,
    evaluate_condition: EvaluateCondition | None,
    choose_flow: ChooseFlow | None = None,
) -> Task | EndEvent:
    """The task or end event that comes after an element, through any gateways. Raises ProcessConflict."""
    passed: set[str] = set()
    current = element_id
    while True:
        targets = _targets(process, current, evaluate_condition, choose_flow)
        if len(targets) != 1:
            raise ProcessConflict(_not_one(process, current, len(targets)))
        target = targets[0]
        if isinstance(target, Task | EndEvent):
            return target
        if target.id in passed:
            values = {"id": target.id}
            raise ProcessConflict(Sentence(N_("The process goes in circles through %(id)s."), values))
        passed.add(target.id)
        current = target.id


def _targets(
    process: Process, element_id: str, evaluate: EvaluateCondition | None, choose: ChooseFlow | None
) -> list[Element]:
    flows = process.outgoing(element_id)
    gateway = process.elements.get(element_id)
    if isinstance(gateway, Gateway):
        chosen = choose(gateway) if choose else None
        flows = _chosen(gateway, flows, evaluate) if chosen is None else _named(gateway, flows, chosen)
    targets = [process.elements[flow.target] for flow in flows if flow.target in process.elements]
    return list({target.id: target for target in targets}.values())


def _chosen(
    gateway: Gateway, flows: tuple[Flow, ...], evaluate: EvaluateCondition | None
) -> tuple[Flow, ...]:
    """The flows a gateway lets through. Beside conditions, `default` is a flow like any other."""
    if any(flow.condition for flow in flows):
        return tuple(flow for flow in flows if flow.condition is None or _holds(flow, gateway, evaluate))
    default = tuple(flow for flow in flows if flow.id == gateway.default)
    return default or flows


def _named(gateway: Gateway, flows: tuple[Flow, ...], flow_id: str) -> tuple[Flow, ...]:
    found = tuple(flow for flow in flows if flow.id == flow_id)
    if not found:
        values: dict[str, str | int | Sentence] = {"id": gateway.id, "flow": flow_id}
        text = N_("The app's code chooses the way %(flow)s, which does not lead out of the fork %(id)s.")
        raise ProcessConflict(Sentence(text, values))
    return found


def _holds(flow: Flow, gateway: Gateway, evaluate: EvaluateCondition | None) -> bool:
    try:
        expression = json.loads(flow.condition or "null")
    except json.JSONDecodeError as error:
        values: dict[str, str | int | Sentence] = {"id": flow.id, "line": flow.line}
        raise ProcessConflict(
            Sentence(N_("The condition of %(id)s at line %(line)s is not an expression."), values)
        ) from error
    if not isinstance(expression, list):
        return expression is True
    if evaluate is None:
        sentence = Sentence(N_("The condition of %(id)s cannot be evaluated here."), {"id": flow.id})
        raise ProcessConflict(sentence)
    return evaluate(expression, gateway) is True


def _not_one(process: Process, element_id: str, count: int) -> Sentence:
    kind = N_("Step %(id)s leads to %(count)s next steps. It has to be exactly one.")
    if isinstance(process.elements.get(element_id), Gateway):
        kind = N_("Fork %(id)s leads to %(count)s next steps. Its conditions have to leave exactly one.")
    return Sentence(kind, {"id": element_id, "count": count})


def _start_event(process: Process, wanted: str | None) -> Element:
    events = process.start_events
    chosen = [event for event in events if event.id == wanted] if wanted else list(events)
    if len(chosen) != 1:
        raise ProcessConflict(Sentence(N_("The process has no single start event.")))
    return chosen[0]


def _moved(state: Mapping[str, Any], target: Task | EndEvent, flow_type: str, now: datetime) -> ProcessState:
    moved = dict(state)
    if isinstance(target, EndEvent):
        return moved | {"currentTask": None, "ended": iso(now), "endEvent": target.id}
    flow = int((state.get("currentTask") or {}).get("flow") or 0) + 1
    moved["currentTask"] = {
        "flow": flow,
        "started": iso(now),
        "elementId": target.id,
        "name": target.name or None,
        "altinnTaskType": target.type or None,
        "ended": None,
        "validated": None,
        "flowType": flow_type,
    }
    return moved


def iso(moment: datetime) -> str:
    """A moment as the platform writes it: ISO 8601, UTC, "Z"."""
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z")
