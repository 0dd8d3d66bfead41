"""Data models that come, are replaced, and go, with their data types and the files beside them."""

import json
from typing import Any

import pytest
from lxml import etree

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddField,
    Change,
    ImportModel,
    NewModel,
    RemoveModel,
    RenameNode,
    ReplaceModel,
    ReplaceSchemaText,
    SetKeywords,
    SetRequired,
    WriteXsd,
    from_dict,
)
from studio.definition.changes.data_models import consequences
from studio.definition.checks import check
from studio.definition.data_model.conversion import matches, to_xsd
from studio.definition.data_model.metamodel import classes, csharp, to_metamodel
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import EditedFiles
from tests import builders
from tests.builders import as_json, field

METADATA = "App/config/applicationmetadata.json"
SCHEMA = "App/models/model.schema.json"
XSD = "App/models/model.xsd"
OTHER = json.dumps(
    {"@xsdRootElement": "Other", "type": "object", "properties": {"name": {"type": "string"}}}, indent=2
)


def changed(app: AppDefinition, *changes: Change) -> AppDefinition:
    for change in changes:
        sent = from_dict(json.loads(json.dumps(change.to_dict())))
        assert sent == change
        app = AppDefinition(EditedFiles(app.files, sent.apply(app)))
    return app


def data_type(app: AppDefinition, name: str) -> Any:
    return next(kind for kind in app.json(METADATA)["dataTypes"] if kind["id"] == name)


def test_a_new_model_has_a_data_type_a_schema_and_an_xsd_and_grows() -> None:
    app = changed(
        builders.app(), NewModel("extra", "Task_1"), NewModel("loose"), AddField("extra", "", "sum", "number")
    )
    assert data_type(app, "extra") == {
        "id": "extra",
        "allowedContentTypes": ["application/xml"],
        "appLogic": {"autoCreate": True, "classRef": "Altinn.App.Models.extra.extra"},
        "taskId": "Task_1",
        "maxCount": 1,
        "minCount": 1,
    }
    assert data_type(app, "loose")["minCount"] == 0
    assert data_type(app, "loose")["appLogic"]["autoCreate"] is False
    schema = etree.XMLSchema(etree.fromstring(app.files["App/models/extra.xsd"]))
    assert schema.validate(etree.fromstring(b"<extra><sum>1.5</sum></extra>"))
    assert matches(app.files["App/models/extra.xsd"], app.json("App/models/extra.schema.json")) is None
    assert not [found for found in check(app) if found.severity == "error"]


def test_an_imported_model_is_written_as_it_came_and_gets_what_it_lacks() -> None:
    change = ImportModel(
        "other",
        OTHER,
        None,
        {".metadata.json": "{}"},
        task="Task_1",
        content_types=("application/json",),
        maximum=0,
    )
    app = changed(builders.app(), change)
    assert app.files["App/models/other.schema.json"].decode() == OTHER
    assert app.files["App/models/other.xsd"] == to_xsd(json.loads(OTHER))
    assert "App/models/other.metadata.json" in app.files
    assert data_type(app, "other")["maxCount"] == 0
    assert data_type(app, "other")["allowedContentTypes"] == ["application/json"]
    own = changed(builders.app(), ImportModel("other", OTHER, "<own/>", class_ref="My.Class"))
    assert own.files["App/models/other.xsd"] == b"<own/>"
    assert data_type(own, "other")["appLogic"]["classRef"] == "My.Class"


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (NewModel("model"), "already a data model"),
        (NewModel("Model"), "already a data model"),
        (ImportModel("model", OTHER), "already a data model"),
        (NewModel("a b"), "cannot be called"),
        (NewModel("newer", "Task_9"), "no step Task_9"),
        (NewModel("../x"), "cannot be called"),
        (NewModel("class"), "cannot be called"),
        (ImportModel("o", "[]"), "JSON object"),
        (ImportModel("o", "{"), "no longer be JSON"),
        (ImportModel("o", OTHER, "<a>"), "line 1"),
        (ImportModel("o", OTHER, None, {"x.cs": ""}), "cannot lie beside"),
        (ImportModel("o", OTHER, None, {"./../x": ""}), "cannot lie beside"),
        (ImportModel("o", OTHER, None, {".cs": 1}), "cannot lie beside"),
        (ImportModel("o", OTHER, minimum=3, maximum=2), "at least 0 times"),
        (ReplaceModel("gone", OTHER), "no data model gone"),
        (RemoveModel("gone"), "no data model gone"),
        (RemoveModel("model"), "still used by the form Task_1"),
        (ReplaceSchemaText("model", "[]"), "JSON object"),
        (ReplaceSchemaText("model", "{"), "no longer be JSON"),
    ],
)
def test_what_cannot_come_or_go_is_refused(change: Change, words: str) -> None:
    with pytest.raises(DomainError, match=words):
        change.apply(builders.app())


def test_bindings_that_a_replaced_model_has_no_field_for_are_named_before_and_stay() -> None:
    app = changed(builders.app(), WriteXsd("model"))
    change = ReplaceModel("model", OTHER)
    told = consequences(app, change)
    assert [(use.field, use.component) for use in told] == [("phone", "phone")]
    after = changed(app, change)
    assert after.files[XSD] == to_xsd(json.loads(OTHER))
    assert "missing-field" in [found.code for found in check(after)]
    assert after.json(METADATA) == app.json(METADATA)


