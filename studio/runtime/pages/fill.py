"""Filling in: one address a page. A plain form post does everything; browser code only does it faster."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.definition.process import ProcessConflict
from studio.runtime import instances
from studio.runtime.forms.calculating import with_results
from studio.runtime.forms.posting import Posted, apply_post
from studio.runtime.forms.state import FormState
from studio.runtime.forms.validation import Shown, find_issues, problem_issues
from studio.runtime.forms.view import Issue, PageView
from studio.runtime.moving_on import NotValid, next_process
from studio.runtime.pages.doing import VERBS, Deed, Done
from studio.runtime.pages.forms import (
    ATTEMPTED,
    OPEN,
    content_of,
    error_summary,
    interface_of,
    open_instance,
    revision_of,
    state_of,
    view_of,
    with_issues,
)
from studio.runtime.pages.room import acting, address, owner_of, this_app
from studio.runtime.storage import Instance
from studio.web import render, translate

# Set by the browser's code: only the fields that were changed are sent, and only the form is wanted back.
SAVING = "X-Form-Save"
# The part of the page to go on at, once more in the query: scripts do not see the # of where they are sent.
AT = ":at"


def show(party: int, guid: UUID, task: str, page: str) -> ResponseReturnValue:
    """A page of the form."""
    instance = open_instance(party, guid)
    if instance.task_id != task:
        return redirect(address("instance", party=party, guid=guid))
    state = state_of(instance)
    view_of(state, page)
    return page_response(instance, with_issues(state, page), page)


def page_response(
    instance: Instance,
    state: FormState,
    page: str,
    issues: tuple[Issue, ...] = (),
    status: int = 200,
    notice: str = "",
) -> Response:
    """A page of the form. `issues` go into the error summary; `notice` is said above the form."""
    view = view_of(state, page)
    hrefs = {
        each.name: address(
            "page", party=instance.party_id, guid=instance.id, task=instance.task_id, page=each.name
        )
        for each in state.pages()
    }
    saving = SAVING in request.headers and status == 200
    html = render(
        "runtime/form.html",
        block="form" if saving else None,
        instance=instance,
        app_title=this_app().definition.title(state.language),
        page=view,
        hrefs=hrefs,
        repeats_title=_begins_with_title(view),
        content=content_of(view, state.language),
        summary=error_summary(state, view, issues, hrefs) if issues else "",
        form_language=state.language,
        attempted=bool(issues) or ATTEMPTED in request.form,
        open_rows=sorted(state.open_rows),
        revision=revision_of(instance, state),
        notice=notice,
        has_required=any(each.required for each in view.walk()),
        lang=interface_of(state.language),
    )
    return Response(html, status=status)


def _begins_with_title(view: PageView) -> bool:
    """Whether the app's own first heading says what the page's title says, so that once is enough."""
    first = view.components[0] if view.components else None
    return first is not None and first.type == "Heading" and first.text("title") == view.title


def post(party: int, guid: UUID, task: str, page: str) -> ResponseReturnValue:
    """Keep what was written, then do what the button says."""
    instance = open_instance(party, guid)
    if instance.task_id != task:
        return redirect(address("instance", party=party, guid=guid), 303)
    before = state_of(instance)
    view = view_of(before, page)
    posted = apply_post(before, view, request.form)
    state = replace(before, data=posted.data, typed=posted.typed)
    if SAVING not in request.headers and _is_outdated(instance, before, posted):
        return _told(instance, state, page)
    do, _, target = request.form.get("do", "save").partition(":")
    done = _done(instance, state, view, do, target)
    state = with_results(done.state)
    if state.data != before.data:
        instances.save(this_app(), instance, _changed(before, state), acting(), {})
    if do == "leave":
        return redirect(address("start_page"), 303)
    problems = problem_issues(state, {**posted.problems, **done.problems})
    if do in {"next", "submit"} and not problems:
        return _go_on(instance, state, page, before, do)
    if do in {"back", "page"}:
        return _go(instance, state, view.previous if do == "back" else target, page)
    attempted = ATTEMPTED in request.form
    shown = with_issues(state, page, problems, attempted=attempted)
    if problems and do != "save":
        return page_response(
            instance, with_issues(state, page, problems, attempted=True), page, problems, 422
        )
    if do in VERBS and SAVING not in request.headers:
        return _after(instance, shown, page, done)
    return page_response(instance, shown, page)


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
    """What came of a button inside the form; nothing where it is none of those."""
    verb = VERBS.get(do)
    return verb(Deed(instance, state, view, target, request.form)) if verb else Done(state)


def _after(instance: Instance, state: FormState, page: str, done: Done) -> ResponseReturnValue:
    """Show the page anew, at the place that the button was about."""
    key = done.at(view_of(state, page))
    here = address(
        "page",
        party=instance.party_id,
        guid=instance.id,
        task=instance.task_id,
        page=page,
        **{OPEN: sorted(state.open_rows), AT: key},
    )
    return redirect(f"{here}#{key}" if key else here, 303)


def _go(instance: Instance, state: FormState, target: str | None, page: str) -> ResponseReturnValue:
    names = [each.name for each in state.pages()]
    wanted = target if target in names else page
    return redirect(
        address("page", party=instance.party_id, guid=instance.id, task=instance.task_id, page=wanted), 303
    )


def _go_on(
    instance: Instance, state: FormState, page: str, before: FormState, do: str
) -> ResponseReturnValue:
    """To the next page, or out of the task; or the same page with what has to be corrected."""
    names = [each.name for each in state.pages()]
    place = names.index(page) if page in names else -1
    wants = _validated_pages(state, page, names) if do == "next" else names
    if wants and (errors := _errors(state, wants)):
        return page_response(
            instance, replace(state, issues=errors), _page_of(state, errors, page), errors, 422
        )
    if do == "next":
        if _has_new_questions(before, state, page):
            return _told_about_new(instance, state, page)
        return _go(instance, state, names[place + 1] if 0 <= place < len(names) - 1 else page, page)
    try:
        next_process(this_app(), instance, owner_of(instance.party_id), acting(), state)
    except NotValid as invalid:
        issues = invalid.issues
        return page_response(
            instance, replace(state, issues=issues), _page_of(state, issues, page), issues, 422
        )
    except ProcessConflict as conflict:
        instances.roll_back()
        notice = f"{translate(conflict.sentence)} {gettext('What you have written is kept.')}"
        return page_response(instance, state, page, status=409, notice=notice)
    return redirect(address("instance", party=instance.party_id, guid=instance.id), 303)


def _errors(state: FormState, pages: list[str]) -> tuple[Issue, ...]:
    found = find_issues(state, Shown.on(state, pages))
    return tuple(issue for issue in found if issue.severity == "error")


def _page_of(state: FormState, issues: tuple[Issue, ...], page: str) -> str:
    """The page to show with these issues: the one that was sent where it has any, else the first that has."""
    shown = Shown.on(state, [each.name for each in state.pages()])
    pages = [found for issue in issues if (found := shown.page_of(state, issue)) is not None]
    return page if not pages or page in pages else pages[0]


def _validated_pages(state: FormState, page: str, names: list[str]) -> list[str]:
    """The pages that must be right before the next one is shown: this one, or as the app says otherwise."""
    setting = _setting(state, page)
    if isinstance(setting, dict) and setting.get("page") == "all":
        return names
    if isinstance(setting, dict) and setting.get("page") == "currentAndPrevious":
        return names[: names.index(page) + 1] if page in names else []
    return [page]


def _setting(state: FormState, page: str) -> object:
    """`validateOnNext` of the page's buttons, else `validationOnNavigation` of the page or the layout set."""
    found = state.layout_set.page(page)
    for component in found.components if found else ():
        if component.type == "NavigationButtons" and "validateOnNext" in component.raw:
            return component.raw["validateOnNext"]
    pages = state.layout_set.settings.get("pages")
    inherited = pages.get("validationOnNavigation") if isinstance(pages, dict) else None
    return (found.raw.get("validationOnNavigation") if found else None) or inherited


def _has_new_questions(before: FormState, after: FormState, page: str) -> bool:
    """Whether an answer has made questions appear on this page that nobody has seen yet."""
    if SAVING in request.headers or request.form.get(":script"):
        return False
    seen = {view.key for view in view_of(before, page).walk()}
    return any(view.field and view.key not in seen for view in view_of(after, page).walk())


def _told_about_new(instance: Instance, state: FormState, page: str) -> Response:
    notice = gettext("Your answers have brought new questions on this page. Answer them before you go on.")
    return page_response(instance, with_issues(state, page), page, notice=notice)
