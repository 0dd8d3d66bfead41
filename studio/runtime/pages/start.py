"""Before and after the form: start page, confirmation, receipt, and the way to where an instance stands."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from flask import abort, redirect, request
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from studio.database import clock
from studio.definition.layouts import LayoutSet
from studio.runtime import instances
from studio.runtime.context import register
from studio.runtime.forms.building import Builder
from studio.runtime.forms.language import direction_of, interface_of
from studio.runtime.forms.state import FormState
from studio.runtime.forms.summaries import whole_form
from studio.runtime.logic.failures import HookRefused
from studio.runtime.moving_on import next_process
from studio.runtime.pages.forms import is_service, open_instance, parts_of, state_of
from studio.runtime.pages.groups import task_steps
from studio.runtime.pages.limits import BEGIN, limiter
from studio.runtime.pages.room import (
    acting,
    address,
    allowed_parties,
    form_language,
    owner_of,
    this_app,
)
from studio.runtime.pdf import jobs
from studio.runtime.pdf.steps import pdfs_of
from studio.runtime.prefill import asked_for
from studio.runtime.reading import form_to_read
from studio.runtime.storage import Instance
from studio.web import render, translate

# Before the names of query parameters that a form is filled in from, on their way through the start page.
ASKED: Final = "asked:"
# What leads on in a form leads nowhere on its receipt.
_MOVES_ON: Final = frozenset(
    {"Button", "CustomButton", "InstantiationButton", "NavigationBar", "NavigationButtons"}
)


def start() -> ResponseReturnValue:
    """What the service is, for whom one can begin, and what has been begun."""
    return _start_page(dict(asked_for(this_app().definition, request.args)))


def _start_page(asked: Mapping[str, str], refused: str = "") -> str:
    app = this_app()
    parties = allowed_parties()
    begun = instances.unfinished(app, [party.party_id for party in parties])
    names = {party.party_id: party.name for party in parties}
    description = app.definition.metadata.raw.get("description")
    return render(
        "runtime/start.html",
        app_title=app.definition.title(form_language()),
        description=description.get(form_language(), "") if isinstance(description, dict) else "",
        parties=parties,
        asked={ASKED + key: text for key, text in asked.items()},
        refused=refused,
        begun=begun,
        sent={each.id for each in begun if is_service(each)},
        names=names,
        form_language=form_language(),
        lang=interface_of(form_language()),
    )


@limiter.limit(BEGIN)
def begin() -> ResponseReturnValue:
    """A new instance."""
    text = request.form.get("party", "")
    party = next((each for each in allowed_parties() if str(each.party_id) == text), None)
    if party is None:
        abort(403)
    sent = {key.removeprefix(ASKED): text for key, text in request.form.items() if key.startswith(ASKED)}
    asked = dict(asked_for(this_app().definition, sent))
    try:
        instance = instances.instantiate(this_app(), party, acting(), asked)
    except HookRefused as refused:
        instances.roll_back()
        return _start_page(asked, translate(refused.sentence)), 409
    return redirect(address("instance", party=party.party_id, guid=instance.id), 303)


def go_to(party: int, guid: UUID) -> ResponseReturnValue:
    """To wherever the instance stands."""
    instance = open_instance(party, guid)
    if instance.pdf_jobs:
        # Mostly it is a matter of a moment: whoever comes from the form then sees it done.
        jobs.pdf_maker().wait_for(instance)
    if instance.task_id is None:
        return redirect(address("receipt", party=party, guid=guid), 303)
    if is_service(instance):
        return redirect(address("task", party=party, guid=guid, task=instance.task_id), 303)
    page = _first_page(instance)
    if page:
        return redirect(address("page", party=party, guid=guid, task=instance.task_id, page=page), 303)
    return redirect(address("task", party=party, guid=guid, task=instance.task_id), 303)


def _first_page(instance: Instance) -> str | None:
    """The page with which the current task begins; None where it has none, or all of them are hidden."""
    if this_app().definition.layout_set_for_task(instance.task_id or "") is None:
        return None
    return next((page.name for page in state_of(instance).pages()), None)


def task(party: int, guid: UUID, task: str) -> ResponseReturnValue:
    """A task without pages to show: look through everything and confirm, or wait for others."""
    instance = open_instance(party, guid)
    runs_by_itself = is_service(instance)
    if instance.task_id != task or (not runs_by_itself and _first_page(instance)):
        return go_to(party, guid)
    if runs_by_itself and instance.pdf_jobs:
        return _being_made(instance)
    current = instance.process["currentTask"]
    kind = current.get("altinnTaskType") or ""
    return _shown(
        "runtime/confirm.html" if kind == "confirmation" else "runtime/waiting.html",
        instance,
        may_confirm=this_app().decider.may_move_on(acting().person, party, "confirm", instance.process),
        may_reject="reject" in _declared(task),
        kind=kind,
        has_pages=this_app().definition.layout_set_for_task(task) is not None,
    )


def _shown(template: str, instance: Instance, **more: Any) -> str:
    """A page around the forms of an instance, with what was answered in them."""
    forms = list(_forms_of(instance))
    return render(
        template,
        app_title=this_app().definition.title(form_language()),
        instance=instance,
        sections=tuple(part for form in forms for part in whole_form(Builder(form, summarise=False))),
        tasks=task_steps(forms[0]) if forms else (),
        form_language=form_language(),
        lang=interface_of(form_language()),
        **more,
    )


def _being_made(instance: Instance) -> str:
    """That the form has come in, and that its PDF is being made."""
    _look_after(instance)
    return _shown("runtime/being_made.html", instance, making=jobs.standing(instance))


def _look_after(instance: Instance) -> None:
    """Who looks at what is being made sees to it that somebody makes it, also if its maker has died."""
    if instance.pdf_jobs:
        jobs.pdf_maker().wake()


def _declared(task_id: str) -> tuple[str, ...]:
    process = this_app().definition.process
    found = process.task(task_id) if process else None
    return found.action_ids if found else ()


def confirm(party: int, guid: UUID, task: str) -> ResponseReturnValue:
    """Confirm what was looked through, or send it back."""
    instance = open_instance(party, guid)
    action = request.form.get("action", "")
    if instance.task_id == task and action in {"confirm", "reject"}:
        next_process(this_app(), instance, owner_of(party), acting(), None, action)
    return redirect(address("instance", party=party, guid=guid), 303)


def receipt(party: int, guid: UUID) -> ResponseReturnValue:
    """That it was sent, when, by whom, with what reference, and what was in it."""
    instance = open_instance(party, guid)
    if not instance.is_archived:
        return redirect(address("instance", party=party, guid=guid), 303)
    _look_after(instance)
    return _shown(
        "runtime/receipt.html",
        instance,
        owner=owner_of(party),
        sent_by=_name_of(instance.last_changed_by),
        pdfs=pdfs_of(instance),
        making=jobs.standing(instance),
        own=tuple(_own_receipt(instance)),
        form_direction=direction_of(form_language()),
    )


def _name_of(user: str) -> str:
    """The name of the person who is written down as the author of a change."""
    person = register().person(int(user)) if user.isdigit() else None
    return person.name if person else user


def delete(party: int, guid: UUID) -> ResponseReturnValue:
    """Put away what was begun."""
    instances.delete(this_app(), open_instance(party, guid), acting())
    return redirect(address("start_page"), 303)


def _forms_of(instance: Instance) -> Iterator[FormState]:
    """Every form of the instance, as it is only looked at."""
    held = {element.data_type for element in instance.elements}
    for layout_set in this_app().definition.layout_sets:
        if layout_set.kind == "task" and layout_set.data_type in held:
            yield _looked_at(instance, layout_set)


def _own_receipt(instance: Instance) -> Iterator[Mapping[str, Any]]:
    """The pages that the app made for its receipt (app-format.md, 5: `CustomReceipt`), drawn to be read."""
    for layout_set in this_app().definition.layout_sets:
        if layout_set.kind == "receipt":
            form = _looked_at(instance, layout_set)
            builder = Builder(form)
            for page in form.pages():
                view = builder.page(page.name)
                kept = tuple(part for part in view.components if part.type not in _MOVES_ON)
                parts = parts_of(replace(view, components=kept), form.language).values()
                content = Markup().join(part.html for part in parts)
                yield {"title": "" if view.title == view.name else view.title, "content": content}


def _looked_at(instance: Instance, layout_set: LayoutSet) -> FormState:
    form = form_to_read(this_app(), instance, layout_set, form_language(), clock.now().date())
    return replace(
        form,
        resources=address("start_page") + "wwwroot/",
        attachments=address("instance", party=instance.party_id, guid=instance.id) + "files/",
    )
