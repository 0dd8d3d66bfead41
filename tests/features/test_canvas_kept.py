"""What the canvas keeps of earlier drawings is what it would draw now, whatever has changed meanwhile."""

from collections.abc import Iterable
from typing import Any

import pytest
from builders import app as small_app
from builders import field, group
from flask import Flask
from flask_babel import force_locale

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    Change,
    MoveComponents,
    RemoveComponents,
    RenameComponent,
    SetProperty,
    SetText,
)
from studio.definition.content_cache import ContentCache
from studio.definition.files import EditedFiles
from studio.features.layouts import canvas as drawing
from studio.features.layouts.canvas import Canvas
from studio.features.layouts.workplace import today

PAGE: list[dict[str, Any]] = [
    field("name"),
    group("box", "phone", "age"),
    field("phone"),
    field("age"),
    {"id": "told", "type": "Summary2", "target": {"type": "component", "id": "name"}},
    {"id": "way", "type": "NavigationBar"},
    {"id": "choice", "type": "Dropdown", "optionsId": "places", "dataModelBindings": {}},
]
OPTIONS = "App/options/places.json"
SET = "Task_1"


def made() -> AppDefinition:
    more = {OPTIONS: b'[{"value": "a", "label": "Bergen"}]'}
    return small_app(pages={"First": PAGE, "Second": [field("other", "name")]}, more=more)


def html(studio: Flask, app: AppDefinition, selected: Iterable[str] = (), language: str = "nb") -> str:
    layout_set = app.layout_set(SET)
    assert layout_set is not None
    page = layout_set.page("First")
    assert page is not None
    with studio.test_request_context(), force_locale(language):
        return str(Canvas(app, layout_set, page, language, today(), frozenset(selected)).html())


@pytest.mark.parametrize(
    "change",
    [
        SetText("nb", "name.title", "Hva heter du?"),
        SetText("nb", "Second", "Den andre"),
        SetProperty(SET, "First", "name", "/required", True),
        SetProperty(SET, "First", "age", "/grid/xs", 6),
        SetProperty(SET, "First", "age", "/hidden", True),
        MoveComponents(SET, "First", ("age",), "First", None, 0),
        MoveComponents(SET, "First", ("name",), "First", "box", 1),
        RemoveComponents(SET, "First", ("phone",)),
        RenameComponent(SET, "First", "name", "full-name"),
    ],
    ids=lambda change: type(change).__name__,
)
def test_a_page_is_drawn_after_an_edit_as_if_it_had_never_been_drawn_before(
    studio: Flask, monkeypatch: pytest.MonkeyPatch, change: Change
) -> None:
    app = made()
    html(studio, app)
    edited = AppDefinition(EditedFiles(app.files, change.apply(app)))
    kept = html(studio, edited)
    monkeypatch.setattr(drawing, "_DRAWN", ContentCache(100))
    assert kept == html(studio, edited)
    assert kept != html(studio, app)


def test_an_option_list_a_language_and_a_selection_are_seen(studio: Flask) -> None:
    app = made()
    html(studio, app)
    renamed = {OPTIONS: b'[{"value": "a", "label": "Oslo"}]'}
    assert "Oslo" in html(studio, AppDefinition(EditedFiles(app.files, renamed)))
    assert "Name" in html(studio, app, language="en")
    assert html(studio, app, ["phone"]).count("data-chosen") == 1


def test_what_has_not_changed_is_not_drawn_again(studio: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drawing, "_DRAWN", ContentCache(100))
    app = made()
    html(studio, app)
    drawn: list[str] = []
    draw = Canvas._item

    def watched(self: Canvas, component: Any, view: Any, level: int) -> Any:
        drawn.append(component.id)
        return draw(self, component, view, level)

    monkeypatch.setattr(Canvas, "_item", watched)
    html(studio, app)
    assert drawn == []
    change = SetProperty(SET, "First", "age", "/required", True)
    html(studio, AppDefinition(EditedFiles(app.files, change.apply(app))))
    assert drawn == ["box", "phone", "age", "told"]  # the group it is in, and the summary of the page
