"""The built-in functions of JMESPath and the comparisons they share."""

import json
import math
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from studio.definition.expressions.jmespath.errors import BrokenQuery


@dataclass(frozen=True, slots=True)
class Reference:
    """An expression handed to a function, written &expression."""

    run: Callable[[Any], Any]


def truthy(value: Any) -> bool:
    """JMESPath's truth: everything but null, false, and what is empty; 0 is true."""
    return value is not None and value is not False and value not in ("", [], {})


def type_name(value: Any) -> str:
    """The JMESPath name of a value's type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float | Decimal):
        return "number"
    names = {str: "string", list: "array", dict: "object", Reference: "expref"}
    return next((name for kind, name in names.items() if isinstance(value, kind)), "any")


_ORDERINGS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compare(sign: str, left: Any, right: Any) -> bool | None:
    """== and != compare anything, the orderings only numbers (null otherwise)."""
    if sign in {"==", "!="}:
        equal = type_name(left) == type_name(right) and left == right
        return equal if sign == "==" else not equal
    if type_name(left) != "number" or type_name(right) != "number":
        return None
    return _ORDERINGS[sign](left, right)


Function = Callable[[str, list[Any]], Any]


def _declared(run: Callable[..., Any], *types: str) -> Function:
    """A function that takes arguments of the given types ("a|b": either)."""

    def checked(name: str, arguments: list[Any]) -> Any:
        if len(arguments) != len(types):
            raise BrokenQuery(f"Expected {len(types)} arguments for {name}(), got {len(arguments)}")
        for argument, allowed in zip(arguments, types, strict=True):
            if allowed != "any" and type_name(argument) not in allowed.split("|"):
                raise BrokenQuery(f"{name}() takes {allowed}, got {type_name(argument)}")
        return run(*arguments)

    return checked


def _all_are(items: list[Any], *types: str) -> None:
    kinds = {type_name(item) for item in items}
    if len(kinds) > 1 or kinds - set(types):
        raise BrokenQuery(f"All items have to be {' or '.join(types)}")


def _numbers(items: list[Any]) -> list[Any]:
    _all_are(items, "number")
    return items


def _comparable(items: list[Any]) -> list[Any]:
    _all_are(items, "number", "string")
    return items


def _keys(items: list[Any], by: Reference) -> list[Any]:
    return _comparable([by.run(item) for item in items])


def _sort_by(items: list[Any], by: Reference) -> list[Any]:
    keys = _keys(items, by)
    return [items[place] for place in sorted(range(len(items)), key=keys.__getitem__)]


def _best_by(choose: Callable[..., int]) -> Callable[[list[Any], Reference], Any]:
    def best(items: list[Any], by: Reference) -> Any:
        keys = _keys(items, by)
        return items[choose(range(len(items)), key=keys.__getitem__)] if items else None

    return best


def _to_number(value: Any) -> Any:
    if type_name(value) == "number":
        return value
    try:
        return Decimal(value) if isinstance(value, str) else None
    except InvalidOperation:
        return None


def _to_string(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=float, separators=(",", ":"))


def _join(glue: str, items: list[Any]) -> str:
    _all_are(items, "string")
    return glue.join(items)


def _merge(name: str, arguments: list[Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for argument in arguments:
        if not isinstance(argument, dict):
            raise BrokenQuery(f"{name}() takes object, got {type_name(argument)}")
        merged |= argument
    return merged


def _not_null(_name: str, arguments: list[Any]) -> Any:
    return next((argument for argument in arguments if argument is not None), None)


FUNCTIONS: Final[Mapping[str, Function]] = {
    "abs": _declared(abs, "number"),
    "avg": _declared(lambda items: sum(_numbers(items)) / Decimal(len(items)) if items else None, "array"),
    "ceil": _declared(math.ceil, "number"),
    "contains": _declared(
        lambda where, what: (
            what in where if not isinstance(where, str) else isinstance(what, str) and what in where
        ),
        "array|string",
        "any",
    ),
    "ends_with": _declared(str.endswith, "string", "string"),
    "floor": _declared(math.floor, "number"),
    "join": _declared(_join, "string", "array"),
    "keys": _declared(list, "object"),
    "length": _declared(len, "string|array|object"),
    "map": _declared(lambda by, items: [by.run(item) for item in items], "expref", "array"),
    "max": _declared(lambda items: max(_comparable(items), default=None), "array"),
    "max_by": _declared(_best_by(max), "array", "expref"),
    "merge": _merge,
    "min": _declared(lambda items: min(_comparable(items), default=None), "array"),
    "min_by": _declared(_best_by(min), "array", "expref"),
    "not_null": _not_null,
    "reverse": _declared(lambda items: items[::-1], "array|string"),
    "sort": _declared(lambda items: sorted(_comparable(items)), "array"),
    "sort_by": _declared(_sort_by, "array", "expref"),
    "starts_with": _declared(str.startswith, "string", "string"),
    "sum": _declared(lambda items: sum(_numbers(items)), "array"),
    "to_array": _declared(lambda value: value if isinstance(value, list) else [value], "any"),
    "to_number": _declared(_to_number, "any"),
    "to_string": _declared(_to_string, "any"),
    "type": _declared(type_name, "any"),
    "values": _declared(lambda value: list(value.values()), "object"),
}
