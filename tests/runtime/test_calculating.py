"""Calculations follow one another to rest, fit into their fields, and leave alone what does not work out."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from builders import app, as_json, schema
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.data_model import DataModel
from studio.definition.expressions import Form, PageLayout, Surroundings, form_tree
from studio.definition.rules import read_calculations
from studio.definition.rules.calculating import MOST_ROUNDS, Calculated, calculate
from studio.runtime.forms.calculating import with_results
from studio.runtime.forms.state import FormState

ROW = {"type": "object", "properties": {"n": {"type": "number"}, "inner": {"type": "array", "items": {}}}}
FIELDS = {
    "a": "number",
    "b": "number",
    "c": "number",
    "whole": "integer",
    "text": "string",
    "yes": "boolean",
    "group": {"type": "object", "properties": {"x": {"type": "number"}}},
    "rows": {"type": "array", "items": ROW},
}


def worked_out(data: dict[str, Any], components: Any = (), **expressions: Any) -> Calculated:
    tree = form_tree([PageLayout("page", list(components))])
    rules = {path.replace("__", "."): {"expression": expression} for path, expression in expressions.items()}
    calculations = read_calculations({"calculations": rules})
    model = DataModel(schema(FIELDS))
    return calculate(
        {"m": data},
        lambda now: Form(tree, Surroundings(now, "m")),
        {"m": calculations.calculations},
        lambda _type: model,
    )


def test_results_that_need_others_below_them_in_the_file_are_right() -> None:
    done = worked_out({}, a=["plus", ["dataModel", "b"], 1], b=["plus", ["dataModel", "c"], 1], c=5)
    assert done.data == {"m": {"a": 7, "b": 6, "c": 5}}
    assert done.restless == ()


def test_results_that_need_others_in_ways_that_are_not_written_out_are_right() -> None:
    hidden = {"hidden": ["equals", ["dataModel", "b"], None], "id": "c", "type": "Input"}
    shown = {**hidden, "dataModelBindings": {"simpleBinding": "c"}}
    done = worked_out(
        {"c": 3},
        [shown],
        whole=["plus", ["component", "c"], ["dataModel", ["concat", "a"]]],
        a=["plus", ["dataModel", ["concat", "b"]], 1],
        b=2,
    )
    assert done.data["m"] == {"a": 3, "b": 2, "c": 3, "whole": 6}
    assert done.restless == ()


def test_a_result_may_read_a_component_of_its_own_row() -> None:
    group = {"id": "g", "type": "RepeatingGroup", "children": ["n"], "dataModelBindings": {"group": "rows"}}
    shown = ["equals", ["dataModel", "rows.n"], 2]
    inner = {"id": "n", "type": "Input", "dataModelBindings": {"simpleBinding": "rows.n"}, "hidden": shown}
    rows = [{"n": 1}, {"n": 2}, {"n": 3}]
    found = worked_out({"rows": rows}, [group, inner], rows__extra=["component", "n"]).data["m"]["rows"]
    assert [row.get("extra") for row in found] == [1, None, 3]


def test_a_way_of_results_may_be_longer_than_patience() -> None:
    length = 3 * MOST_ROUNDS
    way = {f"f{n}": ["plus", ["dataModel", f"f{n + 1}"], 1] for n in range(length)}
    done = worked_out({f"f{length}": 0}, **way)
    assert done.data["m"]["f0"] == length
    assert done.restless == ()


def test_a_circle_ends_and_is_named() -> None:
    done = worked_out({}, a=["plus", ["dataModel", "b"], 1], b=["plus", ["dataModel", "a"], 1], c=1)
    assert done.restless == (("m", "a"), ("m", "b"))
    assert done.data["m"]["a"] <= 2 * MOST_ROUNDS


def test_what_a_field_has_itself_may_be_kept() -> None:
    default = ["if", ["equals", ["dataModel", "a"], None], 10, "else", ["dataModel", "a"]]
    assert worked_out({"a": 3}, a=default).data["m"] == {"a": 3}
    assert worked_out({}, a=default).data["m"] == {"a": 10}


@pytest.mark.parametrize(
    ("path", "expression", "value"),
    [
        ("text", ["plus", 1, 2], "3"),
        ("text", True, "true"),
        ("a", "2.50", Decimal("2.50")),
        ("a", ["concat", "1", "0"], 10),
        ("whole", 4.0, 4),
        ("yes", "true", True),
        ("group__x", 1, 1),
    ],
)
def test_a_result_becomes_a_value_of_its_field(path: str, expression: Any, value: Any) -> None:
    found = worked_out({}, **{path: expression}).data["m"]
    for part in path.split("__"):
        found = found[part]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("path", "expression"),
    [
        ("whole", 1.5),
        ("a", "ord"),
        ("a", "1e99999999"),
        ("yes", 7),
        ("group", 1),
        ("text", ["list", 1]),
        ("a", ["divide", 1, 0]),
        ("a", ["component", "gone"]),
        ("a", ["dataModel", "x", "no-such-type"]),
    ],
)
def test_what_cannot_be_worked_out_leaves_its_field_and_all_others_alone(path: str, expression: Any) -> None:
    done = worked_out({"a": 9, "whole": 9, "yes": True, "text": "t"}, c=1, **{path: expression})
    assert done.data["m"] == {"a": 9, "whole": 9, "yes": True, "text": "t", "c": 1}
    assert [failure.place for failure in done.failures] == [path]


def test_a_result_of_nothing_empties_its_field() -> None:
    assert worked_out({"a": 1}, a=None).data["m"] == {}


def test_rows_that_are_not_there_are_not_made() -> None:
    assert worked_out({}, rows__n=1).data == {"m": {}}
    assert worked_out({"rows": []}, rows__n=1).data == {"m": {"rows": []}}
    assert worked_out({"rows": [{}, {"n": 5}]}, rows__n=1).data["m"]["rows"] == [{"n": 1}, {"n": 1}]


def test_what_was_given_is_not_altered() -> None:
    data: dict[str, Any] = {"rows": [{}]}
    worked_out(data, rows__n=1, a=1)
    assert data == {"rows": [{}]}


@given(st.lists(st.sampled_from(["a", "b", "c"]), min_size=3, max_size=3), st.integers(-9, 9))
def test_working_out_again_changes_nothing_where_it_came_to_rest(needs: list[str], start: int) -> None:
    expressions = {
        path: ["plus", ["dataModel", need], 1] for path, need in zip("abc", needs, strict=True) if path < need
    }
    once = worked_out({"c": start}, **expressions)
    assert once.restless == ()
    assert worked_out(once.data["m"], **expressions).data == once.data


def test_a_form_that_is_only_read_keeps_what_it_has() -> None:
    rules = as_json({"calculations": {"age": {"expression": 7}}})
    definition = app(more={"App/models/model.calculation.json": rules})
    (layout_set,) = definition.layout_sets
    state = FormState(definition, layout_set, "nb", {"model": {"age": 1}}, date(2026, 1, 1))
    state = replace(state, instance={"process": {"currentTask": {"elementId": "Task_1"}}})
    assert with_results(state).data == {"model": {"age": 7}}
    assert with_results(replace(state, read_only=True)) == replace(state, read_only=True)
    elsewhere = replace(state, instance={"process": {"currentTask": {"elementId": "Task_2"}}})
    assert with_results(elsewhere).data == {"model": {"age": 1}}
