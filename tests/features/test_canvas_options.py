"""On the canvas a component with options shows some, also where the list is no file of the app."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import pytest
from bs4 import BeautifulSoup
from builders import app_files
from flask import Flask

from studio.definition.app import AppDefinition
from studio.features.layouts.canvas import Canvas
from studio.features.layouts.workplace import today
from studio.services.standard_lists import StandardLists

SOURCE = b'{"url": "https://example.org/parks", "value": "id", "label": "name"}'
HOOK = b"def options(data, parameters, context):\n    raise SystemExit\n"


def shown(
    studio: Flask, list_id: str, kind: str = "RadioButtons", files: Mapping[str, bytes] = MappingProxyType({})
) -> list[str]:
    """The labels on the canvas of a component that chooses from the list."""
    component: dict[str, Any] = {"id": "a", "type": kind, "optionsId": list_id, "dataModelBindings": {}}
    app = AppDefinition(app_files(pages={"page": [component]}, more=files))
    (layout_set,) = app.layout_sets
    with studio.test_request_context():
        canvas = Canvas(app, layout_set, layout_set.pages[0], "nb", today(), lists=StandardLists())
        page = BeautifulSoup(str(canvas.html()), "html.parser")
    found = page.select("option[value]:not([value=''])") or page.select(".form-options label")
    return [one.get_text(" ", strip=True) for one in found]


@pytest.mark.parametrize("kind", ["RadioButtons", "Dropdown", "Checkboxes"])
def test_of_a_standard_list_the_first_options_are_shown_and_how_many_follow(studio: Flask, kind: str) -> None:
    *first, more = shown(studio, "standard-counties", kind)
    assert first == [each["label"] for each in StandardLists().options("counties", "nb")[:6]]
    assert more == f"… og {len(StandardLists().options('counties', 'nb')) - 6} til"


def test_of_lists_that_are_asked_for_later_examples_are_shown_and_nothing_is_run(studio: Flask) -> None:
    fetched = shown(studio, "parks", files={"App/options/sources/parks.json": SOURCE})
    assert fetched == [f"Eksempel {number} fra parks" for number in (1, 2, 3)]
    by_hook = shown(studio, "rooms", files={"App/logic/options/rooms.py": HOOK})
    assert by_hook == [f"Eksempel {number} fra rooms" for number in (1, 2, 3)]


def test_a_list_of_the_app_stands_before_a_standard_one_and_an_unknown_one_shows_none(studio: Flask) -> None:
    own = {"App/options/standard-counties.json": b'[{"value": "1", "label": "Our own"}]'}
    assert shown(studio, "standard-counties", files=own) == ["Our own"]
    assert shown(studio, "nobody-knows") == []
