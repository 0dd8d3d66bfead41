"""The same condition from its other side: what hides is also what does not show."""

from dataclasses import dataclass
from typing import Any

from studio.definition.rules.sentences.nodes import (
    Choice,
    Comparison,
    Constant,
    Group,
    Negation,
    Node,
    Path,
    Unread,
    read,
    write,
)
from studio.definition.rules.sentences.operators import operator_of, opposite


def turned(node: Node) -> Node:
    """What holds exactly where `node` does not. Turned twice, a comparison or negation is what it was."""
    match node:
        case Negation(inner):
            return inner
        case Constant(bool(value)):
            return Constant(not value)
        case Comparison():
            return opposite(node) or Negation(node)
    return Negation(node)


def negations(node: Node, denied: bool = False) -> int:
    """How much the words for a condition, or for its opposite, deny: the less, the easier to read."""
    match node:
        case Negation(inner):
            return negations(inner, not denied)
        case Group(_, members):
            return max(negations(member, denied) for member in members)
        case Choice(_, then, otherwise):
            return negations(then, denied) + (negations(otherwise, denied) if otherwise is not None else 0)
        case Comparison():
            operator = operator_of(node)
            return 0 if not operator.takes_value else int(operator.is_negative != (denied != node.negated))
        case Constant() | Unread():
            return 0
    return int(denied)


def shown_rather(hidden: Node) -> bool:
    """Whether what hides something is read more easily as what shows it."""
    return negations(hidden, denied=True) <= negations(hidden)


@dataclass(frozen=True, slots=True)
class Facing:
    """What hides something, as it is edited: by what shows it where that reads better.

    `expression` is what is edited, and `offset` the path at which it stands in what is stored, if it does.
    """

    shows: bool
    expression: Any
    offset: Path = ()

    def stored(self, expression: Any) -> Any:
        """What is written into the property for an edited expression."""
        return write(turned(read(expression))) if self.shows else expression


def facing(hidden: Any) -> Facing:
    """How the expression of `hidden` is edited: by what shows, where that is how it reads."""
    node = read(hidden)
    match node:
        case Negation(inner):
            return Facing(True, write(inner), (1,))
        case Comparison() if shown_rather(node) and (found := opposite(node)) is not None:
            return Facing(True, write(found))
    return Facing(False, hidden)
