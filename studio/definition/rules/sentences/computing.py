"""Functions that work out numbers and texts."""

from typing import Any, Final

from studio.definition.rules.sentences.function import DATE, LIST, NUMBER, TEXT, Family, Function, Parameter
from studio.definition.sentences import N_, Sentence


def _joined(name: str, words: str, label: str, text: str, example: list[Any], of: Parameter) -> Function:
    result = of.type
    family: Family = "number" if result == "number" else "text"
    menu, tip = Sentence(label), Sentence(text)
    return Function(name, family, (of, of), result, menu, tip, {1: "%(a)s", 2: words}, example, joins=True)


def _text(name: str, words: str, label: str, text: str, example: list[Any]) -> Function:
    return Function(name, "text", (TEXT,), "text", Sentence(label), Sentence(text), {1: words}, example)


NUMBERS: Final = (
    _joined(
        "plus",
        N_("%(a)s plus %(b)s"),
        N_("Plus"),
        N_("Adds numbers. What has no answer counts as 0."),
        ["plus", ["dataModel", "price"], 100],
        NUMBER,
    ),
    Function(
        "minus",
        "number",
        (NUMBER, NUMBER),
        "number",
        Sentence(N_("Minus")),
        Sentence(N_("Takes one number from another. What has no answer counts as 0.")),
        {2: N_("%(a)s minus %(b)s")},
        ["minus", ["dataModel", "income"], ["dataModel", "costs"]],
    ),
    _joined(
        "multiply",
        N_("%(a)s times %(b)s"),
        N_("Times"),
        N_("Multiplies numbers. What has no answer counts as 0."),
        ["multiply", ["dataModel", "hours"], 250],
        NUMBER,
    ),
    Function(
        "divide",
        "number",
        (NUMBER, NUMBER),
        "number",
        Sentence(N_("Divided by")),
        Sentence(N_("Divides one number by another. Nothing can be divided by 0 or by what has no answer.")),
        {2: N_("%(a)s divided by %(b)s")},
        ["divide", ["dataModel", "income"], 12],
    ),
    Function(
        "round",
        "number",
        (NUMBER, NUMBER),
        "text",
        Sentence(N_("Rounded")),
        Sentence(N_("Rounds a number, to whole numbers or to some decimals.")),
        {1: N_("%(a)s rounded to a whole number"), 2: N_("%(a)s rounded to %(b)s decimals")},
        ["round", ["dataModel", "amount"], 2],
        optional=1,
    ),
    Function(
        "sum",
        "number",
        (LIST,),
        "number",
        Sentence(N_("Sum")),
        Sentence(N_("Adds all numbers in a list, such as one column of a repeating group.")),
        {1: N_("the sum of %(a)s")},
        ["sum", ["jmespath", ["dataModel", "expenses"], "[].amount || `[]`"]],
    ),
    Function(
        "average",
        "number",
        (LIST, NUMBER),
        "number",
        Sentence(N_("Average")),
        Sentence(N_("The average of all numbers in a list; the second value where the list is empty.")),
        {2: N_("the average of %(a)s (%(b)s when there are none)")},
        ["average", ["jmespath", ["dataModel", "expenses"], "[].amount || `[]`"], 0],
    ),
    Function(
        "count",
        "number",
        (LIST,),
        "number",
        Sentence(N_("Number of")),
        Sentence(N_("How many there are in a list, such as the rows of a repeating group.")),
        {1: N_("the number of %(a)s")},
        ["count", ["dataModel", "children"]],
    ),
    Function(
        "stringLength",
        "number",
        (TEXT,),
        "number",
        Sentence(N_("Number of characters")),
        Sentence(N_("How long a text is.")),
        {1: N_("the number of characters in %(a)s")},
        ["stringLength", ["dataModel", "reason"]],
    ),
    Function(
        "stringIndexOf",
        "number",
        (TEXT, TEXT),
        "number",
        Sentence(N_("Position in a text")),
        Sentence(N_("Where a text first stands in another one, counted from 0; nothing where it does not.")),
        {2: N_("the position of %(b)s in %(a)s")},
        ["stringIndexOf", ["dataModel", "email"], "@"],
    ),
)

TEXTS: Final = (
    _joined(
        "concat",
        N_("%(a)s followed by %(b)s"),
        N_("Texts after one another"),
        N_("Puts texts together, without anything between them."),
        ["concat", ["dataModel", "firstName"], " ", ["dataModel", "lastName"]],
        TEXT,
    ),
    _text(
        "upperCase",
        N_("%(a)s in capital letters"),
        N_("Capital letters"),
        N_("Writes a text in capital letters."),
        ["upperCase", ["dataModel", "code"]],
    ),
    _text(
        "lowerCase",
        N_("%(a)s in small letters"),
        N_("Small letters"),
        N_("Writes a text in small letters."),
        ["lowerCase", ["dataModel", "email"]],
    ),
    _text(
        "upperCaseFirst",
        N_("%(a)s with a capital first letter"),
        N_("Capital first letter"),
        N_("Writes the first letter of a text as a capital."),
        ["upperCaseFirst", ["dataModel", "name"]],
    ),
    _text(
        "lowerCaseFirst",
        N_("%(a)s with a small first letter"),
        N_("Small first letter"),
        N_("Writes the first letter of a text as a small one."),
        ["lowerCaseFirst", ["dataModel", "title"]],
    ),
    Function(
        "stringReplace",
        "text",
        (TEXT, TEXT, TEXT),
        "text",
        Sentence(N_("Replaced text")),
        Sentence(N_("Replaces a text everywhere it stands in another one.")),
        {3: N_("%(a)s with %(b)s replaced by %(c)s")},
        ["stringReplace", ["dataModel", "phone"], " ", ""],
    ),
    Function(
        "stringSlice",
        "text",
        (TEXT, NUMBER, NUMBER),
        "text",
        Sentence(N_("Part of a text")),
        Sentence(N_("The part of a text between two positions, counted from 0; negative ones from its end.")),
        {
            2: N_("the part of %(a)s from position %(b)s"),
            3: N_("the part of %(a)s from position %(b)s up to position %(c)s"),
        },
        ["stringSlice", ["dataModel", "nationalId"], 0, 6],
        optional=1,
    ),
    Function(
        "formatDate",
        "date",
        (DATE, TEXT),
        "text",
        Sentence(N_("Date in words")),
        Sentence(N_("Writes a date as people do, or in a form of your own such as d. MMMM yyyy.")),
        {1: N_("%(a)s written as a date"), 2: N_("%(a)s written as %(b)s")},
        ["formatDate", ["dataModel", "birthDate"], "dd.MM.yyyy"],
        optional=1,
    ),
)
