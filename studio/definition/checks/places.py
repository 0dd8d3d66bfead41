"""Places of findings, with the line in the file."""

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.findings import Place
from studio.definition.layouts import Component, LayoutSet, Page


def place_in(app: AppDefinition, path: str, pointer: str | None = None) -> Place:
    """A place in a JSON file; without a line where the pointer leads nowhere."""
    return Place(path, _line(app, path, pointer), pointer)


def place_of(
    app: AppDefinition,
    layout_set: LayoutSet,
    page: Page,
    component: Component | None = None,
    inside: str = "",
) -> Place:
    """A page, or a component on it; `inside` is a pointer into the component."""
    pointer = component.pointer + inside if component else None
    return Place(
        page.path,
        _line(app, page.path, pointer),
        pointer,
        layout_set.id,
        page.name,
        component.id if component else None,
    )


def _line(app: AppDefinition, path: str, pointer: str | None) -> int | None:
    if path not in app.files:
        return None
    if pointer is None:
        return 1
    try:
        return json_text.line_of(app.files[path], pointer)
    except (KeyError, json_text.BrokenJson):
        return None
