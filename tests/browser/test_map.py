"""A map in a real browser: pointed at, drawn on, used from the keyboard; nothing comes from elsewhere."""

import base64
import re
from collections.abc import Callable
from typing import Any

import pytest
from builders import app_files, field
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NewContext, Stack
from tests.browser.serving import begin, serve

TILE = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mOsqP7/HwAFdgKz8Nn2aAAAAABJRU5ErkJggg=="
)
MEMBERS = {"data": {"type": "string"}, "label": {"type": "string"}}
SHAPES = {"type": "array", "items": {"type": "object", "properties": MEMBERS}}
TITLES = {"textResourceBindings": {"title": "Hvor er det?"}}
MAP: dict[str, Any] = {
    "id": "map",
    "type": "Map",
    "centerLocation": {"latitude": 59.9, "longitude": 10.7},
    "zoom": 8,
    "toolbar": {"marker": True, "polygon": True},
    "dataModelBindings": {"simpleBinding": "place", "geometries": "shapes"},
    **TITLES,
}

# Within a pixel of the middle of the map.
MIDDLE = re.compile(r"(59\.9\d*|59\.89\d*), (10\.7\d*|10\.69\d*)")
# How often what draws maps was fetched.
LOADED = "performance.getEntriesByType('resource').filter(e => e.name.includes('map_canvas')).length"

AtMap = Callable[[BrowserContext], Page]


@pytest.fixture(scope="module")
def address(stack: Stack) -> str:
    """An app with a page without a map, and one with."""
    pages = {"First": (field("name"), {"id": "n", "type": "NavigationButtons"}), "Map": (MAP,)}
    fields = {"name": "string", "place": "string", "shapes": SHAPES}
    return serve(stack, "kart", app_files(pages=pages, fields=fields))


@pytest.fixture
def at_map(address: str, stack: Stack) -> AtMap:
    """At the page with the map. Tiles are of one color, and any other request to elsewhere fails the test."""

    def opened(context: BrowserContext) -> Page:
        def answer(route: Route) -> None:
            url = route.request.url
            assert url.startswith("https://cache.kartverket.no/"), url
            route.fulfill(body=TILE, content_type="image/png")

        context.route(lambda url: not url.startswith((stack.test, "data:")), answer)
        page = begin(context, address)
        assert page.evaluate(LOADED) == 0
        page.get_by_role("button", name="Neste").click()
        return page

    return opened


def drawn(page: Page) -> Page:
    expect(page.locator(".leaflet-tile-loaded").first).to_be_visible()
    return page


def test_a_place_is_pointed_out_on_the_map(new_context: NewContext, at_map: AtMap, axe: Any) -> None:
    page = drawn(at_map(new_context()))
    axe(page)
    place = page.get_by_label("Breddegrad og lengdegrad")
    page.locator(".form-map-canvas").click()
    expect(place).to_have_value(MIDDLE)
    expect(page.locator(".form-state")).to_have_text("Lagret")
    expect(page.locator(".form-map-pin")).to_have_count(1)
    place.fill("60.5, 11")
    place.press("Tab")
    expect(page.locator(".form-state")).to_have_text("Lagret")
    page.reload()
    expect(place).to_have_value("60.5, 11")
    expect(page.locator(".form-map-pin")).to_have_count(1)


def test_the_middle_of_the_map_is_taken_from_the_keyboard(new_context: NewContext, at_map: AtMap) -> None:
    page = drawn(at_map(new_context()))
    canvas = page.locator(".form-map-canvas")
    canvas.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Breddegrad og lengdegrad")).to_have_value(MIDDLE)
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Breddegrad og lengdegrad")).not_to_have_value(MIDDLE)
    expect(page).to_have_url(re.compile("/Map$"))


def test_an_area_is_drawn_and_taken_away(new_context: NewContext, at_map: AtMap, axe: Any) -> None:
    page = drawn(at_map(new_context()))
    page.get_by_role("button", name="Område", exact=True).click()
    canvas = page.locator(".form-map-canvas")
    for x, y in ((100, 100), (200, 100), (150, 200)):
        canvas.click(position={"x": x, "y": y})
    page.get_by_role("button", name="Ferdig").click()
    expect(page.locator(".form-file-name")).to_have_text(["Område"])
    expect(page.locator("path.leaflet-interactive")).to_have_count(1)
    axe(page)
    page.get_by_role("button", name="Fjern").click()
    expect(page.locator(".form-file-name")).to_have_count(0)


def test_a_map_on_a_small_screen_fits_it(new_context: NewContext, at_map: AtMap) -> None:
    page = drawn(at_map(new_context(viewport={"width": 320, "height": 700})))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_without_scripts_a_place_is_written(new_context: NewContext, address: str) -> None:
    page = begin(new_context(java_script_enabled=False), address)
    page.get_by_role("button", name="Neste").click()
    page.get_by_label("Breddegrad og lengdegrad").fill("59,9 10,7")
    page.get_by_text("Legg til med koordinater").click()
    page.get_by_label("Punkter").fill("59.1, 10.1")
    page.get_by_role("button", name="Legg til", exact=False).click()
    expect(page.get_by_label("Breddegrad og lengdegrad")).to_have_value("59.9, 10.7")
    expect(page.locator(".form-file-name")).to_have_text(["Punkt"])
