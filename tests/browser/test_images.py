"""Images in a real browser: from an empty component to a described picture, and attacks that do nothing."""

import io
import json
import re
from typing import Any
from urllib.parse import urljoin

from PIL import Image
from playwright.sync_api import Locator, Page, expect

from studio.definition.app import app_definition
from studio.definition.errors import DomainError
from studio.definition.images import cleaned
from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.browser.serving import begin, filling, serve
from tests.browser.test_layout_editor import NOW
from tests.builders import app_files, as_json, field
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


def cropping(page: Page, stack: Any, sign_in: Any, name: str) -> Locator:
    """The frame on a picture of 400 × 200 pixels, in an app of that name."""
    made = io.BytesIO()
    Image.new("RGB", (400, 200), "navy").save(made, "PNG")
    files = app_files(more={"App/wwwroot/flag.png": made.getvalue()})
    Repositories(stack.data / "repos").create("ttd", name, files, KARI, "Begin", NOW)
    sign_in(page, "kari")
    page.goto(f"{stack.studio}/ttd/{name}/images/picture/flag.png")
    page.get_by_text("Beskjær, eller gjør mindre").click()
    frame = page.locator("crop-frame")
    frame.scroll_into_view_if_needed()
    return frame


def part(page: Page) -> list[int]:
    """What the fields say."""
    names = ("left", "top", "width", "height", "to_width")
    return [int(page.locator(f"#crop-{name}").input_value()) for name in names]


def drag(page: Page, frame: Locator, *points: tuple[int, int]) -> None:
    """Drag from the first to the last of these pixels of the picture."""
    seen = frame.bounding_box()
    assert seen is not None
    scale = seen["width"] / 400
    (left, top), *others = [(seen["x"] + x * scale, seen["y"] + y * scale) for x, y in points]
    page.mouse.move(left, top)
    page.mouse.down()
    for x, y in others:
        page.mouse.move(x, y, steps=4)
    page.mouse.up()


def test_a_part_of_a_picture_is_chosen_by_dragging(page: Page, stack: Any, sign_in: Any, axe: Any) -> None:
    frame = cropping(page, stack, sign_in, "beskaering")
    drag(page, frame, (100, 50), (300, 150))
    assert part(page) == [100, 50, 200, 100, 200]
    drag(page, frame, (200, 100), (500, 100))  # as far as it goes
    assert part(page) == [200, 50, 200, 100, 200]
    page.locator("#crop-height").fill("50")
    expect(page.locator(".crop-frame__part")).to_have_css("height", "50px")
    axe(page)
    page.get_by_role("button", name="Beskjær bildet").click()
    expect(page.get_by_text("200 × 50 piksler")).to_be_visible()


def test_a_part_of_a_picture_is_chosen_by_keys(page: Page, stack: Any, sign_in: Any) -> None:
    frame = cropping(page, stack, sign_in, "med-taster")
    page.get_by_role("button", name="Øvre venstre hjørne").focus()
    page.keyboard.press("Shift+ArrowRight")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowLeft")
    assert part(page) == [9, 1, 391, 199, 391]
    page.get_by_role("button", name="Flytt delen").press("ArrowLeft")
    page.keyboard.press("ArrowDown")  # it cannot go further
    assert part(page) == [8, 1, 391, 199, 391]
    expect(frame.get_by_role("status")).to_have_text("391 × 199 piksler, 8 fra venstre og 1 fra toppen")


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


def test_the_part_of_a_picture_that_a_form_gets_is_chosen_by_keys(
    new_context: Any, stack: Any, axe: Any
) -> None:
    portrait = {
        "id": "portrait",
        "type": "ImageUpload",
        "crop": {"shape": "rectangle", "width": 100, "height": 100},
        "textResourceBindings": {"title": "Portrett"},
    }
    metadata = json.loads(app_files()["App/config/applicationmetadata.json"])
    metadata["dataTypes"].append({"id": "portrait", "maxCount": 1, "taskId": "Task_1"})
    more = {"App/config/applicationmetadata.json": as_json(metadata)}
    files = app_files(pages={"Side": [field("name"), portrait]}, more=more)
    phone = new_context(viewport={"width": 320, "height": 640})
    form = filling(begin(phone, serve(stack, "med-portrett", files)))
    given = Image.new("RGB", (400, 200), "red")
    given.paste((0, 0, 128), (50, 0, 150, 100))
    written = io.BytesIO()
    given.save(written, "PNG")
    picture: Any = {"name": "kari.png", "mimeType": "image/png", "buffer": written.getvalue()}
    where = form.get_by_label("Portrett")

    where.set_input_files(picture)
    asked = form.get_by_role("dialog", name="Velg utsnittet av bildet")
    frame = asked.get_by_role("application", name="Utsnittet som brukes", exact=True)
    expect(frame).to_be_focused()
    expect(frame).to_have_accessible_description(re.compile("Dra rammen.* Piltastene flytter den"))
    axe(form)
    assert form.evaluate("document.documentElement.scrollWidth") <= 320
    form.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(where).to_be_focused()

    where.set_input_files(picture)
    expect(frame).to_be_focused()
    for key in ("Shift+ArrowLeft", *["ArrowLeft"] * 20, *["-"] * 10, *["Shift+ArrowUp"] * 3):
        form.keyboard.press(key)
    expect(asked.get_by_role("status")).to_have_text("13 % fra venstre, 0 % fra toppen, størrelse 50 %")
    expect(asked.get_by_role("slider", name="Størrelse på utsnittet")).to_have_value("50")
    asked.get_by_role("button", name="Bruk dette utsnittet").click()
    shown = form.get_by_role("img", name="kari.png")
    expect(shown).to_be_visible()
    axe(form)
    kept = form.request.get(urljoin(form.url, shown.get_attribute("src") or ""))
    with Image.open(io.BytesIO(kept.body())) as image:
        assert image.convert("RGB").getcolors() == [(100 * 100, (0, 0, 128))]
