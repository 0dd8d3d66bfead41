"""Two people edit one data model: fields merge by name, and what follows the schema follows the merge."""

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddField,
    Change,
    DeleteNode,
    MoveField,
    NewModel,
    RenameNode,
    SetKeywords,
    SetRequired,
)
from studio.definition.data_model.conversion import matches
from studio.definition.files import EditedFiles, Files
from studio.definition.merge import merge
from tests import builders

SCHEMA, XSD = "App/models/extra.schema.json", "App/models/extra.xsd"


def changed(files: Files, *changes: Change) -> Files:
    for change in changes:
        files = EditedFiles(files, change.apply(AppDefinition(files)))
    return files


BASE = changed(
    builders.app_files(),
    NewModel("extra"),
    *(AddField("extra", "", name, "string") for name in ("a", "b", "c")),
)


def merged(ours: list[Change], theirs: list[Change]) -> AppDefinition:
    theirs_files = changed(BASE, *theirs)
    found = merge(BASE, changed(BASE, *ours), theirs_files)
    assert found.conflicts == ()
    return AppDefinition(EditedFiles(theirs_files, found.edits))


def test_both_added_a_field_in_the_same_place() -> None:
    app = merged(
        [AddField("extra", "", "mine", "date")],
        [AddField("extra", "", "yours", "integer"), SetRequired("extra", "/properties/yours", True)],
    )
    model = app.model("extra")
    assert model is not None
    assert {field.name for field in model.fields} == {"a", "b", "c", "mine", "yours"}
    assert matches(app.files[XSD], app.json(SCHEMA)) is None
    assert b'name="mine"' in app.files[XSD]


def test_one_renamed_and_the_other_limited_a_neighbour() -> None:
    app = merged(
        [RenameNode("extra", "/properties/b", "middle")],
        [SetKeywords("extra", "/properties/a", {"maxLength": 3}), DeleteNode("extra", "/properties/c")],
    )
    assert list(app.json(SCHEMA)["properties"]) == ["a", "middle"]
    assert matches(app.files[XSD], app.json(SCHEMA)) is None


def test_what_somebody_wrote_into_the_xsd_by_hand_stays() -> None:
    note = b"<!-- mine -->\n      <xs:sequence>"
    theirs = changed(BASE, AddField("extra", "", "yours", "string"))
    ours_data = BASE[XSD].replace(b"<xs:sequence>", note).replace(b'name="c"', b'name="d"')
    found = merge(BASE, EditedFiles(BASE, {XSD: ours_data}), theirs)
    assert found.conflicts == ()
    assert all(word in found.edits[XSD] for word in (b"<!-- mine -->", b'name="d"', b'name="yours"'))


def test_what_one_wrote_into_the_xsd_by_hand_where_the_other_changed_the_field_is_a_question() -> None:
    theirs = changed(BASE, RenameNode("extra", "/properties/c", "yours"))
    found = merge(BASE, EditedFiles(BASE, {XSD: BASE[XSD].replace(b'name="c"', b'name="c" x="1"')}), theirs)
    assert [(conflict.place.path, conflict.identity) for conflict in found.conflicts] == [(XSD, "c")]


def test_fields_that_one_put_in_another_order_stay_in_it() -> None:
    app = merged(
        [MoveField("extra", "/properties/c", "", before="a")],
        [AddField("extra", "", "d", "string"), SetKeywords("extra", "/properties/a", {"maxLength": 3})],
    )
    assert list(app.json(SCHEMA)["properties"]) == ["c", "a", "b", "d"]
    assert matches(app.files[XSD], app.json(SCHEMA)) is None


def test_the_same_limit_set_to_two_values_is_a_conflict_with_a_name() -> None:
    ours = changed(BASE, SetKeywords("extra", "/properties/a", {"maxLength": 3}))
    theirs = changed(BASE, SetKeywords("extra", "/properties/a", {"maxLength": 4}))
    found = merge(BASE, ours, theirs)
    assert [conflict.key for conflict in found.conflicts] == [f"{SCHEMA}#/properties/a/maxLength"]
