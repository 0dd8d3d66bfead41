"""What the type checker claims is held against the engine: on random expressions, with random answers."""

from typing import Any, Final

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from studio.definition.expressions import (
    ExpressionError,
    Form,
    Surroundings,
    compile_expression,
    form_tree,
    to_boolean,
)
from studio.definition.expressions.checking import Answer, Problem, Question, Type, problems_of
from studio.definition.expressions.checking.types import (
    ANY,
    BOOLEAN,
    DATE,
    LIST,
    NUMBER,
    TEXT,
    WHOLE_NUMBER,
)

# Few values, so that they often meet.
TEXTS = ("", "a", "b", "1", "1.0", "2", "true", "false", "2020-01-01", "ja")
NUMBERS = (0, 1, 2, 1.5, -1, 3)
WHOLE = (0, 1, 2, -1, 3)
DATES = ("2020-01-01", "2020-01-02", "2020-01-01T12:00:00", "2020-01-01T12:00:00Z", "2019-12-31")
ORDERS = ("greaterThan", "greaterThanEq", "lessThan", "lessThanEq")
DATE_ORDERS = ("isBefore", "isBeforeEq", "isAfter", "isAfterEq", "isSameDay")

FIELDS: Final[dict[str, tuple[Type, tuple[Any, ...]]]] = {
    "text": (TEXT, TEXTS),
    "number": (NUMBER, NUMBERS),
    "whole": (WHOLE_NUMBER, WHOLE),
    "flag": (BOOLEAN, (True, False)),
    "day": (DATE, DATES),
    "list": (LIST, ([], [1, 2], ["a"])),
    "open": (ANY, (*TEXTS, *NUMBERS, True, False, [], {})),
}
ANSWERS = st.fixed_dictionaries(
    {name: st.none() | st.sampled_from(values) for name, (_, values) in FIELDS.items()}
)


class Fields:
    """Surroundings with one field of each type."""

    def answer(self, question: Question) -> Answer:
        return FIELDS[question.name][0] if question.about == "field" else ANY

    def words(self, call: list[Any], *, as_condition: bool = False) -> str:
        return f"{call} {as_condition}"


def asked(*names: str) -> st.SearchStrategy[Any]:
    return st.sampled_from([["dataModel", name] for name in names])


