"""Checks of the process: it is there, leads from start to end, and asks only for what can be done."""

from collections.abc import Iterator
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.findings import Finding, Place
from studio.definition.process import Process, Task
from studio.definition.sentences import N_, Sentence

# What the runtime carries out today. Other task types are named before a deploy, not met by a citizen.
SUPPORTED_TASK_TYPES: Final = frozenset({"data", "confirmation"})


def check_process(app: AppDefinition) -> Iterator[Finding]:
    """A process with one start, supported tasks, and pages for each task that is filled in."""
    path = app.paths.process
    process = app.process
    if path not in app.files:
        if app.metadata.on_entry in {"new-instance", "select-instance"}:
            sentence = Sentence(N_("The app has no process: the file %(path)s is missing."), {"path": path})
            yield Finding("no-process", "error", Place(path), sentence)
        return
    if process is None:
        return  # broken: said where it is read
    if process.start is None:
        sentence = Sentence(N_("The process must have exactly one start."))
        yield Finding("no-start", "error", Place(path), sentence)
    for task in process.tasks:
        yield from _task(app, path, task)
    yield from _flows(path, process)


def _task(app: AppDefinition, path: str, task: Task) -> Iterator[Finding]:
    name = task.name or task.id
    if task.type not in SUPPORTED_TASK_TYPES:
        values = {"name": name, "type": task.type or "–"}
        sentence = Sentence(
            N_("The step “%(name)s” is of the type %(type)s, which is not supported yet."), values
        )
        remedy = Sentence(N_("Steps of the types data and confirmation can be deployed today."))
        yield Finding("unsupported-task", "error", Place(path, task.line), sentence, remedy)
    elif task.type == "data" and app.layout_set_for_task(task.id) is None:
        sentence = Sentence(N_("The step “%(name)s” has no pages to fill in."), {"name": name})
        remedy = Sentence(N_("Add pages for the step, or take the step out of the process."))
        yield Finding("task-without-pages", "error", Place(path, task.line), sentence, remedy)


def _flows(path: str, process: Process) -> Iterator[Finding]:
    for flow in process.flows:
        if flow.target not in process.elements or flow.source not in process.elements:
            values = {"id": flow.id}
            sentence = Sentence(N_("The arrow %(id)s in the process leads nowhere."), values)
            yield Finding("loose-flow", "error", Place(path, flow.line), sentence)
    for task in process.tasks:
        if not process.outgoing(task.id):
            sentence = Sentence(
                N_("Nothing comes after the step “%(name)s” in the process."), {"name": task.name or task.id}
            )
            yield Finding("dead-end", "error", Place(path, task.line), sentence)
