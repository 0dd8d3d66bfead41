"""The panel while the one of a new selection is on its way, and what the canvas keeps after an edit."""

from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import SignIn, Stack
from tests.browser.test_layout_editor import Editor, drag, item, saved

LAYOUT: list[dict[str, Any]] = [
    {"id": "first", "type": "Input", "textResourceBindings": {"title": "En"}, "dataModelBindings": {}},
    {"id": "second", "type": "Input", "textResourceBindings": {"title": "To"}, "dataModelBindings": {}},
    {
        "id": "tabs",
        "type": "Tabs",
        "tabs": [
            {"id": "t1", "title": "Fane en", "children": ["inside"]},
            {"id": "t2", "title": "Fane to", "children": []},
        ],
    },
    {"id": "folded", "type": "Accordion", "textResourceBindings": {"title": "Mer"}, "children": ["hidden"]},
    {"id": "inside", "type": "Input", "textResourceBindings": {"title": "Inni"}, "dataModelBindings": {}},
    {"id": "hidden", "type": "Paragraph", "textResourceBindings": {"title": "Gjemt"}},
]


@pytest.fixture
def editor(stack: Stack) -> Editor:
    return Editor(stack, LAYOUT, [])


@pytest.fixture
def opened(page: Page, editor: Editor, sign_in: SignIn) -> Page:
    """The editor with the first component chosen."""
    sign_in(page, "kari")
    page.goto(f"{editor.address}?selected=first&lang=nb")
    page.locator("page-list:defined").first.wait_for(state="attached")
    expect(page.locator("#set-required")).to_be_visible()
    return page


def test_undo_right_after_an_edit_waits_for_the_bar_unless_something_else_is_done(opened: Page) -> None:
    page = opened
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    def press_while_the_bar_is_old(*keys: str) -> None:
        """Press the switch, and these keys while the bar still says that there is nothing to take back."""
        page.locator("#set-required").press("Space")
        saved(page)
        expect(page.locator("#panel")).not_to_have_attribute("inert", "")
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_timeout(1500)
        held.pop(0).continue_()

    page.route("**/ttd/*/draft", hold)
    press_while_the_bar_is_old("Control+z")
    expect(page.locator("#set-required")).not_to_be_checked()
    while held:
        held.pop(0).continue_()
    expect(page.locator("#draft-redo")).to_be_enabled()

    press_while_the_bar_is_old("Control+z", "Tab")
    expect(page.locator("#draft-undo")).to_be_enabled()
    expect(page.locator("#set-required")).to_be_checked()


def test_an_edit_right_after_another_choice_never_goes_to_the_earlier_one(
    opened: Page, editor: Editor
) -> None:
    page = opened
    held: list[Route] = []

    def hold(route: Route) -> None:  # Playwright marks its handlers, which it cannot do with list.append
        held.append(route)

    page.route("**/panel?*", hold)
    item(page, "second").click()
    expect(page.locator("#panel")).to_have_attribute("inert", "")
    box = page.locator("#set-required").bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 5, box["y"] + 5)
    page.evaluate("document.getElementById('set-required').focus()")
    page.keyboard.press("Space")
    page.keyboard.press("Escape")  # what Space picked up on the canvas is put back
    assert editor.layout() == LAYOUT

    for route in held:
        route.continue_()
    page.unroute_all()
    expect(page.locator("#panel")).not_to_have_attribute("inert", "")
    page.locator("#set-required").check()
    saved(page)
    assert "required" not in editor.layout()[0]
    assert editor.layout()[1]["required"] is True


def test_the_panel_comes_when_there_is_contact_again(opened: Page, editor: Editor) -> None:
    page = opened
    page.context.set_offline(True)
    item(page, "second").click()
    expect(page.locator("#edit-banner")).to_contain_text("kontakt")
    page.context.set_offline(False)
    expect(page.locator("#panel")).not_to_have_attribute("inert", "")
    expect(page.locator("#edit-banner")).to_be_hidden()
    page.locator("#set-required").check()
    saved(page)
    assert editor.layout()[1]["required"] is True


def test_a_button_of_the_panel_can_be_pressed_again_and_again_from_the_keyboard(
    opened: Page, editor: Editor
) -> None:
    page = opened
    page.locator("#act-down").focus()
    for there in (["second", "first"], ["second", {"tabs": ["inside"]}, "first"]):
        page.keyboard.press("Enter")
        saved(page)
        expect(page.locator("#panel")).not_to_have_attribute("inert", "")
        expect(page.locator("#act-down")).to_be_focused()
        assert editor.shown()[: len(there)] == there


def test_what_is_folded_on_the_canvas_stays_so_after_an_edit(opened: Page, editor: Editor) -> None:
    page = opened
    page.locator("#part-f-tabs-0 > summary").click()
    page.locator("#part-f-folded > summary").click()
    expect(item(page, "inside")).to_be_hidden()
    expect(item(page, "hidden")).to_be_hidden()
    item(page, "tabs").click(position={"x": 5, "y": 5})
    drag(page, item(page, "second"), *_middle(page, '[data-inside="tabs#tabs/1/children"]'))
    saved(page)
    expect(page.locator('[data-inside="tabs#tabs/1/children"] [data-component="second"]')).to_be_visible()
    expect(item(page, "inside")).to_be_hidden()
    expect(item(page, "hidden")).to_be_hidden()
    assert editor.layout()[1]["id"] == "second"


def _middle(page: Page, selector: str) -> tuple[float, float]:
    box = page.locator(selector).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