def calls(name: str, *arguments: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.tuples(st.just(name), *arguments).map(list)


def compared(operators: tuple[str, ...], inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    plain = st.tuples(st.just("compare"), inner, st.sampled_from(operators), inner)
    negated = st.tuples(st.just("compare"), inner, st.just("not"), st.sampled_from(operators), inner)
    return (plain | negated).map(list)


TEXT_PARTS = st.recursive(
    st.sampled_from(TEXTS) | asked("text"),
    lambda inner: calls("concat", inner, inner) | calls("lowerCase", inner),
    max_leaves=2,
)
NUMBER_PARTS = st.recursive(
    st.sampled_from(NUMBERS) | asked("number", "whole"),
    lambda inner: (
        calls("plus", inner, inner) | calls("multiply", inner, inner) | calls("stringLength", TEXT_PARTS)
    ),
    max_leaves=3,
)
DATE_PARTS = st.sampled_from(DATES[:3]) | asked("day")
ATOMS = (
    st.booleans()
    | asked("flag")
    | st.tuples(st.sampled_from(ORDERS), NUMBER_PARTS, NUMBER_PARTS).map(list)
    | st.tuples(st.sampled_from(("equals", "notEquals")), TEXT_PARTS, TEXT_PARTS).map(list)
    | st.tuples(st.sampled_from(("equals", "notEquals")), NUMBER_PARTS, NUMBER_PARTS).map(list)
    | compared(("equals", *ORDERS), NUMBER_PARTS)
    | compared(DATE_ORDERS, DATE_PARTS)
    | calls("contains", TEXT_PARTS, TEXT_PARTS)
)


def joined(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    several = st.lists(inner, min_size=1, max_size=3)
    return (
        calls("not", inner)
        | st.tuples(st.sampled_from(("and", "or")), several).map(lambda made: [made[0], *made[1]])
        | calls("if", inner, inner, st.just("else"), inner)
    )


WELL_TYPED = st.recursive(ATOMS, joined, max_leaves=6)
# Anything held against anything: most of it makes no sense.
VALUES = st.sampled_from((*TEXTS, *NUMBERS, *DATES, True, False, None)) | asked(*FIELDS)
BINARY = ("equals", "notEquals", *ORDERS, "plus", "contains")
ANY_ATOMS = (
    VALUES
    | st.tuples(st.sampled_from(("equals", "notEquals", *ORDERS, "plus", "contains")), VALUES, VALUES).map(
        list
    )
    | compared(("equals", *ORDERS, *DATE_ORDERS), VALUES)
    | calls("sum", VALUES)
)
ANYTHING = st.recursive(ANY_ATOMS, joined, max_leaves=6)


def crowded(name: str) -> st.SearchStrategy[Any]:
    """Conditions about one field that get in one another's way."""
    field, constants = st.just(["dataModel", name]), st.sampled_from((1, 2, "a", "1", None, *DATES[:2]))
    plain = st.tuples(st.sampled_from(("equals", "notEquals", *ORDERS)), field, constants).map(list)
    turned = st.tuples(st.sampled_from(("equals", *ORDERS)), constants, field).map(list)
    dated = st.tuples(st.just("compare"), field, st.sampled_from(DATE_ORDERS), constants).map(list)
    return st.recursive(plain | turned | dated | field, joined, max_leaves=4)


CROWDED = st.sampled_from(tuple(FIELDS)).flatmap(crowded)


def evaluated(expression: Any, answers: Any) -> Any:
    return Form(form_tree([]), Surroundings({"m": answers}, "m")).page("").evaluate(expression)


def outcome(expression: Any, answers: Any) -> Any:
    """The value, or why there is none."""
    try:
        return evaluated(expression, answers)
    except ExpressionError as error:
        return error.reason


ZONES = "Can not compare timestamps where only one specify timezone"


def part_at(expression: Any, at: tuple[int, ...]) -> Any:
    for place in at:
        expression = expression[place]
    return expression


@given(WELL_TYPED, ANSWERS)
def test_nothing_is_said_to_fail_in_an_expression_that_fits_together(expression: Any, answers: Any) -> None:
    said = problems_of(expression, Fields(), "boolean")
    assert [problem for problem in said if problem.certainty != "misleading"] == []
    # Whether a moment has a zone is not part of its type.
    assert outcome(expression, answers) in (True, False, None, ZONES)


@settings(max_examples=150)
@given(CROWDED | ANYTHING, st.lists(ANSWERS, min_size=4, max_size=12))
def test_what_is_claimed_holds_for_every_answer(expression: Any, listed: list[Any]) -> None:
    said = problems_of(expression, Fields(), "boolean")
    assume(said)
    for problem in said:
        assert problem.certainty != "broken"
        for answers in listed:
            CLAIMS[problem.code](expression, problem, answers)


def always(expression: Any, problem: Problem, answers: Any) -> None:
    try:
        found = evaluated(part_at(expression, problem.at), answers)
    except ExpressionError:
        return
    assert found is (problem.code == "always-true")


def never_equal(expression: Any, problem: Problem, answers: Any) -> None:
    differ(part_at(expression, problem.at[:-1]), answers)


def equal_when_empty(expression: Any, problem: Problem, answers: Any) -> None:
    call = part_at(expression, problem.at)
    if [evaluated(side, answers) for side in (call[1], call[-1])] != [None, None]:
        differ(call, answers)


def differ(call: list[Any], answers: Any) -> None:
    negated = call[0] == "notEquals" or len(call) == 5
    assert evaluated(call, answers) is negated


def fails(expression: Any, problem: Problem, answers: Any) -> None:
    if problem.certainty == "misleading":
        return
    try:
        given = evaluated(part_at(expression, problem.at), answers)
    except ExpressionError:
        return
    if given is not None:
        try:
            evaluated(part_at(expression, problem.at[:-1]), answers)
        except ExpressionError:
            return
        raise AssertionError((problem, answers))


def always_fails(expression: Any, problem: Problem, answers: Any) -> None:
    with pytest.raises(ExpressionError):
        evaluated(part_at(expression, problem.at), answers)


def wrong_result(expression: Any, problem: Problem, answers: Any) -> None:
    try:
        found = evaluated(part_at(expression, problem.at), answers)
        if found is not None:
            to_boolean(found)
            raise AssertionError((problem, answers))
    except ExpressionError:
        return


def idle(expression: Any, problem: Problem, answers: Any) -> None:
    """With and without the part the same comes out."""
    (without,) = problem.instead
    try:
        before = evaluated(part_at(expression, problem.at), answers)
    except ExpressionError:
        return
    assert evaluated(without, answers) is before


def never_reached(expression: Any, problem: Problem, answers: Any) -> None:
    """Where it holds, one of the conditions before it in the chain does too."""
    at, before = problem.at, []
    while len(at) > 1 and at[-2:] == (4, 1) and part_at(expression, at[:-2])[0] == "if":
        at = (*at[:-2], 1)
        before.append(part_at(expression, at))
    try:
        if to_boolean(evaluated(part_at(expression, problem.at), answers)):
            assert any(to_boolean(evaluated(each, answers)) for each in before)
    except ExpressionError:
        return


CLAIMS: Final = {
    "always-true": always,
    "always-false": always,
    "never-equal": never_equal,
    "equal-when-empty": equal_when_empty,
    "never-reached": never_reached,
    "idle-condition": idle,
    "wrong-argument": fails,
    "wrong-result": wrong_result,
    "always-fails": always_fails,
}


@given(ANYTHING, st.sampled_from(["equlas", "and", "notEquals", "nosuch"]), st.integers(0, 4))
def test_what_cannot_be_read_is_what_the_engine_refuses(inner: Any, name: str, count: int) -> None:
    expression = ["not", [name, *[inner] * count]]
    broken = any(problem.certainty == "broken" for problem in problems_of(expression, Fields()))
    try:
        compile_expression(expression)
    except ExpressionError:
        assert broken
    else:
        assert not broken
