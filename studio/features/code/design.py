"""From a place in a file to the screen where the same thing is edited, and from a thing to its line."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.errors import DomainError
from studio.definition.layouts import LayoutSet, Page
from studio.definition.paths import stem
from studio.definition.sentences import N_
from studio.web.navigation import has_page


@dataclass(frozen=True, slots=True)
class Screen:
    """Where a file is edited without its text. `label` is a msgid."""

    endpoint: str
    label: str
    values: dict[str, Any]

    def address(self, org: str, app: str) -> str | None:
        """Its address; None where this Studio has no such screen."""
        return url_for(self.endpoint, org=org, app=app, **self.values) if has_page(self.endpoint) else None


def screen_of(app: AppDefinition, path: str, pointer: str = "") -> Screen | None:
    """The screen that shows what stands at a JSON Pointer in a file; None for files that have none."""
    found = _page(app, path)
    if found is not None:
        layout_set, page = found
        values = {"layout_set": layout_set.id, "page": page.name, "selected": _component(page, pointer)}
        return Screen("layouts.page", N_("Show in the form"), values)
    paths = app.paths
    for data_type in app.metadata.data_types:
        if path == app.schema_path(data_type.id):
            return Screen("data_models.editor_page", N_("Show in the data model"), {"model": data_type.id})
    if path.startswith(paths.options_folder) and path.endswith(".json"):
        return Screen("options.edit_list", N_("Show in the option lists"), {"list_id": stem(path)})
    if paths.language(path):
        return Screen("texts.index", N_("Show in the texts"), {})
    return None


def line_of_component(app: AppDefinition, path: str, component: str) -> int:
    """The line (from 1) where a component begins in its page's file; 1 where it is not there."""
    found = _page(app, path)
    part = found[1].component(component) if found else None
    return line_at(app.files[path], part.pointer) if part else 1


def line_at(data: bytes, pointer: str) -> int:
    """The line (from 1) of a place in JSON; 1 where there is none."""
    try:
        return json_text.line_of(data, pointer)
    except (DomainError, ValueError):
        return 1


def _page(app: AppDefinition, path: str) -> tuple[LayoutSet, Page] | None:
    return next(((each, page) for each in app.layout_sets for page in each.pages if page.path == path), None)


def _component(page: Page, pointer: str) -> str | None:
    """The innermost component whose JSON a place lies in."""
    around = [
        each for each in page.components if pointer == each.pointer or pointer.startswith(f"{each.pointer}/")
    ]
    return max(around, key=lambda each: len(each.pointer)).id if around else None
