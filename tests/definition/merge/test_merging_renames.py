"""What one side renamed is one thing for the merge: edits of the other side land in it, and name it anew."""

import json
from typing import Any

import pytest
from builders import app_files, field

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes import (
    AddComponent,
    Change,
    RenameComponent,
    RenameOptionList,
    RenamePage,
    RenameText,
    SetProperty,
    SetText,
)
from studio.definition.checks import check
from studio.definition.files import EditedFiles, Files
from studio.definition.merge import merge, new_findings

COLOURS = json.dumps([{"value": "r", "label": "Red"}, {"value": "g", "label": "Green"}], indent=2).encode()
COLOUR = field("colour", "age", "Dropdown", optionsId="colours")
BASE = app_files(
    pages={
        "Contact": (field("name", "name"), field("phone", "phone"), COLOUR),
        "Summary": (field("note", "age"),),
    },
    more={"App/options/colours.json": COLOURS},
)
ASKS_FOR_NAME = ["equals", ["component", "name"], "x"]


def changed(*changes: Change) -> Files:
    files: Files = BASE
    for change in changes:
        files = EditedFiles(files, change.apply(app_definition(files)))
    return files


def merged(ours: Files, theirs: Files) -> AppDefinition:
    """The merge, which must be clean, without new faults, and the same from the other side."""
    found, mirrored = merge(BASE, ours, theirs), merge(BASE, theirs, ours)
    assert found.conflicts == () == mirrored.conflicts
    one, other = EditedFiles(theirs, found.edits), EditedFiles(ours, mirrored.edits)
    assert parsed(one) == parsed(other)
    assert new_findings(ours, theirs, one) == ()
    return app_definition(one)


def parsed(files: Files) -> dict[str, Any]:
    return {path: json.loads(files[path]) if path.endswith(".json") else files[path] for path in files}


def errors(app: AppDefinition) -> list[str]:
    return [found.code for found in check(app) if found.severity == "error"]


def test_edits_follow_a_renamed_page_and_nothing_of_it_stays_behind() -> None:
    added = AddComponent("Task_1", "Contact", None, 0, {"id": "new", "type": "Input"})
    required = SetProperty("Task_1", "Contact", "name", "/required", True)
    app = merged(changed(RenamePage("Task_1", "Contact", "about")), changed(added, required))
    assert [page.name for page in app.layout_sets[0].pages] == ["about", "Summary"]
    page = app.page("Task_1", "about")
    assert page is not None
    assert [one.id for one in page.components] == ["new", "name", "phone", "colour"]
    assert page.component("name").raw["required"] is True


def test_edits_follow_a_renamed_component_and_what_is_new_names_it_as_it_is_called_now() -> None:
    ours = changed(RenameComponent("Task_1", "Contact", "name", "full-name"))
    theirs = changed(
        SetProperty("Task_1", "Contact", "name", "/required", True),
        SetProperty("Task_1", "Summary", "note", "/hidden", ASKS_FOR_NAME),
    )
    app = merged(ours, theirs)
    assert app.page("Task_1", "Contact").component("full-name").raw["required"] is True
    assert app.page("Task_1", "Summary").component("note").raw["hidden"][1] == ["component", "full-name"]


def test_a_text_that_got_another_key_keeps_what_the_other_wrote_and_uses_follow() -> None:
    ours = changed(RenameText("name.title", "who.title"))
    theirs = changed(
        SetText("nb", "name.title", "Hele navnet"),
        SetProperty("Task_1", "Summary", "note", "/textResourceBindings/title", "name.title"),
    )
    app = merged(ours, theirs)
    assert app.texts("nb").get("who.title").value == "Hele navnet"
    assert app.page("Task_1", "Summary").component("note").text_key("title") == "who.title"
    assert "name.title" not in app.texts("nb")


def test_a_list_of_options_that_got_another_name_is_used_by_it() -> None:
    ours = changed(RenameOptionList("colours", "paints"))
    theirs = changed(SetProperty("Task_1", "Summary", "note", "/optionsId", "colours"))
    app = merged(ours, theirs)
    assert app.option_ids == ("paints",)
    assert app.page("Task_1", "Summary").component("note").raw["optionsId"] == "paints"


@pytest.mark.parametrize("name", ["about", "other"])
def test_a_page_that_both_renamed_is_there_once_or_asked_about(name: str) -> None:
    ours = changed(RenamePage("Task_1", "Contact", "about"))
    theirs = changed(
        RenamePage("Task_1", "Contact", name), SetProperty("Task_1", name, "name", "/required", True)
    )
    found = merge(BASE, ours, theirs)
    app = app_definition(EditedFiles(theirs, found.edits))
    assert [one.id for page in app.layout_sets[0].pages for one in page.components].count("name") == 1
    assert bool(found.conflicts) is (name == "other")


def test_another_component_with_the_id_of_one_that_is_gone_is_no_rename() -> None:
    """Only what stayed the same but for its name was renamed."""
    page = json.loads(BASE["App/ui/Task_1/layouts/Contact.json"])
    page["data"]["layout"][0] = field("first", "phone")
    ours = EditedFiles(BASE, {"App/ui/Task_1/layouts/Contact.json": json.dumps(page).encode()})
    theirs = changed(SetProperty("Task_1", "Contact", "name", "/required", True))
    (conflict,) = merge(BASE, ours, theirs).conflicts
    assert conflict.identity == "name"
