"""Subforms in a real browser: into an entry and back, what is wrong there, and what paper shows."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio.definition.files import folder_files
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment


@pytest.fixture
def form(stack: Any, vectors: Path, new_context: Any) -> Page:
    """The first page of an app with two subforms."""
    key = (stack.data / "keys" / "test-environment").read_text().strip()
    client = ManagementClient(Environment("test", stack.test, stack.test, key))
    bundle = bundle_of(folder_files(vectors / "apps/test-apps-v9/subform-test"))
    client.hand_over(bundle)
    client.activate("ttd", "subforms", release="r1", version=1, bundle=bundle.id, by="test")
    client.close()
    page: Page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{stack.test}/ttd/subforms/")
    page.get_by_role("button", name="Vennlig Fjellrev").click()
    page.locator(".public-start button").click()
    page.wait_for_selector("form-page")
    return page


def test_an_entry_is_filled_in_mended_and_deleted(form: Page, axe: Any) -> None:
    asked: list[str] = []
    form.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    form.locator("[name=Navn]").fill("Kari")
    form.locator("[name=Alder]").fill("40")
    form.locator('button[value="add-entry:subform-mopeder"]').click()
    form.locator("[name=RegNo]").fill("AB1234")
    axe(form)
    form.locator('button[value="close-entry"]').click()
    rows = form.locator(".form-subform tr.form-row")
    expect(rows).to_contain_text("AB1234")
    expect(form.locator("[name=Navn]")).to_have_value("Kari")
    assert form.evaluate("document.activeElement.id") == "f-subform-mopeder"
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")
    axe(form)

    form.goto(form.url.partition("?")[0].replace("/utfylling", "/oppsummering"))
    form.locator('button[value="submit"]').click()
    wrong = form.locator("#error-summary a", has_text="Modell")
    wrong.click()
    expect(form.locator("[name=Modell]")).to_be_focused()
    form.locator('button[value="close-entry"]').click()
    form.locator("button[value^='delete-entry:']").click()
    expect(rows).to_have_count(0)
    assert len(asked) == 1
    assert "AB1234" in asked[0]


def test_on_paper_there_is_nothing_to_press(form: Page) -> None:
    form.locator("[name=Navn]").fill("Kari")
    form.emulate_media(media="print")
    expect(form.locator("[name=Navn]")).to_be_visible()
    for button in form.locator("main button").all():
        expect(button).not_to_be_visible()
    expect(form.locator(".public-tools")).not_to_be_visible()
