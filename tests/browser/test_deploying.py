"""Deploying in a real browser, from Studio to real runtimes."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio.definition.changes import SetFile, SetText
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")
WIDTHS = (1440, 1024, 390)

NewApp = Callable[[str], Repository]


@pytest.fixture
def app_named(stack: Any) -> NewApp:
    """`app_named("moving")` makes ttd/moving from the template of a contact form."""

    def make(name: str) -> Repository:
        files = new_app(name, "ttd", {"nb": "Kontakt oss", "en": "Contact us"}, "contact")
        return Repositories(stack.data / "repos").create("ttd", name, files, KARI, "Lag appen", NOW)

    return make


def share(repository: Repository, change: Any) -> None:
    draft = repository.draft("kari")
    draft.apply(change, draft.revision, KARI, NOW)
    draft.share("Nytt navn på skjemaet", KARI, NOW)


def build(page: Page) -> None:
    page.get_by_role("button", name="Bygg og publiser i test").click()
    expect(page.locator(".deploy-progress .deploy-step").last).to_have_attribute("data-mark", "done")


def card(page: Page, name: str) -> Any:
    return page.get_by_role("region", name=name, exact=True)


def test_an_app_goes_from_nothing_to_test_to_production_and_back(
    stack: Any, page: Page, sign_in: Any, axe: Any, app_named: NewApp
) -> None:
    repository = app_named("deploy-whole-way")
    sign_in(page, "pia")
    page.goto(f"{stack.studio}/ttd/deploy-whole-way/deploy")
    axe(page)

    page.get_by_label("Hva er nytt for dem som bruker appen?").fill("Det første skjemaet")
    build(page)
    axe(page)
    expect(card(page, "Test")).to_contain_text("Versjon 1")

    card(page, "Test").get_by_role("button", name="Ta versjon 1 i bruk i produksjon").click()
    expect(card(page, "Produksjon")).to_contain_text("Versjon 1")

    share(repository, SetText("nb", "appName", "Skriv til oss"))
    page.goto(f"{stack.studio}/ttd/deploy-whole-way/deploy")
    expect(page.get_by_role("heading", name="Nytt siden versjon 1")).to_be_visible()
    build(page)
    expect(card(page, "Test")).to_contain_text("Versjon 2")
    expect(card(page, "Produksjon")).to_contain_text("Versjon 1")

    page.get_by_role("button", name="Bruk versjon 1 i test").click()
    expect(card(page, "Test")).to_contain_text("Versjon 1")

    card(page, "Produksjon").get_by_role("button", name="Ta ut av bruk").click()
    dialog = page.get_by_role("dialog")
    axe(page)
    dialog.get_by_role("textbox").fill("deploy-whole-way")
    dialog.get_by_role("button", name="Ta ut av bruk").click()
    expect(card(page, "Produksjon")).to_contain_text("Ikke i bruk")


def test_a_deployed_app_opens_and_its_owner_sees_the_submissions(
    stack: Any, page: Page, sign_in: Any, app_named: NewApp
) -> None:
    app_named("deploy-opens")
    sign_in(page, "pia")
    page.goto(f"{stack.studio}/ttd/deploy-opens/deploy")
    build(page)

    card(page, "Test").get_by_role("link", name="Innsendinger i test").click()
    expect(page).to_have_url(f"{stack.test}/ttd/deploy-opens/owner/submissions")
    answer = page.goto(f"{stack.test}/ttd/deploy-opens/")
    assert answer is not None
    assert answer.ok


def test_an_app_with_an_error_names_the_place_and_stays_out_of_use(
    stack: Any, page: Page, sign_in: Any, axe: Any, app_named: NewApp
) -> None:
    share(app_named("deploy-broken"), SetFile("App/config/process/process.bpmn", b"<not a process"))
    sign_in(page, "pia")
    page.goto(f"{stack.studio}/ttd/deploy-broken/deploy")

    page.get_by_role("button", name="Bygg og publiser i test").click()
    alert = page.locator(".deploy-progress .ds-alert")
    expect(alert).to_contain_text("App/config/process/process.bpmn")
    axe(page)
    expect(card(page, "Test")).to_contain_text("Ikke i bruk")


def test_deploying_works_without_scripts(
    stack: Any, new_context: Any, sign_in: Any, app_named: NewApp
) -> None:
    app_named("deploy-no-scripts")
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "pia")
    page.goto(f"{stack.studio}/ttd/deploy-no-scripts/deploy")

    page.get_by_role("button", name="Bygg og publiser i test").click()
    for _ in range(50):
        more = page.get_by_role("link", name="Se hvor langt det er kommet")
        if not more.count():
            break
        more.click()
    expect(card(page, "Test")).to_contain_text("Versjon 1")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_fits_every_width(
    stack: Any, new_context: Any, sign_in: Any, axe: Any, app_named: NewApp, scheme: str
) -> None:
    app_named(f"deploy-fits-{scheme}")
    page = new_context(color_scheme=scheme).new_page()
    sign_in(page, "pia")
    page.goto(f"{stack.studio}/ttd/deploy-fits-{scheme}/deploy")
    build(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
