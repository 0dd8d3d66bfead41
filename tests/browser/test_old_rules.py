"""Rules of older apps (RuleHandler.js) in a real browser: they do their work, and can do nothing else."""

import json
import re
from typing import Any

from old_rules_app import CONFIGURATION, HANDLER, PAGES, old_files
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import NewContext, Stack
from tests.browser.serving import begin, serve

# Tries everything, and says what it got.
REACHES_OUT = """
const tries = {
  cookie: () => document.cookie, storage: () => localStorage.length, parent: () => parent.location.href,
  load: () => importScripts('/assets/x.js'), eval: () => eval('1'),
  request: () => { const asked = new XMLHttpRequest(); asked.open('GET', '/', false); asked.send(); },
  worker: () => new Worker('/assets/x.js'),
};
const got = {};
for (const [name, attempt] of Object.entries(tries)) {
  try { attempt(); got[name] = 'works'; } catch (problem) { got[name] = 'refused'; }
}
// A socket is refused later, and without an error that can be caught.
const blocked = [];
addEventListener('securitypolicyviolation', ({ blockedURI }) => blocked.push(blockedURI));
new WebSocket('ws://127.0.0.1:1/');
let answered = 'waiting';
fetch('https://example.org/').then(() => { answered = 'works'; }, () => { answered = 'refused'; });
"""


def opened(context: BrowserContext, stack: Stack, name: str, **parts: Any) -> Page:
    return begin(context, serve(stack, name, old_files(**parts)))


def test_components_come_and_go_and_results_are_written_as_if_typed(
    new_context: NewContext, stack: Stack
) -> None:
    page = opened(new_context(), stack, "oldrules")
    expect(page.locator("#c-reason")).to_be_hidden()
    expect(page.locator("#c-oslo")).to_be_hidden()

    page.get_by_label("Name").fill("Kari")
    expect(page.locator("#c-reason")).to_be_visible()
    page.get_by_label("First").fill("7")
    expect(page.locator("#c-small")).to_be_visible()
    page.get_by_label("Second").fill("5,5")
    expect(page.get_by_label("Total")).to_have_value("12.5")
    expect(page.locator("#c-small")).to_be_hidden()
    page.get_by_label("Postcode").fill("0150")
    expect(page.locator("#c-oslo")).to_be_visible()
    page.get_by_label("Name").fill("K")
    expect(page.locator("#c-reason")).to_be_hidden()
    page.get_by_label("Name").blur()
    expect(page.locator(".form-state")).to_have_attribute("data-state", "saved")

    page.reload()
    expect(page.get_by_label("Total")).to_have_value("12.5")
    expect(page.locator("#c-oslo")).to_be_visible()
    expect(page.locator("#c-reason")).to_be_hidden()
    # Its answer is demanded, but not while it is hidden.
    page.get_by_role("button", name="Send inn").click()
    page.wait_for_url("**/receipt")


def test_a_rule_in_rows_is_asked_in_each_row(new_context: NewContext, stack: Stack) -> None:
    page = opened(new_context(), stack, "oldrows")
    for number, age in enumerate(["12", "30"]):
        page.get_by_role("button", name="Legg til").click()
        # Until the new row has come, the last field is that of the row before.
        expect(page.locator(f"#c-work-{number}")).to_have_count(1)
        page.get_by_label("Age").last.fill(age)
        page.get_by_label("Age").last.blur()

    expect(page.locator("#c-work-1")).to_be_visible()


