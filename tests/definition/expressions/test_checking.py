"""The type checker: what is wrong with an expression, at which part, and what was probably meant."""

import re
from typing import Any

import pytest

from studio.definition.expressions import function_names
from studio.definition.expressions.checking import (
    Answer,
    Options,
    Question,
    Trouble,
    Type,
    mended,
    problems_of,
)
from studio.definition.expressions.checking.signatures import NOT_CARRIED_OUT, SIGNATURES
from studio.definition.expressions.checking.types import ANY, BOOLEAN, DATE, LIST, NUMBER, TEXT
from studio.definition.expressions.compiling import compile_expression, known_function
from studio.definition.sentences import Sentence

ONE, SEVERAL = (Options({"1": "Ja", "2": "Nei"}, several) for several in (False, True))
FIELDS = {
    "text": TEXT,
    "number": NUMBER,
    "flag": BOOLEAN,
    "day": DATE,
    "list": LIST,
    "choice": Type(frozenset({"text"}), options=ONE),
    "choices": Type(frozenset({"text"}), options=SEVERAL),
}


class Fields:
    """Surroundings with a field of each kind."""

    def answer(self, question: Question) -> Answer:
        if question.about != "field":
            return ANY
        gone = Trouble("unknown-field", "misleading", Sentence(f"No field {question.name}."), "text")
        return FIELDS.get(question.name, gone)

    def words(self, call: list[Any], *, as_condition: bool = False) -> str:
        return str(call[1]) if not as_condition else f"{call[0]} {call[-1]}"


def field(name: str) -> list[Any]:
    return ["dataModel", name]


def only(
    expression: Any, wants: Any = "any", choices: tuple[Any, ...] = ()
) -> tuple[str, tuple[int, ...], str]:
    (problem,) = problems_of(expression, Fields(), wants, choices)
    return problem.code, problem.at, str(problem.sentence)


DEEP: Any = True
for _ in range(10_000):
    DEEP = ["not", DEEP]


@pytest.mark.parametrize(
    ("expression", "at", "sentence"),
    [
        (["not", {"a": 1}], (1,), "An object cannot stand in an expression"),
        (["not", []], (1,), "A list in an expression is a call"),
        (["not", [1, 2]], (1,), "A list in an expression is a call"),
        (["nosuchthing"], (), "There is no function named nosuchthing."),
        (["and", True, ["equals", 1]], (2,), "equals takes 2 arguments, but is given 1."),
        (["not"], (), "not takes one argument, but is given 0."),
        (["language", 1], (), "language takes no arguments, but is given 1."),
        (["or"], (), "or takes 1 arguments or more, but is given 0."),
        (["round", 1, 2, 3], (), "round takes from 1 to 2 arguments, but is given 3."),
        (["compare", 1, ["text", "a"], 2], (2,), "The operator of “compare” has to be one of these"),
        (["dataModel", "a", ["text", "b"]], (2,), "The data type has to be written out"),
        (["optionLabel", ["text", "b"], 1], (1,), "The name of the option list has to be written out"),
        (["if", True, 1, 2, 3], (), "“if” takes a condition and a value"),
        (DEEP, (1,) * 101, "The expression is nested too deeply"),
    ],
)
def test_what_cannot_be_read_is_named_at_its_part(
    expression: Any, at: tuple[int, ...], sentence: str
) -> None:
    assert only(expression)[:2] == ("bad-expression", at)
    assert only(expression)[2].startswith(sentence)


