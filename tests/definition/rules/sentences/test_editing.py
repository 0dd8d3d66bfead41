"""Editing expressions by the paths of their parts."""

import copy
from collections.abc import Callable
from contextlib import suppress
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.definition.errors import DomainError, NotThere
from studio.definition.expressions import Context, compile_expression, evaluate, to_boolean
from studio.definition.rules.sentences import editing, facing, read, turned, walk, write

A = ["equals", ["dataModel", "a"], 1]
B = ["equals", ["dataModel", "b"], 2]
C = ["equals", ["dataModel", "c"], 3]

_LEAVES = [
    True,
    False,
    ["equals", "a", "a"],
    ["notEquals", "a", None],
    ["greaterThan", None, 1],
    ["greaterThan", 2, 1],
    ["contains", "ab", "b"],
    ["compare", "2020-01-01", "isBefore", None],
    ["compare", 1, "not", "lessThan", None],
]
_CONDITIONS = st.recursive(
    st.sampled_from(_LEAVES),
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=3).map(lambda members: ["and", *members]),
        st.lists(inner, min_size=1, max_size=3).map(lambda members: ["or", *members]),
        inner.map(lambda one: ["not", one]),
        st.builds(lambda when, then: ["if", when, then, "else", False], inner, inner),
    ),
    max_leaves=12,
)


class _Nowhere:
    """A place that nothing can be asked about: the conditions are made of literals."""


def _holds(expression: Any) -> bool:
    return to_boolean(evaluate(expression, cast("Context", _Nowhere())))


@pytest.mark.parametrize(
    ("edited", "expected"),
    [
        (editing.add_condition(A, (), B), ["and", A, B]),
        (editing.add_condition(["or", A, B], (), C), ["or", A, B, C]),
        (editing.add_condition(["or", A, B], (1,), C), ["or", ["and", A, C], B]),
        (editing.remove(["or", A, B, C], (2,)), ["or", A, C]),
        (editing.remove(["or", A, B], (1,)), B),
        (editing.remove(["and", ["or", A, B], C], (1, 2)), ["and", A, C]),
        (editing.remove(["and", ["not", A], C], (1, 1)), C),
        (editing.remove(A, ()), None),
        (editing.remove(["not", A], (1,)), None),
        (editing.remove(["or", A], (1,)), None),
        (editing.remove(["and", ["or", A], B], (1, 1)), B),
        (editing.remove(["if", A, 1, "else", 2], (4,)), ["if", A, 1]),
        (editing.remove(["plus", 1, 2], (1,)), 2),
        (editing.remove(["minus", 1, 2], (1,)), ["minus", None, 2]),
        (editing.wrap(["and", A, B], (2,), "or"), ["and", A, ["or", B]]),
        (editing.wrap(A, (), "not"), ["not", A]),
        (editing.unwrap(["and", ["or", B, C], A], (1,)), ["and", B, C, A]),
        (editing.unwrap(["and", A, ["not", B]], (2,)), ["and", A, B]),
        (editing.unwrap(["or", A], ()), A),
        (editing.negate(["and", A, B], (1,)), ["and", ["notEquals", ["dataModel", "a"], 1], B]),
        (editing.negate(["lessThan", 1, 2], ()), ["not", ["lessThan", 1, 2]]),
        (editing.negate(["compare", 1, "lessThan", 2], ()), ["compare", 1, "not", "lessThan", 2]),
        (editing.move(["and", A, B, C], (1,), (3,)), ["and", B, A, C]),
        (editing.move(["and", A, B, C], (3,), (1,)), ["and", C, A, B]),
        (editing.move(["and", A, B, C], (1,), (4,)), ["and", B, C, A]),
        (editing.move(["and", A, B, C], (2,), (2,)), ["and", A, B, C]),
        (editing.move(["and", ["or", A, B], C], (2,), (1, 3)), ["or", A, B, C]),
        (editing.move(["and", ["or", A, B], C], (1, 1), (3,)), ["and", B, C, A]),
        (editing.move(["or", C, ["and", A, B]], (2, 2), (1,)), ["or", B, C, A]),
        (editing.set_connective(["and", A, B], (), "or"), ["or", A, B]),
        (editing.set_operator(A, (), "isEmpty"), ["equals", ["dataModel", "a"], None]),
        (editing.set_operator(A, (), "lessThan"), ["lessThan", ["dataModel", "a"], 1]),
        (editing.set_operator(["equals", 1, ["value"]], (), "lessThan"), ["lessThan", ["value"], 1]),
        (editing.set_operator(A, (), "isAfter"), ["compare", ["dataModel", "a"], "isAfter", 1]),
        (editing.set_operator(["notEquals", "x", None], (), "equals", "number"), ["equals", "x", 0]),
        (editing.set_operator(["value"], (), "equals", "boolean"), ["equals", ["value"], True]),
        (editing.set_function(["plus", 1, 2, 3], (), "multiply"), ["multiply", 1, 2, 3]),
        (editing.set_function(["plus", 1, 2, 3], (), "minus"), ["minus", 1, 2]),
        (editing.set_function(["dataModel", "a"], (), "round"), ["round", ["dataModel", "a"]]),
        (editing.set_function(["dataModel", "a"], (), "plus"), ["plus", ["dataModel", "a"], 0]),
        (editing.set_function(["upperCase", "a"], (), "if"), ["if", True, "a", "else", ""]),
    ],
)  # fmt: skip
def test_an_edit_gives_what_was_asked_for(edited: Any, expected: Any) -> None:
    assert edited == expected


