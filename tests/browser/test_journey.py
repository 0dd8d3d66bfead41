"""From nothing to a submitted form, the whole way once: every room in one journey."""

import io
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

from lxml import etree
from playwright.sync_api import BrowserContext, Page, expect

from studio.history.repositories import Repositories
from tests.browser.conftest import ROOT, Axe, NewContext, SignIn, Stack

TITLE = "Søknad om båtplass"
NAME = "soknad-om-baatplass"


def test_a_form_goes_from_nothing_to_a_submission(
    stack: Stack, new_context: NewContext, sign_in: SignIn, axe: Axe, tmp_path: Path
) -> None:
    studio = new_context().new_page()
    sign_in(studio, "ola")
    make_app(studio)
    lay_out(studio, axe)
    try_it(studio)
    share(studio, axe)
    deploy(studio)

    with_scripts = fill_in(stack, new_context(), "Vennlig Fjellrev", "Sjøbris")
    without = fill_in(stack, new_context(java_script_enabled=False), "Modig Linerle", "Måke")

    fetched = owner_fetches(studio, app_schema(stack))
    assert sorted(fetched) == ["Måke", "Sjøbris"]
    assert with_scripts != without
    assert command_line_fetches(stack, tmp_path) == 2


def make_app(page: Page) -> None:
    page.get_by_role("link", name="Ny app").first.click()
    page.get_by_label("Bokmål").fill(TITLE)
    expect(page.locator("[name=name]")).to_have_value(NAME)
    page.locator("[name=org]").select_option("ttd")
    page.locator("input[name=template][value=contact]").check()
    page.get_by_role("button", name="Lag appen").click()
    expect(page.get_by_role("heading", level=1, name=TITLE)).to_be_visible()


def lay_out(page: Page, axe: Axe) -> None:
    """Add a required field to the first page; undo and redo it; it is still there after a reload."""
    page.get_by_role("link", name="Skjema", exact=True).click()
    page.locator("page-list:defined").first.wait_for(state="attached")
    canvas = page.locator("#canvas")
    canvas.locator("[data-component]", has_text="Navnet ditt").first.click()
    page.get_by_role("button", name="Kort svar").click()
    saved(page)
    title = page.locator("#panel").get_by_label("Ledetekst", exact=True)
    title.fill("Navn på båten")
    title.press("Enter")
    expect(canvas.get_by_text("Navn på båten")).to_be_visible()
    panel = page.locator("#panel")
    panel.get_by_label("Navn på det nye feltet").fill("boat.name")
    panel.get_by_role("button", name="Lag", exact=True).click()
    saved(page)
    panel.get_by_role("switch", name="Må fylles ut", exact=True).check()
    saved(page)
    axe(page)

    page.locator("#draft-undo").click()
    expect(panel.get_by_role("switch", name="Må fylles ut", exact=True)).not_to_be_checked()
    page.locator("#draft-redo").click()
    expect(panel.get_by_role("switch", name="Må fylles ut", exact=True)).to_be_checked()
    page.reload()
    expect(canvas.get_by_text("Navn på båten")).to_be_visible()


def saved(page: Page) -> None:
    expect(page.locator("#edit-status")).to_have_attribute("data-state", "saved")


def try_it(page: Page) -> None:
    page.get_by_role("navigation", name="Appen").get_by_role("link", name="Forhåndsvisning").click()
    frame = page.frame_locator("iframe")
    expect(frame.get_by_text(TITLE).first).to_be_visible()


def share(page: Page, axe: Axe) -> None:
    navigation = page.get_by_role("navigation", name="Appen")
    navigation.get_by_role("button", name="Samarbeid").click()
    navigation.get_by_role("link", name="Endringer").click()
    expect(page.get_by_text("Navn på båten").first).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Del endringer").click()
    expect(page.locator("#draft-bar")).to_contain_text("Alt er delt")


