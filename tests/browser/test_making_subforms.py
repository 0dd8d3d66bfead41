"""A subform is made in the editor, gets its fields and columns there, and is filled in."""

import re
from typing import Any

from playwright.sync_api import Page, expect

from studio.definition.checks import check
from tests.browser.conftest import Axe, NewContext, SignIn, Stack
from tests.browser.serving import begin, serve
from tests.browser.test_layout_editor import Editor

LAYOUT: list[dict[str, Any]] = [
    {"id": "children", "type": "Subform", "layoutSet": "", "tableColumns": []},
    {"id": "send", "type": "Button"},
]


def saved(page: Page) -> None:
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")


def test_a_subform_is_made_built_and_filled_in_without_touching_json(
    stack: Stack, page: Page, new_context: NewContext, sign_in: SignIn, axe: Axe
) -> None:
    editor = Editor(stack, LAYOUT, [])
    sign_in(page, "kari")
    make(page, editor, axe)
    put_a_field_in(page)
    show_it_in_a_column(page, editor)
    assert not [found for found in check(editor.app) if found.severity == "error"]

    form = begin(new_context(), serve(stack, "making-subforms", editor.app.files))
    form.get_by_role("button", name=re.compile("^Legg til")).click()
    form.locator("[name=fornavn]").fill("Ada")
    form.get_by_role("button", name="Ferdig", exact=True).click()
    expect(form.locator(".form-subform tr.form-row")).to_contain_text("Ada")


def make(page: Page, editor: Editor, axe: Axe) -> None:
    """Make the form; its own page is opened by the link that has the focus then."""
    open_panel(page, editor)
    panel = page.locator("#panel")
    panel.get_by_label("Navn på det nye underskjemaet", exact=True).fill("Mine barn")
    panel.get_by_role("button", name="Lag", exact=True).press("Enter")
    way_in = panel.get_by_role("link", name="Åpne skjemaet Mine barn", exact=True)
    expect(way_in).to_be_focused()
    saved(page)
    axe(page)
    way_in.press("Enter")
    expect(page).to_have_url(re.compile("/form/mineBarn/mineBarn"))
    page.locator("page-list:defined").first.wait_for(state="attached")
    expect(page.locator("#canvas").get_by_text("Ferdig", exact=True)).to_be_visible()


def put_a_field_in(page: Page) -> None:
    page.get_by_role("button", name="Kort svar", exact=True).click()
    name = page.locator("#panel").get_by_label("Navn på det nye feltet", exact=True)
    expect(name).to_be_visible()
    saved(page)
    name.fill("fornavn")
    page.locator("#panel").get_by_role("button", name="Lag", exact=True).click()
    expect(page.locator("#bind-simpleBinding")).to_have_value("fornavn")
    saved(page)


def show_it_in_a_column(page: Page, editor: Editor) -> None:
    """A new column shows the first field of the form inside."""
    open_panel(page, editor)
    page.locator("#set-tableColumns-put").press("Enter")
    expect(page.locator("#set-tableColumns-0-cellContent-query")).to_have_value("fornavn")
    saved(page)


def open_panel(page: Page, editor: Editor) -> None:
    page.goto(f"{editor.address}?selected=children&lang=nb")
    page.locator("page-list:defined").first.wait_for(state="attached")
