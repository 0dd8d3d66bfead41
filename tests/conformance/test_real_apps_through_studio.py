"""Every real app through Studio over HTTP: brought in, opened, shared, edited, undone."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from flask import Flask
from real_apps import (
    Difference,
    difference,
    no_apps,
    parametrize_apps,
    tree_in,
    tree_of,
    zipped,
)

from studio import create_app
from studio.accounts.install import passwords
from studio.cli import cli
from studio.config import read_settings
from studio.database import studio_db
from studio.definition import json_text
from studio.definition.app import AppDefinition, Component, LayoutSet, Page
from studio.definition.components import component_type
from studio.definition.files import folder_files
from studio.demo import PASSWORD, create_demo
from studio.history.branch_rules import EVERY_APP, BranchRule, set_rule
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from tests.features.conftest import NOW, QUICK, Browser
from tests.zip_files import zipped as zip_of

pytestmark = pytest.mark.conformance

# What the panel offers as a switch, most common first.
_SWITCHES = ("readOnly", "required", "pageBreak", "hideLabel", "showBackButton")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each app, named for its folder."""
    parametrize_apps(metafunc)


@dataclass
class Studio:
    """One Studio for all apps, and a browser in which a designer has signed in."""

    data: Path
    browser: Browser
    imported: dict[Path, str]

    @property
    def repositories(self) -> Repositories:
        return Repositories(self.data / "repos")

    def bring_in(self, folder: Path) -> str:
        """The name of the app made of a folder, uploaded as a zip file; once for each folder."""
        if folder not in self.imported:
            name = f"app-{len(self.imported)}"
            self.browser.get("/import")
            answer = self.browser.post(
                "/import", org="ttd", name=name, zip=(zipped(folder, f"{folder.name}-main/"), "app.zip")
            )
            assert answer.status_code == 200, answer.get_data(as_text=True)
            assert answer.request.path == f"/ttd/{name}/imported"
            self.imported[folder] = name
        return self.imported[folder]

    def repository(self, name: str) -> Repository:
        return self.repositories.open("ttd", name)

    def place(self, name: str) -> Path:
        return self.data / "repos" / "ttd" / f"{name}.git"


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Studio:
    """Studio with demo people, and without apps."""
    data = tmp_path_factory.mktemp("real-apps")
    client = _studio(data).test_client()
    client.set_cookie("studio_language", "en")
    browser = Browser(client)
    browser.get("/sign-in")
    assert browser.post("/sign-in", user_name="kari", password=PASSWORD).status_code == 200
    return Studio(data, browser, {})


@pytest.fixture(scope="module")
def command_line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data folder of a Studio that is used from the command line."""
    data = tmp_path_factory.mktemp("command-line")
    _studio(data)
    return data


def _studio(data: Path) -> Flask:
    app = create_app(read_settings({"STUDIO_DATA": str(data)}), QUICK)
    with app.app_context():
        create_demo(studio_db.session(), passwords(), NOW)
        # Everybody shares straight: what is asked here is what the files become.
        set_rule(studio_db.session, "ttd", EVERY_APP, BranchRule("main", by_review=False, approvals=0), NOW)
        studio_db.session.commit()
    return app


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Git folder to work out tree ids in."""
    return tmp_path_factory.mktemp("scratch")


def test_a_real_app_comes_in_by_the_browser_as_it_was(
    studio: Studio, scratch: Path, app_folder: Path
) -> None:
    name = studio.bring_in(app_folder)
    assert tree_in(studio.place(name), "main") == tree_of(app_folder, scratch)


def test_a_real_app_comes_in_by_the_command_line_as_it_was(
    command_line: Path, scratch: Path, app_folder: Path
) -> None:
    name = re.sub(r"[^a-z0-9]+", "-", str(app_folder).lower()).strip("-")[-30:].strip("-")
    made = CliRunner().invoke(
        cli,
        ["import", str(app_folder), "--org", "ttd", "--name", name],
        env={"STUDIO_DATA": str(command_line)},
        catch_exceptions=False,
    )
    assert made.exit_code == 0, made.output
    place = command_line / "repos" / "ttd" / f"{name}.git"
    assert tree_in(place, "main") == tree_of(app_folder, scratch)


