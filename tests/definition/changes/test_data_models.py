"""Edits of data models: what they write, what follows them, and what they refuse."""

import json
import re
from collections.abc import Mapping
from typing import Any

import pytest

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddField,
    AddMember,
    AddType,
    Change,
    DeleteNode,
    DuplicateField,
    ExtractType,
    InlineType,
    MoveField,
    RenameNode,
    SetCombination,
    SetKeywords,
    SetKind,
    SetOccurs,
    SetRequired,
    from_dict,
)
from studio.definition.changes.data_models import consequences
from studio.definition.checks import check
from studio.definition.errors import DomainError, NotThere
from studio.definition.field_references import uses_of_field
from studio.definition.files import EditedFiles
from tests import builders
from tests.builders import as_json, field

# Where everywhere() names rows.sum of its own model, up to the name itself.
NAMED = re.compile(
    r"""((?<!"field":\ )["&quo;]rows(?:\[0\]|\[\{0\}\]|\{0\})?\.|"accessors":\ \[\s*"|"rows",\s*")
    (?:sum|SUM)(?=["&])(?!",\s*"other")|(?<=")sum(?=":\ \{\s*"type")""",
    re.VERBOSE,
)
ROOT = "/$defs/model"
AT = f"{ROOT}/properties"
SCHEMA = "App/models/model.schema.json"


def changed(app: AppDefinition, *changes: Change) -> AppDefinition:
    for change in changes:
        sent = from_dict(json.loads(json.dumps(change.to_dict())))
        assert sent == change
        app = AppDefinition(EditedFiles(app.files, sent.apply(app)))
    return app


def model_of(app: AppDefinition) -> Mapping[str, Any]:
    found = app.json(SCHEMA)["$defs"]["model"]
    assert isinstance(found, dict)
    return found


def touched_lines(
    before: AppDefinition, after: AppDefinition, path: str = SCHEMA
) -> tuple[set[str], set[str]]:
    """(lines that went, lines that came)."""
    old, new = before.files[path].decode().splitlines(), after.files[path].decode().splitlines()
    return set(old) - set(new), set(new) - set(old)


class TestAdding:
    def test_a_field_comes_last_or_before_another_one(self) -> None:
        app = changed(
            builders.app(),
            AddField("model", "", "email", "email", title="E-mail"),
            AddField("model", ROOT, "title", "string", before="phone"),
        )
        fields = model_of(app)["properties"]
        assert list(fields) == ["name", "title", "phone", "age", "email"]
        assert fields["email"] == {"title": "E-mail", "type": "string", "format": "email"}

    def test_rows_hold_fields_and_so_does_a_type(self) -> None:
        app = changed(
            builders.app(),
            AddType("model", "Person"),
            AddField("model", "/$defs/Person", "first", "string"),
            AddField("model", "", "children", "rows"),
            AddField("model", f"{AT}/children", "who", "type:Person"),
            # Added through a field that is of the type.
            AddField("model", f"{AT}/children/items/properties/who", "last", "string"),
        )
        model = app.model("model")
        assert model is not None
        paths = [found.path for found in model.walk()]
        assert paths[3:] == ["children", "children.who", "children.who.first", "children.who.last"]

    @pytest.mark.parametrize(
        "name", ["", "1a", "a b", "a.b", "a[0]", "<a>", "altinnRowId", "AltinnRowID", "class", "x" * 101]
    )
    def test_a_name_that_cannot_be_is_refused(self, name: str) -> None:
        with pytest.raises(DomainError, match="cannot be called"):
            AddField("model", "", name, "string").apply(builders.app())

    @pytest.mark.parametrize("name", ["phone", "Phone", "pho-ne"])
    def test_a_name_that_is_taken_but_for_case_or_hyphens_is_refused(self, name: str) -> None:
        with pytest.raises(DomainError, match="phone is taken"):
            AddField("model", "", name, "string").apply(builders.app())

    def test_what_holds_no_fields_does_not_exist_or_would_hold_itself_is_refused(self) -> None:
        app = changed(builders.app(), AddType("model", "Person"))
        for change, error, words in (
            (AddField("model", f"{AT}/name", "x", "string"), DomainError, "no other fields"),
            (AddField("model", f"{AT}/gone", "x", "string"), NotThere, "no longer"),
            (AddField("model", "", "x", "song"), DomainError, "kind"),
            (AddField("model", "", "x", "type:Song"), NotThere, "no type Song"),
            (AddField("model", "", "x", "string", before="gone"), NotThere, "no longer"),
            (AddField("other", "", "x", "string"), NotThere, "no data model other"),
            (AddField("model", "/$defs/Person", "x", "type:Person"), DomainError, "hold itself"),
            (AddType("model", "person"), DomainError, "Person is taken"),
        ):
            with pytest.raises(error, match=words):
                change.apply(app)

    def test_a_copy_stands_behind_what_was_copied_and_is_required_like_it(self) -> None:
        app = changed(
            builders.app(), SetRequired("model", f"{AT}/name", True), DuplicateField("model", f"{AT}/name")
        )
        assert list(model_of(app)["properties"]) == ["name", "name2", "phone", "age"]
        assert model_of(app)["required"] == ["name", "name2"]


