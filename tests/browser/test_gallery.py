"""Every component in a real browser: by keyboard, with errors, narrow, dark, mirrored, without scripts.

One sign-in serves all tests, and most of them look at the pages of one submission.
"""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FilePayload, Locator, Page, expect

from studio.definition.templates import new_app
from studio.delivery.bundling import bundle_of
from studio.delivery.client import ManagementClient
from studio.delivery.environments import Environment

TITLES = {"nb": "Galleri", "nn": "Galleri", "en": "Gallery"}
PAGES = (
    "writing",
    "choosing",
    "dates",
    "lookups",
    "files",
    "rows",
    "tables",
    "containers",
    "more",
    "messages",
    "values",
    "buttons",
    "summary",
)
PLAN = FilePayload(name="plan.txt", mimeType="text/plain", buffer=b"Scene mot nord")
MOST_STOPS = 200  # of the tab key on one page


@dataclass
class Gallery:
    """The app, and one submission that has been begun."""

    start: str
    page: Page
    submission: str

    def open(self, name: str) -> Page:
        """A page of the submission, as wide as a desktop."""
        self.page.set_viewport_size({"width": 1280, "height": 900})
        self.page.emulate_media(color_scheme="light", reduced_motion="reduce")
        self.page.goto(f"{self.submission}/{name}")
        return self.page


@pytest.fixture(scope="module")
def start(stack: Any) -> str:
    key = (stack.data / "keys" / "test-environment").read_text().strip()
    client = ManagementClient(Environment("test", stack.test, stack.test, key))
    bundle = bundle_of(new_app("galleri", "ttd", TITLES, "gallery"))
    client.hand_over(bundle)
    client.activate("ttd", "galleri", release="r1", version=1, bundle=bundle.id, by="test")
    client.close()
    return f"{stack.test}/ttd/galleri/"


@pytest.fixture(scope="module")
def signed_in(browser: Browser, start: str) -> Iterator[BrowserContext]:
    """A window in which somebody has signed in. No script in it may fail."""
    context = browser.new_context(
        locale="nb-NO",
        timezone_id="Europe/Oslo",
        reduced_motion="reduce",
        viewport={"width": 1280, "height": 900},
    )
    context.set_default_timeout(15_000)
    failed: list[str] = []
    context.on("weberror", lambda error: failed.append(str(error.error)))
    page = context.new_page()
    page.goto(start)
    page.get_by_role("button", name="Vennlig Fjellrev").click()
    page.wait_for_selector(".public-start")
    page.close()
    yield context
    context.close()
    assert failed == []


def begin(page: Page, start: str) -> str:
    """A new submission; the address that its pages have in front of their names."""
    page.goto(start)
    page.locator(".public-start button").first.click()
    page.wait_for_url(re.compile("/writing$"))
    return page.url.removesuffix("/writing")


@pytest.fixture(scope="module")
def gallery(signed_in: BrowserContext, start: str) -> Gallery:
    page = signed_in.new_page()
    return Gallery(start, page, begin(page, start))


def press_next(page: Page) -> None:
    """The button that goes on, which is the last of its name: another stands first for the Enter key."""
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.locator('button[value="next"]').last.click()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_in_light_and_on_a_dark_phone_with_errors(
    gallery: Gallery, axe: Any, name: str
) -> None:
    page = gallery.open(name)
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    page.emulate_media(color_scheme="dark")
    if page.locator('[aria-required="true"], .form-required').count():
        press_next(page)
        expect(page.locator("#error-summary")).to_be_focused()
    axe(page)


@pytest.mark.parametrize("name", PAGES)
def test_a_page_fits_narrow_zoomed_and_mirrored(gallery: Gallery, name: str) -> None:
    page = gallery.open(name)
    # 640 px are what is left of 1280 where everything is twice as large.
    for width in (1280, 640, 320):
        page.set_viewport_size({"width": width, "height": 900})
        for direction in ("ltr", "rtl"):
            page.evaluate("direction => { document.documentElement.dir = direction }", direction)
            assert page.evaluate(STICKING_OUT) == [], (width, direction)


