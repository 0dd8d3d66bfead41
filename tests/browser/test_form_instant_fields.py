"""What an app says about its fields is shown at once: results, what is wrong, texts with answers in them."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from tests.browser.serving import begin, filling, serve

Open = Callable[..., Page]
OWN = ["dataModel", ["argv", 0]]


def bound(name: str, kind: str = "Input", **more: Any) -> dict[str, Any]:
    return {
        "id": name.rpartition(".")[2],
        "type": kind,
        "dataModelBindings": {"simpleBinding": name},
        "textResourceBindings": {"title": name.capitalize()},
        **more,
    }


KRONER = {"number": {"thousandSeparator": " ", "decimalSeparator": ",", "suffix": " kr"}}
LAYOUT: list[dict[str, Any]] = [
    bound("first", "Datepicker", timeStamp=False),
    bound("last", "Datepicker", timeStamp=False),
    bound("count"),
    bound("price"),
    bound("sum", readOnly=True, formatting=KRONER),
    bound("rounded", readOnly=True),
    bound("tall", hidden=["lessThan", ["dataModel", "sum"], 1000]),
    {"id": "told", "type": "Paragraph", "textResourceBindings": {"title": "told"}},
    {
        "id": "shown",
        "type": "Number",
        "value": ["multiply", ["dataModel", "sum"], 2],
        "textResourceBindings": {"title": "Twice"},
    },
    {
        "id": "warned",
        "type": "Alert",
        "severity": "info",
        "textResourceBindings": {
            "title": ["if", ["greaterThan", ["dataModel", "count"], 10], "many", "else", "few"],
            "body": "Body",
        },
    },
    {
        "id": "rows",
        "type": "RepeatingGroup",
        "children": ["amount", "half"],
        "edit": {"mode": "showAll"},
        "dataModelBindings": {"group": "rows"},
    },
    bound("rows.amount"),
    bound("rows.half", readOnly=True),
    bound("choice", "RadioButtons", options=[{"value": "a", "label": "A"}, {"value": "b", "label": "B"}]),
]
NUMBER, TEXT = {"type": "number"}, {"type": "string"}
SCHEMA = {
    "type": "object",
    "properties": {
        **{name: {"type": "string", "format": "date"} for name in ("first", "last")},
        **dict.fromkeys(("count", "price", "sum"), NUMBER),
        "rounded": {"type": "integer"},
        **dict.fromkeys(("tall", "choice"), TEXT),
        "rows": {
            "type": "array",
            "items": {"type": "object", "properties": {"amount": NUMBER, "half": NUMBER}},
        },
    },
}
VALIDATIONS = {
    "validations": {
        "last": [
            {
                "message": "order",
                "condition": ["compare", ["dataModel", "last"], "isBefore", ["dataModel", "first"]],
            }
        ],
        "count": [
            {"message": "Too many", "condition": ["greaterThan", OWN, 100]},
            {"message": "A lot", "severity": "warning", "condition": ["greaterThan", OWN, 50]},
        ],
        "rows.amount": [
            {
                "message": ["concat", "At most ", ["dataModel", "count"]],
                "condition": ["greaterThan", OWN, ["dataModel", "count"]],
            }
        ],
        "choice": [{"message": "Not b", "condition": ["equals", OWN, "b"]}],
    }
}
CALCULATIONS = {
    "calculations": {
        "sum": {"expression": ["multiply", ["dataModel", "count"], ["dataModel", "price"]]},
        "rounded": {"expression": ["round", ["dataModel", "sum"], 0]},
        "rows.half": {"expression": ["divide", ["dataModel", "rows.amount"], 2]},
    }
}
TEXTS = [
    {"id": "order", "value": "The last day is before the first"},
    {"id": "many", "value": "Many of them"},
    {"id": "few", "value": "Few of them"},
    {
        "id": "told",
        "value": "You pay {0} in all",
        "variables": [{"key": "sum", "dataSource": "dataModel.default", "defaultValue": "nothing"}],
    },
]


def app_files() -> MemoryFiles:
    base = new_app("instant-fields", "ttd", {"nb": "Felt"})
    content = {path: data for path, data in base.items() if "/layouts/" not in path}
    layout = [*LAYOUT, {"id": "submit", "type": "Button"}]
    files = {
        "App/ui/Task_1/layouts/page.json": {"data": {"layout": layout}},
        "App/ui/Task_1/Settings.json": {"pages": {"order": ["page"]}, "defaultDataType": "model"},
        "App/models/model.schema.json": SCHEMA,
        "App/models/model.validation.json": VALIDATIONS,
        "App/models/model.calculation.json": CALCULATIONS,
        "App/config/texts/resource.nb.json": {"language": "nb", "resources": TEXTS},
    }
    return MemoryFiles(content | {path: json.dumps(each).encode() for path, each in files.items()})


@pytest.fixture(scope="module")
def address(stack: Any) -> str:
    return serve(stack, "instant-fields", app_files())


@pytest.fixture
def form(address: str, new_context: Any) -> Page:
    """The page of the form; its rules are there."""
    return filling(begin(new_context(), address))


def field(page: Page, name: str) -> Any:
    return page.locator(f'[name="{name}"]')


def hold(page: Page) -> list[Route]:
    """Hold what is sent from now on: nothing comes back from the server."""
    waiting: list[Route] = []
    page.route(
        "**/instance/**",
        lambda route: waiting.append(route) if route.request.method == "POST" else route.continue_(),
    )
    return waiting


def let_go(page: Page, waiting: list[Route]) -> None:
    while waiting:
        waiting.pop(0).continue_()
    page.unroute("**/instance/**")
    expect(page.locator(".form-state")).to_have_text("Lagret")


def issues(page: Page, part: str) -> Any:
    return page.locator(f"#c-{part} .ds-validation-message")


def test_what_is_worked_out_is_there_before_the_server_has_answered(form: Page, axe: Any) -> None:
    waiting = hold(form)
    field(form, "count").fill("12")
    field(form, "price").fill("99,5")
    expect(field(form, "sum")).to_have_value("1 194")
    expect(field(form, "rounded")).to_have_value("1194")
    expect(field(form, "tall")).to_be_visible()
    expect(form.locator("#c-told")).to_contain_text("You pay 1194 in all")
    expect(form.locator("#c-shown dd")).to_have_text("2388")
    expect(form.locator("#c-warned")).to_contain_text("Many of them")
    before = form.locator("form .form-grid").inner_text()
    let_go(form, waiting)
    # The server says the same.
    expect(form.locator("#c-told")).to_contain_text("You pay 1194 in all")
    assert form.locator("form .form-grid").inner_text() == before
    axe(form)


def test_an_answer_that_another_one_makes_wrong_is_told_of_at_once(form: Page) -> None:
    hold(form)
    field(form, "last").fill("2024-01-01")
    field(form, "first").fill("2024-02-01")
    expect(issues(form, "last")).to_have_text("The last day is before the first")
    expect(field(form, "last")).to_have_attribute("aria-invalid", "true")
    assert "f-last-issues" in (field(form, "last").get_attribute("aria-describedby") or "")
    field(form, "first").fill("2023-02-01")
    expect(issues(form, "last")).to_have_count(0)
    expect(field(form, "last")).not_to_have_attribute("aria-invalid", "true")


def test_nothing_new_is_said_about_a_field_before_it_is_left_and_it_goes_as_soon_as_it_is_right(
    form: Page,
) -> None:
    hold(form)
    place = field(form, "count")
    place.press_sequentially("101")
    expect(issues(form, "count")).to_have_count(0)
    place.press("Tab")
    expect(issues(form, "count")).to_have_count(2)
    expect(issues(form, "count").nth(1)).to_contain_text("Advarsel: A lot")
    place.press("End")
    place.press("Backspace")
    expect(issues(form, "count")).to_have_count(0)


@pytest.mark.parametrize("by_touch", [False, True], ids=["mouse", "finger"])
def test_a_press_counts_though_leaving_a_field_brings_up_what_is_wrong_with_it(
    address: str, new_context: Any, by_touch: bool
) -> None:
    # The messages come above the button, in sight: they would push it away between the halves of the press.
    form = begin(new_context(has_touch=by_touch, viewport={"width": 1280, "height": 2000}), address)
    filling(form)
    field(form, "count").press_sequentially("101")
    box = form.locator('button[value="submit"]').bounding_box()
    assert box is not None
    place = (box["x"] + box["width"] / 2, box["y"] + 4)
    if by_touch:
        form.touchscreen.tap(*place)
    else:
        form.mouse.click(*place)
    expect(form.locator("#error-summary")).to_be_focused()
    expect(issues(form, "count")).to_have_count(2)


def test_choices_and_rows_are_told_what_is_wrong_with_them_alone(form: Page) -> None:
    add = form.locator('button[value="add:rows"]')
    add.click()
    expect(form.locator(".form-row")).to_have_count(1)
    add.click()
    expect(form.locator(".form-row")).to_have_count(2)
    hold(form)
    field(form, "count").fill("5")
    field(form, "rows[1].amount").fill("6")
    field(form, "rows[1].amount").press("Tab")
    expect(field(form, "rows[1].half")).to_have_value("3")
    expect(issues(form, "amount-1")).to_have_text("At most 5")
    expect(issues(form, "amount-0")).to_have_count(0)
    field(form, "choice").nth(1).check()
    expect(issues(form, "choice")).to_have_text("Not b")
    field(form, "choice").nth(0).check()
    expect(issues(form, "choice")).to_have_count(0)


def test_the_server_says_the_same_and_nothing_is_told_twice(form: Page) -> None:
    field(form, "count").fill("101")
    field(form, "count").press("Tab")
    expect(form.locator(".form-state")).to_have_text("Lagret")
    expect(issues(form, "count")).to_have_count(2)
    field(form, "count").fill("3")
    expect(issues(form, "count")).to_have_count(0)
    expect(form.locator(".form-state")).to_have_text("Lagret")
    expect(issues(form, "count")).to_have_count(0)
