"""The code editor on the page of a model's schema: suggestions, marks, keys, and life without scripts."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, expect

from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.browser.conftest import Axe, NewContext, SignIn, Stack

PATH = "App/models/model.schema.json"


@pytest.fixture(scope="module")
def repository(stack: Stack) -> Repository:
    files = new_app("kode", "ttd", {"nb": "Kode"}, "contact")
    author = Author("Kari Lunde", "kari@example.org")
    now = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
    return Repositories(stack.data / "repos").create("ttd", "kode", files, author, "Begin", now)


def opened(page: Page, stack: Stack) -> Locator:
    page.goto(f"{stack.studio}/ttd/kode/models/model/code")
    page.locator("code-editor[data-ready]").wait_for()
    return page.get_by_role("textbox", name="JSON Schema")


def text_of(page: Page) -> str:
    """The whole text, as the form would send it."""
    sent: str = page.locator("code-editor").evaluate(
        "editor => new FormData(editor.querySelector('textarea').form).get('text')"
    )
    return sent.replace("\r\n", "\n")


def begin_a_member(page: Page, editor: Locator) -> None:
    """A new line behind the first brace."""
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")


def test_keywords_are_suggested_with_what_they_mean_and_the_text_is_saved(
    stack: Stack, page: Page, sign_in: SignIn, axe: Axe, repository: Repository
) -> None:
    sign_in(page, "kari")
    editor = opened(page, stack)
    axe(page)
    begin_a_member(page, editor)
    page.keyboard.type("descr", delay=40)
    expect(page.get_by_role("option", name="description", exact=True)).to_be_visible()
    expect(page.get_by_text("En setning eller to om feltet.")).to_be_visible()
    axe(page)
    page.keyboard.press("Enter")
    page.keyboard.type("Alt om en båtplass")
    page.keyboard.press("End")
    page.keyboard.type(",")
    assert text_of(page).startswith('{\n  "description": "Alt om en båtplass",\n')

    page.keyboard.press("Control+s")
    expect(page.get_by_text("Skjemaet til datamodellen er lagret.")).to_be_visible()
    stored = repository.draft("kari").files[PATH].decode()
    assert stored.startswith('{\n  "description": "Alt om en båtplass",\n')


def test_an_error_is_marked_while_one_writes_and_leads_to_its_place(
    stack: Stack, page: Page, sign_in: SignIn, axe: Axe, repository: Repository
) -> None:
    sign_in(page, "kari")
    editor = opened(page, stack)
    begin_a_member(page, editor)
    page.keyboard.type("oops")
    page.keyboard.press("Escape")
    expect(page.locator("[data-check-words]")).to_have_text("1 feil")
    expect(page.locator(".cm-lintRange-error").first).to_be_visible()
    axe(page)
    page.locator("[data-findings] button").click()
    page.keyboard.press("Home")
    page.keyboard.press("Shift+End")
    page.keyboard.press("Delete")
    expect(page.locator("[data-check-words]")).to_have_text("Ingen feil")
    page.once("dialog", lambda dialog: dialog.accept())


def test_references_to_types_are_suggested(
    stack: Stack, page: Page, sign_in: SignIn, repository: Repository
) -> None:
    sign_in(page, "kari")
    editor = opened(page, stack)
    begin_a_member(page, editor)
    page.keyboard.type('"$defs": {"Person": {"type": "object"', delay=1)
    page.keyboard.press("End")
    page.keyboard.type(",")
    page.keyboard.press("Enter")
    page.keyboard.type('"$ref": "#', delay=40)
    expect(page.get_by_role("option", name="#/$defs/Person")).to_be_visible()
    page.once("dialog", lambda dialog: dialog.accept())


def test_escape_and_then_tab_leaves_the_editor_and_undo_stays_in_it(
    stack: Stack, page: Page, sign_in: SignIn, repository: Repository
) -> None:
    sign_in(page, "kari")
    editor = opened(page, stack)
    before = text_of(page)
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type("x")
    page.keyboard.press("Control+z")
    assert text_of(page) == before
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Lagre skjemaet")).to_be_focused()


def test_without_scripts_the_schema_is_a_text_in_a_form(
    stack: Stack, new_context: NewContext, sign_in: SignIn, axe: Axe, repository: Repository
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/kode/models/model/code")
    area = page.get_by_label("JSON Schema")
    text = area.input_value()
    area.fill(text.replace("{", "[", 1))
    page.get_by_role("button", name="Lagre skjemaet").click()
    expect(page.get_by_text("Skjemaet ble ikke lagret")).to_be_visible()
    expect(page.get_by_label("JSON Schema")).to_have_value(text.replace("{", "[", 1))


def test_the_pages_of_a_model_fit_a_narrow_screen(
    stack: Stack, new_context: NewContext, sign_in: SignIn, axe: Axe, repository: Repository
) -> None:
    page = new_context(viewport={"width": 390, "height": 844}).new_page()
    sign_in(page, "kari")
    for address in ("models/model/code", "models/model/form", "import-model"):
        page.goto(f"{stack.studio}/ttd/kode/{address}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, address
        axe(page)


def test_a_file_is_dropped_on_the_page(
    stack: Stack, page: Page, sign_in: SignIn, repository: Repository
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/kode/import-model")
    page.locator("import-form:defined").first.wait_for(state="attached")
    transfer = page.evaluate_handle(
        """() => {
            const transfer = new DataTransfer();
            const text = '{"type": "object", "properties": {"farge": {"type": "string"}}}';
            transfer.items.add(new File([text], 'maling.schema.json', {type: 'application/json'}));
            return transfer;
        }"""
    )
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})
    page.get_by_role("button", name="Vis hva det blir").click()
    expect(page.locator(".field-preview").get_by_text("farge")).to_be_visible()
    expect(page.get_by_label("Navn på den nye datamodellen")).to_have_value("maling")
