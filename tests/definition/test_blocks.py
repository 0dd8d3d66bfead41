"""Blocks that stand in an app: put there, and brought to newer versions with what the app itself changed."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from builders import app as small_app
from builders import as_json, field, group

from studio.definition.app import AppDefinition
from studio.definition.blocks import (
    FollowBlock,
    InsertBlock,
    KeepAsBlock,
    LeaveBlock,
    UpdateBlock,
    beginning,
    brought,
    given_back,
    is_there,
)
from studio.definition.changes import (
    Change,
    InsertComponents,
    MoveComponents,
    RemoveComponents,
    RenameComponent,
    RenameOptionList,
    RenameText,
    SetText,
    from_dict,
)
from studio.definition.comparison import describe
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles
from studio.definition.library.used_blocks import UsedBlock, read_used, used_blocks
from studio.definition.snippets import Snippet, taken

PAGE = ("Task_1", "Contact")
COLOURS = [{"value": "r", "label": "colour.red"}, {"value": "b", "label": "colour.blue"}]
SOURCE = small_app(
    pages={
        "Contact": [
            group("who", "name", "phone"),
            field("name", "person.name"),
            field("phone", "person.phone"),
            field("colour", "person.colour", "Dropdown", optionsId="colours"),
        ]
    },
    fields={
        "person": {
            "type": "object",
            "properties": {
                "name": {"type": "string", "maxLength": 50},
                "phone": {"type": "string"},
                "colour": {"type": "string"},
            },
        }
    },
    texts={
        "nb": {"name.title": "Navn", "phone.title": "Telefon", "colour.title": "Farge", "colour.red": "Rød"},
        "en": {"name.title": "Name", "phone.title": "Phone"},
    },
    more={"App/options/colours.json": as_json(COLOURS)},
)


def first() -> Snippet:
    page = SOURCE.page(*PAGE)
    assert page is not None
    return taken(SOURCE, SOURCE.layout_sets[0], page.roots)


def second(**more: Any) -> Snippet:
    """A newer version: another text, another rule, one component gone, one new."""
    made = deepcopy(first().to_dict())
    made["components"] = [raw for raw in made["components"] if raw["id"] != "phone"]
    made["components"][0]["children"] = ["name", "mail"]
    made["components"].insert(2, field("mail", "person.mail", required=True))
    made["texts"]["nb"] |= {"name.title": "Fullt navn", "mail.title": "E-post"}
    made["options"]["colours"].append({"value": "g", "label": "colour.green"})
    made["fields"] = [one for one in made["fields"] if one["path"] != "person.phone"]
    for one in made["fields"]:
        if one["path"] == "person.name":
            one["maxLength"] = 80
    made["fields"].append({"path": "person.mail", "kind": "string", "maxLength": 100})
    return replace(Snippet(**{**made, "components": tuple(made["components"])}), **more)


ENTRY = {"key": "who-1", "title": "Who", "block": "who", "organisation": "ttd", "version": 1}


def after(app: AppDefinition, *changes: Change) -> AppDefinition:
    """Each change as it comes out of JSON."""
    for change in changes:
        again = from_dict(json.loads(json.dumps(change.to_dict())))
        app = AppDefinition(EditedFiles(app.files, again.apply(app)))
    return app


def with_block(app: AppDefinition | None = None, under: str | None = None) -> AppDefinition:
    target = app or small_app(pages={"Contact": [field("town"), {"id": "next", "type": "NavigationButtons"}]})
    insert = InsertComponents.of(first(), *PAGE, None, 1, under=under)
    return after(target, InsertBlock(ENTRY, (insert,)))


def update(
    app: AppDefinition, newer: Snippet | None = None, choices: Mapping[str, Any] | None = None
) -> AppDefinition:
    change = UpdateBlock("who-1", "Who", 2, first().to_dict(), (newer or second()).to_dict(), choices or {})
    return after(app, change)


def used(app: AppDefinition) -> UsedBlock:
    return used_blocks(app)["who-1"]


def raws(app: AppDefinition, page: str = "Contact") -> dict[str, dict[str, Any]]:
    found = app.page("Task_1", page)
    assert found is not None
    return {one.id: dict(one.raw) for one in found.components}


def text(app: AppDefinition, key: str, language: str = "nb") -> str | None:
    found = app.texts(language).get(key)
    return found.value if found else None


def test_an_app_says_which_block_stands_in_it_and_what_everything_of_it_is_called() -> None:
    app = with_block(small_app(pages={"Contact": [field("town"), field("name")]}))
    found = used(app)
    assert (found.block, found.version, found.layout_set, found.follows) == ("who", 1, "Task_1", "latest")
    assert found.components == {"who": "who", "name": "name2", "phone": "phone", "colour": "colour"}
    assert found.texts["name.title"] == "name2.title"
    assert found.options == {"colours": "colours"}
    assert raws(app)["who"]["children"] == ["name2", "phone"]


def test_a_block_that_the_app_changed_nothing_of_becomes_the_newer_version() -> None:
    app = update(with_block())
    assert list(raws(app)) == ["town", "who", "name", "mail", "colour", "next"]
    assert raws(app)["who"]["children"] == ["name", "mail"]
    assert raws(app)["mail"]["dataModelBindings"] == {"simpleBinding": "person.mail"}
    assert text(app, "mail.title") == "E-post"
    assert [one["value"] for one in app.json(app.paths.options("colours"))] == ["r", "b", "g"]
    model = app.model("model")
    assert model is not None
    mail, name = model.field("person.mail"), model.field("person.name")
    assert mail is not None
    assert name is not None
    assert mail.value_node.first("maxLength") == 100
    assert name.value_node.first("maxLength") == 80
    assert model.field("person.phone") is not None, "answers are never taken away"
    assert used(app).version == 2
    assert used(app).components == {"who": "who", "name": "name", "mail": "mail", "colour": "colour"}


def test_what_the_app_changed_itself_stays_where_the_newer_version_says_nothing_of_it() -> None:
    app = after(
        with_block(),
        SetText("nb", "colour.title", "Yndlingsfarge"),
        RenameComponent(*PAGE, "name", "fullName"),
        RenameText("name.title", "who.name"),
        RenameOptionList("colours", "favourites"),
    )
    page = raws(app)
    page["fullName"] |= {"readOnly": True}
    own = {"id": "own", "type": "Paragraph"}
    page["who"]["children"].append("own")
    layout = [*page.values()]
    layout.insert(3, own)
    path = "App/ui/Task_1/layouts/Contact.json"
    app = AppDefinition(EditedFiles(app.files, {path: as_json({"data": {"layout": layout}})}))

    app = update(app)
    assert raws(app)["who"]["children"] == ["fullName", "mail", "own"]
    assert raws(app)["fullName"]["readOnly"] is True
    assert "own" in raws(app)
    assert text(app, "colour.title") == "Yndlingsfarge"
    assert text(app, "who.name") == "Fullt navn"
    assert [one["value"] for one in app.json(app.paths.options("favourites"))] == ["r", "b", "g"]
    assert "colours" not in app.option_ids


def test_what_both_changed_is_a_choice() -> None:
    app = after(with_block(), SetText("nb", "name.title", "Hva heter du?"))
    found = brought(app, used(app), (first(), second()), 2)
    assert [(one.ours, one.theirs) for one in found.conflicts] == [("Fullt navn", "Hva heter du?")]
    with pytest.raises(DomainError, match="Choose first"):
        update(app)
    key = found.conflicts[0].key
    assert text(update(app, choices={key: "ours"}), "name.title") == "Fullt navn"
    assert text(update(app, choices={key: "theirs"}), "name.title") == "Hva heter du?"


def test_a_text_that_nobody_had_written_when_the_block_came_is_a_choice_too_once_both_write_it() -> None:
    app = after(with_block(), SetText("en", "colour.title", "My colour"))
    english = {**second().texts, "en": {**second().texts["en"], "colour.title": "Favourite colour"}}
    found = brought(app, used(app), (first(), second(texts=english)), 2)
    assert [(one.ours, one.theirs) for one in found.conflicts] == [("Favourite colour", "My colour")]


def test_what_the_app_took_away_stays_away_and_is_a_choice_where_the_block_changed_it() -> None:
    app = after(with_block(), RemoveComponents(*PAGE, ("colour",)))
    assert "colour" not in raws(update(app))
    newer = [{**raw, "required": True} if raw["id"] == "colour" else raw for raw in second().components]
    found = brought(app, used(app), (first(), second(components=newer)), 2)
    assert [one.identity for one in found.conflicts] == ["colour"]


def test_a_block_is_found_on_the_page_and_in_the_group_that_it_was_moved_to() -> None:
    target = small_app(
        pages={"Contact": [field("town"), group("box", "inner"), field("inner")], "Other": [field("age")]}
    )
    app = after(with_block(target), MoveComponents(*PAGE, ("colour",), "Other", None, 0))
    app = after(app, MoveComponents(*PAGE, ("who",), "Contact", "box", 0))
    app = update(app)
    assert raws(app)["box"]["children"] == ["who", "inner"]
    assert raws(app)["who"]["children"] == ["name", "mail"]
    assert list(raws(app, "Other")) == ["colour", "age"]


def renamed_form(app: AppDefinition, to: str) -> AppDefinition:
    """The app after somebody gave the folder of its form another name, in Git."""
    moved = {path: data for path, data in app.files.items() if path.startswith("App/ui/Task_1/")}
    edits: dict[str, bytes | None] = dict.fromkeys(moved)
    edits |= {path.replace("Task_1", to): data for path, data in moved.items()}
    return AppDefinition(EditedFiles(app.files, edits))


def test_a_block_is_followed_to_the_form_that_it_was_moved_to_in_the_files() -> None:
    app = renamed_form(with_block(), "Task_2")
    assert used(app).layout_set == "Task_2"
    assert is_there(app, used(app))
    app = update(app)
    page = app.page("Task_2", "Contact")
    assert page is not None
    assert {"who", "name", "mail"} <= {one.id for one in page.components}
    assert json.loads(app.files["App/library.json"])["blocks"]["who-1"]["layoutSet"] == "Task_2"


def test_a_block_is_not_followed_to_a_form_that_has_only_some_of_its_names_or_that_another_block_has() -> (
    None
):
    assert (
        used(
            after(renamed_form(with_block(), "Task_2"), RemoveComponents("Task_2", "Contact", ("colour",)))
        ).layout_set
        == "Task_1"
    )
    app = renamed_form(with_block(), "Task_2")
    held = json.loads(app.files["App/library.json"])
    held["blocks"]["who-2"] = held["blocks"]["who-1"] | {"layoutSet": "Task_2"}
    app = AppDefinition(EditedFiles(app.files, {"App/library.json": json.dumps(held).encode()}))
    assert used(app).layout_set == "Task_1"


def test_a_block_in_another_group_of_the_data_model_gets_its_new_fields_there() -> None:
    holder = {"applicant": {"type": "object", "properties": {"town": {"type": "string"}}}}
    target = small_app(pages={"Contact": [field("town", "applicant.town")]}, fields=holder)
    app = update(with_block(target, under="applicant"))
    assert raws(app)["mail"]["dataModelBindings"] == {"simpleBinding": "applicant.mail"}
    model = app.model("model")
    assert model is not None
    assert model.field("applicant.mail") is not None
    assert model.field("person") is None


def test_what_an_app_follows_is_told_in_sentences() -> None:
    before = small_app(pages={"Contact": [field("town")]})
    steps = [before, with_block(before)]
    steps.append(update(steps[-1]))
    steps += [after(steps[-1], FollowBlock("who-1", is_held=True))]
    steps += [after(steps[-1], LeaveBlock("who-1"))]
    said = [str(describe(one, other)[-1]) for one, other in pairwise(steps)]
    assert said == [
        "The app has *who* from the library, version 1",
        "*who* from the library is now version 2",
        "The app holds on to version 2 of *who* from the library",
        "The app no longer follows *who* in the library",
    ]


def test_nothing_is_brought_where_no_component_of_the_block_is_left() -> None:
    app = after(with_block(), RemoveComponents(*PAGE, ("who", "colour")))
    assert not is_there(app, used(app))
    with pytest.raises(NotThere):
        update(app)


def test_an_app_holds_on_to_a_version_follows_again_and_leaves() -> None:
    app = after(with_block(), FollowBlock("who-1", is_held=True))
    assert used(app).follows == 1
    assert used(after(app, FollowBlock("who-1"))).follows == "latest"
    app = after(app, LeaveBlock("who-1"))
    assert not used_blocks(app)
    assert "name" in raws(app)
    with pytest.raises(NotThere):
        after(app, LeaveBlock("who-1"))


def test_what_is_kept_from_where_a_block_stands_has_the_names_of_the_block() -> None:
    app = with_block(small_app(pages={"Contact": [field("name")]}), under="applicant")
    app = after(app, SetText("nb", "name2.title", "Fullt navn"))
    found = app.page(*PAGE)
    assert found is not None
    chosen = [one for one in found.roots if one.id != "name"]
    made, known = given_back(used(app), taken(app, app.layout_sets[0], chosen))
    assert [raw["id"] for raw in made.components] == ["who", "name", "phone", "colour"]
    assert made.components[0]["children"] == ["name", "phone"]
    assert made.components[1]["dataModelBindings"] == {"simpleBinding": "person.name"}
    assert made.components[1]["textResourceBindings"] == {"title": "name.title"}
    assert made.texts["nb"]["name.title"] == "Fullt navn"
    assert "person.name" in {one["path"] for one in made.fields}
    assert known.components == used(app).components


def test_the_app_that_a_block_was_kept_from_follows_it() -> None:
    use = beginning(UsedBlock("who-1", "who", "ttd", 1, "Task_1"), first())
    app = after(SOURCE, KeepAsBlock({**use.to_json(), "key": "who-1", "title": "Who"}))
    assert text(update(app), "name.title") == "Fullt navn"
    assert list(raws(update(app))) == ["who", "name", "mail", "colour"]


@pytest.mark.parametrize(
    "raw",
    [
        None,
        [],
        "x",
        {},
        {"block": "a", "organisation": "b", "version": 1},
        {**ENTRY, "layoutSet": "", "x": 1},
    ],
)
def test_what_is_no_entry_is_passed_over(raw: Any) -> None:
    assert read_used("k", raw) is None
    broken = {"App/library.json": as_json({"blocks": {"k": raw}})}
    assert not used_blocks(AppDefinition(EditedFiles(SOURCE.files, broken)))


def test_changes_that_are_not_complete_are_refused() -> None:
    for value in (
        {"kind": "insert_block", "entry": ENTRY, "changes": []},
        {"kind": "keep_as_block", "entry": ENTRY},
        {"kind": "update_block", "key": "who-1", "title": "", "version": 2, "before": {}, "after": {}},
    ):
        with pytest.raises(DomainError):
            after(with_block(), from_dict(value))
