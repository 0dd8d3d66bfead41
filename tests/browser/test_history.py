"""The history of an app and those who are in it, in real browsers."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio.database.clock import now
from studio.definition.changes import Change, RemoveComponents, SetProperty, SetText
from studio.definition.templates import new_app
from studio.history.commits import Author, CommitInfo
from studio.history.repositories import Repositories
from studio.history.repository import Repository

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
PEOPLE = {"kari": "Kari Lunde", "ola": "Ola Haugen", "dina": "Dina Solheim"}
NO_PHONE = RemoveComponents("Task_1", "about-you", ("phone",))


def app(stack: Any, name: str) -> Repository:
    files = new_app(name, "ttd", {"nb": "Kontakt oss", "en": "Contact us"}, "contact")
    made = Repositories(stack.data / "repos")
    return made.create("ttd", name, files, author("ola"), "Lag appen", NOW)


def author(person: str) -> Author:
    return Author(PEOPLE[person], f"{person}@example.org")


def edit(repository: Repository, person: str, *changes: Change) -> None:
    draft = repository.draft(person)
    for change in changes:
        draft.apply(change, draft.revision, author(person), now())


def share(repository: Repository, person: str, message: str, *changes: Change) -> CommitInfo:
    edit(repository, person, *changes)
    return repository.draft(person).share(message, author(person), now())


def required(value: bool) -> Change:
    return SetProperty("Task_1", "about-you", "full-name", "/required", value)


def test_an_entry_is_found_looked_at_and_brought_back_and_undone(
    stack: Any, page: Page, sign_in: Any, axe: Any
) -> None:
    repository = app(stack, "tilbake")
    share(repository, "ola", "Navnet er valgfritt", required(False))
    share(repository, "ola", "Ingen telefon", NO_PHONE)
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/tilbake/form")
    navigation = page.get_by_role("navigation", name="Appen")
    navigation.get_by_role("button", name="Samarbeid").click()
    navigation.get_by_role("link", name="Historikk").click()
    page.get_by_label("Søk i det som ble skrevet").fill("telefon")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.locator("#timeline .version")).to_have_count(1)
    axe(page)
    page.get_by_role("link", name="Ingen telefon").click()

    before, after = page.frame_locator("iframe >> nth=0"), page.frame_locator("iframe >> nth=1")
    expect(before.get_by_role("group", name="Fjernet: Telefonnummer")).to_be_visible()
    expect(after.get_by_text("E-postadresse")).to_be_visible()
    expect(after.get_by_text("Telefonnummer")).to_have_count(0)
    heights = page.locator("iframe").evaluate_all("frames => frames.map((frame) => frame.offsetHeight)")
    assert heights[0] == heights[1]
    axe(page)

    page.get_by_text("Hent noe tilbake").click()
    page.get_by_label("Hva", exact=True).select_option(label="Feltet Telefonnummer på siden Om deg")
    page.get_by_role("button", name="Se hva som blir endret").click()
    expect(page.get_by_text("Feltet Telefonnummer ble lagt til på siden Om deg")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Hent tilbake").click()
    expect(page.locator("#messages")).to_contain_text("ble som før")
    assert repository.draft("kari").is_changed

    page.get_by_role("button", name="Angre").click()
    expect(page.locator("#draft-bar")).to_contain_text("Alt er delt")
    assert not repository.draft("kari").is_changed


def test_the_editor_answers_who_changed_a_component(stack: Any, page: Page, sign_in: Any, axe: Any) -> None:
    repository = app(stack, "hvem")
    share(repository, "ola", "Navnet er valgfritt", required(False))
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/hvem/form/Task_1/about-you?selected=full-name")
    page.get_by_role("link", name="Hvem endret dette?").click()
    entry = page.locator(".version").first
    expect(entry).to_contain_text("ikke lenger obligatorisk")
    expect(entry).to_contain_text("Ola Haugen")
    axe(page)
    entry.get_by_role("link", name="Navnet er valgfritt").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Navnet er valgfritt")


@pytest.mark.parametrize("width", [390, 1280])
def test_all_of_it_works_without_scripts_on_any_screen(
    stack: Any, new_context: Any, sign_in: Any, width: int
) -> None:
    repository = app(stack, f"uten-{width}")
    share(repository, "ola", "Ny tekst", SetText("en", "full-name.title", "Your whole name"))
    context = new_context(java_script_enabled=False, viewport={"width": width, "height": 900})
    page = context.new_page()
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/uten-{width}/history")
    page.get_by_role("link", name="Ny tekst").click()
    expect(page.frame_locator("iframe >> nth=1").get_by_text("Your whole name")).to_be_visible()
    page.get_by_label("Språk i skjemaet").select_option("nb")
    page.get_by_label("Bredden på skjermen").select_option("phone")
    page.get_by_role("button", name="Vis", exact=True).click()
    expect(page.get_by_text("Den ser lik ut på bokmål")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_text("Hent noe tilbake").click()
    page.get_by_role("button", name="Se hva som blir endret").click()
    page.get_by_role("button", name="Ta den tilbake").click()
    expect(page.get_by_text("Endringen ble tatt tilbake")).to_be_visible()


def test_people_in_one_app_see_one_another_and_at_once_what_is_shared(
    stack: Any, new_context: Any, sign_in: Any, axe: Any
) -> None:
    repository = app(stack, "sammen")
    kari, ola = new_context().new_page(), new_context().new_page()
    form = f"{stack.studio}/ttd/sammen/form/Task_1/about-you"
    for page, name in ((kari, "kari"), (ola, "ola")):
        sign_in(page, name)
        page.goto(form)
    others = kari.locator(".presence__details summary")
    expect(others).to_contain_text("1 annen her")
    others.focus()
    kari.keyboard.press("Enter")
    expect(kari.get_by_text("Ola Haugen Skjema, siden Om deg (samme side som deg)")).to_be_visible()
    axe(kari)

    edit(repository, "ola", required(False))
    expect(kari.locator(".presence__panel")).to_contain_text("1 endring")
    expect(others).to_be_focused()
    edit(repository, "kari", SetProperty("Task_1", "enquiry", "message", "/maxLength", 99))
    repository.draft("ola").share("Navnet er valgfritt", author("ola"), now())
    expect(kari.locator("[data-news][role=status]")).to_have_text("Ola Haugen delte: Navnet er valgfritt")
    expect(kari.get_by_role("link", name="Nytt fra andre")).to_be_visible()
