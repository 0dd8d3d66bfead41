"""From the task's form into an entry of a subform."""

from flask import abort, redirect
from flask.typing import ResponseReturnValue

from studio.runtime.entries import add_entry, entry_of
from studio.runtime.forms.entries import SUBFORM, Entry, Within, subform_of
from studio.runtime.forms.state import entry_state
from studio.runtime.forms.view import ComponentView, PageView
from studio.runtime.pages.forms import page_address
from studio.runtime.pages.leaving import Leaving
from studio.runtime.pages.room import acting, owner_of, this_app


def into(leaving: Leaving, view: PageView, target: str) -> ResponseReturnValue:
    """Into an entry: "key#element". Raises NotThere."""
    key, _, element = target.partition("#")
    component = _subform(view, key)
    layout_set = subform_of(leaving.state.app, component.raw) if component else None
    if component is None or layout_set is None:
        return leaving.to(leaving.page)
    return _to(leaving, component, entry_of(this_app(), leaving.instance, layout_set, element))


def into_new(leaving: Leaving, view: PageView, key: str) -> ResponseReturnValue:
    """Into a new entry. Raises Forbidden, NotOpen."""
    component = _subform(view, key)
    layout_set = subform_of(leaving.state.app, component.raw) if component else None
    if component is None or layout_set is None or not component.settings["can_add"]:
        return leaving.to(leaving.page)
    owner = owner_of(leaving.instance.party_id)
    element = add_entry(this_app(), leaving.instance, layout_set, owner, acting())
    return _to(leaving, component, entry_of(this_app(), leaving.instance, layout_set, element.id))


def _subform(view: PageView, key: str) -> ComponentView | None:
    return next((each for each in view.walk() if each.key == key and each.type == SUBFORM), None)


def _to(leaving: Leaving, component: ComponentView, entry: Entry) -> ResponseReturnValue:
    layout_set = subform_of(leaving.state.app, component.raw)
    pages = entry_state(leaving.state, layout_set, entry).pages() if layout_set else []
    if not pages:
        abort(404)
    within = Within(leaving.page, component.key, entry.id)
    return redirect(page_address(leaving.instance, within, pages[0].name), 303)