def test_a_removed_model_takes_its_data_type_and_files_along() -> None:
    app = builders.app()
    there = changed(app, NewModel("extra"))
    prefill = {"App/models/extra.prefill.json": b"{}", "App/models/extra.cs": b"class extra {}"}
    full = AppDefinition(EditedFiles(there.files, prefill))
    after = changed(full, RemoveModel("extra"))
    assert {path: after.files[path] for path in after.files} == dict(app.files)
    bound = changed(
        builders.app(
            pages={
                "P": [field("x", dataModelBindings={"simpleBinding": {"dataType": "extra", "field": "a"}})]
            }
        ),
        NewModel("extra"),
        AddField("extra", "", "a", "string"),
    )
    assert [use.component for use in consequences(bound, RemoveModel("extra"))] == ["x"]


def test_a_schema_written_by_hand_keeps_its_mark_and_line_ends_and_the_xsd_follows() -> None:
    text = b"\xef\xbb\xbf" + OTHER.replace("\n", "\r\n").encode()
    app = builders.app(more={SCHEMA: text, XSD: to_xsd(json.loads(OTHER))}, pages={"P": []})
    written = OTHER.replace('"name"', '"fullName"')
    after = changed(app, ReplaceSchemaText("model", written))
    assert after.files[SCHEMA] == text.replace(b'"name"', b'"fullName"')
    assert b'name="fullName"' in after.files[XSD]
    broken = builders.app(more={SCHEMA: b"{"})
    assert changed(broken, ReplaceSchemaText("model", OTHER)).json(SCHEMA) == json.loads(OTHER)
    with pytest.raises(NotThere):
        ReplaceSchemaText("gone", OTHER).apply(app)


def test_an_xsd_that_says_something_else_is_named_and_written_anew() -> None:
    app = builders.app(more={XSD: to_xsd(json.loads(OTHER))})
    assert "xsd-differs" in [found.code for found in check(app)]
    after = changed(app, WriteXsd("model"))
    assert "xsd-differs" not in [found.code for found in check(after)]


def test_xsd_classes_and_metamodel_follow_each_edit() -> None:
    app = changed(builders.app(), NewModel("extra"), AddField("extra", "", "a", "string"))
    schema, stem = app.json("App/models/extra.schema.json"), "App/models/extra"
    beside = {
        f"{stem}.metadata.json": json.dumps(to_metamodel(schema)).encode(),
        f"{stem}.cs": csharp(classes(to_metamodel(schema)), "Own.Space").encode(),
    }
    full = AppDefinition(EditedFiles(app.files, beside))
    after = changed(full, AddField("extra", "", "nyttFelt", "integer"))
    for end in (".schema.json", ".xsd", ".metadata.json", ".cs"):
        assert b"nyttFelt" in after.files[stem + end], end
        assert b"nyttFelt" not in full.files[stem + end], end
    # On one line, as it was.
    assert after.files[f"{stem}.metadata.json"].count(b"\n") == 0
    assert b"namespace Own.Space" in after.files[f"{stem}.cs"]


def test_a_metamodel_of_an_older_kind_stays_as_it_is() -> None:
    old = b'{"elements": {"old": {"texts": {"Label": "a.Label"}}}}'
    app = changed(builders.app(), NewModel("extra"))
    app = AppDefinition(EditedFiles(app.files, {"App/models/extra.metadata.json": old}))
    after = changed(app, AddField("extra", "", "a", "string"))
    assert after.files["App/models/extra.metadata.json"] == old


def test_what_rules_and_texts_read_that_is_not_there_is_named_by_the_app_check() -> None:
    page = [
        field("name", hidden=["equals", ["dataModel", "gone"], 1], mapping={"lost": "q"}),
        {"id": "t", "type": "Paragraph", "textResourceBindings": {"title": "t"}},
    ]
    text = {"id": "t", "value": "{0}", "variables": [{"key": "away", "dataSource": "dataModel.default"}]}
    texts = {"language": "nb", "resources": [text, {"id": "name.title", "value": "Navn"}]}
    app = builders.app(pages={"P": page}, more={"App/config/texts/resource.nb.json": as_json(texts)})
    said = {str(found.sentence) for found in check(app) if found.code == "unknown-field"}
    assert said == {
        "Page *P*: *Navn*, rule for hidden: The data model model has no field gone.",
        "Page *P*: *Navn*, value sent with a query: the data model model has no field lost.",
        "Text *t* (nb): the data model model has no field away.",
    }


def test_a_reference_to_a_type_that_is_not_there_is_named() -> None:
    app = builders.app(fields={"name": "string", "phone": "string", "who": {"$ref": "#/$defs/Gone"}})
    (found,) = (found for found in check(app) if found.code == "schema-problem")
    assert "Gone" in str(found.sentence)


def test_a_schema_that_cannot_check_data_is_named() -> None:
    app = builders.app(fields={"name": {"type": "strong"}, "phone": "string"})
    assert {"unusable-schema", "schema-problem"} <= {found.code for found in check(app)}


def test_sentences_say_what_was_done() -> None:
    app = builders.app()
    node = "/$defs/model/properties/name"
    said = [
        str(change.sentence(app))
        for change in (
            AddField("model", "", "sum", "number"),
            RenameNode("model", node, "fullName"),
            RenameNode("model", "/$defs/model", "M"),
            SetRequired("model", node, True),
            SetKeywords("model", node, {"maxLength": 5}),
            SetKeywords("model", node, {"maxLength": 5, "title": "T"}),
            NewModel("x"),
        )
    ]
    assert said == [
        "The field sum was added to the data model model",
        "The field name in the data model model is now named fullName",
        "The type model in the data model model is now named M",
        "The field name in the data model model became required",
        "The field name in the data model model now takes at most 5 characters",
        "The field name in the data model model now takes at most 5 characters, and more",
        "The data model x was added",
    ]
