"""The pages of an entry of a subform: the same as those of the task's form, at an address inside it."""

from dataclasses import replace
from uuid import UUID

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from studio.runtime.entries import entry_of
from studio.runtime.forms.entries import SUBFORM, Within, subform_of
from studio.runtime.forms.markup import plain
from studio.runtime.forms.state import FormState, entry_state
from studio.runtime.pages import fill
from studio.runtime.pages.forms import is_service, open_instance, state_of, view_of
from studio.runtime.pages.room import address, this_app
from studio.runtime.storage import Instance


def show(
    party: int, guid: UUID, task: str, page: str, component: str, element: UUID, inner: str
) -> ResponseReturnValue:
    """A page of an entry. Raises NotThere, Forbidden."""
    instance = open_instance(party, guid)
    if instance.task_id != task or is_service(instance):
        return redirect(address("instance", party=party, guid=guid))
    return fill.shown(instance, _state(instance, page, component, element), inner)


def post(
    party: int, guid: UUID, task: str, page: str, component: str, element: UUID, inner: str
) -> ResponseReturnValue:
    """Keep what was written in an entry. Raises NotThere, Forbidden."""
    instance = open_instance(party, guid)
    if instance.task_id != task or is_service(instance):
        return redirect(address("instance", party=party, guid=guid), 303)
    return fill.posted_to(instance, _state(instance, page, component, element), inner)


def _state(instance: Instance, page: str, component: str, element: UUID) -> FormState:
    """The form of the entry. Only what is shown in the task's form can be filled in."""
    state = state_of(instance)
    found = next((each for each in view_of(state, page).walk() if each.key == component), None)
    layout_set = subform_of(state.app, found.raw) if found and found.type == SUBFORM else None
    if found is None or layout_set is None:
        abort(404)
    entry = entry_of(this_app(), instance, layout_set, element)
    inner = entry_state(replace(state, read_only=found.read_only), layout_set, entry)
    within = Within(page, component, entry.id, plain(found.text("title")))
    return replace(inner, within=within, open_rows=state.open_rows, back_to=state.back_to)
