"""The files of an app in a real browser: written, saved by themselves, shown in the form."""

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from studio.definition.changes import Change, SetFile
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.errors import NothingToDo
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.browser.conftest import Axe, NewContext, SignIn, Stack

AUTHOR = Author("Kari Lunde", "kari@example.org")
NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def repository(stack: Stack) -> Repository:
    files = new_app("filer", "ttd", {"nb": "Filer"}, "contact")
    return Repositories(stack.data / "repos").create("ttd", "filer", files, AUTHOR, "Begin", NOW)


@pytest.fixture(autouse=True)
def _as_it_was(repository: Repository) -> Iterator[None]:
    """What a test changed is gone before the next one begins."""
    yield
    with suppress(NothingToDo):
        repository.draft("kari").discard(AUTHOR, NOW)


@pytest.fixture
def page_path(repository: Repository) -> str:
    return next(path for path in sorted(repository.files()) if "/layouts/" in path)


def edit(repository: Repository, change: Change) -> None:
    draft = repository.draft("kari")
    draft.apply(change, draft.revision, AUTHOR, NOW)


def opened(page: Page, stack: Stack, path: str) -> Locator:
    page.goto(f"{stack.studio}/ttd/filer/code/file/{path}")
    page.locator("code-editor[data-ready]").wait_for()
    return page.locator(".cm-content")


def saved(page: Page) -> None:
    expect(page.locator("[data-save-words]")).to_have_attribute("data-state", "saved")


def test_what_is_typed_is_saved_by_itself_and_undo_in_the_bar_takes_it_back(
    stack: Stack, page: Page, sign_in: SignIn, axe: Axe, repository: Repository, page_path: str
) -> None:
    sign_in(page, "kari")
    before = repository.draft("kari").files[page_path]
    editor = opened(page, stack, page_path)
    axe(page)
    editor.click()
    page.keyboard.press("Control+Home")
    page.keyboard.type(" ")
    saved(page)
    assert repository.draft("kari").files[page_path] == b" " + before
    page.locator("#draft-undo").click()
    expect(editor.locator(".cm-line").first).to_have_text(re.compile(r"^\{"))
    assert repository.draft("kari").files[page_path] == before


def test_what_is_typed_while_an_answer_is_on_its_way_stays_beside_what_came_from_elsewhere(
    stack: Stack, page: Page, sign_in: SignIn, repository: Repository
) -> None:
    sign_in(page, "kari")
    path, before = "App/wwwroot/custom-css/side.css", b"a {}\n\nb {}\n\nc {}\n\nd {}\n"
    elsewhere = before.replace(b"b {}\n", b"b { color: red }\n")
    edit(repository, SetFile(path, before))
    tries: list[Route] = []

    def answer_late(route: Route) -> None:
        tries.append(route)
        if len(tries) == 1:
            return route.abort()
        if len(tries) == 2:
            edit(repository, SetFile(path, elsewhere))
        answer = route.fetch()
        if len(tries) == 2:
            page.keyboard.press("Control+End")
            page.keyboard.type(" ")
        return route.fulfill(response=answer)

    editor = opened(page, stack, path)
    editor.click()
    page.keyboard.press("Control+s")
    saved(page)
    page.route(f"**/code/file/{path}", answer_late)
    page.keyboard.press("Control+Home")
    page.keyboard.type(" ")
    warns = "dispatchEvent(new Event('beforeunload', {cancelable: true})) === false"
    assert page.evaluate(warns), "what is not saved yet would be lost"
    expect(page.locator("[data-save-words]")).to_have_attribute("data-state", "lost")
    saved(page)
    page.unroute(f"**/code/file/{path}")
    assert repository.draft("kari").files[path] == b" " + elsewhere + b" "


def test_members_of_a_component_are_suggested_by_its_type(
    stack: Stack, page: Page, sign_in: SignIn, axe: Axe, repository: Repository, page_path: str
) -> None:
    sign_in(page, "kari")
    editor = opened(page, stack, page_path)
    text = repository.draft("kari").files[page_path].decode()
    line = next(number for number, each in enumerate(text.splitlines()) if '"type": "Input"' in each)
    editor.click()
    page.keyboard.press("Control+Home")
    for _ in range(line):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("readO", delay=40)
    expect(page.get_by_role("option", name="readOnly", exact=True)).to_be_visible()
    axe(page)
    page.keyboard.press("Escape")
    saved(page)
    expect(page.locator("[data-check-words]")).to_have_text("1 feil")


