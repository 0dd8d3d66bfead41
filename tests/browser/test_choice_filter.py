"""Searching in a long set of choices, in a real browser."""

from typing import Any

from builders import app_files, field
from playwright.sync_api import expect

from tests.browser.conftest import NewContext, Stack
from tests.browser.serving import begin, serve

TOWNS = (
    "Oslo",
    "Bergen",
    "Trondheim",
    "Stavanger",
    "Tromsø",
    "Bodø",
    "Molde",
    "Hamar",
    "Gjøvik",
    "Larvik",
    "Arendal",
)


def test_a_long_set_of_choices_is_searched(stack: Stack, new_context: NewContext, axe: Any) -> None:
    options = [{"value": town.lower(), "label": town} for town in TOWNS]
    files = app_files(pages={"Page": (field("name", kind="MultipleSelect", options=options), field("phone"))})
    page = begin(new_context(), serve(stack, "byer", files))
    search = page.get_by_label("Søk blant valgene")
    search.fill("bo")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.get_by_label("Bodø").check()
    search.press("Enter")
    search.fill("ham")
    # What is chosen stays on the screen, also when the server has answered.
    expect(page.locator(".form-state")).to_have_text("Lagret")
    expect(page.get_by_role("checkbox")).to_have_count(2)
    expect(page.get_by_label("Bodø")).to_be_checked()
    search.fill("x")
    expect(page.get_by_text("Ingen av valgene har disse bokstavene.")).to_be_visible()
    axe(page)
    search.fill("")
    expect(page.get_by_role("checkbox")).to_have_count(len(TOWNS))
