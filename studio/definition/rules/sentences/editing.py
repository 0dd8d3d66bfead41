"""Editing an expression by the paths of its parts: JSON in, JSON out, and nothing given is altered.

Paths are those of the JSON arrays, as in findings. A part that is not there (any more) raises NotThere; what
would leave no expression raises DomainError. Parts that an edit is not about stay the very same values.
"""

from typing import Any, Final

from studio.definition.errors import DomainError, NotThere
from studio.definition.rules.sentences.function import ValueType
from studio.definition.rules.sentences.functions import FUNCTIONS
from studio.definition.rules.sentences.names import AnswerKind
from studio.definition.rules.sentences.nodes import Comparison, Connective, Path, is_call, read, write
from studio.definition.rules.sentences.operators import OPERATORS, compared, mirrored
from studio.definition.rules.sentences.turning import turned
from studio.definition.sentences import N_, Sentence

_GROUPS: Final = frozenset({"and", "or"})
# Functions that any number of arguments can be put into and taken from.
_JOINING: Final = _GROUPS | {name for name, each in FUNCTIONS.items() if each.joins and name != "object"}
_EMPTY: Final[dict[ValueType, Any]] = {
    "boolean": True,
    "number": 0,
    "text": "",
    "date": "",
    "list": ["list"],
    "object": ["object"],
    "any": "",
}
_FIRST_VALUES: Final[dict[AnswerKind, Any]] = {"boolean": True, "number": 0}


def part(expression: Any, path: Path) -> Any:
    """The part at a path."""
    for place in path:
        if not isinstance(expression, list) or not 0 < place < len(expression):
            raise NotThere(Sentence(N_("This part of the rule does not exist any more.")))
        expression = expression[place]
    return expression


def replace(expression: Any, path: Path, new: Any) -> Any:
    """The expression with another part at a path."""
    part(expression, path)
    if not path:
        return new
    first, *rest = path
    inner = replace(expression[first], tuple(rest), new)
    return [*expression[:first], inner, *expression[first + 1 :]]


def add_condition(expression: Any, path: Path, condition: Any) -> Any:
    """With one more condition: in the group at `path`, or beside the condition there (both must hold)."""
    there = part(expression, path)
    if is_call(there) and there[0] in _GROUPS:
        return replace(expression, path, [*there, condition])
    return replace(expression, path, ["and", there, condition])


def add_argument(expression: Any, path: Path, argument: Any) -> Any:
    """With one more argument of a function that takes any number of them."""
    there = part(expression, path)
    if not is_call(there) or there[0] not in _JOINING:
        raise DomainError(Sentence(N_("Nothing more can be added here.")))
    return replace(expression, path, [*there, argument])


def remove(expression: Any, path: Path) -> Any:
    """Without a part; None where nothing is left.

    A group with one member left becomes that member, and what was said about the part alone goes with it.
    What a function cannot do without becomes empty (null).
    """
    part(expression, path)
    if not path:
        return None
    *above, place = path
    around = part(expression, tuple(above))
    match around:
        case ["not", _]:
            return remove(expression, tuple(above))
        case ["if", *_] if place == 4:
            return replace(expression, tuple(above), around[:3])
        case [str(name), *_] if name in _JOINING:
            rest = [*around[:place], *around[place + 1 :]]
            if len(rest) == 1:
                return remove(expression, tuple(above))
            return replace(expression, tuple(above), rest[1] if len(rest) == 2 else rest)
    return replace(expression, path, None)


def wrap(expression: Any, path: Path, function: str) -> Any:
    """With a part put into a new group ("and", "or"), or under "not"."""
    return replace(expression, path, [function, part(expression, path)])


