"""Calls of functions in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from studio.definition.rules.sentences.columns import column_of
from studio.definition.rules.sentences.function import Function, Parameter
from studio.definition.rules.sentences.functions import FUNCTIONS
from studio.definition.rules.sentences.kinds import Kinds
from studio.definition.rules.sentences.names import Names
from studio.definition.rules.sentences.nodes import (
    Call,
    Choice,
    Comparison,
    Constant,
    FieldValue,
    Group,
    Negation,
    Node,
)
from studio.definition.rules.sentences.parts import Term, said
from studio.definition.rules.sentences.phrases import Phrase, Values, bracketed, listed
from studio.definition.rules.sentences.values import ACTIONS, FACTS, as_json
from studio.definition.sentences import N_, Sentence

# Of longer sums and texts only the beginning is told.
_TOLD: Final = 12
_MOST_PIECES: Final = 40
_LETTERS: Final = "abcdefgh"
_OF_OPTIONS: Final = {
    "value": Sentence(N_("the option")),
    "label": Sentence(N_("the label of the option")),
    "description": Sentence(N_("the description of the option")),
    "helpText": Sentence(N_("the help text of the option")),
    "tags": Sentence(N_("the tags of the option")),
}


@dataclass(frozen=True)
class CallWording:
    """Puts calls into words; `value` does so for what they are given."""

    names: Names
    kinds: Kinds
    value: Callable[[Node], Phrase]

    def phrase(self, call: Call) -> Phrase:
        """The phrase for what a call gives."""
        special = self._special(call) or self._looked_up(call)
        if special is not None:
            return special
        known, count = FUNCTIONS.get(call.function), len(call.arguments)
        if known is not None and known.joins and known.words and count > 2:
            return self._chain(known, call.arguments)
        message = known.words.get(count) if known is not None else None
        if known is None or message is None:
            return self._generic(call)
        phrases = [
            self._argument(known, parameter, argument)
            for parameter, argument in zip(_parameters(known, count), call.arguments, strict=True)
        ]
        return Sentence(message, dict(zip(_LETTERS, phrases, strict=False)))

    def right(self, action: str, denied: bool = False) -> Sentence:
        """The clause that the person may do something."""
        message = N_("the person has no right to %(action)s") if denied else N_("the person may %(action)s")
        return Sentence(message, {"action": _action(action)})

    def _special(self, call: Call) -> Phrase | None:
        """What can be said better than with the words of its function."""
        if self.kinds.is_own(call):
            return self.names.field(self.kinds.own or "")
        match call:
            case Call("authContext", (Constant(str(action)),)):
                return Sentence(N_("whether %(condition)s"), {"condition": self.right(action)})
            case Call("count", (FieldValue() as rows,)):
                return Sentence(N_("the number of rows in %(rows)s"), {"rows": self.value(rows)})
            case Call("jmespath", _):
                return self._column(call)
            case Call("concat", _):
                return self._text_with_values(call)
        return None

    def _looked_up(self, call: Call) -> Phrase | None:
        match call:
            case Call("value", ()) if self.kinds.filtered is not None:
                return _OF_OPTIONS["value"]
            case Call("value", (Constant(str(name)),)) if name in _OF_OPTIONS:
                return _OF_OPTIONS[name]
            case Call("instanceContext", (Constant(str(fact)),)):
                return FACTS.get(fact)
            case Call("text", (Constant(str(key)),)):
                return self.names.text(key)
        return None

    def _column(self, call: Call) -> Phrase | None:
        column = column_of(call)
        if column is None:
            return None
        values: Values = {
            "field": self.names.field(column.path, column.data_type),
            "rows": self.value(column.rows),
        }
        return Sentence(N_("%(field)s in all rows of %(rows)s"), values)

    def _text_with_values(self, call: Call) -> Phrase | None:
        """A text that is written out here and there, with names where values go."""
        pieces = list(_pieces(call))
        if len(pieces) > _MOST_PIECES or not any(isinstance(each, Constant) for each in pieces):
            return None
        values: Values = {f"p{place}": self._piece(each) for place, each in enumerate(pieces)}
        text = Sentence("".join(f"%({name})s" for name in values), values)
        return Sentence(N_("“%(text)s”"), {"text": text})

    def _piece(self, node: Node) -> Phrase | str:
        if isinstance(node, Constant) and isinstance(node.value, str):
            # A star would set off what comes after it.
            return node.value.replace("*", "")
        phrase = self.value(node)
        return phrase if isinstance(phrase, Term) else bracketed(phrase)

    def _argument(self, function: Function, parameter: Parameter, argument: Node) -> Phrase:
        if isinstance(argument, Constant) and isinstance(argument.value, str):
            named = self._named(parameter, argument.value)
            if named is not None:
                return named
        phrase = self.value(argument)
        if isinstance(argument, Call) and argument.function == function.name == "plus":
            return phrase
        return inner(argument, phrase)

    def _named(self, parameter: Parameter, name: str) -> Phrase | None:
        tell: dict[str, Callable[[str], Phrase]] = {
            "field": self.names.field,
            "component": self.names.component,
            "page": self.names.page,
            "text": self.names.text,
            "data type": self.names.data_type_term,
            "options": lambda name: Term(name, "options", name),
            "setting": lambda name: Term(name, "setting", name),
        }
        return tell[parameter.role](name) if parameter.role in tell else None

    def _chain(self, function: Function, arguments: Sequence[Node]) -> Phrase:
        """Arguments of a function that takes any number of them, two by two from the left."""
        told = arguments if len(arguments) <= _TOLD else arguments[: _TOLD - 1]
        whole, *others = [self._argument(function, function.parameters[0], each) for each in told]
        if len(told) < len(arguments):
            others.append(Term("…", "value"))
        for each in others:
            whole = Sentence(function.words[2], {"a": whole, "b": each})
        return whole

    def _generic(self, call: Call) -> Sentence:
        """A function without words: name(first, second)."""
        told = call.arguments[:_TOLD]
        shown: list[Phrase] = [self.value(argument) for argument in told]
        if len(told) < len(call.arguments):
            shown.append(Term("…", "value"))
        name = Term(call.function, "function", call.function)
        if not shown:
            return Sentence("%(function)s()", {"function": name})
        return Sentence("%(function)s(%(arguments)s)", {"function": name, "arguments": listed(shown)})


def _action(action: str) -> Phrase:
    ref = as_json(action)
    return said(ACTIONS[action], ref=ref) if action in ACTIONS else Term(action, "value", ref)


def _pieces(call: Call) -> Iterator[Node]:
    for argument in call.arguments:
        if isinstance(argument, Call) and argument.function == "concat":
            yield from _pieces(argument)
        else:
            yield argument


def inner(node: Node, phrase: Phrase) -> Phrase:
    """The phrase of a node inside of another phrase: in brackets where it is several words around others."""
    match node:
        case Call(function, arguments):
            several = function in {"plus", "minus", "multiply", "divide"} and len(arguments) > 1
        case Choice() | Comparison() | Group() | Negation():
            several = True
        case _:
            several = False
    return bracketed(phrase) if several else phrase


def _parameters(function: Function, count: int) -> Sequence[Parameter]:
    listed = function.parameters
    return listed[:count] if count <= len(listed) else (*listed, *[listed[-1]] * (count - len(listed)))
