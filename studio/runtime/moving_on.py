"""Moving an instance on: everything valid, the task's data finished and locked, the next task begun."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from studio.definition import process
from studio.definition.checks.process import SUPPORTED_TASKS
from studio.definition.data_model import without_row_ids
from studio.definition.errors import DomainError, NotThere
from studio.definition.expressions import ExpressionError, Form, evaluate, form_tree
from studio.definition.process import Gateway, ProcessConflict
from studio.definition.rules.surroundings import surroundings
from studio.definition.sentences import N_, Sentence
from studio.runtime import instances
from studio.runtime.asking import about, task_json
from studio.runtime.attachments import attachments
from studio.runtime.context import Served, register
from studio.runtime.forms.hooks import Asking
from studio.runtime.forms.state import FormState, entry_state
from studio.runtime.forms.validation import Shown, find_issues
from studio.runtime.forms.view import Issue
from studio.runtime.hidden import removes_hidden_data, without_hidden
from studio.runtime.instances import Acting, Outdated
from studio.runtime.pdf import jobs, steps
from studio.runtime.storage import DataElement, Instance, PdfJob, instance_json
from studio.services.authorization import Forbidden
from studio.services.parties import Party

_MOST_STEPS: Final = 20
# Steps that must not be passed as if somebody had signed or paid.
_SIGNED_OR_PAID: Final = frozenset({"signing", "payment"})


class NotValid(DomainError):
    """The task cannot be left with these issues."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        super().__init__(Sentence(N_("Something has to be corrected first.")))
        self.issues = issues


def next_process(
    served: Served,
    instance: Instance,
    owner: Party,
    acting: Acting,
    state: FormState | None,
    action: str | None = None,
) -> None:
    """Leave the current task, `state` being its form where it has one (process.md, 3)."""
    if not served.decider.may_move_on(acting.person, instance.party_id, action, instance.process):
        raise Forbidden(Sentence(N_("You do not have the rights that this step asks for.")))
    task = process.current_task(_process(served), instance.process)
    if task.is_service:
        raise ProcessConflict(Sentence(N_("This step is carried out by itself. Wait until it is done.")))
    if task.type in _SIGNED_OR_PAID - SUPPORTED_TASKS and action != "reject":
        raise _cannot_be_carried_out(task)
    if state is not None and not process.skips_validation(task, action):
        shown = Shown.on(state, [page.name for page in state.pages()])
        errors = tuple(issue for issue in find_issues(state, shown) if issue.severity == "error")
        if errors:
            raise NotValid(errors)
    language = state.language if state else _language(served, acting)
    if action != "reject":
        hooks = served.hooks(acting.person, acting.now)
        hooks.task_ended(task_json(task), _asking(served, instance, language, state))
    # Code of the app takes its time: nothing is written before all is ready, so nobody waits.
    with instances.nothing_written():
        if action != "reject" and steps.ends_with_pdf(served, task):
            jobs.ask(instance, task.id, language, acting)
        gone = _move(served, instance, owner, acting, state, action)
        _begin_step(served, instance, language, acting)
    instances.commit()
    if instance.pdf_jobs:
        jobs.pdf_maker().wake()
    for element in gone:
        attachments().forget(element)
    tidy_up(served, instance)


def go_on(served: Served, instance: Instance, acting: Acting, job: PdfJob) -> list[DataElement]:
    """Leave a step that has made its PDFs; the documents that were taken away. The caller commits.

    Raises ProcessConflict, HookRefused and HookFailed.
    """
    owner = register().party(instance.party_id)
    if owner is None:
        raise NotThere(Sentence(N_("There is no such form, or it has been deleted.")))
    gone = _move(served, instance, owner, acting, None, None)
    _begin_step(served, instance, job.language, acting, job.place + 1)
    return gone


def tidy_up(served: Served, instance: Instance) -> None:
    """Take away what the app keeps only until the end, once no PDF is to be made of it any more."""
    if instance.is_archived and not instance.pdf_jobs:
        _take_away_data(served, instance)
        with suppress(Outdated):  # somebody else has just done it
            instances.commit()


def _language(served: Served, acting: Acting) -> str:
    """The language of a form that nobody looks at: the person's, else the app's first."""
    languages = served.definition.languages or ("nb",)
    return acting.person.language if acting.person.language in languages else languages[0]


def _process(served: Served) -> process.Process:
    found = served.definition.process
    if found is None:
        raise ProcessConflict(Sentence(N_("The service has no process.")))
    return found


def _begin_step(served: Served, instance: Instance, language: str, acting: Acting, place: int = 0) -> None:
    """Let the current task be carried out if it runs by itself. Raises ProcessConflict."""
    if instance.task_id is None:
        return
    task = process.current_task(_process(served), instance.process)
    if not task.is_service:
        return
    if task.type not in SUPPORTED_TASKS:
        raise _cannot_be_carried_out(task)
    if place >= _MOST_STEPS:
        raise ProcessConflict(Sentence(N_("The process goes in circles through %(id)s."), {"id": task.id}))
    jobs.ask(instance, task.id, language, acting, holds=True, place=place)


