"""Every place that names a text is found, and follows when the text gets another key."""

import json
from pathlib import Path
from typing import Any

import pytest

from studio.definition.app import AppDefinition
from studio.definition.changes import RenameText
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles, MemoryFiles, folder_files
from studio.definition.text_references import text_places, uses_of_text

PROCESS = """<?xml version="1.0" encoding="utf-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:altinn="http://altinn.no/process">
  <bpmn:process id="p">
    <bpmn:sequenceFlow id="f" sourceRef="a" targetRef="b">
      <bpmn:conditionExpression>["equals", ["text", "k"], "k"]</bpmn:conditionExpression>
    </bpmn:sequenceFlow>
  </bpmn:process>
</bpmn:definitions>"""
COMPONENTS: list[Any] = [
    {
        "id": "k",
        "type": "RadioButtons",
        "dataModelBindings": {"simpleBinding": "k"},
        "textResourceBindings": {
            "title": "k",
            "help": ["if", ["equals", ["component", "k"], "k"], "k", "else", "other"],
        },
        "options": [{"label": "k", "value": "k"}],
    },
    {
        "id": "tabs",
        "type": "Tabs",
        "tabs": [{"id": "k", "title": "k", "children": []}],
    },
    {
        "id": "list",
        "type": "List",
        "tableHeaders": {"k": "k"},
        "dataListId": "k",
        "hidden": ["equals", ["text", "k"], ["lookup", "k"]],
    },
]


def as_json(value: Any) -> bytes:
    return json.dumps(value, indent=2).encode()


def app() -> AppDefinition:
    texts = {
        "nb": [
            {"id": "k", "value": "Kommune"},
            {"id": "around", "value": "{0}", "variables": [{"key": "k", "dataSource": "text"}]},
            {"id": "of data", "value": "{0}", "variables": [{"key": "k", "dataSource": "dataModel.default"}]},
        ],
        "en": [{"id": "k", "value": "Municipality"}],
    }
    files = {
        "App/config/applicationmetadata.json": as_json(
            {"id": "o/a", "title": {"nb": "A"}, "dataTypes": [{"id": "k", "grouping": "k"}]}
        ),
        "App/config/process/process.bpmn": PROCESS.encode(),
        "App/ui/layout-sets.json": as_json({"sets": [{"id": "form", "dataType": "model", "tasks": ["a"]}]}),
        "App/ui/form/Settings.json": as_json({"pages": {"groups": [{"name": "k", "order": ["One"]}]}}),
        "App/ui/form/layouts/One.json": as_json({"data": {"layout": COMPONENTS}}),
        "App/ui/footer.json": as_json({"footer": [{"type": "Text", "title": "k"}]}),
        "App/options/k.json": as_json([{"value": "k", "label": "k", "helpText": "k"}]),
        **{
            f"App/config/texts/resource.{language}.json": as_json({"language": language, "resources": listed})
            for language, listed in texts.items()
        },
    }
    return AppDefinition(MemoryFiles(files))


def test_every_kind_of_place_is_found_and_names_of_other_things_are_not() -> None:
    found = {f"{place.file.removeprefix('App/')}#{place.pointer}" for place in uses_of_text(app(), "k")}
    page = "ui/form/layouts/One.json#/data/layout"
    assert found == {
        f"{page}/0/textResourceBindings/title",
        f"{page}/0/textResourceBindings/help/2",
        f"{page}/0/options/0/label",
        f"{page}/1/tabs/0/title",
        f"{page}/2/tableHeaders/k",
        f"{page}/2/hidden/1/1",
        "ui/form/Settings.json#/pages/groups/0/name",
        "ui/footer.json#/footer/0/title",
        "options/k.json#/0/label",
        "options/k.json#/0/helpText",
        "config/texts/resource.nb.json#/resources/1/variables/0/key",
        "config/applicationmetadata.json#/dataTypes/0/grouping",
        "config/process/process.bpmn#/1/1",
    }


def test_a_text_with_another_key_is_followed_everywhere_and_the_way_back_gives_the_same_files() -> None:
    before = app()
    after = AppDefinition(EditedFiles(before.files, RenameText("k", "kommune.navn").apply(before)))
    assert not uses_of_text(after, "k")
    assert len(uses_of_text(after, "kommune.navn")) == len(uses_of_text(before, "k"))
    assert [text.id for text in after.texts("nb")] == ["kommune.navn", "around", "of data"]
    assert after.texts("en").get("kommune.navn")
    again = EditedFiles(after.files, RenameText("kommune.navn", "k").apply(after))
    assert {path: again[path] for path in again} == {path: before.files[path] for path in before.files}


@pytest.mark.parametrize(
    ("key", "to", "problem"),
    [
        ("gone", "new", "no text gone"),
        ("k", "around", "already a text"),
        ("k", "with blanks", "one word"),
        ("k", "", "one word"),
    ],
)
def test_a_key_that_is_taken_or_none_is_refused(key: str, to: str, problem: str) -> None:
    with pytest.raises((DomainError, NotThere), match=problem):
        RenameText(key, to).apply(app())


def test_the_title_of_a_page_keeps_the_name_of_the_page() -> None:
    before = app()
    path = "App/config/texts/resource.nb.json"
    named = AppDefinition(
        EditedFiles(before.files, {path: before.files[path].replace(b'"around"', b'"One"')})
    )
    with pytest.raises(DomainError, match="One has to keep its key"):
        RenameText("One", "two").apply(named)


def test_every_text_that_real_forms_name_is_a_place(vectors: Path) -> None:
    checked = 0
    for config in sorted((vectors / "apps").rglob("applicationmetadata.json")):
        opened = AppDefinition(folder_files(config.parent.parent.parent))
        named = {
            key
            for layout_set in opened.layout_sets
            for _, component in layout_set.components()
            for key in component.text_keys.values()
        }
        assert named <= {place.key for place in text_places(opened)}, config
        checked += bool(named)
    assert checked > 10
