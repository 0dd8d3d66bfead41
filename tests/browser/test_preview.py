"""The preview in a real browser: the draft in the runtime, alone and beside the canvas."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio.definition.app import AppDefinition
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.repositories import Repositories

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")
LAYOUT = [
    {"id": "name", "type": "Input", "textResourceBindings": {"title": "Navnet ditt"}, "dataModelBindings": {}}
]


@pytest.fixture(scope="module")
def app_name(stack: Any) -> str:
    """An app with one field, "Navnet ditt"."""
    blank = AppDefinition(new_app("vises", "ttd", {"nb": "Vises"}, "blank"))
    page = blank.layout_sets[0].pages[0]
    files = dict(blank.files) | {page.path: json.dumps({"data": {"layout": LAYOUT}}, indent=2).encode()}
    Repositories(stack.data / "repos").create("ttd", "vises", MemoryFiles(files), KARI, "Begin", NOW)
    return "vises"


def test_the_draft_is_shown_by_the_runtime_at_three_widths(
    stack: Any, page: Page, sign_in: Any, app_name: str, axe: Any
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/{app_name}/preview")
    frame = page.locator("form-preview iframe")
    expect(frame).to_be_visible()
    source = frame.get_attribute("src") or ""
    assert source.startswith(f"{stack.test}/preview/")
    expect(page.frame_locator("form-preview iframe").locator("h1").first).to_be_visible()
    for name, width in (("phone", 390), ("tablet", 768)):
        page.locator(f'.form-preview__widths label:has([value="{name}"])').click()
        expect(page.locator("form-preview")).to_have_attribute("data-width", name)
        expect(frame).to_have_js_property("clientWidth", width)
    axe(page)


def test_the_preview_beside_the_canvas_follows_every_edit(
    stack: Any, page: Page, sign_in: Any, app_name: str
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/{app_name}/form")
    page.locator("[data-preview-toggle]").click()
    expect(page.frame_locator("#editor-preview iframe").locator("h1").first).to_be_visible()
    page.locator('[data-component="name"]').dblclick()
    page.locator(".inline-text").fill("Fullt navn")
    with page.expect_response(lambda answer: answer.url.endswith("/preview") and answer.ok):
        page.locator(".inline-text").press("Enter")
    expect(page.locator("[data-preview-message]")).to_be_hidden()


def test_the_preview_works_without_javascript(
    stack: Any, new_context: Any, sign_in: Any, app_name: str
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/{app_name}/preview")
    inside = page.frame_locator("form-preview iframe")
    expect(inside.locator("h1").first).to_be_visible()


def test_a_runtime_that_does_not_answer_is_said_in_words(
    stack: Any, page: Page, sign_in: Any, app_name: str
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/{app_name}/preview")
    page.route("**/preview", lambda route: route.fulfill(status=503, json={"detail": "Test svarer ikke."}))
    page.locator("[data-preview-reload]").click()
    expect(page.locator("[data-preview-message]")).to_have_text("Test svarer ikke.")
    expect(page.locator("form-preview iframe")).to_be_hidden()


def test_the_preview_beside_the_canvas_opens_at_its_page_keeps_what_is_written_and_begins_again(
    stack: Any, page: Page, sign_in: Any
) -> None:
    files = new_app("fylles", "ttd", {"nb": "Fylles"}, "contact")
    Repositories(stack.data / "repos").create("ttd", "fylles", files, KARI, "Begin", NOW)
    layout_set = AppDefinition(files).layout_sets[0]
    first = layout_set.pages[0].name
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/fylles/form/{layout_set.id}/{first}")
    page.locator("[data-preview-toggle]").click()
    inside = page.frame_locator("#editor-preview iframe")
    name = inside.locator('[name="fullName"]')
    expect(inside.locator("form.form")).to_have_attribute("action", re.compile(f"/{first}$"))
    name.fill("Vennlig Fjellrev")
    name.press("Tab")
    expect(inside.locator('.form-state[data-state="saved"]')).to_be_attached()
    page.locator("[data-preview-reload]").click()
    expect(page.locator("form-preview")).not_to_have_attribute("data-loading", "")
    expect(name).to_have_value("Vennlig Fjellrev")
    page.locator("[data-preview-again]").click()
    expect(name).to_have_value("")