class TestRenaming:
    def test_a_renamed_field_is_renamed_wherever_it_is_named(self) -> None:
        app = everywhere()
        after = changed(app, RenameNode("model", f"{AT}/rows/items/properties/sum", "amount"))
        assert after.files["App/models/other.schema.json"] == app.files["App/models/other.schema.json"]
        for path in app.files.keys() - {"App/models/other.schema.json"}:
            assert after.files[path].decode() == NAMED.sub(r"\1amount", app.files[path].decode()), path
        assert [found.code for found in check(after)] == [found.code for found in check(app)]

    def test_there_and_back_gives_the_same_bytes(self) -> None:
        app = everywhere()
        node = f"{AT}/rows"
        after = changed(app, RenameNode("model", node, "lines"), RenameNode("model", f"{AT}/lines", "rows"))
        assert {path: after.files[path] for path in after.files} == dict(app.files)

    def test_only_the_field_of_that_model_is_renamed(self) -> None:
        app = everywhere()
        after = changed(app, RenameNode("other", "/properties/rows", "lines"))
        page = after.json("App/ui/Task_1/layouts/Contact.json")["data"]["layout"]
        assert page[0]["dataModelBindings"] == {"group": "rows"}
        assert page[2]["dataModelBindings"]["simpleBinding"] == {"dataType": "other", "field": "lines.sum"}

    def test_a_name_that_is_kept_by_another_alternative_stays_as_it_is(self) -> None:
        either = {
            "oneOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "string"}}}]
        }
        app = builders.app(fields={"who": either}, pages={"P": [field("x", "who.a")]})
        after = changed(app, RenameNode("model", f"{AT}/who/oneOf/1/properties/a", "b"))
        assert after.json("App/ui/Task_1/layouts/P.json") == app.json("App/ui/Task_1/layouts/P.json")

    def test_a_renamed_type_is_followed_by_references_and_by_where_the_data_begins(self) -> None:
        app = changed(builders.app(), RenameNode("model", ROOT, "Skjema"))
        document = app.json(SCHEMA)
        assert document["info"]["rootNode"] == "#/$defs/Skjema"
        assert document["properties"]["model"] == {"$ref": "#/$defs/Skjema"}
        model = app.model("model")
        assert model is not None
        assert [found.path for found in model.fields] == ["name", "phone", "age"]

    def test_the_list_of_required_fields_follows(self) -> None:
        app = changed(
            builders.app(),
            SetRequired("model", f"{AT}/name", True),
            RenameNode("model", f"{AT}/name", "full"),
        )
        assert model_of(app)["required"] == ["full"]

    @pytest.mark.parametrize(("name", "words"), [("Phone", "taken"), ("a b", "cannot be called")])
    def test_what_cannot_be_the_name_is_refused(self, name: str, words: str) -> None:
        with pytest.raises(DomainError, match=words):
            RenameNode("model", f"{AT}/name", name).apply(builders.app())

    def test_only_the_case_may_change(self) -> None:
        assert (
            "Name"
            in model_of(changed(builders.app(), RenameNode("model", f"{AT}/name", "Name")))["properties"]
        )


