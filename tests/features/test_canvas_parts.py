"""On the canvas each tab, card and cell is a place of its own, where components can be put."""

import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from builders import app as small_app
from flask import Flask
from werkzeug.datastructures import MultiDict

from studio.definition.app import AppDefinition
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles
from studio.features.layouts.canvas import Canvas
from studio.features.layouts.commands import Place, asked
from studio.features.layouts.workplace import today

INPUT = {"type": "Input", "dataModelBindings": {}}
LAYOUT: list[dict[str, Any]] = [
    {
        "id": "tabs",
        "type": "Tabs",
        "tabs": [{"id": "t1", "title": "A", "children": ["a"]}, {"id": "t2", "title": "B", "children": []}],
    },
    {"id": "cards", "type": "Cards", "color": "subtle", "cards": [{"title": "C", "media": "photo"}, {}]},
    {
        "id": "grid",
        "type": "Grid",
        "rows": [{"header": True, "cells": [{"text": "x"}, None]}, {"cells": [{"component": "b"}, None]}],
    },
    {
        "id": "rows",
        "type": "RepeatingGroup",
        "dataModelBindings": {},
        "children": ["c"],
        "rowsAfter": [{"cells": [None]}],
    },
    {"id": "a", **INPUT},
    {"id": "b", **INPUT},
    {"id": "c", **INPUT},
    {"id": "photo", "type": "Image"},
    {"id": "free", **INPUT},
]


def place_of(app: AppDefinition) -> Place:
    (layout_set,) = app.layout_sets
    return Place(app, layout_set, layout_set.pages[0], "nb")


def drawn(studio: Flask, app: AppDefinition) -> dict[str, list[str]]:
    """Every place on the canvas with the ids of what stands directly in it."""
    place = place_of(app)
    with studio.test_request_context():
        html = Canvas(app, place.layout_set, place.page, "nb", today()).html()
    holders = BeautifulSoup(str(html), "html.parser").select("[data-inside]")
    return {
        str(holder["data-inside"]): [
            str(one["data-component"]) for one in holder.select(":scope > [data-component]")
        ]
        for holder in holders
    }


def test_each_part_is_a_place_with_what_stands_in_it(studio: Flask) -> None:
    places = drawn(studio, small_app(pages={"P": LAYOUT}))

    assert places == {
        "": ["tabs", "cards", "grid", "rows", "free"],
        "tabs#tabs/0/children": ["a"],
        "tabs#tabs/1/children": [],
        "cards#cards/0/media": ["photo"],
        "cards#cards/0/children": [],
        "cards#cards/1/media": [],
        "cards#cards/1/children": [],
        "grid#rows/0/cells/1/component": [],
        "grid#rows/1/cells/0/component": ["b"],
        "grid#rows/1/cells/1/component": [],
        "rows": ["c"],
        "rows#rowsAfter/0/cells/0/component": [],
    }


@pytest.mark.parametrize(
    ("parent", "name"),
    [
        ("tabs#tabs/1/children", "free"),
        ("tabs#tabs/0/children", "free"),
        ("cards#cards/1/children", "free"),
        ("cards#cards/1/media", "photo"),
        ("grid#rows/0/cells/1/component", "free"),
        ("grid#rows/1/cells/1/component", "b"),
        ("rows#rowsAfter/0/cells/0/component", "free"),
        ("rows", "a"),
    ],
)
def test_what_is_dropped_on_a_place_stands_there(studio: Flask, parent: str, name: str) -> None:
    app = small_app(pages={"P": LAYOUT})
    form = MultiDict({"do": "move", "ids": name, "parent": parent, "before": ""})

    with studio.test_request_context():
        change = asked(place_of(app), form).change
    assert change is not None
    after = AppDefinition(EditedFiles(app.files, dict(change.apply(app))))

    places = drawn(studio, after)
    assert [where for where, names in places.items() if name in names] == [parent]
    assert sorted(one for names in places.values() for one in names) == sorted(one["id"] for one in LAYOUT)


@pytest.mark.parametrize(
    ("parent", "name"),
    [
        ("grid#rows/1/cells/0/component", "free"),
        ("grid#rows/0/cells/0/component", "free"),
        ("grid#rows/9/cells/0/component", "free"),
        ("cards#cards/0/media", "photo2"),
        ("cards#cards/1/media", "free"),
        ("tabs#tabs/9/children", "free"),
        ("tabs#tabs/0/title", "free"),
        ("tabs#../0", "free"),
        ("tabs#tabs/0/children", "tabs"),
    ],
)
def test_what_has_no_room_there_is_refused(studio: Flask, parent: str, name: str) -> None:
    app = small_app(pages={"P": [*LAYOUT, {"id": "photo2", "type": "Image"}]})
    form = MultiDict({"do": "move", "ids": name, "parent": parent, "before": ""})

    def moved() -> None:
        change = asked(place_of(app), form).change
        assert change is not None
        change.apply(app)

    with studio.test_request_context(), pytest.raises(DomainError):
        moved()


def test_a_new_component_is_dropped_between_those_of_a_tab(studio: Flask) -> None:
    app = small_app(pages={"P": LAYOUT})
    form = MultiDict({"do": "add", "type": "Input", "parent": "tabs#tabs/0/children", "before": "a"})

    with studio.test_request_context():
        change = asked(place_of(app), form).change
    assert change is not None
    after = AppDefinition(EditedFiles(app.files, dict(change.apply(app))))

    tabs = json.loads(json.dumps(place_of(after).component("tabs").raw))["tabs"]
    assert tabs[0]["children"] == ["input1", "a"]
