"""The round of a pull request, as a designer and a reviewer go through it."""

from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page, expect

from studio.definition.app import app_definition
from studio.definition.changes import SetProperty, SetText
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
KARI = Author("Kari Lunde", "kari@example.org")
BRANCH = "kari/kortere-melding"
PLACES = (
    "branches/rules",
    "branches/new",
    "pull-requests",
    f"pull-requests/new?source={BRANCH}",
    "pull-requests/1",
)


def app(stack: Any, name: str) -> Repository:
    files = new_app(name, "ttd", {"nb": f"Runden {name}"}, "contact")
    return Repositories(stack.data / "repos").create("ttd", name, files, KARI, "Lag appen", NOW)


def edit(repository: Repository, change: Any, branch: str = "main") -> None:
    draft = repository.draft("kari", branch)
    draft.apply(change, draft.revision, KARI, NOW)


def longest(value: int) -> SetProperty:
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def share_for_review(designer: Page, studio: str) -> None:
    designer.goto(f"{studio}/ttd/runden/sharing")
    designer.get_by_label("Hva har du gjort?").fill("Kortere melding")
    designer.get_by_role("checkbox", name="Runa Moen").check()
    designer.get_by_role("button", name="Del til vurdering").click()
    expect(designer.get_by_role("heading", level=1)).to_contain_text("Kortere melding #1")
    expect(designer.locator("#draft-bar")).to_contain_text("Alt er delt")


def look_and_ask_for_changes(reviewer: Page, studio: str, axe: Any) -> None:
    reviewer.goto(f"{studio}/ttd/runden/pull-requests?whose=asked")
    reviewer.get_by_role("link", name="Kortere melding").click()
    reviewer.get_by_role("link", name="Se sidene før og etter").click()
    after = reviewer.locator(".pair__side[data-side=after]").first.frame_locator("iframe")
    expect(after.get_by_text("Fornavn og etternavn")).to_be_visible()
    axe(reviewer)
    reviewer.get_by_role("link", name="Kode", exact=True).click()
    expect(reviewer.locator(".file-change__path").first).to_contain_text("App/")
    reviewer.get_by_role("link", name="Samtale").click()
    reviewer.get_by_role("textbox", name="Kommentar").fill("Kan det være 800?")
    reviewer.get_by_role("button", name="Be om endringer").click()
    expect(reviewer.locator("#reviewers")).to_contain_text("Runa Moen: vil ha endringer")


def answer(designer: Page, studio: str, repository: Repository) -> None:
    designer.reload()
    expect(designer.locator("#events-title + ol")).to_contain_text("Kan det være 800?")
    designer.get_by_role("link", name="Arbeid på den").click()
    expect(designer.locator(".branch-picker__name")).to_have_text(BRANCH)
    edit(repository, longest(800), BRANCH)
    designer.goto(f"{studio}/ttd/runden@{BRANCH.replace('/', ':')}/sharing")
    designer.get_by_label("Hva har du gjort?").fill("800 tegn")
    designer.get_by_role("button", name="Del endringer").click()
    designer.get_by_role("link", name="Kortere melding #1").click()


def approve(reviewer: Page) -> None:
    reviewer.reload()
    expect(reviewer.locator("#events-title + ol")).to_contain_text("la til en endring: 800 tegn")
    reviewer.get_by_role("button", name="Godkjenn").click()
    expect(reviewer.locator("#merge")).to_contain_text("Reglene for grenen er oppfylt.")


def merge(designer: Page) -> None:
    designer.reload()
    designer.get_by_role("button", name="Slå sammen inn i main").click()
    expect(designer.get_by_role("status").first).to_contain_text("«main» har endringene nå")
    designer.get_by_role("button", name="Slett grenen").click()
    expect(designer.get_by_role("status").first).to_contain_text("Grenen er slettet.")