class TestMoving:
    def test_a_moved_field_takes_its_bindings_its_text_and_its_duty_along(self) -> None:
        app = changed(
            everywhere(),
            AddField("model", "", "person", "group"),
            SetRequired("model", f"{AT}/name", True),
            MoveField("model", f"{AT}/name", f"{AT}/person"),
        )
        model = model_of(app)
        assert "required" not in model
        assert model["properties"]["person"]["required"] == ["name"]
        page = app.json("App/ui/Task_1/layouts/Contact.json")["data"]["layout"]
        assert page[3]["dataModelBindings"] == {"simpleBinding": "person.name"}
        assert page[3]["hidden"] == ["equals", ["dataModel", "person.name"], None]

    def test_moving_back_gives_the_same_bytes(self) -> None:
        app = changed(everywhere(), AddField("model", "", "person", "group"))
        there = changed(app, MoveField("model", f"{AT}/name", f"{AT}/person"))
        back = changed(there, MoveField("model", f"{AT}/person/properties/name", "", before="phone"))
        assert {path: back.files[path] for path in back.files} == {
            path: app.files[path] for path in app.files
        }

    def test_a_group_that_moves_takes_what_is_in_it_along(self) -> None:
        app = changed(
            everywhere(),
            AddField("model", "", "economy", "group"),
            MoveField("model", f"{AT}/rows", f"{AT}/economy"),
        )
        page = app.json("App/ui/Task_1/layouts/Contact.json")["data"]["layout"]
        assert page[0]["dataModelBindings"] == {"group": "economy.rows"}
        assert page[1]["dataModelBindings"] == {"simpleBinding": "economy.rows.sum"}

    def test_within_its_group_only_the_order_changes(self) -> None:
        app = builders.app()
        after = changed(app, MoveField("model", f"{AT}/age", "", before="name"))
        assert list(model_of(after)["properties"]) == ["age", "name", "phone"]
        assert set(MoveField("model", f"{AT}/age", "", before="name").apply(app)) == {SCHEMA}

    def test_in_a_type_each_use_of_it_follows_on_its_own_way(self) -> None:
        app = changed(
            builders.app(pages={"P": [field("a", "me.first"), field("b", "you.first")]}),
            AddType("model", "Person"),
            AddField("model", "/$defs/Person", "first", "string"),
            AddField("model", "/$defs/Person", "name", "group"),
            *(RenameNode("model", f"{AT}/{old}", new) for old, new in (("name", "n"), ("phone", "p"))),
            AddField("model", "", "me", "type:Person"),
            AddField("model", "", "you", "type:Person"),
            MoveField("model", "/$defs/Person/properties/first", "/$defs/Person/properties/name"),
        )
        page = app.json("App/ui/Task_1/layouts/P.json")["data"]["layout"]
        assert [part["dataModelBindings"]["simpleBinding"] for part in page] == [
            "me.name.first",
            "you.name.first",
        ]

    def test_what_no_longer_stands_in_a_row_of_the_field_is_named_before(self) -> None:
        app = everywhere()
        into_rows = consequences(app, MoveField("model", f"{AT}/name", f"{AT}/rows"))
        assert {(use.file, use.kind) for use in into_rows} >= {
            ("App/ui/Task_1/layouts/Contact.json", "binding")
        }
        assert consequences(app, MoveField("model", f"{AT}/name", "", before="age")) == ()
        within = consequences(app, RenameNode("model", f"{AT}/rows", "lines"))
        assert within == ()

    def test_a_group_cannot_move_into_itself_or_to_a_place_that_is_taken(self) -> None:
        app = changed(
            builders.app(),
            AddField("model", "", "outer", "group"),
            AddField("model", f"{AT}/outer", "inner", "group"),
            AddField("model", f"{AT}/outer", "Name", "string"),
        )
        with pytest.raises(DomainError, match="into itself"):
            MoveField("model", f"{AT}/outer", f"{AT}/outer/properties/inner").apply(app)
        with pytest.raises(DomainError, match="into itself"):
            MoveField("model", f"{AT}/outer", f"{AT}/outer").apply(app)
        with pytest.raises(DomainError, match="Name is taken"):
            MoveField("model", f"{AT}/name", f"{AT}/outer").apply(app)
        with pytest.raises(DomainError, match="not a field"):
            MoveField("model", ROOT, f"{AT}/outer").apply(app)


