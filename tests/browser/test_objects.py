"""Lists of objects, and the state of signing and payment, in a real browser."""

from typing import Any

from builders import app_files
from playwright.sync_api import expect

from tests.browser.conftest import NewContext, Stack
from tests.browser.serving import begin, serve

MEMBERS = {
    "name": {"type": "string", "title": "Navn"},
    "color": {"type": "string", "title": "Farge", "enum": ["rød", "blå"]},
}
LIST = {"type": "array", "items": {"type": "object", "properties": MEMBERS}}
OPTIONS = [{"label": "Rød", "value": "rød"}, {"label": "Blå", "value": "blå"}]
TABLE = {
    "id": "table",
    "type": "SimpleTable",
    "title": "Folk",
    "enableEdit": True,
    "enableDelete": True,
    "dataModelBindings": {"tableData": "people"},
    "columns": [
        {"header": "Navn", "accessors": ["name"]},
        {"header": "Farge", "accessors": ["color"], "component": {"type": "radio", "options": OPTIONS}},
    ],
}
ADD = {"id": "add", "type": "AddToList", "title": "Nye folk", "dataModelBindings": {"data": "people"}}
STEPS = [
    {"id": kind, "type": kind, "textResourceBindings": {"title": kind}}
    for kind in ("SigneeList", "SigningActions", "SigningDocumentList", "Payment", "PaymentDetails")
]


def test_objects_are_added_changed_and_deleted(stack: Stack, new_context: NewContext, axe: Any) -> None:
    files = app_files(pages={"Page": (TABLE, ADD)}, fields={"people": LIST})
    page = begin(new_context(), serve(stack, "folk", files))
    page.get_by_role("button", name="Legg til ny Nye folk").click()
    expect(page.get_by_label("Navn")).to_be_focused()
    page.get_by_label("Navn").fill("Kari")
    axe(page)
    page.get_by_role("button", name="Lagre og lukk").click()
    expect(page.get_by_text("Én er lagt til.")).to_be_visible()
    row = page.get_by_role("row").nth(1)
    expect(row).to_contain_text("Kari")
    row.get_by_label("Blå").check()
    expect(page.locator(".form-state")).to_have_text("Lagret")
    axe(page)
    row.get_by_role("button", name="Rediger").click()
    page.get_by_label("Navn").fill("Kari Nordmann")
    expect(page.locator(".form-state")).to_have_text("Lagret")
    expect(row).to_contain_text("Kari Nordmann")
    page.get_by_role("button", name="Lagre og lukk").click()
    expect(page.get_by_label("Navn")).to_have_count(0)
    expect(row.get_by_label("Blå")).to_be_checked()
    page.once("dialog", lambda dialog: dialog.dismiss())
    row.get_by_role("button", name="Slett").click()
    expect(row).to_contain_text("Kari Nordmann")
    page.once("dialog", lambda dialog: dialog.accept())
    row.get_by_role("button", name="Slett").click()
    expect(page.get_by_text("Her er det ingenting ennå.")).to_be_visible()


def test_a_step_without_signing_or_payment_says_so(stack: Stack, new_context: NewContext, axe: Any) -> None:
    files = app_files(pages={"Page": STEPS})
    page = begin(new_context(viewport={"width": 390, "height": 844}), serve(stack, "steg", files))
    expect(page.get_by_text("Ingenting skal signeres i dette steget.")).to_have_count(3)
    expect(page.get_by_text("Ingenting skal betales i dette steget.")).to_be_visible()
    axe(page)
