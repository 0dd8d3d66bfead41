"""Data models from files: looked at first, then brought in or put in the place of another."""

import base64
import io
import json
import zipfile
import zlib

import pytest
from bs4 import BeautifulSoup, Tag
from lxml import etree
from werkzeug.datastructures import FileStorage

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import SetFile
from studio.definition.errors import DomainError
from studio.features.data_models.arriving import main_of
from studio.features.data_models.uploads import LARGEST, packed, read_uploads, unpacked
from studio.history.repository import Repository
from tests.features.conftest import KARI, NOW, Browser

IMPORT = "/ttd/kontakt/import-model"
APPLY = f"{IMPORT}/apply"
XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
BOAT = f"""<?xml version="1.0" encoding="utf-8"?>
<xs:schema {XS} elementFormDefault="qualified">
  <xs:element name="boat">
    <xs:complexType>
      <xs:sequence>
        <xs:element name="name" type="xs:string" />
        <xs:element name="length" type="xs:decimal" minOccurs="0" />
        <xs:element name="owner" minOccurs="0" maxOccurs="unbounded">
          <xs:complexType>
            <xs:sequence>
              <xs:element name="surname" type="xs:string" />
            </xs:sequence>
          </xs:complexType>
        </xs:element>
      </xs:sequence>
    </xs:complexType>
  </xs:element>
</xs:schema>
"""
HARBOUR = f"""<xs:schema {XS}>
  <xs:include schemaLocation="parts/common.xsd" />
  <xs:element name="harbour" type="Harbour" />
  <xs:element name="pier" type="Harbour" />
</xs:schema>
"""
COMMON = f"""<xs:schema {XS}>
  <xs:complexType name="Harbour">
    <xs:sequence><xs:element name="place" type="xs:string" /></xs:sequence>
  </xs:complexType>
</xs:schema>
"""
SCHEMA = {"type": "object", "properties": {"colour": {"type": "string", "title": "Farge"}}}


def file(name: str, content: str | bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content if isinstance(content, bytes) else content.encode()), name


def page(answer) -> Tag:
    main = BeautifulSoup(answer.get_data(as_text=True), "html.parser").select_one("main")
    assert main is not None
    return main


def words(answer) -> str:
    return " ".join(page(answer).get_text(" ").split())


def form(answer) -> dict[str, str]:
    """What the form of the preview would send."""
    fields = {}
    for one in page(answer).select("input[name], select[name]"):
        if one.name == "select":
            chosen = one.select_one("option[selected]") or one.select_one("option")
            fields[one["name"]] = chosen["value"] if chosen else ""
        elif one.get("type") not in {"radio", "checkbox"} or one.has_attr("checked"):
            fields[one["name"]] = one.get("value", "")
    fields.pop("csrf_token", None)
    return fields


def app_of(repository: Repository) -> AppDefinition:
    return app_definition(repository.draft("kari").files)


def preview(kari: Browser, *files: tuple[io.BytesIO, str]):
    kari.get(IMPORT)
    return kari.post(IMPORT, files=list(files))


def test_the_fields_are_shown_before_anything_is_changed(kari: Browser, contact: Repository) -> None:
    answer = preview(kari, file("boat.xsd", BOAT))
    assert answer.status_code == 200
    names = [name.get_text() for name in page(answer).select(".field-preview__name")]
    assert names == ["name", "length", "owner", "surname"]
    assert "Text, must be there" in words(answer)
    assert not contact.draft("kari").is_changed


def test_an_xsd_becomes_a_model_with_its_own_text_kept(kari: Browser, contact: Repository) -> None:
    sent = form(preview(kari, file("boat.xsd", BOAT.replace("\n", "\r\n"))))
    assert sent["name"] == "boat"
    answer = kari.post(APPLY, **sent)
    assert answer.request.path == "/ttd/kontakt/models/boat"
    app = app_of(contact)
    model = app.model("boat")
    assert model is not None
    assert [field.path for field in model.walk()] == ["name", "length", "owner", "owner.surname"]
    assert app.files["App/models/boat.xsd"] == BOAT.replace("\n", "\r\n").encode()


def test_undo_takes_the_whole_import_back(kari: Browser, contact: Repository) -> None:
    before = dict(contact.draft("kari").files)
    kari.post(APPLY, **form(preview(kari, file("boat.xsd", BOAT))))
    kari.post("/ttd/kontakt/draft/undo")
    assert dict(contact.draft("kari").files) == before


