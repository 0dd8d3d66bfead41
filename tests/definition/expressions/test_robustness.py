"""Whatever an app writes, an expression has a value or an ExpressionError, soon, and a form stays usable."""

from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

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
from studio.definition.expressions.number_format import format_number

LITERALS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(
        ["1e999999", "-1e99999999", "1e-99999999", "0", "2020-02-30", "a", "not", "else", "null"]
    )
)
EXPRESSIONS = st.recursive(
    LITERALS,
    lambda inner: st.tuples(st.sampled_from(function_names()), st.lists(inner, max_size=4)).map(
        lambda call: [call[0], *call[1]]
    ),
    max_leaves=12,
)


@given(
    st.floats(allow_nan=False).map(str) | st.sampled_from(["1e999999", "-1e-99999999", "1e98", "x"]),
    st.integers(-3, 500),
    st.booleans(),
)
def test_any_number_is_rounded_to_any_number_of_places(text: str, places: int, fixed: bool) -> None:
    rules = {"number": {"decimalScale": places, "fixedDecimalScale": fixed}}
    assert isinstance(format_number(text, rules, "nb"), str)


@pytest.mark.parametrize(("places", "shown"), [(2, "1.24"), (0, "1"), (-1, "1"), (28, "1.235")])
def test_a_number_is_rounded_to_the_places_that_are_asked_for(places: int, shown: str) -> None:
    assert format_number("1.235", {"number": {"decimalScale": places}}, "nb") == shown


def test_a_query_that_doubles_its_data_at_every_step_is_refused() -> None:
    assert evaluate(["jmespath", ["list", 1], "|".join(["[@,@]"] * 5)], form().page("page"))
    for query in ("|".join(["[@,@]"] * 60), "[@,@]." * 60 + "a", "[[@,@],[@,@]]|" * 30 + "to_string(@)"):
        with pytest.raises(ExpressionError, match="too much"):
            evaluate(["jmespath", ["list", 1], query], form().page("page"))


def form(components: Any = (), data: Any = None) -> Form:
    return Form(form_tree([PageLayout("page", list(components))]), Surroundings({"m": data or {}}, "m"))


@given(EXPRESSIONS)
def test_every_expression_has_a_value_or_an_expression_error(expression: Any) -> None:
    spot = form([{"id": "a", "type": "Input", "dataModelBindings": {"simpleBinding": "a"}}], {"a": [1, "x"]})
    here = spot.spot("a").with_arguments([1, None], {"a": "b"}, "a")
    with suppress(ExpressionError):
        here.evaluate(expression)


@given(EXPRESSIONS)
def test_what_is_malformed_is_named_where_it_stands(expression: Any) -> None:
    error = malformed(expression)
    if error is None:
        return
    part = expression
    for place in error.at:
        part = part[place]
    alone = malformed(part)
    assert alone is not None
    assert (alone.reason, alone.at) == (error.reason, ())


def malformed(expression: Any) -> ExpressionError | None:
    try:
        compile_expression(expression)
    except ExpressionError as error:
        return error
    return None


def test_the_malformed_part_of_an_expression_is_named() -> None:
    with pytest.raises(ExpressionError) as error:
        compile_expression(["and", ["equals", 1, 1], ["not", ["equals", 1]]])
    assert error.value.at == (2, 1)


@pytest.mark.parametrize(
    "expression",
    [
        ["plus", "1e999999", 1],
        ["multiply", "1e20", "1e20", "1e20"],
        ["multiply", "1e999999", "1e999999"],
        ["minus", "1e99999999", 1],
        ["divide", "1", "1e-99999999"],
        ["sum", ["list", "1e99999999"]],
        ["average", ["list", "1e99999999"], 1],
        ["round", 1, "1e99999999"],
        ["argv", "-1e99999999"],
        ["plus", 10**40, 1],
        ["plus", float("inf"), 1],
        ["jmespath", 1, "(" * 5000],
        ["stringReplace", "a" * 2000, "a", "b" * 2000],
        ["concat", "a" * 600_000, "b" * 600_000],
    ],
)
def test_numbers_and_texts_beyond_all_bounds_are_errors(expression: Any) -> None:
    with pytest.raises(ExpressionError):
        evaluate(expression, form().page("page").with_arguments([1]))


def test_numbers_that_no_field_could_hold_can_still_be_compared_and_quoted() -> None:
    here = form().page("page")
    assert evaluate(["greaterThan", "1e99999999", 1], here) is True
    assert evaluate(["equals", "1e99999999", 1], here) is False
    assert evaluate(["stringSlice", "abc", "-1e99999999", "1e99999999"], here) == "abc"


def test_a_long_text_is_cut_as_fast_as_a_short_one() -> None:
    text = "\N{GRINNING FACE}" * 300_000
    assert evaluate(["stringSlice", text, -2], form().page("page")) == "\N{GRINNING FACE}"
    assert evaluate(["stringSlice", "abcdef", 1, -1], form().page("page")) == "bcde"


def hidden_with(component_id: str, other: str, value: Any) -> dict[str, Any]:
    return {
        "id": component_id,
        "type": "Input",
        "dataModelBindings": {"simpleBinding": component_id},
        "hidden": ["equals", ["component", other], value],
    }


@pytest.mark.parametrize("length", [3, 40, 1000])
def test_a_long_way_of_components_that_ask_for_one_another_is_walked_to_its_end(length: int) -> None:
    # Every second one is hidden: each is hidden where the next one is shown.
    parts = [hidden_with(f"c{n}", f"c{n + 1}", "x") for n in range(length)]
    parts.append({"id": f"c{length}", "type": "Input", "dataModelBindings": {"simpleBinding": "last"}})
    data = {f"c{n}": "x" for n in range(length)} | {"last": "x"}
    found = form(parts, data)
    hidden = [found.spot(f"c{n}").hidden for n in range(length + 1)]
    assert hidden == [(length - n) % 2 == 1 for n in range(length + 1)]
    assert found.failures == []


@pytest.mark.parametrize("length", [1, 2, 7, 200])
def test_components_that_ask_for_one_another_in_a_circle_have_an_answer_each(length: int) -> None:
    parts = [hidden_with(f"c{n}", f"c{(n + 1) % length}", "x") for n in range(length)]
    found = form(parts, {f"c{n}": "x" for n in range(length)})
    assert all(isinstance(found.spot(f"c{n}").hidden, bool) for n in range(length))


def test_what_is_inside_five_hundred_groups_is_hidden_with_the_outermost() -> None:
    parts: list[dict[str, Any]] = [
        {"id": f"g{n}", "type": "Group", "children": [f"g{n + 1}"]} for n in range(500)
    ]
    parts[0]["hidden"] = True
    found = form([*parts, {"id": "g500", "type": "Divider"}])
    assert found.spot("g500").hidden


def test_deep_rules_that_ask_for_other_deep_rules_leave_the_form_usable() -> None:
    def deep(rule: Any) -> Any:
        for _ in range(95):
            rule = ["not", rule]
        return rule

    parts = [
        {**hidden_with(f"c{n}", "", ""), "hidden": deep(["equals", ["component", f"c{n + 1}"], "x"])}
        for n in range(30)
    ]
    found = form([*parts, {"id": "c30", "type": "Divider"}])
    assert isinstance(found.spot("c0").hidden, bool)
