"""An expression read as a tree, and written back as it was.

`write(read(expression))` is `expression` for every JSON value: what is no expression is kept as it is
(Unread), and every spelling that the language has for the same thing is remembered (docs/decisions/0016).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, TypeGuard

from studio.definition.expressions.compiling import MAX_DEPTH

# Where a part stands: the places in the JSON arrays on the way to it, as in ExpressionError.at.
Path = tuple[int, ...]
Connective = Literal["and", "or"]

_CONNECTIVES: Final[Mapping[str, Connective]] = {"and": "and", "or": "or"}
# Comparisons that are functions of their own, and those that only `compare` knows.
OWN_COMPARISONS: Final = frozenset(
    {
        "equals",
        "notEquals",
        "greaterThan",
        "greaterThanEq",
        "lessThan",
        "lessThanEq",
        "contains",
        "notContains",
        "startsWith",
        "endsWith",
        "commaContains",
    }
)
COMPARE_OPERATORS: Final = frozenset(
    {
        "equals",
        "greaterThan",
        "greaterThanEq",
        "lessThan",
        "lessThanEq",
        "isBefore",
        "isBeforeEq",
        "isAfter",
        "isAfterEq",
        "isSameDay",
    }
)


@dataclass(frozen=True, slots=True)
class Constant:
    """A literal: null, true, false, a number or a text."""

    value: bool | int | float | str | None


@dataclass(frozen=True, slots=True)
class Unread:
    """What is no expression, or nested deeper than any engine reads: kept, and not looked into."""

    value: Any


@dataclass(frozen=True, slots=True)
class Group:
    """All of the members hold ("and"), or any of them ("or")."""

    connective: Connective
    members: "tuple[Node, ...]"


@dataclass(frozen=True, slots=True)
class Negation:
    """`inner` does not hold."""

    inner: "Node"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two values held against one another.

    `by_compare`: written ["compare", left, operator, right] and not [operator, left, right]; only then can it
    be `negated` (["compare", left, "not", operator, right]).
    """

    operator: str
    left: "Node"
    right: "Node"
    by_compare: bool = False
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """`then` where `condition` holds, else `otherwise` (None: nothing is written there, which gives null)."""

    condition: "Node"
    then: "Node"
    otherwise: "Node | None" = None


@dataclass(frozen=True, slots=True)
class FieldValue:
    """What the data holds at a path. `data_type`: () where none is written, else (the type or null,)."""

    path: str
    data_type: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What is answered in a component; null while that is hidden."""

    component: str


@dataclass(frozen=True, slots=True)
class Call:
    """Any other function, known or not."""

    function: str
    arguments: "tuple[Node, ...]"


Node = Constant | Unread | Group | Negation | Comparison | Choice | FieldValue | Answer | Call


def read(expression: Any) -> Node:
    """The tree of an expression (JSON). Never raises."""
    return _read(expression, 0)


def write(node: Node) -> Any:
    """The expression (JSON) of a tree."""
    match node:
        case Constant(value) | Unread(value):
            return value
        case FieldValue(path, data_type):
            return ["dataModel", path, *data_type]
        case Answer(component):
            return ["component", component]
        case Comparison(operator, _, _, True, True):
            return ["compare", write(node.left), "not", operator, write(node.right)]
        case Comparison(operator, _, _, True, False):
            return ["compare", write(node.left), operator, write(node.right)]
        case Choice(condition, then, None):
            return ["if", write(condition), write(then)]
        case Choice(condition, then, otherwise) if otherwise is not None:
            return ["if", write(condition), write(then), "else", write(otherwise)]
        case _:
            return [_name(node), *(write(part) for _, part in parts(node))]


def parts(node: Node) -> tuple[tuple[int, Node], ...]:
    """(place in the JSON array, part) of what a node is made of; () for what has no parts."""
    match node:
        case Group(_, inner) | Call(_, inner):
            return tuple(enumerate(inner, 1))
        case Negation(only):
            return ((1, only),)
        case Comparison(_, left, right, by_compare, negated):
            return ((1, left), (2 + by_compare + negated, right))
        case Choice(condition, then, None):
            return ((1, condition), (2, then))
        case Choice(condition, then, otherwise) if otherwise is not None:
            return ((1, condition), (2, then), (4, otherwise))
    return ()


def walk(node: Node, path: Path = ()) -> Iterator[tuple[Path, Node]]:
    """The node and all in it with their paths, as they are written from left to right."""
    yield path, node
    for place, part in parts(node):
        yield from walk(part, (*path, place))


def at(node: Node, path: Path) -> Node | None:
    """The part at a path; None where there is none."""
    for place in path:
        found = next((part for where, part in parts(node) if where == place), None)
        if found is None:
            return None
        node = found
    return node


def is_call(value: Any) -> TypeGuard[list[Any]]:
    """Whether a JSON value has the shape of a call."""
    return isinstance(value, list) and bool(value) and isinstance(value[0], str)


def _read(value: Any, depth: int) -> Node:
    if value is None or isinstance(value, bool | int | float | str):
        return Constant(value)
    if not is_call(value) or depth > MAX_DEPTH:
        return Unread(value)
    name, *arguments = value
    known = _read_lookup(name, arguments)
    return known if known is not None else _read_call(name, arguments, depth + 1)


def _read_lookup(name: str, arguments: list[Any]) -> Node | None:
    if name == "component" and len(arguments) == 1 and isinstance(arguments[0], str):
        return Answer(arguments[0])
    if name == "dataModel" and 1 <= len(arguments) <= 2 and isinstance(arguments[0], str):
        path, *data_type = arguments
        if not data_type or data_type[0] is None or isinstance(data_type[0], str):
            return FieldValue(path, tuple(data_type))
    return None


def _read_call(name: str, arguments: list[Any], depth: int) -> Node:
    count = len(arguments)
    if name in OWN_COMPARISONS and count == 2:
        left, right = _all(arguments, depth)
        return Comparison(name, left, right)
    if name == "compare" and _is_comparison(arguments):
        left, right = _all([arguments[0], arguments[-1]], depth)
        return Comparison(arguments[-2], left, right, by_compare=True, negated=count == 4)
    if name == "if" and (count == 2 or (count == 4 and arguments[2] == "else")):
        return Choice(*_all([*arguments[:2], *arguments[3:]], depth))
    inner = _all(arguments, depth)
    if name == "not" and count == 1:
        return Negation(inner[0])
    if name in _CONNECTIVES and count:
        return Group(_CONNECTIVES[name], inner)
    return Call(name, inner)


def _is_comparison(arguments: list[Any]) -> bool:
    if len(arguments) == 4 and arguments[1] != "not":
        return False
    return 3 <= len(arguments) <= 4 and isinstance(arguments[-2], str) and arguments[-2] in COMPARE_OPERATORS


def _all(values: Sequence[Any], depth: int) -> tuple[Node, ...]:
    return tuple(_read(value, depth) for value in values)


def _name(node: Node) -> str:
    match node:
        case Group(connective, _):
            return connective
        case Negation():
            return "not"
        case Comparison(operator):
            return operator
        case Call(function, _):
            return function
    raise TypeError(node)
