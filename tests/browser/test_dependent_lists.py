"""Lists that depend on answers, standard lists and lists that cannot be had, in a real browser."""

from collections.abc import Callable
from typing import Any

from builders import app_files, as_json, field
from playwright.sync_api import BrowserContext, expect

from tests.browser.serving import begin, serve

TOWNS = b"""
from studio_app import Option

def options(data, parameters, context):
    towns = {"03": ["Oslo"], "46": ["Bergen", "Voss"]}
    for town in towns.get(parameters["county"], []):
        yield Option(town.lower(), town)
"""
PAGES = {
    "Side": [
        field("county", kind="Dropdown", optionsId="standard-counties"),
        field(
            "town",
            kind="RadioButtons",
            optionsId="towns",
            queryParameters={"county": ["dataModel", "county"]},
        ),
        field("country", kind="Dropdown", optionsId="standard-countries", preselectedOptionIndex=0),
        field("far", kind="Checkboxes", optionsId="far"),
    ]
}
# No environment of the tests names this server.
FAR = {"address": "https://data.example.org/far", "value": "id", "label": "name"}


def test_a_list_follows_an_answer_at_once_and_a_missing_one_says_so(
    stack: Any, new_context: Callable[[], BrowserContext], axe: Any
) -> None:
    files = app_files(
        pages=PAGES,
        fields=dict.fromkeys(("county", "town", "country", "far"), "string"),
        more={
            "App/logic/options/towns.py": TOWNS,
            "App/options/sources/far.json": as_json(FAR),
        },
    )
    page = begin(new_context(), serve(stack, "lister", files))
    page.set_viewport_size({"width": 1280, "height": 1100})
    county, towns = page.locator("#f-county"), page.locator("input[name=town]")
    expect(towns).to_have_count(0)
    county.select_option(label="Vestland")
    expect(towns).to_have_count(2)
    page.get_by_label("Voss").check()
    county.select_option(label="Oslo")
    expect(towns).to_have_count(1)
    expect(page.get_by_label("Oslo", exact=True).and_(towns)).not_to_be_checked()
    county.select_option(label="Vestland")  # the answer was taken out, and does not come back
    expect(page.get_by_label("Voss")).not_to_be_checked()
    expect(page.locator("#f-country option", has_text="Norge")).to_have_count(1)
    missing = page.locator(".form-not-there")
    expect(missing).to_contain_text("Valgene kan ikke hentes akkurat n\u00e5.")
    axe(page)
    missing.get_by_role("button", name="Pr\u00f8v igjen").click()
    expect(missing).to_be_visible()
