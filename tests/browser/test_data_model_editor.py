"""The data model editor in a real browser: by keyboard, by mouse, on a narrow screen, and without scripts."""

import itertools
import json
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.test_layout_editor import NOW, saved
from tests.builders import app_files, as_json, field

KARI = Author("Kari Lunde", "kari@example.org")
_NUMBERS = itertools.count(1)

FIELDS = {
    "applicant": {"$ref": "#/$defs/Person", "title": "Søker"},
    "income": {"type": "object", "properties": {"salary": {"type": "number"}, "year": {"type": "integer"}}},
    "postcode": {"type": "string"},
    "remark": {"type": "string", "title": "Merknad"},
}
SCHEMA = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "info": {"rootNode": "#/$defs/Application"},
    "@xsdRootElement": "Application",
    "type": "object",
    "properties": {"Application": {"$ref": "#/$defs/Application"}},
    "$defs": {
        "Application": {"type": "object", "properties": FIELDS},
        "Person": {"type": "object", "properties": {"name": {"type": "string"}, "phone": {"type": "string"}}},
    },
}
PAGES = {"Side1": (field("salary", "income.salary"), {"id": "next", "type": "NavigationButtons"})}


class Editor:
    """An app of its own, and its model as the server has it."""

    def __init__(self, stack: Any) -> None:
        self.name = f"modell-{next(_NUMBERS)}"
        self.address = f"{stack.studio}/ttd/{self.name}/models/model"
        self._repositories = Repositories(stack.data / "repos")
        files = app_files(pages=PAGES, more={"App/models/model.schema.json": as_json(SCHEMA)})
        self._repositories.create("ttd", self.name, files, KARI, "Begin", NOW)

    @property
    def fields(self) -> dict[str, Any]:
        """The fields of the model, in order."""
        draft = self._repositories.open("ttd", self.name).draft("kari")
        schema = json.loads(draft.files["App/models/model.schema.json"])
        found: dict[str, Any] = schema["$defs"]["Application"]["properties"]
        return found


@pytest.fixture
def editor(stack: Any) -> Editor:
    """An app with a model of a person, a group and two fields."""
    return Editor(stack)


def opened(page: Page, editor: Editor, sign_in: Any) -> Page:
    sign_in(page, "kari")
    page.goto(editor.address)
    page.locator("#tree[role=tree]").wait_for()
    page.evaluate("document.fonts.ready.then(() => 0)")  # a font that comes late moves what is aimed at
    return page


def row(page: Page, name: str) -> Locator:
    return page.locator(f'.tree-row[data-name="{name}"]').first


