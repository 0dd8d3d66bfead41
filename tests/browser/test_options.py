"""An option list in a real browser: pasted from a spreadsheet, used, renamed, and chosen from by people."""

import itertools
import json
from typing import Any

from playwright.sync_api import Page, expect

from studio.definition.app import app_definition
from studio.definition.files import EditedFiles, Files
from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.serving import begin, serve
from tests.browser.test_layout_editor import NOW, saved
from tests.builders import app_files, as_json, field

KARI = Author("Kari Lunde", "kari@example.org")
_NUMBERS = itertools.count(1)
PASTED = "value\tlabel.nb\tlabel.en\nsmall\tLiten\tSmall\nlarge\tStor\tLarge\n"
COLOURS = [
    {"value": 1, "label": "Red", "tags": {"warm": "yes"}},
    {"value": 2, "label": "Green", "helpText": "As grass"},
    {"value": 3, "label": "Blue"},
]
# What a spreadsheet does with a focused field, without a clipboard that tests could not share.
_PASTE = """(field, text) => {
  const data = new DataTransfer();
  data.setData('text/plain', text);
  field.dispatchEvent(new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true}));
}"""


class Lists:
    """An app of its own with a list, and its lists as the server has them."""

    def __init__(self, stack: Any, colours: Any = COLOURS, languages: tuple[str, ...] = ()) -> None:
        self.name = f"valg-{next(_NUMBERS)}"
        self.app = f"{stack.studio}/ttd/{self.name}"
        self.address = f"{self.app}/options"
        self._repositories = Repositories(stack.data / "repos")
        pages = {
            "Contact": (
                field("size", kind="RadioButtons", optionsId="colours"),
                {"id": "next", "type": "NavigationButtons"},
            )
        }
        more = {"App/options/colours.json": json.dumps(colours, indent=2).encode()}
        for code in languages:
            more[f"App/config/texts/resource.{code}.json"] = as_json({"language": code, "resources": []})
        files = app_files(pages=pages, fields={"size": "string"}, more=more)
        self._repositories.create("ttd", self.name, files, KARI, "Begin", NOW)

    @property
    def files(self) -> Files:
        return self._repositories.open("ttd", self.name).draft("kari").files

    def options(self, name: str = "colours") -> Any:
        return app_definition(self.files).json(f"App/options/{name}.json")


def test_a_list_is_pasted_used_and_renamed_and_people_choose_from_it(
    page: Page, new_context: Any, stack: Any, sign_in: Any, axe: Any
) -> None:
    lists = Lists(stack)
    sign_in(page, "kari")
    page.goto(lists.address)
    axe(page)
    page.get_by_label("Navn på listen").fill("sizes")
    page.get_by_role("button", name="Lag listen").click()
    page.locator("#new-0-value").evaluate(_PASTE, PASTED)
    expect(page.locator("tbody tr")).to_have_count(2)
    axe(page)
    page.get_by_role("button", name="Ta inn alternativene").click()
    expect(page.locator("#option-1-label-en")).to_have_value("Large")
    assert [option["label"] for option in lists.options("sizes")] == ["sizes.small", "sizes.large"]

    page.goto(f"{lists.app}/form/Task_1/Contact?selected=size")
    page.locator("#options-list").select_option("sizes")
    saved(page)
    page.get_by_role("link", name="Rediger listen").click()
    expect(page.locator(".options-uses a")).to_have_count(1)
    page.locator("#options-rename").fill("format")
    page.get_by_role("button", name="Gi nytt navn").click()
    page.wait_for_url("**/options/format")
    expect(page.locator("#shown-RadioButtons input[type=radio]")).to_have_count(2)

    form = begin(new_context(), serve(stack, lists.name, EditedFiles(lists.files, {})))
    form.get_by_label("Stor").check()
    expect(form.get_by_label("Stor")).to_be_checked()


def test_a_long_list_in_six_languages_has_a_line_an_option_and_scrolls_in_its_place(
    page: Page, stack: Any, sign_in: Any
) -> None:
    colours = [{"value": number, "label": f"Colour {number}"} for number in range(120)]
    lists = Lists(stack, colours, ("nn", "se", "pl", "uk"))
    sign_in(page, "kari")
    page.goto(f"{lists.address}/colours")
    labels = page.locator(".options-rows > li").first.get_by_role("textbox", name="Ledetekst")
    expect(labels).to_have_count(6)
    tops = [label.evaluate("field => field.getBoundingClientRect().top") for label in labels.all()]
    assert len(set(tops)) == 1
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_rows_are_written_added_and_moved_by_the_keyboard_and_undone(
    page: Page, stack: Any, sign_in: Any, axe: Any
) -> None:
    lists = Lists(stack)
    sign_in(page, "kari")
    page.goto(f"{lists.address}/colours")
    axe(page)
    page.locator("#option-0-label-nb").fill("Rød")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#option-1-label-nb")).to_be_focused()
    page.keyboard.type("Grønn")
    page.keyboard.press("Tab")
    page.keyboard.type("Green")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator("#option-2-label-nb")).to_have_value("Grønn")
    saved(page)
    assert [option["value"] for option in lists.options()] == [1, 3, 2]
    assert [option["label"] for option in lists.options()] == ["Rød", "Blue", "colours.2"]

    page.locator("#option-2-label-nb").press("Enter")
    expect(page.locator("#new-3-label-nb")).to_be_focused()
    page.keyboard.type("Gul")
    page.keyboard.press("Enter")
    expect(page.locator("#new-4-label-nb")).to_be_focused()
    expect(page.locator("#new-4-label-nb")).to_have_value("")
    page.keyboard.type("Brun")
    page.keyboard.press("Enter")
    expect(page.locator("#option-4-value")).to_have_value("5")
    saved(page)
    axe(page)
    page.locator("#option-4-remove").click()
    expect(page.locator("#option-4")).to_have_count(0)
    saved(page)
    page.locator("h1").click()
    page.keyboard.press("Control+z")
    expect(page.locator("#option-4-label-nb")).to_have_value("Brun")


def test_a_long_list_comes_as_it_is_needed_and_fits_a_phone(
    new_context: Any, stack: Any, sign_in: Any, axe: Any
) -> None:
    lists = Lists(stack, [{"value": f"{number:04}", "label": f"Sted {number}"} for number in range(300)])
    phone = new_context(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page()
    sign_in(phone, "kari")
    phone.goto(f"{lists.address}/colours")
    axe(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    phone.locator("#new-option").scroll_into_view_if_needed()
    last = phone.locator("#option-299-label-nb")
    expect(last).to_be_attached()  # what waits right above the new option comes into view with it
    last.scroll_into_view_if_needed()
    last.fill("Siste")
    last.press("Tab")
    saved(phone)
    assert lists.options()[299]["label"] == "Siste"
    assert len(lists.options()) == 300
