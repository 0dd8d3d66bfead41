"""Checks of the process, and of whether its steps can be shown."""

from collections.abc import Iterator
from typing import Final

from studio.definition.app import AppDefinition
from studio.definition.app_logic import logic_of
from studio.definition.checks.places import Placing, finding
from studio.definition.findings import Finding, Place, Severity
from studio.definition.process import Process, Task
from studio.definition.process.naming import origin_name
from studio.definition.sentences import N_, Sentence

# What the runtime can carry out so far; every other type is named before a deploy.
SUPPORTED_TASKS: Final = frozenset({"data", "confirmation", "pdf", "subformPdf"})
# The data type that the platform keeps generated PDFs in (app-format.md, 1.1).
PDF_TYPE: Final = "ref-data-as-pdf"


def check_process(app: AppDefinition, placing: Placing) -> Iterator[Finding]:
    """The process as a whole and every step of it."""
    path = app.paths.process
    if path not in app.files:
        sentence = Sentence(N_("The app has no process: the file %(path)s is missing."), {"path": path})
        yield finding("no-process", "error", Place(path), sentence, N_("Add a process."))
    process = app.process
    if process is None:
        return
    yield from _whole(process, path)
    if not logic_of(app).modules_with("choose_flow"):
        yield from _forks(process, path)
    for task in process.tasks:
        yield from _task(app, placing, task)


def _whole(process: Process, path: str) -> Iterator[Finding]:
    if process.start is None:
        sentence = Sentence(N_("The process needs exactly one start."))
        yield finding("no-start", "error", Place(path), sentence, N_("Correct the process."))
    if not process.tasks:
        sentence = Sentence(N_("The process has no steps."))
        yield finding("no-steps", "error", Place(path), sentence, N_("Add a step to the process."))
    for flow in process.flows:
        # An arrow from nowhere is never followed; an arrow into nothing would end there.
        ends: tuple[tuple[str, Severity], ...] = ((flow.source, "warning"), (flow.target, "error"))
        for end, severity in ends:
            if end not in process.elements:
                values = {"flow": flow.id, "element": end}
                sentence = Sentence(N_("The arrow %(flow)s names %(element)s, which does not exist."), values)
                place = Place(path, flow.line)
                yield finding("loose-flow", severity, place, sentence, N_("Correct the process."))
    for task in process.tasks:
        if not process.outgoing(task.id):
            sentence = Sentence(N_("Nothing follows the step %(task)s."), {"task": task.name or task.id})
            yield finding(
                "dead-end", "error", Place(path, task.line), sentence, N_("Lead the step to an end.")
            )


def _forks(process: Process, path: str) -> Iterator[Finding]:
    """Forks where nothing chooses: whoever comes there cannot go on."""
    for fork in process.gateways:
        flows = process.outgoing(fork.id)
        targets = {flow.target for flow in flows}
        chosen = any(flow.condition is not None for flow in flows)
        if len(targets) > 1 and not chosen and fork.default not in {flow.id for flow in flows}:
            sentence = Sentence(
                N_("%(count)s ways lead on from *%(name)s*, and nothing chooses between them."),
                {"count": len(targets), "name": origin_name(process, fork.id)},
            )
            place = Place(path, fork.line)
            yield finding("fork-without-choice", "error", place, sentence, N_("Give the ways conditions."))


def _task(app: AppDefinition, placing: Placing, task: Task) -> Iterator[Finding]:
    place = Place(app.paths.process, task.line)
    name = task.name or task.id
    if task.type in {"pdf", "subformPdf"}:
        yield from _pdf_step(app, placing, task, place)
    elif task.type not in SUPPORTED_TASKS:
        sentence = Sentence(
            N_("The step *%(task)s* is of the type %(type)s, which is not supported yet."),
            {"task": name, "type": task.type or "–"},
        )
        yield finding("unsupported-task", "error", place, sentence, N_("Use data and confirmation steps."))
    if task.type == "data":
        yield from _form_of(app, placing, task, place)


def _pdf_step(app: AppDefinition, placing: Placing, task: Task, place: Place) -> Iterator[Finding]:
    name = task.name or task.id
    if app.metadata.data_type(PDF_TYPE) is None:
        values = {"task": name, "type": PDF_TYPE}
        sentence = Sentence(
            N_("The step *%(task)s* makes a PDF, and the app has no data type %(type)s to keep it in."),
            values,
        )
        yield finding(
            "no-pdf-type", "warning", placing.metadata("/dataTypes"), sentence, N_("Add the data type.")
        )
    for wanted in task.pdf.tasks:
        if app.layout_set_for_task(wanted) is None:
            sentence = Sentence(
                N_("The step *%(task)s* makes a PDF of %(wanted)s, which has no form."),
                {"task": name, "wanted": wanted},
            )
            yield finding("pdf-of-nothing", "warning", place, sentence, N_("Name a step that has a form."))
    subforms = {
        component.id
        for layout_set in app.layout_sets
        for page in layout_set.pages
        for component in page.components
        if component.type == "Subform"
    }
    if task.type == "subformPdf" and task.pdf.subform not in subforms:
        sentence = Sentence(
            N_("The step *%(task)s* makes PDFs of the subform %(wanted)s, which does not exist."),
            {"task": name, "wanted": task.pdf.subform or "–"},
        )
        yield finding("pdf-of-nothing", "warning", place, sentence, N_("Name a subform of the app."))


def _form_of(app: AppDefinition, placing: Placing, task: Task, place: Place) -> Iterator[Finding]:
    name = task.name or task.id
    layout_set = app.layout_set_for_task(task.id)
    if layout_set is None:
        sentence = Sentence(N_("The step *%(task)s* has no form."), {"task": name})
        # An app that begins without an instance never comes to its process.
        severity: Severity = "warning" if app.layout_set(app.metadata.on_entry) else "error"
        yield finding("task-without-pages", severity, place, sentence, N_("Make a form for the step."))
        return
    if not any(page.in_order for page in layout_set.pages):
        sentence = Sentence(N_("The form of the step *%(task)s* has no pages."), {"task": name})
        yield finding(
            "task-without-pages", "error", placing.settings(layout_set, ""), sentence, N_("Add a page.")
        )
    kind = app.metadata.data_type(layout_set.data_type) if layout_set.data_type else None
    if kind is None or not kind.is_form:
        values = {"task": name, "name": layout_set.data_type or "–"}
        sentence = Sentence(
            N_("The form of the step *%(task)s* has no data type to keep its data in (%(name)s)."), values
        )
        yield finding(
            "missing-data-type", "error", placing.metadata("/dataTypes"), sentence, N_("Add the data type.")
        )
