"""The round of a pull request, as a designer and a reviewer go through it."""

from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio.definition.app import app_definition
from studio.definition.changes import SetProperty, SetText
from studio.definition.files import MemoryFiles
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


def app(stack: Any, name: str, only: str = "") -> Repository:
    files = new_app(name, "ttd", {"nb": f"Runden {name}"}, "contact")
    if only:
        texts = {app_definition(files).paths.texts(each) for each in ("nb", "nn", "en") if each != only}
        files = MemoryFiles({path: files[path] for path in files if path not in texts})
    return Repositories(stack.data / "repos").create("ttd", name, files, KARI, "Lag appen", NOW)


def edit(repository: Repository, change: Any, branch: str = "main") -> None:
    draft = repository.draft("kari", branch)
    draft.apply(change, draft.revision, KARI, NOW)


def longest(value: int) -> SetProperty:
    return SetProperty("Task_1", "enquiry", "message", "/maxLength", value)


def longest_in(repository: Repository, branch: str) -> object:
    found = app_definition(repository.files(branch)).layout_set("Task_1")
    assert found is not None
    place = found.find("message")
    assert place is not None
    return place[1].raw["maxLength"]


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


def suggest(reviewer: Page, studio: str, axe: Any) -> None:
    reviewer.goto(f"{studio}/ttd/runden/pull-requests/1/pages")
    reviewer.get_by_text("Kommenter en komponent på denne siden").last.click()
    reviewer.get_by_role("link", name="Kommenter Meldingen din", exact=True).click()
    reviewer.get_by_text("Foreslå en endring").click()
    reviewer.get_by_label("Lengste svar").fill("700")
    axe(reviewer)
    reviewer.get_by_role("button", name="Send", exact=True).click()
    expect(reviewer.get_by_role("group", name="Forslag fra Runa Moen")).to_contain_text("700")


def use_suggestion(designer: Page, repository: Repository) -> None:
    designer.reload()
    suggestion = designer.get_by_role("group", name="Forslag fra Runa Moen")
    suggestion.get_by_role("button", name="Bruk dette forslaget").click()
    designer.get_by_text("1 løst samtale").click()
    expect(suggestion).to_contain_text("Kari Lunde brukte dette forslaget")
    assert longest_in(repository, BRANCH) == 700


def try_it_and_send(reviewer: Page, studio: str, test: str, axe: Any) -> str:
    """Fill in the form as it would be; gives its address."""
    reviewer.goto(f"{studio}/ttd/runden/pull-requests/1")
    reviewer.get_by_role("button", name="Prøv den i testmiljøet").click()
    address = f"{test}/ttd/runden--pr-1/"
    link = reviewer.get_by_role("link", name="Åpne skjemaet")
    expect(link).to_have_attribute("href", address, timeout=60_000)
    axe(reviewer)
    page = reviewer.context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Vennlig Fjellrev").click()
    expect(page.get_by_text("Du prøver det endringsforespørsel 1 gjør med runden.")).to_be_visible()
    axe(page)
    page.locator(".public-start button").click()
    page.get_by_label("Fornavn og etternavn").fill("Vennlig Fjellrev")
    page.get_by_label("På telefon").check()
    page.get_by_label("Telefonnummer").fill("40000001")
    page.get_by_role("button", name="Neste").click()
    page.get_by_label("Hva gjelder det?").select_option("question")
    page.get_by_label("Meldingen din").fill("Virker det?")
    page.get_by_role("button", name="Gå til bekreftelse").click()
    page.get_by_role("button", name="Bekreft og send inn").click()
    expect(page.get_by_role("heading", name="Skjemaet er sendt inn")).to_be_visible()
    page.close()
    return address


def what_was_tried_is_gone(designer: Page, address: str) -> None:
    expect(designer.locator("#branch-title")).to_be_visible()
    expect(designer.locator("#trying")).to_have_count(0, timeout=60_000)
    answer = designer.goto(address)
    assert answer is not None
    assert answer.status == 404


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
    suggest(reviewer, stack.studio, axe)
    use_suggestion(designer, repository)
    tried_at = try_it_and_send(reviewer, stack.studio, stack.test, axe)
    look_and_ask_for_changes(reviewer, stack.studio, axe)
    answer(designer, stack.studio, repository)
    approve(reviewer)
    merge(designer)
    what_was_tried_is_gone(designer, tried_at)

    assert longest_in(repository, "main") == 800
    assert repository.branches() == ["main"]


def ask_for_accessibility(owner: Page, studio: str) -> None:
    owner.goto(f"{studio}/ttd/kontroll/branches/rules?pattern=main&for=app")
    owner.get_by_label("Hvor mange som må godkjenne").fill("0")
    owner.get_by_role("checkbox", name="Tilgjengelighet", exact=True).check()
    owner.get_by_role("button", name="Lagre regelen").click()
    expect(owner.get_by_role("status").first).to_contain_text("Regelen for «main» er lagret.")


@pytest.mark.usefixtures("pages_are_checked")
def test_a_fault_that_keeps_people_out_is_red_until_it_is_mended(
    stack: Any, new_context: Any, sign_in: Any, axe: Any
) -> None:
    repository = app(stack, "kontroll", only="nb")  # each language takes its time
    repository.create_branch(BRANCH)
    edit(repository, SetText("nb", "message.description", 'Se <img src="wwwroot/kart.png"> kartet'), BRANCH)
    repository.draft("kari", BRANCH).share("Kart", KARI, NOW)
    owner, designer = new_context().new_page(), new_context().new_page()
    sign_in(owner, "ola")
    sign_in(designer, "kari")
    ask_for_accessibility(owner, stack.studio)

    designer.goto(f"{stack.studio}/ttd/kontroll/pull-requests/new?source={BRANCH}")
    designer.get_by_role("button", name="Åpne endringsforespørselen").click()
    row = designer.locator("[data-check=accessibility]")
    expect(row).to_have_attribute("data-state", "failed", timeout=60_000)
    expect(row).to_contain_text("Hindringer for brukerne: 1, på 2 sider.")
    expect(designer.locator("#merge")).to_contain_text("Kontrollen «Tilgjengelighet» må være i orden.")
    expect(designer.get_by_role("button", name="Slå sammen inn i main")).to_have_count(0)

    row.get_by_role("link", name="Tilgjengelighet").click()
    found = designer.locator(".finding")
    expect(found).to_contain_text("Feltet Meldingen din på siden Henvendelsen viser et bilde som ikke er")
    axe(designer)
    designer.get_by_role("button", name="Kjør på nytt").click()
    expect(designer.get_by_role("status").first).to_contain_text("Kontrollen kjøres en gang til.")
    expect(found).to_be_visible(timeout=60_000)
    found.get_by_role("link", name="Gå til stedet").click()
    designer.wait_for_url("**/ttd/kontroll@kari:kortere-melding/form/Task_1/enquiry?selected=message")

    edit(repository, SetText("nb", "message.description", "Se kartet"), BRANCH)
    repository.draft("kari", BRANCH).share("Uten bilde", KARI, NOW)
    designer.goto(f"{stack.studio}/ttd/kontroll/pull-requests/1")
    expect(row).to_have_attribute("data-state", "passed", timeout=60_000)
    designer.get_by_role("button", name="Slå sammen inn i main").click(timeout=60_000)
    expect(designer.get_by_role("status").first).to_contain_text("«main» har endringene nå")


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