# What stands beside the page, though nothing lets one scroll to it: each as its tag, class and edges.
STICKING_OUT = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    return ['the page is ' + document.documentElement.scrollWidth + ' wide'];
  }
  const scrolled = (element) => element.closest('.form-table-box, .ds-sr-only, .ds-skip-link, .form-map');
  return [...document.querySelectorAll('main *')]
    .filter((element) => element.checkVisibility() && !scrolled(element))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, box]) => box.width > 1 && (box.left < -1 || box.right > width + 1))
    .map(([element, box]) => `${element.tagName}.${element.className} ${box.left}-${box.right}`);
}"""


# What takes longer than a moment: each with what it changes, and for how many milliseconds.
MOVING = """() => document.getAnimations()
  .map((each) => [each.transitionProperty ?? each.animationName, each.effect.getTiming().duration])
  .filter(([, duration]) => duration > 1)"""


def test_nothing_moves_for_those_who_want_no_motion(gallery: Gallery) -> None:
    page = gallery.open("containers")
    page.locator("summary", has_text="Støy").click()
    assert page.evaluate(MOVING) == []


def test_paper_has_what_is_behind_tabs_and_the_heads_of_all_columns(gallery: Gallery) -> None:
    page = gallery.open("containers")
    page.emulate_media(media="print")
    for inside in ("Hvilke busslinjer?", "Antall parkeringsplasser", "Høyeste lydnivå"):
        expect(page.get_by_label(inside)).to_be_visible()
    page = gallery.open("tables")
    page.emulate_media(media="print")
    for table in page.locator(".form-list table").all():
        heads, cells = table.locator("thead th"), table.locator("tbody tr").first.locator("td")
        assert heads.count() == cells.count()
        assert all(head.is_visible() for head in heads.all())
    expect(page.locator("th", has_text="Navn").first).to_contain_text("Navn")
    expect(page.locator("th button").first).to_be_visible()
    page.emulate_media(media="screen")


def test_texts_and_help_follow_the_language(gallery: Gallery) -> None:
    page = gallery.open("writing")
    page.get_by_role("button", name="English").or_(page.get_by_role("link", name="English")).first.click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    field = page.get_by_label("E-mail address")
    expect(field).to_be_visible()
    component = page.locator("#c-email")
    component.locator("summary").click()
    expect(component).to_contain_text("It is deleted when the case is closed.")
    expect(page.get_by_role("button", name="Next").last).to_be_visible()
    page.get_by_role("button", name="Bokmål").or_(page.get_by_role("link", name="Bokmål")).first.click()
    expect(page.get_by_label("E-postadresse")).to_be_visible()


def follow_errors(page: Page) -> list[str]:
    """Follow each link of the error summary; the ids of the fields that then have the focus."""
    reached = []
    links = page.locator("#error-summary a")
    for index in range(links.count()):
        links.nth(index).click()
        focused = page.locator(":focus")
        expect(focused).to_be_visible()
        reached.append(focused.get_attribute("id") or "")
        assert focused.evaluate("field => Boolean(field.closest('.form-component'))"), links.nth(index)
    return reached


def test_errors_lead_to_fields_in_closed_accordions_and_tabs(gallery: Gallery) -> None:
    page = gallery.open("containers")
    # With motion: what opens slowly must not be too slow for the focus.
    page.emulate_media(reduced_motion="no-preference")
    expect(page.get_by_label("Høyeste lydnivå")).not_to_be_visible()
    expect(page.get_by_label("Antall parkeringsplasser")).not_to_be_visible()
    press_next(page)
    expect(page.locator("#error-summary")).to_be_focused()
    page.locator(".form-tab", has_text="Sykkel").click()
    page.locator("summary", has_text="Støy").click()
    assert follow_errors(page) == ["f-noise-level", "f-parking"]


def test_errors_lead_to_fields_in_closed_rows(gallery: Gallery) -> None:
    page = gallery.open("rows")
    page.locator('button[value="add:acts"]').click()
    expect(page.locator('[name="acts[0].name"]')).to_be_visible()
    page.locator('[name="acts[0].minutes"]').fill("20")
    page.locator('button[value="add:acts"]').click()
    expect(page.locator('[name="acts[1].name"]')).to_be_visible()
    press_next(page)
    expect(page.locator("#error-summary")).to_be_focused()
    for link in page.locator("#error-summary a").all():
        assert "Navn på artisten" in link.inner_text()
    assert all(name.startswith("f-act-name") for name in follow_errors(page))


def test_errors_of_tables_lead_to_their_cells(gallery: Gallery) -> None:
    page = gallery.open("tables")
    press_next(page)
    expect(page.locator("#error-summary")).to_be_focused()
    reached = follow_errors(page)
    assert "f-adults-now" in reached
    assert len(reached) == len(set(reached))


# ---------------------------------------------------------------- the whole form by keyboard alone


def twin_day(first: date, step: int = 1) -> str:
    """The next day that is written alike with the day or the month in front, as it is typed: "06062027"."""
    day = first
    while day.day != day.month:
        day += timedelta(days=step)
    return f"{day:%d%m%Y}"


def typed_answers() -> dict[str, str]:
    today = date.today()  # noqa: DTZ011 - the app's own limits are about today as well
    ahead, back = today + timedelta(days=2), today - timedelta(days=1)
    return {
        "email": "kari@example.no",
        "phone": "40000001",
        "account": "12345678903",
        "firstDay": twin_day(ahead),
        "lastDay": twin_day(ahead + timedelta(days=40)),
        "birthday": "01011990",
        "lastHeld": twin_day(back, -1),
        "meeting": twin_day(ahead),
        "posters": "",
        "started": "01012020",
        "evaluation": twin_day(today + timedelta(days=400)),
        "opens": "1030AM",
        "closes": "101500AM",
        "artistArrives": "0900AM",
        "soundCheck": "093000AM",
        "fireworkTime": "1100AM",
        "venueZip": "0150",
        "billZip": "5003",
        "billUnit": "H0101",
        "stagePlace": "62.74, 7.16",
        "acts[0].minutes": "20",
        "guards[0].age": "30",
        "fireExits": "4",
        "gasCount": "2",
        "noiseLevel": "85",
        "toiletCount": "12",
        "parking": "40",
        "bikeRacks": "30",
    }


FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const { tagName: tag, type = '', name = '', value = '', checked = false, readOnly = false } = element;
  const box = element.getBoundingClientRect();
  const number = ['numeric', 'decimal'].includes(element.inputMode);
  const isFolded = Boolean(element.closest('.form-accordion:not([open]) > summary'));
  const isTab = element.matches('[role="tab"][aria-selected="true"]');
  const where = { isFolded, isTab, seen: box.bottom > 0 };
  return { tag, type, name, value, checked, readOnly, number, id: element.id, ...where };
}"""
# Buttons of these verbs are pressed on the way; the others lead away or take something back.
PRESSED = ("add:",)


