"""Files that people attach, through real requests: taken in, refused, tagged, handed out, taken away."""

import io
import json
import socketserver
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from builders import app_files, as_json, field
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, fields, page, sign_in
from PIL import Image
from werkzeug.datastructures import FileStorage, MultiDict
from werkzeug.test import TestResponse, encode_multipart

from studio.database import runtime_db
from studio.runtime.attachments import attachments, safe_name
from studio.runtime.cropping import cropped
from studio.runtime.scanning import CannotScan, ClamAV
from studio.runtime.sniffing import is_what_it_says
from studio.runtime.storage import Instance

PDF = b"%PDF-1.7\nsomething\n%%EOF"
# What every scanner takes for a virus; written in two parts so that none takes this file for one.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-" + b"ANTIVIRUS-TEST-FILE!$H+H*"
ROWS = {"type": "array", "items": {"type": "object", "properties": {"file": {"type": "string"}}}}


def upload(**more: Any) -> dict[str, Any]:
    return {
        "id": "files",
        "type": "FileUpload",
        "maxFileSizeInMB": 1,
        "maxNumberOfAttachments": 2,
        "minNumberOfAttachments": 0,
        "displayMode": "list",
        **more,
    }


@pytest.fixture
def at(serve_app: Serve, client: FlaskClient) -> Any:
    sign_in(client)

    def put(*components: dict[str, Any], **kind: Any) -> TestResponse:
        parts = components or (upload(),)
        base = app_files(pages={"Page": parts}, fields={"rows": ROWS, "name": "string"})
        metadata = json.loads(base["App/config/applicationmetadata.json"])
        metadata["dataTypes"].append({"id": "files", "maxCount": 0, "taskId": "Task_1", **kind})
        more = {"App/config/applicationmetadata.json": as_json(metadata)}
        files = app_files(pages={"Page": parts}, fields={"rows": ROWS, "name": "string"}, more=more)
        return begin(client, serve_app(files, "app"))

    return put


def attach(
    client: FlaskClient, shown: TestResponse, *files: tuple[bytes, str], key: str = "files", **more: Any
) -> TestResponse:
    action = page(shown).select("form.form")[0]["action"]
    sent: MultiDict[str, Any] = MultiDict({**fields(shown), "do": f"upload:{key}", **more})
    sent.setlist(f":file-{key}", [FileStorage(io.BytesIO(content), name) for content, name in files])
    # Put together here: the test client would leave a file open for a large request.
    boundary, body = encode_multipart(sent)
    kind = f'multipart/form-data; boundary="{boundary}"'
    return client.post(str(action), data=body, content_type=kind, follow_redirects=True)


def press(client: FlaskClient, shown: TestResponse, do: str, **more: Any) -> TestResponse:
    action = page(shown).select("form.form")[0]["action"]
    data = {key: value for key, value in fields(shown).items() if not key.startswith(":file-")}
    return client.post(str(action), data={**data, **more, "do": do}, follow_redirects=True)


def names(shown: TestResponse) -> list[str]:
    return [each.text for each in page(shown).select(".form-file-name a")]


def test_a_file_is_attached_handed_out_and_taken_away(at: Any, client: FlaskClient, runtime: Flask) -> None:
    shown = attach(client, at(), (PDF, "report.pdf"))
    assert names(shown) == ["report.pdf"]
    link = page(shown).select_one(".form-file-name a")
    assert link
    answer = client.get(str(link["href"]))
    assert (answer.data, answer.mimetype) == (PDF, "application/pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    button = page(shown).select_one('button[value^="remove-file:"]')
    assert button
    assert names(press(client, shown, str(button["value"]))) == []
    assert client.get(str(link["href"])).status_code == 404


def test_the_bytes_of_a_file_that_was_taken_away_are_gone(
    at: Any, client: FlaskClient, runtime: Flask, tmp_path: Path
) -> None:
    shown = attach(client, at(), (PDF, "a.pdf"))

    def kept() -> list[Path]:
        return [each for each in (tmp_path / "test" / "files" / "attachments").rglob("*") if each.is_file()]

    (stored,) = kept()
    assert stored.read_bytes() == PDF
    button = page(shown).select_one('button[value^="remove-file:"]')
    assert button
    press(client, shown, str(button["value"]))
    assert kept() == []


def test_files_come_with_whatever_button_is_pressed(at: Any, client: FlaskClient) -> None:
    shown = at(field("name"), upload())
    kept = attach(client, shown, (PDF, "a.pdf"), (PDF, "b.pdf"), do="save", name="Kari")
    assert names(kept) == ["a.pdf", "b.pdf"]
    assert 'value="Kari"' in kept.text


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.pdf"),
        pytest.param(b"x" * (1024 * 1024 + 1), "large.txt", id="large"),
        pytest.param(b"MZ\x90\x00" + b"\0" * 60, "program.pdf", id="program"),
        (b"<html><script>alert(1)</script>", "page.pdf"),
        (PDF, "picture.png"),
        pytest.param(b"MZ\x90\x00" + b"\0" * 60, "program.exe", id="exe"),
        (b"what?", "no-ending"),
    ],
)
def test_a_file_that_is_not_taken_says_why_and_nothing_else_is_lost(
    at: Any, client: FlaskClient, content: bytes, name: str
) -> None:
    shown = attach(client, at(field("name"), upload()), (content, name), name="Kari")
    assert shown.status_code == 422
    assert name in errors(shown)[0]
    assert names(shown) == []
    assert 'value="Kari"' in shown.text
    soup = page(shown)
    file = soup.select_one("#" + soup.select_one("#error-summary a")["href"].removeprefix("#"))
    assert (file["type"], file["aria-invalid"]) == ("file", "true")
    # What may be attached, then why this was not: the field says both to those who do not see them.
    may, why = (soup.find(id=each).text for each in file["aria-describedby"].split())
    assert "1 MB" in may
    assert name in why