class TestDeleting:
    def test_a_deleted_field_takes_along_what_was_about_nothing_else(self) -> None:
        app = everywhere()
        told = consequences(app, DeleteNode("model", f"{AT}/rows"))
        after = changed(app, DeleteNode("model", f"{AT}/rows"))
        page = after.json("App/ui/Task_1/layouts/Contact.json")["data"]["layout"]
        assert "dataModelBindings" not in page[0]
        assert "dataModelBindings" not in page[1]
        # The same name in another model, and rules, stay.
        assert "dataModelBindings" in page[2]
        assert "rows.sum" in json.dumps(page[1]["hidden"])
        assert after.json("App/models/model.validation.json")["validations"] == {}
        assert after.json("App/models/model.calculation.json")["calculations"] == {}
        assert after.json("App/models/model.prefill.json")["ER"] == {}
        assert after.json("App/config/applicationmetadata.json")["dataFields"] == []
        kinds = {use.kind for use in told}
        assert kinds >= {"binding", "expression", "text", "prefill", "validation", "calculation", "setting"}

    def test_a_type_that_is_used_is_not_deleted_and_its_users_are_named(self) -> None:
        app = changed(builders.app(), AddType("model", "Person"), AddField("model", "", "me", "type:Person"))
        with pytest.raises(DomainError, match="still in use, by me"):
            DeleteNode("model", "/$defs/Person").apply(app)
        with pytest.raises(DomainError, match="still in use"):
            DeleteNode("model", ROOT).apply(app)
        after = changed(app, DeleteNode("model", f"{AT}/me"), DeleteNode("model", "/$defs/Person"))
        assert list(after.json(SCHEMA)["$defs"]) == ["model"]

    def test_what_is_gone_or_no_field_cannot_be_deleted(self) -> None:
        app = changed(builders.app(), AddField("model", "", "rows", "rows"))
        with pytest.raises(NotThere):
            DeleteNode("model", f"{AT}/gone").apply(app)
        with pytest.raises(DomainError, match="not a field"):
            DeleteNode("model", f"{AT}/rows/items").apply(app)


