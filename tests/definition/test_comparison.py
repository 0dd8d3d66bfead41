"""Two states of an app are told apart in sentences."""

from collections.abc import Mapping, Sequence
from typing import Any

import pytest
from builders import app, app_files, as_json, field, group, schema

from studio.definition.app import AppDefinition
from studio.definition.changes import from_dict
from studio.definition.comparison import describe
from studio.definition.files import EditedFiles, MemoryFiles

PAGE = {"layout_set": "Task_1", "page": "Contact"}
PARTS = [
    field("name"),
    group("g", "phone", textResourceBindings={"title": "g.title"}),
    field("phone"),
    field("age"),
]
TEXTS = {"nb": {"name.title": "Navn", "phone.title": "Telefon", "g.title": "Om deg", "Contact": "Kontakt"}}


def told(*changes: Mapping[str, Any], pages: Any = None) -> list[str]:
    before = app_files(pages=pages or {"Contact": PARTS, "More": [field("x", "age")]}, texts=TEXTS)
    after: Any = before
    for change in changes:
        after = EditedFiles(after, from_dict(change).apply(app_of(after)))
    return [str(sentence) for sentence in describe(before, after)]


def app_of(files: Any) -> AppDefinition:
    return AppDefinition(files)


def component(component_id: str, pointer: str, value: Any = None) -> dict[str, Any]:
    rest = {} if value is None else {"value": value}
    return {"kind": "set_property", **PAGE, "component": component_id, "pointer": pointer, **rest}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], []),
        ([component("phone", "/required", True)], ["Field *Telefon* on page *Kontakt* became required"]),
        (
            [component("phone", "/required", ["component", "name"])],
            ["Field *Telefon* on page *Kontakt* is now required when *Navn* is *true*"],
        ),
        (
            [component("phone", "/required", True), component("phone", "/required", False)],
            ["Field *Telefon* on page *Kontakt* is no longer required"],
        ),
        ([component("g", "/hidden", True)], ["Group *Om deg* on page *Kontakt* is now hidden"]),
        (
            [component("age", "/dataModelBindings/simpleBinding", "phone")],
            ["Field *age* on page *Kontakt* is now kept in the field phone"],
        ),
        ([component("age", "/maxLength", 5)], ["Field *age* on page *Kontakt*: Longest answer is now 5"]),
        (
            [component("age", "/variant", "search")],
            ["Field *age* on page *Kontakt*: Look is now Search field"],
        ),
        ([component("age", "/grid/xs", 5)], ["Field *age* on page *Kontakt* got another width"]),
        (
            [{"kind": "remove_components", **PAGE, "ids": ["g"]}],
            ["Group *Om deg* was removed from page *Kontakt*"],
        ),
        (
            [{"kind": "add_component", **PAGE, "parent": None, "index": 0, "component": field("n", "age")}],
            ["Field *n* was added to page *Kontakt*"],
        ),
        (
            [
                {
                    "kind": "move_components",
                    **PAGE,
                    "ids": ["age"],
                    "to_page": "Contact",
                    "parent": None,
                    "index": 0,
                }
            ],
            ["Field *age* was moved on page *Kontakt*"],
        ),
        (
            [
                {
                    "kind": "move_components",
                    **PAGE,
                    "ids": ["g"],
                    "to_page": "More",
                    "parent": None,
                    "index": 0,
                }
            ],
            ["Group *Om deg* was moved to page *More*"],
        ),
        (
            [
                {
                    "kind": "move_components",
                    **PAGE,
                    "ids": ["age"],
                    "to_page": "Contact",
                    "parent": "g",
                    "index": 0,
                }
            ],
            ["Field *age* was moved on page *Kontakt*"],
        ),
        (
            [{"kind": "rename_component", **PAGE, "component": "age", "name": "years"}],
            ["Field *years* on page *Kontakt* now has the id years"],
        ),
        ([{"kind": "add_page", "layout_set": "Task_1", "page": "New"}], ["Page *New* was added"]),
        ([{"kind": "remove_page", "layout_set": "Task_1", "page": "More"}], ["Page *More* was removed"]),
        (
            [{"kind": "rename_page", "layout_set": "Task_1", "page": "More", "name": "Less"}],
            ["Page *More* is now named Less"],
        ),
        (
            [{"kind": "move_page", "layout_set": "Task_1", "page": "More", "index": 0}],
            ["The pages of form *Task_1* were put in another order"],
        ),
        (
            [{"kind": "set_page_hidden", "layout_set": "Task_1", "page": "More", "hidden": True}],
            ["Page *More* is now hidden"],
        ),
        (
            [{"kind": "set_text", "language": "nb", "key": "name.title", "value": "Fullt navn"}],
            ["The text *Navn* now reads *Fullt navn* (nb)"],
        ),
        ([{"kind": "set_text", "language": "nn", "key": "k", "value": "v"}], ["The language nn was added"]),
        (
            [{"kind": "set_options", "options": [{"value": 1, "label": "En"}], "option_id": "o"}],
            ["The option list o was added"],
        ),
        ([{"kind": "set_app_title", "title": {"en": "Other"}}], ["The app is now named *Other* (en)"]),
        (
            [
                {
                    "kind": "create_field_and_bind",
                    **PAGE,
                    "component": "age",
                    "binding_key": "simpleBinding",
                    "field": "years",
                }
            ],
            [
                "Field *age* on page *Kontakt* is now kept in the field years",
                "The field years was added to the data model model",
            ],
        ),
        ([{"kind": "set_file", "path": "README.md", "content": "x"}], ["The file README.md was added"]),
    ],
)
def test_each_change_is_told_in_one_sentence(
    changes: list[Mapping[str, Any]], expected: Sequence[str]
) -> None:
    assert told(*changes) == expected


