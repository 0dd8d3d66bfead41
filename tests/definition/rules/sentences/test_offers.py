"""What can be picked while a rule is built."""

from dataclasses import replace
from typing import Any

import builders
import pytest
from family import family, field

from studio.definition.expressions import compile_expression
from studio.definition.rules.places import ExpressionPlace, expression_places
from studio.definition.rules.sentences import FUNCTIONS, Names, Offers, as_sentence, in_words, names_at, read


def place_of(**rule: Any) -> tuple[ExpressionPlace, Names]:
    app = family(**rule or {"hidden": ["equals", field("income"), 1]})
    (place,) = expression_places(app)
    return place, names_at(place, Names(app))


@pytest.fixture
def offers() -> Offers:
    return Offers(*place_of())


def labels(found: Any) -> list[str]:
    return [in_words(as_sentence(each.label), str) for each in found]


def test_fields_come_in_the_order_of_the_form_with_their_questions_and_pages(offers: Offers) -> None:
    assert labels(offers.fields) == [
        "Do you have children?",
        "Children",
        "Income",
        "Born",
        "Interests",
        "the number of rows in Expenses",
        "Total",
        "1. Reason",
        "I agree",
        "unasked",
        "The kind",
    ]
    first = offers.fields[0]
    assert (first.expression, first.kind, first.page and first.page.text) == (
        field("hasChildren"),
        "option",
        "Family",
    )
    assert [each.page.text if each.page else None for each in offers.fields[-2:]] == ["About money", None]


def test_fields_of_a_row_are_offered_in_the_row_and_as_columns_outside_of_it(offers: Offers) -> None:
    inside = Offers(replace(offers.place, rows=("expenses",)), offers.names)
    paths = [each.path for each in inside.fields]
    assert {"expenses.what", "expenses.amount", "expenses.on-date"} <= set(paths)
    assert "expenses.what" not in [each.path for each in offers.fields]
    assert labels(offers.lists) == [
        "Expenses",
        "What in all rows of Expenses",
        "Amount in all rows of Expenses",
        "on-date in all rows of Expenses",
    ]


def test_a_list_inside_of_rows_gives_one_column_through_both() -> None:
    inner = {"type": "array", "items": {"type": "object", "properties": {"n": {"type": "number"}}}}
    rows = {"type": "array", "items": {"type": "object", "properties": {"inner": inner}}}
    app = builders.app(
        pages={"P": [builders.field("x", hidden=["language"])]}, fields={"x": "string", "rows": rows}
    )
    (place,) = expression_places(app)
    names = names_at(place, Names(app))
    (_, column) = Offers(place, names).lists
    assert column.expression == ["jmespath", ["dataModel", "rows"], "[].inner[].n || `[]`"]
    assert labels([column]) == ["n in all rows of rows"]
    in_row = Offers(replace(place, rows=("rows",)), names)
    assert [each.path for each in in_row.fields] == ["x", "rows", "rows.inner"]


@pytest.mark.parametrize(
    ("path", "has", "lacks"),
    [
        ("income", {"greaterThan", "equals", "isEmpty"}, {"isBefore", "contains"}),
        ("born", {"isBefore", "isSameDay", "isAnswered"}, {"greaterThan", "equals", "contains"}),
        ("hasChildren", {"equals", "notEquals"}, {"greaterThan", "contains", "isAfter"}),
        ("interests", {"commaContains", "isEmpty"}, {"equals", "greaterThan"}),
        ("agree", {"equals"}, {"contains", "lessThan"}),
        ("reason", {"contains", "startsWith", "equals"}, {"greaterThan", "isBefore"}),
        ("nowhere", {"equals", "greaterThan", "isBefore", "contains"}, set()),
    ],
)
def test_comparisons_fit_the_kind_of_answer(
    offers: Offers, path: str, has: set[str], lacks: set[str]
) -> None:
    found = {each.name for each in offers.operators(read(field(path)))}
    assert has <= found
    assert not lacks & found


def test_a_text_that_a_date_is_picked_for_holds_a_date() -> None:
    page = [builders.field("day", kind="Datepicker"), builders.field("name")]
    app = builders.app(
        pages={"P": page}, fields={"day": "string", "name": "string", "list": {"type": "array"}}
    )
    names = Names(app, app.layout_sets[0])
    assert [names.kind_of_field(each) for each in ("day", "name", "list", "gone")] == [
        "date",
        "text",
        "list",
        "any",
    ]
    assert names.kind_of_component("day") == "date"


def test_values_are_those_that_can_be_answered(offers: Offers) -> None:
    assert labels(offers.values(read(field("hasChildren")))) == ["Yes, I do", "No"]
    assert [each.value for each in offers.values(read(["component", "interests"]))] == ["sport", "music"]
    assert labels(offers.values(read(field("kind")))) == ["a", "b"]
    assert labels(offers.values(read(["language"]))) == ["Norwegian Bokmål", "Norwegian Nynorsk", "English"]
    assert offers.values(read(field("income"))) == ()
    assert labels(offers.values(read(field("agree")))) == ["Of course"]


def test_a_new_condition_begins_as_one_that_can_be_compiled(offers: Offers) -> None:
    assert offers.comparison(field("hasChildren")) == ["equals", field("hasChildren"), "yes"]
    assert offers.comparison(field("interests")) == ["commaContains", field("interests"), "sport"]
    for offer in offers.fields:
        compile_expression(offers.comparison(offer.expression))


def test_functions_give_what_is_wanted_and_work_in_the_place(offers: Offers) -> None:
    numbers = {each.name for each in offers.functions("number")}
    assert {"plus", "sum", "count", "if"} <= numbers
    assert not {"concat", "gatewayAction", "argv"} & numbers
    assert {"formatDate", "concat", "plus", "text"} <= {each.name for each in offers.functions("text")}
    on_server = Offers(replace(offers.place, kind="gateway"), offers.names)
    assert "gatewayAction" in {each.name for each in on_server.functions("text")}
    assert "displayValue" not in {each.name for each in on_server.functions("text")}


def test_every_example_of_a_function_is_right() -> None:
    for each in FUNCTIONS.values():
        compile_expression(each.example)
        assert str(each.help).endswith(".")