def test_the_keyboard_finds_a_file_and_leaves_the_editor(
    stack: Stack, page: Page, sign_in: SignIn, axe: Axe, repository: Repository
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/filer/code")
    axe(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("process.bpmn")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/code/file/App/config/process/process.bpmn")
    page.locator("code-editor[data-ready]").wait_for()
    page.locator(".cm-content").focus()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.locator(".cm-content")).not_to_be_focused()


def test_code_and_form_lead_to_the_same_component_and_back(
    stack: Stack, page: Page, sign_in: SignIn, repository: Repository, page_path: str
) -> None:
    sign_in(page, "kari")
    editor = opened(page, stack, page_path)
    text = repository.draft("kari").files[page_path].decode()
    line = next(number for number, each in enumerate(text.splitlines()) if '"type": "Input"' in each)
    editor.click()
    page.keyboard.press("Control+Home")
    for _ in range(line):
        page.keyboard.press("ArrowDown")
    page.get_by_role("link", name="Vis i skjemaet").click()
    page.wait_for_url("**selected=*")
    selected = page.url.rpartition("selected=")[2]
    page.get_by_role("link", name="Vis som kode").click()
    page.wait_for_url(f"**component={selected}")
    page.locator("code-editor[data-ready]").wait_for()
    assert int(page.locator("code-file").get_attribute("data-line") or 0) > 1


def test_what_the_app_check_can_mend_is_mended_from_the_keyboard(
    stack: Stack, page: Page, sign_in: SignIn, repository: Repository, page_path: str
) -> None:
    layout = json.loads(repository.draft("kari").files[page_path])
    bound = next(each for each in layout["data"]["layout"] if each.get("dataModelBindings"))
    field = bound["dataModelBindings"]["simpleBinding"]
    bound["hidden"] = ["equals", ["dataModel", f"{field}x"], "x"]
    wrong = json.dumps(layout, indent=2).encode()
    edit(repository, SetFile(page_path, wrong))
    sign_in(page, "kari")
    opened(page, stack, page_path)
    page.locator("button.code-editor__finding").wait_for()  # what was there without scripts is gone
    page.get_by_role("button", name="Rett det for meg").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-check-words]")).to_have_text("Ingen feil")
    expect(page.locator("[data-check-words]")).to_be_focused()
    assert repository.draft("kari").files[page_path] == wrong.replace(f"{field}x".encode(), field.encode())
    page.locator("#draft-undo").click()
    expect(page.get_by_role("button", name="Rett det for meg")).to_be_visible()


def test_elements_of_a_process_are_suggested_and_explained(
    stack: Stack, page: Page, sign_in: SignIn, repository: Repository
) -> None:
    path = "App/config/process/process.bpmn"
    lines = repository.draft("kari").files[path].decode().splitlines()
    end = next(number for number, each in enumerate(lines, 1) if "<bpmn:endEvent" in each)
    sign_in(page, "kari")
    opened(page, stack, f"{path}?line={end}").focus()
    page.keyboard.press("Shift+ArrowDown")  # typed over a line, with nothing for the page's policy to forbid
    page.keyboard.type("<bpmn:seq", delay=40)
    expect(page.get_by_role("option", name="bpmn:sequenceFlow", exact=True)).to_be_visible()
    expect(page.get_by_text("En pil fra et steg til det neste.")).to_be_visible()
    page.keyboard.press("Escape")
    saved(page)


def test_without_scripts_the_text_is_written_and_saved_by_its_button(
    stack: Stack, new_context: NewContext, sign_in: SignIn, repository: Repository
) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/filer/code")
    page.get_by_label("Sti", exact=True).fill("App/wwwroot/custom-css/ny.css")
    page.get_by_role("button", name="Legg til").click()
    page.locator("textarea").fill("p {}\n")
    page.get_by_role("button", name="Lagre").click()
    assert repository.draft("kari").files["App/wwwroot/custom-css/ny.css"] == b"p {}\n"
