"""Many components at once in a real browser: chosen by mouse and keyboard, edited together, undone once."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_layout_editor import Editor, item, saved

LAYOUT: list[dict[str, Any]] = [
    {"id": "intro", "type": "Paragraph", "textResourceBindings": {"title": "Les dette"}},
    *(
        {
            "id": name,
            "type": kind,
            "textResourceBindings": {"title": f"Tekst {name}"},
            "dataModelBindings": {},
        }
        for name, kind in (("one", "Input"), ("two", "Input"), ("three", "TextArea"), ("four", "Input"))
    ),
]
LAYOUT[-1]["required"] = ["equals", ["component", "one"], "x"]


@pytest.fixture
def editor(stack: Any) -> Editor:
    """An app with a paragraph and four fields."""
    return Editor(stack, LAYOUT, [])


@pytest.fixture
def page(sign_in: Any, new_context: Any, editor: Editor) -> Page:
    """The editor, opened by Kari."""
    page: Page = new_context().new_page()
    sign_in(page, "kari")
    page.goto(editor.address)
    page.locator("page-list:defined").first.wait_for(state="attached")
    page.locator("component-search:defined").first.wait_for(state="attached")
    return page


def chosen(page: Page) -> list[str]:
    found = page.locator("[data-component][data-chosen]")
    return [str(one.get_attribute("data-component")) for one in found.all()]


def values(editor: Editor, name: str) -> list[Any]:
    return [one.get(name) for one in editor.layout()]


def test_a_range_by_mouse_gets_one_value_and_one_undo_takes_it_back(page: Page, editor: Editor) -> None:
    item(page, "one").locator(".canvas-tag").first.click()
    item(page, "three").click(modifiers=["Shift"])
    assert chosen(page) == ["one", "two", "three"]
    item(page, "two").click(modifiers=["Control"])
    assert chosen(page) == ["one", "three"]
    expect(page.locator("#panel-heading")).to_contain_text("2")

    page.locator("#all-readOnly").select_option("true")
    saved(page)
    assert values(editor, "readOnly") == [None, True, None, True, None]
    expect(page.locator("#all-readOnly")).to_have_value("true")
    assert chosen(page) == ["one", "three"]

    item(page, "one").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("#all-readOnly")).to_have_value("false")
    assert values(editor, "readOnly") == [None] * 5


def test_a_range_by_keyboard_is_put_into_a_group_duplicated_and_deleted(page: Page, editor: Editor) -> None:
    item(page, "one").focus()
    page.keyboard.press("Shift+ArrowDown")
    assert chosen(page) == ["one", "two"]

    page.locator("#together summary").press("Enter")
    page.locator("#group-type").select_option("Accordion")
    page.locator("#group-form button").press("Enter")
    expect(item(page, "accordion1")).to_be_visible()
    saved(page)
    assert editor.shown()[1] == {"accordion1": ["one", "two"]}
    # The panel comes after the page, and is of what is chosen now.
    expect(page.locator("#panel-heading")).not_to_contain_text("valgt")

    page.keyboard.press("Escape")
    item(page, "three").focus()
    page.keyboard.press("Shift+ArrowDown")
    page.keyboard.press("Control+d")
    expect(page.locator("[data-component]")).to_have_count(8)
    saved(page)
    page.keyboard.press("Delete")
    expect(page.locator("[data-component]")).to_have_count(6)
    saved(page)
    assert len(editor.layout()) == 6


def test_what_was_just_added_is_taken_back_before_its_text_is_written(page: Page, editor: Editor) -> None:
    item(page, "two").locator(".canvas-tag").first.click()
    expect(page.locator("#panel")).not_to_have_attribute("inert", "")
    page.locator("#palette-search").fill("kort")
    page.keyboard.press("Enter")
    expect(page.locator(".inline-text")).to_be_focused()
    saved(page)
    page.keyboard.press("Control+z")
    expect(page.locator("[data-component]")).to_have_count(5)
    assert len(editor.layout()) == 5
    # The keyboard goes on at what stands there now.
    expect(item(page, "three")).to_be_focused()

    # Once something is written, the field undoes that itself.
    page.keyboard.press("Enter")
    page.keyboard.type("x")
    page.keyboard.press("Control+z")
    expect(page.locator(".inline-text")).to_have_value("Tekst three")
    expect(page.locator("[data-component]")).to_have_count(5)


def test_what_is_found_is_chosen_without_leaving_the_page(page: Page, editor: Editor) -> None:
    page.locator("#component-search").fill("input")
    page.locator("#found a[data-choose]").first.wait_for()
    all_of_them = page.locator("#found .found__acts a[data-choose]")
    all_of_them.click()
    assert set(chosen(page)) >= {"one", "two", "four"}
    expect(page.locator("#shared-properties")).to_be_visible()

    page.locator("#component-search").fill("three")
    expect(page.locator("#found .found__rows > li")).to_have_count(1)
    page.locator("#found .found__rows a").click()
    assert chosen(page) == ["three"]


def test_a_field_becomes_another_type_and_undo_brings_it_back(page: Page, editor: Editor) -> None:
    item(page, "one").locator(".canvas-tag").first.click()
    page.locator("#together summary").click()
    page.locator('.turnings form:has(input[value="TextArea"]) button').click()
    expect(page.locator('[data-component="one"][data-type="TextArea"]')).to_be_visible()
    saved(page)
    assert values(editor, "type")[1] == "TextArea"


def test_the_panel_of_many_and_the_pages_beside_the_editor_have_no_faults(
    page: Page, editor: Editor, axe: Any
) -> None:
    page.goto(f"{editor.address}?selected=one&selected=three&find=tekst")
    page.locator("#together summary").click()
    axe(page)
    page.goto(f"{editor.address}/take?selected=one&selected=three")
    axe(page)
    page.locator("#field-name").fill("En del")
    page.get_by_role("button", name="blokk").click()
    page.locator(".blocks li").first.wait_for()
    axe(page)
    page.locator(".blocks form button").first.click()
    page.locator("[name=sure]").wait_for()
    axe(page)
    page.locator("[name=sure]").click()
    page.locator("page-list:defined").first.wait_for(state="attached")
    assert len(chosen(page)) == 2


def test_what_is_still_asked_about_is_said_until_the_next_edit_and_each_panel_begins_at_its_top(
    page: Page, editor: Editor
) -> None:
    note = page.locator("#edit-note")
    item(page, "two").locator(".canvas-tag").first.click()
    expect(page.locator("#panel-heading")).to_contain_text("Kort svar")
    page.locator("#together summary").click()  # at the end of the panel
    item(page, "three").locator(".canvas-tag").first.click()
    expect(page.locator("#panel-heading")).to_contain_text("Langt svar")
    expect(page.locator("#panel-heading")).to_be_in_viewport()

    item(page, "one").locator(".canvas-tag").first.click()
    page.keyboard.press("Delete")
    expect(item(page, "one")).to_have_count(0)
    expect(note).to_contain_text("fortsatt i bruk i: Tekst four")

    page.keyboard.press("Control+z")
    expect(item(page, "one")).to_be_visible()
    expect(note).to_be_hidden()
