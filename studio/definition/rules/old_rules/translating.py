"""Functions of RuleHandler.js as expressions, where they are of a form that is known.

Inputs stand in the expression as ["dataModel", parameter]. A function is followed statement by statement;
whatever is not known ends it with the line and the text that nothing is known of. That an expression gives
the same as its function is not claimed here: proving.py holds the two against each other.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tree_sitter import Node

from studio.definition.rules.old_rules.code import Code, Function, text_of
from studio.definition.rules.old_rules.translating_values import (
    Names,
    NotKnown,
    Scope,
    ValueTranslator,
    added,
    equal,
    part_of,
)
from studio.definition.rules.old_rules.values import NOTHING, Type, Value, chosen, either, truth

# Each "if" doubles what comes after it.
_MOST_STATEMENTS: Final = 400


def translated(function: Function, code: Code, types: Mapping[str, Type], *, condition: bool) -> Any:
    """The expression that a function is. `types`: parameter -> what its field holds. Raises NotKnown."""
    inputs = {name: Value(["dataModel", name], kind, may_be_missing=True) for name, kind in types.items()}
    value = _Translator(code).result(function, inputs)
    return truth(value) if condition else guarded(value)


def guarded(value: Value) -> Any:
    """The value, or nothing where an input that it is reckoned with is missing."""
    if not value.needs:
        return value.expression
    empty: Any = False
    for each in value.needs:
        empty = either(empty, ["equals", each, None])
    return ["if", empty, None, "else", value.expression]


class _Translator(ValueTranslator):
    """Follows a function statement by statement."""

    def __init__(self, code: Code) -> None:
        super().__init__(code)
        self._statements = 0

    def result(self, function: Function, inputs: Names) -> Value:
        """What a function of an object gives for its inputs."""
        holder = function.parameters[0] if function.parameters else ""
        names = {name: inputs.get(name, NOTHING) for name in function.members}
        return self.body(function, Scope(holder, inputs, names))

    def body(self, function: Function, scope: Scope) -> Value:
        if function.body.type != "statement_block":
            return self.value(function.body, scope)
        return self._run(function.body.named_children, scope) or NOTHING

    def _run(self, statements: Sequence[Node], scope: Scope) -> Value | None:
        """What statements return; None where they end without that."""
        self._statements += 1
        if self._statements > _MOST_STATEMENTS and statements:
            raise NotKnown(statements[0])
        for number, statement in enumerate(statements):
            rest = statements[number + 1 :]
            match statement.type:
                case "return_statement":
                    given = statement.named_children
                    return self.value(given[0], scope) if given else NOTHING
                case "if_statement":
                    return self._if(statement, rest, scope)
                case "switch_statement":
                    return self._switch(statement, rest, scope)
                case "statement_block":
                    return self._run([*statement.named_children, *rest], scope)
                case "expression_statement":
                    scope = self._assign(statement.named_children[0], scope)
                case "lexical_declaration" | "variable_declaration":
                    scope = self._declare(statement, scope)
                case "comment" | "empty_statement":
                    continue
                case _:
                    raise NotKnown(statement)
        return None

    def _if(self, statement: Node, rest: Sequence[Node], scope: Scope) -> Value:
        condition = self.condition(part_of(statement, "condition"), scope)
        then = [part_of(statement, "consequence"), *rest]
        other = statement.child_by_field_name("alternative")
        otherwise = [*(other.named_children if other is not None else []), *rest]
        return chosen(condition, self._run(then, scope) or NOTHING, self._run(otherwise, scope) or NOTHING)

    def _switch(self, statement: Node, rest: Sequence[Node], scope: Scope) -> Value:
        value = self.value(part_of(statement, "value"), scope)
        cases = [each for each in part_of(statement, "body").named_children if each.type != "comment"]
        bodies = [list(each.children_by_field_name("body")) for each in cases]
        found = self._run(rest, scope) or NOTHING
        for number in range(len(cases) - 1, -1, -1):
            falling = [statement for body in bodies[number:] for statement in body]
            ends = next((place for place, each in enumerate(falling) if each.type == "break_statement"), None)
            body = falling if ends is None else [*falling[:ends], *rest]
            outcome = self._run(body, scope) or NOTHING
            wanted = cases[number].child_by_field_name("value")
            if cases[number].type == "switch_default" or wanted is None:
                if number != len(cases) - 1:
                    raise NotKnown(cases[number])
                found = outcome
            else:
                found = chosen(equal(value, self.value(wanted, scope)), outcome, found)
        return found

    def _assign(self, node: Node, scope: Scope) -> Scope:
        if node.type == "call_expression" and text_of(node).startswith("console."):
            return scope
        left = node.child_by_field_name("left")
        if left is None or node.type not in {"assignment_expression", "augmented_assignment_expression"}:
            raise NotKnown(node)
        value = self.value(part_of(node, "right"), scope)
        if node.type == "augmented_assignment_expression":
            if text_of(part_of(node, "operator")) != "+=":
                raise NotKnown(node)
            value = added(self.value(left, scope), value, node)
        if left.type == "identifier":
            return scope.with_name(text_of(left), value)
        name = self.input(left, scope)
        if name is None:
            raise NotKnown(node)
        return scope.with_input(name, value)

    def _declare(self, statement: Node, scope: Scope) -> Scope:
        for declarator in statement.named_children:
            name, given = declarator.child_by_field_name("name"), declarator.child_by_field_name("value")
            if declarator.type == "comment":
                continue
            if name is None:
                raise NotKnown(declarator)
            if name.type == "identifier":
                value = self.value(given, scope) if given is not None else NOTHING
                scope = scope.with_name(text_of(name), value)
            elif name.type == "object_pattern" and given is not None and text_of(given) == scope.holder:
                for each in name.named_children:
                    if each.type != "shorthand_property_identifier_pattern":
                        raise NotKnown(declarator)
                    scope = scope.with_name(text_of(each), scope.inputs.get(text_of(each), NOTHING))
            else:
                raise NotKnown(declarator)
        return scope