def test_the_keyboard_goes_through_the_tree_and_changes_it(
    page: Page, editor: Editor, sign_in: Any, axe: Any
) -> None:
    opened(page, editor, sign_in)
    axe(page)
    row(page, "model").focus()
    page.keyboard.press("ArrowDown")
    expect(row(page, "applicant")).to_be_focused()
    page.keyboard.press("ArrowLeft")
    expect(row(page, "applicant")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("ArrowRight")
    expect(row(page, "applicant")).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("End")
    expect(row(page, "remark")).to_be_focused()
    page.keyboard.press("p")
    expect(row(page, "phone")).to_be_focused()
    page.keyboard.press("Home")
    expect(row(page, "model")).to_be_focused()

    row(page, "postcode").focus()
    page.keyboard.press("Insert")
    page.locator(".inline-name").fill("Dato for flytting")
    page.keyboard.press("Enter")
    expect(row(page, "datoForFlytting")).to_be_visible()
    saved(page)
    assert list(editor.fields)[2:4] == ["postcode", "datoForFlytting"]

    page.keyboard.press("Alt+ArrowUp")
    saved(page)
    expect(row(page, "datoForFlytting")).to_be_focused()
    assert list(editor.fields)[1:4] == ["income", "datoForFlytting", "postcode"]
    page.keyboard.press("Alt+ArrowRight")
    expect(page.locator(".tree-row[aria-level='3'][data-name=datoForFlytting]")).to_be_focused()
    page.keyboard.press("Delete")
    expect(row(page, "datoForFlytting")).to_have_count(0)
    saved(page)
    page.keyboard.press("Control+z")
    expect(row(page, "datoForFlytting")).to_be_visible()


def test_renaming_a_used_field_shows_the_places_and_then_does_it_everywhere(
    page: Page, editor: Editor, sign_in: Any, axe: Any
) -> None:
    opened(page, editor, sign_in)
    row(page, "salary").click()
    page.keyboard.press("F2")
    page.locator(".inline-name").fill("wages")
    page.keyboard.press("Enter")
    dialog = page.locator("#question")
    expect(dialog.locator(".use-list li")).to_have_count(1)
    axe(page)
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    assert "salary" in editor.fields["income"]["properties"]

    row(page, "salary").dblclick()
    page.locator(".inline-name").fill("wages")
    page.keyboard.press("Enter")
    dialog.locator("button.ds-button").first.click()
    expect(row(page, "wages")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#panel .use-list a")).to_have_count(1)
    assert list(editor.fields["income"]["properties"]) == ["wages", "year"]
    page.locator("#draft-undo").click()
    expect(row(page, "salary")).to_be_visible()
    assert "salary" in editor.fields["income"]["properties"]


def test_the_mouse_moves_a_field_into_a_group_and_the_panel_limits_it(
    page: Page, editor: Editor, sign_in: Any, axe: Any
) -> None:
    opened(page, editor, sign_in)
    row(page, "postcode").drag_to(row(page, "income"))
    expect(page.locator(".tree-row[aria-level='3'][data-name=postcode]")).to_be_visible()
    saved(page)
    assert list(editor.fields["income"]["properties"]) == ["salary", "year", "postcode"]

    row(page, "postcode").click()
    page.locator("#pattern-ready").select_option(index=1)
    saved(page)
    page.locator("#pattern-example").fill("015")
    expect(page.locator("#pattern-verdict")).to_have_attribute("data-verdict", "misfits")
    page.locator("#pattern-example").fill("0150")
    expect(page.locator("#pattern-verdict")).to_have_attribute("data-verdict", "fits")
    assert editor.fields["income"]["properties"]["postcode"]["pattern"] == "^[0-9]{4}$"

    page.get_by_role("link", name="Flere innstillinger").click()
    page.locator("#limit-default").wait_for()
    page.locator("#node-required").check()
    saved(page)
    assert editor.fields["income"]["required"] == ["postcode"]
    axe(page)


def test_a_search_leads_to_the_field_and_opens_the_way_to_it(
    page: Page, editor: Editor, sign_in: Any
) -> None:
    opened(page, editor, sign_in)
    row(page, "applicant").locator(".tree-row__turn").click()
    expect(row(page, "phone")).to_have_count(0)
    page.keyboard.press("Control+f")
    page.locator("#field-search").fill("pho")
    page.locator("#field-results a").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(row(page, "phone")).to_have_attribute("aria-selected", "true")
    expect(page.locator("#field-results")).to_be_hidden()
    expect(page.locator("#node-name")).to_have_value("phone")


def test_an_edit_on_a_state_that_another_window_has_changed_is_kept_and_asked_about(
    page: Page, editor: Editor, sign_in: Any
) -> None:
    opened(page, editor, sign_in)
    other = page.context.new_page()
    other.goto(f"{editor.address}?selected=%23/$defs/Application/properties/remark")
    other.locator("#limit-maxLength").fill("10")
    other.locator("#limit-maxLength").press("Tab")
    saved(other)
    page.bring_to_front()
    row(page, "remark").click()
    page.locator("#limit-maxLength").fill("20")
    page.locator("#limit-maxLength").press("Tab")
    expect(page.locator("#edit-banner")).to_be_visible()
    page.locator("[data-queue=discard]").click()
    expect(page.locator("#limit-maxLength")).to_have_value("10")
    assert editor.fields["remark"]["maxLength"] == 10


def test_a_narrow_window_without_scripts_shows_and_changes_the_model(
    new_context: Any, editor: Editor, sign_in: Any
) -> None:
    page = new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, "kari")
    page.goto(editor.address)
    row(page, "income").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("#new-field-name").fill("bonus")
    page.locator("#new-field button").click()
    expect(row(page, "bonus")).to_be_visible()
    assert "bonus" in editor.fields["income"]["properties"]


def test_texts_go_to_the_language_that_is_chosen(page: Page, editor: Editor, sign_in: Any) -> None:
    opened(page, editor, sign_in)
    page.locator("#pick-language").select_option("en")
    page.wait_for_url("**lang=en**")
    page.locator("#tree[role=tree]").wait_for()
    row(page, "remark").click()
    expect(page.locator("#node-title")).to_have_attribute("placeholder", "Merknad")
    page.locator("#node-title").fill("Remark")
    page.locator("#node-title").press("Tab")
    expect(row(page, "remark")).to_contain_text("Remark")
    assert editor.fields["remark"]["title"] == "Merknad"
    assert editor.fields["remark"]["@titles"] == {"en": "Remark"}


def test_a_name_of_several_words_is_sent_once_and_comes_back_as_the_name_it_became(
    page: Page, editor: Editor, sign_in: Any
) -> None:
    opened(page, editor, sign_in)
    row(page, "postcode").click()
    name = page.locator("#node-name")
    expect(name).to_have_value("postcode")
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url) if request.method == "POST" else None)
    name.select_text()
    page.keyboard.type("Where you live")
    page.keyboard.press("Enter")
    expect(name).to_have_value("whereYouLive")
    expect(name).to_be_focused()
    saved(page)
    assert len(sent) == 1
    assert editor.fields["whereYouLive"]["title"] == "Where you live"


def test_a_field_that_is_new_can_be_named_where_it_stands(page: Page, editor: Editor, sign_in: Any) -> None:
    opened(page, editor, sign_in)
    row(page, "remark").focus()
    page.keyboard.press("F2")
    box = page.get_by_role("textbox", name="Navn på feltet").evaluate(
        "e => { const b = e.getBoundingClientRect();"
        " return [[b.left + 8, b.top + 2], [b.left + 8, b.bottom - 2]]"
        ".map(([x, y]) => document.elementFromPoint(x, y) === e); }"
    )
    assert box == [True, True]


def test_the_editor_fits_a_narrow_window_also_with_several_models(
    new_context: Any, editor: Editor, sign_in: Any
) -> None:
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, "kari")
    page.goto(editor.address.removesuffix("models/model") + "new-model")
    page.locator("[name=name]").fill("en-modell-med-et-langt-navn")
    page.locator("[name=name]").press("Enter")
    page.locator("#pick-model").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
