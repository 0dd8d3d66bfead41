"""Lists and objects."""

from collections.abc import Mapping
from math import prod
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError

from studio.definition.expressions.compiling import function
from studio.definition.expressions.context import Context
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import Value, to_boolean, to_text


@function("list", 0, None)
def _list(_context: Context, arguments: list[Value]) -> list[Value]:
    return arguments


@function("object", 0, None)
def _object(_context: Context, arguments: list[Value]) -> dict[str, Value]:
    if len(arguments) % 2:
        raise ExpressionError("The object function must have an even number of arguments")
    made: dict[str, Value] = {}
    for key, value in zip(arguments[::2], arguments[1::2], strict=True):
        if not isinstance(key, str):
            raise ExpressionError("Object keys must be strings")
        if key in made:
            raise ExpressionError("Object keys must be unique")
        made[key] = value
    return made


# How many times over a query may give what it is given.
_MOST_GROWTH: Final = 1000
_LISTED: Final = frozenset({"multi_select_list", "multi_select_dict", "function_expression"})


def _growth(node: Mapping[str, Any]) -> int:
    """How many times over a part of a query gives what it is given, at the most.

    [@, @] gives it twice, and every step of a pipe multiplies: thirty steps of a short query would give more
    than any memory holds.
    """
    parts = [_growth(part) for part in node.get("children", ()) if isinstance(part, Mapping)]
    return sum(parts) if node.get("type") in _LISTED else min(prod(parts), _MOST_GROWTH + 1)


@function("jmespath", 2, 2)
def _jmespath(_context: Context, arguments: list[Value]) -> Value:
    value, query = arguments
    if not isinstance(query, str):
        raise ExpressionError("Expected argument to be string")
    try:
        parsed = jmespath.compile(query)
        if _growth(parsed.parsed) > _MOST_GROWTH:
            raise ExpressionError("Jmespath error: The query makes too much of its data")
        return parsed.search(value)
    except JMESPathError as error:
        raise ExpressionError(f"Jmespath error: {error}") from error
    except RecursionError:
        raise ExpressionError("Jmespath error: The query is nested too deeply") from None


@function("_experimentalSelectAndMap", 2, 5)
def _select_and_map(context: Context, arguments: list[Value]) -> str:
    path, name, prepend, append, *rest = [*arguments, None, None][: max(4, len(arguments))]
    append_to_last = to_boolean(rest[0]) if rest and rest[0] is not None else True
    rows = context.data(to_text(path) or "", None)
    rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
    before, after = to_text(prepend) or "", to_text(append) or ""
    last = len(rows) - 1
    parts = [
        f"{before}{to_text(row.get(name)) or ''}{after if append_to_last or place < last else ''}"
        for place, row in enumerate(rows)
    ]
    return " ".join(parts)
