"""RuleHandler.js as a tree: which functions it has, and what stands in them. Nothing of it is run here."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import tree_sitter_javascript
from tree_sitter import Language, Node, Parser

_LANGUAGE: Final = Language(tree_sitter_javascript.language())
_TAKEN_OUT: Final = "shorthand_property_identifier_pattern"
_FUNCTIONS: Final = frozenset(
    {"arrow_function", "function_expression", "method_definition", "function_declaration"}
)


@dataclass(frozen=True, slots=True)
class Function:
    """A function: its parameters (names, or the members that are taken out of one) and its body."""

    name: str
    node: Node
    parameters: tuple[str, ...]
    members: tuple[str, ...]
    body: Node

    @property
    def text(self) -> str:
        """The function as it is written."""
        return text_of(self.node)

    @property
    def line(self) -> int:
        return line_of(self.node)


@dataclass(frozen=True, slots=True)
class Code:
    """The functions of a file: those of its objects (object -> name -> function), and those beside them."""

    objects: Mapping[str, Mapping[str, Function]]
    helpers: Mapping[str, Function]


def read_code(text: str) -> Code:
    """The functions in a file. Never raises: what cannot be read has none."""
    root = Parser(_LANGUAGE).parse(text.encode()).root_node
    objects: dict[str, dict[str, Function]] = {}
    helpers: dict[str, Function] = {}
    for name, value in _declared(root):
        if value.type == "object":
            objects[name] = {found.name: found for found in _members(value)}
        elif (found := _function(name, value)) is not None:
            helpers[name] = found
    return Code(objects, helpers)


def text_of(node: Node) -> str:
    """The text of a part."""
    return (node.text or b"").decode(errors="replace")


def line_of(node: Node) -> int:
    """The line of a part, from 1."""
    return node.start_point.row + 1


def _declared(root: Node) -> Iterator[tuple[str, Node]]:
    """(name, value) of everything that a file declares at its top."""
    for statement in root.named_children:
        if statement.type == "function_declaration":
            yield text_of(_field(statement, "name")), statement
        elif statement.type in {"variable_declaration", "lexical_declaration"}:
            for declarator in statement.named_children:
                value = declarator.child_by_field_name("value")
                if declarator.type == "variable_declarator" and value is not None:
                    yield text_of(_field(declarator, "name")), value
        elif statement.type == "expression_statement":
            yield from _assigned(statement.named_children[0])


def _assigned(node: Node) -> Iterator[tuple[str, Node]]:
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if node.type == "assignment_expression" and left is not None and right is not None:
        yield text_of(left).removeprefix("window."), right


def _members(holder: Node) -> Iterator[Function]:
    for member in holder.named_children:
        value, name = member, member.child_by_field_name("name")
        if member.type == "pair":
            value, name = _field(member, "value"), member.child_by_field_name("key")
        if name is not None and (found := _function(text_of(name).strip("\"'"), value)) is not None:
            yield found


def _function(name: str, node: Node) -> Function | None:
    body = node.child_by_field_name("body")
    if node.type not in _FUNCTIONS or body is None:
        return None
    single = node.child_by_field_name("parameter")
    listed = node.child_by_field_name("parameters")
    given = [single] if single is not None else listed.named_children if listed is not None else []
    names, members = [], []
    for parameter in given:
        if parameter.type == "identifier":
            names.append(text_of(parameter))
        elif parameter.type == "object_pattern":
            inside = parameter.named_children
            names.append("")
            members += [
                text_of(each) for each in inside if each.type == "shorthand_property_identifier_pattern"
            ]
    return Function(name, node, tuple(names), tuple(members), body)


def _field(node: Node, name: str) -> Node:
    found = node.child_by_field_name(name)
    return found if found is not None else node
