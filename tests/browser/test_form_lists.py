"""Lists of rows and files in a real browser, by keyboard: the focus is never lost."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment
from tests.browser.serving import filling
from tests.builders import app_files, as_json

PEOPLE = [{"name": "Kari", "age": 37}, {"name": "Ola", "age": 9}, {"name": "Ada", "age": 101}]
PAGE = (
    {
        "id": "pick",
        "type": "List",
        "dataListId": "people",
        "tableHeaders": {"name": "Navn", "age": "Alder"},
        "sortableColumns": ["age"],
        "dataModelBindings": {"name": "name"},
        "pagination": {"alternatives": [2], "default": 2},
        "textResourceBindings": {"title": "Velg en person"},
    },
    {
        "id": "files",
        "type": "FileUpload",
        "maxFileSizeInMB": 1,
        "maxNumberOfAttachments": 3,
        "minNumberOfAttachments": 0,
        "displayMode": "list",
        "textResourceBindings": {"title": "Vedlegg"},
    },
)


@pytest.fixture
def form(stack: Any, new_context: Any) -> Page:
    """A page with a list of three people, two at a time, and a place for files."""
    pages = {"Side1": PAGE}
    app = app_files(pages=pages)
    metadata = json.loads(app["App/config/applicationmetadata.json"])
    metadata["dataTypes"].append({"id": "files", "maxCount": 0, "taskId": "Task_1"})
    more = {
        "App/config/applicationmetadata.json": as_json(metadata),
        "App/lists/people.json": as_json(PEOPLE),
    }
    key = (stack.data / "keys" / "test-environment").read_text().strip()
    client = ManagementClient(Environment("test", stack.test, stack.test, key))
    bundle = bundle_of(app_files(pages=pages, more=more))
    client.hand_over(bundle)
    client.activate("ttd", "lister", release="r1", version=1, bundle=bundle.id, by="test")
    client.close()
    page: Page = new_context().new_page()
    page.goto(f"{stack.test}/ttd/lister/")
    page.get_by_role("button", name="Vennlig Fjellrev").click()
    page.locator(".public-start button").click()
    page.wait_for_selector("form-page")
    return filling(page)


def test_the_focus_stays_in_a_list_that_is_sorted_and_turned_by_keyboard(form: Page) -> None:
    form.get_by_role("button", name="Alder").press("Enter")
    expect(form.locator("th[aria-sort=ascending]")).to_have_count(1)
    expect(form.locator(".form-list :focus")).to_have_count(1)
    form.locator(".form-list nav").get_by_role("button", name="Neste").press("Enter")
    expect(form.get_by_text("Side 2 av 2")).to_be_visible()
    expect(form.locator(".form-list :focus")).to_have_count(1)


def test_a_file_that_is_refused_is_named_with_the_reason_and_taken_away(form: Page) -> None:
    large = {"name": "stor.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7" + b"x" * 1_100_000}
    form.set_input_files("input[type=file]", [large])
    line = form.locator(".form-sending li")
    expect(line).to_contain_text("større enn 1 MB")
    expect(line.locator("span")).to_have_text("stor.pdf")
    field = form.locator("input[type=file]")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description(re.compile("større enn 1 MB"))
    # Three are taken. The answers know nothing of what was refused, and the last one has no field for files.
    few = [{"name": f"{n}.txt", "mimeType": "text/plain", "buffer": b"Hei"} for n in range(1, 5)]
    form.set_input_files("input[type=file]", few[:1])
    expect(form.get_by_role("link", name="1.txt")).to_be_visible()
    expect(field).to_have_accessible_description(re.compile("større enn 1 MB"))
    line.get_by_role("button", name="Fjern stor.pdf").press("Enter")
    expect(line).to_have_count(0)
    expect(field).to_be_focused()
    expect(field).not_to_have_attribute("aria-invalid", "true")
    form.set_input_files("input[type=file]", few[1:])
    expect(form.get_by_role("link", name="3.txt")).to_be_visible()
    expect(line).to_have_text(re.compile(r"4\.txt.*flere filer"))
    expect(form.locator("#c-files")).to_be_focused()
