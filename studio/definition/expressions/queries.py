"""JMESPath queries that others have written, held to what a computer can bear."""

from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from math import prod
from typing import Any, Final

import jmespath
from jmespath import Options
from jmespath.exceptions import JMESPathError
from jmespath.functions import Functions, signature
from jmespath.lexer import Lexer
from jmespath.visitor import TreeInterpreter

from studio.definition.expressions.values import as_json

# How many times over a query may give what it is given, and how many signs in it may stand around others. The
# browser has the same bounds (domain/expressions/jmespath.js).
_MOST_GROWTH: Final = 1000
_MOST_OPERATORS: Final = 200
_FLAT: Final = frozenset(
    ("unquoted_identifier", "quoted_identifier", "literal", "number", "colon", "comma", "current", "dot")
) | {"rbracket", "rparen", "rbrace", "eof"}
_WHOLE: Final = 10**15
_TOO_DEEP: Final = "The query is nested too deeply"
_LISTED: Final = frozenset({"multi_select_list", "multi_select_dict", "function_expression"})


class BadQuery(ValueError):
    """A query that cannot be read or carried out; the message is for whoever wrote it."""


@lru_cache(512)
def compiled(query: str) -> Any:
    """A query that can be asked. Raises BadQuery."""
    try:
        operators = sum(token["type"] not in _FLAT for token in Lexer().tokenize(query))
        if operators > _MOST_OPERATORS:
            raise BadQuery(_TOO_DEEP)
        found = jmespath.compile(query)
        growth = _growth(found.parsed)
    except JMESPathError as error:
        raise BadQuery(str(error)) from error
    except RecursionError:
        raise BadQuery(_TOO_DEEP) from None
    if growth > _MOST_GROWTH:
        raise BadQuery("The query makes too much of its data")
    return found


class _Functions(Functions):  # type: ignore[misc]  # the library says nothing of its types
    """The functions as the browser has them, where the library leaves out a check or writes as Python."""

    @signature({"types": ["array", "string"]}, {"types": []})  # type: ignore[untyped-decorator]  # as above
    def _func_contains(self, subject: Any, part: Any) -> bool:
        if isinstance(subject, str):
            return isinstance(part, str) and part in subject
        return any(_same(each, part) for each in subject)

    @signature({"types": ["object"], "variadic": True})  # type: ignore[untyped-decorator]  # as above
    def _func_merge(self, *parts: Any) -> dict[str, Any]:
        if not all(isinstance(part, dict) for part in parts):
            raise BadQuery("In function merge(), invalid type for value: expected object")
        return {key: value for part in parts for key, value in part.items()}

    @signature({"types": []})  # type: ignore[untyped-decorator]  # as above
    def _func_to_string(self, value: Any) -> str:
        return value if isinstance(value, str) else as_json(value)


class _Interpreter(TreeInterpreter):  # type: ignore[misc]  # as above
    """True is not 1; and what is neither two numbers nor two texts has no order, which is no fault."""

    def visit_comparator(self, node: Mapping[str, Any], value: Any) -> Any:
        left, right = (self.visit(part, value) for part in node["children"])
        name, kinds = node["value"], {_order(left), _order(right)}
        if name in {"eq", "ne"}:
            return _same(left, right) == (name == "eq")
        return None if None in kinds or len(kinds) > 1 else self.COMPARATOR_FUNC[name](left, right)


def _same(one: Any, other: Any) -> bool:
    """Whether two values are equal; true is not 1, as it is in Python."""
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(_same(one[key], other[key]) for key in one)
    return isinstance(one, bool) == isinstance(other, bool) and bool(one == other)


def _order(value: Any) -> str | None:
    if isinstance(value, str):
        return "text"
    return "number" if isinstance(value, int | float) and not isinstance(value, bool) else None


def answer(query: str, value: Any) -> Any:
    """What a query finds in a value, whose numbers become those of JSON. Raises BadQuery."""
    found = compiled(query)
    try:
        return _Interpreter(Options(custom_functions=_Functions())).visit(found.parsed, _plain(value))
    except JMESPathError as error:
        raise BadQuery(str(error)) from error
    except RecursionError:
        raise BadQuery(_TOO_DEEP) from None
    except (TypeError, ValueError, AttributeError, ArithmeticError, LookupError) as error:
        # The library checks the kinds of most arguments, and leaves the others to Python.
        raise BadQuery(f"{type(error).__name__}: {error}") from error


def _plain(value: Any) -> Any:
    """A value with the numbers that JSON has: the library takes no others for numbers."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    if isinstance(value, Decimal):
        number = float(value)
        return int(number) if abs(number) < _WHOLE and number.is_integer() else number
    return value


def _growth(node: Mapping[str, Any]) -> int:
    """How many times over a part of a query gives what it is given, at the most.

    [@, @] gives it twice, and every step of a pipe multiplies: thirty steps of a short query would give more
    than any memory holds.
    """
    parts = [_growth(part) for part in node.get("children", ()) if isinstance(part, Mapping)]
    return sum(parts) if node.get("type") in _LISTED else min(prod(parts), _MOST_GROWTH + 1)