def test_only_so_many_files_are_taken(at: Any, client: FlaskClient) -> None:
    shown = attach(client, at(), (PDF, "a.pdf"), (PDF, "b.pdf"), (PDF, "c.pdf"))
    assert names(shown) == ["a.pdf", "b.pdf"]
    assert not page(shown).select('input[type="file"]')


def test_the_app_says_which_endings_and_types_are_taken(at: Any, client: FlaskClient) -> None:
    asked = upload(hasCustomFileEndings=True, validFileEndings=".txt, csv")
    shown = at(asked)
    assert page(shown).select_one('input[type="file"]')["accept"] == ".txt,.csv"
    assert attach(client, shown, (PDF, "a.pdf")).status_code == 422
    assert names(attach(client, shown, (b"a;b", "a.csv"))) == ["a.csv"]


def test_the_data_type_says_which_media_types_are_taken(at: Any, client: FlaskClient) -> None:
    shown = at(allowedContentTypes=["image/png"])
    assert attach(client, shown, (PDF, "a.pdf")).status_code == 422


def test_a_form_that_needs_a_file_cannot_be_left_without(at: Any, client: FlaskClient) -> None:
    send = {"id": "send", "type": "Button"}
    shown = at(upload(minNumberOfAttachments=1), send)
    stopped = press(client, shown, "submit")
    assert stopped.status_code == 422
    link = page(stopped).select_one("#error-summary a")
    assert link
    assert page(stopped).select(str(link["href"]))
    done = press(client, attach(client, stopped, (PDF, "a.pdf")), "submit")
    assert done.request.path.endswith("/receipt")


# The latest apps have one type for files with tags and without.
@pytest.mark.parametrize("kind", ["FileUploadWithTag", "FileUpload"])
def test_each_file_gets_a_tag(at: Any, client: FlaskClient, kind: str) -> None:
    options = [{"value": "bill", "label": "Bill"}, {"value": "map", "label": "Map"}]
    tagged = upload(type=kind, options=options)
    shown = attach(client, at(tagged, {"id": "send", "type": "Button"}), (PDF, "a.pdf"))
    select = page(shown).select_one('select[name^=":tag-"]')
    assert select
    assert press(client, shown, "submit").status_code == 422
    kept = press(client, shown, "save", **{str(select["name"]): "map"})
    assert page(kept).select_one("option[selected]")["value"] == "map"  # type: ignore[index] # chosen above
    odd = press(client, shown, "save", **{str(select["name"]): "<script>"})
    assert page(odd).select_one('select option[value="<script>"]') is None


def test_a_picture_is_cut_to_its_size(at: Any, client: FlaskClient, runtime: Flask) -> None:
    picture = {
        "id": "files",
        "type": "ImageUpload",
        "crop": {"shape": "rectangle", "width": 60, "height": 30},
    }
    written = io.BytesIO()
    Image.new("RGB", (400, 400), "red").save(written, "JPEG")
    shown = attach(client, at(picture), (written.getvalue(), "me.jpg"))
    link = page(shown).select_one("img.form-picture")
    assert link
    with Image.open(io.BytesIO(client.get(str(link["src"])).data)) as kept:
        assert (kept.size, kept.format) == ((60, 30), "PNG")