def unwrap(expression: Any, path: Path) -> Any:
    """Without the group, the "not" or the function at a path, but with what is in it.

    The members of a group join the group around it. Raises DomainError where several members have no other.
    """
    there = part(expression, path)
    inner = there[1:] if is_call(there) else []
    if not inner:
        raise DomainError(Sentence(N_("There is nothing around this part that could be taken away.")))
    if len(inner) == 1 or there[0] not in _JOINING:
        return replace(expression, path, inner[0])
    above, place = path[:-1], path[-1] if path else 0
    around = part(expression, above) if path else None
    if not is_call(around) or around[0] not in _JOINING:
        raise DomainError(Sentence(N_("The conditions of this group have no other group to join.")))
    return replace(expression, above, [*around[:place], *inner, *around[place + 1 :]])


def negate(expression: Any, path: Path) -> Any:
    """With the opposite of the condition at a path: once more gives what it was."""
    return replace(expression, path, write(turned(read(part(expression, path)))))


def move(expression: Any, path: Path, to: Path) -> Any:
    """With a condition moved to a place in a group: before the member that is at `to` now, or last."""
    moved = part(expression, path)
    *into, place = to or (0,)
    group = part(expression, tuple(into))
    if not path or (to[: len(path)] == path and len(to) > len(path)):
        raise DomainError(Sentence(N_("A part cannot be moved into itself.")))
    if not is_call(group) or group[0] not in _JOINING or not 0 < place <= len(group):
        raise DomainError(Sentence(N_("A condition can only be moved into a group.")))
    if tuple(path[:-1]) == tuple(into):
        others = [each for where, each in enumerate(group) if where != path[-1]]
        at = place - 1 if place > path[-1] else place
        return replace(expression, tuple(into), [*others[:at], moved, *others[at:]])
    # What is taken away leaves a mark behind, so that no path is another one before it is used.
    mark = object()
    marked = replace(expression, path, mark)
    group = part(marked, tuple(into))
    filled = replace(marked, tuple(into), [*group[:place], moved, *group[place:]])
    return remove(filled, _path_to(filled, mark))


def set_connective(expression: Any, path: Path, connective: Connective) -> Any:
    """With all or any of the members of the group at a path."""
    there = part(expression, path)
    if not is_call(there) or there[0] not in _GROUPS:
        raise NotThere(Sentence(N_("This part of the rule does not exist any more.")))
    return replace(expression, path, [connective, *there[1:]])


def set_operator(expression: Any, path: Path, operator: str, kind: AnswerKind = "any") -> Any:
    """With another operator in the comparison at a path; what is compared stays where it can.

    `kind`: what the left side is, for the value that a comparison begins with.
    """
    there = read(part(expression, path))
    if operator not in OPERATORS:
        raise DomainError(Sentence(N_("There is no comparison named %(name)s."), {"name": operator}))
    if not isinstance(there, Comparison):
        left, right = part(expression, path), None
    else:
        facing = mirrored(there)
        left, right = write(facing.left), write(facing.right)
    if right is None and OPERATORS[operator].takes_value:
        right = _FIRST_VALUES.get(kind, "")
    return replace(expression, path, compared(operator, left, right))


def set_function(expression: Any, path: Path, function: str) -> Any:
    """With another function at a path: it gets the arguments that were there, and empty ones for the rest."""
    known = FUNCTIONS.get(function)
    if known is None:
        raise DomainError(Sentence(N_("There is no function named %(name)s."), {"name": function}))
    there = part(expression, path)
    given = there[1:] if is_call(there) and there[0] in FUNCTIONS and there[0] != "dataModel" else [there]
    if function == "if":
        return replace(expression, path, ["if", True, given[0] if given else "", "else", ""])
    wanted = [_EMPTY[parameter.type] for parameter in known.parameters]
    least = len(wanted) - known.optional
    arguments = given if known.joins else given[: len(wanted)]
    return replace(expression, path, [function, *arguments, *wanted[len(arguments) : least]])


def _path_to(expression: Any, mark: object, path: Path = ()) -> Path:
    if expression is mark:
        return path
    for place, each in enumerate(expression if isinstance(expression, list) else []):
        found = _path_to(each, mark, (*path, place))
        if found:
            return found
    return ()
