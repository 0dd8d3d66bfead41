"""Buttons and the ways from page to page: Button, NavigationButtons, NavigationBar and PrintButton."""

from collections.abc import Mapping
from typing import Final

from flask_babel import gettext

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Kind, Raw, Settings


def _navigation(raw: Raw, _spot: Spot, around: Around) -> Settings:
    given = raw.get("showBackButton")
    show_back = given if isinstance(given, bool) else around.generation == "v9"
    return {"show_back": show_back, "back": show_back and bool(around.previous), "next": bool(around.next)}


def _button(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    mode = raw.get("mode")
    position = raw.get("position")
    return {
        "action": "save" if mode == "save" else "submit",
        "secondary": mode == "save",
        "position": position if position in {"left", "center", "right"} else "left",
        "title": gettext("Save") if mode == "save" else gettext("Send in"),
    }


def _bar(raw: Raw, _spot: Spot, around: Around) -> Settings:
    return {"steps": around.steps, "compact": raw.get("compact") is True}


KINDS: Final[Mapping[str, Kind]] = {
    "Button": Kind(template="button", settings=_button),
    "NavigationBar": Kind(template="navigation_bar", settings=_bar),
    "NavigationButtons": Kind(template="navigation_buttons", settings=_navigation),
    "PrintButton": Kind(template="print_button"),
}