def _cannot_be_carried_out(task: process.Task) -> ProcessConflict:
    values = {"task": task.name or task.id, "type": task.type}
    return ProcessConflict(Sentence(N_("The step %(task)s (%(type)s) cannot be carried out yet."), values))


def _move(
    served: Served,
    instance: Instance,
    owner: Party,
    acting: Acting,
    state: FormState | None,
    action: str | None,
) -> list[DataElement]:
    """To the next element; the documents that were taken away because their step begins once more."""
    before, task_id = instance.process, instance.task_id
    after = process.advance(
        _process(served),
        before,
        action,
        _conditions(served, instance, action),
        acting.now,
        _choosing(served, instance, acting, state),
    )
    if action != "reject":
        _finish(served, instance, acting, state)
        lock(served, instance, task_id, True)
    instance.process = after
    instance.last_changed, instance.last_changed_by = acting.now, acting.user
    for event in process.event_types(before, after, action):
        instances.record(instance, acting, event)
    if instance.task_id is None:
        _archive(served, instance, acting.now)
        return []
    lock(served, instance, instance.task_id, False)
    gone = steps.take_back(instance, instance.task_id)
    instances.create_elements(served, instance, owner, acting)
    instances.start_step(served, instance, acting, state.language if state else _language(served, acting))
    return gone


def _asking(served: Served, instance: Instance, language: str, state: FormState | None) -> Asking:
    """What a hook of the process is told: the data as it is kept, or as the form that is left has it."""
    data = instances.read(served, instance) | (dict(state.data) if state else {})
    return about(served, instance, language, data)


def _choosing(
    served: Served, instance: Instance, acting: Acting, state: FormState | None
) -> process.ChooseFlow:
    """How the app's code chooses the way out of a fork."""

    def choose(gateway: Gateway) -> str | None:
        language = state.language if state else _language(served, acting)
        asking = _asking(served, instance, language, state)
        return served.hooks(acting.person, acting.now).chosen_flow(gateway.id, asking)

    return choose


def _finish(served: Served, instance: Instance, acting: Acting, state: FormState | None) -> None:
    """What happens to the form data of a task when it ends (process.md, 4.2)."""
    if state is None:
        return
    own = {
        data_type: content
        for data_type, content in _finished(served, state).items()
        if data_type not in state.entries and _ends_with(served, instance, data_type)
    }
    instances.store(served, instance, own, acting)
    for layout_set in served.definition.layout_sets:
        data_type = layout_set.data_type or ""
        if data_type in state.entries and _ends_with(served, instance, data_type):
            for entry in state.entries[data_type]:
                content = _finished(served, entry_state(state, layout_set, entry))[data_type]
                instances.store(served, instance, {data_type: content}, acting, entry.id)


def _finished(served: Served, state: FormState) -> dict[str, Any]:
    data = without_hidden(state) if removes_hidden_data(served.definition) else dict(state.data)
    return {data_type: without_row_ids(content) for data_type, content in data.items()}


def _ends_with(served: Served, instance: Instance, data_type: str) -> bool:
    kind = served.definition.metadata.data_type(data_type)
    return kind is not None and kind.task_id == instance.task_id


def lock(served: Served, instance: Instance, task_id: str | None, locked: bool) -> None:
    """Lock the documents of a task, or open them again."""
    for element in instance.elements:
        kind = served.definition.metadata.data_type(element.data_type)
        if kind is not None and kind.task_id == task_id:
            element.locked = locked


def _archive(served: Served, instance: Instance, now: datetime) -> None:
    instance.is_archived, instance.archived = True, now
    if all(job.holds for job in instance.pdf_jobs):
        _take_away_data(served, instance)


def _take_away_data(served: Served, instance: Instance) -> None:
    """The data that the app wants to be gone at the end of the process (`autoDeleteOnProcessEnd`)."""
    for element in list(instance.elements):
        kind = served.definition.metadata.data_type(element.data_type)
        logic = kind.raw.get("appLogic") if kind else None
        if isinstance(logic, Mapping) and logic.get("autoDeleteOnProcessEnd") is True:
            instance.elements.remove(element)


def _conditions(served: Served, instance: Instance, action: str | None) -> process.EvaluateCondition:
    """How the conditions of forks are evaluated: on the data before the task is finished (process.md, 5)."""
    data = instances.read(served, instance)
    layout_set = served.definition.layout_set_for_task(instance.task_id or "")

    def holds(expression: Any, gateway: Gateway) -> object:
        default = gateway.connected_data_type or (layout_set.data_type if layout_set else None) or ""
        around = surroundings(
            served.definition,
            default,
            data,
            instance=instance_json(instance),
            gateway_action=action,
        )
        # A document that the instance does not have cannot decide anything.
        around = replace(around, models={default: {}, **data})
        try:
            return evaluate(expression, Form(form_tree([]), around).page(""))
        except ExpressionError as error:
            values: dict[str, str | int | Sentence] = {"id": gateway.id, "reason": error.words}
            raise ProcessConflict(
                Sentence(N_("The fork %(id)s cannot be decided: %(reason)s"), values)
            ) from error

    return holds
