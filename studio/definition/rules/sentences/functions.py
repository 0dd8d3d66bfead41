"""The functions of the language as people meet them: what each takes and gives, and how it reads in words.

Source: expressions.md, 3. What is said in words is said here once, for menus, help and sentences.
"""

from collections.abc import Mapping
from typing import Final

from studio.definition.rules.sentences.computing import NUMBERS, TEXTS
from studio.definition.rules.sentences.function import ANY, BOOLEAN, TEXT, Function, Parameter
from studio.definition.rules.sentences.looking import LOOKUPS
from studio.definition.sentences import N_, Sentence

_LISTS: Final = (
    Function(
        "list",
        "list",
        (ANY, ANY),
        "list",
        Sentence(N_("List")),
        Sentence(N_("Several values as one list.")),
        {0: N_("an empty list"), 1: "%(a)s", 2: N_("%(a)s together with %(b)s")},
        ["list", ["dataModel", "first"], ["dataModel", "second"]],
        joins=True,
        optional=2,
    ),
    Function(
        "object",
        "list",
        (TEXT, ANY),
        "object",
        Sentence(N_("Object")),
        Sentence(N_("Values with names.")),
        {},
        ["object", "name", ["dataModel", "name"]],
        joins=True,
        optional=2,
    ),
    Function(
        "jmespath",
        "list",
        (ANY, Parameter("text", "query")),
        "any",
        Sentence(N_("Query")),
        Sentence(N_("Searches lists and objects with a JMESPath query, such as one column of all rows.")),
        {2: N_("what the query %(b)s finds in %(a)s")},
        ["jmespath", ["dataModel", "expenses"], "[].amount || `[]`"],
    ),
    Function(
        "_experimentalSelectAndMap",
        "list",
        (Parameter("text", "field"), TEXT, TEXT, TEXT, BOOLEAN),
        "text",
        Sentence(N_("One column as text")),
        Sentence(N_("Puts one column of all rows together as a text, with something before and after each.")),
        {
            2: N_("%(b)s of each row of %(a)s"),
            3: N_("%(b)s of each row of %(a)s, each after %(c)s"),
            4: N_("%(b)s of each row of %(a)s, each between %(c)s and %(d)s"),
            5: N_("%(b)s of each row of %(a)s, each between %(c)s and %(d)s"),
        },
        ["_experimentalSelectAndMap", "children", "name"],
        optional=3,
    ),
)

_LINKS: Final = (
    Function(
        "linkToPage",
        "link",
        (TEXT, Parameter("text", "page"), BOOLEAN),
        "text",
        Sentence(N_("Link to a page")),
        Sentence(N_("A link to a page of the form.")),
        {
            2: N_("a link to page %(b)s that reads %(a)s"),
            3: N_("a link to page %(b)s that reads %(a)s, with a way back"),
        },
        ["linkToPage", "Read more", "about"],
        optional=1,
    ),
    Function(
        "linkToComponent",
        "link",
        (TEXT, Parameter("text", "component"), BOOLEAN),
        "text",
        Sentence(N_("Link to a component")),
        Sentence(N_("A link to a component of the form.")),
        {
            2: N_("a link to %(b)s that reads %(a)s"),
            3: N_("a link to %(b)s that reads %(a)s, with a way back"),
        },
        ["linkToComponent", "Your income", "income"],
        optional=1,
    ),
)

_LOGIC: Final = (
    Function(
        "if",
        "logic",
        (BOOLEAN, ANY, ANY),
        "any",
        Sentence(N_("One value or another")),
        Sentence(N_("One value when a condition holds, and another one when it does not.")),
        {},
        ["if", ["equals", ["dataModel", "age"], 18], 100, "else", 200],
        optional=1,
    ),
    Function(
        "and",
        "logic",
        (BOOLEAN, BOOLEAN),
        "boolean",
        Sentence(N_("All of these")),
        Sentence(N_("Holds when all of the conditions hold.")),
        {},
        ["and", ["equals", ["dataModel", "a"], 1], ["equals", ["dataModel", "b"], 2]],
        joins=True,
    ),
    Function(
        "or",
        "logic",
        (BOOLEAN, BOOLEAN),
        "boolean",
        Sentence(N_("Any of these")),
        Sentence(N_("Holds when at least one of the conditions holds.")),
        {},
        ["or", ["equals", ["dataModel", "a"], 1], ["equals", ["dataModel", "b"], 2]],
        joins=True,
    ),
    Function(
        "not",
        "logic",
        (BOOLEAN,),
        "boolean",
        Sentence(N_("Not")),
        Sentence(N_("Holds when the condition does not.")),
        {},
        ["not", ["equals", ["dataModel", "a"], 1]],
    ),
)

FUNCTIONS: Final[Mapping[str, Function]] = {
    each.name: each for each in (*_LOGIC, *NUMBERS, *TEXTS, *LOOKUPS, *_LISTS, *_LINKS)
}