class TestKeywords:
    def test_limits_are_set_and_taken_away(self) -> None:
        app = builders.app()
        limited = changed(app, SetKeywords("model", f"{AT}/name", {"maxLength": 10, "pattern": "^[A-Z]"}))
        assert model_of(limited)["properties"]["name"] == {
            "pattern": "^[A-Z]",
            "maxLength": 10,
            "type": "string",
        }
        freed = changed(limited, SetKeywords("model", f"{AT}/name", {"maxLength": None, "pattern": None}))
        assert freed.files[SCHEMA] == app.files[SCHEMA]

    def test_titles_in_several_languages_stand_beside_the_first(self) -> None:
        words = {"title": "Navn", "@titles": {"en": "Name", "nn": "Namn"}}
        app = changed(builders.app(), SetKeywords("model", f"{AT}/name", words))
        assert model_of(app)["properties"]["name"] == {"type": "string", **words}

    def test_null_is_allowed_in_the_words_of_the_dialect(self) -> None:
        app = changed(
            builders.app(),
            AddType("model", "Person"),
            AddField("model", "", "me", "type:Person"),
            SetKeywords("model", f"{AT}/name", {"nillable": True}),
            SetKeywords("model", f"{AT}/me", {"nillable": True}),
        )
        model = app.model("model")
        assert model is not None
        assert model_of(app)["properties"]["name"] == {"type": ["string", "null"]}
        assert model_of(app)["properties"]["me"]["@xsdNillable"] is True
        for path in ("name", "me"):
            found = model.field(path)
            assert found is not None
            assert found.nillable
        back = changed(app, SetKeywords("model", f"{AT}/name", {"nillable": False}))
        assert model_of(back)["properties"]["name"] == {"type": "string"}

    def test_an_xsd_type_goes_that_says_otherwise(self) -> None:
        app = builders.app(fields={"n": {"type": "integer", "@xsdType": "int"}})
        after = changed(app, SetKeywords("model", f"{AT}/n", {"type": "number"}))
        assert model_of(after)["properties"]["n"] == {"type": "number"}

    @pytest.mark.parametrize(
        ("node", "keywords", "words"),
        [
            ("name", {"maxLength": -1}, "whole number"),
            ("name", {"maxLength": True}, "whole number"),
            ("name", {"minLength": 5, "maxLength": 4}, "above maxLength"),
            ("name", {"pattern": "("}, "cannot be read"),
            ("name", {"maximum": 3}, "does not fit"),
            ("name", {"enum": ["a", "a"]}, "different values"),
            ("name", {"enum": [1]}, "same kind"),
            ("name", {"enum": []}, "list of different"),
            ("name", {"properties": {}}, "which fields there are"),
            ("name", {"x-own": float("nan")}, "cannot be kept"),
            ("name", {"title": "\ud800"}, "has to be a text"),
            ("name", {"type": "object"}, "of the kind object"),
            ("name", {"@titles": {"en": 1}}, "each language"),
            ("name", {"default": 1}, "does not fit"),
            ("age", {"multipleOf": 0}, "above 0"),
            ("age", {"minimum": 2, "exclusiveMaximum": 2}, "Nothing can be filled in"),
            ("age", {"maximum": float("inf")}, "number"),
            ("age", {"totalDigits": 0}, "from 1 upwards"),
        ],
    )
    def test_what_a_keyword_cannot_say_is_refused(
        self, node: str, keywords: dict[str, Any], words: str
    ) -> None:
        with pytest.raises(DomainError, match=words):
            SetKeywords("model", f"{AT}/{node}", keywords).apply(builders.app())

    def test_a_field_that_is_of_a_type_has_its_limits_there(self) -> None:
        app = changed(
            builders.app(), AddType("model", "Name", "string"), AddField("model", "", "n", "type:Name")
        )
        with pytest.raises(DomainError, match="type of its own"):
            SetKeywords("model", f"{AT}/n", {"maxLength": 1}).apply(app)
        limited = changed(app, SetKeywords("model", "/$defs/Name", {"maxLength": 1}))
        model = limited.model("model")
        assert model is not None
        found = model.field("n")
        assert found is not None
        assert found.restrictions == {"maxLength": 1}

    def test_required_there_and_back_gives_the_same_bytes(self) -> None:
        app = builders.app()
        there = changed(app, SetRequired("model", f"{AT}/age", True))
        assert model_of(there)["required"] == ["age"]
        assert changed(there, SetRequired("model", f"{AT}/age", True)).files[SCHEMA] == there.files[SCHEMA]
        assert changed(there, SetRequired("model", f"{AT}/age", False)).files[SCHEMA] == app.files[SCHEMA]

    def test_a_list_and_back_is_what_it_was(self) -> None:
        app = builders.app(fields={"name": {"title": "Names", "type": "string", "maxLength": 4}})
        there = changed(app, SetOccurs("model", f"{AT}/name", 2, 5))
        assert model_of(there)["properties"]["name"] == {
            "title": "Names",
            "type": "array",
            "items": {"type": "string", "maxLength": 4},
            "minItems": 2,
            "maxItems": 5,
        }
        assert model_of(there)["required"] == ["name"]
        back = changed(there, SetOccurs("model", f"{AT}/name", 0, 1))
        assert model_of(back) == model_of(app)

    @pytest.mark.parametrize(("minimum", "maximum"), [(-1, None), (0, 0), (3, 2), (2, 1)])
    def test_a_number_of_times_that_cannot_be_is_refused(self, minimum: int, maximum: int | None) -> None:
        with pytest.raises(DomainError, match="at least 0 times"):
            SetOccurs("model", f"{AT}/name", minimum, maximum).apply(builders.app())

    def test_another_kind_keeps_what_fits(self) -> None:
        app = builders.app(fields={"n": {"title": "N", "type": "string", "maxLength": 4, "description": "d"}})
        after = changed(app, SetKind("model", f"{AT}/n", "integer"))
        assert model_of(after)["properties"]["n"] == {"title": "N", "type": "integer", "description": "d"}
        email = changed(app, SetKind("model", f"{AT}/n", "email"))
        assert model_of(email)["properties"]["n"]["maxLength"] == 4

    def test_a_list_stays_a_list_of_the_new_kind(self) -> None:
        app = changed(
            builders.app(),
            SetOccurs("model", f"{AT}/name", 0, None),
            SetKind("model", f"{AT}/name", "integer"),
        )
        assert model_of(app)["properties"]["name"] == {"type": "array", "items": {"type": "integer"}}

    def test_a_group_that_becomes_a_value_takes_along_what_it_held(self) -> None:
        app = everywhere()
        after = changed(app, SetKind("model", f"{AT}/rows", "string"))
        page = after.json("App/ui/Task_1/layouts/Contact.json")["data"]["layout"]
        assert "dataModelBindings" not in page[1]
        assert page[0]["dataModelBindings"] == {"group": "rows"}


