"""The images of an app over HTTP: uploaded, cleaned, chosen, described, replaced, cropped, shared."""

import io
import json

import pytest
from bs4 import BeautifulSoup
from PIL import Image

from studio.definition.app import AppDefinition, app_definition
from studio.definition.images import alternative_text, pictures
from studio.definition.library import taken_items
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.builders import app_files, field
from tests.features.conftest import KARI, NOW, Browser
from tests.svg_attacks import ATTACKS

IMAGES = "/ttd/notice/images"
CHOSEN = {"layout_set": "Task_1", "page": "Contact", "component": "picture"}


def png(width: int = 40, height: int = 30) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(made, "PNG")
    return made.getvalue()


@pytest.fixture
def notice(studio: object, repositories: Repositories) -> Repository:
    """The app ttd/notice, with an Image component that shows nothing yet."""
    image = {"id": "picture", "type": "Image", "image": {"src": {}, "width": "50%", "align": "center"}}
    files = app_files(pages={"Contact": [field("name"), image]})
    return repositories.create("ttd", "notice", files, KARI, "Create Notice", NOW)


def app_of(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("kari").files)


def paths(repository: Repository) -> list[str]:
    return [each.path for each in pictures(app_of(repository))]


def upload(browser: Browser, *files: tuple[str, bytes], **more: str) -> str:
    browser.get(IMAGES)
    given = [(io.BytesIO(data), name) for name, data in files]
    answer = browser.post(IMAGES, file=given, **more)
    return " ".join(BeautifulSoup(answer.get_data(as_text=True), "html.parser").get_text(" ").split())


def test_images_come_in_under_plain_names_all_as_one_change(notice: Repository, kari: Browser) -> None:
    said = upload(kari, ("Blå båt.png", png()), ("Blå båt.png", png(10, 10)))
    assert "2 images were added" in said
    assert paths(notice) == ["images/Blaa-baat-2.png", "images/Blaa-baat.png"]
    notice.draft("kari").undo(KARI, NOW)
    assert paths(notice) == []


def test_what_is_no_picture_is_refused_and_nothing_of_the_others_comes_in(
    notice: Repository, kari: Browser
) -> None:
    said = upload(kari, ("a.png", png()), ("page.png", b"<html><script>alert(1)</script></html>"))
    assert "page.png is no picture that can be shown" in said
    assert paths(notice) == []
    assert "Choose from one to 50 pictures." in upload(kari)


def test_a_drawing_is_cleaned_and_what_went_is_said(notice: Repository, kari: Browser) -> None:
    said = upload(kari, ("logo.svg", ATTACKS[0].encode()))
    assert "Taken out of the drawing, as it could run or reach out: script" in said
    assert b"script" not in app_of(notice).files["App/wwwroot/images/logo.svg"]
    answer = kari.client.get(f"{IMAGES}/file/images/logo.svg")
    assert answer.mimetype == "image/svg+xml"
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_an_image_is_chosen_for_a_component_and_described_in_every_language(
    notice: Repository, kari: Browser
) -> None:
    upload(kari, ("a.png", png()))
    query = "&".join(f"{name}={value}" for name, value in CHOSEN.items())
    assert "Use this one" in kari.get(f"{IMAGES}?{query}").get_data(as_text=True)
    kari.post(f"{IMAGES}/picture/images/a.png", do="choose", **CHOSEN)
    component = app_of(notice).layout_sets[0].find("picture")[1]  # type: ignore[index]  # it is there
    assert set(component.raw["image"]["src"].values()) == {"wwwroot/images/a.png"}
    page = kari.get(f"{IMAGES}/picture/images/a.png").get_data(as_text=True)
    assert page.count("missing") >= 2

    texts = {"text-nb": "Et rødt kvadrat", "text-en": "A red square"}
    kari.post(f"{IMAGES}/picture/images/a.png", do="describe", **CHOSEN, **texts)
    app = app_of(notice)
    component = app.layout_sets[0].find("picture")[1]  # type: ignore[index]  # it is there
    assert dict(alternative_text(app, component)) == {"nb": "Et rødt kvadrat", "en": "A red square"}
    kari.post(f"{IMAGES}/picture/images/a.png", do="describe", **CHOSEN, **{**texts, "text-nb": "Rødt"})
    assert alternative_text(app_of(notice), component)["nb"] == "Rødt"


