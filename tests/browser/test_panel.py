"""The panel of nested properties in a real browser, from the keyboard alone."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Axe, NewContext, SignIn, Stack
from tests.browser.test_layout_editor import Editor

LAYOUT: list[dict[str, Any]] = [
    {"id": "go", "type": "CustomButton", "textResourceBindings": {"title": "Videre"}, "actions": []},
    {"id": "grid", "type": "Grid", "rows": [{"cells": [{"text": "Hva"}, None]}, {"cells": [None, None]}]},
    {"id": "rows", "type": "RepeatingGroup", "dataModelBindings": {}, "children": ["item"]},
    {"id": "item", "type": "Input", "dataModelBindings": {}, "textResourceBindings": {"title": "Vare"}},
    {"id": "name", "type": "Input", "dataModelBindings": {}, "textResourceBindings": {"title": "Navn"}},
    {"id": "tabs", "type": "Tabs", "tabs": [{"id": "t1", "title": "En", "children": []}]},
]


@pytest.fixture
def editor(stack: Stack) -> Editor:
    return Editor(stack, LAYOUT, [])


def open_panel(page: Page, editor: Editor, name: str) -> None:
    page.goto(f"{editor.address}?selected={name}&lang=nb&more=1")
    expect(page.locator("#panel")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")


def part(editor: Editor, name: str) -> dict[str, Any]:
    return next(one for one in editor.layout() if one["id"] == name)


def test_an_action_is_added_chosen_moved_and_removed_from_the_keyboard(
    page: Page, editor: Editor, sign_in: SignIn, axe: Axe
) -> None:
    sign_in(page, "kari")
    open_panel(page, editor, "go")
    page.locator("#set-actions-put").press("Enter")
    kind = page.locator("#set-actions-0")
    expect(kind).to_be_focused()
    kind.select_option("2")
    expect(page.locator("#set-actions-0-metadata-page")).to_be_visible()
    expect(page.locator("#set-actions-0")).to_be_focused()
    page.locator("#set-actions-put").press("Enter")
    expect(page.locator("#set-actions-1")).to_be_focused()
    page.locator("#set-actions-1-up").press("Enter")
    expect(page.locator("#set-actions-0-up")).to_be_focused()
    saved(page)
    assert [one["id"] for one in part(editor, "go")["actions"]] == ["nextPage", "navigateToPage"]
    axe(page)
    page.locator("#set-actions-0-remove").press("Enter")
    expect(page.locator("#set-actions-0")).to_be_focused()
    saved(page)
    assert [one["id"] for one in part(editor, "go")["actions"]] == ["navigateToPage"]


def test_cells_get_the_label_of_a_component_and_a_component(
    page: Page, editor: Editor, sign_in: SignIn, axe: Axe
) -> None:
    sign_in(page, "kari")
    open_panel(page, editor, "grid")
    page.locator("#set-rows-1-cells-0-box > summary").press("Enter")
    page.locator("#set-rows-1-cells-0").select_option("2")
    label = page.locator("#set-rows-1-cells-0-labelFrom")
    expect(label).to_be_visible()
    label.select_option("name")
    expect(page.locator("#set-rows-1-cells-0-box .cell__content")).to_contain_text("Navn")
    axe(page)
    page.locator("#set-rows-1-cells-1-box > summary").press("Enter")
    page.locator("#set-rows-1-cells-1-component-put").select_option("name")
    expect(
        page.locator('[data-inside="grid#rows/1/cells/1/component"] [data-component="name"]')
    ).to_be_visible()
    saved(page)
    assert part(editor, "grid")["rows"][1] == {"cells": [{"labelFrom": "name"}, {"component": "name"}]}


def test_a_column_is_chosen_by_its_component_and_given_a_width(
    page: Page, editor: Editor, sign_in: SignIn, axe: Axe
) -> None:
    sign_in(page, "kari")
    open_panel(page, editor, "rows")
    page.locator("#set-tableColumns-put").focus()
    page.locator("form:has(#set-tableColumns-put) button").press("Enter")
    expect(page.locator("#set-tableColumns-item")).to_be_focused()
    width = page.locator("#set-tableColumns-item-width")
    width.fill("40%")
    width.press("Tab")
    saved(page)
    assert part(editor, "rows")["tableColumns"] == {"item": {"width": "40%"}}
    axe(page)


def test_a_component_goes_into_a_tab_from_the_keyboard_and_out_again(
    page: Page, editor: Editor, sign_in: SignIn
) -> None:
    sign_in(page, "kari")
    open_panel(page, editor, "name")

    item = page.locator('[data-component="name"]')
    item.focus()
    for key in ("Space", "ArrowDown", "Space"):
        page.keyboard.press(key)
    expect(page.locator('[data-inside="tabs#tabs/0/children"] [data-component="name"]')).to_be_visible()
    saved(page)
    assert part(editor, "tabs")["tabs"][0]["children"] == ["name"]

    page.locator('[data-component="name"]').focus()
    for key in ("Space", "ArrowLeft", "Space"):
        page.keyboard.press(key)
    expect(page.locator('[data-inside=""] > [data-component="name"]')).to_be_visible()
    saved(page)
    assert part(editor, "tabs")["tabs"][0]["children"] == []


def test_a_component_is_dragged_into_a_cell(page: Page, editor: Editor, sign_in: SignIn) -> None:
    sign_in(page, "kari")
    open_panel(page, editor, "go")
    cell = page.locator('[data-inside="grid#rows/1/cells/1/component"]')

    page.locator('[data-component="name"]').drag_to(cell)

    expect(cell.locator('[data-component="name"]')).to_be_visible()
    saved(page)
    assert part(editor, "grid")["rows"][1]["cells"][1] == {"component": "name"}


def test_a_tab_is_added_without_scripts(new_context: NewContext, editor: Editor, sign_in: SignIn) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, "kari")
    open_panel(page, editor, "tabs")

    page.locator("#set-tabs-put").click()
    page.wait_for_url("**#set-tabs-1")
    title = page.locator("#set-tabs-1-title")
    title.fill("To")
    page.locator("#set-tabs-1-title-form").get_by_role("button", name="Lagre").click()

    assert [tab["id"] for tab in part(editor, "tabs")["tabs"]] == ["t1", "tab1"]
    written = editor.app.texts("nb").get(part(editor, "tabs")["tabs"][1]["title"])
    assert written is not None
    assert written.value == "To"
