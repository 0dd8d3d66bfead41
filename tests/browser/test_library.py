"""A list that two apps share: published, taken, renewed, and seen by those who fill in the form."""

import json
import re
from typing import Any

from playwright.sync_api import Page, expect

from studio.definition.app import app_definition
from studio.definition.changes import SetText
from studio.definition.library import taken_items
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.browser.serving import begin, serve
from tests.browser.test_layout_editor import NOW
from tests.builders import app_files, field

DINA = Author("Dina Berg", "dina@example.org")
NB = {"name.title": "Navn", "colour.title": "Farge", "colours.r": "Rød", "colours.g": "Grønn"}


def begun(stack: Any, name: str, *, with_list: bool) -> Repository:
    chosen = field("colour", kind="RadioButtons", optionsId="farger")
    texts = NB if with_list else {key: text for key, text in NB.items() if "s." not in key}
    pages = {"Contact": [field("name"), chosen]}
    files = dict(app_files(pages=pages, fields={"name": "string", "colour": "string"}, texts={"nb": texts}))
    if with_list:
        listed = [{"value": each, "label": f"colours.{each}"} for each in "rg"]
        files["App/options/farger.json"] = json.dumps(listed).encode()
    return Repositories(stack.data / "repos").create("ttd", name, files, DINA, "Begin", NOW)


def publish(page: Page, address: str, note: str) -> None:
    page.goto(f"{address}/library/publish/lists?name=farger")
    page.get_by_label("Navn i biblioteket").fill("Farger")
    page.get_by_label("Hva som er nytt").fill(note)
    page.get_by_role("button", name="Publiser").click()
    expect(page.get_by_text("av Farger er i biblioteket")).to_be_visible()


def take_the_first(page: Page, address: str, axe: Any) -> None:
    page.goto(f"{address}/library")
    page.get_by_role("link", name="Farger").click()
    axe(page)
    page.get_by_role("button", name="Hent versjon 1").click()
    expect(page.get_by_text("Nyeste versjon")).to_be_visible()


def take_what_is_new(page: Page, address: str, axe: Any) -> None:
    page.goto(f"{address}/")
    axe(page)
    page.get_by_role("link", name="Se hva som er nytt").click()
    axe(page)
    page.get_by_role("link", name="Se hva som er nytt").click()
    expect(page.get_by_text("Rød heter nå Raud")).to_be_visible()
    expect(page.get_by_text("På nynorsk", exact=True)).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Hent versjon 2").click()
    expect(page.get_by_text("Nyeste versjon")).to_be_visible()
    expect(page.locator("#draft-undo")).to_be_enabled()


def test_a_list_is_shared_by_two_apps_and_its_new_version_reaches_the_form(
    page: Page, new_context: Any, stack: Any, sign_in: Any, axe: Any
) -> None:
    source = begun(stack, "farge-kilde", with_list=True)
    takers = {name: begun(stack, name, with_list=False) for name in ("farge-en", "farge-to")}
    source_address = f"{stack.studio}/ttd/farge-kilde"

    publisher = new_context().new_page()
    sign_in(publisher, "dina")
    publish(publisher, source_address, "Den første")

    sign_in(page, "kari")
    for name, repository in takers.items():
        take_the_first(page, f"{stack.studio}/ttd/{name}", axe)
        repository.draft("kari").share("Ta i bruk fargene", DINA, NOW)
    axe(page)

    draft = source.draft("dina")
    draft.apply(SetText("nb", "colours.r", "Raud"), draft.revision, DINA, NOW)
    publish(publisher, source_address, "På nynorsk")
    publisher.goto(f"{stack.studio}/organisations/ttd/library/lists/farger")
    axe(publisher)
    expect(publisher.get_by_role("row", name="farge-to")).to_be_visible()
    publisher.get_by_role("button", name="Slett fra biblioteket").click()
    expect(publisher.get_by_text("er i bruk i")).to_be_visible()

    take_what_is_new(page, f"{stack.studio}/ttd/farge-en", axe)
    files = takers["farge-en"].draft("kari").files
    assert taken_items(app_definition(files))["lists/farger"].version == 2
    assert taken_items(app_definition(takers["farge-to"].files()))["lists/farger"].version == 1
    form = begin(new_context(), serve(stack, "farge-en", files))
    expect(form.get_by_label("Raud")).to_be_visible()
    expect(form.get_by_label("Grønn")).to_be_visible()


def test_the_library_fits_a_phone(new_context: Any, stack: Any, sign_in: Any, axe: Any) -> None:
    begun(stack, "farge-telefon", with_list=True)
    phone = new_context(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page()
    sign_in(phone, "dina")
    for address in ("/ttd/farge-telefon/library", "/ttd/farge-telefon/library/publish/lists?name=farger"):
        phone.goto(f"{stack.studio}{address}")
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def keep(page: Page, address: str, form: int, **fields: str) -> None:
    """Keep the components of the page as a block (0), or as a newer version of one (1)."""
    page.goto(f"{address}/form/Task_1/Contact/take?selected=name&selected=colour")
    button = ("Behold som blokk", "Behold som nyere versjon")[form]
    kept = page.locator("form").filter(has=page.get_by_role("button", name=button, exact=True))
    for label, text in fields.items():
        kept.get_by_label(label).fill(text)
    if form:
        kept.get_by_label("Blokk", exact=True).select_option(label="Kontakt")
    kept.get_by_role("button", name=button, exact=True).click()
    expect(page.get_by_role("heading", name="Blokker hos ttd")).to_be_visible()


def test_a_block_is_put_into_another_app_improved_seen_and_taken_with_what_that_app_changed(
    page: Page, new_context: Any, stack: Any, sign_in: Any, axe: Any
) -> None:
    source, taker = (begun(stack, name, with_list=True) for name in ("blokk-kilde", "blokk-en"))
    here, there = f"{stack.studio}/ttd/blokk-kilde", f"{stack.studio}/ttd/blokk-en"
    sign_in(page, "kari")
    keep(page, here, 0, Navn="Kontakt")

    page.goto(f"{there}/library")
    page.get_by_role("button", name="Legg inn i skjemaet … Kontakt").click()
    axe(page)
    page.get_by_role("button", name="Legg inn i skjemaet", exact=True).click()
    expect(page).to_have_url(re.compile("/form/Task_1/Contact"))

    for repository, key, text in (
        (source, "name.title", "Fullt navn"),
        (source, "colour.title", "Yndlingsfarge"),
        (taker, "colour2.title", "Hvilken farge?"),
    ):
        draft = repository.draft("kari")
        draft.apply(SetText("nb", key, text), draft.revision, DINA, NOW)
    keep(page, here, 1, **{"Hva som er nytt": "Tydeligere"})

    page.goto(f"{there}/library")
    axe(page)
    page.get_by_role("link", name="Se hva som er nytt").click()
    expect(page.get_by_text("Navn er nå Fullt navn")).to_be_visible()
    after = page.frame_locator("iframe[title*='Med versjon 2']")
    expect(after.get_by_label("Fullt navn").first).to_be_visible()
    axe(page)
    page.get_by_role("group", name="Hvilken farge?").get_by_label("Som det er i appen").check()
    page.get_by_role("button", name="Hent versjon 2").click()
    expect(page.get_by_text("Nyeste versjon")).to_be_visible()
    form = begin(new_context(), serve(stack, "blokk-en", taker.draft("kari").files))
    expect(form.get_by_label("Fullt navn").first).to_be_visible()
    expect(form.get_by_text("Hvilken farge?").first).to_be_visible()
