"""A function of the language as people meet it, as a value."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from studio.definition.sentences import Sentence

# What a value is. "any": it depends on what is read.
ValueType = Literal["boolean", "number", "text", "date", "list", "object", "any"]
Family = Literal["logic", "comparison", "number", "text", "date", "lookup", "list", "link"]
# What a literal argument names, so that it can be picked; "value": nothing, it is a value.
Role = Literal[
    "value",
    "field",
    "component",
    "text",
    "options",
    "data type",
    "page",
    "fact",
    "setting",
    "action",
    "argument",
    "named value",
    "query",
]


@dataclass(frozen=True, slots=True)
class Parameter:
    """One argument: the type it is read as, and what it names where it is written out."""

    type: ValueType
    role: Role = "value"


@dataclass(frozen=True, slots=True)
class Function:
    """A function of the language.

    `words` says it with %(a)s, %(b)s, ... for its arguments: one wording for each number of them. Where it
    `joins` any number of arguments, the wording for two is used again and again.
    `label` is for menus, `help` one sentence on what it gives, `example` an expression that shows it.
    """

    name: str
    family: Family
    parameters: tuple[Parameter, ...]
    result: ValueType
    label: Sentence
    help: Sentence
    words: Mapping[int, str]
    example: Any
    joins: bool = False
    # How many of the parameters can be left out.
    optional: int = 0


BOOLEAN: Final = Parameter("boolean")
NUMBER: Final = Parameter("number")
TEXT: Final = Parameter("text")
DATE: Final = Parameter("date")
LIST: Final = Parameter("list")
ANY: Final = Parameter("any")