def test_a_json_schema_becomes_a_model_as_it_is_written(kari: Browser, contact: Repository) -> None:
    text = json.dumps(SCHEMA, indent=5)
    kari.post(APPLY, **form(preview(kari, file("paint.schema.json", b"\xef\xbb\xbf" + text.encode()))))
    assert app_of(contact).files["App/models/paint.schema.json"].decode() == text


def test_files_that_are_included_come_along(kari: Browser, contact: Repository) -> None:
    answer = preview(kari, file("common.xsd", COMMON), file("harbour.xsd", HARBOUR), file("boat.xsd", BOAT))
    assert "Comes along: common.xsd" in words(answer)
    assert "left out: boat.xsd" in words(answer)
    kari.post(APPLY, **form(answer))
    files = app_of(contact).files
    assert files["App/models/common.xsd"].decode() == COMMON
    assert "App/models/boat.xsd" not in files


def test_a_file_that_is_missing_is_named_with_its_place(kari: Browser, contact: Repository) -> None:
    answer = preview(kari, file("harbour.xsd", HARBOUR))
    assert "parts/common.xsd is missing" in words(answer)
    assert "harbour.xsd, line 2, column 3" in words(answer)
    assert page(answer).select_one("[name=name]") is None
    refused = kari.post(APPLY, **form(answer))
    assert refused.status_code == 422
    assert not contact.draft("kari").is_changed


def test_files_may_include_one_another_in_a_circle(kari: Browser, contact: Repository) -> None:
    circle = COMMON.replace("<xs:complexType", '<xs:include schemaLocation="harbour.xsd"/><xs:complexType')
    sent = form(preview(kari, file("common.xsd", circle), file("harbour.xsd", HARBOUR))) | {
        "main": "harbour.xsd"
    }
    refused = kari.post(APPLY, **{**sent, "name": "quay"})
    assert "the model must be called harbour" in words(refused)
    assert not contact.draft("kari").is_changed
    kari.post(APPLY, **{**sent, "name": "harbour"})
    assert app_of(contact).files["App/models/common.xsd"].decode() == circle


def test_a_word_of_program_code_is_not_proposed_as_a_name(kari: Browser, contact: Repository) -> None:
    sent = form(preview(kari, file("case.xsd", BOAT)))
    assert sent["name"] == "case-model"
    assert kari.post(APPLY, **sent).request.path == "/ttd/kontakt/models/case-model"


def test_a_model_can_be_called_import(kari: Browser, contact: Repository) -> None:
    answer = kari.post(APPLY, **form(preview(kari, file("import.xsd", BOAT))))
    assert answer.request.path == "/ttd/kontakt/models/import"
    assert page(answer).select_one("#tree") is not None


def test_one_of_several_roots_can_be_chosen(kari: Browser, contact: Repository) -> None:
    answer = preview(kari, file("common.xsd", COMMON), file("harbour.xsd", HARBOUR))
    roots = [option["value"] for option in page(answer).select("[name=root] option")]
    assert roots == ["harbour", "pier"]
    again = kari.post(IMPORT, **{**form(answer), "root": "pier"})
    assert form(again)["root"] == "pier"
    kari.post(APPLY, **form(again))
    schema = json.loads(app_of(contact).files["App/models/harbour.schema.json"])
    assert schema["@xsdRootElement"] == "pier"


def test_another_file_can_be_chosen_as_the_model(kari: Browser, contact: Repository) -> None:
    answer = preview(kari, file("harbour.xsd", HARBOUR), file("common.xsd", COMMON), file("boat.xsd", BOAT))
    again = kari.post(IMPORT, **{**form(answer), "main": "boat.xsd"})
    assert [name.get_text() for name in page(again).select(".field-preview__name")][:1] == ["name"]
    kari.post(APPLY, **{**form(again), "name": "baat"})
    assert app_of(contact).model("baat") is not None