@pytest.mark.parametrize("content", [b"no picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40])
def test_what_is_no_picture_is_not_cut(at: Any, client: FlaskClient, content: bytes) -> None:
    picture = {"id": "files", "type": "ImageUpload"}
    assert attach(client, at(picture), (content, "me.png")).status_code == 422


@pytest.mark.parametrize(
    ("part", "colour"),
    [
        ((0, 0, 0.333333, 1), (255, 0, 0)),
        ((0.333333, 0, 0.333333, 1), (0, 128, 0)),
        ((0.666667, 0, 0.333333, 1), (0, 0, 255)),
        ((1, 1, 1, 1), (0, 0, 255)),  # nothing is left there but the last pixel
    ],
)
def test_the_chosen_part_of_a_picture_is_kept_to_the_pixel(
    part: tuple[float, ...], colour: tuple[int, int, int]
) -> None:
    picture, written = Image.new("RGB", (300, 100), "red"), io.BytesIO()
    picture.paste((0, 128, 0), (100, 0, 200, 100))
    picture.paste((0, 0, 255), (200, 0, 300, 100))
    picture.save(written, "PNG")
    crop = {"shape": "rectangle", "width": 100, "height": 100}
    _, content = cropped("flag.png", written.getvalue(), crop, part)
    with Image.open(io.BytesIO(content)) as kept:
        assert kept.convert("RGB").getcolors() == [(100 * 100, colour)]


def row_form() -> tuple[dict[str, Any], ...]:
    group = {
        "id": "rows",
        "type": "RepeatingGroup",
        "children": ["files"],
        "dataModelBindings": {"group": "rows"},
    }
    return group, upload(maxNumberOfAttachments=1, dataModelBindings={"simpleBinding": "rows.file"})


def test_each_row_of_a_group_has_its_own_file_which_goes_with_the_row(
    at: Any, client: FlaskClient, runtime: Flask
) -> None:
    shown = press(client, press(client, at(*row_form()), "add:rows"), "add:rows")
    first = attach(client, shown, (PDF, "one.pdf"), key="files-0")
    both = attach(client, first, (PDF, "two.pdf"), key="files-1")
    assert names(both) == ["one.pdf", "two.pdf"]
    left = press(client, both, "delete-now:rows[0]")
    with runtime.app_context():
        stored = [
            each.filename for each in runtime_db.session.query(Instance).one().elements if each.stored_as
        ]
    assert stored == ["two.pdf"]
    assert "one.pdf" not in left.text


def test_nobody_reads_a_file_of_somebody_else(at: Any, client: FlaskClient, runtime: Flask) -> None:
    link = page(attach(client, at(), (PDF, "secret.pdf"))).select_one(".form-file-name a")
    assert link
    other = runtime.test_client()
    sign_in(other, "20003")
    assert other.get(str(link["href"])).status_code in {403, 404}


def test_a_list_shows_what_is_attached(at: Any, client: FlaskClient) -> None:
    shown = attach(client, at(upload(), {"id": "all", "type": "AttachmentList"}), (PDF, "a.pdf"))
    assert page(shown).select_one("#c-all a").text == "a.pdf"  # type: ignore[union-attr] # the test says so


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\me\\plan.pdf", "plan.pdf"),
        ("a\x00b\r\n.pdf", "a_b__.pdf"),
        ("...", "file"),
        ("x" * 300 + ".pdf", "x" * 196 + ".pdf"),
        ('what<>:"|?*.txt', "what_______.txt"),
    ],
)
def test_names_of_files_lead_nowhere(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    ("name", "content", "fits"),
    [
        ("a.docx", b"PK\x03\x04" + b"\0" * 40, True),
        ("a.jpeg", b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\0" * 20, True),
        ("a.csv", "æ;ø".encode("latin-1"), True),
        ("a.xml", b"<?xml version='1.0'?><a/>", True),
        ("a.txt", b"\0\1\2", False),
        ("a.pdf", b"<html>%PDF-1.4", False),
    ],
)
def test_a_file_must_be_what_its_name_says(name: str, content: bytes, fits: bool) -> None:
    assert is_what_it_says(name, content) is fits


class _Clamd(socketserver.StreamRequestHandler):
    """Speaks ClamAV's INSTREAM, and takes the test file for a virus."""

    def handle(self) -> None:
        assert self.rfile.read(10) == b"zINSTREAM\0"
        content = b""
        while size := int.from_bytes(self.rfile.read(4)):
            content += self.rfile.read(size)
        if b"too large" in content:
            self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
            return
        verdict = b"Eicar FOUND" if b"EICAR" in content else b"OK"
        self.wfile.write(b"stream: " + verdict + b"\0")


@pytest.fixture
def clamd() -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Clamd) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"127.0.0.1:{server.server_address[1]}"
        server.shutdown()


def test_a_virus_is_found(clamd: str) -> None:
    assert ClamAV(clamd).scan(PDF * 10_000) == "Clean"
    assert ClamAV(clamd).scan(EICAR) == "Infected"


def test_a_scanner_that_does_not_answer_lets_nothing_in(clamd: str) -> None:
    with pytest.raises(CannotScan):
        ClamAV("127.0.0.1:1").scan(PDF)
    with pytest.raises(CannotScan):
        ClamAV(clamd).scan(b"too large")


def test_a_form_takes_in_no_virus(
    at: Any, client: FlaskClient, runtime: Flask, clamd: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with runtime.app_context():
        monkeypatch.setattr(attachments(), "_scanner", ClamAV(clamd))
    shown = attach(client, at(), (EICAR, "harmless.txt"))
    assert shown.status_code == 422
    assert names(shown) == []
    assert names(attach(client, shown, (PDF, "a.pdf"))) == ["a.pdf"]
