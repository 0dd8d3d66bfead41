"""A designer builds three rules by clicking and sees them work; and one by the keyboard alone."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.conftest import Axe, NewContext, SignIn, Stack
from tests.features.rules_app import PAGES, rules_files

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")
NEXT = {"id": "next", "type": "NavigationButtons"}


def without_rules(component: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in component.items() if key not in {"hidden", "required"}}


@pytest.fixture(scope="module")
def rules(stack: Stack) -> str:
    """The address of the rules of an app that has none yet."""
    pages = {
        "Family": (*(without_rules(each) for each in PAGES["Family"]), NEXT),
        "Period": PAGES["Period"],
    }
    bare: dict[str, bytes | None] = {
        "App/models/model.validation.json": None,
        "App/models/model.calculation.json": None,
    }
    repositories = Repositories(stack.data / "repos")
    repositories.create("ttd", "barnetrygd", rules_files(pages, bare), KARI, "Begin", NOW)
    return f"{stack.studio}/ttd/barnetrygd/rules"


def test_three_rules_are_built_by_clicking_and_work_in_the_preview(
    stack: Stack, new_context: NewContext, sign_in: SignIn, rules: str, axe: Axe
) -> None:
    page = new_context(viewport={"width": 1280, "height": 900}).new_page()
    sign_in(page, "kari")
    page.goto(rules)
    page.get_by_role("link", name="Lag den første regelen").click()

    show_by_two_conditions(page, axe)
    add_up_rows(page)
    keep_dates_within_limits(page)

    page.goto(rules)
    expect(page.locator(".rule-row")).to_have_count(3)
    axe(page)
    page.goto(f"{stack.studio}/ttd/barnetrygd/preview")
    form = page.frame_locator("form-preview iframe")
    expect_shown_by_answers(form)
    expect_sum(form)
    expect_message(form)


def show_by_two_conditions(page: Page, axe: Axe) -> None:
    page.get_by_role("link", name="Vis eller skjul et spørsmål").click()
    pick(page, "Hvilket spørsmål eller hvilken del av skjemaet?", "Reason")
    page.get_by_role("button", name="Fortsett").click()
    expect(page.get_by_role("heading", level=1, name="Når Reason vises")).to_be_visible()
    pick(page, "Spørsmål", "Do you have children?")
    sentence = page.locator(".rule-sentence__words")
    expect(sentence).to_have_text("Vis Reason når Do you have children? er Yes")
    pick(page, "Legg til et vilkår om", "Income")
    expect(sentence).to_contain_text("Income er mer enn 0")
    amount = page.get_by_label("Sammenlignet med").last
    amount.fill("100000")
    amount.press("Tab")
    expect(sentence).to_contain_text("100 000")
    saved(page)
    axe(page)


def add_up_rows(page: Page) -> None:
    page.get_by_role("link", name="Alle regler").click()
    page.get_by_role("link", name="Ny regel").click()
    page.get_by_role("link", name="Summer rader").click()
    pick(page, "Hvilket felt?", "All costs")
    pick(page, "Hva skal summeres?", "Costs")
    page.get_by_role("button", name="Lag regelen").click()
    expect(page.locator(".rule-sentence__words")).to_contain_text("summen av Costs")


def keep_dates_within_limits(page: Page) -> None:
    page.get_by_role("link", name="Alle regler").click()
    page.get_by_role("link", name="Ny regel").click()
    page.get_by_role("link", name="Hold en dato innenfor grenser").click()
    pick(page, "Hvilket felt?", "To")
    earliest = page.get_by_role("group", name="Ikke tidligere enn")
    pick(earliest, "eller svaret på", "From")
    page.get_by_role("group", name="Ikke senere enn").get_by_label("En dato").fill("2026-12-31")
    page.get_by_label("Melding på bokmål").fill("Perioden må slutte i 2026, etter at den begynner")
    page.get_by_role("button", name="Lag regelen").click()
    expect(page.locator(".rule-sentence__words")).to_contain_text("Perioden må slutte i 2026")


def pick(place: Any, label: str, choice: str) -> None:
    """Choose in a field that is searched in, or in the list that it is for few choices."""
    field = place.get_by_label(label, exact=True).first
    expect(field.page.locator("search-select:not(:defined)")).to_have_count(0)
    if field.evaluate("element => element.localName") == "select":
        field.select_option(label=choice)
        return
    field.click()
    field.press_sequentially(choice)
    place.get_by_role("option", name=choice).first.click()


def saved(page: Page) -> None:
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")


def expect_shown_by_answers(form: FrameLocator) -> None:
    reason = form.get_by_label("Reason")
    expect(form.get_by_text("Do you have children?").first).to_be_visible()
    expect(reason).to_be_hidden()
    form.get_by_label("Yes").check()
    form.get_by_label("Income").fill("99000")
    expect(reason).to_be_hidden()
    form.get_by_label("Income").fill("250000")
    expect(reason).to_be_visible()


def expect_sum(form: FrameLocator) -> None:
    for row, cost in enumerate(("100", "250")):
        form.locator('button[value^="add:"]').click()
        field = form.locator(f'[name="children[{row}].cost"]')
        expect(field).to_be_visible()
        field.fill(cost)
        form.locator(f'.form-row-panel button[value="close:children[{row}]"]').click()
        expect(form.locator(".form-row-panel")).to_have_count(0)
        expect(form.locator(".form-row").nth(row)).to_contain_text(cost)
    expect(form.get_by_label("All costs")).to_have_value("350")


def expect_message(form: FrameLocator) -> None:
    form.get_by_role("button", name="Neste").click()
    dates = form.locator('input[name="period.from"], input[name="period.to"]')
    dates.nth(0).fill("2026-05-01")
    dates.nth(1).fill("2026-04-01")
    dates.nth(1).press("Tab")
    form.get_by_role("button", name="Send inn").click()
    expect(form.get_by_text("Perioden må slutte i 2026").first).to_be_visible()