def walk(page: Page, answers: dict[str, str], pressed: set[str]) -> None:
    """Fill in a page with nothing but keys, and go on. Fails where the focus is lost on the way."""
    done: set[str] = set()
    is_there = False
    for _ in range(MOST_STOPS):
        if not is_there:
            page.keyboard.press("Tab")
        is_there = False
        at = page.evaluate(FOCUSED)
        if at is None:
            # The end of the page, where the focus goes back to the browser's own bars.
            continue
        name = f"{at['name']} {at['id']}"
        if at["name"] == "do":
            if at["value"] == "next" and at["seen"]:
                page.keyboard.press("Enter")
                return
            if at["value"].startswith(PRESSED) and at["value"] not in pressed:
                pressed.add(at["value"])
                press_and_wait(page)
                is_there = True
        elif at["isFolded"]:
            page.keyboard.press("Enter")
            expect(page.locator("details[open] > summary:focus + *")).to_be_visible()
        elif at["isTab"] and f"{at['id']} turned" not in done:
            page.keyboard.press("ArrowRight")
            done.add(f"{page.evaluate(FOCUSED)['id']} turned")
        elif name not in done and not at["readOnly"]:
            done.add(name)
            answer(page, at, answers, done)
    pytest.fail(f"The button that goes on is not reached by keyboard on {page.url}")


def press_and_wait(page: Page) -> None:
    """Press the button that adds a row; the focus is then in the row."""
    rows = page.locator("main [data-row]:not(.form-row-panel)")
    before = rows.count()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(before + 1)
    expect(page.locator("main [data-row] :focus")).to_have_count(1)


def answer(page: Page, at: dict[str, Any], answers: dict[str, str], done: set[str]) -> None:
    if at["type"] in {"radio", "checkbox"}:
        if f"{at['name']} chosen" not in done and not at["checked"]:
            done.add(f"{at['name']} chosen")
            page.keyboard.press("Space")
    elif at["tag"] == "SELECT":
        page.keyboard.press("ArrowDown")
    elif at["name"] and not at["name"].startswith(":") and not at["value"]:
        page.keyboard.type(answers.get(at["name"], "3" if at["number"] else "Svar"))