def test_an_image_is_replaced_by_one_of_its_kind_cropped_and_deleted(
    notice: Repository, kari: Browser
) -> None:
    upload(kari, ("a.png", png()))
    address = f"{IMAGES}/picture/images/a.png"
    jpeg = io.BytesIO()
    Image.new("RGB", (9, 9)).save(jpeg, "JPEG")
    answer = kari.post(address, do="replace", file=(io.BytesIO(jpeg.getvalue()), "b.jpg"))
    assert answer.status_code == 422
    kari.post(address, do="replace", file=(io.BytesIO(png(80, 60)), "b.png"))
    kari.post(address, do="crop", left="10", top="10", width="40", height="20", to_width="20")
    found = pictures(app_of(notice))[0]
    assert (found.width, found.height) == (20, 10)
    for wrong in (
        {"width": "41", "height": "1"},
        {"width": "x"},
        {"width": "0"},
        {"left": "-1", "width": "1"},
    ):
        assert kari.post(address, do="crop", **wrong).status_code == 422
    kari.post(address, do="delete")
    assert paths(notice) == []
    assert kari.get(address).status_code == 404


def test_an_image_is_published_and_taken_into_another_app(
    notice: Repository, repositories: Repositories, kari: Browser, dina: Browser
) -> None:
    other = repositories.create("ttd", "other", app_files(), KARI, "Create Other", NOW)
    dina.get(IMAGES)
    dina.post(IMAGES, file=[(io.BytesIO(png()), "arms.png")])
    dina.post(
        "/ttd/notice/library/publish/images", name="images/arms.png", title="Coat of arms", note="For all"
    )
    assert (
        taken_items(app_definition(notice.draft("dina").files))["images/coat-of-arms"].name
        == "images/arms.png"
    )
    shown = dina.client.get("/organisations/ttd/library/images/coat-of-arms/1/picture")
    assert shown.get_data() == png()
    page = BeautifulSoup(kari.get("/ttd/other/library/images/coat-of-arms").get_data(), "html.parser")
    seen = page.select_one("[name=seen]")
    assert seen is not None
    kari.post("/ttd/other/library/images/coat-of-arms", version=1, seen=seen["value"], follows="latest")
    app = app_definition(other.draft("kari").files)
    assert app.files["App/wwwroot/shared/arms.png"] == png()
    assert "The newest version" in kari.get("/ttd/other/library").get_data(as_text=True)


def test_who_may_not_edit_sees_no_images_and_paths_lead_nowhere_else(
    notice: Repository, kari: Browser, runa: Browser
) -> None:
    assert runa.get(IMAGES).status_code == 403
    for path in ("../config/applicationmetadata.json", "%2e%2e/config/texts/resource.nb.json", "none.png"):
        assert kari.get(f"{IMAGES}/file/{path}").status_code == 404
    kari.get(IMAGES)
    assert kari.post(f"{IMAGES}/picture/../config/x.json", do="delete").status_code in {404, 405}
    assert json.loads(app_of(notice).files["App/config/applicationmetadata.json"])


def test_the_canvas_of_the_editor_shows_the_image(notice: Repository, kari: Browser) -> None:
    upload(kari, ("a.png", png()))
    kari.post(f"{IMAGES}/picture/images/a.png", do="choose", **CHOSEN)
    page = BeautifulSoup(kari.get("/ttd/notice/form/Task_1/Contact").get_data(), "html.parser")
    shown = page.select_one("#canvas img")
    assert shown is not None
    assert shown["src"] == f"{IMAGES}/file/images/a.png"
