"""Pictures by their bytes, drawings without what could run, where pictures are used, what is said of them."""

import io

import pytest
from lxml import etree
from PIL import Image

from studio.definition.app import AppDefinition
from studio.definition.checks import check
from studio.definition.errors import DomainError
from studio.definition.files import MemoryFiles
from studio.definition.images import arriving, cleaned, mentioned, pictures, read_picture, uses_by_picture
from tests.builders import app_files, as_json
from tests.svg_attacks import ATTACKS, HARMLESS

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
FORBIDDEN = (
    *("script", "foreignobject", "iframe", "animate", "handler", "onload", "onclick", "onbegin", "onerror"),
    *("evil", "@import", "expression(", "alert(", "data:text", "data:image/svg"),
)


def png(width: int = 4, height: int = 3, kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(made, kind)
    return made.getvalue()


@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_runs_or_reaches_out_is_left_of_a_drawing(attack: str) -> None:
    try:
        made, _ = cleaned(attack.encode())
    except DomainError:
        return  # refused as a whole
    for element in etree.fromstring(made).iter():
        written = f"{element.tag} {dict(element.attrib)}".lower()
        if str(element.tag).endswith("style"):
            written += (element.text or "").lower()
        assert not [word for word in FORBIDDEN if word in written.replace(SVG, "").replace(XLINK, "")], made
    assert not [word for word in ("<script", "<!entity", "<?xml-stylesheet") if word.encode() in made.lower()]
    assert cleaned(made)[0] == made


@pytest.mark.parametrize("drawing", HARMLESS)
def test_a_drawing_that_only_draws_loses_nothing(drawing: str) -> None:
    made, gone = cleaned(drawing.encode())
    assert gone == ()
    assert etree.tostring(etree.fromstring(made), method="c14n") == etree.tostring(
        etree.fromstring(drawing), method="c14n"
    )


@pytest.mark.parametrize(
    "text", ["", "<", "<html/>", "<svg/>", "<svg xmlns='http://www.w3.org/2000/svg'>", "{}"]
)
def test_what_is_no_drawing_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(DomainError):
        cleaned(text.encode())


def test_what_a_picture_is_follows_from_its_bytes() -> None:
    assert read_picture(png()) == ("png", 4, 3)
    assert read_picture(png(kind="JPEG")) == ("jpeg", 4, 3)
    assert read_picture(png(kind="WEBP")) == ("webp", 4, 3)
    assert read_picture(b"\xef\xbb\xbf <svg xmlns='http://www.w3.org/2000/svg'/>") == ("svg", 0, 0)
    assert read_picture(b"<html><script>") is None
    assert read_picture(b"MZ\x90") is None
    assert read_picture(png()[:20]) is None
    assert arriving("../../Blå båt.PNG.exe", png())[0] == "Blaa-baat-PNG.png"
    with pytest.raises(DomainError):
        arriving("page.png", b"<html></html>")
    with pytest.raises(DomainError):
        arriving("a.png", png(kind="JPEG"), "png")
    with pytest.raises(DomainError):
        arriving("a.png", b"\x89PNG" + bytes(6_000_000))


def app_with(source: str, alternative: str | None, texts: dict[str, str], **files: bytes) -> AppDefinition:
    image = {
        "id": "picture",
        "type": "Image",
        "image": {"src": {"nb": source}, "width": "50%", "align": "center"},
    }
    if alternative:
        image["textResourceBindings"] = {"altTextImg": alternative}
    more = {f"App/wwwroot/{name}": data for name, data in files.items()}
    made = app_files(pages={"Contact": [image]}, texts={"nb": texts}, more=more)
    return AppDefinition(made)


def codes(app: AppDefinition) -> set[str]:
    return {each.code for each in check(app)} & {
        "missing-alternative",
        "missing-file",
        "odd-image",
        "large-image",
    }


def test_a_picture_knows_where_it_is_used_and_what_nothing_names_is_known() -> None:
    app = app_with("wwwroot/a.png", None, {}, **{"a.png": png(), "b.png": png(), "c.png": png()})
    assert [each.path for each in pictures(app)] == ["a.png", "b.png", "c.png"]
    assert [use.component.id for use in uses_by_picture(app)["a.png"]] == ["picture"]
    styled = AppDefinition(MemoryFiles({**app.files, "App/wwwroot/s.css": b"p{background:url(b.png)}"}))
    assert (mentioned(styled, "b.png"), mentioned(styled, "c.png")) == (True, False)


def test_the_app_check_tells_of_pictures_without_a_text_missing_odd_and_large_ones() -> None:
    assert codes(app_with("wwwroot/a.png", None, {}, **{"a.png": png()})) == {"missing-alternative"}
    told = {"picture.alternative": "A red square"}
    assert codes(app_with("wwwroot/a.png", "picture.alternative", told, **{"a.png": png()})) == set()
    assert codes(app_with("wwwroot/none.png", "picture.alternative", told)) == {"missing-file"}
    assert codes(app_with("https://example.org/a.png", "picture.alternative", told)) == set()
    odd = {"a.png": png(), "odd.png": b"<html>", "large.gif": png(kind="GIF") + bytes(600_000)}
    assert codes(app_with("wwwroot/a.png", "picture.alternative", told, **odd)) == {
        "odd-image",
        "large-image",
    }


def test_an_app_without_pictures_is_said_nothing_about() -> None:
    assert codes(AppDefinition(MemoryFiles({**app_files(), "App/wwwroot/x.json": as_json({})}))) == set()