@pytest.mark.parametrize(
    ("expression", "meant"),
    [
        (["equls", field("text"), "a"], ["equals", field("text"), "a"]),
        (["Equals", field("text"), "a"], ["equals", field("text"), "a"]),
        (["if", field("flag"), 1, 2], ["if", field("flag"), 1, "else", 2]),
        (["if", field("flag"), 1, "elso", 2], ["if", field("flag"), 1, "else", 2]),
        (
            ["compare", field("day"), "isbefore", field("day")],
            ["compare", field("day"), "isBefore", field("day")],
        ),
        (["compare", field("text"), "nott", "equals", 1], ["compare", field("text"), "not", "equals", 1]),
        (["concat", field("txet")], ["concat", field("text")]),
        (["equals", field("flag"), "ja"], ["equals", field("flag"), True]),
        (["equals", "Nei", field("flag")], ["equals", False, field("flag")]),
        (["equals", field("number"), "1 000,50"], ["equals", field("number"), 1000.5]),
        (["greaterThan", field("number"), "10 000"], ["greaterThan", field("number"), 10000]),
        (["equals", field("day"), ""], ["equals", field("day"), None]),
        (["equals", field("choice"), "Ja"], ["equals", field("choice"), "1"]),
        (["commaContains", field("choices"), "nei"], ["commaContains", field("choices"), "2"]),
        (["and", True, field("flag")], ["and", field("flag")]),
        (
            ["or", ["notEquals", field("text"), "a"], ["notEquals", field("text"), "b"]],
            ["and", ["notEquals", field("text"), "a"], ["notEquals", field("text"), "b"]],
        ),
        (["instanceContext", "appid"], ["instanceContext", "appId"]),
    ],
)
def test_what_was_probably_meant_is_offered_and_mends_it(expression: Any, meant: Any) -> None:
    (problem,) = problems_of(expression, Fields())
    assert mended(expression, problem) == meant
    assert problems_of(meant, Fields()) == ()


@pytest.mark.parametrize(
    ("expression", "code", "at", "sentence"),
    [
        (
            ["greaterThan", field("day"), 1],
            "wrong-argument",
            (1,),
            "greaterThan needs a number, but day gives a date.",
        ),
        (
            ["plus", 1, field("flag")],
            "wrong-argument",
            (2,),
            "plus needs a number, but flag gives true or false.",
        ),
        (["sum", field("number")], "wrong-argument", (1,), "sum needs a list, but number gives a number."),
        (["and", True, field("list")], "wrong-argument", (2,), None),
        (["concat", field("list")], "wrong-argument", (1,), "concat needs a text, but list gives a list."),
        (
            ["compare", field("day"), "isBefore", "2020-02-30"],
            "wrong-argument",
            (3,),
            'compare needs a date, and "2020-02-30" is none.',
        ),
        (["divide", 1, 0], "always-fails", (), None),
        (["jmespath", field("list"), "["], "wrong-argument", (2,), None),
        (["jmespath", field("list"), "[?" * 500], "wrong-argument", (2,), None),
        (["object", "a"], "bad-expression", (), None),
        (["object", "a", 1, "a", 2], "bad-expression", (), None),
        (["dataModel", None], "wrong-argument", (1,), "Here has to be a name, and not null."),
    ],
)
def test_what_fails_when_it_is_evaluated_is_named(
    expression: Any, code: str, at: tuple[int, ...], sentence: str | None
) -> None:
    found = next(each for each in problems_of(expression, Fields()) if each.code == code)
    assert found.at == at
    assert sentence is None or str(found.sentence) == sentence


@pytest.mark.parametrize(
    ("expression", "code", "at"),
    [
        (["equals", field("flag"), "Kari"], "never-equal", (2,)),
        (["equals", field("day"), True], "never-equal", (2,)),
        (["notEquals", field("number"), "1.0"], "never-equal", (2,)),
        (["compare", field("day"), "equals", field("flag")], "equal-when-empty", ()),
        (["equals", ["concat", "a", field("text")], None], "never-equal", (2,)),
        (["equals", field("choice"), "3"], "no-such-option", (2,)),
        (["commaContains", field("choices"), "3"], "no-such-option", (2,)),
    ],
)
def test_what_can_never_be_equal_is_named(expression: Any, code: str, at: tuple[int, ...]) -> None:
    assert only(expression)[:2] == (code, at)


@pytest.mark.parametrize(
    "expression",
    [
        ["equals", field("text"), 1],
        ["equals", field("number"), "1.5"],
        ["equals", field("flag"), "true"],
        ["equals", field("day"), "2020-01-01"],
        ["equals", field("choice"), 1],
        ["equals", field("choice"), None],
        ["equals", field("choices"), "1,2"],
        ["equals", field("text"), field("number")],
        ["greaterThan", field("text"), 3],
        ["not", field("number")],
        ["greaterThan", "1.5e3", field("number")],
    ],
)
def test_what_makes_sense_is_passed_over(expression: Any) -> None:
    assert problems_of(expression, Fields(), "boolean") == ()


IS_1, IS_2 = (["equals", field("text"), value] for value in (1, 2))


