"""Expressions of JavaScript as expressions of the format, where they are of a form that is known."""

import json
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from tree_sitter import Node

from studio.definition.rules.old_rules.code import Code, Function, line_of, text_of
from studio.definition.rules.old_rules.values import (
    NOTHING,
    Value,
    all_there,
    both,
    chosen,
    either,
    negated,
    truth,
)

_DEEPEST: Final = 40
_COMPARED: Final = {">": "greaterThan", ">=": "greaterThanEq", "<": "lessThan", "<=": "lessThanEq"}
_TURNED: Final = {">": "<", ">=": "<=", "<": ">", "<=": ">="}
_RECKONED: Final = {"-": "minus", "*": "multiply", "/": "divide"}
_METHODS: Final = {
    "includes": "contains",
    "startsWith": "startsWith",
    "endsWith": "endsWith",
    "toUpperCase": "upperCase",
    "toLowerCase": "lowerCase",
}
_NUMBERS: Final = frozenset({"Number", "parseFloat", "parseInt"})

Names = Mapping[str, Value]


class NotKnown(Exception):
    """A part of a function is of no form that is known."""

    def __init__(self, node: Node) -> None:
        super().__init__(text_of(node))
        self.line = line_of(node)
        self.text = text_of(node).partition("\n")[0].strip()[:80]


@dataclass(frozen=True, slots=True)
class Scope:
    """What names mean: `inputs` the members of the parameter `holder`, `names` everything else."""

    holder: str
    inputs: Names
    names: Names

    def with_input(self, name: str, value: Value) -> "Scope":
        return Scope(self.holder, {**self.inputs, name: value}, self.names)

    def with_name(self, name: str, value: Value) -> "Scope":
        return Scope(self.holder, self.inputs, {**self.names, name: value})


