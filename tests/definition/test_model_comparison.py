"""Edits of data models are told in the words in which they were made."""

import json
from typing import Any

import pytest

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddField,
    AddMember,
    AddType,
    Change,
    DeleteNode,
    ExtractType,
    MoveField,
    NewModel,
    RemoveModel,
    RenameNode,
    SetCombination,
    SetFile,
    SetKeywords,
    SetKind,
    SetOccurs,
    SetRequired,
)
from studio.definition.comparison import describe
from studio.definition.data_model.conversion import to_xsd
from studio.definition.files import EditedFiles
from tests import builders

AT = "/$defs/model/properties"
SCHEMA = "App/models/model.schema.json"
FIELDS: dict[str, Any] = {
    "name": "string",
    "age": "integer",
    "person": {"type": "object", "properties": {"first": {"type": "string"}, "last": {"type": "string"}}},
    "rows": {"type": "array", "items": {"type": "object", "properties": {"sum": {"type": "number"}}}},
}


def told(*changes: Change) -> list[str]:
    before = builders.app(fields=FIELDS, pages={"P": []})
    xsd = to_xsd(before.json(SCHEMA))
    app = before = AppDefinition(EditedFiles(before.files, {"App/models/model.xsd": xsd}))
    for change in changes:
        app = AppDefinition(EditedFiles(app.files, change.apply(app)))
    return [str(sentence) for sentence in describe(before, app)]


@pytest.mark.parametrize(
    "change",
    [
        AddField("model", "", "sum", "number"),
        RenameNode("model", f"{AT}/name", "fullName"),
        DeleteNode("model", f"{AT}/age"),
        SetRequired("model", f"{AT}/name", True),
        SetOccurs("model", f"{AT}/name", 0, None),
        SetKeywords("model", f"{AT}/name", {"maxLength": 4}),
        SetKeywords("model", f"{AT}/name", {"title": "Navn"}),
        SetKeywords("model", f"{AT}/age", {"minimum": 18}),
        SetKeywords("model", f"{AT}/name", {"x-own": {"a": 1}}),
        AddType("model", "Address"),
        NewModel("extra"),
    ],
    ids=lambda change: change.kind,
)
def test_a_change_is_told_as_it_was_announced(change: Change) -> None:
    expected = str(change.sentence(builders.app(fields=FIELDS, pages={"P": []})))
    said = [sentence for sentence in told(change) if "data type" not in sentence]
    assert said == [expected]


def test_what_is_inside_of_groups_rows_and_types_is_told_with_its_way() -> None:
    assert told(
        RenameNode("model", f"{AT}/person/properties/first", "given"),
        SetKeywords("model", f"{AT}/rows/items/properties/sum", {"maximum": 10}),
        SetKeywords("model", f"{AT}/rows", {"maxItems": 3}),
    ) == [
        "The field person.first in the data model model is now named given",
        "The field rows in the data model model now has at most 3 rows",
        "The field rows.sum in the data model model is now at most 10",
    ]


def test_a_moved_field_is_told_once() -> None:
    assert told(MoveField("model", f"{AT}/name", f"{AT}/person")) == [
        "The field name in the data model model was moved to person"
    ]
    assert told(MoveField("model", f"{AT}/age", "", before="name")) == [
        "The fields of model in the data model model were put in another order"
    ]


def test_kinds_lists_types_and_combinations_are_told() -> None:
    assert told(SetKind("model", f"{AT}/age", "date")) == [
        "The field age in the data model model is now of the kind date"
    ]
    assert told(ExtractType("model", f"{AT}/person", "Person"))[:2] == [
        "The field person in the data model model is now of the kind Person",
        "The type Person was added to the data model model",
    ]
    assert told(SetCombination("model", f"{AT}/person", "oneOf"), AddMember("model", f"{AT}/person"))[0] == (
        "The field person in the data model model was changed"
    )


def test_a_renamed_type_changes_none_of_its_fields() -> None:
    assert told(RenameNode("model", "/$defs/model", "Skjema")) == [
        "The type model in the data model model is now named Skjema"
    ]


def test_a_removed_model_is_told_with_its_files() -> None:
    before = builders.app()
    there = AppDefinition(EditedFiles(before.files, NewModel("extra").apply(before)))
    after = AppDefinition(EditedFiles(there.files, RemoveModel("extra").apply(there)))
    assert [str(sentence) for sentence in describe(there, after)] == [
        "The data type extra was removed",
        "The data model extra was removed",
    ]


def test_what_has_no_words_is_still_told() -> None:
    schema = json.loads(builders.app(fields=FIELDS, pages={"P": []}).files[SCHEMA])
    schema["@xsdNamespaces"] = {}
    assert told(SetFile(SCHEMA, builders.as_json(schema))) == ["The data model model was changed"]