@pytest.mark.parametrize(
    "edit",
    [
        lambda: editing.part(A, (1, 5)),
        lambda: editing.replace(A, (0,), 1),
        lambda: editing.replace(A, (-1,), 1),
        lambda: editing.move(["and", A, ["or", B, C]], (2,), (2, 1)),
        lambda: editing.move(["and", A, B], (1,), (2, 1)),
        lambda: editing.move(["and", A, B], (1,), (9,)),
        lambda: editing.move(A, (), (1,)),
        lambda: editing.unwrap(["and", A, B], ()),
        lambda: editing.unwrap(1, ()),
        lambda: editing.set_operator(A, (), "nonsense"),
        lambda: editing.set_function(A, (), "nonsense"),
        lambda: editing.set_connective(A, (), "or"),
        lambda: editing.add_argument(["minus", 1, 2], (), 3),
    ],
)
def test_an_edit_that_makes_no_sense_is_refused_in_words(edit: Callable[[], Any]) -> None:
    with pytest.raises(DomainError) as refused:
        edit()
    assert str(refused.value.sentence).endswith(".")


def test_a_part_that_is_gone_is_told_apart_from_other_mistakes() -> None:
    with pytest.raises(NotThere):
        editing.remove(A, (1, 1, 1))


@given(_CONDITIONS, st.data())
def test_no_edit_alters_what_it_is_given(expression: Any, data: st.DataObject) -> None:
    before = copy.deepcopy(expression)
    path, _ = data.draw(st.sampled_from(list(walk(read(expression)))))
    for edit in (editing.remove, editing.negate, editing.unwrap):
        try:
            edit(expression, path)
        except DomainError:
            continue
    editing.wrap(expression, path, "and")
    editing.add_condition(expression, path, A)
    assert expression == before


@given(_CONDITIONS, st.data())
def test_what_is_left_after_an_edit_is_still_an_expression(expression: Any, data: st.DataObject) -> None:
    path, _ = data.draw(st.sampled_from(list(walk(read(expression)))))
    target, _ = data.draw(st.sampled_from(list(walk(read(expression)))))
    made = [editing.remove(expression, path), editing.negate(expression, path)]
    with suppress(DomainError):
        made.append(editing.move(expression, path, target))
    for each in made:
        compile_expression(each)


@given(_CONDITIONS)
def test_what_is_turned_holds_exactly_where_it_did_not(expression: Any) -> None:
    assert _holds(write(turned(read(expression)))) is not _holds(expression)
    assert _holds(editing.negate(["and", expression], (1,))) is not _holds(expression)


@given(_CONDITIONS)
def test_what_hides_still_hides_when_it_was_edited_as_what_shows(expression: Any) -> None:
    face = facing(expression)
    assert _holds(face.stored(face.expression)) is _holds(expression)
    assert face.shows is (_holds(face.expression) is not _holds(expression))
    if face.offset:
        assert editing.part(expression, face.offset) == face.expression


@pytest.mark.parametrize(
    ("hidden", "shows", "edited"),
    [
        (["not", A], True, A),
        (["notEquals", "a", 1], True, ["equals", "a", 1]),
        (["equals", "a", 1], False, ["equals", "a", 1]),
        (["equals", "a", None], True, ["notEquals", "a", None]),
        (["and", A, B], False, ["and", A, B]),
    ],
)
def test_what_hides_is_edited_the_way_it_reads(hidden: Any, shows: bool, edited: Any) -> None:
    face = facing(hidden)
    assert (face.shows, face.expression) == (shows, edited)
