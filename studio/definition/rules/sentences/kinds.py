"""What kind of value an expression gives, and what its values are called, as far as the app tells."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.layouts import Component
from studio.definition.options import Option
from studio.definition.rules.sentences.functions import FUNCTIONS
from studio.definition.rules.sentences.names import AnswerKind, Names
from studio.definition.rules.sentences.nodes import (
    Answer,
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
from studio.definition.rules.sentences.values import as_json, known_values
from studio.definition.sentences import Sentence

_KINDS: Final[Mapping[str, AnswerKind]] = {
    "boolean": "boolean",
    "number": "number",
    "text": "text",
    "date": "date",
    "list": "list",
    "object": "group",
}


@dataclass(frozen=True)
class Kinds:
    """Knows values in one place.

    `own` is the path of the field that a rule is about (what argv(0) names); `filtered` the component whose
    options are gone through, so that `value` gives one of them.
    """

    names: Names
    own: str | None = None
    filtered: Component | None = None

    def kind(self, node: Node) -> AnswerKind:
        """What kind of value an expression gives."""
        match node:
            case FieldValue(path, data_type):
                return self.names.kind_of_field(path, data_type[0] if data_type else None)
            case Answer(component):
                return self.names.kind_of_component(component)
            case Constant(bool()) | Group() | Negation() | Comparison():
                return "boolean"
            case Constant(int() | float()):
                return "number"
            case Choice(_, then, _):
                return self.kind(then)
            case Call():
                return self._kind_of_call(node)
        return "any"

    def _kind_of_call(self, call: Call) -> AnswerKind:
        if self.is_own(call):
            return self.names.kind_of_field(self.own or "")
        if known_values(call) or (self.filtered and call.function == "value"):
            return "option"
        known = FUNCTIONS.get(call.function)
        return _KINDS.get(known.result, "any") if known else "any"

    def is_own(self, node: Node) -> bool:
        """Whether a node reads the field that the rule is about."""
        match node:
            case Call("dataModel", (Call("argv", (Constant(0),)), *_)):
                return self.own is not None
            case Call("value", () | (Constant("field"),)):
                return self.own is not None and self.filtered is None
        return False

    def options(self, node: Node) -> tuple[Option, ...] | None:
        """The options that the value of a node is one of; None where it can be anything."""
        match node:
            case FieldValue(path, data_type):
                return self.names.options_of_field(path, data_type[0] if data_type else None)
            case Answer(component):
                return self.names.options_of_component(component)
            case Call("value", () | (Constant("value"),)) if self.filtered is not None:
                return self.names.options_of(self.filtered)
        return self.names.options_of_field(self.own or "") if self.is_own(node) else None

    def label(self, value: Any, beside: Node) -> Term | Sentence | None:
        """What a value is called among those of what it is compared with."""
        found = next((each for each in known_values(beside) if each.value == value), None)
        if found is not None:
            return said(found.label, ref=as_json(value))
        label = self.names.option(value, self.options(beside))
        return Term(label, "value", as_json(value)) if label else None