def test_everything_is_filled_in_by_keyboard_alone(gallery: Gallery) -> None:
    page = gallery.page
    begin(page, gallery.start)  # one of its own: it is sent
    answers, pressed = typed_answers(), set[str]()
    for name, following in itertools.pairwise(PAGES):
        if name == "files":
            # Which file is chosen in a window of the operating system.
            attach(page)
        walk(page, answers, pressed)
        try:
            page.wait_for_url(re.compile(f"/{following}$"), timeout=10_000)
        except Exception:  # noqa: BLE001 - whatever went wrong, the page says what it wants
            pytest.fail(f"{name}: {page.locator('#error-summary').all_inner_texts()}")
        expect(page.locator("#page-title")).to_be_focused()
    expect(page.locator("main")).to_contain_text("kari@example.no")
    page.locator("#c-send button").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Bekreft og send inn").press("Enter")
    expect(page.get_by_role("heading", name="Skjemaet er sendt inn")).to_be_visible()


def attach(page: Page) -> None:
    page.locator("#c-site-plan input[type=file]").set_input_files(PLAN)
    expect(page.locator("#c-site-plan .form-file")).to_contain_text("plan.txt")


# ---------------------------------------------------------------- without scripts


def fill_what_is_required(page: Page) -> None:
    answers = {
        "eventName": "Byfesten",
        "applicant": "Kari Lunde",
        "purpose": "Å samle hele byen",
        "visitors": "400",
        "adultsNow": "300",
        "noiseLevel": "85",
        "parking": "40",
        "venueStreet": "Storgata 1",
        "venueZip": "0150",
        "acts[0].name": "Korpset",
    }
    for name, text in answers.items():
        for field in page.locator(f'[name="{name}"]').all():
            field.fill(text)


def test_the_form_is_filled_in_corrected_and_sent_without_scripts(
    browser: Browser, signed_in: BrowserContext, start: str
) -> None:
    context = browser.new_context(
        java_script_enabled=False,
        storage_state=signed_in.storage_state(),
        locale="nb-NO",
        viewport={"width": 1280, "height": 900},
    )
    page = context.new_page()
    try:
        begin(page, start)
        go_on_without_scripts(page)
    finally:
        context.close()


def go_on_without_scripts(page: Page) -> None:
    soon = date.today() + timedelta(days=3)  # noqa: DTZ011 - the app's own limits are about today as well
    # Going on too early says what is missing, with a link to it.
    page.locator('button[value="next"]').last.click()
    summary = page.locator("#error-summary")
    expect(summary.get_by_role("link")).to_have_count(4)
    summary.get_by_role("link").first.click()
    expect(page).to_have_url(re.compile("#f-event-name$"))
    fill_what_is_required(page)
    go_to(page, "choosing")
    page.get_by_label("Idrettsarrangement").check()
    page.get_by_label("Vann", exact=True).check()
    page.locator("[name=county]").select_option("46")
    go_to(page, "dates")
    page.locator("[name=firstDay]").fill(soon.isoformat())
    page.locator("[name=opens]").fill("10:00")
    go_to(page, "lookups")
    fill_what_is_required(page)
    go_to(page, "files")
    page.locator("#c-site-plan input[type=file]").set_input_files(PLAN)
    page.locator("#c-site-plan button", has_text="Legg ved").click()
    expect(page.locator("#c-site-plan .form-file")).to_contain_text("plan.txt")
    go_to(page, "rows")
    page.locator('button[value="add:acts"]').click()
    fill_what_is_required(page)
    go_to(page, "tables")
    fill_what_is_required(page)
    page.get_by_label("Fjordlyd AS").check()
    go_to(page, "containers")
    page.locator("summary", has_text="Støy").click()
    fill_what_is_required(page)
    for name in ("more", "messages", "values", "buttons", "summary"):
        go_to(page, name)
    expect(page.locator("main")).to_contain_text("Byfesten")
    expect(page.locator("main")).to_contain_text("Korpset")
    page.locator("#c-send button").click()
    page.get_by_role("button", name="Bekreft og send inn").click()
    expect(page.get_by_role("heading", name="Skjemaet er sendt inn")).to_be_visible()


def go_to(page: Page, name: str) -> None:
    page.locator('button[value="next"]').last.click()
    errors: Locator = page.locator("#error-summary")
    assert page.url.endswith(f"/{name}"), errors.all_inner_texts()
