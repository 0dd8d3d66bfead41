"""The process of an app: reading process.bpmn and moving an instance through it."""

from studio.definition.process.elements import (
    TASK_TYPES,
    Action,
    Element,
    EndEvent,
    Flow,
    Gateway,
    PdfStep,
    Process,
    Signing,
    StartEvent,
    Task,
)
from studio.definition.process.engine import (
    ChooseFlow,
    EvaluateCondition,
    ProcessConflict,
    ProcessState,
    advance,
    current_task,
    event_types,
    next_element,
    put_into,
    skips_validation,
    start,
)
from studio.definition.process.parsing import BrokenProcess, parse
from studio.definition.process.templates import DATA_AND_CONFIRMATION, ONE_DATA_TASK

__all__ = [
    "DATA_AND_CONFIRMATION",
    "ONE_DATA_TASK",
    "TASK_TYPES",
    "Action",
    "BrokenProcess",
    "ChooseFlow",
    "Element",
    "EndEvent",
    "EvaluateCondition",
    "Flow",
    "Gateway",
    "PdfStep",
    "Process",
    "ProcessConflict",
    "ProcessState",
    "Signing",
    "StartEvent",
    "Task",
    "advance",
    "current_task",
    "event_types",
    "next_element",
    "parse",
    "put_into",
    "skips_validation",
    "start",
]
