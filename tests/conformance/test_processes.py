"""Every process file of the shared vectors is read, and walked from start to end."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from studio.definition import process
from studio.definition.process import BrokenProcess, EndEvent, Gateway, Process, ProcessConflict

pytestmark = pytest.mark.conformance

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# Files that are no processes on purpose.
NO_PROCESS = {"process/core/not-bpmn.bpmn", "process/impl/process.bpmn"}
# Its tasks have no extension that gives them a type.
UNTYPED = {"process/helpers/simple-gateway.bpmn"}
# Its flows name a gateway, GW_From_Task_2, that the file does not have.
LOOSE_FLOWS = {"apps/test-apps-v8/signing-test/App/config/process/process.bpmn"}


def files(vectors: Path) -> dict[str, Path]:
    return {path.relative_to(vectors).as_posix(): path for path in sorted(vectors.rglob("*.bpmn"))}


def reaches_end(read: Process, element_id: str) -> bool:
    """Whether some way through the process leads from an element to an end event."""
    seen, ways = set(), [element_id]
    while ways:
        current = ways.pop()
        if isinstance(read.elements.get(current), EndEvent):
            return True
        if current not in seen:
            seen.add(current)
            ways.extend(element.id for element in read.next_elements(current))
    return False


def test_every_process_file_is_read_unless_it_is_none(vectors: Path) -> None:
    for name, path in files(vectors).items():
        if name in NO_PROCESS:
            with pytest.raises(BrokenProcess):
                process.parse(path.read_bytes())
        else:
            read = process.parse(path.read_bytes())
            assert read.start is not None, name
            assert read.tasks, name
            assert name in UNTYPED or all(task.type for task in read.tasks), name


def test_every_task_of_every_app_leads_to_an_end(vectors: Path) -> None:
    for name, path in files(vectors).items():
        if name.startswith("apps/"):
            read = process.parse(path.read_bytes())
            ends = all(reaches_end(read, task.id) for task in read.tasks)
            assert ends == (name not in LOOSE_FLOWS), name


def test_every_process_starts_in_its_first_task(vectors: Path) -> None:
    def first_condition(_expression: Any, _gateway: Gateway) -> object:
        return True

    started = 0
    for name, path in files(vectors).items():
        if name in NO_PROCESS:
            continue
        read = process.parse(path.read_bytes())
        first = read.next_elements(read.start.id) if read.start else ()
        if len(first) != 1 or isinstance(first[0], Gateway):
            continue
        state = process.start(read, NOW, first_condition)
        assert (state["currentTask"]["elementId"], state["currentTask"]["flow"]) == (first[0].id, 2), name
        started += 1
    assert started > 60


def test_linear_processes_are_walked_to_their_end(vectors: Path) -> None:
    walked = 0
    for name, path in files(vectors).items():
        if name in NO_PROCESS or b"exclusiveGateway" in path.read_bytes():
            continue
        read = process.parse(path.read_bytes())
        state = process.start(read, NOW)
        try:
            while state["currentTask"]:
                state = process.advance(read, state, None, None, NOW)
        except ProcessConflict:
            assert not reaches_end(read, state["currentTask"]["elementId"]), name
            continue
        assert state["endEvent"], name
        walked += 1
    assert walked > 40
