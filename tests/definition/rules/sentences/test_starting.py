"""Starting points for rules, carried out by the engine that also serves people."""

from decimal import Decimal
from typing import Any

import pytest
from builders import schema

from studio.definition.data_model import DataModel
from studio.definition.errors import DomainError
from studio.definition.expressions import Form, PageLayout, Surroundings, form_tree
from studio.definition.rules import read_calculations
from studio.definition.rules.calculating import calculate
from studio.definition.rules.sentences import column_of, read, starting
from studio.definition.rules.sentences.columns import column

ROW = {
    "type": "object",
    "properties": {"price": {"type": "number"}, "number-of": {"type": "integer"}, "cost": {"type": "number"}},
}
FIELDS = {"total": "number", "name": "string", "rows": {"type": "array", "items": ROW}}


def worked_out(data: dict[str, Any], **expressions: Any) -> dict[str, Any]:
    rules = {path.replace("__", "."): {"expression": each} for path, each in expressions.items()}
    model = DataModel(schema(FIELDS))
    done = calculate(
        {"m": data},
        lambda now: Form(form_tree([PageLayout("page", [])]), Surroundings(now, "m")),
        {"m": read_calculations({"calculations": rules}).calculations},
        lambda _type: model,
    )
    assert done.failures == ()
    assert done.restless == ()
    found: dict[str, Any] = done.data["m"]
    return found


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, 0),
        ({"rows": None}, 0),
        ({"rows": []}, 0),
        ({"rows": [{}]}, 0),
        ({"rows": [{"price": 0.5}, {}, {"price": 0.25}, {"price": None}]}, Decimal("0.75")),
    ],
)
def test_a_column_is_added_up_whatever_is_in_its_rows(data: dict[str, Any], expected: Decimal | int) -> None:
    assert worked_out(data, total=starting.total("rows", "price"))["total"] == expected


def test_rows_are_multiplied_and_then_added_up() -> None:
    data = {"rows": [{"price": 10, "number-of": 2}, {"price": 2.5, "number-of": 4}, {"price": 7}]}
    found = worked_out(
        data,
        total=starting.total("rows", "cost"),
        rows__cost=starting.row_product(["rows.price", "rows.number-of"]),
    )
    assert [row["cost"] for row in found["rows"]] == [20, 10, 0]
    assert found["total"] == 30


def test_a_default_stands_until_somebody_answers() -> None:
    assert worked_out({}, name=starting.default_value("Kari"))["name"] == "Kari"
    assert worked_out({"name": "Ola"}, name=starting.default_value("Kari"))["name"] == "Ola"


def test_dates_are_kept_between_two_limits() -> None:
    tree = form_tree([PageLayout("page", [])])
    condition = starting.outside_dates("2026-01-01", ["dataModel", "end"])
    answers = {
        "before": "2025-12-31",
        "in": "2026-02-01",
        "after": "2026-03-02",
        "none": None,
        "end": "2026-03-01",
    }
    spot = Form(tree, Surroundings({"m": answers}, "m")).page("page")
    wrong = [
        name for name in ("before", "in", "after", "none") if spot.with_arguments((name,)).evaluate(condition)
    ]
    assert wrong == ["before", "after"]


def test_what_shows_is_written_as_what_hides() -> None:
    assert starting.shown_when(["equals", "a", 1]) == ["notEquals", "a", 1]
    assert starting.shown_when(["and", True, False]) == ["not", ["and", True, False]]


@pytest.mark.parametrize("choose", [starting.outside_dates, lambda: starting.row_product([])])
def test_a_choice_that_is_missing_is_asked_for(choose: Any) -> None:
    with pytest.raises(DomainError, match="Choose"):
        choose()


def test_names_that_a_query_cannot_have_as_they_are_stand_in_quotation_marks() -> None:
    made = column("rows", "number-of")
    assert made == ["jmespath", ["dataModel", "rows"], '[]."number-of" || `[]`']
    found = column_of(read(made))
    assert found is not None
    assert found.path == "rows.number-of"
