"""What depends on an answer changes in the browser at once, while the server still works on it."""

import json
import random
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment
from tests.browser import serving
from tests.browser.serving import filling

Open = Callable[..., Page]

SHOWN_BY_YES = ["notEquals", ["dataModel", "more"], "yes"]
# Oslo is offered to whoever writes "cap", Moss to all others.
OFFERED: dict[str, Any] = {
    "options": [{"value": each, "label": each} for each in ("Bergen", "Oslo", "Moss")],
    "optionFilter": [
        "if",
        ["equals", ["dataModel", "more"], "cap"],
        ["notEquals", ["value"], "Moss"],
        "else",
        ["notEquals", ["value"], "Oslo"],
    ],
}
LAYOUT: list[dict[str, Any]] = [
    {"id": "pages", "type": "NavigationBar"},
    {"id": "more", "type": "Input", "dataModelBindings": {"simpleBinding": "more"}},
    {
        "id": "detail",
        "type": "Input",
        "hidden": SHOWN_BY_YES,
        "dataModelBindings": {"simpleBinding": "detail"},
    },
    {
        "id": "box",
        "type": "Group",
        "children": ["amount", "reason"],
        "hidden": ["not", ["equals", ["component", "detail"], "open"]],
    },
    {"id": "amount", "type": "Input", "dataModelBindings": {"simpleBinding": "amount"}},
    {
        "id": "reason",
        "type": "TextArea",
        "dataModelBindings": {"simpleBinding": "reason"},
        "required": ["greaterThan", ["dataModel", "amount"], 9.5],
    },
    {
        "id": "locked",
        "type": "Input",
        "dataModelBindings": {"simpleBinding": "locked"},
        "required": ["equals", ["dataModel", "amount"], 3],
        "readOnly": ["equals", ["dataModel", "more"], "lock"],
        "textResourceBindings": {"title": "Locked"},
    },
    {
        "id": "town",
        "type": "Dropdown",
        "dataModelBindings": {"simpleBinding": "town"},
        "textResourceBindings": {"title": "Town"},
        **OFFERED,
    },
    {
        "id": "towns",
        "type": "Checkboxes",
        "dataModelBindings": {"simpleBinding": "towns"},
        "textResourceBindings": {"title": "Towns"},
        **OFFERED,
    },
    {
        "id": "rows",
        "type": "RepeatingGroup",
        "children": ["name", "name-more"],
        "edit": {"mode": "showAll"},
        "dataModelBindings": {"group": "rows"},
    },
    {"id": "name", "type": "Input", "dataModelBindings": {"simpleBinding": "rows.name"}},
    {
        "id": "name-more",
        "type": "Input",
        "hidden": ["notEquals", ["dataModel", "rows.name"], "Kari"],
        "dataModelBindings": {"simpleBinding": "rows.more"},
    },
    {"id": "go", "type": "NavigationButtons"},
]
LAST: list[dict[str, Any]] = [
    {"id": "ending", "type": "Input", "dataModelBindings": {"simpleBinding": "ending"}},
    {"id": "back", "type": "NavigationButtons", "showBackButton": True},
]
LAST_BUT_ONE: list[dict[str, Any]] = [{"id": "on", "type": "NavigationButtons", "showBackButton": True}]
TEXT, ROW = {"type": "string"}, {"name": {"type": "string"}, "more": {"type": "string"}}
SCHEMA = {
    "type": "object",
    "properties": {
        **dict.fromkeys(("more", "detail", "reason", "locked", "town", "towns", "ending"), TEXT),
        "amount": {"type": "number"},
        "rows": {"type": "array", "items": {"type": "object", "properties": ROW}},
    },
}


MIDDLE_IS_SHOWN = ["notEquals", ["dataModel", "more"], "page"]