class TestTypes:
    def test_a_type_made_of_a_field_and_written_out_again_is_the_same(self) -> None:
        group = {"type": "object", "properties": {"a": {"type": "string"}}, "required": ["a"]}
        app = builders.app(fields={"g": {"title": "G", **group}}, pages={"P": [field("x", "g.a")]})
        there = changed(app, ExtractType("model", f"{AT}/g", "Group"))
        assert there.json(SCHEMA)["$defs"]["Group"] == group
        assert model_of(there)["properties"]["g"] == {"title": "G", "$ref": "#/$defs/Group"}
        back = changed(there, InlineType("model", f"{AT}/g"), DeleteNode("model", "/$defs/Group"))
        assert back.json(SCHEMA) == app.json(SCHEMA)
        assert [found.code for found in check(back)] == [found.code for found in check(app)]

    def test_the_rows_of_a_list_become_the_type(self) -> None:
        app = changed(everywhere(), ExtractType("model", f"{AT}/rows", "Row"))
        assert model_of(app)["properties"]["rows"] == {"type": "array", "items": {"$ref": "#/$defs/Row"}}
        with pytest.raises(DomainError, match="of the type Row already"):
            ExtractType("model", f"{AT}/rows", "Line").apply(app)

    def test_a_type_that_holds_itself_is_not_written_out(self) -> None:
        document = {
            "info": {"rootNode": ""},
            "properties": {"p": {"$ref": "#/$defs/P"}},
            "$defs": {"P": {"properties": {"child": {"$ref": "#/$defs/P"}}}},
        }
        app = builders.app(more={SCHEMA: as_json(document)})
        with pytest.raises(DomainError, match="holds itself"):
            InlineType("model", "/properties/p").apply(app)
        with pytest.raises(DomainError, match="not of a type"):
            InlineType("model", f"{AT}/name").apply(builders.app())

    def test_a_combination_grows_changes_and_goes(self) -> None:
        app = builders.app(fields={"who": {"title": "Who", "type": "object", "properties": {}}})
        node = f"{AT}/who"
        there = changed(
            app,
            SetCombination("model", node, "oneOf"),
            AddField("model", f"{node}/oneOf/0", "person", "string"),
            AddMember("model", node, "group"),
            AddField("model", f"{node}/oneOf/1", "company", "string"),
            SetCombination("model", node, "anyOf"),
        )
        model = there.model("model")
        assert model is not None
        assert [found.path for found in model.walk()] == ["who", "who.person", "who.company"]
        one = changed(there, DeleteNode("model", f"{node}/anyOf/0"), SetCombination("model", node, None))
        assert model_of(one)["properties"]["who"] == {
            "title": "Who",
            "type": "object",
            "properties": {"company": {"type": "string"}},
        }
        joined = changed(there, SetCombination("model", node, None))
        assert list(model_of(joined)["properties"]["who"]["properties"]) == ["person", "company"]
        with pytest.raises(DomainError, match="choose the part"):
            AddField("model", node, "x", "string").apply(
                changed(
                    app,
                    SetCombination("model", node, "oneOf"),
                    DeleteNode("model", f"{node}/oneOf/0"),
                    SetCombination("model", node, "oneOf"),
                )
            )
        with pytest.raises(DomainError, match="allOf, anyOf or oneOf"):
            SetCombination("model", node, "someOf").apply(app)
        with pytest.raises(DomainError, match="not a combination"):
            AddMember("model", node).apply(app)


