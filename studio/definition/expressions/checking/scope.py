"""What the type checker asks about the place of an expression."""

from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, Protocol

from studio.definition.expressions.checking.problems import Certainty
from studio.definition.expressions.checking.types import Type
from studio.definition.sentences import Sentence

# field             a path in a data model (`of`: the data type that the expression names)
# component         the answer of a component · displayed: its answer in words
# option list       an id · text: a key · page: a name · target: a component that a link leads to
# data type         an id · action: one of the current task
# argument          a number for argv · named: a name for value, "" for the usual one
# gateway action    whether there is one at all
Asked = Literal[
    "field",
    "component",
    "displayed",
    "option list",
    "text",
    "page",
    "target",
    "data type",
    "action",
    "argument",
    "named",
    "gateway action",
]


class Question(NamedTuple):
    """A question about something that an expression names."""

    about: Asked
    name: str = ""
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Trouble:
    """The answer where something is wrong. `near`: the name that was probably meant."""

    code: str
    certainty: Certainty
    sentence: Sentence
    near: str | None = None


Answer = Type | Trouble


class Scope(Protocol):
    """The surroundings of an expression. Equal questions have equal answers."""

    def answer(self, question: Question) -> Answer:
        """The type of what is asked about, or what is wrong with it."""

    def words(self, call: list[Any], *, as_condition: bool = False) -> str | Sentence:
        """A call as people read it: what it gives, or (`as_condition`) what it says is so."""
