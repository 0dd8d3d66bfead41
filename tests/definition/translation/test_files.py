"""Texts go to translators as XLIFF or as a spreadsheet, and come back whole."""

import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import etree

from studio.definition.app import AppDefinition
from studio.definition.changes import SetText, SetTranslations
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, MemoryFiles
from studio.definition.translation import spreadsheet, xliff
from studio.definition.translation.status import STATUSES
from studio.definition.translation.units import Batch, Unit, arrival, batch

X = "{urn:oasis:names:tc:xliff:document:2.0}"
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
KEYS = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=30)
UNITS = st.builds(
    Unit,
    KEYS,
    TEXTS.filter(bool),
    TEXTS,
    st.sampled_from(STATUSES),
    st.just(()),
    st.just("0123456789abcdef"),
    st.just("fedcba9876543210"),
)
BATCHES = st.builds(
    Batch,
    st.just("nb"),
    st.just("en"),
    st.lists(UNITS, max_size=5, unique_by=lambda unit: unit.key).map(tuple),
)
ODD = Batch(
    "nb",
    "en",
    (
        Unit("a.b", " {0} og\r\n{12} <b>&amp;\t ", "=1+1", "translated", (), "x", "y"),
        Unit("b", "_x0041_ \x01", "007", "approved", (), "x", "y"),
        Unit("c", "https://example.com", "1e5", "approved", (), "x", "y"),
    ),
)


@settings(deadline=None, max_examples=150)
@given(BATCHES)
@example(ODD)
def test_texts_come_back_from_xliff_as_they_went(given_batch: Batch) -> None:
    back = xliff.read(xliff.write(given_batch))
    assert [(unit.key, unit.source, unit.target) for unit in back.units] == [
        (unit.key, unit.source, unit.target) for unit in given_batch.units
    ]


@settings(deadline=None, max_examples=150)
@given(BATCHES)
@example(ODD)
def test_texts_come_back_from_a_spreadsheet_as_they_went(given_batch: Batch) -> None:
    assert spreadsheet.read(spreadsheet.write(given_batch)) == given_batch


def app(nb: dict[str, str], en: dict[str, str]) -> AppDefinition:
    def file(texts: dict[str, str]) -> bytes:
        return json.dumps({"resources": [{"id": key, "value": text} for key, text in texts.items()]}).encode()

    return AppDefinition(
        MemoryFiles(
            {"App/config/texts/resource.nb.json": file(nb), "App/config/texts/resource.en.json": file(en)}
        )
    )


FORMATS = pytest.mark.parametrize(
    ("write", "read"), [(xliff.write, xliff.read), (spreadsheet.write, spreadsheet.read)]
)


@FORMATS
def test_what_a_translator_wrote_is_taken_and_what_others_wrote_since_is_a_conflict(
    write: Callable[[Batch], bytes], read: Callable[[bytes], Batch]
) -> None:
    before = app({"a": "Én {0}", "b": "To", "c": "Tre", "d": "Fire", "e": "Fem"}, {"b": "Two", "d": "Four"})
    sent = read(write(batch(before, "en")))
    assert arrival(before, sent).changes == ()
    answers = {"a": "One {0}", "b": "Pair", "c": "Three", "e": "Five {0}"}
    back = replace(
        sent,
        units=(
            *(
                replace(unit, target=answers.get(unit.key, unit.target), status="translated")
                for unit in sent.units
            ),
            Unit("gone", "Borte", "Gone", "translated"),
        ),
    )
    edits = [SetText("en", "b", "A couple"), SetText("nb", "c", "Drei")]
    now = before
    for edit in edits:
        now = AppDefinition(EditedFiles(now.files, edit.apply(now)))
    found = arrival(now, read(write(back)))
    assert [unit.key for unit in found.changes] == ["a", "e"]
    assert {(each.unit.key, each.reason, each.current) for each in found.conflicts} == {
        ("b", "target", "A couple"),
        ("c", "source", ""),
    }
    assert found.unknown == ("gone",)
    assert found.lost_variables == ("e",)
    assert found.unchanged == 1
    taken = {unit.key: {"value": unit.target, "status": unit.status} for unit in found.changes}
    done = AppDefinition(EditedFiles(now.files, SetTranslations("en", taken).apply(now)))
    assert done.texts("en").get("a").value == "One {0}"  # type: ignore[union-attr]  # it is there
    assert arrival(done, read(write(batch(done, "en")))).changes == ()