@pytest.mark.parametrize(
    ("expression", "code", "at"),
    [
        (["and", IS_1, IS_2], "always-false", ()),
        (["and", field("flag"), ["and", IS_1, ["not", IS_1]]], "always-false", (2,)),
        (["or", ["not", IS_1], ["notEquals", field("text"), 2]], "always-true", ()),
        (
            ["and", ["greaterThan", field("number"), 5], ["lessThanEq", field("number"), 5]],
            "always-false",
            (),
        ),
        (
            [
                "and",
                ["compare", field("day"), "isBefore", "2020-01-01"],
                ["equals", field("day"), "2020-06-01"],
            ],
            "always-false",
            (),
        ),
        (["greaterThan", field("number"), None], "always-false", ()),
        (["equals", 1, 1], "always-true", ()),
        (["and", field("flag"), ["equals", "a", "b"]], "always-false", (2,)),
        (["if", IS_1, True, "else", ["if", IS_1, False, "else", True]], "never-reached", (4, 1)),
    ],
)
def test_what_is_decided_before_anybody_answers_is_named(
    expression: Any, code: str, at: tuple[int, ...]
) -> None:
    assert only(expression, "boolean")[:2] == (code, at)


@pytest.mark.parametrize(
    "expression",
    [
        # Without an answer neither is true.
        ["or", ["greaterThan", field("number"), 5], ["lessThanEq", field("number"), 5]],
        ["and", ["greaterThan", field("number"), 3], ["lessThan", field("number"), 5]],
        [
            "and",
            ["compare", field("day"), "isSameDay", "2020-01-01"],
            ["notEquals", field("day"), "2020-01-01"],
        ],
        ["and", ["equals", field("text"), "a"], ["contains", field("text"), "b"]],
        ["if", IS_1, True, "else", ["if", IS_2, False, "else", True]],
    ],
)
def test_what_an_answer_can_decide_is_passed_over(expression: Any) -> None:
    assert problems_of(expression, Fields(), "boolean") == ()


@pytest.mark.parametrize(
    ("expression", "wants", "choices", "at"),
    [
        (["if", IS_1, True, "else", "kanskje"], "boolean", (), (4,)),
        (["plus", 1, field("number")], "date", (), ()),
        (field("list"), "text", (), ()),
        (["if", IS_1, "auto", "else", "nevr"], "text", ("auto", "never"), (4,)),
    ],
)
def test_a_result_that_does_not_fit_its_place_is_named_at_the_part_that_gives_it(
    expression: Any, wants: Any, choices: tuple[str, ...], at: tuple[int, ...]
) -> None:
    assert only(expression, wants, choices)[:2] == ("wrong-result", at)


def test_every_function_has_a_signature_and_those_that_are_carried_out_ask_nothing() -> None:
    assert set(SIGNATURES) == set(function_names())
    for name in set(function_names()) - NOT_CARRIED_OUT:
        code = re.sub(r"\W", "", name)
        arguments = {"compare": [1, "equals", 1], "if": [True, 1], "sum": [["list"]], "count": [["list"]]}
        least = {"average": [["list"], 1], "object": [], "list": [], "concat": []}
        given = (arguments | least).get(code, ["1", "1", "1"][: _least(name)])
        compile_expression([name, *given])(None)  # type: ignore[arg-type]  # nothing is asked of it


def _least(name: str) -> int:
    known = known_function(name)
    return known.least if known else 0


def test_a_wide_expression_is_checked_within_bounds() -> None:
    wide = ["or", *(["equals", field("text"), f"value {number}"] for number in range(1000))]
    assert problems_of(wide, Fields(), "boolean") == ()
    wrong = ["or", *([f"nosuch{number}"] for number in range(1000))]
    assert len(problems_of(wrong, Fields(), "boolean")) == 20


def test_numbers_and_moments_beyond_all_bounds_are_no_trouble() -> None:
    far = ["and", ["greaterThan", field("number"), 1e300], ["equals", field("number"), "1e999999"]]
    early = [
        "and",
        ["compare", field("day"), "isBefore", "0001-01-01"],
        ["compare", field("day"), "isAfter", "9999-12-31"],
    ]
    assert isinstance(problems_of(far, Fields(), "boolean"), tuple)
    assert [found.code for found in problems_of(early, Fields(), "boolean")] == ["always-false"]
