"""Steps of a process that make PDFs, and what they leave behind (process.md, 4 and 6)."""

from collections.abc import Iterator
from dataclasses import dataclass

import structlog

from studio.definition.checks.process import PDF_TYPE
from studio.definition.process import Task
from studio.runtime.context import Served
from studio.runtime.entries import entries_of
from studio.runtime.forms.entries import subform_of
from studio.runtime.instances import Acting
from studio.runtime.pdf.making import file_name, pdf_of_entry, pdf_of_tasks
from studio.runtime.reading import form_to_read
from studio.runtime.storage import DataElement, Instance

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Made:
    """A PDF that is not kept yet."""

    name: str
    content: bytes


def made_for(
    served: Served, instance: Instance, task: Task, language: str, acting: Acting
) -> tuple[Made, ...]:
    """The PDFs of a step, or of a task that ends with one. Nothing is written."""
    if task.type == "subformPdf":
        return tuple(_of_subform(served, instance, task, language, acting))
    # A step may have pages of its own: they are then the PDF.
    own = served.definition.layout_set_for_task(task.id)
    tasks = task.pdf.tasks or ((task.id,) if own else ())
    content = pdf_of_tasks(served, instance, tasks, language, acting)
    return (Made(_name(served, instance, task, language, acting), content),)


def ends_with_pdf(served: Served, task: Task) -> bool:
    """Apps of the generation before get a PDF at the end of every task with a form, without a step for it."""
    metadata = served.definition.metadata
    asks = any(
        kind.is_form and kind.task_id == task.id and kind.raw.get("enablePdfCreation") is not False
        for kind in metadata.data_types
    )
    is_kept = metadata.data_type(PDF_TYPE) is not None
    return served.definition.generation == "v8" and task.type == "data" and asks and is_kept


def take_back(instance: Instance, task_id: str) -> list[DataElement]:
    """Take away what a step made when the process comes to it once more, and what it was still to make.

    The caller commits, and then lets the file store forget them.
    """
    gone = [element for element in instance.elements if element.generated_from == task_id]
    for element in gone:
        instance.elements.remove(element)
    for job in [job for job in instance.pdf_jobs if job.task_id == task_id]:
        instance.pdf_jobs.remove(job)
    return gone


def pdfs_of(instance: Instance) -> list[DataElement]:
    """The PDFs that the process made, the oldest first."""
    return [element for element in instance.elements_of(PDF_TYPE) if element.stored_as]


def _of_subform(
    served: Served, instance: Instance, task: Task, language: str, acting: Acting
) -> Iterator[Made]:
    components = (
        component
        for layout_set in served.definition.layout_sets
        for page in layout_set.pages
        for component in page.components
        if component.id == task.pdf.subform
    )
    found = next(components, None)
    layout_set = subform_of(served.definition, found.raw) if found else None
    if layout_set is None:
        log.warning("a subform to make PDFs of is not there", task=task.id, subform=task.pdf.subform)
        return
    for entry in entries_of(served, instance).get(layout_set.data_type or "", ()):
        content = pdf_of_entry(served, instance, layout_set, entry, language, acting)
        yield Made(_name(served, instance, task, language, acting), content)


def _name(served: Served, instance: Instance, task: Task, language: str, acting: Acting) -> str:
    layout_set = served.definition.layout_sets[0]
    state = form_to_read(served, instance, layout_set, language, acting.now.date())
    return file_name(state, task.pdf.file_name)
