"""The rule editor by keyboard, by mouse and as code, on a narrow screen and in the dark."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, Route, expect

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


def _into(held: list[Route]) -> Callable[[Route], None]:
    """Holds back what is asked for."""
    return lambda route: held.append(route)  # noqa: PLW0108 - Playwright takes no method of a list


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

    page.get_by_role("combobox", name="Legg til et vilkår om").focus()
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


def test_an_undo_on_its_way_is_shown_though_the_bar_comes_anew_meanwhile(
    new_context: NewContext, sign_in: SignIn, rules: str
) -> None:
    page = new_context().new_page()
    sign_in(page, "kari")
    open_rule(page, rules, "reason/hidden")
    page.locator("#facing").select_option("hide")
    expect(page.locator(".rule-sentence__words")).to_contain_text(
        "Skjul Reason når Do you have children? er Yes og"
    )
    expect(page.locator("#draft-undo")).to_be_enabled()
    held: list[Route] = []
    page.route("**/undo", _into(held))

    page.get_by_role("heading", level=1).click()
    page.keyboard.press("Control+z")
    page.wait_for_function("document.querySelector('#draft-bar form.htmx-request')")
    with page.expect_response("**/regler/draft"):
        page.evaluate("document.body.dispatchEvent(new CustomEvent('studio-applied'))")
    page.evaluate("new Promise((done) => setTimeout(done, 100))")
    held[0].continue_()

    expect(page.locator(".rule-sentence__words")).to_contain_text("children? er noe annet enn Yes")


def test_who_comes_to_a_menu_before_its_script_goes_on_in_the_field(
    new_context: NewContext, sign_in: SignIn, rules: str
) -> None:
    page = new_context().new_page()
    sign_in(page, "kari")
    scripts: list[Route] = []
    page.route("**/rules-*.js", _into(scripts))
    page.goto(f"{rules}/of/component/Task_1/send/hidden", wait_until="commit")
    page.locator("select#begin").focus()
    page.wait_for_function("document.activeElement.id === 'begin'")
    for script in scripts:
        script.continue_()

    expect(page.locator("input#begin")).to_be_focused()
    page.keyboard.type("income")
    page.keyboard.press("Enter")
    expect(page.locator("#part-operator")).to_be_focused()


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
