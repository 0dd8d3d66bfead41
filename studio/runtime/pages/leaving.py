"""Leaving a page: to another one, or out of the task, and what has to be right first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from flask import Response, redirect, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from studio.definition import form_paths as paths
from studio.definition.process import ProcessConflict
from studio.runtime import instances
from studio.runtime.forms.masks import MASKS, sources_of
from studio.runtime.forms.page_settings import page_setting
from studio.runtime.forms.state import FormState
from studio.runtime.forms.validation import Shown, find_issues
from studio.runtime.forms.view import ComponentView, Issue, PageView
from studio.runtime.logic.failures import HookFailed, HookRefused
from studio.runtime.moving_on import NotValid, next_process
from studio.runtime.pages.forms import AT, BACK_TO, page_address, view_of, with_issues
from studio.runtime.pages.page import SAVING, page_response
from studio.runtime.pages.room import acting, address, owner_of, this_app
from studio.runtime.storage import Instance
from studio.web import translate


@dataclass(frozen=True, slots=True)
class Leaving:
    """Somebody who leaves a page. `before` is the form as it was shown, `state` with what was written."""

    instance: Instance
    before: FormState
    state: FormState
    page: str

    @property
    def names(self) -> list[str]:
        """The pages that are shown."""
        return [each.name for each in self.state.pages()]

    def to(self, page: str | None) -> ResponseReturnValue:
        """To a page; to this one where there is none of that name."""
        wanted = page if page in self.names else self.page
        return redirect(page_address(self.instance, self.state.within, str(wanted)), 303)

    def to_subform(self) -> ResponseReturnValue:
        """Out of an entry, back to its subform in the task's form."""
        within = self.state.within
        if within is None:
            return self.to(self.page)
        at = f"f-{within.component}"
        return redirect(f"{page_address(self.instance, None, within.page, **{AT: at})}#{at}", 303)

    def to_change(self, target: str) -> ResponseReturnValue:
        """To a field on another page ("page#field"), with a way back to the summary on this one."""
        page, _, at = target.partition("#")
        wanted = page if page in self.names else self.page
        more = {BACK_TO: self.page, AT: at or None}
        here = page_address(self.instance, self.state.within, wanted, **more)
        return redirect(f"{here}#{at}" if at else here, 303)

    def neighbour(self, step: int) -> str:
        """The name of the page so many steps away; this one's where there is none."""
        names = self.names
        place = names.index(self.page) + step if self.page in names else -1
        return names[place] if 0 <= place < len(names) else self.page


def forward(leaving: Leaving) -> ResponseReturnValue:
    """To the next page, if what the app asks for is right."""
    if stopped := _stopped(leaving, _setting(leaving, "validateOnNext", {"page": "current"})):
        return stopped
    if _has_new_questions(leaving):
        return _told_about_new(leaving)
    return leaving.to(leaving.neighbour(1))


def back(leaving: Leaving) -> ResponseReturnValue:
    """To the page before."""
    setting = _setting(leaving, "validateOnPrevious", None, inherits=False)
    return _stopped(leaving, setting) or leaving.to(leaving.neighbour(-1))


def jump(leaving: Leaving, target: str) -> ResponseReturnValue:
    """To a page that was picked from the list of pages, or from a summary."""
    names = leaving.names
    is_ahead = target in names and leaving.page in names and names.index(target) > names.index(leaving.page)
    key = "validateOnForward" if is_ahead else "validateOnBackward"
    setting = _setting(leaving, key, None, inherits=is_ahead)
    return _stopped(leaving, setting) or leaving.to(target)


def out(leaving: Leaving, action: str | None = None) -> ResponseReturnValue:
    """Out of the task, by a button that sends in or by an action such as "confirm" or "reject".

    Out of an entry of a subform one comes to the task's form.
    """
    if action != "reject" and (stopped := _stopped(leaving, {"page": "all"})):
        return stopped
    instance, state = leaving.instance, leaving.state
    if state.within is not None:
        return leaving.to_subform()
    try:
        next_process(this_app(), instance, owner_of(instance.party_id), acting(), state, action)
    except NotValid as invalid:
        return _shown_again(leaving, invalid.issues)
    except (ProcessConflict, HookRefused, HookFailed) as conflict:
        instances.roll_back()
        failed = isinstance(conflict, HookFailed)  # what is said about that is in the page already
        said = "" if failed else translate(conflict.sentence)
        notice = f"{said} {gettext('What you have written is kept.')}".strip()
        return page_response(instance, state, leaving.page, status=500 if failed else 409, notice=notice)
    return redirect(address("instance", party=instance.party_id, guid=instance.id), 303)


def custom(leaving: Leaving, view: PageView, key: str) -> ResponseReturnValue:
    """What a CustomButton does: its actions one after the other, until one leaves the page."""
    button = next((each for each in view.walk() if each.key == key and each.type == "CustomButton"), None)
    for action in _actions(button):
        if stopped := _stopped(leaving, action.get("validation")):
            return stopped
        if action.get("type") == "ServerAction":
            return _not_carried_out(leaving)
        if (answer := _client_action(leaving, action)) is not None:
            return answer
    return leaving.to(leaving.page)


