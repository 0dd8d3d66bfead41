"""Signing: the documents that are signed, who has signed them, and the place to sign (process.md, 6.1).

What is shown is what the instance and its process hold (signees.py). A signature is made by the process,
never here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition.checks.process import SUPPORTED_TASKS
from studio.definition.data_model import Problem
from studio.definition.expressions import Spot
from studio.definition.expressions.dates import format_moment, parse
from studio.definition.process import Task
from studio.definition.sentences import N_, Sentence
from studio.runtime.forms.kinds.kind import OWN, Answers, Around, Build, Kind, Post
from studio.runtime.forms.kinds.uploads import Attachment, attachment
from studio.runtime.forms.language import CLOCK
from studio.runtime.forms.signees import Signee
from studio.runtime.forms.state import FormState
from studio.runtime.forms.view import ComponentView
from studio.runtime.forms.wording import gettext

_PRESSED: Final = "do"
_SIGN: Final = "action:sign"
# What those are told who have nothing to do, by the slots of texts.
_TITLES: Final[Mapping[str, str]] = {
    "wait": "noActionRequiredPanelTitleNotSigned",
    "others": "awaitingOtherSignaturesPanelTitle",
    "signed": "noActionRequiredPanelTitleHasSigned",
}
_DESCRIPTIONS: Final[Mapping[str, str]] = {
    "wait": "noActionRequiredPanelDescriptionNotSigned",
    "others": "awaitingOtherSignaturesPanelDescriptionSigned",
    "signed": "noActionRequiredPanelDescriptionHasSigned",
}


@dataclass(frozen=True, slots=True)
class SigneeRow:
    """One who signs, in words. `signed` is a moment, "" where that has not happened yet."""

    name: str
    organisation: str
    signed: str


def task_of(state: FormState) -> Task | None:
    """The task that the instance is in."""
    current = ((state.instance or {}).get("process") or {}).get("currentTask") or {}
    process = state.app.process
    return process.task(str(current.get("elementId"))) if process else None


def is_in(state: FormState, task_type: str) -> bool:
    """Whether the instance is in a task of this type."""
    task = task_of(state)
    return task is not None and task.type == task_type


def _elements(state: FormState, data_type: str) -> list[Mapping[str, Any]]:
    there = (state.instance or {}).get("data") or ()
    return [element for element in there if element.get("dataType") == data_type]


def _with_documents(view: ComponentView, _spot: Spot, around: Around, build: Build) -> ComponentView:
    state = build.state
    task = task_of(state)
    signed = task.signing.documents if task and task.type == "signing" else ()
    documents = tuple(
        _document(element, around, state) for name in signed for element in _elements(state, name)
    )
    settings = {**view.settings, "active": is_in(state, "signing"), "documents": documents}
    return replace(view, settings=settings)


def _document(element: Mapping[str, Any], around: Around, state: FormState) -> Attachment:
    """A document; forms have no file name, and are called by the service's name."""
    shown = attachment(element, around, {})
    kind = state.app.metadata.data_type(str(element["dataType"]))
    if kind is not None and kind.is_form:
        return replace(shown, name=state.app.title(state.language), href="")
    return shown


def _with_signees(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    state = build.state
    rows = tuple(_row(each, state.language) for each in state.signees)
    return replace(view, settings={**view.settings, "active": is_in(state, "signing"), "signees": rows})


def _row(signee: Signee, language: str) -> SigneeRow:
    moment = parse(signee.signed)
    signed = format_moment(moment, "dd.MM.yyyy HH:mm", language, CLOCK) if moment else ""
    return SigneeRow(signee.name, signee.organisation_name, signed or signee.signed)


def box_name(view: ComponentView) -> str:
    """The name in posts of the box that is ticked before signing."""
    return f":sign-{view.key}"


def _with_actions(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    state = build.state
    active = is_in(state, "signing")
    settings = {
        **view.settings,
        "box": box_name(view),
        "stage": (stage := _stage(state, active)),
        "title": _TITLES.get(stage, ""),
        "description": _DESCRIPTIONS.get(stage, ""),
        "rejects": active and state.actions.get("reject", False),
        "works": "signing" in SUPPORTED_TASKS,
        "words": _words(),
    }
    # Who may sign need not be allowed to write.
    return replace(view, settings=settings, read_only=False)


def _stage(state: FormState, active: bool) -> str:
    """What the reader has to do.

    `sign`: to sign. `wait`: nothing, others do. `others`: nothing more, but others have to. `signed`: nothing
    more, all have signed who were called to. `none`: nothing is signed in this step.
    """
    if state.design:
        return "sign"
    if not active:
        return "none"
    if any(each.signed and each.person == state.reader for each in state.signees if state.reader):
        return "signed" if all(each.signed for each in state.signees) else "others"
    return "sign" if state.actions.get("sign", False) else "wait"


def _words() -> Mapping[str, str]:
    """What is said where the app says nothing."""
    return {
        "awaitingSignaturePanelTitle": gettext("Sign"),
        "checkboxLabel": gettext("I have read the documents, and what is in them is right."),
        "signingButton": gettext("Sign"),
        "noActionRequiredPanelTitleNotSigned": gettext("You are not to sign anything"),
        "noActionRequiredPanelDescriptionNotSigned": gettext(
            "Others sign in this step. You do not have to do anything."
        ),
        "noActionRequiredPanelTitleHasSigned": gettext("You have signed"),
        "noActionRequiredPanelDescriptionHasSigned": gettext("You do not have to do anything more."),
        "awaitingOtherSignaturesPanelTitle": gettext("You have signed"),
        "awaitingOtherSignaturesPanelDescriptionSigned": gettext(
            "Others have to sign before the form goes on."
        ),
        "rejectModalTriggerButton": gettext("Reject"),
        "rejectModalTitle": gettext("Are you sure that you want to reject?"),
        "rejectModalDescription": gettext("The form goes back to the one who filled it in."),
        "rejectModalButton": gettext("Yes, reject"),
    }


def _read(_state: FormState, view: ComponentView, post: Post) -> Answers:
    """Nothing is kept, but nobody signs without the tick."""
    forgot = post.getlist(_PRESSED) == [_SIGN] and box_name(view) not in post
    if not forgot or view.settings["stage"] != "sign":
        return {}
    return {OWN: Problem("", Sentence(N_("Tick the box before you sign.")))}


KINDS: Final[Mapping[str, Kind]] = {
    "SigneeList": Kind(template="signee_list", fill=_with_signees, drawn_ahead=False),
    "SigningActions": Kind(
        drawn_ahead=False,
        template="signing_actions",
        own_name=True,
        fill=_with_actions,
        cells=lambda _view: iter(()),
        read=_read,
        was_posted=lambda _view, post: _PRESSED in post,
    ),
    "SigningDocumentList": Kind(template="signing_document_list", fill=_with_documents, drawn_ahead=False),
}
