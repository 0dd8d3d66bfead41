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