def test_an_edit_touches_only_the_lines_it_is_about() -> None:
    text = b"""\xef\xbb\xbf{
\t"info": { "rootNode": "" }, // where it begins\r
\t"properties": {\r
\t\t"a": { "type": "string" },   // the first\r
\t\t"b": { "type": "integer", "x-own": [1,2] }\r
\t}\r
}"""
    app = builders.app(more={SCHEMA: text}, pages={"P": []})
    renamed = changed(app, RenameNode("model", "/properties/a", "z"))
    assert renamed.files[SCHEMA] == text.replace(b'"a"', b'"z"')
    assert touched_lines(app, changed(app, SetKeywords("model", "/properties/b", {"maximum": 4}))) == (
        {'\t\t"b": { "type": "integer", "x-own": [1,2] }'},
        {'\t\t"b": { "type": "integer", "x-own": [1,2], "maximum": 4 }'},
    )


def test_uses_are_named_in_plain_words() -> None:
    app = everywhere()
    said = {str(use.sentence) for use in uses_of_field(app, "model", f"{AT}/name")}
    assert "Page *Kontakt*: *Navn*, binding" in said
    assert "Page *Kontakt*: *Navn*, rule for hidden" in said
    assert uses_of_field(app, "model", f"{AT}/phone") == ()
    beneath = uses_of_field(app, "model", f"{AT}/rows")
    assert {use.field for use in beneath} == {"rows", "rows.sum"}
    process = [use for use in beneath if use.kind == "process"]
    assert [str(use.sentence) for use in process] == [
        "Process: condition of the way from *Task_1* to *Task_1*",
        "Process: condition of the way from *Task_1* to *the end of the process*",
    ]


def test_the_apps_own_code_is_named_where_it_may_read_the_field() -> None:
    code = {
        "App/logic/Rules.cs": b"class Rules {\n  void Run(M m) { m.name = 1; }\n}",
        "App/logic/rules.py": b"data['phone'] = 'name tag'",
        "App/models/model.cs": b"m.name",
    }
    uses = uses_of_field(builders.app(more=code), "model", f"{AT}/name")
    assert [str(use.sentence) for use in uses if use.kind == "code"] == [
        "The app's own code, perhaps: App/logic/Rules.cs, line 2"
    ]


PROCESS = """<?xml version="1.0" encoding="UTF-8"?>
<bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
    xmlns:altinn="http://altinn.no/process" id="d" targetNamespace="http://bpmn.io/schema/bpmn">
  <bpmn:process id="p">
    <bpmn:startEvent id="Start" /><bpmn:sequenceFlow id="f1" sourceRef="Start" targetRef="Task_1" />
    <bpmn:task id="Task_1"><bpmn:extensionElements><altinn:taskExtension>
      <altinn:taskType>data</altinn:taskType></altinn:taskExtension></bpmn:extensionElements></bpmn:task>
    <bpmn:sequenceFlow id="f2" sourceRef="Task_1" targetRef="Gate" />
    <bpmn:exclusiveGateway id="Gate" default="f4" />
    <bpmn:sequenceFlow id="f3" sourceRef="Gate" targetRef="Task_1">
      <bpmn:conditionExpression>
        [&quot;lessThan&quot;, ["dataModel", &quot;rows[0].sum&quot;],  3 ]
      </bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:sequenceFlow id="f4" sourceRef="Gate" targetRef="End">
      <bpmn:conditionExpression>
        <![CDATA[["equals", ["dataModel", "rows[0].sum"], 3]]]></bpmn:conditionExpression>
    </bpmn:sequenceFlow>
    <bpmn:endEvent id="End" />
  </bpmn:process>
</bpmn:definitions>
"""