def deploy(page: Page) -> None:
    page.get_by_role("navigation", name="Appen").get_by_role("link", name="Publisering").click()
    page.get_by_role("button", name="Bygg og publiser i test").click()
    test = page.get_by_role("region", name="Test", exact=True)
    expect(test).to_contain_text("Versjon 1")
    test.get_by_role("button", name="Ta versjon 1 i bruk i produksjon").click()
    expect(page.get_by_role("region", name="Produksjon", exact=True)).to_contain_text("Versjon 1")


def fill_in(stack: Stack, context: BrowserContext, who: str, boat: str) -> str:
    """Sign in, begin, leave and resume, meet an error, send; the reference on the receipt."""
    page = context.new_page()
    page.goto(f"{stack.test}/ttd/{NAME}/")
    page.get_by_role("button", name=who).click()
    page.locator(".public-start button").click()
    # The first form of a new app, on a machine that runs other tests meanwhile.
    page.get_by_label("Navnet ditt").wait_for(timeout=60_000)
    page.get_by_label("Navnet ditt").fill(who)
    page.get_by_label("På telefon").check()
    page.get_by_role("button", name="Neste").click()
    expect(page.locator("#error-summary")).to_contain_text("Navn på båten")
    page.get_by_label("Navn på båten").fill(boat)
    page.get_by_label("Telefonnummer").fill("40000001")
    page.get_by_role("button", name="Lagre og fortsett senere").click()
    expect(page.get_by_role("link", name="Fortsett").first).to_be_visible()

    page.goto(f"{stack.test}/ttd/{NAME}/")
    page.get_by_role("link", name="Fortsett").first.click()
    expect(page.get_by_label("Navn på båten")).to_have_value(boat)
    page.get_by_role("button", name="Neste").click()
    page.get_by_label("Hva gjelder det?").select_option("question")
    page.get_by_label("Meldingen din").fill("Er det ledig plass?")
    page.get_by_role("button", name="Gå til bekreftelse").click()
    page.get_by_role("button", name="Bekreft og send inn").click()
    expect(page.get_by_role("heading", name="Skjemaet er sendt inn")).to_be_visible()
    reference = re.search(r"[0-9a-f]{12}", page.locator("main").inner_text())
    assert reference is not None
    return reference[0]


def app_schema(stack: Stack) -> etree.XMLSchema:
    """The XSD as it is on the app's shared line, grown by the new field."""
    files = Repositories(stack.data / "repos").open("ttd", NAME).files()
    path = next(path for path in files if path.endswith(".xsd"))
    return etree.XMLSchema(etree.fromstring(files[path]))


def owner_fetches(page: Page, schema: etree.XMLSchema) -> list[str]:
    """The owner's page lists both; the boats in the XML documents, each valid against the app's XSD."""
    page.get_by_role("region", name="Test", exact=True).get_by_role(
        "link", name="Innsendinger i test"
    ).click()
    expect(page.locator("main tbody tr")).to_have_count(2)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=re.compile("zip", re.IGNORECASE)).first.click()
    return boats(Path(waiting.value.path()).read_bytes(), schema)


def boats(archive: bytes, schema: etree.XMLSchema) -> list[str]:
    """What each XML document says; fails where one breaks the app's XSD."""
    found: list[str] = []
    with zipfile.ZipFile(io.BytesIO(archive)) as documents:
        for name in documents.namelist():
            if name.endswith(".xml"):
                document = etree.fromstring(documents.read(name))
                schema.assertValid(document)
                found += document.xpath("//*[local-name()='boat']/*[local-name()='name']/text()")
    return found


def command_line_fetches(stack: Stack, folder: Path) -> int:
    """How many documents `studio submissions` writes."""
    target = folder / "submissions.zip"
    command = ["submissions", "ttd", NAME, "--environment", "test", "--to", str(target)]
    subprocess.run(
        [sys.executable, "-m", "studio", *command],
        check=True,
        cwd=ROOT,
        env=os.environ | {"STUDIO_DATA": str(stack.data)},
    )
    with zipfile.ZipFile(target) as documents:
        return sum(name.endswith(".xml") for name in documents.namelist())