def test_a_file_of_another_tool_is_read_with_its_segments_marks_and_inline_parts() -> None:
    document = b"""<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0"
        srcLang="nb" trgLang="en">
      <file id="f"><group id="g"><unit id="a.b">
      <segment state="final"><source>Hei. </source><target>Hi. </target></segment>
      <ignorable><source> </source></ignorable>
      <segment state="translated"><source>Ja <pc id="1">du</pc><ph id="2" equiv="{0}"/></source>
      <target>Yes <mrk id="m" type="term">you</mrk><ph id="2" equiv="{0}"/></target></segment></unit>
      <unit id="c"><segment><source>Nei</source></segment></unit></group></file></xliff>"""
    first, second = xliff.read(document).units
    assert (first.key, first.source, first.target) == ("a.b", "Hei.  Ja du{0}", "Hi.  Yes you{0}")
    assert first.status == "translated"
    assert (second.key, second.target, second.status) == ("c", "", "needs-work")


def test_variables_are_placeholders_that_tools_protect() -> None:
    root = etree.fromstring(xliff.write(ODD))
    assert [mark.get("equiv") for mark in root.iter(f"{X}ph")][:2] == ["{0}", "{12}"]
    assert root.get("version") == "2.1"
    assert all(re.fullmatch(r"[\w.-]+", unit.get("id", "")) for unit in root.iter(f"{X}unit"))


def bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b" " * (201 * 1024 * 1024))
    return file.getvalue()


@pytest.mark.parametrize("data", [b"", b"hello", b"PK\x03\x04 no", bomb(), spreadsheet.write(ODD)[:-200]])
def test_what_is_no_spreadsheet_is_named(data: bytes) -> None:
    with pytest.raises(DomainError):
        spreadsheet.read(data)


def with_cell(place: str, *, value: str = "<is><t>x</t></is>", encoding: str = "UTF-8") -> bytes:
    """A workbook as Studio writes it with one more cell; its sheet says that it has another encoding."""
    file, row = io.BytesIO(), re.sub("[A-Z]", "", place)
    cell = f'<row r="{row}"><c t="inlineStr" r="{place}">{value}</c></row></sheetData>'
    with (
        zipfile.ZipFile(io.BytesIO(spreadsheet.write(ODD))) as before,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as after,
    ):
        for name in before.namelist():
            part = before.read(name)
            if name.endswith("sheet1.xml"):
                part = part.replace(b"</sheetData>", cell.encode()).replace(b"UTF-8", encoding.encode(), 1)
            after.writestr(name, part)
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        with_cell("XFD1048576"),
        with_cell("A1048576"),
        with_cell("XFD1000"),
        with_cell("A1048576", encoding="UTF-7"),
        with_cell("A999999999"),
    ],
)
def test_a_cell_far_out_is_refused_before_room_is_made_for_all_between(data: bytes) -> None:
    with pytest.raises(DomainError, match="too large"):
        spreadsheet.read(data)


@pytest.mark.parametrize("data", [with_cell("B5000"), with_cell("XFD1048576", value="")])
def test_cells_within_reach_and_empty_ones_anywhere_do_no_harm(data: bytes) -> None:
    read = spreadsheet.read(data)
    assert [unit.key for unit in read.units][:3] == [unit.key for unit in ODD.units]


def test_half_a_character_in_a_file_is_no_character() -> None:
    written = xliff.write(ODD).replace(b'hex="0001"', b'hex="D800"')
    assert xliff.read(written).units[1].source == "_x0041_ \ufffd"


def test_a_spreadsheet_without_the_names_of_its_columns_is_named() -> None:
    import xlsxwriter  # noqa: PLC0415 - only here

    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        book.add_worksheet().write_string(0, 0, "Nøkkel")
    with pytest.raises(DomainError, match="first row"):
        spreadsheet.read(file.getvalue())


@pytest.mark.parametrize(
    "data",
    [
        b"<xliff/>",
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:1.2" version="1.2"/>',
        b'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="nb"/>',
        b'<!DOCTYPE a [<!ENTITY b "c">]><xliff xmlns="urn:oasis:names:tc:xliff:document:2.0">&b;</xliff>',
        b"\xff\xfe",
    ],
)
def test_what_is_no_xliff_is_named(data: bytes) -> None:
    with pytest.raises(DomainError):
        xliff.read(data)
