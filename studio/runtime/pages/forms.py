"""The form of a task: its state for a request, and the page it is shown on."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import force_locale
from markupsafe import Markup
from werkzeug.exceptions import NotFound

from studio.database import clock
from studio.runtime import instances
from studio.runtime.current_release import bring_up_to_date
from studio.runtime.entries import entries_of
from studio.runtime.forms.drawn import Drawn, Look
from studio.runtime.forms.entries import Within
from studio.runtime.forms.language import interface_of
from studio.runtime.forms.markup import plain
from studio.runtime.forms.remembered import page_now
from studio.runtime.forms.render import render_component, render_form_part
from studio.runtime.forms.state import FormState
from studio.runtime.forms.validation import Shown, find_issues
from studio.runtime.forms.view import ComponentView, Issue, PageView
from studio.runtime.instances import element_for
from studio.runtime.pages.room import acting, address, form_language, owner_of, this_app
from studio.runtime.signing import signees_of
from studio.runtime.storage import Instance, instance_json
from studio.services.parties import Person

ATTEMPTED = ":attempted"
OPEN = ":open"
# The part of the page to go on at, once more in the query: scripts do not see the # of where they are sent.
AT = ":at"
# The page with the summary from which one came.
BACK_TO = ":back"


@dataclass(frozen=True, slots=True)
class SummaryEntry:
    """One line of the error summary; `href` leads to the field."""

    message: str
    href: str


def open_instance(party: int, guid: UUID) -> Instance:
    """The instance that an address names, for a person who may read it. Raises NotThere, Forbidden."""
    app = this_app()
    instance = instances.find(app, party, guid)
    instances.demand(app, acting().person, party, "read", instance)
    bring_up_to_date(app, instance, owner_of(party), acting())
    return instance


def state_of(instance: Instance, data: Mapping[str, Any] | None = None) -> FormState:
    """The form of the instance's task. Raises NotFound where the task has none."""
    app = this_app()
    layout_set = app.definition.layout_set_for_task(instance.task_id or "")
    if layout_set is None:
        raise NotFound
    person = acting().person
    return FormState(
        app=app.definition,
        layout_set=layout_set,
        language=form_language(),
        data=instances.read(app, instance) if data is None else data,
        today=clock.now().date(),
        instance=instance_json(instance),
        open_rows=frozenset(request.values.getlist(OPEN)),
        actions=_actions(instance, person),
        read_only=not app.decider.may(person, instance.party_id, "write", instance.process),
        resources=address("start_page") + "wwwroot/",
        attachments=address("instance", party=instance.party_id, guid=instance.id) + "files/",
        back_to=request.values.get(BACK_TO, ""),
        entries=entries_of(app, instance),
        pdf=address("pdf", party=instance.party_id, guid=instance.id),
        hooks=app.hooks(person, acting().now),
        signees=signees_of(app, instance),
        reader=person.party.national_number or "",
    )


def is_service(instance: Instance) -> bool:
    """Whether the instance stands in a step that runs by itself: it may have pages, but no form."""
    process = this_app().definition.process
    task = process.task(instance.task_id) if process and instance.task_id else None
    return task is not None and task.is_service


def page_address(instance: Instance, within: Within | None, page: str, **more: Any) -> str:
    """The address of a page of the task's form, or of the entry of a subform that is `within` it."""
    common = {"party": instance.party_id, "guid": instance.id, "task": instance.task_id}
    if within is None:
        return address("page", **common, page=page, **more)
    return address(
        "entry",
        **common,
        page=within.page,
        component=within.component,
        element=within.element,
        inner=page,
        **more,
    )


def _actions(instance: Instance, person: Person) -> Mapping[str, bool]:
    """What authContext tells expressions: the common actions, and those that the task declares."""
    process = this_app().definition.process
    task = process.task(instance.task_id) if process and instance.task_id else None
    common = ("read", "write", "instantiate", "confirm", "sign", "reject", "complete")
    names = {*common, *(task.action_ids if task else ())}
    decider = this_app().decider
    return {name: decider.may(person, instance.party_id, name, instance.process) for name in names}


def with_issues(
    state: FormState, page: str, extra: tuple[Issue, ...] = (), attempted: bool = False
) -> FormState:
    """The state with what is wrong on a page; missing answers are told only after an attempt to go on."""
    found = find_issues(state, Shown.of(state, [page_now(state, page)]), attempted)
    return replace(state, issues=(*extra, *(issue for issue in found if issue not in extra)))


def revision_of(instance: Instance, state: FormState) -> int:
    """The revision of the element that the form writes to; 0 where there is none."""
    entry = state.within.element if state.within else None
    element = element_for(instance, state.default_type, entry)
    return element.revision if element else 0


def parts_of(page: PageView, language: str) -> dict[str, Drawn]:
    """The top components of a page by their keys, in the form's language."""
    looks = page.looks or [Look() for _ in page.components]
    with force_locale(interface_of(language)):
        return {view.key: _drawn(view, look) for view, look in zip(page.components, looks, strict=True)}


def _drawn(view: ComponentView, look: Look) -> Drawn:
    found = look.drawn
    if found is None:
        found = look.drawn = Drawn.of(render_component(view))
    return found


def error_summary(
    instance: Instance,
    state: FormState,
    page: PageView,
    issues: tuple[Issue, ...],
    hrefs: Mapping[str, str],
) -> Markup:
    """The summary of errors; `hrefs` is page -> address, for issues of other pages."""
    shown = Shown.on(state, hrefs)
    own: dict[str, str] = {}
    labels: dict[str, str] = {}
    # Several components can write to one field: the first of this page is the one that is led to and named.
    for view in (*page.walk(), *(view for _, view in shown.views)):
        for slot, name in view.fields.items():
            label = view.text(f"{slot}Title") or view.text("shortName") or view.text("title")
            labels.setdefault(name, plain(label))
    for view in page.walk():
        for slot, name in view.fields.items():
            own.setdefault(name, f"#{view.slot_id(slot)}")
    entries = []
    for issue in issues:
        if issue.severity != "error":
            continue
        name = state.name(issue.data_type or state.default_type, issue.field)
        other = shown.page_of(state, issue)
        if issue.entry is not None and other:
            within = Within(other, issue.field.removeprefix(":"), issue.entry.element)
            href = f"{page_address(instance, within, issue.entry.page)}#{issue.entry.at}"
            entries.append(SummaryEntry(issue.message, href))
            continue
        href = own.get(name) or (hrefs[other] if other else "")
        entries.append(SummaryEntry(_labelled(labels.get(name, ""), issue.message), href))
    with force_locale(interface_of(state.language)):
        return render_form_part("error_summary", errors=entries)


def _labelled(label: str, message: str) -> str:
    """A message that says what it is about, also far from its field."""
    if not label or label in message:
        return message
    return f"{label} {message}" if label[-1] in "?!.:" else f"{label}: {message}"


def view_of(state: FormState, page: str) -> PageView:
    """The view of a page that is shown, with what may be shown at any moment. Raises NotFound."""
    try:
        view = page_now(state, page)
    except KeyError:
        raise NotFound from None
    if view.hidden:
        raise NotFound
    return view
