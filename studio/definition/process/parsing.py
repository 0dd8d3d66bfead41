"""Reading process.bpmn into a Process. Elements outside the subset and the diagram are passed over."""

from collections.abc import Iterator
from typing import Final, cast

from lxml import etree

from studio.definition import safe_xml
from studio.definition.errors import DomainError
from studio.definition.process.elements import (
    Action,
    ActionKind,
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
from studio.definition.sentences import N_, Sentence

_BPMN: Final = "http://www.omg.org/spec/BPMN/20100524/MODEL"
# The namespace of Altinn's extensions today, and the one of files written before 2021.
_ALTINN: Final = ("http://altinn.no/process", "http://altinn.no")


class BrokenProcess(DomainError):
    """The file is not a process that can be read. `line` counts from 1 where it is known."""

    def __init__(self, sentence: Sentence, line: int | None = None) -> None:
        super().__init__(sentence)
        self.line = line


def parse(data: bytes) -> Process:
    """The process in a process.bpmn. Raises BrokenProcess, also for document types and entities."""
    try:
        root = safe_xml.parse(data)
    except safe_xml.BrokenXml as error:
        raise BrokenProcess(error.sentence, error.line) from error
    process = next(_children(root, "process"), None)
    if root.tag != f"{{{_BPMN}}}definitions" or process is None:
        raise BrokenProcess(Sentence(N_("The file is not a BPMN process.")), _line(root))
    found = Process(
        id=process.get("id", ""),
        start_events=tuple(StartEvent(*_identity(node)) for node in _children(process, "startEvent")),
        tasks=tuple(_task(node) for node in _children(process, "task", "serviceTask")),
        gateways=tuple(_gateway(node) for node in _children(process, "exclusiveGateway")),
        end_events=tuple(EndEvent(*_identity(node)) for node in _children(process, "endEvent")),
        flows=tuple(_flow(node) for node in _children(process, "sequenceFlow")),
    )
    _refuse_equal_ids(found)
    return found


def _refuse_equal_ids(process: Process) -> None:
    seen: set[str] = set()
    parts: tuple[Element, ...] = (
        *process.start_events,
        *process.tasks,
        *process.gateways,
        *process.end_events,
    )
    for part in parts:
        if part.id in seen:
            values: dict[str, str | int | Sentence] = {"id": part.id, "line": part.line}
            raise BrokenProcess(
                Sentence(N_("Two steps have the id %(id)s (line %(line)s)."), values), part.line
            )
        seen.add(part.id)


def _children(parent: etree._Element, *names: str) -> Iterator[etree._Element]:
    return parent.iterchildren(*(f"{{{_BPMN}}}{name}" for name in names))


def _identity(node: etree._Element) -> tuple[str, str, int]:
    """(id, name, line) of an element; an element without an id cannot be reached and is refused."""
    line = _line(node)
    identity = node.get("id")
    if not identity:
        sentence = Sentence(N_("A step at line %(line)s of the process has no id."), {"line": line})
        raise BrokenProcess(sentence, line)
    return identity, node.get("name", ""), line


def _line(node: etree._Element) -> int:
    return cast("int | None", node.sourceline) or 1


def _flow(node: etree._Element) -> Flow:
    identity, name, line = _identity(node)
    condition = next((_text(child) for child in _children(node, "conditionExpression")), "")
    return Flow(identity, node.get("sourceRef", ""), node.get("targetRef", ""), condition or None, line, name)


def _gateway(node: etree._Element) -> Gateway:
    connected = next((_text(child) for child in _extensions(node, "connectedDataTypeId")), "")
    return Gateway(*_identity(node), default=node.get("default"), connected_data_type=connected or None)


def _task(node: etree._Element) -> Task:
    in_extension = next((_text(child) for child in _extensions(node, "taskType")), "")
    in_attribute = next(
        (node.get(f"{{{space}}}tasktype", "") for space in _ALTINN if node.get(f"{{{space}}}tasktype")), ""
    )
    return Task(
        *_identity(node),
        type=in_extension or in_attribute,
        actions=tuple(_action(child) for child in _extensions(node, "action")),
        element_type="ServiceTask" if etree.QName(node).localname == "serviceTask" else "Task",
        signing=_signing(node),
        pdf=_pdf(node),
    )


def _pdf(node: etree._Element) -> PdfStep:
    # Files of the first apps with such steps write tasksToIncludeInPdf/task.
    holders = (each for name in ("autoPdfTaskIds", "tasksToIncludeInPdf") for each in _extensions(node, name))
    tasks = (_text(child) for holder in holders for child in holder)
    return PdfStep(
        tuple(task for task in tasks if task),
        _first(node, "filenameTextResourceKey"),
        _first(node, "subformComponentId"),
        _first(node, "subformDataTypeId"),
    )


def _signing(node: etree._Element) -> Signing:
    names = tuple(f"{{{space}}}dataType" for space in _ALTINN)
    signed = (
        each for holder in _extensions(node, "dataTypesToSign") for each in holder.iterdescendants(*names)
    )
    return Signing(
        tuple(_text(each) for each in signed),
        _first(node, "signatureDataType"),
        _first(node, "signeeStatesDataTypeId"),
    )


def _action(node: etree._Element) -> Action:
    kind: ActionKind = "processAction"
    # The model declares the attribute in Altinn's namespace, real files write it without.
    if "serverAction" in {node.get("type"), *(node.get(f"{{{space}}}type") for space in _ALTINN)}:
        kind = "serverAction"
    return Action(_text(node), kind)


def _extensions(node: etree._Element, name: str) -> Iterator[etree._Element]:
    for extension in _children(node, "extensionElements"):
        yield from extension.iterdescendants(*(f"{{{space}}}{name}" for space in _ALTINN))


def _first(node: etree._Element, name: str) -> str:
    """The text of the first extension element of this name; "" where there is none."""
    return next((_text(child) for child in _extensions(node, name)), "")


def _text(node: etree._Element) -> str:
    return (node.text or "").strip()
