"""The table of texts in a real browser, and a translation that goes out as XLIFF and comes back to people."""

import itertools
import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote_plus

from playwright.sync_api import Page, expect

from studio.definition.app import app_definition
from studio.definition.files import EditedFiles, Files
from studio.definition.translation import xliff
from studio.definition.translation.units import Batch, Unit
from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.serving import begin, serve
from tests.browser.test_layout_editor import NOW, saved
from tests.builders import app_files

KARI = Author("Kari Lunde", "kari@example.org")
_NUMBERS = itertools.count(1)
NB = {"name.title": "Hva heter du?", "phone.title": "Telefonnummer", "next": "Neste", "Contact": "Om deg"}
EN = {"name.title": "What is your name?"}


class Texts:
    """An app of its own, and its texts as the server has them."""

    def __init__(self, stack: Any, nb: dict[str, str] = NB, en: dict[str, str] = EN) -> None:
        self.name = f"tekster-{next(_NUMBERS)}"
        self.address = f"{stack.studio}/ttd/{self.name}/texts"
        self._repositories = Repositories(stack.data / "repos")
        more = {
            f"App/config/texts/resource.{each}.json": file(texts) for each, texts in (("nb", nb), ("en", en))
        }
        files = {**app_files(), **more}
        self._repositories.create("ttd", self.name, files, KARI, "Begin", NOW)

    @property
    def files(self) -> Files:
        return self._repositories.open("ttd", self.name).draft("kari").files

    def text(self, language: str, key: str) -> str | None:
        found = app_definition(self.files).texts(language).get(key)
        return found.value if found else None


def file(texts: dict[str, str]) -> bytes:
    listed = [{"id": key, "value": value} for key, value in texts.items()]
    return json.dumps({"resources": listed}, indent=2, ensure_ascii=False).encode()


def cell(page: Page, key: str, language: str) -> Any:
    return page.locator(f'.texts-row[data-key="{key}"] [data-language="{language}"]')


