"""`studio model …` on an app in a folder and on an app in Studio."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from studio.cli import cli
from studio.definition.app import AppDefinition, app_definition
from studio.definition.files import folder_files
from studio.history.commits import Author
from studio.history.repositories import Repositories
from tests.builders import app_files

AUTHOR = Author("Ada", "ada@example.no")
NOW = datetime(2026, 1, 1, tzinfo=UTC)
HEAD = '<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">'
TWO_ROOTS = (
    f'{HEAD}<xs:element name="first" type="xs:string"/>'
    '<xs:element name="second"><xs:complexType/></xs:element></xs:schema>'
)


@pytest.fixture
def app(tmp_path: Path) -> Path:
    folder = tmp_path / "app"
    for path, data in app_files().items():
        place = folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    return folder


@pytest.fixture
def xsd(tmp_path: Path) -> Path:
    fields = '<xs:sequence><xs:element name="a" type="xs:int"/></xs:sequence>'
    inner = f'<xs:complexType name="t">{fields}</xs:complexType>'
    (tmp_path / "types.xsd").write_text(f"{HEAD}{inner}</xs:schema>")
    path = tmp_path / "Skjema 1.xsd"
    path.write_text(
        f'{HEAD}<xs:include schemaLocation="types.xsd"/><xs:element name="r" type="t"/></xs:schema>'
    )
    return path


def run(*arguments: object, data: Path | None = None) -> Result:
    env = {"STUDIO_DATA": str(data)} if data else {}
    return CliRunner().invoke(cli, ["model", *map(str, arguments)], env=env, catch_exceptions=True)


def definition(app: Path) -> AppDefinition:
    return app_definition(folder_files(app))


def test_an_xsd_becomes_a_model_of_an_app_in_a_folder(app: Path, xsd: Path) -> None:
    before = folder_files(app)
    made = run("import", app, xsd)
    assert made.exit_code == 0, made.output
    after = definition(app)
    model = after.model("Skjema-1")
    assert model is not None
    assert [field.name for field in model.fields] == ["a"]
    assert after.metadata.data_type("Skjema-1") is not None
    changed = {path for path in after.files if after.files[path] != before.get(path)}
    assert changed == {
        "App/config/applicationmetadata.json",
        "App/models/Skjema-1.schema.json",
        "App/models/Skjema-1.xsd",
        "App/models/types.xsd",
    }
    assert not [name for _, _, files in os.walk(app) for name in files if name.startswith(".Skjema")]


def test_an_xsd_becomes_a_model_of_an_app_in_studio(xsd: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    repositories = Repositories(data / "repos")
    repositories.create("ttd", "skjema", app_files(), AUTHOR, "Begin", NOW)
    made = run("import", "ttd/skjema", xsd, "--name", "inn", data=data)
    assert made.exit_code == 0, made.output
    head = repositories.open("ttd", "skjema").head()
    assert head.subject == "The data model inn was added"
    assert "App/models/inn.xsd" in repositories.open("ttd", "skjema").files()


def test_the_root_can_be_chosen(app: Path, tmp_path: Path) -> None:
    two = tmp_path / "two.xsd"
    two.write_text(TWO_ROOTS)
    assert run("import", app, two, "--root", "second").exit_code == 0
    schema = json.loads((app / "App/models/two.schema.json").read_text())
    assert schema["@xsdRootElement"] == "second"
    refused = run("import", app, two, "--root", "third", "--name", "other")
    assert refused.exit_code == 2
    assert "Choose one of these: first, second" in refused.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "The file is empty"),
        (b"<html/>", "This is not an XML Schema"),
        (
            f'{HEAD}\n <xs:element name="r" type="t"/></xs:schema>'.encode(),
            "broken.xsd, line 2, column 2: There is no type t",
        ),
        (
            f'{HEAD}\n <xs:include schemaLocation="../../secret.xsd"/></xs:schema>'.encode(),
            "../../secret.xsd is missing",
        ),
        (b"<!DOCTYPE x><x/>", "is not allowed"),
    ],
)
def test_a_bad_file_changes_nothing(app: Path, tmp_path: Path, content: bytes, words: str) -> None:
    (tmp_path.parent / "secret.xsd").write_text(f"{HEAD}</xs:schema>")
    before = dict(folder_files(app))
    broken = tmp_path / "broken.xsd"
    broken.write_bytes(content)
    refused = run("import", app, broken)
    assert refused.exit_code == 2
    assert words in refused.output
    assert "Nothing was changed" in refused.output
    assert dict(folder_files(app)) == before


def test_a_disk_that_refuses_leaves_the_app_as_it_was(app: Path, xsd: Path) -> None:
    before = dict(folder_files(app))
    models = app / "App/models"
    models.mkdir(exist_ok=True)
    (models / "Skjema-1.xsd").mkdir()
    refused = run("import", app, xsd)
    assert refused.exit_code == 2
    assert "cannot be written" in refused.output
    (models / "Skjema-1.xsd").rmdir()
    assert dict(folder_files(app)) == before


def test_an_xsd_is_taken_along_as_it_came(app: Path, tmp_path: Path) -> None:
    path = tmp_path / "inn.xsd"
    path.write_text(f"{HEAD}<!-- mine --><xs:element name='r'><xs:complexType/></xs:element></xs:schema>")
    assert run("import", app, path).exit_code == 0
    assert run("export", app, "inn").output == path.read_text()
    assert run("export", app, "inn", "--as", "schema", "--to", tmp_path / "s.json").exit_code == 0
    assert (tmp_path / "s.json").read_bytes() == (app / "App/models/inn.schema.json").read_bytes()
    (app / "App/models/inn.xsd").unlink()
    made = run("export", app, "inn").output
    assert 'name="r"' in made
    assert "mine" not in made
    assert run("export", app, "nope").exit_code == 2


def test_a_check_ends_with_one_where_a_model_has_an_error(app: Path, xsd: Path) -> None:
    assert run("import", app, xsd, "--name", "inn").exit_code == 0
    good = run("check", app, "inn")
    assert (good.exit_code, good.output) == (0, "There are no errors.\n")
    (app / "App/models/inn.xsd").write_text(f'{HEAD}<xs:element name="r" type="nope"/></xs:schema>')
    broken = run("check", app, "inn")
    assert broken.exit_code == 1
    assert "error: App/models/inn.xsd, line 1, column 56: There is no type nope" in broken.output
    assert run("check", app, "nope").exit_code == 2


def test_a_check_of_a_file_needs_no_app(xsd: Path, tmp_path: Path) -> None:
    assert run("check", xsd).exit_code == 0
    (tmp_path / "types.xsd").unlink()
    missing = run("check", xsd)
    assert missing.exit_code == 1
    assert "The file types.xsd is missing" in missing.output


def test_a_place_without_an_app_is_refused(xsd: Path, tmp_path: Path) -> None:
    assert "There is no folder Nowhere" in run("import", "Nowhere", xsd).output
    assert run("import", "ttd/nothing", xsd, data=tmp_path / "data").exit_code != 0


def test_a_folder_with_a_link_in_it_is_refused_in_words(app: Path, xsd: Path, tmp_path: Path) -> None:
    (app / "App" / "secret").symlink_to(tmp_path)
    result = run("import", app, xsd)
    assert result.exit_code == 2
    assert "secret is a link" in result.output
    assert "Traceback" not in result.output
