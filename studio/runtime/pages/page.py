"""One page of a form as an answer to a request."""

from flask import Response, request

from studio.runtime.forms.instant import data_script, rules_script
from studio.runtime.forms.kinds.uploads import UPLOADS
from studio.runtime.forms.language import direction_of, interface_of
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import Issue, PageView
from studio.runtime.pages.forms import (
    ATTEMPTED,
    error_summary,
    page_address,
    parts_of,
    revision_of,
    view_of,
)
from studio.runtime.pages.groups import page_groups, task_steps
from studio.runtime.pages.known_parts import read_shown, what_is_new, what_is_new_in_blocks
from studio.runtime.pages.old_rules import old_rules_of
from studio.runtime.pages.room import this_app
from studio.runtime.storage import Instance
from studio.web import render

# Set by the browser's code: only the fields that were changed are sent, and only the form is wanted back.
SAVING = "X-Form-Save"
# The parts that the browser shows (known_parts.py).
HAS = ":parts"
# Pages of more parts than that are long.
LONG = 100


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
    hrefs = {each.name: page_address(instance, state.within, each.name) for each in state.pages()}
    saving = SAVING in request.headers and status == 200
    parts = parts_of(view, state.language)
    shown = read_shown(request.form.get(HAS, "")) if saving else {}
    order = [node.id for node in state.form.tree.roots.get(page, ())]
    is_long = len(order) > LONG
    # What stands side by side cannot be cut into blocks.
    one_column = not any("grid" in each.raw for each in view.components)
    html = render(
        "runtime/form.html",
        block="form" if saving else None,
        instance=instance,
        app_title=this_app().definition.title(state.language),
        page=view,
        within=state.within,
        hrefs=hrefs,
        groups=page_groups(state, view),
        tasks=task_steps(state),
        repeats_title=_begins_with_title(view),
        content=what_is_new_in_blocks(parts, shown, order)
        if is_long and one_column
        else what_is_new(parts, shown),
        one_column=one_column,
        is_long=is_long,
        form_rules=rules_script(state, page),
        form_data=data_script(state, page),
        old_rules=old_rules_of(state),
        summary=error_summary(instance, state, view, issues, hrefs) if issues else "",
        form_language=state.language,
        form_direction=direction_of(state.language),
        attempted=bool(issues) or ATTEMPTED in request.form,
        open_rows=sorted(state.open_rows),
        back_to=state.back_to,
        has_files=any(each.type in UPLOADS for each in view.walk()),
        revision=revision_of(instance, state),
        notice=notice,
        failures=state.hooks.failures,
        printed=state.hooks.printed if this_app().preview else (),
        has_required=any(each.required for each in view.walk()),
        lang=interface_of(state.language),
    )
    return Response(html, status=status)


def _begins_with_title(view: PageView) -> bool:
    """Whether the app's own first heading says what the page's title says, so that once is enough."""
    first = view.components[0] if view.components else None
    return first is not None and first.type == "Heading" and first.text("title") == view.title
