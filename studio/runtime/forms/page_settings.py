"""Settings of the pages of a form, wherever an app keeps them (app-format.md, 6.1, 6.3, 6.4)."""

from collections.abc import Mapping
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.layouts import LayoutSet


def page_setting(app: AppDefinition, layout_set: LayoutSet, key: str) -> Any:
    """What the form says itself, else what holds for all forms; None where nothing is said.

    All forms: `ui/Settings.json`, and in apps of the generation before `uiSettings` in `layout-sets.json`, or
    beside it.
    """
    listed = app.json(app.paths.layout_sets)
    listed = listed if isinstance(listed, Mapping) else {}
    shared = app.json(app.paths.settings(app.paths.ui))
    for place in (layout_set.settings.get("pages"), shared, listed.get("uiSettings"), listed):
        if isinstance(place, Mapping) and key in place:
            return place[key]
    return None
