"""Filling in: one address a page. A plain form post does everything; browser code only does it faster."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.runtime import instances
from studio.runtime.forms.calculating import with_results
from studio.runtime.forms.first_rows import with_first_rows
from studio.runtime.forms.old_rules import POSTED, with_old_rules
from studio.runtime.forms.posting import Posted, apply_to_shown
from studio.runtime.forms.stale_choices import without_stale_choices
from studio.runtime.forms.state import FormState
from studio.runtime.forms.validation import problem_issues
from studio.runtime.forms.view import PageView
from studio.runtime.pages import entering
from studio.runtime.pages import leaving as leaves
from studio.runtime.pages.doing import VERBS, Deed, Done, take_in
from studio.runtime.pages.doing.lists import search_meant
from studio.runtime.pages.forms import (
    AT,
    ATTEMPTED,
    BACK_TO,
    OPEN,
    is_service,
    open_instance,
    page_address,
    revision_of,
    state_of,
    view_of,
    with_issues,
)
from studio.runtime.pages.leaving import Leaving
from studio.runtime.pages.page import SAVING, page_response
from studio.runtime.pages.room import acting, address, this_app
from studio.runtime.storage import Instance

# How each button leaves the page: a function of the leaving, the page and what the button names.
_WAYS: Final[Mapping[str, Callable[[Leaving, PageView, str], ResponseReturnValue]]] = {
    "back": lambda leaving, _view, _target: leaves.back(leaving),
    "page": lambda leaving, _view, target: leaves.jump(leaving, target),
    "change": lambda leaving, _view, target: leaving.to_change(target),
    "close-entry": lambda leaving, _view, _target: leaving.to_subform(),
    "next": lambda leaving, _view, _target: leaves.forward(leaving),
    "submit": lambda leaving, _view, _target: leaves.out(leaving),
    "action": lambda leaving, _view, target: leaves.out(leaving, target),
    "custom": leaves.custom,
    "begin": leaves.begin_anew,
    "entry": entering.into,
    "add-entry": entering.into_new,
}
# What Enter in a field stands for.
_ENTER: Final = "enter"
# With texts that could not be kept one may only leave in these ways.
_WITH_PROBLEMS: Final = frozenset({"back", "page", "change", "close-entry"})


def show(party: int, guid: UUID, task: str, page: str) -> ResponseReturnValue:
    """A page of the form."""
    instance = open_instance(party, guid)
    if instance.task_id != task or is_service(instance):
        return redirect(address("instance", party=party, guid=guid))
    return shown(instance, state_of(instance), page)


def shown(instance: Instance, state: FormState, page: str) -> ResponseReturnValue:
    """A page of a form, whichever it is. Raises NotFound."""
    state = with_first_rows(state, page)
    view_of(state, page)
    return page_response(instance, with_issues(state, page), page)


def post(party: int, guid: UUID, task: str, page: str) -> ResponseReturnValue:
    """Keep what was written, then do what the button says."""
    instance = open_instance(party, guid)
    if instance.task_id != task or is_service(instance):
        return redirect(address("instance", party=party, guid=guid), 303)
    return posted_to(instance, state_of(instance), page)


def posted_to(instance: Instance, state: FormState, page: str) -> ResponseReturnValue:
    """What was written on a page of a form, whichever it is, and what the button says. Raises NotFound."""
    before = with_first_rows(state, page)
    view = view_of(before, page)
    posted = apply_to_shown(before, page, view, request.form)
    state = replace(before, data=posted.data, typed=posted.typed)
    state = with_old_rules(state, request.form.get(POSTED, ""))
    if SAVING not in request.headers and _is_outdated(instance, before, posted):
        return _told(instance, state, page)
    do, _, target = _pressed(before, view).partition(":")
    done = _done(instance, state, view, do, target)
    state = with_results(done.state)
    if state.data != before.data:
        state = without_stale_choices(before, state)
        entry = state.within.element if state.within else None
        instances.save(this_app(), instance, _changed(before, state), acting(), {}, entry)
    if do == "leave":
        return redirect(address("start_page"), 303)
    problems = (*problem_issues(state, {**posted.problems, **done.problems}), *done.issues)
    leaving = Leaving(instance, before, state, page)
    if do in _WAYS and (do in _WITH_PROBLEMS or not problems):
        return _WAYS[do](leaving, view, target)
    attempted = ATTEMPTED in request.form
    after = with_issues(state, page, problems, attempted=attempted)
    if problems and do != "save":
        return page_response(
            instance,
            with_issues(state, page, problems, attempted=attempted or do not in VERBS),
            page,
            problems,
            422,
        )
    if do in VERBS and SAVING not in request.headers:
        return _after(instance, after, page, done)
    return page_response(instance, after, page)


def _pressed(state: FormState, view: PageView) -> str:
    """The button: "verb:target". Enter searches where somebody has written what for, else it goes on."""
    pressed = request.form.get("do", "save")
    if pressed != _ENTER:
        return pressed
    found = search_meant(view, request.form, state.open_rows)
    if found:
        return f"list-search:{found}"
    return "next" if view.next else "save"


def _changed(before: FormState, after: FormState) -> dict[str, Any]:
    """The data types whose data is another now; others may be locked, and are not written."""
    return {key: data for key, data in after.data.items() if data != before.data.get(key)}


def _is_outdated(instance: Instance, before: FormState, posted: Posted) -> bool:
    """Whether a whole page was sent that was opened before somebody else's change, and would undo it."""
    sent = request.form.get(":revision", type=int)
    return bool(posted.changed) and sent is not None and sent != revision_of(instance, before)


def _told(instance: Instance, state: FormState, page: str) -> Response:
    notice = gettext(
        "The form was changed in another window after you opened it here. What you see below is what you "
        "wrote. It has not been saved yet: look through it, and go on to keep it."
    )
    return page_response(instance, with_issues(state, page), page, status=409, notice=notice)


def _done(instance: Instance, state: FormState, view: PageView, do: str, target: str) -> Done:
    """What came of the files that were sent, and of a button inside the form."""
    deed = Deed(instance, state, view, target, request.form, request.files)
    taken = take_in(deed)
    verb = VERBS.get(do)
    if verb is None:
        return taken
    done = verb(replace(deed, state=taken.state))
    return replace(done, problems={**taken.problems, **done.problems})


def _after(instance: Instance, state: FormState, page: str, done: Done) -> ResponseReturnValue:
    """Show the page anew, at the place that the button was about."""
    key = done.at(view_of(state, page))
    more = {OPEN: sorted(state.open_rows), AT: key, BACK_TO: state.back_to or None}
    here = page_address(instance, state.within, page, **more)
    return redirect(f"{here}#{key}" if key else here, 303)
