"""Expressions as trees: nothing is lost on the way there and back."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.expressions import function_names
from studio.definition.rules.sentences import (
    FUNCTIONS,
    Answer,
    Call,
    Choice,
    Comparison,
    Constant,
    FieldValue,
    Group,
    Negation,
    Unread,
    at,
    read,
    walk,
    write,
)
from studio.definition.rules.sentences.nodes import OWN_COMPARISONS

_LITERALS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5)
_NAMES = st.sampled_from([*function_names(), "else", "not", "unknown"])
JSON_VALUES = st.recursive(
    _LITERALS | st.sampled_from(["else", "not", "isBefore", "equals"]),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.builds(lambda name, arguments: [name, *arguments], _NAMES, st.lists(inner, max_size=5))
        | st.builds(lambda left, right: ["compare", left, "not", "equals", right], inner, inner)
        | st.builds(lambda left, right: ["compare", left, "isAfter", right], inner, inner)
        | st.builds(lambda when, then, other: ["if", when, then, "else", other], inner, inner, inner)
        | st.dictionaries(st.text(max_size=3), inner, max_size=2)
    ),
    max_leaves=30,
)


@given(JSON_VALUES)
def test_what_is_read_and_written_is_what_it_was(value: Any) -> None:
    assert json.dumps(write(read(value))) == json.dumps(value)


@given(JSON_VALUES)
def test_a_path_leads_to_the_same_part_of_the_tree_and_of_the_json(value: Any) -> None:
    for path, node in walk(read(value)):
        part = value
        for place in path:
            part = part[place]
        assert json.dumps(write(node)) == json.dumps(part)
        assert at(read(value), path) == node


@pytest.mark.conformance
def test_every_array_and_object_in_the_vectors_survives(vectors: Path) -> None:
    seen = 0
    for path in [*vectors.glob("expressions/**/*.json"), *vectors.glob("apps/**/ui/**/*.json")]:
        try:
            content = json.loads(path.read_text(encoding="utf-8-sig"))
        except ValueError:
            continue
        for value in _arrays(content):
            assert write(read(value)) == value
            seen += 1
    assert seen > 1000


def _arrays(value: Any) -> Iterator[Any]:
    if isinstance(value, list):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _arrays(item)


@pytest.mark.parametrize(
    ("expression", "node"),
    [
        (["dataModel", "a.b"], FieldValue("a.b")),
        (["dataModel", "a.b", None], FieldValue("a.b", (None,))),
        (["dataModel", "a.b", "other"], FieldValue("a.b", ("other",))),
        (["dataModel", ["argv", 0]], Call("dataModel", (Call("argv", (Constant(0),)),))),
        (["component", "x"], Answer("x")),
        (["not", True], Negation(Constant(value=True))),
        (["or", 1, 2], Group("or", (Constant(1), Constant(2)))),
        (["and"], Call("and", ())),
        (["equals", 1, 2], Comparison("equals", Constant(1), Constant(2))),
        (["equals", 1], Call("equals", (Constant(1),))),
        (["compare", 1, "isAfter", 2], Comparison("isAfter", Constant(1), Constant(2), by_compare=True)),
        (
            ["compare", 1, "not", "equals", 2],
            Comparison("equals", Constant(1), Constant(2), by_compare=True, negated=True),
        ),
        (["if", True, 1], Choice(Constant(value=True), Constant(1))),
        (["if", True, 1, "else", None], Choice(Constant(value=True), Constant(1), Constant(None))),
        (["contains", "a", "b"], Comparison("contains", Constant("a"), Constant("b"))),
        (["nobody", {}], Call("nobody", (Unread({}),))),
        ([], Unread([])),
        ([1, 2], Unread([1, 2])),
    ],
)
def test_expressions_are_read_as_what_they_mean(expression: Any, node: Any) -> None:
    assert read(expression) == node


@pytest.mark.parametrize(
    "expression", [["compare", 1, ["concat"], 2], ["if", 1, 2, "or", 3], ["compare", 1, "no", 2]]
)
def test_a_call_that_breaks_the_rules_of_its_function_is_kept_as_a_call(expression: Any) -> None:
    assert isinstance(read(expression), Call)


def test_what_is_nested_too_deeply_is_kept_and_not_looked_into() -> None:
    expression: Any = True
    for _ in range(10_000):
        expression = ["not", expression]
    node = read(expression)
    assert sum(1 for _ in walk(node)) < 200
    written, depth = write(node), 0
    while isinstance(written, list):
        written, depth = written[1], depth + 1
    assert depth == 10_000


def test_every_function_of_the_language_is_a_comparison_or_has_words_for_people() -> None:
    assert {*FUNCTIONS, *OWN_COMPARISONS, "compare"} == set(function_names())
