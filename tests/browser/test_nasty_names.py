"""Names with quotes, emoji and markup in a real browser: they are shown, worked with, and never run."""

from urllib.parse import quote

from builders import app_files, field
from playwright.sync_api import Page, expect

from studio.definition.app import AppDefinition
from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.conftest import SignIn, Stack
from tests.features.conftest import NOW

QUERY = "?q=stygg"  # other tests make apps too, and the list has pages
NASTY = """Søk "nå" o'hoi 🐶 <img src=x onerror=alert(1)>"""


def test_a_component_with_a_nasty_name_is_chosen_and_edited(
    stack: Stack, page: Page, sign_in: SignIn
) -> None:
    pages = {NASTY: (field(NASTY, "name"), field("phone"))}
    texts = {"nb": {"appName": NASTY, f"{NASTY}.title": NASTY, "phone.title": NASTY, NASTY: NASTY}}
    repositories = Repositories(stack.data / "repos")
    author = Author("Kari Lunde", "kari@example.org")
    repositories.create("ttd", "stygg", app_files(pages=pages, texts=texts), author, NASTY, NOW)
    alerts: list[str] = []
    page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    sign_in(page, "kari")
    for place in ("", "ttd/stygg/", "ttd/stygg/sharing", "ttd/stygg/deploy"):
        page.goto(f"{stack.studio}/{place or QUERY}")
        expect(page.get_by_text(NASTY).first).to_be_attached()

    page.goto(f"{stack.studio}/ttd/stygg/form/Task_1/{quote(NASTY)}")
    page.locator("draft-editor:defined").wait_for(state="attached")
    page.locator("#canvas [data-component]").first.click()
    switch = page.locator("#panel").get_by_label("Skrivebeskyttet", exact=True)
    switch.check()
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")
    expect(page.locator("#canvas img")).to_have_count(0)
    shown = AppDefinition(repositories.open("ttd", "stygg").draft("kari").files).page("Task_1", NASTY)
    assert shown is not None
    changed = shown.component(NASTY)
    assert changed is not None
    assert changed.raw["readOnly"] is True

    page.keyboard.press("Control+z")
    expect(switch).not_to_be_checked()
    page.goto(f"{stack.studio}/ttd/stygg/sharing")
    assert alerts == []