def test_the_round_from_a_designer_to_main(stack: Any, new_context: Any, sign_in: Any, axe: Any) -> None:
    repository = app(stack, "runden")
    edit(repository, longest(500))
    edit(repository, SetText("nb", "full-name.title", "Fornavn og etternavn"))
    designer, reviewer = new_context().new_page(), new_context().new_page()
    sign_in(designer, "kari")
    sign_in(reviewer, "runa")

    share_for_review(designer, stack.studio)
    axe(designer)
    look_and_ask_for_changes(reviewer, stack.studio, axe)
    answer(designer, stack.studio, repository)
    approve(reviewer)
    merge(designer)

    found = app_definition(repository.files()).layout_set("Task_1")
    assert found is not None
    place = found.find("message")
    assert place is not None
    assert place[1].raw["maxLength"] == 800
    assert repository.branches() == ["main"]


def test_branches_by_keyboard_and_on_a_phone(stack: Any, new_context: Any, sign_in: Any, axe: Any) -> None:
    repository = app(stack, "grener")
    repository.create_branch(BRANCH)
    edit(repository, longest(500))
    page = new_context(viewport={"width": 390, "height": 800}).new_page()
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/grener/sharing")
    assert fits(page)
    page.locator(".branch-picker__button").focus()
    page.keyboard.press("Enter")
    axe(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text(BRANCH)
    page.keyboard.press("Enter")
    page.wait_for_url("**/ttd/grener@kari:kortere-melding/sharing")
    page.locator(".branch-picker__button").click()
    page.get_by_role("link", name="Alle grener").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Grener")
    assert fits(page)
    axe(page)
    page.get_by_role("link", name="Ny gren").click()
    page.get_by_label("Navn").fill("kari/med-meg")
    page.get_by_role("button", name="Lag grenen").click()
    page.wait_for_url("**/ttd/grener@kari:med-meg/")
    expect(page.locator("#draft-bar")).to_contain_text("1 endring som ikke er delt")
    assert fits(page)


def test_every_other_page_of_them_is_for_everybody(
    stack: Any, new_context: Any, sign_in: Any, axe: Any
) -> None:
    repository = app(stack, "alle")
    ola = Author("Ola Haugen", "ola@example.org")
    repository.create_branch(BRANCH)
    for branch, value in (("main", 900), (BRANCH, 500)):
        edit(repository, longest(value), branch)
        repository.draft("kari", branch).share(f"{value} tegn", ola, NOW)
    page = new_context(viewport={"width": 390, "height": 800}, java_script_enabled=False).new_page()
    sign_in(page, "ola")
    page.goto(f"{stack.studio}/ttd/alle/pull-requests/new?source={BRANCH}")
    page.get_by_role("button", name="Åpne endringsforespørselen").click()
    page.get_by_role("link", name="Løs konfliktene").click()
    expect(page.locator(".conflict__sides .conflict__value")).to_have_text(["900", "500"])
    addresses = [page.url, *(f"{stack.studio}/ttd/alle/{place}" for place in PLACES)]
    shown = new_context(viewport={"width": 390, "height": 800}).new_page()
    sign_in(shown, "ola")
    for address in addresses:
        shown.goto(address)
        assert fits(shown), address
        axe(shown)


def test_an_edit_on_a_branch_that_was_just_deleted_is_kept_until_the_branch_is_back(
    stack: Any, page: Page, sign_in: Any
) -> None:
    repository = app(stack, "borte")
    repository.create_branch(BRANCH)
    edit(repository, longest(500), BRANCH)
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/borte@kari:kortere-melding/form/Task_1/about-you?selected=full-name")
    repository.delete_branch(BRANCH, repository.head(BRANCH).id)
    title = page.locator("#panel").get_by_label("Ledetekst").first
    title.fill("Fullt navn")
    title.blur()
    expect(page.locator("#edit-banner")).to_contain_text("Det finnes ingen gren")
    window = page.context.new_page()
    window.goto(f"{stack.studio}/ttd/borte/branches")
    window.get_by_role("button", name="Hent tilbake").click()
    expect(window.get_by_role("heading", level=1)).to_have_text("Endringer")
    page.locator("#edit-banner [data-queue=retry]").click()
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")
    texts = app_definition(repository.draft("kari", BRANCH).files).texts("nb")
    found = texts.get("full-name.title")
    assert found is not None
    assert found.value == "Fullt navn"
