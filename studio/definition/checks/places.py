"""Where in a file a finding is."""

from dataclasses import replace
from functools import cached_property
from typing import Any

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.findings import Finding, Place, Severity
from studio.definition.layouts import Component, LayoutSet, Page
from studio.definition.rules.places import ExpressionPlace
from studio.definition.rules.problems import pointer
from studio.definition.sentences import Sentence


class Lines:
    """The lines of one JSON file; those of the elements of its main list are counted once."""

    def __init__(self, data: bytes, list_pointer: str) -> None:
        self.data = data
        self.list_pointer = list_pointer

    @cached_property
    def _elements(self) -> list[tuple[int, bytes]]:
        return json_text.elements(self.data, self.list_pointer)

    def at(self, pointer: str) -> int:
        """The line of `pointer`, or of the innermost part on the way that exists."""
        index, _, rest = pointer.removeprefix(self.list_pointer + "/").partition("/")
        if not pointer.startswith(self.list_pointer + "/") or not index.isdecimal():
            return json_text.line_of(self.data, pointer)
        line, text = self._elements[int(index)]
        return line + json_text.line_of(text, "/" + rest) - 1 if rest else line


class Placing:
    """Makes findings of one app with their files and lines."""

    def __init__(self, app: AppDefinition) -> None:
        self.app = app
        self._lines: dict[str, Lines] = {}

    def in_json(self, path: str, pointer: str, list_pointer: str = "/data/layout", **more: Any) -> Place:
        """A place in a JSON file; the whole file where that cannot be read."""
        if self.app.json(path) is None:
            return Place(path, None, pointer, **more)
        if path not in self._lines:
            self._lines[path] = Lines(self.app.files[path], list_pointer)
        return Place(path, self._lines[path].at(pointer), pointer, **more)

    def component(self, page: Page, component: Component, inside: str = "") -> Place:
        """A place in a component; `inside` is a pointer in it."""
        place = self.in_json(page.path, component.pointer + inside)
        return replace(place, layout_set=page.layout_set, page=page.name, component=component.id or None)

    def settings(self, layout_set: LayoutSet, pointer: str) -> Place:
        """A place in the settings of a layout set, or the layout set as such where it has none."""
        if layout_set.settings_path not in self.app.files:
            return Place(layout_set.settings_path, layout_set=layout_set.id)
        return self.in_json(layout_set.settings_path, pointer, layout_set=layout_set.id)

    def metadata(self, pointer: str = "") -> Place:
        """A place in the app's metadata."""
        path = self.app.paths.metadata
        return self.in_json(path, pointer, "/dataTypes") if path in self.app.files else Place(path)


def finding(
    code: str, severity: Severity, place: Place, sentence: Sentence, remedy: str | None = None
) -> Finding:
    """A finding with a fixed remedy."""
    return Finding(code, severity, place, sentence, Sentence(remedy) if remedy else None)


def place_of(placing: Placing, place: ExpressionPlace, at: tuple[int, ...]) -> Place:
    """Where a part of an expression is; `at` leads from the whole expression to it."""
    if place.flow is not None:
        return Place(place.file, place.flow.line)
    inside = place.pointer + pointer(*at)
    if place.page is not None and place.component is not None:
        return placing.component(place.page, place.component, inside.removeprefix(place.component.pointer))
    if place.page is not None:
        page = place.page
        return placing.in_json(place.file, inside, layout_set=page.layout_set, page=page.name)
    return placing.in_json(place.file, inside)