_INHERITED: Final = "validationOnNavigation"
_BEGINS: Final = frozenset({"InstantiationButton", "Button"})


def begin_anew(leaving: Leaving, view: PageView, key: str) -> ResponseReturnValue:
    """What an InstantiationButton does: a new instance for the same party, with answers of this one in it."""
    button = next((each for each in view.walk() if each.key == key and each.type in _BEGINS), None)
    if button is None:
        return leaving.to(leaving.page)
    mapping, state = button.raw.get("mapping"), leaving.state
    mapping = mapping if isinstance(mapping, Mapping) else {}
    data = state.data.get(state.default_type, {})
    given = {str(target): paths.read(data, str(source)) for source, target in mapping.items()}
    owner = owner_of(leaving.instance.party_id)
    new = instances.instantiate(this_app(), owner, acting(), given=given)
    return redirect(address("instance", party=owner.party_id, guid=new.id), 303)


def _actions(button: ComponentView | None) -> Iterator[Mapping[str, Any]]:
    given = button.raw.get("actions") if button else None
    return (each for each in (given if isinstance(given, list) else []) if isinstance(each, Mapping))


def _client_action(leaving: Leaving, action: Mapping[str, Any]) -> ResponseReturnValue | None:
    match action.get("id"):
        case "nextPage":
            return leaving.to(leaving.neighbour(1))
        case "previousPage":
            return leaving.to(leaving.neighbour(-1))
        case "navigateToPage":
            metadata = action.get("metadata")
            return leaving.to(str(metadata.get("page")) if isinstance(metadata, Mapping) else None)
        case "closeSubform":
            return leaving.to_subform()
    return None


def _not_carried_out(leaving: Leaving) -> Response:
    notice = gettext("This button cannot do its work here. What you have written is kept.")
    state = with_issues(leaving.state, leaving.page)
    return page_response(leaving.instance, state, leaving.page, status=409, notice=notice)


def _stopped(leaving: Leaving, setting: Any) -> Response | None:
    """The page once more with what has to be corrected, where a PageValidation finds something; else None."""
    pages = _pages(leaving, setting)
    if not pages:
        return None
    let = _sources(setting)
    found = find_issues(leaving.state, Shown.on(leaving.state, pages))
    issues = tuple(issue for issue in found if issue.severity != "error" or issue.source in let)
    stops = any(issue.severity == "error" for issue in issues)
    return _shown_again(leaving, issues) if stops else None


def _pages(leaving: Leaving, setting: Any) -> list[str]:
    """The pages that a PageValidation is about (components.md, 1.2)."""
    if not isinstance(setting, Mapping):
        return []
    names = leaving.names
    match setting.get("page"):
        case "all":
            return names
        case "currentAndPrevious":
            return names[: names.index(leaving.page) + 1] if leaving.page in names else []
    return [leaving.page]


def _sources(setting: Any) -> frozenset[str]:
    masks = setting.get("show") if isinstance(setting, Mapping) else None
    return sources_of(masks, "All") or MASKS["All"]


def _setting(leaving: Leaving, key: str, default: Any, *, inherits: bool = True) -> Any:
    """`key` of a component of the page, else what the page, the form or all forms ask for."""
    state = leaving.state
    found = state.layout_set.page(leaving.page)
    for component in found.components if found else ():
        if component.type in {"NavigationButtons", "NavigationBar"} and key in component.raw:
            return component.raw[key]
    if not inherits:
        return default
    own = found.raw.get(_INHERITED) if found else None
    return own or page_setting(state.app, state.layout_set, _INHERITED) or default


def _shown_again(leaving: Leaving, issues: tuple[Issue, ...]) -> Response:
    """The page with what has to be corrected: this one where it has any of it, else the first that has."""
    state = replace(leaving.state, issues=issues)
    shown = Shown.on(state, leaving.names)
    errors = (issue for issue in issues if issue.severity == "error")
    pages = [found for issue in errors if (found := shown.page_of(state, issue)) is not None]
    page = leaving.page if not pages or leaving.page in pages else pages[0]
    return page_response(leaving.instance, state, page, issues, 422)


def _has_new_questions(leaving: Leaving) -> bool:
    """Whether an answer has made questions appear on this page that nobody has seen yet."""
    if SAVING in request.headers or request.form.get(":script"):
        return False
    seen = {view.key for view in view_of(leaving.before, leaving.page).walk()}
    after = view_of(leaving.state, leaving.page)
    return any(view.field and view.key not in seen for view in after.walk())


def _told_about_new(leaving: Leaving) -> Response:
    notice = gettext("Your answers have brought new questions on this page. Answer them before you go on.")
    return page_response(
        leaving.instance, with_issues(leaving.state, leaving.page), leaving.page, notice=notice
    )
