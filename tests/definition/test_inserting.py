"""Components that travel to another page or app: with texts, option lists and fields, in one change."""

import json
from typing import Any

import pytest
from builders import app as small_app
from builders import as_json, field
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition.app import AppDefinition
from studio.definition.changes import InsertComponents, from_dict, plan
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles
from studio.definition.snippets import Snippet, read_snippet, taken

HERE = ("Task_1", "Contact")
PEOPLE = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"first": {"type": "string", "maxLength": 9}, "age": {"type": "integer", "minimum": 0}},
    },
}
SOURCE = small_app(
    pages={
        "Contact": [
            field("name", textResourceBindings={"title": "shared.title"}),
            field("first", "people.first"),
            field("age", "people.age"),
            {
                "id": "colour",
                "type": "Dropdown",
                "optionsId": "colours",
                "dataModelBindings": {"simpleBinding": "colour"},
            },
            {
                "id": "people",
                "type": "RepeatingGroup",
                "children": [],
                "dataModelBindings": {"group": "people"},
            },
        ]
    },
    fields={"name": "string", "colour": "string", "people": PEOPLE},
    texts={
        "nb": {"shared.title": "Navn", "first.title": "Fornavn", "colours.red": "Rød"},
        "en": {"shared.title": "Name"},
    },
    more={"App/options/colours.json": as_json([{"value": "r", "label": "colours.red"}])},
)


def snippet(*ids: str) -> Snippet:
    page = SOURCE.page(*HERE)
    assert page is not None
    return taken(SOURCE, SOURCE.layout_sets[0], [one for one in page.components if one.id in ids])


def inserted(app: AppDefinition, what: Snippet, **more: Any) -> AppDefinition:
    change = InsertComponents(*HERE, None, 0, **vars(what), **more)
    return AppDefinition(EditedFiles(app.files, from_dict(change.to_dict()).apply(app)))


def raws(app: AppDefinition) -> dict[str, dict[str, Any]]:
    page = app.page(*HERE)
    assert page is not None
    return {one.id: dict(one.raw) for one in page.components}


def field_of(app: AppDefinition, path: str) -> Any:
    model = app.model("model")
    return model.field(path) if model else None


def test_what_is_needed_travels_with_the_components() -> None:
    now = inserted(small_app(pages={"Contact": []}), snippet("name", "first", "age", "colour", "people"))

    assert list(raws(now)) == ["name", "first", "age", "colour", "people"]
    assert now.texts("nb").get("shared.title").value == "Navn"  # type: ignore[union-attr] - seen by the test
    assert now.texts("nb").get("colours.red").value == "Rød"  # type: ignore[union-attr] - seen by the test
    assert now.json(now.paths.options("colours")) == [{"value": "r", "label": "colours.red"}]
    assert field_of(now, "people").repeating
    assert field_of(now, "people.first").value_node.first("maxLength") == 9
    assert field_of(now, "people.age").kind == "integer"
    assert field_of(now, "colour").kind == "string"


def test_fields_are_made_only_on_request() -> None:
    target = small_app(pages={"Contact": []}, fields={"name": "string"})
    now = inserted(target, snippet("first"), create_fields=False)
    assert field_of(now, "people") is None
    assert raws(now)["first"]["dataModelBindings"] == {"simpleBinding": "people.first"}


def test_the_fields_of_rows_go_into_the_rows_that_are_named() -> None:
    kids = {"type": "array", "items": {"type": "object", "properties": {"first": {"type": "string"}}}}
    target = small_app(pages={"Contact": []}, fields={"kids": kids})
    what = snippet("first", "age")

    coming = plan(target, "Task_1", what, "kids")
    now = inserted(target, what, under="kids")

    assert coming.missing == ("kids.age",)
    assert raws(now)["age"]["dataModelBindings"] == {"simpleBinding": "kids.age"}
    assert field_of(now, "people") is None
    assert field_of(now, "kids.age").kind == "integer"


def test_the_rows_themselves_can_be_laid_into_a_group() -> None:
    now = inserted(small_app(pages={"Contact": []}), snippet("first", "people"), under="household")
    assert raws(now)["people"]["dataModelBindings"] == {"group": "household.people"}
    assert field_of(now, "household.people.first").kind == "string"


def test_texts_that_say_something_else_come_under_new_keys_or_give_way() -> None:
    target = small_app(pages={"Contact": []}, texts={"nb": {"shared.title": "Fullt navn"}})
    assert plan(target, "Task_1", snippet("name"), None).clashing_texts == ("shared.title",)

    own = inserted(target, snippet("name"))
    assert raws(own)["name"]["textResourceBindings"] == {"title": "shared.title.2"}
    assert own.texts("nb").get("shared.title.2").value == "Navn"  # type: ignore[union-attr] - seen by the test
    assert own.texts("nb").get("shared.title").value == "Fullt navn"  # type: ignore[union-attr] - seen

    theirs = inserted(target, snippet("name"), keep_own=False)
    assert raws(theirs)["name"]["textResourceBindings"] == {"title": "shared.title"}
    assert list(theirs.texts("nb").keys()) == ["shared.title"]


def test_option_lists_that_hold_something_else_come_under_new_names_or_give_way() -> None:
    other = {"App/options/colours.json": as_json([{"value": "b", "label": "Blue"}])}
    target = small_app(pages={"Contact": []}, more=other)
    assert plan(target, "Task_1", snippet("colour"), None).clashing_options == ("colours",)

    own = inserted(target, snippet("colour"))
    assert raws(own)["colour"]["optionsId"] == "colours2"
    assert own.option_ids == ("colours", "colours2")

    theirs = inserted(target, snippet("colour"), keep_own=False)
    assert raws(theirs)["colour"]["optionsId"] == "colours"
    assert theirs.option_ids == ("colours",)


def test_into_the_app_that_it_comes_from_only_the_components_are_new() -> None:
    now = inserted(SOURCE, snippet("name", "colour"))
    changed = {path for path in now.files if now.files[path] != SOURCE.files.get(path)}
    page = SOURCE.page(*HERE)
    assert page is not None
    assert changed == {page.path}


def test_what_is_taken_can_be_written_down_and_read_again() -> None:
    what = snippet("name", "first", "colour")
    assert read_snippet(json.dumps(what.to_dict())) == what


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        "null",
        '{"components": []}',
        '{"components": [1]}',
        "[" * 9000,
        '{"components": "x"}',
        "NaN",
    ],
)
def test_what_holds_no_components_is_refused(text: str) -> None:
    with pytest.raises(DomainError):
        read_snippet(text)


JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.sampled_from(["", "a", "a.b", "nb", "people.x", "rows", "string"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["nb", "path", "kind", "title", "x"]), inner)
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(
    component=st.dictionaries(
        st.sampled_from(["id", "type", "textResourceBindings", "dataModelBindings", "options", "optionsId"]),
        JUNK,
    ),
    rest=st.dictionaries(st.sampled_from(["texts", "options", "fields"]), JUNK),
    under=st.sampled_from([None, "", "a", "a..b"]),
)
def test_whatever_a_file_holds_it_comes_whole_or_is_refused(
    component: dict[str, Any], rest: dict[str, Any], under: str | None
) -> None:
    text = json.dumps({"components": [{"id": "one", "type": "Input"} | component], **rest})
    try:
        now = inserted(small_app(pages={"Contact": []}), read_snippet(text), under=under)
    except DomainError:
        return
    assert not now.findings
    assert len(raws(now)) == 1
