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
            values = {"model": data_type.id, "pointer": pointer or None}
            return Screen("data_models.editor_page", N_("Show in the data model"), values)
    if path.startswith(paths.options_folder) and path.endswith(".json"):
        row = pointer.split("/")[1] if pointer else ""
        anchor = f"option-{row}-value" if row.isdecimal() else None
        values = {"list_id": stem(path), "_anchor": anchor}
        return Screen("options.edit_list", N_("Show in the option lists"), values)
    if paths.language(path):
        return Screen("texts.index", N_("Show in the texts"), {"selected": _text_key(app, path, pointer)})
    if path.startswith(f"{paths.logic_folder}/") and path.endswith(".py"):
        return Screen("rules.hooks", N_("Show in the rules"), {})
    return None


def line_of_component(app: AppDefinition, path: str, component: str) -> int:
    """The line (from 1) where a component begins in its page's file; 1 where it is not there."""
    found = _page(app, path)
    part = found[1].component(component) if found else None
    return line_at(app.files[path], part.pointer) if part else 1


def line_of_text(app: AppDefinition, path: str, key: str) -> int:
    """The line (from 1) where the text of a key begins in a file of texts; 1 where it is not there."""
    keys = _text_keys(app, path)
    return line_at(app.files[path], f"/resources/{keys.index(key)}") if key in keys else 1


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


def _text_key(app: AppDefinition, path: str, pointer: str) -> str | None:
    """The key of the text whose JSON a place lies in."""
    _, *steps = pointer.split("/")
    keys = _text_keys(app, path)
    place = (
        int(steps[1]) if len(steps) > 1 and steps[0] == "resources" and steps[1].isdecimal() else len(keys)
    )
    return keys[place] if place < len(keys) else None


def _text_keys(app: AppDefinition, path: str) -> list[str | None]:
    """The keys of a file of texts, in its order; None for an entry without one."""
    try:
        document = json_text.parse(app.files[path])
    except DomainError:
        return []
    resources = document.get("resources") if isinstance(document, dict) else None
    entries = resources if isinstance(resources, list) else []
    return [str(each["id"]) if isinstance(each, dict) and "id" in each else None for each in entries]
