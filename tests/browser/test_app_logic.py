"""Python hooks in a real browser: what they say stands beside the field, and previews tell why they fail."""

from datetime import UTC, datetime
from typing import Any

import pytest
from builders import app_files, field
from playwright.sync_api import Page, expect

from studio.history.commits import Author
from studio.history.repositories import Repositories

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SOURCE = b"""
from studio_app import Issue

def validate(data, context):
    if data.get("age", 18) < 18:
        yield Issue("age", "For ung.")

def calculate(data, context):
    if data.get("age") == 66:
        print("her")
        return data["missing"]
    return {"name": f"{data.get('age')} \xc3\xa5r"}
"""


@pytest.fixture(scope="module")
def app_name(stack: Any) -> str:
    """An app with a form of two fields and a hook for each."""
    pages = {"Side1": [field("name"), field("age")]}
    files = app_files(pages=pages, more={"App/logic/rules.py": SOURCE})
    author = Author("Kari Lunde", "kari@example.org")
    Repositories(stack.data / "repos").create("ttd", "kroker", files, author, "Begin", NOW)
    return "kroker"


def test_a_designer_sees_hooks_work_and_fail_in_the_preview(
    stack: Any, page: Page, sign_in: Any, app_name: str, axe: Any
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/{app_name}/preview")
    form = page.frame_locator("form-preview iframe")
    form.locator("#f-age").fill("17")
    form.locator("#f-age").press("Tab")
    expect(form.get_by_text("For ung.")).to_be_visible()
    expect(form.locator("#f-name")).to_have_value("17 \u00e5r")
    form.locator("#f-age").fill("66")
    form.locator("#f-age").press("Tab")
    failure = form.get_by_role("alert").filter(has_text="App/logic/rules.py:11")
    expect(failure).to_be_visible()
    failure.get_by_text("KeyError: 'missing'").first.wait_for()
    failure.locator("summary").click()
    expect(failure.locator("pre")).to_contain_text('return data["missing"]')
    expect(form.locator(".hook-printed")).to_contain_text("her")
    expect(form.locator("#f-age")).to_have_value("66")
    axe(page)


def test_a_developer_makes_a_hook_mends_it_and_tries_it_by_the_keyboard(
    stack: Any, new_context: Any, sign_in: Any, axe: Any
) -> None:
    files = app_files(pages={"Side1": [field("name"), field("age")]})
    author = Author("Kari Lunde", "kari@example.org")
    Repositories(stack.data / "repos").create("ttd", "logikk", files, author, "Begin", NOW)
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/logikk/rules/hooks")
    axe(page)
    page.get_by_role("radio", name="Regn ut felt").check()
    page.get_by_label("Navn på filen").fill("alder")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1, name="App/logic/alder.py", exact=True)).to_be_visible()
    page.locator("code-editor[data-ready]").wait_for(state="attached")
    axe(page)

    code = page.get_by_role("textbox", name="Python-kode. Escape og deretter Tab går ut av redigeringsfeltet")
    findings = page.locator("[data-findings]")
    write(page, code, "def calculate(data, context)\n")
    expect(findings.get_by_role("button", name="Linje 1")).to_contain_text("Dette er ikke Python")
    write(page, code, "def calculate(data, context):\nprint('her')\nreturn {'name': str(data['agee'])}")
    expect(findings.get_by_role("button", name="Linje 3")).to_contain_text("agee")
    page.keyboard.press("Escape")  # and then Tab leaves the code
    page.keyboard.press("Tab")
    expect(code).not_to_be_focused()

    try_until_it_works(page, code, axe)
    page.get_by_role("button", name="Lagre koden", exact=True).press("Enter")
    expect(page.get_by_role("status").filter(has_text="Koden er lagret")).to_be_visible()


def try_until_it_works(page: Page, code: Any, axe: Any) -> None:
    answers = page.get_by_label("Svar (JSON)", exact=True)
    answers.fill('{"age": 17}')
    page.get_by_role("button", name="Kjør funksjonen").press("Enter")
    outcome = page.locator("#outcome")
    expect(outcome.get_by_text("KeyError", exact=True)).to_be_in_viewport()
    expect(outcome.get_by_role("link", name="App/logic/alder.py, linje 3")).to_be_visible()
    axe(page)
    page.locator("code-editor[data-ready]").wait_for(state="attached")
    write(page, code, "def calculate(data, context):\nreturn {'name': str(data['age'])}")
    expect(page.locator("[data-check-words]")).to_have_text("Ingen feil")
    page.get_by_role("button", name="Kjør funksjonen").press("Enter")
    expect(outcome.get_by_role("row", name='name Ikke svart "17"')).to_be_visible()
    expect(answers).to_have_value('{"age": 17}')
    axe(page)


def write(page: Page, code: Any, text: str) -> None:
    """Types code in the place of what stands there; the editor itself puts in the space in front of lines."""
    code.focus()
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    page.keyboard.type(text)