def test_without_scripts_the_rules_do_nothing_and_everything_can_be_answered(
    new_context: NewContext, stack: Stack
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto(serve(stack, "oldplain", old_files()))
    page.get_by_role("button", name="Vennlig Fjellrev").click()
    page.locator(".public-start button").click()

    expect(page.locator("#c-reason")).to_be_visible()
    page.get_by_label("Reason").fill("Because")
    page.get_by_role("button", name="Send inn").click()
    page.wait_for_url("**/receipt")


def of_two_pages(context: BrowserContext, stack: Stack, name: str) -> Page:
    first = [part for part in PAGES["Old"] if part["id"] in {"first", "second"}]
    rest = [part for part in PAGES["Old"] if part["id"] not in {"first", "second"}]
    pages = {"Numbers": [*first, {"id": "nav", "type": "NavigationButtons"}], "Rest": rest}
    return opened(context, stack, name, pages=pages)


def test_a_result_for_a_field_of_another_page_is_kept_though_the_page_is_left_before_it_is_there(
    new_context: NewContext, stack: Stack
) -> None:
    context = new_context()
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    context.route("**/old-rules/*", hold)
    page = of_two_pages(context, stack, "oldpages")

    page.get_by_label("First").fill("7")
    page.get_by_label("Second").fill("5")
    page.get_by_role("button", name="Neste").click()
    expect(page.locator("form-page")).to_have_attribute("aria-busy", "true")
    while not held:
        page.wait_for_timeout(50)
    held[0].continue_()
    context.unroute("**/old-rules/*")

    expect(page.get_by_label("Total")).to_have_value("12")
    expect(page.locator("#c-small")).to_be_hidden()


def test_a_result_for_a_field_of_another_page_is_kept_as_soon_as_it_is_there(
    new_context: NewContext, stack: Stack
) -> None:
    context = new_context()
    code: list[Route] = []

    def hold(route: Route) -> None:
        code.append(route)

    context.route("**/old_rules-*.js", hold)
    page = of_two_pages(context, stack, "oldsoon")
    with page.expect_request(lambda request: "%2212%22" in (request.post_data or "")) as kept:
        page.get_by_label("First").fill("7")
        page.get_by_label("Second").fill("5")
        # Also where the code of the rules comes after what was written would else have been kept.
        page.wait_for_timeout(1500)
        code[0].continue_()
    answer = kept.value.response()
    assert answer is not None
    answer.finished()

    page.goto(page.url.replace("Numbers", "Rest"))
    expect(page.get_by_label("Total")).to_have_value("12")


def test_the_code_can_do_nothing_else(browser: Browser, stack: Stack) -> None:
    configuration = json.loads(json.dumps(CONFIGURATION))
    configuration["data"]["ruleConnection"]["add"] = {
        "selectedFunction": "fullName",
        "inputParams": {"first": "name"},
        "outParams": {"outParam0": "reason"},
    }
    answer = "return JSON.stringify({ ...got, fetch: answered, blocked });"
    handler = REACHES_OUT + HANDLER.replace("return obj.first + ' ' + obj.last;", answer)
    context = browser.new_context(locale="nb-NO")
    page = opened(context, stack, "oldhostile", configuration=configuration, handler=handler)
    expect(page.locator("#c-reason")).to_be_hidden()

    page.get_by_label("Name").fill("Kari Lunde")
    expect(page.get_by_label("Reason")).to_have_value(re.compile("refused"))
    got = json.loads(page.get_by_label("Reason").input_value())
    assert "ws://127.0.0.1:1/" in got.pop("blocked")
    assert set(got.values()) == {"refused"}, got
    # Nor where somebody is led to the page of the frame: it has no origin there either.
    page.goto(f"{stack.test}{page.locator('old-rules').get_attribute('data-source')}")
    assert page.evaluate("self.origin") == "null"
    context.close()


def test_code_without_end_stops_nothing_else(new_context: NewContext, stack: Stack) -> None:
    handler = HANDLER.replace("if (obj.value) {", "while (obj.value === 'evig') {}\n    if (obj.value) {")
    page = opened(new_context(), stack, "oldendless", handler=handler)
    expect(page.locator("#c-reason")).to_be_hidden()

    page.get_by_label("Name").fill("evig")
    page.get_by_label("Postcode").fill("0150")
    page.get_by_label("Name").fill("Kari Lunde")

    expect(page.locator("#c-reason")).to_be_visible()
    expect(page.locator("#c-oslo")).to_be_visible()
