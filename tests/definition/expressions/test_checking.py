"""The app check compiles the expressions of forms, and names the part that is wrong."""

from typing import Any

import pytest
from builders import app, as_json, field

from studio.definition.checks import check


def found(*components: Any, hidden: Any = False) -> list[tuple[str, str | None]]:
    layout = as_json({"data": {"hidden": hidden, "layout": list(components)}})
    checked = check(app(more={"App/ui/Task_1/layouts/Contact.json": layout}))
    ours = [each for each in checked if each.code == "bad-expression"]
    assert all(each.severity == "warning" and each.place.line and each.remedy for each in ours)
    return [(str(each.sentence).partition(" is wrong")[0], each.place.pointer) for each in ours]


@pytest.mark.parametrize(
    ("more", "name", "pointer"),
    [
        ({"hidden": ["not"]}, "hidden", "/hidden"),
        ({"required": ["and", True, ["equals", 1]]}, "required", "/required/2"),
        ({"readOnly": ["nonsense", 1]}, "readOnly", "/readOnly"),
        ({"textResourceBindings": {"title": ["concat", {"a": 1}]}}, "title", "/textResourceBindings/title/1"),
    ],
)
def test_a_wrong_expression_of_a_component_is_named_at_its_part(
    more: dict[str, Any], name: str, pointer: str
) -> None:
    assert found(field("name", **more)) == [
        (f"The expression for {name} of name", f"/data/layout/0{pointer}")
    ]


def test_a_wrong_expression_inside_a_setting_is_named_at_its_part() -> None:
    rows = {
        "id": "rows",
        "type": "RepeatingGroup",
        "dataModelBindings": {"group": "rows"},
        "children": [],
        "hiddenRow": ["equals", 1],
        "edit": {"addButton": ["not", []]},
    }
    assert sorted(pointer or "" for _, pointer in found(rows)) == [
        "/data/layout/0/edit/addButton/1",
        "/data/layout/0/hiddenRow",
    ]


def test_a_page_that_is_hidden_by_a_wrong_expression_is_named() -> None:
    assert found(hidden=["not", True]) == []
    assert found(hidden=["if"]) == [("The expression for hidden of Contact", "/data/hidden")]


def test_lists_that_are_no_expressions_and_good_expressions_are_passed_over() -> None:
    good = ["equals", ["dataModel", "name"], ["text", "a"]]
    group = {"id": "g", "type": "Group", "children": ["text", "sum"]}
    assert found(group, field("text", hidden=good), field("sum", required=good)) == []
