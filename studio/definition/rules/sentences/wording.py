"""Expressions in words: conditions as clauses ("Age is more than 18"), values as phrases ("the sum of Age").

Clauses stand after "when" and in lists alike, so their words are chosen to be right in both, in every
language: Norwegian puts "ikke" in another place after "når" than in a sentence of its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from studio.definition.layouts import Component
from studio.definition.rules.sentences.kinds import Kinds
from studio.definition.rules.sentences.names import AnswerKind, Names
from studio.definition.rules.sentences.nodes import (
    Answer,
    Call,
    Choice,
    Comparison,
    Connective,
    Constant,
    FieldValue,
    Group,
    Negation,
    Node,
    Unread,
)
from studio.definition.rules.sentences.operators import DATES, NUMBERS, Operator, mirrored, operator_of
from studio.definition.rules.sentences.parts import Listing, Term, said
from studio.definition.rules.sentences.phrases import Phrase, Values, as_sentence, bracketed, clause, joined
from studio.definition.rules.sentences.values import YES, as_json, spoken
from studio.definition.rules.sentences.wording_calls import CallWording, inner
from studio.definition.sentences import N_, Sentence

_HEADINGS: Final = {
    "and": Sentence(N_("all of these are true:")),
    "or": Sentence(N_("at least one of these is true:")),
}
_IS: Final = Sentence(N_("is"))
_IS_NOT: Final = Sentence(N_("is something other than"))
# More conditions than these are easier to read below one another.
_ON_A_LINE: Final = 3
# Functions that never give null.
_FILLED: Final = frozenset(
    {"plus", "minus", "multiply", "divide", "sum", "count", "countDataElements", "stringLength"}
)


@dataclass(frozen=True)
class Wording:
    """Puts expressions into words, for one place; `own` and `filtered` as for Kinds.

    `gives_text`: what comes out is looked up among the texts of the app.
    """

    names: Names
    own: str | None = None
    filtered: Component | None = None
    gives_text: bool = False

    @property
    def kinds(self) -> Kinds:
        return Kinds(self.names, self.own, self.filtered)

    def condition(self, node: Node, denied: bool = False) -> Sentence:
        """The clause that says that an expression holds, or (`denied`) that it does not."""
        match node:
            case Constant(bool(value)):
                return Sentence(N_("it is always so") if value is not denied else N_("it is never so"))
            case Negation(only):
                return self.condition(only, not denied)
            case Group(connective, members):
                return self._group(_turned(connective) if denied else connective, members, denied)
            case Comparison():
                return self._comparison(node, denied)
            case Choice():
                return self._choice_of_conditions(node, denied)
            case Call("authContext", (Constant(str(action)),)):
                return self._calls.right(action, denied)
        label = self.kinds.label(True, node) or self._yes(node)
        return clause(self.value(node), _IS_NOT if denied else _IS, label)

    def value(self, node: Node, beside: Node | None = None, kind: AnswerKind | None = None) -> Phrase:
        """The phrase for what an expression gives.

        `beside` is what a literal is compared with, `kind` how it is read where that says nothing.
        """
        match node:
            case Constant(value):
                label = self.kinds.label(value, beside) if beside is not None else None
                own = self.kinds.kind(beside) if beside is not None else "any"
                return label or spoken(value, kind if kind is not None and own in _VAGUE else own)
            case Unread(value):
                return Term(as_json(value), "value", as_json(value))
            case FieldValue(path, data_type):
                return self._field(path, data_type[0] if data_type else None)
            case Answer(component):
                return self.names.component(component)
            case Choice():
                return self._choice_of_values(node)
            case Call():
                return self._calls.phrase(node)
        return Sentence(N_("whether %(condition)s"), {"condition": self.condition(node)})

    def sentence(self, phrase: Phrase) -> Sentence:
        """A phrase as a sentence."""
        return as_sentence(phrase)

    @property
    def _calls(self) -> CallWording:
        return CallWording(self.names, self.kinds, self.value)

    def _field(self, path: str, data_type: str | None) -> Phrase:
        field = self.names.field(path, data_type)
        if data_type is None or self.names.type_id(data_type) == self.names.data_type:
            return field
        values: Values = {"field": field, "form": self.names.data_type_term(data_type)}
        return Sentence(N_("%(field)s in %(form)s"), values)

    def _yes(self, node: Node) -> Phrase:
        """What holds where the value itself is the condition: yes; in a text or a number, the sign for it."""
        return (
            Term("true", "value", "true") if self.kinds.kind(node) in _NO_SWITCHES else said(YES, ref="true")
        )

    def _filled(self, about: Node, answered: bool) -> Sentence:
        if isinstance(about, FieldValue | Answer) or self.kinds.is_own(about):
            return Sentence(N_("has an answer") if answered else N_("has no answer"))
        return Sentence(N_("has a value") if answered else N_("has no value"))

    def _group(self, connective: Connective, members: Sequence[Node], denied: bool) -> Sentence:
        alike = self._one_of(connective, members, denied)
        if alike is not None:
            return alike
        flat = list(_flattened(connective, members, denied))
        clauses = [self.condition(member, deny) for member, deny in flat]
        if len(clauses) == 1:
            return clauses[0]
        nested = [_is_group(member) for member, _ in flat]
        line = joined(
            [bracketed(each) if deep else each for each, deep in zip(clauses, nested, strict=True)],
            connective,
        )
        if len(clauses) <= _ON_A_LINE and not any(nested):
            return line
        return Listing(line.message, line.values, _HEADINGS[connective], tuple(clauses))

    def _one_of(self, connective: Connective, members: Sequence[Node], denied: bool) -> Sentence | None:
        """ "A is x or y", where all members say something about the same and differ in the value."""
        wanted = "equals" if (connective == "or") is not denied else "notEquals"
        turned = [mirrored(each) for each in members if isinstance(each, Comparison)]
        if len(turned) < 2 or len(turned) != len(members):
            return None
        about = turned[0].left
        if not all(each.left == about and _names_a_value(each, wanted) for each in turned):
            return None
        labels = [self.value(each.right, about) for each in turned]
        return clause(self.value(about), _IS if connective == "or" else _IS_NOT, joined(labels, "or"))

    def _comparison(self, comparison: Comparison, denied: bool) -> Sentence:
        turned = _plainer(mirrored(comparison))
        operator, denied = operator_of(turned), denied is not turned.negated
        left, right = turned.left, turned.right
        if not operator.takes_value:
            about = right if left == Constant(None) else left
            return clause(
                self.value(about), self._filled(about, (operator.name == "isAnswered") is not denied)
            )
        words = _words(operator, denied, left)
        return clause(self.value(left, right), words, self.value(right, left, _COMPARED.get(operator.name)))

    def _choice_of_conditions(self, choice: Choice, denied: bool) -> Sentence:
        otherwise = choice.otherwise if choice.otherwise is not None else Constant(value=False)
        values: Values = {
            "condition": self.condition(choice.condition),
            "then": self.condition(choice.then, denied),
            "otherwise": self.condition(otherwise, denied),
        }
        return Sentence(N_("(if %(condition)s: %(then)s; otherwise: %(otherwise)s)"), values)

    def _choice_of_values(self, choice: Choice) -> Sentence:
        otherwise = choice.otherwise if choice.otherwise is not None else Constant(None)
        values: Values = {
            "then": inner(choice.then, self.result(choice.then, otherwise)),
            "condition": self.condition(choice.condition),
            "otherwise": self.result(otherwise, choice.then),
        }
        return Sentence(N_("%(then)s when %(condition)s, otherwise %(otherwise)s"), values)

    def result(self, node: Node, beside: Node | None = None) -> Phrase:
        """The phrase for what a place gets: where it shows a text, that can be the key of one."""
        match node:
            case Constant(str(key)) if self.gives_text and self.names.has_text(key):
                return self.names.text(key)
        return self.value(node, beside)


def _plainer(comparison: Comparison) -> Comparison:
    """That a text has characters means that it is answered."""
    match comparison:
        case Comparison(operator, Call("stringLength", (about,)), Constant(int(limit)), _, negated):
            said = next((name for name, *known in _LENGTHS if known == [operator, limit]), None)
            return Comparison(said, about, Constant(None), negated=negated) if said else comparison
    return comparison


_LENGTHS: Final = (
    ("notEquals", "greaterThan", 0),
    ("notEquals", "greaterThanEq", 1),
    ("notEquals", "notEquals", 0),
    ("equals", "equals", 0),
    ("equals", "lessThan", 1),
    ("equals", "lessThanEq", 0),
)
# What a literal is read as by a comparison, where nothing better is known of what it is compared with.
_COMPARED: Final[Mapping[str, AnswerKind]] = {
    **dict.fromkeys(DATES, "date"),
    **dict.fromkeys(NUMBERS, "number"),
}
_NO_SWITCHES: Final = frozenset({"text", "number", "date", "time"})
_VAGUE: Final = frozenset({"any", "text"})


def _words(operator: Operator, denied: bool, left: Node) -> Sentence:
    if not denied:
        return operator.label
    return (operator.denied_of_filled if _never_empty(left) else None) or operator.denied


def _names_a_value(comparison: Comparison, operator: str) -> bool:
    right = comparison.right
    return (
        comparison.operator == operator
        and not comparison.negated
        and isinstance(right, Constant)
        and right.value is not None
    )


def _turned(connective: Connective) -> Connective:
    return "or" if connective == "and" else "and"


def _flattened(connective: Connective, members: Sequence[Node], denied: bool) -> Iterator[tuple[Node, bool]]:
    """(member, whether it is denied): the members of an "and" in an "and" are members of the outer one."""
    for member in members:
        inside, deny = member, denied
        while isinstance(inside, Negation):
            inside, deny = inside.inner, not deny
        if isinstance(inside, Group) and (connective == inside.connective) is not deny:
            yield from _flattened(connective, inside.members, deny)
        else:
            yield inside, deny


def _is_group(node: Node) -> bool:
    """Whether the words of a node hold "and" or "or" themselves."""
    return isinstance(node, Group) and len(node.members) > 1


def _never_empty(node: Node) -> bool:
    match node:
        case Call(function, _):
            return function in _FILLED
        case Constant(value):
            return value is not None
    return False
