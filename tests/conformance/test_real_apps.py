"""Every real app opens, and an edit of one property changes the lines of that property and no other."""

import difflib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from real_apps import app_folders, parametrize_apps

from studio.definition import json_text
from studio.definition.app import AppDefinition
from studio.definition.changes import SetProperty, from_dict
from studio.definition.checks import check
from studio.definition.comparison import describe
from studio.definition.files import EditedFiles, folder_files
from studio.definition.layouts import Component, Page

pytestmark = pytest.mark.conformance

_COMMENT = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|/\*.*?\*/', re.DOTALL)
_TRAILING = re.compile(r'"(?:[^"\\]|\\.)*"|,(?=\s*[\]}])', re.DOTALL)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for each app, named for its folder."""
    parametrize_apps(metafunc)


def test_there_are_real_apps_to_read(vectors: Path) -> None:
    assert len(app_folders(vectors)) > 20


def test_a_real_app_opens_and_is_checked(app_folder: Path) -> None:
    app = AppDefinition(folder_files(app_folder))
    counted = {page.path: len(page.components) for one in app.layout_sets for page in one.pages}
    assert counted == {path: len(_layout(app_folder / path)) for path in counted}
    for finding in check(app):
        assert str(finding.sentence)
        assert finding.place.path
    assert describe(app, app) == []
    assert app.title("nb") is not None


def test_every_page_file_of_a_layout_set_is_a_page(app_folder: Path) -> None:
    app = AppDefinition(folder_files(app_folder))
    pages = {page.path for one in app.layout_sets for page in one.pages}
    folders = {f"{one.folder}/layouts" for one in app.layout_sets}
    files = {path for path in app.files if path.rpartition("/")[0] in folders and path.endswith(".json")}
    assert files <= pages


def test_an_edit_of_one_property_changes_its_lines_alone(app_folder: Path) -> None:
    app = AppDefinition(folder_files(app_folder))
    for page, component in _components(app):
        for made in _edits(app, page, component):
            edits = made.apply(app)
            assert list(edits) == [page.path]
            data = edits[page.path]
            assert data is not None
            _assert_only_the_property(app.files[page.path], data, component, made)
            assert from_dict(made.to_dict()) == made
            assert str(made.sentence(app))
            if made.pointer == "/type":
                back = SetProperty(page.layout_set, page.name, component.id, "/type", component.type)
                restored = back.apply(AppDefinition(EditedFiles(app.files, edits)))
                assert restored[page.path] == app.files[page.path]


def _components(app: AppDefinition) -> Iterator[tuple[Page, Component]]:
    """The first, a middle and the last component of every page that has its id to itself."""
    for layout_set in app.layout_sets:
        for page in layout_set.pages:
            ids = [part.id for part in page.components]
            own = [part for part in page.components if part.id and ids.count(part.id) == 1]
            for part in sorted({0, len(own) // 2, len(own) - 1} if own else ()):
                yield page, own[part]


def _edits(app: AppDefinition, page: Page, component: Component) -> Iterator[SetProperty]:
    where = (page.layout_set, page.name, component.id)
    if "type" in component.raw:
        yield SetProperty(*where, "/type", "SomethingElse")
    yield SetProperty(*where, "/studioTest", 'new "value" with ø')
    yield SetProperty(*where, "/studioTest", {"deep": [1, {"er": None}]})


def _assert_only_the_property(before: bytes, after: bytes, component: Component, made: SetProperty) -> None:
    expected = json.loads(json.dumps(json_text.parse(before)))
    place = int(component.pointer.rpartition("/")[2])
    expected["data"]["layout"][place][made.pointer[1:]] = made.value
    assert json_text.same(json_text.parse(after), expected)
    assert before.startswith(b"\xef\xbb\xbf") == after.startswith(b"\xef\xbb\xbf")
    matcher = difflib.SequenceMatcher(None, _lines(before), _lines(after), autojunk=False)
    changed = [block for block in matcher.get_opcodes() if block[0] != "equal"]
    assert len(changed) == 1
    kind, start, end, new_start, new_end = changed[0]
    if made.pointer == "/type":
        assert (kind, end - start, new_end - new_start) == ("replace", 1, 1)
    elif b"\n" in json_text.raw(before, component.pointer).text:
        # A new property is a new line (or lines) and nothing else.
        assert kind == "insert"
        assert any(b"studioTest" in line for line in _lines(after)[new_start:new_end])


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True)


def _layout(path: Path) -> list[Any]:
    """The components of a page, read by other means."""
    text = path.read_bytes().decode("utf-8-sig")
    text = _COMMENT.sub(lambda found: found[0] if found[0][0] == '"' else " ", text)
    text = _TRAILING.sub(lambda found: found[0] if found[0][0] == '"' else " ", text)
    return list(json.loads(text)["data"]["layout"])
