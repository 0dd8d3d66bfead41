"""Forms as PDF: what is in them, how they are tagged, and that a text can only ever become words."""

import io
import json
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import typst
from builders import app_files, as_json, field, group
from flask import Flask
from flask.testing import FlaskClient
from form_journeys import Serve, begin, finished, page, send, sign_in
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from kind_pages import form_state
from pdf_reader import Pdf
from PIL import Image
from shape_values import components
from test_subforms import add, cat_app

from studio.database import runtime_db
from studio.definition.components import CATALOGUE
from studio.definition.files import MemoryFiles
from studio.definition.process import ONE_DATA_TASK
from studio.runtime.handoff import OwnerPass, sign
from studio.runtime.management import environment_key
from studio.runtime.pdf import steps, typesetting, wording
from studio.runtime.pdf.content import content_of
from studio.runtime.pdf.document import (
    Answer,
    Break,
    Document,
    Heading,
    Part,
    Picture,
    Prose,
    Table,
    within,
)
from studio.runtime.pdf.making import pdf_of_tasks
from studio.runtime.pdf.pictures import prepared
from studio.runtime.pdf.typesetting import typeset
from studio.runtime.storage import DataElement

OWN_FONTS = Path(typesetting.__file__).parent / "fonts"
NOW = datetime(2026, 1, 31, 12, tzinfo=UTC)
PDF_STEP = """<bpmn:serviceTask id="Pdf" name="PDF">
  <bpmn:extensionElements><altinn:taskExtension>
    <altinn:taskType>pdf</altinn:taskType>
    <altinn:pdfConfig>{config}</altinn:pdfConfig>
  </altinn:taskExtension></bpmn:extensionElements>
</bpmn:serviceTask>"""


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A machine without fonts, whatever this one has; it notes when it is asked for them."""
    asked: list[str] = []

    def fonts() -> typst.Fonts:
        asked.append("fonts")
        return typst.Fonts(include_system_fonts=False, font_paths=[OWN_FONTS])

    monkeypatch.setattr(typesetting, "machine_fonts", fonts)
    return asked


def pdf(*parts: Part, title: str = "Søknad", language: str = "nb") -> Pdf:
    return Pdf(typeset(Document(title, language, "Kari", "Bunn", parts), NOW))


def with_pdf_step(config: str = "", kind: str = "pdf") -> str:
    """A process of one data task and a step that makes PDFs."""
    step = PDF_STEP.replace("{config}", config).replace("taskType>pdf<", f"taskType>{kind}<")
    flow = '<bpmn:sequenceFlow id="Flow_pdf" sourceRef="Pdf" targetRef="EndEvent_1" />'
    process = ONE_DATA_TASK.replace('targetRef="EndEvent_1"', 'targetRef="Pdf"')
    return process.replace("</bpmn:process>", f"{step}{flow}</bpmn:process>")


@pytest.mark.usefixtures("words")
def test_a_pdf_is_tagged_and_says_its_language_and_title() -> None:
    made = pdf(Heading(2, "Hund"), Answer("Navn", "Fido"), Table(("Dyr", "Alder"), (("Katt", "3"),)))
    assert made.says_ua
    assert made.language == "nb"
    assert "/MarkInfo" in made.catalog
    assert "/DisplayDocTitle true" in made.catalog
    assert made.tags.count("H1") == 1
    assert made.tags.count("H2") == 1
    assert made.tags.count("TH") == 2
    assert made.tags.count("TD") == 2
    assert "Søknad Hund Navn Fido Dyr Alder Katt 3" in made.text


@pytest.mark.usefixtures("words")
def test_letters_of_many_scripts_are_shown() -> None:
    text = "blåbærsyltetøy Čáhci ŋ đ Привет Ελληνικά Đà שלום €"
    assert set(text) - set(pdf(Answer("Navn", text)).text) == set()


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("text", ["中文字符", "Fido 🐕 og 🐈", "ไทย", "한국어 中文 🐕"])
def test_a_letter_that_no_font_has_becomes_a_sign_and_the_pdf_says_so(text: str) -> None:
    made = pdf(Answer("Navn", f"før {text} etter"))
    assert made.says_ua
    assert "før" in made.text
    assert "etter" in made.text
    assert "\N{REPLACEMENT CHARACTER}" in made.text
    assert "cannot be shown" in made.text


HOSTILE = (
    '#read("/etc/passwd")',
    '#include "/etc/passwd"',
    "#panic()",
    '#import "@preview/x:1.0.0": *',
    "$x^2$ *fet* _kursiv_ `kode` @ref <label> = Overskrift",
    '"); #read("form.typ") //',
    "\\u{41} \\#",
    "]#sys.inputs[",
    "</script><script>alert(1)</script>",
)


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_write_is_never_anything_but_words(text: str) -> None:
    made = pdf(Answer("Navn", text), Table(("A",), ((text,),)), title=text)
    squeezed = "".join(text.split())
    assert "".join(made.text.split()).count(squeezed) >= 3


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("text", HOSTILE)
def test_a_text_of_the_app_never_runs(text: str) -> None:
    made = pdf(Heading(2, text), Prose(text), Answer(text, "", (text,)), Table((text,), ()))
    assert "root:" not in made.text
    assert made.says_ua


@pytest.mark.usefixtures("words")
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=60))
def test_any_text_can_be_shown(text: str) -> None:
    made = pdf(
        Heading(2, text), Answer(text, text, (text,)), Prose(text), Table((text,), ((text,),)), title=text
    )
    assert made.content.startswith(b"%PDF-1.7")


@pytest.mark.usefixtures("words")
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(CATALOGUE)).flatmap(lambda name: components(CATALOGUE[name], "it")))
def test_any_component_can_be_in_a_pdf(raw: dict[str, Any]) -> None:
    parts = content_of(form_state(raw, data={"name": "x"}))
    designed = content_of(form_state(raw, data={"name": "x"}, more=setting(pdfLayoutName="Page")))
    assert pdf(*parts, *designed).content.startswith(b"%PDF-1.7")


def test_markdown_becomes_words_lists_links_and_tables() -> None:
    found = wording.blocks("Et **fet** [lenke](https://nav.no)\n\n- a\n- b\n\n| A |\n|---|\n| x |")
    assert found == [
        [
            "paragraph",
            [
                ["text", "Et "],
                ["strong", [["text", "fet"]]],
                ["text", " "],
                ["link", "https://nav.no", [["text", "lenke"]]],
            ],
        ],
        ["bullets", [[["paragraph", [["text", "a"]]]], [["paragraph", [["text", "b"]]]]]],
        ["table", [[["text", "A"]]], [[[["text", "x"]]]]],
    ]


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "/inn"])
def test_a_link_that_leads_out_of_the_web_is_only_words(address: str) -> None:
    for text in (f"[her]({address})", f'<a href="{address}">her</a>'):
        assert [node[0] for node in wording.inline(text)] == ["text"]


def texts(parts: tuple[Part, ...]) -> list[str]:
    return [
        part.text if isinstance(part, Heading | Prose) else part.label
        for part in parts
        if isinstance(part, Heading | Prose | Answer)
    ]


def drawn(kind: str, size: tuple[int, int] = (300, 100)) -> bytes:
    written = io.BytesIO()
    Image.new("RGBA" if kind == "PNG" else "RGB", size, "red").save(written, kind)
    return written.getvalue()


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><rect width="40" height="40"/></svg>'
LOGO: dict[str, Any] = {
    "id": "logo",
    "type": "Image",
    "image": {"src": {"nb": "wwwroot/logo.png"}, "width": "50%", "align": "center"},
    "textResourceBindings": {"altTextImg": "The mark of the **town**"},
}


def with_logo(content: bytes | None, logo: dict[str, Any] = LOGO) -> tuple[Part, ...]:
    more = {**setting(pdfLayoutName="Page"), "App/wwwroot/logo.png": content}
    return content_of(form_state(logo, field("name"), more=more))


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize("content", [drawn("PNG"), drawn("JPEG"), drawn("GIF"), drawn("WEBP"), SVG])
def test_pictures_of_a_page_that_the_app_made_are_set_and_told_in_words(content: bytes) -> None:
    made = pdf(*with_logo(content))
    assert made.says_ua
    assert made.tags.count("Figure") == 1
    assert b"/Alt" in made.content
    assert b"The mark of the town" in made.content


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(
    "content", [b"no picture", drawn("PNG")[:60], b"<svg><script/></svg>", b"<svg xmlns='x' ", None]
)
def test_a_picture_that_is_none_is_told_of_in_words(content: bytes | None) -> None:
    made = pdf(*with_logo(content))
    assert made.says_ua
    assert "Figure" not in made.tags
    assert "The mark of the town" in made.text


@pytest.mark.usefixtures("words")
def test_a_picture_of_another_server_is_not_fetched() -> None:
    far = {**LOGO, "image": {"src": {"nb": "https://example.org/logo.png"}}}
    assert with_logo(drawn("PNG"), far)[0] == Prose("The mark of the **town**")
    outside = {**LOGO, "image": {"src": {"nb": "wwwroot/../config/applicationmetadata.json"}}}
    assert with_logo(drawn("PNG"), outside)[0] == Prose("The mark of the **town**")


def test_a_picture_is_no_larger_than_the_page_and_keeps_nothing_that_is_not_seen() -> None:
    secret = Image.Exif()
    secret[0x010E] = "where I live"
    written = io.BytesIO()
    Image.new("RGB", (5000, 4000), "blue").save(written, "JPEG", exif=secret)
    found = prepared(written.getvalue())
    assert found is not None
    assert b"where I live" in written.getvalue()
    assert b"where I live" not in found.content
    assert max(Image.open(io.BytesIO(found.content)).size) == 1600
    tall = Picture(prepared(drawn("PNG", (10, 4000))), "Tall")  # type: ignore[arg-type] # a picture
    assert len(pdf(tall).pages) == 1


@pytest.mark.usefixtures("words")
def test_the_fonts_of_the_machine_are_asked_for_letters_that_ours_do_not_have_and_for_no_others(
    machine: list[str],
) -> None:
    assert pdf(Answer("Navn", "Æsop, Ἀθῆναι, שלום, مرحبا")).says_ua
    assert not machine, "our own fonts come first, and are the same everywhere"
    assert pdf(Answer("Navn", "漢字")).says_ua
    assert machine == ["fonts"]


def setting(**pages: Any) -> dict[str, bytes | None]:
    more = {"pages": {"order": ["Page", "Next"], **pages}, "defaultDataType": "model"}
    return {"App/ui/Task_1/Settings.json": as_json(more)}


@pytest.mark.usefixtures("words")
def test_what_only_says_something_is_left_out_of_the_automatic_pdf() -> None:
    talk = {"id": "talk", "type": "Paragraph", "textResourceBindings": {"title": "Hei"}}
    button = {"id": "nav", "type": "NavigationButtons"}
    found = content_of(form_state(talk, group("box", "name"), field("name"), button, data={"name": "Kari"}))
    assert texts(found) == ["Navn", "more.title"]


@pytest.mark.usefixtures("words")
def test_pages_are_parted_by_their_titles_and_groups_below_them() -> None:
    box = group("box", "name", textResourceBindings={"title": "Boks"})
    found = content_of(form_state(box, field("name"), texts={"nb": {"Page": "Side", "Next": "Neste"}}))
    levels = [(part.level, part.text) for part in found if isinstance(part, Heading)]
    assert levels == [(2, "Side"), (3, "Boks"), (2, "Neste")]


@pytest.mark.usefixtures("words")
def test_pages_and_components_can_be_left_out() -> None:
    more = {
        "App/ui/Task_1/Settings.json": as_json(
            {
                "pages": {"order": ["Page", "Next"], "excludeFromPdf": ["Next"]},
                "components": {"excludeFromPdf": ["phone"]},
                "defaultDataType": "model",
            }
        )
    }
    found = content_of(form_state(field("name"), field("phone"), more=more))
    assert texts(found) == ["Navn"]


@pytest.mark.usefixtures("words")
def test_the_page_that_the_app_made_is_the_pdf() -> None:
    layout = [
        {"id": "h", "type": "Heading", "size": "S", "textResourceBindings": {"title": "Alt"}},
        {"id": "p", "type": "Paragraph", "textResourceBindings": {"title": "Hei *du*"}},
        {"id": "s", "type": "Summary2", "target": {"type": "page", "id": "Page"}},
        {"id": "t", "type": "Text", "textResourceBindings": {"title": "Sum"}, "value": ["plus", 1, 2]},
        {"id": "b", "type": "Button"},
    ]
    more = setting(pdfLayoutName="Pdf")
    more["App/ui/Task_1/layouts/Pdf.json"] = as_json({"data": {"layout": layout}})
    found = content_of(form_state(field("name"), data={"name": "Kari"}, more=more))
    assert texts(found) == ["Alt", "Hei *du*", "Page", "Navn", "Sum"]
    levels = [part.level for part in found if isinstance(part, Heading)]
    assert levels[0] == 2


@pytest.mark.usefixtures("words")
def test_a_component_can_begin_a_new_page() -> None:
    found = content_of(
        form_state(field("name"), field("phone", pageBreak={"breakBefore": "always"}), data={"name": "K"})
    )
    kinds = [type(part).__name__ for part in found]
    assert kinds[:3] == ["Answer", "Break", "Answer"]
    assert len(pdf(Answer("A", "a"), Break(), Answer("B", "b")).pages) == 2


@pytest.mark.usefixtures("words")
@pytest.mark.parametrize(
    "text",
    [
        "<b>" * 500 + "x",
        "> " * 500 + "x",
        "".join("  " * level + "- x\n" for level in range(200)),
        "<div>" * 500,
    ],
)
def test_texts_that_are_nested_without_end_are_set_all_the_same(text: str) -> None:
    made = pdf(Prose(text), Answer(text, "svar"))
    assert made.says_ua
    assert "svar" in made.text


@pytest.mark.usefixtures("words")
def test_a_word_without_end_stays_on_the_page() -> None:
    made = pdf(Answer("Lenke", "a" * 300), Table(("A", "B"), (("b" * 200, "c"),)))
    assert made.text.replace(" ", "").count("a" * 300) == 1
    assert len(made.pages) == 1


@pytest.mark.usefixtures("words")
def test_a_table_that_is_wider_than_a_page_is_told_row_by_row() -> None:
    names = [f"field{number}" for number in range(9)]
    properties = {name: {"type": "string"} for name in names}
    rows = {"type": "array", "items": {"type": "object", "properties": properties}}
    table = {
        "id": "rows",
        "type": "RepeatingGroup",
        "dataModelBindings": {"group": "rows"},
        "children": names,
    }
    parts = [field(name, f"rows.{name}") for name in names]
    data = {"rows": [dict.fromkeys(names, "x"), dict.fromkeys(names, "y")]}
    found = content_of(form_state(table, *parts, data=data, fields={"rows": rows, "more": "string"}))
    assert not [part for part in found if isinstance(part, Table)]
    assert [part.text for part in found if isinstance(part, Answer)][:18] == ["x"] * 9 + ["y"] * 9


def test_a_form_without_end_becomes_a_pdf_of_its_beginning() -> None:
    table = Table(("A",), (("x" * 50,),) * 10)
    kept, is_cut = within((Answer("A", "b"), table, Answer("C", "d")), 400)
    assert is_cut
    assert kept == (Answer("A", "b"), Table(("A",), (("x" * 50,),) * 3))
    assert within((Answer("A", "b" * 500),), 400)[0] == (Answer("A", "b" * 400 + " …"),)
    assert within((table,)) == ((table,), False)


@pytest.fixture
def sent(serve_app: Serve, client: FlaskClient) -> Callable[..., Any]:
    """Fills in a small app with a PDF step and sends it in; the receipt."""
    sign_in(client)

    def run(process: str = with_pdf_step(), with_type: bool = True, **arguments: Any) -> Any:
        metadata = json.loads(app_files()["App/config/applicationmetadata.json"])
        if with_type:
            metadata["dataTypes"].append({"id": "ref-data-as-pdf", "maxCount": 0, "minCount": 0})
        more = {"App/config/applicationmetadata.json": as_json(metadata), **arguments.pop("more", {})}
        files = app_files(process=process, more=more, **arguments)
        shown = begin(client, serve_app(files, "app"))
        shown = send(client, shown, "next", name="Kåre Ærø")
        return finished(client, send(client, shown, "submit"))

    return run


def linked(client: FlaskClient, receipt: Any) -> list[tuple[str, Pdf]]:
    links = page(receipt).select(".public-pdfs a")
    return [(link.text, Pdf(client.get(str(link["href"])).data)) for link in links]


def test_a_pdf_step_keeps_the_form_as_a_pdf(sent: Callable[..., Any], client: FlaskClient) -> None:
    receipt = sent()
    assert receipt.request.path.endswith("/receipt")
    [(name, made)] = linked(client, receipt)
    assert name == "En prøve.pdf"
    assert made.says_ua
    assert "Kåre Ærø" in made.text
    assert "Side 1 av 1" in made.text


def test_a_text_of_the_app_names_the_pdf(sent: Callable[..., Any], client: FlaskClient) -> None:
    config = "<altinn:filenameTextResourceKey>pdfname</altinn:filenameTextResourceKey>"
    values = {"nb": {"appName": "En prøve", "pdfname": "Søknad/2026"}}
    [(name, _)] = linked(client, sent(with_pdf_step(config), texts=values))
    assert name == "2026.pdf"


@pytest.mark.parametrize("hides", [False, True])
def test_the_name_of_the_app_can_be_left_out_of_the_footer(
    sent: Callable[..., Any], client: FlaskClient, hides: bool
) -> None:
    more = {"App/ui/Settings.json": as_json({"hideAppNameInPdf": ["equals", True, hides]})}
    [(_, made)] = linked(client, sent(more=more))
    assert made.text.count("En prøve") == (1 if hides else 2)


def test_without_a_step_the_receipt_makes_the_pdf(sent: Callable[..., Any], client: FlaskClient) -> None:
    [(_, made)] = linked(client, sent(ONE_DATA_TASK))
    assert "Kåre Ærø" in made.text


def test_apps_of_the_generation_before_get_a_pdf_without_asking(
    sent: Callable[..., Any], client: FlaskClient
) -> None:
    [(name, made)] = linked(client, sent(ONE_DATA_TASK, generation="v8"))
    assert name == "En prøve.pdf"
    assert "Kåre Ærø" in made.text


def test_each_entry_of_a_subform_gets_a_pdf(serve_app: Serve, client: FlaskClient) -> None:
    sign_in(client)
    config = (
        "<altinn:subformPdfConfig><altinn:subformComponentId>cats</altinn:subformComponentId>"
        "<altinn:subformDataTypeId>cat</altinn:subformDataTypeId></altinn:subformPdfConfig>"
    )
    files = {path: cat_app()[path] for path in cat_app()}
    files["App/config/process/process.bpmn"] = with_pdf_step(config, "subformPdf").encode()
    shown = begin(client, serve_app(MemoryFiles(files), "app"))
    shown = add(client, add(client, shown, name="Mons"), name="Pus")
    receipt = finished(client, send(client, send(client, shown, "next"), "submit"))
    made = [each.text for _, each in linked(client, receipt)]
    assert len(made) == 2
    assert "Mons" in made[0]
    assert "Pus" not in made[0]


def test_the_preview_button_leads_to_the_pdf_of_what_is_kept(serve_app: Serve, client: FlaskClient) -> None:
    sign_in(client)
    button = {"id": "pdf", "type": "PDFPreviewButton", "buttonStyle": "secondary"}
    shown = begin(client, serve_app(app_files(pages={"Page": (field("name"), button)}), "app"))
    shown = send(client, shown, "save", name="Kari")
    link = page(shown).select("#f-pdf")[0]
    answer = client.get(str(link["href"]))
    assert answer.mimetype == "application/pdf"
    assert "Kari" in Pdf(answer.data).text


def test_somebody_elses_pdf_is_not_handed_out(serve_app: Serve, client: FlaskClient, runtime: Flask) -> None:
    sign_in(client)
    shown = begin(client, serve_app(app_files(), "app"))
    address = shown.request.path.rpartition("/Task_1/")[0] + "/pdf"
    other = runtime.test_client()
    sign_in(other, "20002")
    assert client.get(address).status_code == 200
    assert other.get(address).status_code in {403, 404}


def test_a_pdf_that_is_made_once_more_replaces_the_one_before(
    sent: Callable[..., Any], client: FlaskClient, runtime: Flask, tmp_path: Path
) -> None:
    looked_through = """<bpmn:task id="Look" name="Se over"><bpmn:extensionElements><altinn:taskExtension>
      <altinn:taskType>confirmation</altinn:taskType>
      <altinn:actions><altinn:action>confirm</altinn:action><altinn:action>reject</altinn:action></altinn:actions>
      </altinn:taskExtension></bpmn:extensionElements></bpmn:task>
      <bpmn:exclusiveGateway id="Fork" />
      <bpmn:sequenceFlow id="F1" sourceRef="Look" targetRef="Fork" />
      <bpmn:sequenceFlow id="F2" sourceRef="Fork" targetRef="Task_1">
        <bpmn:conditionExpression>["equals", ["gatewayAction"], "reject"]</bpmn:conditionExpression>
      </bpmn:sequenceFlow>
      <bpmn:sequenceFlow id="F3" sourceRef="Fork" targetRef="EndEvent_1">
        <bpmn:conditionExpression>["equals", ["gatewayAction"], "confirm"]</bpmn:conditionExpression>
      </bpmn:sequenceFlow></bpmn:process>"""
    process = with_pdf_step().replace(
        'sourceRef="Pdf" targetRef="EndEvent_1"', 'sourceRef="Pdf" targetRef="Look"'
    )
    look = sent(process.replace("</bpmn:process>", looked_through))
    back = client.post(look.request.path, data={"action": "reject"}, follow_redirects=True)
    again = finished(client, send(client, send(client, back, "next", name="Ny"), "submit"))
    receipt = client.post(again.request.path, data={"action": "confirm"}, follow_redirects=True)
    [(_, made)] = linked(client, receipt)
    assert "Ny" in made.text
    with runtime.app_context():
        kept = [each.stored_as for each in runtime_db.session.query(DataElement) if each.stored_as]
    held = [each for each in tmp_path.rglob("*") if each.is_file() and each.read_bytes()[:5] == b"%PDF-"]
    assert len(held) == len(kept) == 1


def test_nobody_waits_for_the_database_while_a_pdf_is_made(
    sent: Callable[..., Any], client: FlaskClient, runtime: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with runtime.app_context():
        place = runtime_db.engine.url.database
    made = []

    def making(*arguments: Any) -> bytes:
        with closing(sqlite3.connect(str(place), timeout=0)) as other:
            other.execute("BEGIN IMMEDIATE")  # raises where somebody is writing
            other.execute("ROLLBACK")
        made.append(pdf_of_tasks(*arguments))
        return made[-1]

    monkeypatch.setattr(steps, "pdf_of_tasks", making)
    [(_, first)] = linked(client, sent())
    [(_, second)] = linked(client, sent(ONE_DATA_TASK, generation="v8"))
    assert len(made) == 2
    assert "Kåre Ærø" in first.text
    assert "Kåre Ærø" in second.text


def test_the_owner_gets_every_document_under_a_name_of_its_own(
    serve_app: Serve, client: FlaskClient, runtime: Flask
) -> None:
    sign_in(client)
    files = {path: cat_app()[path] for path in cat_app()}
    files["App/config/process/process.bpmn"] = with_pdf_step().encode()
    shown = begin(client, serve_app(MemoryFiles(files), "app"))
    shown = add(client, add(client, shown, name="Mons"), name="Pus")
    finished(client, send(client, send(client, shown, "next"), "submit"))
    with runtime.app_context():
        given = sign(environment_key(), OwnerPass("eva", "Eva Eier", "ttd", "app"))
    owner = runtime.test_client()
    listed = owner.get(f"/owner/enter?pass={given}", follow_redirects=True)
    link = next(each for each in page(listed).select("td a") if each.text == "En prøve.pdf")
    made = Pdf(owner.get(str(link["href"])).data)
    assert "Mons" in made.text
    assert "Pus" in made.text
    with zipfile.ZipFile(io.BytesIO(owner.get("/ttd/app/owner/submissions.zip").data)) as archive:
        names = archive.namelist()
    assert len(names) == len(set(names)) == 7
    assert sum(name.endswith(".pdf") for name in names) == 1
