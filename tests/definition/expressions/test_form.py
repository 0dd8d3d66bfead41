"""Expressions in the places they stand in: rows, hidden parts, circles, failures, texts."""

from decimal import Decimal
from typing import Any

import pytest

from studio.definition.expressions import (
    ExpressionError,
    Form,
    PageLayout,
    Surroundings,
    compile_expression,
    evaluate,
    form_tree,
    function_names,
)


def form(components: list[dict[str, Any]], data: Any = None, hidden: Any = False, **around: Any) -> Form:
    tree = form_tree([PageLayout("page", components, hidden)])
    return Form(tree, Surroundings(models={"model": data or {}}, default_type="model", **around))


def bound(component_id: str, path: str, **more: Any) -> dict[str, Any]:
    return {"id": component_id, "type": "Input", "dataModelBindings": {"simpleBinding": path}, **more}


ROWS = [
    {
        "id": "rows",
        "type": "RepeatingGroup",
        "dataModelBindings": {"group": "people"},
        "children": ["name", "age"],
        "hiddenRow": ["equals", ["dataModel", "people.age"], 3],
    },
    bound("name", "people.name", textResourceBindings={"title": "hello"}),
    bound("age", "people.age", hidden=["equals", ["component", "name"], "Per"]),
]
PEOPLE = {"people": [{"name": "Kari", "age": 1}, {"name": "Per", "age": 2}, {"name": "Ola", "age": 3}]}


def test_a_component_reads_its_own_row() -> None:
    found = form(ROWS, PEOPLE)
    assert [spot.answer() for spot in found.children(found.spot("rows"))] == ["Kari", 1, "Per", 2, "Ola", 3]
    assert found.spot("age", (1,)).path("simpleBinding") == ("model", "people[1].age")
    assert found.spot("age", (1,)).id == "age-1"


def test_what_is_hidden_depends_on_the_row_and_is_null_for_others() -> None:
    found = form(ROWS, PEOPLE)
    assert [found.spot("age", (row,)).hidden for row in range(3)] == [False, True, True]
    assert [found.spot("name", (row,)).hidden for row in range(3)] == [False, False, True]
    assert found.spot("name", (1,)).evaluate(["component", "age"]) is None


def test_a_hidden_page_hides_what_is_on_it() -> None:
    found = form(ROWS, PEOPLE, hidden=["equals", 1, 1])
    assert found.spot("name", (0,)).hidden


def test_a_text_is_filled_in_from_the_row() -> None:
    variables = [{"key": "people[{0}].name", "dataSource": "dataModel.default"}]
    resources = {"hello": {"value": "Hi {0}", "variables": variables}}
    found = form(ROWS, PEOPLE, resource=resources.get)
    assert [found.spot("name", (row,)).label("title") for row in (0, 2)] == ["Hi Kari", "Hi Ola"]


def test_conditions_that_ask_about_each_other_end() -> None:
    found = form(
        [
            bound("a", "a", hidden=["equals", ["component", "b"], None]),
            bound("b", "b", hidden=["equals", ["component", "a"], None]),
        ],
        {"a": "1", "b": "2"},
    )
    assert (found.spot("a").hidden, found.spot("b").hidden) == (False, False)


def test_a_failing_condition_gives_the_default_and_is_noted() -> None:
    found = form([bound("a", "a", hidden=["nonsense"], required=["plus", "x", 1])])
    spot = found.spot("a")
    assert (spot.hidden, spot.flag("required"), spot.flag("readOnly")) == (False, False, False)
    assert [(place, name) for place, name, _ in found.failures] == [("a", "hidden"), ("a", "required")]


def test_a_broken_layout_keeps_what_can_be_kept() -> None:
    tree = form_tree(
        [
            PageLayout(
                "page",
                [
                    {"id": "g", "type": "Group", "children": ["a", "gone", "g"]},
                    {"id": "h", "type": "Group", "children": ["a", "g"]},
                    {"id": "a", "type": "Input"},
                    {"id": "a", "type": "Input"},
                    {"type": "Input"},
                    {"id": "odd", "type": "Tabs", "tabs": [3, {"children": "x"}]},
                ],
            )
        ]
    )
    assert [node.id for node in tree.roots["page"]] == ["h", "odd"]
    assert len(tree.problems) == 5


def test_unknown_components_and_wrong_rows_are_errors() -> None:
    found = form(ROWS, PEOPLE)
    for component_id, rows in (("gone", ()), ("name", ()), ("rows", (1,))):
        with pytest.raises(ExpressionError, match="Unable to find"):
            found.spot(component_id, rows)


def test_numbers_are_exact() -> None:
    spot = form([bound("a", "a")], {"a": Decimal("0.10")}).spot("a")
    assert spot.evaluate(["plus", ["dataModel", "a"], 0.2]) == Decimal("0.3")
    assert spot.evaluate(["multiply", 3, 4]) == 12
    assert spot.evaluate(["concat", ["plus", 1.10, 1.10]]) == "2.2"


@pytest.mark.parametrize("value", ["text", 3, True, None, 1.5])
def test_a_literal_is_itself(value: Any) -> None:
    assert evaluate(value, form([]).page("page")) == value


def test_an_expression_nested_without_end_is_refused() -> None:
    nested: Any = True
    for _ in range(500):
        nested = ["not", nested]
    with pytest.raises(ExpressionError, match="nested too deeply"):
        compile_expression(nested)


def test_all_functions_of_the_language_are_known() -> None:
    assert set(function_names()) == {
        "_experimentalSelectAndMap",
        "and",
        "argv",
        "authContext",
        "average",
        "commaContains",
        "compare",
        "component",
        "concat",
        "contains",
        "count",
        "countDataElements",
        "dataModel",
        "displayValue",
        "divide",
        "endsWith",
        "equals",
        "externalApi",
        "formatDate",
        "frontendSettings",
        "gatewayAction",
        "greaterThan",
        "greaterThanEq",
        "if",
        "instanceContext",
        "jmespath",
        "language",
        "lessThan",
        "lessThanEq",
        "linkToComponent",
        "linkToPage",
        "list",
        "lowerCase",
        "lowerCaseFirst",
        "minus",
        "multiply",
        "not",
        "notContains",
        "notEquals",
        "object",
        "optionLabel",
        "or",
        "plus",
        "round",
        "startsWith",
        "stringIndexOf",
        "stringLength",
        "stringReplace",
        "stringSlice",
        "sum",
        "text",
        "upperCase",
        "upperCaseFirst",
        "value",
    }


def test_a_link_cannot_break_out_of_its_address() -> None:
    spot = form([], instance={"id": "1/a"}, task_id="T").page("page")
    link = spot.evaluate(["linkToPage", "text", 'x" onclick="y'])
    assert 'onclick="y' not in link