def everywhere() -> AppDefinition:
    """An app whose field rows.sum is named wherever a field can be named."""
    rows = {"type": "array", "items": {"type": "object", "properties": {"sum": {"type": "integer"}}}}
    pages = {
        "Contact": [
            {
                "id": "list",
                "type": "RepeatingGroup",
                "children": ["sum"],
                "dataModelBindings": {"group": "rows"},
                "edit": {"filter": [{"key": "rows.sum", "value": "1"}]},
            },
            field(
                "sum",
                "rows.sum",
                hidden=[
                    "and",
                    ["equals", ["dataModel", "rows.sum"], 1],
                    ["equals", ["dataModel", "rows.sum", "other"], "sum"],
                ],
                mapping={"rows[{0}].sum": "sum"},
                queryParameters={"q": ["dataModel", "rows[0].sum"]},
                source={"group": "rows", "value": "rows[{0}].sum", "label": "sum"},
            ),
            field(
                "elsewhere",
                kind="Input",
                dataModelBindings={"simpleBinding": {"dataType": "other", "field": "rows.sum"}},
            ),
            field("name", hidden=["equals", ["dataModel", "name"], None]),
            {
                "id": "all",
                "type": "Subform",
                "layoutSet": "sub",
                "tableColumns": [{"headerContent": "sum", "cellContent": {"query": "rows.sum"}}],
            },
            {
                "id": "table",
                "type": "SimpleTable",
                "dataModelBindings": {"tableData": "rows"},
                "columns": [{"header": "sum", "accessors": ["sum"]}],
                "hidden": ["equals", ["_experimentalSelectAndMap", "rows", "sum"], ""],
            },
        ]
    }
    text = {
        "id": "t",
        "value": "{0}",
        "variables": [{"key": "rows[{0}].sum", "dataSource": "dataModel.default"}],
    }
    metadata = json.loads(builders.app_files()["App/config/applicationmetadata.json"])
    metadata["dataFields"] = [{"id": "sum", "path": "rows.sum", "dataTypeId": "model"}]
    metadata["dataTypes"].append({"id": "other", "appLogic": {"classRef": "Altinn.App.Models.other.other"}})
    rule = {
        "selectedFunction": "f",
        "inputParams": {"sum": "rows{0}.sum"},
        "outParams": {"outParam0": "rows{0}.sum"},
    }
    condition = ["equals", ["dataModel", "rows.sum"], ["argv", 0]]
    return builders.app(
        fields={"name": "string", "phone": "string", "age": "integer", "rows": rows},
        pages=pages,
        process=PROCESS,
        more={
            "App/config/applicationmetadata.json": as_json(metadata),
            "App/config/texts/resource.nb.json": as_json(
                {
                    "language": "nb",
                    "resources": [
                        text,
                        {"id": "name.title", "value": "Navn"},
                        {"id": "Contact", "value": "Kontakt"},
                    ],
                }
            ),
            "App/config/texts/resource.en.json": None,
            "App/models/other.schema.json": as_json({"properties": {"rows": rows}}),
            "App/models/model.validation.json": as_json(
                {"validations": {"rows.sum": [{"message": "sum", "condition": condition}]}}
            ),
            "App/models/model.calculation.json": as_json(
                {"calculations": {"rows.sum": {"expression": ["dataModel", "rows.sum"]}}}
            ),
            "App/models/model.prefill.json": as_json({"ER": {"Name": "rows.SUM"}}),
            "App/ui/sub/Settings.json": as_json(
                {"pages": {"order": []}, "defaultDataType": "model", "type": "subform"}
            ),
            "App/ui/Task_1/RuleConfiguration.json": as_json(
                {"data": {"ruleConnection": {"a": rule}, "conditionalRendering": {"b": rule}}}
            ),
        },
    )