class ValueTranslator(ABC):
    """Translates what has a value. `body` is asked where one function calls another."""

    def __init__(self, code: Code) -> None:
        self._code = code
        self._depth = 0

    @abstractmethod
    def body(self, function: Function, scope: Scope) -> Value:
        """What a function gives."""

    def condition(self, node: Node, scope: Scope) -> Any:
        """The condition that a part counts as true."""
        if node.type == "parenthesized_expression":
            return self.condition(node.named_children[0], scope)
        if node.type == "binary_expression":
            operator = text_of(part_of(node, "operator"))
            if operator in {"&&", "||"}:
                left = self.condition(part_of(node, "left"), scope)
                right = self.condition(part_of(node, "right"), scope)
                return both(left, right) if operator == "&&" else either(left, right)
        return truth(self.value(node, scope))

    def value(self, node: Node, scope: Scope) -> Value:
        self._depth += 1
        try:
            if self._depth > _DEEPEST:
                raise NotKnown(node)
            reader = _READERS.get(node.type)
            if reader is None:
                raise NotKnown(node)
            return reader(self, node, scope)
        finally:
            self._depth -= 1

    def input(self, node: Node, scope: Scope) -> str | None:
        """The parameter that a part names: obj.name or obj["name"]."""
        holder = node.child_by_field_name("object")
        if holder is None or not scope.holder or text_of(holder) != scope.holder:
            return None
        if node.type == "member_expression":
            return text_of(part_of(node, "property"))
        inside = part_of(node, "index")
        return _text(inside) if inside.type == "string" else None

    def identifier(self, node: Node, scope: Scope) -> Value:
        """A name."""
        name = text_of(node)
        if name in {"undefined", "NaN"}:
            return NOTHING
        if name not in scope.names:
            raise NotKnown(node)
        return scope.names[name]

    def member(self, node: Node, scope: Scope) -> Value:
        """`obj.name` and `obj["name"]`."""
        name = self.input(node, scope)
        if name is not None:
            return scope.inputs.get(name, NOTHING)
        whole = part_of(node, "object")
        if node.type == "member_expression" and text_of(part_of(node, "property")) == "length":
            return Value(["stringLength", self._text_value(whole, scope)], "number")
        raise NotKnown(node)

    def _text_value(self, node: Node, scope: Scope) -> Any:
        value = self.value(node, scope)
        if value.type != "text":
            raise NotKnown(node)
        return value.expression

    def _number_value(self, node: Node, scope: Scope) -> Value:
        value = self.value(node, scope)
        if value.type not in {"number", "text"}:
            raise NotKnown(node)
        needs = (
            (value.expression,)
            if value.may_be_missing and isinstance(value.expression, list)
            else value.needs
        )
        return Value(value.expression, "number", needs)

    def unary(self, node: Node, scope: Scope) -> Value:
        """`!`, `-` or `+` and a value."""
        operator, inside = text_of(part_of(node, "operator")), part_of(node, "argument")
        if operator == "!":
            return Value(negated(self.condition(inside, scope)), "boolean")
        number = self._number_value(inside, scope)
        if operator == "+":
            return number
        if operator != "-":
            raise NotKnown(node)
        if isinstance(number.expression, int | float):
            return Value(-number.expression, "number")
        return Value(["minus", 0, number.expression], "number", number.needs)

    def binary(self, node: Node, scope: Scope) -> Value:
        """Two values and a sign between them."""
        operator = text_of(part_of(node, "operator"))
        left, right = part_of(node, "left"), part_of(node, "right")
        if operator in {"&&", "||"}:
            return self._logical(node, scope)
        if operator in {"==", "===", "!=", "!=="}:
            found = self._index_of(left, operator, right, scope)
            if found is None:
                found = equal(self.value(left, scope), self.value(right, scope))
                found = negated(found) if operator.startswith("!") else found
            return Value(found, "boolean")
        if operator in _COMPARED:
            found = self._index_of(left, operator, right, scope)
            return Value(self._compared(node, scope) if found is None else found, "boolean")
        if operator == "+":
            return added(self.value(left, scope), self.value(right, scope), node)
        if operator not in _RECKONED:
            raise NotKnown(node)
        first, second = self._number_value(left, scope), self._number_value(right, scope)
        return Value(
            [_RECKONED[operator], first.expression, second.expression],
            "number",
            (*first.needs, *second.needs),
        )

    def _logical(self, node: Node, scope: Scope) -> Value:
        """`a || b` and `a && b`: a condition, or (a || b) a value where a is nothing."""
        left, right = self.value(part_of(node, "left"), scope), self.value(part_of(node, "right"), scope)
        if text_of(part_of(node, "operator")) == "||" and "boolean" not in (left.type, right.type):
            return chosen(truth(left), left, right)
        return Value(self.condition(node, scope), "boolean")

    def _compared(self, node: Node, scope: Scope) -> Any:
        operator = text_of(part_of(node, "operator"))
        left, right = self.value(part_of(node, "left"), scope), self.value(part_of(node, "right"), scope)
        if "number" not in (left.type, right.type) or {left.type, right.type} - {"number", "text"}:
            raise NotKnown(node)
        if not isinstance(left.expression, list):
            operator, left, right = _TURNED[operator], right, left
        # A comparison with what is missing does not hold in the language either.
        plain = (left.expression, right.expression)
        needs = tuple(each for each in (*left.needs, *right.needs) if each not in plain)
        return all_there(needs, [_COMPARED[operator], *plain])

    def _index_of(self, left: Node, operator: str, right: Node, scope: Scope) -> Any | None:
        """`a.indexOf(b) > -1` and its kin: whether a holds b."""
        called = left.child_by_field_name("function")
        if left.type != "call_expression" or called is None or not text_of(called).endswith(".indexOf"):
            return None
        written = (operator, text_of(right))
        holds = {(">", "-1"), (">=", "0"), ("!==", "-1"), ("!=", "-1")}
        lacks = {("===", "-1"), ("==", "-1"), ("<", "0")}
        if written not in holds | lacks:
            raise NotKnown(left)
        found = self._holds(part_of(called, "object"), _arguments(left)[0], scope)
        return found if written in holds else negated(found)

    def _holds(self, whole: Node, part: Node, scope: Scope) -> Any:
        value, wanted = self.value(whole, scope), self.value(part, scope)
        if value.type == "list":
            found: Any = False
            for item in value.items:
                found = either(found, equal(wanted, item))
            return found
        if value.type != "text" or wanted.type != "text":
            raise NotKnown(whole)
        return ["contains", value.expression, wanted.expression]

    def call(self, node: Node, scope: Scope) -> Value:
        """A call of a function or method."""
        called, given = part_of(node, "function"), _arguments(node)
        name = text_of(called)
        if name in _NUMBERS and given:
            return self._number_value(given[0], scope)
        if name == "String" and given:
            return self._as_text(given[0], scope)
        if name == "Boolean" and given:
            return Value(self.condition(given[0], scope), "boolean")
        if called.type == "member_expression":
            return self._method(node, called, given, scope)
        helper = self._code.helpers.get(name)
        if helper is None or len(helper.parameters) != len(given) or "" in helper.parameters:
            raise NotKnown(node)
        values = {
            parameter: self.value(argument, scope)
            for parameter, argument in zip(helper.parameters, given, strict=True)
        }
        return self.body(helper, Scope("", {}, values))

    def _method(self, node: Node, called: Node, given: list[Node], scope: Scope) -> Value:
        method, whole = text_of(part_of(called, "property")), part_of(called, "object")
        if method == "toString" and not given:
            return self._as_text(whole, scope)
        if method == "includes" and len(given) == 1:
            return Value(self._holds(whole, given[0], scope), "boolean")
        if method not in _METHODS or len(given) != (0 if method.endswith("Case") else 1):
            raise NotKnown(node)
        parts = [self._text_value(each, scope) for each in (whole, *given)]
        return Value([_METHODS[method], *parts], "text" if method.endswith("Case") else "boolean")

    def _as_text(self, node: Node, scope: Scope) -> Value:
        value = self.value(node, scope)
        if value.type not in {"text", "number"}:
            raise NotKnown(node)
        return value if value.type == "text" else Value(["concat", value.expression], "text")

    def template(self, node: Node, scope: Scope) -> Value:
        """A text with values in it."""
        parts: list[Any] = []
        for each in node.named_children:
            if each.type == "string_fragment":
                parts.append(text_of(each))
            elif each.type == "template_substitution":
                parts.append(self._as_text(each.named_children[0], scope).expression)
            else:
                raise NotKnown(each)
        return Value(["concat", *parts], "text")

    def array(self, node: Node, scope: Scope) -> Value:
        """A list that is written out."""
        items = tuple(self.value(each, scope) for each in node.named_children if each.type != "comment")
        return Value(True, "list", items=items)

    def ternary(self, node: Node, scope: Scope) -> Value:
        """`a ? b : c`."""
        return chosen(
            self.condition(part_of(node, "condition"), scope),
            self.value(part_of(node, "consequence"), scope),
            self.value(part_of(node, "alternative"), scope),
        )