def app_files() -> MemoryFiles:
    base = new_app("instant", "ttd", {"nb": "Regler"})
    content = {path: data for path, data in base.items() if "/layouts/" not in path}
    for name, layout in (("first", LAYOUT), ("last", LAST)):
        content[f"App/ui/Task_1/layouts/{name}.json"] = json.dumps({"data": {"layout": layout}}).encode()
    middle = {"layout": [{"id": "bar", "type": "NavigationBar"}, *LAST_BUT_ONE], "hidden": MIDDLE_IS_SHOWN}
    content["App/ui/Task_1/layouts/middle.json"] = json.dumps({"data": middle}).encode()
    extra = {"layout": [*LAST_BUT_ONE], "hidden": ["notEquals", ["dataModel", "ending"], "more"]}
    content["App/ui/Task_1/layouts/extra.json"] = json.dumps({"data": extra}).encode()
    settings = {"pages": {"order": ["first", "middle", "last", "extra"]}, "defaultDataType": "model"}
    content["App/ui/Task_1/Settings.json"] = json.dumps(settings).encode()
    content["App/models/model.schema.json"] = json.dumps(SCHEMA).encode()
    return MemoryFiles(content)


@pytest.fixture(scope="module")
def address(stack: Any) -> str:
    key = (stack.data / "keys" / "test-environment").read_text().strip()
    client = ManagementClient(Environment("test", stack.test, stack.test, key))
    bundle = bundle_of(app_files())
    client.hand_over(bundle)
    client.activate("ttd", "instant", release="r1", version=1, bundle=bundle.id, by="test")
    client.close()
    return f"{stack.test}/ttd/instant/"


@pytest.fixture
def open_form(address: str, new_context: Any) -> Open:
    """The first page of the form; its rules are there."""

    def begin(**options: Any) -> Page:
        context: BrowserContext = new_context(**options)
        page = context.new_page()
        page.goto(address)
        page.get_by_role("button", name="Vennlig Fjellrev").click()
        page.locator(".public-start button").click()
        page.wait_for_selector("form-page")
        return filling(page) if options.get("java_script_enabled", True) else page

    return begin


def field(page: Page, name: str) -> Any:
    return page.locator(f'[name="{name}"]')


class Answers:
    """Holds what the form sends back until it is let go."""

    def __init__(self, page: Page) -> None:
        self.waiting: list[Route] = []
        page.route("**/instance/**", self._take)

    def _take(self, route: Route) -> None:
        if route.request.method == "POST":
            self.waiting.append(route)
        else:
            route.continue_()

    def let_go(self) -> None:
        while self.waiting:
            self.waiting.pop(0).continue_()


def saved(page: Page) -> None:
    expect(page.locator(".form-state")).to_have_text("Lagret")


def test_a_question_is_there_before_the_server_has_answered(open_form: Open, axe: Any) -> None:
    page = open_form()
    answers = Answers(page)
    expect(field(page, "detail")).to_be_hidden()
    field(page, "more").fill("yes")
    expect(field(page, "detail")).to_be_visible()
    expect(field(page, "detail")).to_be_enabled()
    field(page, "more").fill("no")
    expect(field(page, "detail")).to_be_hidden()
    with page.expect_request(lambda request: request.method == "POST"):
        field(page, "more").fill("yes")
    expect(field(page, "detail")).to_be_visible()
    assert len(answers.waiting) == 1
    axe(page)


def test_rules_follow_one_another_through_containers_and_components(open_form: Open) -> None:
    page = open_form()
    Answers(page)
    field(page, "more").fill("yes")
    field(page, "detail").fill("open")
    expect(field(page, "amount")).to_be_visible()
    # What is hidden has no answer: the box goes with the question that it asks about.
    field(page, "more").fill("no")
    expect(field(page, "amount")).to_be_hidden()


def test_demands_and_locks_follow_their_rules(open_form: Open) -> None:
    page = open_form()
    Answers(page)
    field(page, "more").fill("yes")
    field(page, "detail").fill("open")
    field(page, "amount").fill("9,6")
    expect(field(page, "reason")).to_have_attribute("aria-required", "true")
    field(page, "amount").fill("3")
    expect(page.locator("#c-locked .form-required")).to_have_text("*")
    expect(field(page, "reason")).not_to_have_attribute("aria-required", "true")
    field(page, "more").fill("lock")
    expect(field(page, "locked")).not_to_be_editable()


