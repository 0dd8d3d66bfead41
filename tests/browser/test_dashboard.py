"""Finding, making, importing and putting away apps in a real browser."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from studio.definition.templates import new_app

WIDTHS = (1440, 1024, 390)


def zip_file(folder: Path, name: str, content: dict[str, bytes] | None = None) -> Path:
    files = content or new_app(name, "ttd", {"nb": f"Importert {name}"}, "contact")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for path in files:
            archive.writestr(f"{name}-main/{path}", files[path])
    place = folder / f"{name}.zip"
    place.write_bytes(stream.getvalue())
    return place


def make_app(page: Page, stack: Any, title: str, template: str = "Kontaktskjema") -> None:
    page.goto(f"{stack.studio}/new-app")
    page.get_by_label("Tittel på bokmål").fill(title)
    page.get_by_label("Organisasjon").select_option("ttd")
    page.get_by_role("radio", name=template).check()
    expect(page.get_by_text("Navnet er ledig.")).to_be_visible()
    page.get_by_role("button", name="Lag appen").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_a_new_app_gets_its_name_from_the_title_and_opens(stack: Any, page: Page, sign_in: Any) -> None:
    sign_in(page, "kari")
    page.goto(stack.studio)
    page.get_by_role("link", name="Ny app").click()

    page.get_by_label("Tittel på bokmål").press_sequentially("Søknad om båtplass", delay=20)
    expect(page.get_by_label("Teknisk navn")).to_have_value("soknad-om-baatplass")
    expect(page.get_by_text("Navnet er ledig.")).to_be_visible()
    page.get_by_label("Teknisk navn").fill("Båtplass")
    expect(page.get_by_text("Bruk små bokstaver")).to_be_visible()
    page.get_by_label("Teknisk navn").fill("baatplass")
    expect(page.get_by_text("Navnet er ledig.")).to_be_visible()
    page.get_by_label("Organisasjon").select_option("demo")
    page.get_by_role("radio", name="Kontaktskjema").check()
    page.get_by_role("button", name="Lag appen").click()

    expect(page).to_have_url(f"{stack.studio}/demo/baatplass/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Søknad om båtplass")
    expect(page.get_by_role("link", name="Om deg")).to_be_visible()


def test_the_list_is_searched_while_one_types(stack: Any, page: Page, sign_in: Any) -> None:
    sign_in(page, "ola")
    make_app(page, stack, "Pengestøtte til lag")
    make_app(page, stack, "Dispensasjon fra båndtvang")
    page.goto(stack.studio)

    page.get_by_label("Søk", exact=True).press_sequentially("båndt", delay=20)
    expect(page.get_by_role("heading", level=2)).to_have_text(["Dispensasjon fra båndtvang"])
    expect(page).to_have_url(re.compile(r"\?q=b%C3%A5ndt"))
    page.get_by_label("Søk", exact=True).fill("finnes ikke")
    expect(page.get_by_text("Ingen apper passer")).to_be_visible()


def test_a_star_stays_and_keeps_the_focus(stack: Any, page: Page, sign_in: Any) -> None:
    sign_in(page, "ola")
    make_app(page, stack, "Stjerneskjema")
    page.goto(stack.studio)
    star = page.get_by_role("button", name="Favoritt: Stjerneskjema")

    star.focus()
    page.keyboard.press("Enter")
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(star).to_be_focused()
    page.reload()
    expect(star).to_have_attribute("aria-pressed", "true")


def test_a_zip_file_is_dropped_on_the_page_and_imported(
    stack: Any, page: Page, sign_in: Any, tmp_path: Path, axe: Any
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/import")
    data = zip_file(tmp_path, "innsendt").read_bytes()
    transfer = page.evaluate_handle(
        """bytes => {
            const transfer = new DataTransfer();
            const content = [new Uint8Array(bytes)];
            transfer.items.add(new File(content, 'innsendt.zip', { type: 'application/zip' }));
            return transfer;
        }""",
        list(data),
    )
    page.dispatch_event("main", "dragover", {"dataTransfer": transfer})
    page.dispatch_event("main", "drop", {"dataTransfer": transfer})
    page.get_by_label("Organisasjon").select_option("ttd")
    page.get_by_role("button", name="Importer").click()

    expect(page).to_have_url(f"{stack.studio}/ttd/innsendt/imported")
    expect(page.get_by_role("heading", level=1)).to_have_text("«Importert innsendt» er importert")
    axe(page)


def test_a_zip_file_that_is_no_app_is_refused_in_words(
    stack: Any, page: Page, sign_in: Any, tmp_path: Path, axe: Any
) -> None:
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/import")
    page.get_by_label("En zip-fil").set_input_files(zip_file(tmp_path, "feil", {"les.txt": b"hei"}))
    page.get_by_role("button", name="Importer").click()

    expect(page.get_by_role("alert").filter(has_text="«App»")).to_be_visible()
    axe(page)


def test_an_app_is_copied_archived_and_deleted_from_its_menu(stack: Any, page: Page, sign_in: Any) -> None:
    sign_in(page, "ola")
    make_app(page, stack, "Menyskjema")
    page.goto(stack.studio)

    page.get_by_role("button", name="Mer om Menyskjema").click()
    page.get_by_role("link", name="Kopier").click()
    page.get_by_label("Teknisk navn").fill("kopiert-skjema")
    page.get_by_role("button", name="Lag en kopi").click()
    expect(page).to_have_url(f"{stack.studio}/ttd/kopiert-skjema/")

    page.goto(f"{stack.studio}/?q=kopiert-skjema")
    page.get_by_role("button", name="Mer om Menyskjema").click()
    page.get_by_role("button", name="Arkiver").click()
    expect(page.get_by_role("status").first).to_contain_text("er arkivert")

    page.goto(f"{stack.studio}/?q=kopiert-skjema&show=archived")
    page.get_by_role("button", name="Mer om Menyskjema").click()
    page.get_by_role("link", name="Slett").click()
    page.get_by_label("Skriv navnet på appen").fill("kopiert-skjema")
    page.get_by_role("button", name="Slett appen").click()
    expect(page.get_by_role("status").first).to_contain_text("er slettet")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_the_pages_are_accessible_and_fit(
    stack: Any, new_context: Any, sign_in: Any, axe: Any, width: int, scheme: str
) -> None:
    page = new_context(viewport={"width": width, "height": 900}, color_scheme=scheme).new_page()
    sign_in(page, "ola")
    name = f"bredde-{width}-{scheme}"
    make_app(page, stack, f"Bredde {width} {scheme}")
    addresses = ("/", "/new-app", "/import", "/?q=finnes-ikke")
    of_app = ("", "copy", "delete", "imported", "sharing")
    for address in (*addresses, *(f"/ttd/{name}/{each}" for each in of_app)):
        page.goto(f"{stack.studio}{address}")
        axe(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_everything_works_without_scripts(stack: Any, new_context: Any, sign_in: Any) -> None:
    page = new_context(java_script_enabled=False).new_page()
    sign_in(page, "ola")
    page.goto(f"{stack.studio}/new-app")
    page.get_by_label("Tittel på bokmål").fill("Uten skript")
    page.get_by_label("Organisasjon").select_option("ttd")
    page.get_by_role("button", name="Lag appen").click()
    expect(page).to_have_url(f"{stack.studio}/ttd/uten-skript/")
    page.goto(f"{stack.studio}/?q=uten+skript")
    page.get_by_role("button", name="Favoritt: Uten skript").click()
    expect(page.get_by_role("button", name="Favoritt: Uten skript")).to_have_attribute("aria-pressed", "true")
