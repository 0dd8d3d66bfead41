"""Values of JavaScript as expressions, with what is known of their type, and how one turns into another."""

from dataclasses import dataclass
from typing import Any, Final, Literal

Type = Literal["text", "number", "boolean", "list", "nothing"]


@dataclass(frozen=True, slots=True)
class Value:
    """A value: an expression and its type. `needs` are the inputs without which a number is none (NaN).

    `items` are the members of a written list.
    """

    expression: Any
    type: Type
    needs: tuple[Any, ...] = ()
    may_be_missing: bool = False
    items: "tuple[Value, ...]" = ()


_OPPOSITES: Final = {
    "equals": "notEquals",
    "notEquals": "equals",
    "contains": "notContains",
    "notContains": "contains",
}
NOTHING: Final = Value(None, "nothing")


def truth(value: Value) -> Any:
    """The condition that a value counts as true."""
    expression = value.expression
    match value.type:
        case "nothing":
            return False
        case "list":
            return True
        case "boolean":
            return ["equals", expression, True] if value.may_be_missing else expression
    if not isinstance(expression, list):
        return bool(expression)
    empty: Any = "" if value.type == "text" else 0
    filled = ["and", ["notEquals", expression, None], ["notEquals", expression, empty]]
    return all_there(tuple(each for each in value.needs if each != expression), filled)


def all_there(needs: tuple[Any, ...], condition: Any) -> Any:
    """The condition, where none of some inputs is missing."""
    for each in needs:
        condition = both(["notEquals", each, None], condition)
    return condition


def negated(condition: Any) -> Any:
    """The condition that another does not hold."""
    if isinstance(condition, bool):
        return not condition
    if isinstance(condition, list) and condition[:1] == ["not"]:
        return condition[1]
    turned = {
        "equals": "notEquals",
        "notEquals": "equals",
        "contains": "notContains",
        "notContains": "contains",
    }
    if isinstance(condition, list) and condition and condition[0] in turned:
        return [turned[condition[0]], *condition[1:]]
    if isinstance(condition, list) and condition[:1] in (["and"], ["or"]):
        parts = [negated(part) for part in condition[1:]]
        if all(part[0] != "not" for part in parts):
            return ["or" if condition[0] == "and" else "and", *parts]
    return ["not", condition]


def both(first: Any, second: Any) -> Any:
    """The condition that two hold."""
    return _joined("and", first, second, neutral=True)


def either(first: Any, second: Any) -> Any:
    """The condition that one of two holds."""
    return _joined("or", first, second, neutral=False)


def chosen(condition: Any, then: Value, otherwise: Value) -> Value:
    """The one value or the other. Conditions are joined instead of chosen."""
    if isinstance(condition, bool):
        return then if condition else otherwise
    if then.type == otherwise.type == "boolean" or {then.type, otherwise.type} == {"boolean", "nothing"}:
        one, other = truth(then), truth(otherwise)
        return Value(either(both(condition, one), both(negated(condition), other)), "boolean")
    kind = otherwise.type if then.type == "nothing" else then.type
    if then.expression == otherwise.expression:
        return then
    needs = (*then.needs, *otherwise.needs)
    missing = then.may_be_missing or otherwise.may_be_missing
    expression = ["if", condition, then.expression, "else", otherwise.expression]
    return Value(expression, kind, needs, missing)


def _joined(name: str, first: Any, second: Any, *, neutral: bool) -> Any:
    for one, other in ((first, second), (second, first)):
        if one is neutral:
            return other
        if isinstance(one, bool):
            return one
    parts: list[Any] = []
    for each in (first, second):
        parts += each[1:] if isinstance(each, list) and each[:1] == [name] else [each]
    kept = [each for number, each in enumerate(parts) if each not in parts[:number]]
    return _without_opposites(name, kept)


def _without_opposites(name: str, parts: list[Any]) -> Any:
    """a or (not a and b) is a or b; a and (not a or b) is a and b."""
    found: list[Any] = []
    for part in parts:
        others = [negated(other) for other in parts if other is not part]
        short = _shortened(part, "and" if name == "or" else "or", others)
        inside = short[1:] if isinstance(short, list) and short[:1] == [name] else [short]
        found += [each for each in inside if each not in found]
    return found[0] if len(found) == 1 else [name, *found]


def _shortened(part: Any, connective: str, known: list[Any]) -> Any:
    """A group without the members that are known to hold, or not to, where the group matters."""
    if not isinstance(part, list) or part[:1] != [connective]:
        return part
    kept = [each for each in part[1:] if each not in known]
    if not kept:
        return part
    return kept[0] if len(kept) == 1 else [connective, *kept]