def test_options_are_offered_and_withheld_before_the_server_has_answered(open_form: Open, axe: Any) -> None:
    page = open_form()
    towns = page.get_by_role("group", name="Towns").get_by_role("checkbox")
    field(page, "town").select_option("Moss")
    towns.nth(0).check()
    saved(page)
    answers = Answers(page)
    field(page, "more").fill("cap")
    expect(field(page, "town").locator("option")).to_have_text(["Velg …", "Bergen", "Oslo"])
    expect(field(page, "town")).to_have_value("")
    expect(page.get_by_role("group", name="Towns").locator("label")).to_have_text(["Bergen", "Oslo"])
    expect(towns.nth(0)).to_be_checked()
    # What the server does not offer yet is kept when it is chosen at once, in the same post.
    field(page, "town").select_option("Oslo")
    page.get_by_label("Oslo", exact=True).check()
    axe(page)
    answers.let_go()
    page.unroute("**/instance/**")
    page.get_by_role("button", name="Neste", exact=True).click()
    page.wait_for_url("**/last")
    page.get_by_role("button", name="Forrige", exact=True).click()
    expect(field(page, "town")).to_have_value("Oslo")
    expect(page.get_by_label("Oslo", exact=True)).to_be_checked()
    expect(towns.nth(0)).to_be_checked()


def test_each_row_follows_its_own_answers(open_form: Open) -> None:
    page = open_form()
    add = page.locator('button[value="add:rows"]')
    add.click()
    expect(page.locator(".form-row")).to_have_count(1)
    add.click()
    expect(page.locator(".form-row")).to_have_count(2)
    Answers(page)
    field(page, "rows[1].name").fill("Kari")
    expect(field(page, "rows[1].more")).to_be_visible()
    expect(field(page, "rows[0].more")).to_be_hidden()


def test_without_scripts_what_is_hidden_stays_hidden(open_form: Open) -> None:
    page = open_form(java_script_enabled=False)
    expect(field(page, "detail")).to_be_hidden()
    expect(field(page, "detail")).to_be_disabled()
    field(page, "more").fill("yes")
    page.get_by_role("button", name="Neste").click()
    expect(field(page, "detail")).to_be_visible()


def test_late_answers_to_earlier_words_make_nothing_flicker(open_form: Open) -> None:
    page = open_form()
    page.route("**/instance/**", lambda route: (time.sleep(0.05), route.continue_()))
    page.evaluate(
        """() => {
          window.seen = [];
          const part = document.querySelector('#c-detail');
          new MutationObserver(() => window.seen.push(part.hidden)).observe(part, {attributes: true});
        }"""
    )
    field(page, "more").press_sequentially("yes", delay=40)
    field(page, "detail").press_sequentially("slowly", delay=30)
    saved(page)
    assert set(page.evaluate("window.seen")) == {False}
    expect(field(page, "detail")).to_have_value("slowly")


def test_an_answer_to_a_question_that_the_server_has_not_asked_yet_is_kept(open_form: Open) -> None:
    page = open_form()
    answers = Answers(page)
    field(page, "more").fill("yes")
    field(page, "detail").fill("open")
    field(page, "reason").fill("At once")
    answers.let_go()
    page.unroute("**/instance/**")
    page.get_by_role("button", name="Neste").click()
    page.wait_for_url("**/last")
    page.get_by_role("button", name="Forrige").click()
    expect(field(page, "reason")).to_have_value("At once")


def test_everything_in_one_post_is_kept_though_each_answer_brings_up_the_next(open_form: Open) -> None:
    page = open_form()
    # The first saves never arrive: the whole page is sent when it is left.
    page.route("**/instance/**", lambda route: route.abort() if _saves(route) else route.continue_())
    field(page, "more").fill("yes")
    field(page, "detail").fill("open")
    field(page, "amount").fill("12,5")
    field(page, "reason").fill("Because")
    page.get_by_role("button", name="Neste").click()
    page.wait_for_url("**/last")
    page.get_by_role("button", name="Forrige").click()
    expect(field(page, "amount")).to_have_value("12.5")
    expect(field(page, "reason")).to_have_value("Because")


