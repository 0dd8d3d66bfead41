"""Edits of data models in a draft: all of them are undone to the very same files, and done again."""

from history_edits import KARI, NOW

from studio.definition.app import app_definition
from studio.definition.changes import (
    AddField,
    AddType,
    Change,
    DeleteNode,
    ExtractType,
    MoveField,
    NewModel,
    RenameNode,
    SetKeywords,
    SetOccurs,
    SetRequired,
    WriteXsd,
)
from studio.history.repositories import Repositories
from tests import builders

AT = "/$defs/model/properties"
EDITS: tuple[Change, ...] = (
    WriteXsd("model"),
    NewModel("extra"),
    AddField("extra", "", "a", "date"),
    AddType("model", "Address"),
    AddField("model", "", "home", "type:Address"),
    RenameNode("model", f"{AT}/name", "fullName"),
    AddField("model", "", "person", "group"),
    MoveField("model", f"{AT}/fullName", f"{AT}/person"),
    SetKeywords("model", f"{AT}/age", {"minimum": 0, "title": "Alder"}),
    SetRequired("model", f"{AT}/age", True),
    SetOccurs("model", f"{AT}/age", 1, 3),
    ExtractType("model", f"{AT}/person", "Person"),
    DeleteNode("model", f"{AT}/phone"),
)


def test_edits_of_models_are_undone_and_done_again(repositories: Repositories) -> None:
    app = repositories.create("ttd", "models", builders.app_files(), KARI, "Make the app", NOW)
    draft = app.draft("kari")
    trees = [draft.files.tree_id]
    for change in EDITS:
        draft.apply(change, draft.revision, KARI, NOW)
        trees.append(draft.files.tree_id)
    assert len(set(trees)) == len(EDITS) + 1
    for tree in reversed(trees[:-1]):
        draft.undo(KARI, NOW)
        assert draft.files.tree_id == tree
    assert {path: draft.files[path] for path in draft.files} == dict(builders.app_files())
    for tree in trees[1:]:
        draft.redo(KARI, NOW)
        assert draft.files.tree_id == tree
    model = app_definition(draft.files).model("model")
    assert model is not None
    assert [field.path for field in model.walk()] == ["age", "home", "person", "person.fullName"]
