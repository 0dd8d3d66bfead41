"""An expression is evaluated so that the value of each part can be told."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition.expressions import ExpressionError, Form, Surroundings, evaluate, form_tree, trace
from studio.definition.expressions.form import Spot

DATA = {"a": 3, "b": "text", "c": None, "list": [1, 2]}


def spot() -> Spot:
    return Form(form_tree([]), Surroundings({"model": DATA}, "model")).page("")


_LEAVES = st.one_of(
    st.sampled_from([1, 2.5, "x", "3", True, None]),
    st.sampled_from([["dataModel", name] for name in DATA]),
    st.just(["component", "unknown"]),
)
_CALLS = st.sampled_from(["plus", "equals", "and", "or", "not", "greaterThan", "concat", "divide", "list"])
EXPRESSIONS = st.recursive(
    _LEAVES,
    lambda inner: st.builds(lambda name, of: [name, *of], _CALLS, st.lists(inner, max_size=3)),
    max_leaves=12,
)


@settings(deadline=None)
@given(EXPRESSIONS)
def test_the_traced_value_is_the_evaluated_one_and_so_is_what_fails(expression: Any) -> None:
    traced = trace(expression, spot())

    if traced.error is None:
        assert evaluate(expression, spot()) == traced.value
    else:
        with pytest.raises(ExpressionError) as raised:
            evaluate(expression, spot())
        assert raised.value.reason == traced.error.reason


def test_each_part_has_its_own_value() -> None:
    traced = trace(["greaterThan", ["plus", ["dataModel", "a"], 4], 5], spot())

    total, limit = traced.parts
    assert (traced.function, traced.value) == ("greaterThan", True)
    assert (total.function, total.value, [part.value for part in total.parts]) == ("plus", 7, [3, 4])
    assert (limit.function, limit.value, limit.parts) == ("", 5, ())


def test_a_malformed_expression_is_told_and_not_raised() -> None:
    assert trace(["nothing-like-it"], spot()).error is not None
    deep: Any = 1
    for _ in range(5000):
        deep = ["not", deep]
    assert trace(deep, spot()).error is not None
