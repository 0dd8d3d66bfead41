"""Rows of a repeating group in a real browser, at the width of a phone."""

from pathlib import Path
from typing import Any

import pytest
from builders import app_files, field
from playwright.sync_api import Page, expect

from studio.definition.files import folder_files
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment
from tests.browser.serving import begin, filling, serve

GROUP = "root.arbeidserfaring"
STALLS = {
    "id": "stalls",
    "type": "RepeatingGroup",
    "children": ["sells", "metres"],
    "dataModelBindings": {"group": "stalls"},
    "tableColumns": {"metres": {"editInTable": True}},
    "hiddenRow": ["equals", ["dataModel", "stalls.sells"], "nothing"],
}
STALL = {"type": "object", "properties": {"sells": {"type": "string"}, "metres": {"type": "string"}}}


@pytest.fixture
def form(stack: Any, vectors: Path, new_context: Any) -> Page:
    """The page of an app with a repeating group."""
    key = (stack.data / "keys" / "test-environment").read_text().strip()
    client = ManagementClient(Environment("test", stack.test, stack.test, key))
    bundle = bundle_of(folder_files(vectors / "apps/test-apps-v8/expression-validation-test"))
    client.hand_over(bundle)
    client.activate("ttd", "cv", release="r1", version=1, bundle=bundle.id, by="test")
    client.close()
    page: Page = new_context(viewport={"width": 390, "height": 844}).new_page()
    page.goto(f"{stack.test}/ttd/cv/")
    page.get_by_role("button", name="Vennlig Fjellrev").click()
    page.locator(".public-start button").click()
    page.wait_for_selector("form-page")
    return page


def test_rows_are_added_changed_and_deleted_after_a_question(form: Page) -> None:
    asked: list[str] = []
    answers = iter([False, True])

    def answer(dialog: Any) -> None:
        asked.append(dialog.message)
        dialog.accept() if next(answers) else dialog.dismiss()

    form.on("dialog", answer)
    add = form.locator(f'button[value="add:{GROUP}"]')
    add.click()
    employer = form.locator(f'[name="{GROUP}[0].arbeidsgiver"]')
    expect(employer).to_be_visible()
    row = form.locator(".form-row").first
    panel = form.locator(".form-row-panel").first
    expect(panel.locator(":focus")).to_have_count(1)
    employer.fill("Fjord AS")
    close = panel.locator(f'button[value="close:{GROUP}[0]"]')
    close.click()
    expect(panel.get_by_text("Du må fylle ut dette.")).to_have_count(3)  # its group checks rows
    for name, value in (("fra", "2020-02-01"), ("til", "2021-03-01"), ("stilling", "Fisker")):
        form.locator(f'[name="{GROUP}[0].{name}"]').fill(value)
    close.click()
    expect(panel).to_have_count(0)
    expect(row).to_contain_text("Fjord AS")
    form.locator(f'button[value="open:{GROUP}[0]"]').click()
    expect(employer).to_have_value("Fjord AS")
    expect(panel.locator(":focus")).to_have_count(1)
    delete = form.locator(f'button[value="delete:{GROUP}[0]"]')
    delete.click()
    expect(employer).to_have_value("Fjord AS")
    delete.click()
    expect(form.locator(".form-row")).to_have_count(0)
    assert len(asked) == 2
    assert form.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_answers_out_of_sight_are_asked_about_and_a_row_that_goes_leaves_the_focus_in_its_group(
    stack: Any, new_context: Any
) -> None:
    stall = (field("sells", "stalls.sells"), field("metres", "stalls.metres"))
    files = app_files(pages={"Page": (STALLS, *stall)}, fields={"stalls": {"type": "array", "items": STALL}})
    page = filling(begin(new_context(), serve(stack, "boder", files)))
    sells = page.locator('[name="stalls[0].sells"]')
    page.get_by_role("button", name="Legg til ny").click()
    sells.fill("Vafler")
    page.get_by_role("button", name="Lagre og lukk").click()
    expect(page.get_by_role("button", name="Rediger rad 1")).to_be_focused()
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Slett rad 1").click()
    assert asked == ["Vil du slette rad 1? Den kan ikke hentes tilbake."]
    page.get_by_role("button", name="Rediger rad 1").click()
    expect(sells).to_be_focused()
    sells.fill("nothing")
    expect(sells).to_have_count(0)
    expect(page.locator("#f-stalls")).to_be_focused()
