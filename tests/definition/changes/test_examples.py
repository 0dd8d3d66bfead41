"""Examples of rules come, change and go as changes, and follow what their rules are about."""

import json
from typing import Any

import pytest
from ruled_app import TOO_YOUNG, example, of, ruled_app

from studio.definition.app import AppDefinition
from studio.definition.changes import (
    AddExample,
    Change,
    DeleteNode,
    RemoveComponents,
    RemoveExample,
    RemovePage,
    RenameComponent,
    RenameNode,
    RenamePage,
    RenameText,
    SetExample,
    from_dict,
)
from studio.definition.changes.data_models import consequences
from studio.definition.comparison import describe
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles
from studio.definition.rules.examples import run_examples

FILE = "App/tests/rules/model.json"
RICH = {"hasChildren": "yes", "income": 120000}


def after(app: AppDefinition, change: Change) -> AppDefinition:
    assert from_dict(json.loads(json.dumps(change.to_dict()))) == change
    return AppDefinition(EditedFiles(app.files, change.apply(app)))


def written(app: AppDefinition) -> Any:
    return app.json(FILE)["examples"]


def test_the_first_example_makes_the_file_and_the_next_one_comes_last() -> None:
    first = {"name": " Rich ", "rule": of("children"), "given": RICH, "expect": "shown", "row": []}

    one = after(ruled_app(), AddExample("model", first))
    two = after(one, AddExample("model", {**first, "name": "Again"}))

    (rich,) = written(one)
    assert (rich["name"], list(rich)) == ("Rich", ["id", "name", "rule", "given", "expect"])
    assert [each["name"] for each in written(two)] == ["Rich", "Again"]
    assert len({each["id"] for each in written(two)}) == 2
    assert [str(each) for each in describe(one, two)] == ["Example *Again* was added"]


def test_two_equal_examples_get_different_ids() -> None:
    given = {"name": "Rich", "rule": of("children"), "given": RICH, "expect": "shown"}

    twice = after(after(ruled_app(), AddExample("model", given)), AddExample("model", given))

    assert len({each["id"] for each in written(twice)}) == 2


def test_an_example_is_changed_only_where_it_is_different() -> None:
    made = ruled_app(
        [
            example(of("children"), "shown", "Rich", given=RICH, note="mine"),
            example(of("income"), "shown", "B"),
        ]
    )

    changed = after(
        made,
        SetExample(
            "model", "rich", {"name": "Rich", "rule": of("children"), "given": RICH, "expect": "hidden"}
        ),
    )

    before, now = (app.files[FILE].decode().splitlines() for app in (made, changed))
    different = [line for line, was in zip(now, before, strict=True) if line != was]
    assert [line.strip() for line in different] == ['"expect": "hidden",']
    assert written(changed)[0]["note"] == "mine"
    assert [str(each) for each in describe(made, changed)] == ["Example *Rich* was changed"]


def test_the_last_example_takes_its_file_along() -> None:
    made = ruled_app([example(of("children"), "shown", "A"), example(of("children"), "hidden", "B")])

    one = after(made, RemoveExample("model", "a"))
    none = after(one, RemoveExample("model", "b"))

    assert [each["id"] for each in written(one)] == ["b"]
    assert FILE not in none.files


@pytest.mark.parametrize(
    "wrong",
    [
        {"rule": of("children"), "expect": "shown"},
        {"name": "  ", "rule": of("children"), "expect": "shown"},
        {"name": "A", "expect": "shown"},
        {"name": "A", "rule": of("children")},
        {"name": "A", "rule": of("children"), "expect": "shown", "given": {"a..b": 1}},
    ],
)
def test_what_is_no_example_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(DomainError):
        AddExample("model", wrong).apply(ruled_app())


def test_what_is_gone_or_unknown_is_refused() -> None:
    good = {"name": "A", "rule": of("children"), "expect": "shown"}
    broken = ruled_app(more={FILE: b"{]"})
    for change, app in (
        (RemoveExample("model", "x"), ruled_app()),
        (SetExample("model", "x", good), ruled_app()),
        (AddExample("nothing", good), ruled_app()),
        (AddExample("model", good), broken),
    ):
        with pytest.raises(DomainError):
            change.apply(app)


def test_examples_follow_a_field_to_its_new_name() -> None:
    made = ruled_app(
        [
            example({"calculation": "total"}, 7, "A", given={"people[0].fee": 7, "total": 1}),
            example(
                {"validation": "people.age", "message": "too-young"}, "given", "B", given={"people[1].age": 7}
            ),
        ]
    )
    people = "#/$defs/model/properties/people".removeprefix("#")

    renamed = after(
        after(made, RenameNode("model", people, "persons")),
        RenameNode("model", "/$defs/model/properties/total", "sum"),
    )

    first, second = written(renamed)
    assert first["rule"] == {"calculation": "sum"}
    assert first["given"] == {"persons[0].fee": 7, "sum": 1}
    assert (second["rule"]["validation"], second["given"]) == ("persons.age", {"persons[1].age": 7})


def test_examples_follow_the_text_of_a_message_to_its_new_key() -> None:
    made = ruled_app([example(TOO_YOUNG, "given", "Young", given={"people[0].age": 7})])

    renamed = after(made, RenameText("too-young", "age.low"))

    assert written(renamed)[0]["rule"] == {"validation": "people.age", "message": "age.low"}
    assert all(ran.holds for ran in run_examples(renamed))


def test_deleting_a_field_names_the_examples_that_answer_it() -> None:
    made = ruled_app([example(of("children"), "shown", "Rich", given=RICH)])

    uses = consequences(made, DeleteNode("model", "/$defs/model/properties/income"))

    assert "Example *Rich*" in [str(use.sentence) for use in uses]


def test_examples_follow_a_component_and_a_page_and_go_with_them() -> None:
    on_page = {"form": "Task_1", "page": "Contact"}
    made = ruled_app([example(of("children"), "shown", "A"), example(on_page, "shown", "B")])

    renamed = after(made, RenameComponent("Task_1", "Contact", "children", "kids"))
    moved = after(renamed, RenamePage("Task_1", "Contact", "Family"))

    assert written(moved)[0]["rule"] == of("kids")
    assert written(moved)[1]["rule"] == {"form": "Task_1", "page": "Family"}
    without = after(moved, RemoveComponents("Task_1", "Family", ("kids",)))
    assert [each["id"] for each in written(without)] == ["b"]
    assert FILE not in after(without, RemovePage("Task_1", "Family")).files