def test_only_the_components_that_moved_are_said_to_have_moved() -> None:
    names = ["a", "b", "c", "d", "e"]
    before = app(pages={"P": [field(name) for name in names]})
    after = app(pages={"P": [field(name) for name in ["e", "a", "b", "c", "d"]]})
    assert [str(sentence) for sentence in describe(before, after)] == ["Field *e* was moved on page *P*"]


def test_formatting_alone_is_told_as_a_changed_file() -> None:
    before = app_files()
    path = "App/ui/Task_1/layouts/Contact.json"
    after = MemoryFiles({**before, path: before[path].replace(b"  ", b"\t")})
    assert [str(sentence) for sentence in describe(before, after)] == [f"The file {path} was changed"]


def test_data_types_fields_and_the_process_are_told() -> None:
    model = as_json(schema({"name": "integer", "phone": "string", "new": "number"}))
    before = app_files(fields={"name": "string", "phone": "string", "gone": "string"})
    process = before["App/config/process/process.bpmn"].replace(b"<bpmn:task ", b'<bpmn:task name="Ny" ', 1)
    policy = before["App/config/authorization/policy.xml"] + b"<!-- x -->"
    after = MemoryFiles(
        {
            **before,
            "App/models/model.schema.json": model,
            "App/config/authorization/policy.xml": policy,
            "App/config/process/process.bpmn": process if b'name="Ny"' in process else b"<x/>",
        }
    )
    sentences = [str(sentence) for sentence in describe(before, after)]
    assert "The field new was added to the data model model" in sentences
    assert "The field name in the data model model is now of the kind integer" in sentences
    assert "The field gone was removed from the data model model" in sentences
    assert "The rules for access were changed" in sentences


def test_a_form_that_became_unreadable_is_told() -> None:
    before = app_files()
    after = MemoryFiles({**before, "App/ui/Task_1/layouts/Contact.json": b"{"})
    assert "Page *Kontakt* can no longer be read" in [str(sentence) for sentence in describe(before, after)]


def test_a_name_with_markup_stays_one_line() -> None:
    texts = {
        "nb": {
            "name.title": "<b>Navn</b>\n\n**på**   eier <script>x</script>",
            "phone.title": "<>" + "x" * 200,
        }
    }
    before, after = (
        app_files(texts=texts),
        app_files(texts=texts, pages={"Contact": [field("name", required=True)]}),
    )
    assert "Field *Navn på eier x* on page *Contact* became required" in [
        str(one) for one in describe(before, after)
    ]
