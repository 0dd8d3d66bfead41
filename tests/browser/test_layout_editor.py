"""The layout editor in a real browser: by mouse, by keyboard, without contact, without JavaScript."""

import itertools
import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from studio.definition.app import AppDefinition
from studio.definition.changes import AddComponent, AddPage
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.repositories import Repositories

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")
_NUMBERS = itertools.count(1)

LAYOUT = [
    {"id": "heading", "type": "Heading", "size": "L", "textResourceBindings": {"title": "heading.title"}},
    {
        "id": "name",
        "type": "Input",
        "textResourceBindings": {"title": "name.title"},
        "dataModelBindings": {},
    },
    {
        "id": "address",
        "type": "Group",
        "textResourceBindings": {"title": "Adresse"},
        "children": ["street", "town"],
    },
    {"id": "street", "type": "Input", "textResourceBindings": {"title": "Gate"}, "dataModelBindings": {}},
    {"id": "town", "type": "Input", "textResourceBindings": {"title": "Sted"}, "dataModelBindings": {}},
    {
        "id": "remarks",
        "type": "TextArea",
        "textResourceBindings": {"title": "Merknader"},
        "dataModelBindings": {},
    },
]
TEXTS = [{"id": "heading.title", "value": "Om deg"}, {"id": "name.title", "value": "Navnet ditt"}]


class Editor:
    """An app of its own, and its draft as the server has it."""

    def __init__(self, stack: Any, layout: list[dict[str, Any]], texts: list[dict[str, str]]) -> None:
        self.name = f"skjema-{next(_NUMBERS)}"
        self.root = stack.studio
        self.repositories = Repositories(stack.data / "repos")
        blank = AppDefinition(new_app(self.name, "ttd", {"nb": "Et skjema"}, "blank"))
        self.layout_set, page = blank.layout_sets[0].id, blank.layout_sets[0].pages[0]
        self.page = page.name
        files = dict(blank.files)
        files[page.path] = json.dumps({"data": {"layout": layout}}, indent=2).encode()
        files[blank.paths.texts("nb")] = json.dumps({"language": "nb", "resources": texts}, indent=2).encode()
        self.repositories.create("ttd", self.name, MemoryFiles(files), KARI, "Begin", NOW)

    @property
    def address(self) -> str:
        return f"{self.root}/ttd/{self.name}/form/{self.layout_set}/{self.page}"

    @property
    def app(self) -> AppDefinition:
        return AppDefinition(self.repositories.open("ttd", self.name).draft("kari").files)

    def layout(self, page: str = "") -> list[dict[str, Any]]:
        found = self.app.page(self.layout_set, page or self.page)
        assert found is not None
        return [dict(component.raw) for component in found.components]

    def shown(self, page: str = "") -> list[Any]:
        """The ids as a tree."""
        found = self.app.page(self.layout_set, page or self.page)
        assert found is not None
        return [_tree(root) for root in found.roots]


def _tree(component: Any) -> Any:
    return (
        {component.id: [_tree(child) for child in component.children]} if component.children else component.id
    )


@pytest.fixture
def editor(stack: Any) -> Editor:
    """An app with a heading, fields, and a group of two."""
    return Editor(stack, LAYOUT, TEXTS)


OpenEditor = Callable[..., Page]


@pytest.fixture
def open_editor(sign_in: Any, editor: Editor) -> OpenEditor:
    """Sign in and open the editor."""

    def do(page: Page, address: str = "") -> Page:
        sign_in(page, "kari")
        page.goto(address or editor.address)
        page.locator("page-list:defined").first.wait_for(state="attached")
        page.evaluate("document.fonts.ready.then(() => 0)")  # a font that comes late moves what is aimed at
        return page

    return do


def item(page: Page, name: str) -> Locator:
    return page.locator(f'[data-component="{name}"]')


def saved(page: Page) -> None:
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")


def drag(page: Page, source: Locator, x: float, y: float) -> None:
    """Real mouse moves: press, move in steps, release."""
    box = source.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 20, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] + 30, box["y"] + 18, steps=3)
    page.mouse.move(x, y, steps=8)
    page.mouse.move(x, y + 1, steps=2)
    expect(page.locator(".drop-line")).to_be_visible()
    page.mouse.up()