def equal(left: Value, right: Value) -> Any:
    if "list" in (left.type, right.type):
        return False
    if not isinstance(left.expression, list) and isinstance(right.expression, list):
        left, right = right, left
    # A number that is none equals nothing, not even what is missing.
    if (left.needs and right.type == "nothing") or (right.needs and left.type == "nothing"):
        return False
    needs = (*left.needs, *right.needs)
    if not isinstance(right.expression, list):
        # What is missing does not equal what is written out.
        needs = tuple(each for each in needs if each != left.expression)
    return all_there(needs, ["equals", left.expression, right.expression])


def added(left: Value, right: Value, node: Node) -> Value:
    if "text" in (left.type, right.type):
        parts: list[Any] = []
        for each in (left, right):
            if each.type not in {"text", "number"}:
                raise NotKnown(node)
            inside = each.expression
            joined = isinstance(inside, list) and inside[:1] == ["concat"]
            parts += inside[1:] if joined else [inside]
        return Value(["concat", *parts], "text")
    if left.type != "number" or right.type != "number":
        raise NotKnown(node)
    needs = [
        each
        for value in (left, right)
        for each in ((value.expression,) if value.may_be_missing else value.needs)
    ]
    return Value(["plus", left.expression, right.expression], "number", tuple(needs))


def _arguments(call: Node) -> list[Node]:
    return [each for each in part_of(call, "arguments").named_children if each.type != "comment"]


def part_of(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    if found is None:
        raise NotKnown(node)
    return found


def _text(node: Node) -> str:
    """The text that a string literal stands for. Raises NotKnown for escapes that are no JSON."""
    inside = "".join(text_of(each) for each in node.named_children)
    try:
        return str(json.loads(f'"{inside.replace(chr(34), chr(92) + chr(34))}"')) if inside else ""
    except ValueError:
        raise NotKnown(node) from None


def _number(node: Node) -> int | float:
    try:
        text = text_of(node)
        return int(text) if text.isdecimal() else float(text)
    except ValueError:
        raise NotKnown(node) from None


_Reader = Callable[[ValueTranslator, Node, Scope], Value]
_READERS: Final[Mapping[str, _Reader]] = {
    "identifier": ValueTranslator.identifier,
    "undefined": lambda _it, _node, _scope: NOTHING,
    "null": lambda _it, _node, _scope: NOTHING,
    "true": lambda _it, _node, _scope: Value(True, "boolean"),
    "false": lambda _it, _node, _scope: Value(False, "boolean"),
    "number": lambda _it, node, _scope: Value(_number(node), "number"),
    "string": lambda _it, node, _scope: Value(_text(node), "text"),
    "template_string": ValueTranslator.template,
    "array": ValueTranslator.array,
    "parenthesized_expression": lambda it, node, scope: it.value(node.named_children[0], scope),
    "unary_expression": ValueTranslator.unary,
    "binary_expression": ValueTranslator.binary,
    "ternary_expression": ValueTranslator.ternary,
    "call_expression": ValueTranslator.call,
    "member_expression": ValueTranslator.member,
    "subscript_expression": ValueTranslator.member,
}
