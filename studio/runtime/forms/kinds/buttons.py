"""Buttons, and the ways from page to page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.definition.sentences import N_
from studio.runtime.forms.kinds.kind import Around, Build, Kind, Raw, Settings
from studio.runtime.forms.view import ComponentView, Step
from studio.runtime.forms.wording import gettext


def _navigation(raw: Raw, _spot: Spot, around: Around) -> Settings:
    given = raw.get("showBackButton")
    show_back = given if isinstance(given, bool) else around.generation == "v9"
    here = next((place for place, step in enumerate(around.steps) if step.current), len(around.steps))
    return {
        "show_back": show_back,
        "back": show_back and bool(around.previous),
        "next": bool(around.next),
        "back_ways": _coming(around.steps[:here]) if show_back else (),
        "next_ways": _coming(around.steps[here + 1 :]),
        "back_to": around.back_to,
    }


def _coming(steps: Sequence[Step]) -> tuple[str, ...]:
    """The pages that a button leads to, where all of them come and go: it comes and goes with them."""
    coming = tuple(step.name for step in steps if step.comes)
    return coming if len(coming) == len(steps) else ()


def button_look(given: Any) -> Settings:
    """Size and place of a button (components.md, 1.2). Its text stands in the middle, as on all buttons."""
    raw: Raw = given if isinstance(given, Mapping) else {}
    size, position = raw.get("size"), raw.get("position") or raw.get("textAlign")
    return {
        "position": position if position in {"left", "center", "right"} else "left",
        "size": size if size in {"sm", "md", "lg"} else "md",
        "full": raw.get("fullWidth") is True,
    }


def _button(raw: Raw, spot: Spot, _around: Around) -> Settings:
    mode = raw.get("mode")
    words = {"save": gettext("Save"), "instantiate": gettext("Begin anew")}
    dos = {"save": "save", "instantiate": f"begin:{spot.id}"}
    return {
        **button_look(raw),
        "action": dos.get(str(mode), "submit"),
        "secondary": mode == "save",
        "title": words.get(str(mode)) or gettext("Send in"),
    }


def _begin(_raw: Raw, spot: Spot, _around: Around) -> Settings:
    return {
        "do": f"begin:{spot.id}",
        "variant": "primary",
        "color": "accent",
        "size": "md",
        "title": gettext("Begin anew"),
        "dead": False,
    }


def _bar(raw: Raw, _spot: Spot, around: Around) -> Settings:
    return {"steps": around.steps, "compact": raw.get("compact") is True}


_ACTION_WORDS: Final[Mapping[str, str]] = {
    "instantiate": N_("Begin"),
    "confirm": N_("Confirm"),
    "sign": N_("Sign"),
    "reject": N_("Reject"),
}


def _action(raw: Raw, spot: Spot, _around: Around) -> Settings:
    """A button is dead where the person may not do its action, or the task has no such action."""
    action = str(raw.get("action") or "")
    return {
        "do": f"action:{action}",
        "variant": "secondary" if raw.get("buttonStyle") == "secondary" else "primary",
        "color": "danger" if action == "reject" else "accent",
        "size": "md",
        "title": gettext(_ACTION_WORDS[action]) if action in _ACTION_WORDS else action,
        "dead": not spot.form.around.actions.get(action, False),
    }


_COLORS: Final = {"first": "accent", "second": "neutral", "success": "success", "danger": "danger"}
_SIZES: Final = {"small": "sm", "medium": "md", "large": "lg"}


def _custom(raw: Raw, spot: Spot, _around: Around) -> Settings:
    style, size = str(raw.get("buttonStyle")), str(raw.get("buttonSize"))
    return {
        "do": f"custom:{spot.id}",
        "variant": style if style in {"secondary", "tertiary"} else "primary",
        "color": _COLORS.get(str(raw.get("buttonColor")), "accent"),
        "size": _SIZES.get(size, size if size in {"sm", "lg"} else "md"),
        "title": gettext("Done") if _closes(raw) else spot.id,
        "dead": False,
    }


def _closes(raw: Raw) -> bool:
    """Whether a button leads out of a subform."""
    actions = raw.get("actions")
    return any(
        isinstance(each, Mapping) and each.get("id") == "closeSubform"
        for each in (actions if isinstance(actions, list) else [])
    )


def _pdf(view: ComponentView, _spot: Spot, _around: Around, build: Build) -> ComponentView:
    style = "secondary" if view.raw.get("buttonStyle") == "secondary" else "primary"
    return replace(view, settings={**view.settings, "href": build.state.pdf, "variant": style})


KINDS: Final[Mapping[str, Kind]] = {
    "ActionButton": Kind(template="action_button", settings=_action),
    "Button": Kind(template="button", settings=_button),
    "CustomButton": Kind(template="action_button", settings=_custom),
    "InstantiationButton": Kind(template="action_button", settings=_begin),
    "NavigationBar": Kind(template="navigation_bar", settings=_bar),
    "NavigationButtons": Kind(template="navigation_buttons", settings=_navigation),
    "PDFPreviewButton": Kind(template="pdf_preview_button", fill=_pdf),
    "PrintButton": Kind(template="print_button"),
}
