"""What is inside an app may not reach out of it: not to the network, the disk, or other people's pages."""

# ruff: noqa: E501 - what is hostile is easier to compare on a line each

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
from builders import app_files, as_json, field, group
from flask.testing import FlaskClient
from lxml import etree

from studio.definition.data_model import DataModel
from studio.definition.data_model.nodes import split_path
from studio.definition.data_model.validation import is_usable
from studio.definition.data_model.xsd import Xsd
from studio.definition.files import UnsafePath, safe_path
from studio.definition.json_text import parse
from studio.definition.naming import one_line
from tests.security.conftest import Make

XS = 'xmlns:xs="http://www.w3.org/2001/XMLSchema"'
PAGE = "App/ui/Task_1/layouts/Side1.json"


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """A server of the attacker's: its address, and what was asked of it."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"type": "string"}')

        def log_message(self, *_: Any) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}", asked
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "draft", ["https://json-schema.org/draft/2020-12/schema", "http://json-schema.org/draft-07/schema#"]
)
def test_a_schema_fetches_nothing_and_opens_no_file(
    listener: tuple[str, list[str]], tmp_path: Path, draft: str
) -> None:
    address, asked = listener
    secret = tmp_path / "secret.json"
    secret.write_text('{"type": "integer"}')
    for reference in (f"{address}/a.json", secret.as_uri()):
        model = DataModel({"$schema": draft, "type": "object", "properties": {"a": {"$ref": reference}}})
        assert not is_usable(model)
    assert asked == []


@pytest.mark.parametrize("kind", ["include", "import", "redefine"])
def test_an_xsd_includes_no_other_document(
    listener: tuple[str, list[str]], tmp_path: Path, kind: str
) -> None:
    address, asked = listener
    other = tmp_path / "other.xsd"
    other.write_text(
        f'<xs:schema {XS}><xs:simpleType name="t"><xs:restriction base="xs:string"/></xs:simpleType></xs:schema>'
    )
    for place in (str(other), other.as_uri(), f"{address}/x.xsd"):
        reference = f'<xs:{kind} schemaLocation="{place}"/>'
        xsd = Xsd(f'<xs:schema {XS}>{reference}<xs:element name="a" type="t"/></xs:schema>'.encode())
        with pytest.raises(etree.XMLSchemaParseError):
            _ = xsd.validator
    assert asked == []


def test_half_a_character_is_replaced_when_json_is_read() -> None:
    assert parse(b'["\\ud800", "\\ud83d\\ude00", "\\\\ud800", "\\uDFFF\\uD83D\\uDE00"]') == [
        "\ufffd", "😀", "\\ud800", "\ufffd😀",
    ]  # fmt: skip


def test_an_app_with_half_a_character_in_its_title_breaks_no_page(make: Make, kari: FlaskClient) -> None:
    broken = b'{"language": "nb", "resources": [{"id": "appName", "value": "\\udfff"}, {"id": "name.title", "value": "\\ud800"}]}'
    make(app_files(more={"App/config/texts/resource.nb.json": broken}), "ttd", "halv")
    for address in ("/", "/ttd/halv/", "/ttd/halv/form/Task_1/Contact", "/ttd/halv/sharing"):
        assert kari.get(address).status_code == 200, address


def deep(times: int) -> Any:
    """An expression inside an expression inside …"""
    found: Any = True
    for _ in range(times):
        found = ["not", found]
    return found


HOSTILE: dict[str, dict[str, bytes]] = {
    "a deep expression": {PAGE: as_json({"data": {"layout": [{**field("name"), "hidden": deep(450)}]}})},
    "a file nested without end": {PAGE: b"[" * 90_000},
    "groups inside each other": {PAGE: as_json({"data": {"layout": [group("a", "b"), group("b", "a"), group("c", "c")]}})},
    "components of all shapes": {PAGE: as_json({"data": {"layout": [5, None, [], {"id": []}, {"id": 5, "type": {}}, {"type": "Input"}]}})},
    "numbers beyond all limits": {PAGE: b'{"data": {"layout": [{"id": "a", "type": "Input", "maxLength": 1e999}]}}'},
    "a model that contains itself": {"App/models/model.schema.json": as_json({"properties": {"name": {"$ref": "#"}, "x": {"$ref": "#/properties/x"}}})},
    "an entity": {"App/config/process/process.bpmn": b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'},
    "metadata nested without end": {"App/config/applicationmetadata.json": b"[" * 90_000},
    "an order of anything": {"App/ui/Task_1/Settings.json": as_json({"pages": {"order": [5, None, {}, "Side1", "../../x"]}})},
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_app_opens_and_can_be_looked_at(make: Make, kari: FlaskClient, name: str) -> None:
    make(app_files(pages={"Side1": (field("name"),)}, more=HOSTILE[name]), "ttd", "hard")
    for address in (
        "/",
        "/ttd/hard/",
        "/ttd/hard/form/Task_1/Side1",
        "/ttd/hard/sharing",
        "/ttd/hard/deploy",
    ):
        answer = kari.get(address)
        assert answer.status_code in {200, 404}, address
        assert "root:" not in answer.text


@pytest.mark.parametrize(
    "path",
    ["../x", "/x", "a/../x", "a\\x", "a/\0", ".git/config", "App/.GIT/x", "App/.git /x", "App/.git./x",
     "App/git~1/x", "App/GIT~1", "App/.g\u200cit/x", "App/.git:x/y", "App//x", "."],
)  # fmt: skip
def test_a_path_leads_neither_out_nor_into_what_is_gits(path: str) -> None:
    with pytest.raises(UnsafePath):
        safe_path(path)


@pytest.mark.parametrize("path", ["App/.gitignore", ".github/x", "App/digit/x", "App/git", "App/..x"])
def test_paths_that_only_look_like_it_are_fine(path: str) -> None:
    assert safe_path(path) == path


@pytest.mark.timeout(12)  # quadratic work took 17 s
def test_text_made_to_be_slow_is_read_all_the_same() -> None:
    split_path("[" * 100_000)
    one_line("<" * 100_000)
    parse(b'"' + b"\\ud800" * 50_000 + b'"')