def test_every_page_of_a_real_app_opens_in_the_editor(studio: Studio, app_folder: Path) -> None:
    name = studio.bring_in(app_folder)
    for address in ("/", "/form", "/sharing"):
        _opens(studio, f"/ttd/{name}{address}")
    app = AppDefinition(studio.repository(name).files())
    for layout_set in app.layout_sets:
        for page in layout_set.pages:
            shown = _opens(studio, _address(name, layout_set, page))
            missing = [
                one.id for one in page.components if one.id and f'data-component="{one.id}"' not in shown
            ]
            assert missing == [], page.path


def test_a_real_app_that_was_only_opened_has_nothing_to_share(
    studio: Studio, scratch: Path, app_folder: Path
) -> None:
    name = studio.bring_in(app_folder)
    _opens(studio, f"/ttd/{name}/form")
    _opens(studio, f"/ttd/{name}/sharing")
    answer = studio.browser.post(f"/ttd/{name}/sharing", message="Share nothing")
    assert answer.status_code == 409
    assert tree_in(studio.place(name), "main") == tree_of(app_folder, scratch)
    assert len(studio.repository(name).log()) == 1


def test_an_edit_in_the_editor_changes_the_lines_of_that_property_alone(
    studio: Studio, app_folder: Path
) -> None:
    _edit_and_undo(studio, studio.bring_in(app_folder))


@pytest.mark.parametrize(
    "written",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: b"\xef\xbb\xbf" + data.removeprefix(b"\xef\xbb\xbf"),
        lambda data: data.replace(b"  ", b"\t"),
        lambda data: data.rstrip(),
    ],
    ids=["windows-newlines", "byte-order-mark", "tabs", "no-last-newline"],
)
def test_an_edit_keeps_how_the_files_were_written(
    studio: Studio, vectors: Path, written: Callable[[bytes], bytes], request: pytest.FixtureRequest
) -> None:
    files = folder_files(vectors / "apps" / "test-apps-v8" / "frontend-test")
    name = request.node.callspec.id
    content = {path: written(data) if path.endswith(".json") else data for path, data in files.items()}
    studio.browser.get("/import")
    studio.browser.post("/import", org="ttd", name=name, zip=(zip_of(content), "app.zip"))
    assert dict(studio.repository(name).files()) == content
    _edit_and_undo(studio, name)


def _edit_and_undo(studio: Studio, name: str) -> None:
    """Switch one property on some pages, see what `git diff` says, and take it back."""
    app = AppDefinition(studio.repository(name).files())
    for layout_set, page, component, switch in _editable(app):
        before = studio.repository(name).draft("kari")
        tree = before.files.tree_id
        value = not component.raw.get(switch, _default(app, component, switch))
        answer = studio.browser.post(
            f"{_address(name, layout_set, page)}/edits",
            htmx=True,
            do="set",
            id=component.id,
            selected=component.id,
            pointer=f"/{switch}",
            value=str(value).lower(),
            base=before.revision,
        )
        assert answer.status_code == 200, answer.get_data(as_text=True)
        after = studio.repository(name).draft("kari")
        _assert_only(difference(studio.place(name), before.base, after.revision), page.path, switch)
        assert json_text.same(
            json_text.parse(after.files[page.path]), _expected(app, page, component, switch, value)
        )
        _opens(studio, f"/ttd/{name}/sharing")

        assert studio.browser.post(f"/ttd/{name}/draft/undo", htmx=True).status_code == 204
        undone = studio.repository(name).draft("kari")
        assert undone.files.tree_id == tree
        assert not undone.is_changed


def test_a_copy_of_an_old_app_lies_as_it_did_and_has_a_name_of_its_own(studio: Studio, vectors: Path) -> None:
    name = studio.bring_in(vectors / "apps" / "historic-v4-v7" / "ttd" / "abandon-task")
    studio.browser.get(f"/ttd/{name}/copy")
    assert studio.browser.post(f"/ttd/{name}/copy", org="demo", name="kopi").request.path == "/demo/kopi/"
    before, after = studio.repository(name).files(), studio.repositories.open("demo", "kopi").files()
    assert AppDefinition(after).metadata.id == "demo/kopi"
    assert sorted(before) == sorted(after)
    changed = {path for path in before if before[path] != after[path]}
    assert "config/applicationmetadata.json" in changed
    assert changed <= {"config/applicationmetadata.json", "config/authorization/policy.xml"}


