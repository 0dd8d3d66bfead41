"""Expressions in words, in every language."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from family import Say, family, field
from hypothesis import given, settings
from hypothesis import strategies as st

from studio.definition.expressions import function_names
from studio.definition.rules.sentences import (
    FUNCTIONS,
    OPERATORS,
    Function,
    Names,
    Wording,
    in_words,
    lines,
    parts_of_sentence,
    read,
)
from studio.definition.sentences import Sentence

HAS = field("hasChildren")
INCOME = field("income")


@pytest.mark.parametrize(
    ("expression", "en", "nb", "nn"),
    [
        (["equals", HAS, "yes"], "{} is Yes, I do", "{} er Yes, I do", "{} er Yes, I do"),
        (["equals", "no", ["component", "has-children"]], "{} is No", "{} er No", "{} er No"),
        (
            ["notEquals", HAS, "yes"],
            "{} is something other than Yes, I do",
            "{} er noe annet enn Yes, I do",
            "{} er noko anna enn Yes, I do",
        ),
        (["not", ["equals", HAS, None]], "{} has an answer", "{} har svar", "{} har svar"),
        (["equals", None, HAS], "{} has no answer", "{} er uten svar", "{} er utan svar"),
        (["greaterThan", ["stringLength", HAS], 0], "{} has an answer", "{} har svar", "{} har svar"),
        (
            ["or", ["equals", HAS, "yes"], ["equals", HAS, "no"]],
            "{} is Yes, I do or No",
            "{} er Yes, I do eller No",
            "{} er Yes, I do eller No",
        ),
    ],
)
def test_answers_are_named_by_question_and_option(
    names: Names, say: Mapping[str, Say], expression: Any, en: str, nb: str, nn: str
) -> None:
    sentence = Wording(names).condition(read(expression))
    told = [in_words(sentence, say[language]) for language in ("en", "nb", "nn")]
    assert told == [each.format("Do you have children?") for each in (en, nb, nn)]


@pytest.mark.parametrize(
    ("expression", "english", "bokmaal"),
    [
        (["greaterThan", INCOME, 100000], "Income is more than 100\xa0000", "Income er mer enn 100\xa0000"),
        (["lessThan", 1.50, INCOME], "Income is more than 1.5", "Income er mer enn 1,5"),
        (["greaterThan", 5, INCOME], "Income is less than 5", "Income er mindre enn 5"),
        (["greaterThanEq", 5, INCOME], "Income is at most 5", "Income er høyst 5"),
        (["lessThanEq", INCOME, -2026], "Income is at most −2026", "Income er høyst −2026"),
        (
            ["not", ["greaterThan", INCOME, 5]],
            "Income is empty or at most 5",
            "Income er uten svar eller høyst 5",
        ),
        (
            ["not", ["greaterThan", ["plus", INCOME, 1], 5]],
            "Income plus 1 is at most 5",
            "Income pluss 1 er høyst 5",
        ),
        (
            ["compare", field("born"), "not", "isBefore", "2008-01-31"],
            "Born is empty or no earlier than 31 January 2008",
            "Born er uten svar eller tidligst 31. januar 2008",
        ),
        (
            ["compare", field("unasked"), "isSameDay", "2008-12-01T12:30:00Z"],
            "unasked is the day 1 December 2008 at 12:30",
            "unasked er dagen 1. desember 2008 kl. 12:30",
        ),
        (
            ["commaContains", field("interests"), "sport"],
            "Interests includes Sports",
            "Interests omfatter Sports",
        ),
        (["equals", field("agree"), True], "I agree is Of course", "I agree er Of course"),
        (["dataModel", "agree"], "I agree is Of course", "I agree er Of course"),
        (["equals", field("agree"), False], "I agree is No", "I agree er Nei"),
        (["equals", field("kind"), "a"], "The kind is a", "The kind er a"),
        (["authContext", "sign"], "the person may sign", "personen har lov til å signere"),
        (
            ["equals", ["instanceContext", "instanceOwnerPartyType"], "org"],
            "the kind of party that the form is for is an organisation",
            "typen part skjemaet gjelder er en organisasjon",
        ),
        (
            ["equals", ["gatewayAction"], "reject"],
            "the chosen action is reject",
            "handlingen som ble valgt er avvise",
        ),
        (
            ["equals", ["language"], "nn"],
            "the person's language is Norwegian Nynorsk",
            "språket til personen er nynorsk",
        ),
        (True, "it is always so", "det alltid er slik"),
        (["mystery", INCOME, "x"], "mystery(Income, x) is Yes", "mystery(Income, x) er Ja"),
    ],
)
def test_conditions_read_as_clauses(
    names: Names, say: Mapping[str, Say], expression: Any, english: str, bokmaal: str
) -> None:
    sentence = Wording(names).condition(read(expression))
    assert in_words(sentence, say["en"]) == english
    assert in_words(sentence, say["nb"]) == bokmaal


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        (["multiply", ["plus", INCOME, 1], 2], "(Income plus 1) times 2"),
        (["plus", ["plus", INCOME, 1], 2], "Income plus 1 plus 2"),
        (["minus", INCOME, ["plus", 1, 2]], "Income minus (1 plus 2)"),
        (["sum", ["jmespath", field("expenses"), "[].amount"]], "the sum of Amount in all rows of Expenses"),
        (
            ["sum", ["jmespath", field("expenses"), '[*]."on-date"']],
            "the sum of on-date in all rows of Expenses",
        ),
        (["count", field("expenses")], "the number of rows in Expenses"),
        (["jmespath", field("expenses"), "[?a].b"], "what the query [?a].b finds in Expenses"),
        (
            ["concat", "From ", ["concat", field("born"), " on"], ["upperCase", INCOME]],
            "“From Born on(Income in capital letters)”",
        ),
        (
            ["if", ["equals", HAS, "no"], 0, "else", INCOME],
            "0 when Do you have children? is No, otherwise Income",
        ),
        (["if", ["equals", HAS, "no"], 0], "0 when Do you have children? is No, otherwise nothing"),
        (["equals", HAS, "no"], "whether Do you have children? is No"),
        (["text", "too-late"], "Too late"),
        (["displayValue", "children"], "Children as it is shown"),
        (["linkToPage", "More", "Money"], "a link to page About money that reads More"),
        (["round", ["divide", INCOME, 12], 2], "(Income divided by 12) rounded to 2 decimals"),
        (field("expenses[0].what"), "What"),
        (["dataModel", "x.y-datadef-12.value"], "y"),
        ({"a": 1}, '{"a": 1}'),
        (["mystery"], "mystery()"),
        ("", "an empty text"),
        (None, "nothing"),
    ],
)
def test_values_read_as_phrases(names: Names, say: Mapping[str, Say], expression: Any, words: str) -> None:
    phrase = Wording(names).value(read(expression))
    assert in_words(Wording(names).sentence(phrase), say["en"]) == words


def test_long_groups_become_lists_and_short_ones_a_line(names: Names, say: Mapping[str, Say]) -> None:
    expression = [
        "and",
        ["equals", HAS, "yes"],
        ["or", ["greaterThan", INCOME, 1], ["not", ["and", ["equals", INCOME, None], ["equals", HAS, "no"]]]],
        ["and", ["equals", field("kind"), "b"], ["dataModel", "agree"]],
    ]
    sentence = Wording(names).condition(read(expression))
    assert [(line.depth, line.text) for line in lines(sentence, say["en"])] == [
        (0, "all of these are true:"),
        (1, "Do you have children? is Yes, I do"),
        (
            1,
            "Income is more than 1, Income has an answer or Do you have children? is something other than No",
        ),
        (1, "The kind is b"),
        (1, "I agree is Of course"),
    ]
    one_line = in_words(sentence, say["nb"])
    assert one_line.startswith(
        "Do you have children? er Yes, I do, (Income er mer enn 1, Income har svar eller"
    )


def test_a_group_in_the_middle_of_a_sentence_stays_on_its_line(names: Names, say: Mapping[str, Say]) -> None:
    several = ["or", *(["equals", INCOME, number] for number in range(3)), ["dataModel", "agree"]]
    value = Wording(names).value(read(["if", several, 1, "else", 2]))
    (line,) = lines(Wording(names).sentence(value), say["en"])
    assert line.text == ("1 when Income is 0, Income is 1, Income is 2 or I agree is Of course, otherwise 2")
    bracketed = Wording(names).value(read(["plus", 1, several]))
    assert len(lines(Wording(names).sentence(bracketed), say["en"])) == 1


def test_of_very_many_conditions_a_line_tells_the_first_and_a_list_all(names: Names) -> None:
    many = ["or", *(["greaterThan", INCOME, number] for number in range(30))]
    sentence = Wording(names).condition(read(many))
    assert in_words(sentence, str).endswith("Income is more than 10 or 19 more")
    assert len(lines(sentence, str)) == 31


def test_parts_say_what_they_name(names: Names, say: Mapping[str, Say]) -> None:
    sentence = Wording(names).condition(read(["greaterThan", INCOME, 100000]))
    assert [(part.kind, part.text, part.ref) for part in parts_of_sentence(sentence, say["nn"])] == [
        ("field", "Income", "income"),
        ("words", " ", ""),
        ("operator", "er meir enn", ""),
        ("words", " ", ""),
        ("value", "100\xa0000", "100000"),
    ]
    assert str(sentence) == "*Income* is more than *100\xa0000*"


def test_two_different_fields_in_one_choice_do_not_become_one(names: Names, say: Mapping[str, Say]) -> None:
    different = ["or", ["equals", HAS, "yes"], ["equals", INCOME, 1]]
    sentence = Wording(names).condition(read(different))
    assert in_words(sentence, say["en"]) == "Do you have children? is Yes, I do or Income is 1"


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("function", FUNCTIONS.values(), ids=list(FUNCTIONS))
def test_every_function_reads_as_words_in_every_language(
    names: Names, say: Mapping[str, Say], language: str, function: Function
) -> None:
    wording = Wording(names)
    told = in_words(wording.sentence(wording.value(read(function.example))), say[language])
    assert f"{function.name}(" not in told or function.name == "object"
    for message in (function.label.message, function.help.message, *function.words.values()):
        assert say[language](message) != message or message in {"%(a)s", "%(a)s minus %(b)s", "Sum", "Minus"}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_operator_has_a_wording_that_is_right_after_when_too(
    say: Mapping[str, Say], language: str
) -> None:
    for operator in OPERATORS.values():
        for sentence in filter(None, (operator.label, operator.denied, operator.denied_of_filled)):
            words = say[language](sentence.message).split()
            assert words != sentence.message.split()
            assert not {"ikke", "ikkje"} & set(words), "stands in another place after a subjunction"


_ANY = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=4)
    | st.sampled_from(["income", "born", "else"]),
    lambda inner: st.builds(
        lambda name, arguments: [name, *arguments],
        st.sampled_from(function_names()),
        st.lists(inner, max_size=5),
    ),
    max_leaves=25,
)


@settings(max_examples=150)
@given(_ANY)
def test_every_expression_can_be_put_into_words(expression: Any) -> None:
    wording = Wording(Names(family()))
    for sentence in (
        wording.condition(read(expression)),
        wording.condition(read(expression), denied=True),
        wording.sentence(wording.value(read(expression))),
    ):
        assert str(sentence)
        assert all(_messages(sentence)), "an empty message is the head of a catalogue"
        assert all(part.text for part in parts_of_sentence(sentence, str))
        assert "".join(part.text for part in parts_of_sentence(sentence, str)).strip()


def _messages(sentence: Sentence) -> Iterator[str]:
    yield sentence.message
    for value in sentence.values.values():
        if isinstance(value, Sentence):
            yield from _messages(value)