def test_a_model_is_replaced_only_after_what_it_costs_was_said(kari: Browser, contact: Repository) -> None:
    sent = form(preview(kari, file("boat.xsd", BOAT))) | {"target": "model"}
    asked = kari.post(APPLY, **sent)
    assert "name fields that the new model does not have" in words(asked)
    assert page(asked).select(".use-list li")
    assert not contact.draft("kari").is_changed
    answer = kari.post(APPLY, **form(asked), sure="1")
    assert answer.request.path == "/ttd/kontakt/models/model"
    model = app_of(contact).model("model")
    assert model is not None
    assert model.field("owner.surname") is not None
    assert app_of(contact).files["App/models/model.xsd"].decode() == BOAT


def test_a_name_that_is_taken_or_bad_is_refused_and_nothing_is_lost(
    kari: Browser, contact: Repository
) -> None:
    sent = form(preview(kari, file("boat.xsd", BOAT)))
    for name in ("model", "../x", "1", "class"):
        answer = kari.post(APPLY, **{**sent, "name": name})
        assert answer.status_code == 422, name
        assert form(answer)["carried"] == sent["carried"]
        assert form(answer)["name"] == name
    assert not contact.draft("kari").is_changed


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("boat.xsd", "", "The file is empty"),
        ("boat.xsd", "<xs:schema", "not well-formed"),
        ("boat.xsd", "<html/>", "This is not an XML Schema"),
        ("boat.xsd", f'<!DOCTYPE x [<!ENTITY e "e">]><xs:schema {XS}/>', "document type"),
        (
            "boat.xsd",
            f'<xs:schema {XS}><xs:include schemaLocation="file:///etc/passwd"/></xs:schema>',
            "not fetched",
        ),
        ("boat.xsd", f"<xs:schema {XS}><xs:simpleType name='T'/></xs:schema>", ""),
        ("boat.json", "{", "the file ends too early"),
        ("boat.json", "[]", "A schema is a JSON object"),
        ("boat.json", b"\xff\xfe\x00", "not UTF-8"),
    ],
)
def test_a_bad_file_is_shown_with_what_is_wrong(
    kari: Browser, contact: Repository, name: str, content: str | bytes, said: str
) -> None:
    answer = preview(kari, file(name, content))
    assert answer.status_code == 200
    assert "This must be corrected first" in words(answer)
    assert said in words(answer)
    assert kari.post(APPLY, **form(answer)).status_code == 422
    assert not contact.draft("kari").is_changed


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], "Choose at least one XSD file"),
        ([("picture.png", b"\x89PNG")], "picture.png is no data model"),
        ([("a/boat.xsd", b"<a/>"), ("b/boat.xsd", b"<b/>")], "two files named boat.xsd"),
        ([("boat.zip", b"PK but no zip")], "cannot be read as a zip file"),
    ],
)
def test_files_that_cannot_be_taken_are_refused_with_the_reason(
    kari: Browser, contact: Repository, files: list[tuple[str, bytes]], said: str
) -> None:
    answer = preview(kari, *(file(name, content) for name, content in files))
    assert answer.status_code == 422
    assert said in words(answer)


def test_a_zip_file_is_unpacked(kari: Browser, contact: Repository) -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as inside:
        inside.writestr("xsd/harbour.xsd", HARBOUR)
        inside.writestr("xsd/parts/common.xsd", COMMON)
        inside.writestr("__MACOSX/xsd/._harbour.xsd", b"\0")
        inside.writestr("read me.txt", "x")
    answer = preview(kari, file("all.zip", archive.getvalue()))
    assert "Comes along: common.xsd" in words(answer)


def test_a_file_of_another_model_is_never_overwritten(kari: Browser, contact: Repository) -> None:
    answer = preview(
        kari,
        file("model.xsd", COMMON),
        file("harbour.xsd", HARBOUR.replace("parts/common.xsd", "model.xsd")),
    )
    refused = kari.post(APPLY, **form(answer))
    assert refused.status_code == 422
    assert "model.xsd cannot lie beside the model" in words(refused)
    assert not contact.draft("kari").is_changed


def test_an_xsd_in_another_encoding_is_kept_as_utf_8(kari: Browser, contact: Repository) -> None:
    latin = BOAT.replace("utf-8", "iso-8859-1").replace("length", "lengdePåBåt").encode("iso-8859-1")
    kari.post(APPLY, **form(preview(kari, file("boat.xsd", latin))))
    app = app_of(contact)
    model = app.model("boat")
    assert model is not None
    assert model.field("lengdePåBåt") is not None
    assert app.files["App/models/boat.xsd"].decode() == BOAT.replace("length", "lengdePåBåt")
    etree.fromstring(app.files["App/models/boat.xsd"])


