"""The rule editor by keyboard, by mouse and as code, on a narrow screen and in the dark."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.conftest import Axe, NewContext, SignIn, Stack
from tests.features.rules_app import rules_files

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")


@pytest.fixture(scope="module")
def rules(stack: Stack) -> str:
    """The address of the rules of an app that has some."""
    Repositories(stack.data / "repos").create("ttd", "regler", rules_files(), KARI, "Begin", NOW)
    return f"{stack.studio}/ttd/regler/rules"


def open_rule(page: Page, rules: str, rule: str) -> None:
    page.goto(f"{rules}/of/component/Task_1/{rule}")
    page.locator("rule-tree:defined").wait_for(state="attached")
    page.locator("code-editor[data-ready]").wait_for(state="attached")


def words(page: Page) -> str:
    return " ".join(page.locator(".rule-sentence__words").inner_text().split())


def test_a_rule_is_built_moved_and_undone_by_the_keyboard_alone(
    new_context: NewContext, sign_in: SignIn, rules: str
) -> None:
    page = new_context().new_page()
    sign_in(page, "kari")
    open_rule(page, rules, "costs/hidden")
    page.get_by_role("combobox", name="Spørsmål").focus()
    page.keyboard.type("income")
    page.keyboard.press("Enter")
    expect(page.locator("#part-operator")).to_be_focused()
    assert words(page) == "Vis All costs når Income er mer enn 0"

    page.get_by_role("combobox", name="Legg til en betingelse om").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#part-2-operator")).to_be_focused()
    assert words(page) == "Vis All costs når Income er mer enn 0 og Do you have children? er Yes"

    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".rule-sentence__words")).to_contain_text(
        "når Do you have children? er Yes og Income"
    )

    page.locator("#part-1-more").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#panel-heading")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Flytt opp")).to_be_focused()

    page.keyboard.press("Control+z")
    expect(page.locator(".rule-sentence__words")).to_contain_text("når Income er mer enn 0 og Do you have")


def test_boxes_and_code_follow_one_another_and_unreadable_code_is_kept(
    new_context: NewContext, sign_in: SignIn, rules: str
) -> None:
    page = new_context().new_page()
    sign_in(page, "kari")
    open_rule(page, rules, "reason/required")
    code = page.locator("code-editor .cm-content")
    code.click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text('["and", ["equals", ["dataModel", "hasChildren"], true],')
    page.get_by_role("heading", level=1).click()
    expect(page.locator("#edit-banner")).to_contain_text("ikke gyldig JSON")
    expect(code).to_contain_text("hasChildren")
    assert words(page) == "Krev svar på Reason når Do you have children? er Yes"

    code.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(' ["lessThan", ["dataModel", "income"], 5]]')
    page.get_by_role("heading", level=1).click()
    expect(page.locator(".box-row")).to_have_count(2)
    expect(page.locator(".rule-sentence__words")).to_contain_text("Income er mindre enn 5")

    page.locator(".box-handle").first.drag_to(
        page.locator(".box-row").last, target_position={"x": 60, "y": 40}
    )
    expect(page.locator(".rule-sentence__words")).to_contain_text("når Income er mindre enn 5 og")
    expect(code).to_contain_text('["lessThan", ["dataModel", "income"], 5]')


def test_code_is_completed_and_explained(new_context: NewContext, sign_in: SignIn, rules: str) -> None:
    page = new_context().new_page()
    sign_in(page, "kari")
    open_rule(page, rules, "from/hidden")
    code = page.locator("code-editor .cm-content")
    code.click()
    page.keyboard.type('["equals", ["dataModel", "inc')
    page.locator(".cm-tooltip-autocomplete [role=option]").filter(has_text="income").first.click()
    expect(code).to_contain_text('["dataModel", "income"')
    code.get_by_text("dataModel").hover()
    expect(page.locator(".cm-explanation")).to_contain_text("datamodell")
    page.evaluate("document.querySelector('code-editor').removeAttribute('data-unsaved')")


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_every_page_is_accessible_on_a_phone_and_in_the_dark(
    new_context: NewContext, sign_in: SignIn, rules: str, axe: Axe, width: int, scheme: str
) -> None:
    page = new_context(viewport={"width": width, "height": 844}, color_scheme=scheme).new_page()
    sign_in(page, "kari")
    for path in (
        "",
        "/graph",
        "/new",
        "/new?start=dates",
        "/of/component/Task_1/reason/hidden?selected=1",
        "/of/calculation/model/costs?selected=whole",
        "/of/validation/model/period.to/0",
    ):
        page.goto(f"{rules}{path}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path


def test_the_list_follows_what_is_searched_for(new_context: NewContext, sign_in: SignIn, rules: str) -> None:
    page = new_context().new_page()
    sign_in(page, "kari")
    page.goto(rules)
    page.get_by_label("Søk i regler").press_sequentially("summen")
    expect(page.locator(".rule-row")).to_have_count(1)
    page.get_by_label("Søk i regler").fill("")
    page.get_by_label("Type", exact=True).select_option("validation")
    expect(page.locator(".rule-row")).to_have_count(1)
    expect(page.locator(".rule-row")).to_contain_text("Gi feilen")
