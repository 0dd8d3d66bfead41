"""Images in a real browser: from an empty component to a described picture, and attacks that do nothing."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import Page, expect

from studio.definition.app import app_definition
from studio.definition.errors import DomainError
from studio.definition.images import cleaned
from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.serving import begin, serve
from tests.browser.test_layout_editor import NOW
from tests.builders import app_files, field
from tests.svg_attacks import ATTACKS

KARI = Author("Kari Lunde", "kari@example.org")


def test_an_image_is_uploaded_from_the_panel_chosen_described_and_seen(
    page: Page, new_context: Any, stack: Any, sign_in: Any, axe: Any
) -> None:
    shown = {"id": "picture", "type": "Image", "image": {"src": {}, "width": "50%", "align": "center"}}
    files = app_files(pages={"Contact": [field("name"), shown]}, texts={"nb": {"name.title": "Navn"}})
    repository = Repositories(stack.data / "repos").create("ttd", "med-bilde", files, KARI, "Begin", NOW)
    made = io.BytesIO()
    Image.new("RGB", (60, 40), "navy").save(made, "PNG")

    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/med-bilde/form/Task_1/Contact?selected=picture")
    page.get_by_role("link", name="Velg et bilde, eller legg til et").click()
    page.locator("#image-files").set_input_files(
        {"name": "Blått flagg.png", "mimeType": "image/png", "buffer": made.getvalue()}
    )
    page.get_by_role("button", name="Last opp").click()
    expect(page.get_by_text("1 bilde ble lagt til")).to_be_visible()
    axe(page)
    page.get_by_role("button", name="Bruk dette").click()
    page.wait_for_url("**/form/Task_1/Contact**")
    page.goto(f"{stack.studio}/ttd/med-bilde/images/picture/images/Blaatt-flagg.png")
    axe(page)
    page.get_by_label("Bokmål").fill("Et blått flagg")
    page.get_by_role("button", name="Lagre tekstene").click()
    page.get_by_text("Beskjær, eller gjør mindre").click()
    page.get_by_label("Ny bredde").fill("30")
    page.get_by_role("button", name="Beskjær bildet").click()
    expect(page.get_by_text("30 × 20 piksler")).to_be_visible()
    axe(page)

    draft = app_definition(repository.draft("kari").files).files
    form = begin(new_context(), serve(stack, "med-bilde", draft))
    picture = form.get_by_role("img", name="Et blått flagg")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.naturalWidth") == 30

    phone = new_context(viewport={"width": 390, "height": 844}, color_scheme="dark").new_page()
    sign_in(phone, "kari")
    for address in ("images", "images/picture/images/Blaatt-flagg.png"):
        phone.goto(f"{stack.studio}/ttd/med-bilde/{address}")
        axe(phone)
        assert phone.evaluate("document.documentElement.scrollWidth") <= 390


def test_a_cleaned_drawing_runs_nothing_and_asks_for_nothing_even_inside_a_page(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    drawings = []
    for attack in ATTACKS:
        try:
            drawings.append(cleaned(attack.encode())[0].decode())
        except DomainError:
            continue
    page.set_content(f"<!DOCTYPE html><title>x</title>{''.join(drawings)}")
    for each in page.locator("svg a, svg g").all():
        each.dispatch_event("click")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") is None
    assert asked == []

    # The same drawings as they came do run: the test would see it.
    page.set_content(f"<!DOCTYPE html><title>x</title>{ATTACKS[2].replace('/>', '></svg>')}")
    page.wait_for_timeout(200)
    assert page.evaluate("window.ran") == 1