def test_names_of_files_are_only_text(kari: Browser, contact: Repository) -> None:
    answer = preview(kari, file("../../<img src=x onerror=alert(1)>.xsd", BOAT))
    assert "<img" not in answer.get_data(as_text=True)
    assert form(answer)["name"].isascii()


def test_a_reviewer_may_not_import(runa: Browser, contact: Repository) -> None:
    assert runa.get(IMPORT).status_code == 403
    assert runa.post(IMPORT, files=[file("boat.xsd", BOAT)]).status_code == 403
    assert runa.post(APPLY).status_code == 403


# ── what travels in the form ──


def test_files_travel_packed_and_come_back_the_same() -> None:
    files = {"a.xsd": bytes(range(256)), "b.json": b"\r\n{}"}
    assert unpacked(packed(files)) == files


@pytest.mark.parametrize(
    "text",
    [
        "",
        "%%%",
        base64.b64encode(b"no zlib").decode(),
        base64.b64encode(zlib.compress(b"[1]")).decode(),
        base64.b64encode(zlib.compress(b"{}")).decode(),
        base64.b64encode(zlib.compress(b'{"a.xsd": 1}')).decode(),
        base64.b64encode(zlib.compress(b'{"a": "\\u0100"}')).decode(),
        base64.b64encode(zlib.compress(b" " * (3 * LARGEST + 10))).decode(),
    ],
)
def test_a_form_that_somebody_has_tampered_with_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        unpacked(text)


def test_more_than_can_be_read_is_refused() -> None:
    large = FileStorage(io.BytesIO(b" " * (LARGEST + 1)), "a.xsd")
    with pytest.raises(DomainError):
        read_uploads([large])
    many = [FileStorage(io.BytesIO(b"x"), f"{number}.xsd") for number in range(201)]
    with pytest.raises(DomainError):
        read_uploads(many)


def test_a_zip_bomb_is_not_unpacked() -> None:
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as inside:
        inside.writestr("a.xsd", b" " * (LARGEST + 100))
    with pytest.raises(DomainError):
        read_uploads([FileStorage(archive, "a.zip")])


def test_the_model_is_the_file_that_no_other_refers_to() -> None:
    assert main_of({"common.xsd": COMMON.encode(), "harbour.xsd": HARBOUR.encode()}) == "harbour.xsd"
    assert main_of({"x.json": b"{}", "boat.xsd": BOAT.encode()}) == "boat.xsd"
    circle = {"a.xsd": b'schemaLocation="b.xsd"', "b.xsd": b'schemaLocation="a.xsd"'}
    assert main_of(circle) == "a.xsd"


# ── taking along ──


def test_a_model_can_be_taken_along_as_its_files(kari: Browser, contact: Repository) -> None:
    files = app_of(contact).files
    xsd = kari.get("/ttd/kontakt/models/model/xsd")
    assert xsd.get_data() == files["App/models/model.xsd"]
    assert xsd.headers["Content-Disposition"] == "attachment; filename=model.xsd"
    assert xsd.mimetype == "application/xml"
    schema = kari.get("/ttd/kontakt/models/model/schema")
    assert schema.get_data() == files["App/models/model.schema.json"]
    assert schema.headers["Content-Disposition"] == "attachment; filename=model.schema.json"
    assert schema.mimetype == "application/schema+json"


def test_an_xsd_is_made_where_the_app_has_none(kari: Browser, contact: Repository) -> None:
    draft = contact.draft("kari")
    draft.apply(SetFile("App/models/model.xsd", None), draft.revision, KARI, NOW)
    etree.XMLSchema(etree.fromstring(kari.get("/ttd/kontakt/models/model/xsd").get_data()))


def test_a_model_that_does_not_exist_cannot_be_taken_along(kari: Browser, contact: Repository) -> None:
    assert kari.get("/ttd/kontakt/models/none/xsd").status_code == 404
    assert kari.get("/ttd/kontakt/models/none/schema").status_code == 404


def test_a_reviewer_may_take_a_model_along(runa: Browser, contact: Repository) -> None:
    assert runa.get("/ttd/kontakt/models/model/xsd").status_code == 200
