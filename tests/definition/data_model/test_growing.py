"""A data model grows by the lines of the new field and no other."""

import difflib
from pathlib import Path

import pytest
from lxml import etree

from studio.definition.app import app_definition
from studio.definition.changes.data_models.growing import grow
from studio.definition.data_model import new_model, read_xsd
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles, MemoryFiles, folder_files

METADATA = b'{"id":"o/a","dataTypes":[{"id":"model","appLogic":{"classRef":"Altinn.App.Models.model"}}]}'


def app_of(schema: bytes, xsd: bytes | None):
    files = {"App/config/applicationmetadata.json": METADATA, "App/models/model.schema.json": schema}
    return app_definition(MemoryFiles(files | ({"App/models/model.xsd": xsd} if xsd else {})))


def added(before: bytes, after: bytes) -> tuple[list[str], list[str]]:
    """(lines taken away, lines added), without their indentation."""
    lines = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    changes = [(line[0], line[2:].strip()) for line in lines if line[0] in "-+"]
    return [text for sign, text in changes if sign == "-"], [text for sign, text in changes if sign == "+"]


def test_a_new_field_of_the_template_is_one_line_in_the_xsd(vectors: Path) -> None:
    app = app_definition(folder_files(vectors / "apps/template/v9"))
    edits = grow(app, "model", "phone", "string", "Phone")
    xsd, schema = edits["App/models/model.xsd"], edits["App/models/model.schema.json"]
    assert xsd is not None
    assert schema is not None
    assert added(app.files["App/models/model.xsd"], xsd) == (
        [],
        ['<xs:element minOccurs="0" name="phone" type="xs:string" />'],
    )
    gone, new = added(app.files["App/models/model.schema.json"], schema)
    assert gone == []
    assert sorted(new) == sorted(["},", '"phone": {', '"title": "Phone",', '"type": "string"'])


def test_groups_on_the_way_are_made_and_can_hold_more() -> None:
    made = new_model("model")
    app = app_of(made.schema, made.xsd)
    for path, kind in (
        ("person.born", "date"),
        ("jobs", "rows"),
        ("jobs.title", "string"),
        ("jobs.pay.sum", "number"),
        ("ok", "boolean"),
    ):
        app = app_definition(EditedFiles(app.files, grow(app, "model", path, kind)))
    model = app.model("model")
    assert model is not None
    kinds = {field.path: (field.kind, field.repeating) for field in model.walk()}
    assert kinds == {
        "person": ("group", False),
        "person.born": ("date", False),
        "jobs": ("group", True),
        "jobs.title": ("string", False),
        "jobs.pay": ("group", False),
        "jobs.pay.sum": ("number", False),
        "ok": ("boolean", False),
    }
    data = app.files["App/models/model.xsd"]
    etree.XMLSchema(etree.fromstring(data))
    root = read_xsd(data).root
    assert root is not None
    assert list(root.children["jobs"].children) == ["title", "pay"]


@pytest.mark.parametrize("newline", ["\r\n", "\n"])
def test_the_files_own_lines_and_prefix_are_kept(newline: str) -> None:
    xsd = newline.join(
        [
            '\ufeff<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema" title="a &gt; b > c">',
            '\t<xsd:element name="model" type="M" />',
            "\t<!-- a comment with </xsd:sequence> inside -->",
            '\t<xsd:complexType name="M">',
            "\t\t<xsd:sequence>",
            '\t\t\t<xsd:element name="a" type="xsd:string" />',
            "\t\t</xsd:sequence>",
            "\t</xsd:complexType>",
            "</xsd:schema>",
        ]
    ).encode()
    schema = b"""{"@xsdRootElement":"model","oneOf":[{"$ref":"#/$defs/M"}],
        "$defs":{"M":{"properties":{"a":{"type":"string"}},"required":["a"]}}}"""
    after = grow(app_of(schema, xsd), "model", "b", "integer")["App/models/model.xsd"]
    assert after is not None
    line = f'{newline}\t\t\t<xsd:element minOccurs="0" name="b" type="xsd:long" />'.encode()
    assert after.replace(line, b"") == xsd
    assert after.count(line) == 1


def test_a_seres_model_grows_where_its_data_is(vectors: Path) -> None:
    folder = vectors / "apps/designer-repos/hvem-er-hvem/App/models"
    name = "Kursdomene_HvemErHvem_M_2021-04-08_5742_34627_SERES"
    schema, xsd = (folder / f"{name}.schema.json").read_bytes(), (folder / f"{name}.xsd").read_bytes()
    app = app_of(schema, xsd)
    grown = app_definition(EditedFiles(app.files, grow(app, "model", "Innrapportoer.geek.telefon", "string")))
    model = grown.model("model")
    assert model is not None
    assert model.field("Innrapportoer.geek.telefon") is not None
    gone, new = added(xsd, grown.files["App/models/model.xsd"])
    assert gone == []
    assert new == ['<xsd:element minOccurs="0" name="telefon" type="xsd:string" />']


@pytest.mark.parametrize("path", ["", "a..b", "1a", "a b", "a[0]", 'a"/><x', "æ.altinnRowId", "x" * 101])
def test_a_name_that_cannot_be_a_field_is_refused(path: str) -> None:
    with pytest.raises(DomainError, match="cannot be called"):
        grow(app_of(new_model("model").schema, None), "model", path, "string")


def test_what_is_there_already_or_cannot_be_is_refused() -> None:
    schema = b'{"properties":{"a":{"type":"string"}}}'
    with pytest.raises(DomainError, match="already"):
        grow(app_of(schema, None), "model", "a", "string")
    with pytest.raises(DomainError, match="no other fields"):
        grow(app_of(schema, None), "model", "a.b", "string")
    with pytest.raises(DomainError, match="kind"):
        grow(app_of(schema, None), "model", "b", "song")
    with pytest.raises(NotThere):
        grow(app_of(schema, None), "other", "b", "string")


def test_an_xsd_that_is_broken_or_says_something_else_is_left_to_its_owner() -> None:
    schema = b'{"properties":{"a":{"type":"string"}}}'
    for xsd in (
        b"<broken",
        b'<x:schema xmlns:x="http://www.w3.org/2001/XMLSchema"><x:element name="o"/></x:schema>',
    ):
        assert set(grow(app_of(schema, xsd), "model", "b", "string")) == {"App/models/model.schema.json"}