def test_the_last_words_are_kept_though_the_page_is_left_at_once(open_form: Open) -> None:
    page = open_form()
    address = page.url
    page.on("dialog", lambda dialog: dialog.accept())
    field(page, "more").fill("yes")
    field(page, "detail").press_sequentially("last words")
    page.goto("about:blank")
    for _ in range(20):  # the words are on their way meanwhile
        page.goto(address)
        if field(page, "detail").input_value() == "last words":
            return
    pytest.fail("the words are gone")


def _saves(route: Route) -> bool:
    return _saves_request(route.request)


def _saves_request(request: Request) -> bool:
    return "x-form-save" in request.headers


def test_what_was_written_is_kept_though_a_rule_hides_it_meanwhile(open_form: Open) -> None:
    page = open_form()
    field(page, "more").fill("yes")
    saved(page)
    answers = Answers(page)
    field(page, "detail").fill("not lost")
    field(page, "more").fill("no")
    expect(field(page, "detail")).to_be_hidden()
    answers.let_go()
    page.unroute("**/instance/**")
    saved(page)
    page.reload()
    filling(page)
    field(page, "more").fill("yes")
    expect(field(page, "detail")).to_have_value("not lost")


def test_the_answer_of_the_server_counts(open_form: Open) -> None:
    page = open_form()

    def deceive(route: Route) -> None:
        rule = json.dumps(SHOWN_BY_YES, separators=(",", ":"))
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text().replace(rule, rule.replace("yes", "maybe")))

    # The browser is made to believe another rule than the server's.
    page.route("**/instance/**", lambda route: route.continue_() if _saves(route) else deceive(route))
    page.reload()
    filling(page)
    field(page, "more").fill("maybe")
    expect(field(page, "detail")).to_be_visible()
    saved(page)
    expect(field(page, "detail")).to_be_hidden()


def test_an_answer_to_a_save_is_about_what_has_changed_alone(open_form: Open) -> None:
    page = open_form()

    def save(text: str) -> str:
        with page.expect_response(lambda answer: _saves_request(answer.request)) as answer:
            field(page, "locked").fill(text)
        saved(page)
        return answer.value.text()

    html = save("a")
    assert 'id="c-locked"' in html
    assert 'id="c-rows"' not in html
    # Who has lost something is told everything again.
    page.evaluate("document.querySelector('#c-rows').remove()")
    save("b")
    expect(page.locator("#c-rows")).to_have_count(1)
    expect(field(page, "locked")).to_have_value("b")


def long_form() -> MemoryFiles:
    """A page of 120 fields, one of them required. Every tenth shows if the one before it says "ja"."""
    base = new_app("lang", "ttd", {"nb": "Lang"})
    content = {path: data for path, data in base.items() if "/layouts/" not in path}
    names = [f"f{number}" for number in range(120)]
    layout: list[dict[str, Any]] = [
        {
            "id": name,
            "type": "Input",
            "dataModelBindings": {"simpleBinding": name},
            "textResourceBindings": {"title": f"Spørsmål {number}"},
            "required": number == 113,
        }
        for number, name in enumerate(names)
    ]
    for number in range(9, 120, 10):
        layout[number]["hidden"] = ["notEquals", ["dataModel", f"f{number - 1}"], "ja"]
    layout.append({"id": "go", "type": "Button", "textResourceBindings": {"title": "Send"}})
    content["App/ui/Task_1/layouts/long.json"] = json.dumps({"data": {"layout": layout}}).encode()
    settings = {"pages": {"order": ["long"]}, "defaultDataType": "model"}
    content["App/ui/Task_1/Settings.json"] = json.dumps(settings).encode()
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    content["App/models/model.schema.json"] = json.dumps(schema).encode()
    return MemoryFiles(content)