def test_a_component_is_dragged_from_the_palette_to_where_the_line_shows(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    box = item(page, "name").bounding_box()
    assert box is not None
    drag(page, page.locator('[data-palette-type="Datepicker"]'), box["x"] + 100, box["y"] + 6)
    expect(item(page, "datepicker1")).to_be_visible()
    saved(page)
    assert editor.shown() == ["heading", "datepicker1", "name", {"address": ["street", "town"]}, "remarks"]


def about_to_add(page: Page) -> Locator:
    """The button for an input, once the browser knows what a new one looks like."""
    button = page.locator('[data-palette-type="Input"]')
    with page.expect_response("**/specimens*") as answered:
        button.hover()
    answered.value.finished()
    return button


def test_new_fields_are_seen_before_the_server_has_them_and_undo_waits_for_them(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    held: list[Any] = []
    open_editor(page)
    item(page, "remarks").click()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.get_by_role("button", name="Angre", exact=True)).to_be_enabled()
    item(page, "name").click()
    button = about_to_add(page)
    page.route("**/edits*", lambda route: route.continue_() if held else held.append(route))
    button.click()
    expect(item(page, "input1")).to_be_visible()
    button.click()
    expect(item(page, "input2")).to_be_visible()
    expect(item(page, "input2")).to_have_attribute("aria-current", "true")
    assert page.locator("form-canvas > div > .canvas-item").evaluate_all(
        "items => items.map((item) => item.dataset.component)"
    ) == ["heading", "name", "input1", "input2", "remarks", "address"]
    page.keyboard.press("Control+z")
    assert "input1" not in json.dumps(editor.layout())  # the server has none of it
    held[0].continue_()
    expect(item(page, "input2")).to_have_count(0)
    expect(item(page, "input1")).to_have_count(1)
    saved(page)
    assert editor.shown() == ["heading", "name", "input1", "remarks", {"address": ["street", "town"]}]


def test_what_was_shown_too_early_goes_again_and_an_id_that_was_taken_is_another(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    item(page, "name").click()
    button = about_to_add(page)
    page.route("**/edits*", lambda route: route.fulfill(status=422, body=""))
    button.click()
    expect(page.locator("#edit-banner")).to_contain_text("Endringen lot seg ikke gjøre.")
    expect(item(page, "input1")).to_have_count(0)
    page.unroute("**/edits*")
    draft = editor.repositories.open("ttd", editor.name).draft("kari")
    draft.apply(AddPage(editor.layout_set, "andre"), draft.revision, KARI, NOW)
    taken = {"id": "input1", "type": "Input", "dataModelBindings": {}}
    draft.apply(AddComponent(editor.layout_set, "andre", None, 0, taken), draft.revision, KARI, NOW)
    item(page, "name").click()
    button.click()
    expect(item(page, "input2")).to_be_visible()
    expect(item(page, "input1")).to_have_count(0)
    saved(page)
    assert editor.shown() == ["heading", "name", "input2", {"address": ["street", "town"]}, "remarks"]


def test_a_component_is_added_written_and_kept_with_the_keyboard_alone(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    item(page, "name").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.locator("#palette-search").focus()
    page.keyboard.type("kort")
    page.keyboard.press("Enter")
    expect(page.locator(".inline-text")).to_be_focused()
    page.keyboard.type("Telefon")
    page.keyboard.press("Enter")
    expect(item(page, "input1")).to_contain_text("Telefon")
    expect(item(page, "input1")).to_be_focused()
    saved(page)
    assert editor.shown() == ["heading", "name", "input1", {"address": ["street", "town"]}, "remarks"]
    found = editor.app.texts("nb").get(f"{editor.page}.input1.title")
    assert found is not None
    assert found.value == "Telefon"


def test_the_editor_fills_the_window_and_many_pages_leave_the_palette_in_sight(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    open_editor(page)
    for number in range(2, 16):
        page.locator(".page-list__add").click()
        expect(page.locator("[data-page]")).to_have_count(number)
        expect(page.locator("[data-page][data-current]")).to_be_in_viewport(ratio=1)
    expect(page.locator("#palette-search")).to_be_in_viewport(ratio=1)
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight")


def test_a_component_is_dragged_into_a_group(page: Page, open_editor: OpenEditor, editor: Editor) -> None:
    open_editor(page)
    box = item(page, "town").bounding_box()
    assert box is not None
    drag(page, item(page, "name"), box["x"] + 100, box["y"] + 4)
    expect(page.locator('[data-inside="address"] [data-component="name"]')).to_be_visible()
    saved(page)
    assert editor.shown() == ["heading", {"address": ["street", "name", "town"]}, "remarks"]


def test_a_component_is_moved_with_the_keyboard_and_every_step_is_said(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    live = page.locator("#editor-live")
    item(page, "name").click()
    page.keyboard.press("Space")
    expect(live).to_contain_text("Navnet ditt")
    page.keyboard.press("ArrowDown")
    expect(live).to_contain_text("Gate")
    expect(page.locator(".drop-line")).to_be_visible()
    page.keyboard.press("ArrowDown")
    expect(live).to_contain_text("2")
    page.keyboard.press("Space")
    expect(page.locator('[data-inside="address"] [data-component="name"]')).to_be_focused()
    saved(page)
    assert editor.shown() == ["heading", {"address": ["street", "name", "town"]}, "remarks"]
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Escape")
    expect(page.locator(".drop-line")).to_have_count(0)
    page.keyboard.press("Alt+ArrowLeft")
    expect(page.locator('[data-inside=""] > [data-component="name"]')).to_be_visible()
    saved(page)
    assert editor.shown() == ["heading", {"address": ["street", "town"]}, "name", "remarks"]


def test_several_are_chosen_and_deleted_and_undone_after_a_reload(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    item(page, "heading").click()
    item(page, "name").click(modifiers=["Shift"])
    item(page, "remarks").click(modifiers=["Control"])
    expect(page.locator("[data-chosen]")).to_have_count(3)
    page.keyboard.press("Delete")
    expect(item(page, "remarks")).to_have_count(0)
    saved(page)
    assert editor.shown() == [{"address": ["street", "town"]}]
    page.reload()
    page.locator("#draft-undo").click()
    expect(item(page, "remarks")).to_be_visible()
    assert editor.layout() == LAYOUT
    expect(page.locator("#draft-redo")).to_be_enabled()


def test_components_are_copied_to_another_page_with_their_texts(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    item(page, "name").click()
    page.keyboard.press("Control+c")
    expect(page.locator("#editor-live")).not_to_be_empty()
    page.locator(".page-list__add").click()
    page.wait_for_url(lambda url: not url.split("?")[0].endswith(f"/{editor.page}"))
    expect(page.locator(".page-row")).to_have_count(2)
    new_page = page.locator(".page-row[data-current]").get_attribute("data-page")
    assert new_page is not None
    page.locator('[data-clipboard="paste"]').click()
    expect(page.locator("form-canvas")).to_contain_text("Navnet ditt")
    saved(page)
    pasted = next(one for one in editor.layout(new_page) if one["type"] == "Input")
    assert pasted["id"] != "name"
    assert len(editor.layout()) == len(LAYOUT)


def test_a_text_is_written_where_it_stands(page: Page, open_editor: OpenEditor, editor: Editor) -> None:
    open_editor(page)
    item(page, "heading").dblclick()
    field = page.locator(".inline-text")
    expect(field).to_have_value("Om deg")
    field.fill("Hvem er du?")
    field.press("Enter")
    expect(item(page, "heading")).to_contain_text("Hvem er du?")
    expect(page.locator("#text-title")).to_have_value("Hvem er du?")
    saved(page)
    found = editor.app.texts("nb").get("heading.title")
    assert found is not None
    assert found.value == "Hvem er du?"
    # The change is one line of one file.
    assert editor.layout() == LAYOUT


def test_a_field_is_made_and_bound_and_the_model_grows(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    item(page, "name").click()
    proposal = page.locator("#bind-simpleBinding-name")
    expect(proposal).to_have_value("navnetDitt")
    page.locator("#bind-simpleBinding-new button").click()
    expect(page.locator("#bind-simpleBinding")).to_have_value("navnetDitt")
    saved(page)
    app = editor.app
    data_type = app.layout_sets[0].data_type
    model = app.model(data_type or "")
    assert model is not None
    assert model.field("navnetDitt") is not None
    item(page, "street").click()
    expect(page.locator("#text-title")).to_have_value("Gate")
    page.locator("#bind-simpleBinding").fill("navnetDitt")
    page.locator("#bind-simpleBinding").press("Enter")
    saved(page)
    expect(page.locator("#bind-simpleBinding-new")).to_have_count(0)
    assert editor.layout()[3]["dataModelBindings"] == {"simpleBinding": "navnetDitt"}
    page.locator("#bind-simpleBinding").fill("finnesIkke")
    page.locator("#bind-simpleBinding").press("Enter")
    expect(page.locator("#bind-simpleBinding-problem")).to_be_visible()
    assert editor.layout()[3]["dataModelBindings"] == {"simpleBinding": "navnetDitt"}


def test_settings_change_one_property_at_a_time(page: Page, open_editor: OpenEditor, editor: Editor) -> None:
    open_editor(page)
    item(page, "name").click()
    page.locator("#set-required").check()
    expect(item(page, "name").locator(".form-required")).to_be_visible()
    page.locator("#set-grid-md").select_option("6")
    expect(item(page, "name")).to_have_attribute("data-md", "6")
    saved(page)
    assert editor.layout()[1] == LAYOUT[1] | {"required": True, "grid": {"md": 6}}
    page.locator("#set-required").uncheck()
    page.locator("#set-grid-md").select_option("")
    expect(item(page, "name").locator(".form-required")).to_have_count(0)
    saved(page)
    expect(item(page, "name")).not_to_have_attribute("data-md", "6")
    assert editor.layout()[1] == LAYOUT[1]


def test_an_edit_without_contact_is_kept_and_sent_later(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    item(page, "name").click()
    expect(page.locator("#set-required")).to_be_visible()
    page.context.set_offline(True)
    page.locator("#set-required").check()
    expect(page.locator("#edit-banner")).to_be_visible()
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "unreachable")
    assert editor.layout() == LAYOUT
    page.context.set_offline(False)
    expect(page.locator("#edit-banner")).to_be_hidden()
    saved(page)
    assert editor.layout()[1]["required"] is True


def test_an_edit_that_waits_survives_a_reload(page: Page, open_editor: OpenEditor, editor: Editor) -> None:
    open_editor(page)
    item(page, "name").click()
    expect(page.locator("#set-required")).to_be_visible()
    page.route("**/edits*", lambda route: route.abort())
    page.locator("#set-required").check()
    expect(page.locator("#edit-banner")).to_be_visible()
    page.unroute_all()
    page.reload()
    expect(item(page, "name").locator(".form-required")).to_be_visible()
    saved(page)
    assert editor.layout()[1]["required"] is True


def test_an_edit_whose_answer_is_lost_is_made_once(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    item(page, "remarks").click()

    def lose_the_answer(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/edits*", lose_the_answer)
    page.keyboard.press("Control+d")
    expect(page.locator("#edit-banner")).to_be_visible()
    page.unroute("**/edits*")
    # The editor tries again by itself, too: on a slow machine there may be nothing left to press.
    page.locator('[data-queue="retry"]').dispatch_event("click")
    saved(page)
    expect(page.locator('[data-type="TextArea"]')).to_have_count(2)
    assert sum(one["type"] == "TextArea" for one in editor.layout()) == 2


def test_scripts_in_texts_ids_and_files_stay_texts(
    stack: Any, page: Page, sign_in: Any, open_editor: OpenEditor
) -> None:
    evil = '"><script>window.hit=1</script><img src=x onerror="window.hit=1">'
    layout = [
        {"id": evil, "type": "Input", "textResourceBindings": {"title": evil}, "dataModelBindings": {}},
        {"id": "odd", "type": evil, "textResourceBindings": {"title": "evil"}},
        {
            "id": "choice",
            "type": "RadioButtons",
            "options": [{"label": evil, "value": evil}],
            "dataModelBindings": {"simpleBinding": evil},
            "hidden": ["equals", evil, evil],
        },
    ]
    hostile = Editor(stack, layout, [{"id": "evil", "value": evil}])
    open_editor(page, hostile.address)
    for index in range(3):
        page.locator("[data-component]").nth(index).click()
        expect(page.locator("#panel .panel-actions")).to_be_visible()
    assert page.evaluate("window.hit") is None
    page.locator('[data-component="choice"]').click()
    expect(page.locator("#option-label-1")).to_have_value(evil)
    page.locator("#option-label-1").fill(f"{evil}!")
    page.locator("#option-label-1").press("Enter")
    saved(page)
    assert page.evaluate("window.hit") is None


def test_pages_are_renamed_where_they_stand_and_put_in_order(
    page: Page, open_editor: OpenEditor, editor: Editor
) -> None:
    open_editor(page)
    page.locator(".page-list__add").click()
    expect(page.locator(".page-row")).to_have_count(2)
    row = page.locator(".page-row[data-current]")
    row.locator("a").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator(".page-row").first).to_have_attribute("data-current", "")
    expect(page.locator(".page-row").first.locator("a")).to_be_focused()
    page.keyboard.press("F2")
    page.locator(".page-row input").fill("Kvittering")
    page.locator(".page-row input").press("Enter")
    page.wait_for_url("**/Kvittering*")
    expect(page.locator(".page-row").first).to_have_attribute("data-page", "Kvittering")
    assert [found.name for found in editor.app.layout_sets[0].pages] == ["Kvittering", editor.page]


def test_the_editor_works_without_javascript(new_context: Any, sign_in: Any, editor: Editor) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "kari")
    page.goto(editor.address)
    page.locator('[data-palette-type="Paragraph"]').click()
    assert editor.shown()[-1] == "paragraph1"
    page.locator("#component-name > a.canvas-tag").click()
    page.locator("#text-title").fill("Fullt navn")
    page.locator("#text-title-form button").click()
    expect(item(page, "name")).to_contain_text("Fullt navn")
    page.get_by_role("button", name="Flytt opp").click()
    assert editor.shown()[0] == "name"
    page.get_by_role("button", name="Slett").click()
    expect(item(page, "name")).to_have_count(0)
    page.locator(".page-list__add").click()
    expect(page.locator(".page-row")).to_have_count(2)


def decide_for_the_page(page: Page) -> None:
    """Put the page into a new group, and say what is checked in the form, with the keyboard alone."""
    page.locator("#page-group-title").press("Enter")
    page.locator("#page-group-new-value").fill("Om deg")
    page.locator("#page-group-new-value").press("Enter")
    expect(page.locator(".page-group-row")).to_have_text("Om deg")
    expect(page.locator("#page-group")).to_be_focused()
    page.locator("#page-checks-title").press("Enter")
    page.get_by_role("combobox", name="I hele skjemaet", exact=True).select_option("all")
    expect(page.get_by_role("checkbox", name="Manglende svar", exact=True)).to_be_checked()


@pytest.mark.parametrize("width", [1440, 1024, 390])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    new_context: Any, open_editor: OpenEditor, axe: Any, width: int, scheme: str
) -> None:
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    open_editor(page)
    axe(page)
    if width == 1440:
        decide_for_the_page(page)
        axe(page)
    item(page, "name").click()
    if width < 992:
        page.locator('[data-sheet="panel"]').click()
    expect(page.locator("#text-title")).to_be_visible()
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_buttons_work_also_when_more_settings_are_shown(
    page: Page, editor: Editor, open_editor: OpenEditor
) -> None:
    open_editor(page)
    item(page, "name").click()
    page.locator("a[data-more]").click()
    expect(page.locator("#component-id-value")).to_be_focused()
    page.locator("#panel form:has([name=do][value=duplicate]) button").click()
    saved(page)
    expect(page.locator("[data-component]")).to_have_count(len(LAYOUT) + 1)
