"""An example guards a rule: it blocks the release once the rule is broken, until that is mended."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect
from ruled_app import ruled_files

from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.conftest import Axe, NewContext, SignIn, Stack

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")
BUILD = "Bygg og publiser i test"
WHY = "Inntekt er 120 000, som er høyst 200 000."
SENTENCE = f"Eksempelet To barn (Vis Barn): forventet vist, var skjult fordi {WHY}"


@pytest.fixture
def family(stack: Stack) -> str:
    """The address of an app with rules and no examples."""
    Repositories(stack.data / "repos").create("ttd", "familie", ruled_files(), KARI, "Begin", NOW)
    return f"{stack.studio}/ttd/familie"


def test_a_broken_rule_is_held_back_by_its_example_and_a_mended_one_goes_out(
    new_context: NewContext, sign_in: SignIn, family: str, axe: Axe
) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, "ola")
    page.goto(f"{family}/rules")
    page.get_by_role("link", name="Vis Barn når").click()

    keep_an_example(page, axe)
    set_limit(page, "200000")
    expect(page.locator("#rule-examples")).to_contain_text("skjult fordi Inntekt er")
    axe(page)
    share(page, family, "Hever grensen")

    page.goto(f"{family}/deploy")
    page.get_by_role("button", name=BUILD).click()
    blocked = page.locator(".deploy-progress .ds-alert")
    expect(blocked).to_contain_text(SENTENCE)
    expect(page.get_by_role("region", name="Test", exact=True)).to_contain_text("Ikke i bruk")

    page.goto(f"{family}/rules")
    page.get_by_role("link", name="Vis Barn når").click()
    set_limit(page, "100000")
    expect(page.locator("#rule-examples")).not_to_contain_text("fordi")
    share(page, family, "Setter grensen tilbake")
    page.goto(f"{family}/deploy")
    page.get_by_role("button", name=BUILD).click()
    expect(page.get_by_role("region", name="Test", exact=True)).to_contain_text("Versjon 1")


def keep_an_example(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Prøv regelen, og ta vare på eksempler").click()
    page.get_by_label("Har du barn?").select_option(label="Ja")
    page.get_by_label("Inntekt").fill("120000")
    expect(page.locator("#outcome")).to_contain_text("vist fordi")
    axe(page)
    page.get_by_label("Navn").fill("To barn")
    page.get_by_role("button", name="Lag eksempel").click()
    expect(page.locator(".example")).to_contain_text("To barn")
    page.get_by_role("link", name="Endre regelen").click()
    expect(page.locator("#rule-examples")).to_contain_text("To barn")


def set_limit(page: Page, amount: str) -> None:
    limit = page.get_by_role("textbox", name="Sammenlignet med", exact=True)
    limit.fill(amount)
    limit.press("Tab")
    expect(page.locator(".rule-sentence__words")).to_contain_text(f"{amount[:-3]} 000")
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")


def share(page: Page, family: str, message: str) -> None:
    page.goto(f"{family}/sharing")
    page.get_by_label("Hva har du gjort?").fill(message)
    page.get_by_role("button", name="Del endringer").click()
    expect(page.locator("#draft-bar")).to_contain_text("Alt er delt")