def test_the_keyboard_moves_through_the_table_and_writes_where_the_text_stands(
    page: Page, stack: Any, sign_in: Any, axe: Any
) -> None:
    texts = Texts(stack)
    sign_in(page, "kari")
    page.goto(texts.address)
    axe(page)
    page.locator('[role="rowheader"]').first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    expect(cell(page, "phone.title", "nb")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Control+a")
    page.keyboard.type("Telefon")
    page.keyboard.press("Tab")
    page.keyboard.type("Phone")
    page.keyboard.press("Enter")
    expect(cell(page, "phone.title", "en")).to_be_focused()
    saved(page)
    assert (texts.text("nb", "phone.title"), texts.text("en", "phone.title")) == ("Telefon", "Phone")
    expect(page.locator("#panel-heading")).to_have_text("phone.title")

    page.keyboard.press("F2")
    page.keyboard.type("something else")
    page.keyboard.press("Escape")
    expect(cell(page, "phone.title", "en")).to_have_text("Phone")
    expect(cell(page, "phone.title", "en")).to_be_focused()
    axe(page)

    page.keyboard.press("Control+z")
    expect(cell(page, "phone.title", "en")).to_contain_text("Mangler")


def test_a_search_and_a_filter_show_at_once_and_later_rows_come_when_they_are_near(
    page: Page, stack: Any, sign_in: Any
) -> None:
    texts = Texts(stack, {f"key.{number}": f"Tekst {number}" for number in range(400)}, {})
    sign_in(page, "kari")
    page.goto(texts.address)
    grid = page.locator(".texts-grid")
    expect(grid).to_have_attribute("aria-rowcount", "401")
    page.locator("#texts-found").evaluate("element => element.scrollTo(0, element.scrollHeight)")
    expect(page.locator('[data-key="key.399"]')).to_be_visible()
    page.locator("#texts-query").press_sequentially("Tekst 39")
    expect(grid).to_have_attribute("aria-rowcount", "15")
    page.locator("#texts-show").select_option("missing")
    page.wait_for_url("**show=missing**")
    expect(grid).to_have_attribute("aria-rowcount", "15")
    cell(page, "key.39", "en").dblclick()
    page.keyboard.type("Text 39")
    page.keyboard.press("Enter")
    saved(page)
    assert texts.text("en", "key.39") == "Text 39"
    assert "q=Tekst 39" in unquote_plus(page.url)


def test_the_table_works_on_a_phone_in_the_dark_and_without_scripts(
    new_context: Any, stack: Any, sign_in: Any, axe: Any
) -> None:
    texts = Texts(stack)
    phone = new_context(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page()
    sign_in(phone, "kari")
    phone.goto(texts.address)
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390

    plain = new_context(java_script_enabled=False).new_page()
    sign_in(plain, "kari")
    plain.goto(texts.address)
    plain.get_by_role("rowheader", name="phone.title").click()
    plain.locator("#version-en").fill("Telephone")
    plain.locator("form:has(#version-en) button").press("Enter")
    expect(plain.locator("#version-en")).to_have_value("Telephone")
    assert texts.text("en", "phone.title") == "Telephone"


def test_a_translation_goes_out_as_xliff_comes_back_and_is_seen_by_people(
    page: Page, new_context: Any, stack: Any, sign_in: Any, axe: Any, tmp_path: Path
) -> None:
    texts = Texts(stack)
    sign_in(page, "kari")
    page.goto(f"{texts.address}/translation")
    axe(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="Last ned XLIFF").click()
    sent = xliff.read(download.value.path().read_bytes())
    assert [unit.key for unit in sent.units if not unit.target] == ["phone.title", "next", "Contact"]
    words = {"phone.title": "Your telephone number", "next": "Next", "Contact": "About you"}
    done = tmp_path / "done.xlf"
    done.write_bytes(
        xliff.write(
            Batch(
                "nb",
                "en",
                tuple(
                    Unit(unit.key, unit.source, words.get(unit.key, unit.target), "translated")
                    for unit in sent.units
                ),
            )
        )
    )
    page.locator("input[type=file]").set_input_files(done)
    page.get_by_role("button", name="Se gjennom filen").click()
    expect(page.locator("tbody tr")).to_have_count(3)
    axe(page)
    page.get_by_role("button", name="Ta inn tekstene").click()
    expect(page.get_by_role("status").filter(has_text="3 tekster ble tatt inn")).to_be_visible()
    expect(page.locator(".language-card__meter")).to_have_attribute("value", "100")

    served = EditedFiles(texts.files, {})
    form = begin(new_context(), serve(stack, texts.name, served))
    expect(form.get_by_label("Telefonnummer")).to_be_visible()
    form.locator('button[value="en"], a[hreflang="en"], [name=language][value=en]').first.click()
    expect(form.get_by_label("Your telephone number")).to_be_visible()


def test_a_text_is_written_on_the_canvas_in_one_language_while_the_other_is_seen(
    page: Page, stack: Any, sign_in: Any, axe: Any
) -> None:
    texts = Texts(stack)
    sign_in(page, "kari")
    page.goto(texts.address.replace("/texts", "/form/Task_1/Contact"))
    page.locator('[data-component="name"]').dblclick()
    field = page.locator(".inline-text")
    expect(page.locator(".inline-beside")).to_contain_text("EnglishWhat is your name?")
    expect(field).to_have_attribute("aria-label", "Tekst: Bokmål")
    axe(page)
    field.fill("Hele navnet ditt")
    page.keyboard.press("Alt+ArrowDown")
    expect(field).to_have_value("What is your name?")
    expect(page.locator(".inline-beside")).to_contain_text("BokmålHele navnet ditt")
    field.fill("Your full name")
    saved(page)
    expect(field).to_have_value("Your full name")
    expect(field).to_be_focused()
    page.keyboard.press("Enter")
    expect(field).to_have_count(0)
    saved(page)
    assert texts.text("nb", "name.title") == "Hele navnet ditt"
    assert texts.text("en", "name.title") == "Your full name"
    expect(page.locator('[data-component="name"]')).to_contain_text("Hele navnet ditt")