def test_on_a_long_page_a_letter_changes_its_own_part_and_every_field_is_within_reach(
    stack: Any, new_context: Any, axe: Any
) -> None:
    page = filling(serving.begin(new_context(), serving.serve(stack, "lang", long_form())))
    expect(page.locator(".form-block")).to_have_count(7)
    for part in page.locator("[data-component]").all():
        part.evaluate("part => part.known = true")
    asking, asked = field(page, "f48"), field(page, "f49")
    with page.expect_response(lambda answer: _saves_request(answer.request)) as answer:
        asking.press_sequentially("ja")
        expect(asked).to_be_visible()
        asked.fill("mer")
    saved(page)
    expect(asked).to_be_focused()
    html = answer.value.text()
    assert 'id="c-f49"' in html
    assert 'id="c-f40"' not in html
    assert 'id="c-f80"' not in html
    # What an answer is not about is not made anew, wherever it stands.
    assert page.evaluate("[...document.querySelectorAll('[data-component]')].every((part) => part.known)")
    page.get_by_role("button", name="Send", exact=True).click()
    page.locator("#error-summary").get_by_role("link", name="Spørsmål 113").click()
    expect(field(page, "f113")).to_be_focused()
    expect(field(page, "f113")).to_be_in_viewport()
    axe(page)
    page.keyboard.press("Tab")
    expect(field(page, "f114")).to_be_focused()


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_no_word_is_lost_or_moved_however_late_answers_come(open_form: Open, seed: int) -> None:
    chance = random.Random(seed)
    page = open_form()

    def late(route: Route) -> None:
        time.sleep(chance.choice((0, 0.02, 0.15)))
        if chance.random() < 0.15 and _saves(route):
            route.abort()
        else:
            route.continue_()

    page.route("**/instance/**", late)
    written = {"more": "", "locked": "", "detail": ""}
    for _ in range(14):
        shown = [name for name in written if name != "detail" or field(page, "detail").is_visible()]
        name = chance.choice(shown)
        text = chance.choice(("yes", "no", "lock", "a b", "Ærlig talt", "x" * 30))
        if name == "locked" and not field(page, "locked").is_editable():
            continue
        place = field(page, name)
        place.fill("")
        place.press_sequentially(text, delay=chance.choice((0, 5, 30)))
        written[name] = text
        assert place.input_value() == text
    page.unroute("**/instance/**")
    saved(page)
    for name, text in written.items():
        assert field(page, name).input_value() == text
    page.reload()
    for name, text in written.items():
        assert field(page, name).input_value() == text


def test_a_page_comes_and_goes_in_the_lists_of_pages_before_the_server_has_answered(
    open_form: Open, axe: Any
) -> None:
    page = open_form()
    listed = page.locator(".form-steps li:visible")
    progress = page.locator(".form-progress")
    expect(progress).to_have_text("Side 1 av 2")
    expect(listed).to_have_text([re.compile(r"1\. first"), re.compile(r"2\. last")])
    answers = Answers(page)
    field(page, "more").fill("page")
    expect(progress).to_have_text("Side 1 av 3")
    expect(listed).to_have_text(
        [re.compile(r"1\. first"), re.compile(r"2\. middle"), re.compile(r"3\. last")]
    )
    axe(page)
    field(page, "more").fill("no")
    expect(progress).to_have_text("Side 1 av 2")
    expect(listed).to_have_count(2)
    field(page, "more").fill("page")
    answers.let_go()
    page.unroute("**/instance/**")
    saved(page)
    expect(progress).to_have_text("Side 1 av 3")
    page.locator(".form-steps").get_by_role("button", name="middle").click()
    expect(page).to_have_url(re.compile("/middle"))


def test_the_button_that_leads_on_comes_with_the_page_it_leads_to(open_form: Open) -> None:
    page = open_form()
    page.get_by_role("button", name="Neste", exact=True).click()
    page.wait_for_url("**/last")
    filling(page)
    answers = Answers(page)
    onward = page.get_by_role("button", name="Neste", exact=True)
    expect(onward).to_have_count(0)
    field(page, "ending").fill("more")
    expect(onward).to_be_enabled()
    field(page, "ending").fill("no more")
    expect(onward).to_have_count(0)
    field(page, "ending").fill("more")
    answers.let_go()
    page.unroute("**/instance/**")
    onward.click()
    page.wait_for_url("**/extra")
    expect(page.get_by_role("button", name="Neste", exact=True)).to_have_count(0)