def test_a_folder_that_is_no_app_is_refused_in_words(
    studio: Studio, command_line: Path, vectors: Path
) -> None:
    folders = no_apps(vectors)
    assert len(folders) >= 4
    for folder in folders:
        studio.browser.get("/import")
        answer = studio.browser.post("/import", org="ttd", name="ingen-app", zip=(zipped(folder), "x.zip"))
        assert answer.status_code == 422
        assert "There is no folder “App” at the top" in answer.get_data(as_text=True)
        assert not studio.repositories.exists("ttd", "ingen-app")
        arguments = ["import", str(folder), "--org", "ttd", "--name", "ingen-app"]
        refused = CliRunner().invoke(cli, arguments, env={"STUDIO_DATA": str(command_line)})
        assert "There is no folder “App” at the top" in str(refused.exception)
        assert not Repositories(command_line / "repos").exists("ttd", "ingen-app")


def _opens(studio: Studio, address: str) -> str:
    answer = studio.browser.get(address)
    text = answer.get_data(as_text=True)
    assert answer.status_code == 200, f"{address}: {answer.status_code} {text[:2000]}"
    return text


def _address(name: str, layout_set: LayoutSet, page: Page) -> str:
    return f"/ttd/{name}/form/{quote(layout_set.id)}/{quote(page.name)}"


def _editable(app: AppDefinition) -> Iterator[tuple[LayoutSet, Page, Component, str]]:
    """A component with a switch in the panel, on the first, a middle and the last page that has one."""
    found = []
    for layout_set in app.layout_sets:
        for page in layout_set.pages:
            ids = [part.id for part in page.components]
            own = (part for part in page.components if part.id and ids.count(part.id) == 1)
            first = next(((part, switch) for part in own if (switch := _switch(part))), None)
            if first:
                found.append((layout_set, page, *first))
    yield from (found[place] for place in sorted({0, len(found) // 2, len(found) - 1} if found else ()))


def _switch(component: Component) -> str | None:
    kind = component_type(component.type)
    names = {found.name for found in kind.properties if found.kind == "boolean"} if kind else set()
    return next(
        (name for name in _SWITCHES if name in names and isinstance(component.raw.get(name, False), bool)),
        None,
    )


def _default(app: AppDefinition, component: Component, switch: str) -> bool:
    kind = component_type(component.type)
    assert kind is not None
    return any(found.name == switch and found.default_in(app.generation) is True for found in kind.properties)


def _expected(app: AppDefinition, page: Page, component: Component, switch: str, value: bool) -> Any:
    expected = json.loads(json.dumps(json_text.parse(app.files[page.path])))
    changed = expected["data"]["layout"][int(component.pointer.rpartition("/")[2])]
    if value == _default(app, component, switch):
        changed.pop(switch)
    else:
        changed[switch] = value
    return expected


def _assert_only(shown: Difference, path: str, switch: str) -> None:
    """`git diff` shows the line of the property, and perhaps the comma of the line before it."""
    assert shown.files == [path]
    assert shown.hunks == 1
    gone, come = shown.gone, shown.come
    longer, shorter = (come, gone) if len(come) >= len(gone) else (gone, come)
    assert len(longer) - len(shorter) in {0, 1}, shown
    assert len(longer) <= 2, shown
    assert any(f'"{switch}"'.encode() in line for line in longer), shown
    if len(longer) == 2:
        assert {line.rstrip(b"\r").rstrip(b",") for line in shorter} < {
            line.rstrip(b"\r").rstrip(b",") for line in longer
        }
    elif shorter:
        # A component written on one line: nothing in the line but the property is new.
        assert _without(longer[0], switch) == _without(shorter[0], switch), shown


def _without(line: bytes, switch: str) -> bytes:
    return re.sub(rb',?\s*"%s"\s*:\s*(true|false)' % switch.encode(), b"", line)
