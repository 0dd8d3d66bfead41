"""JMESPath queries that others have written, held to what a computer can bear."""

from collections.abc import Mapping
from math import prod
from typing import Any, Final

import jmespath
from jmespath.exceptions import JMESPathError

# How many times over a query may give what it is given.
_MOST_GROWTH: Final = 1000
_LISTED: Final = frozenset({"multi_select_list", "multi_select_dict", "function_expression"})


class BadQuery(ValueError):
    """A query that cannot be read or carried out; the message is for whoever wrote it."""


def compiled(query: str) -> Any:
    """A query that can be asked. Raises BadQuery."""
    try:
        found = jmespath.compile(query)
        growth = _growth(found.parsed)
    except JMESPathError as error:
        raise BadQuery(str(error)) from error
    except RecursionError:
        raise BadQuery("The query is nested too deeply") from None
    if growth > _MOST_GROWTH:
        raise BadQuery("The query makes too much of its data")
    return found


def answer(query: str, value: Any) -> Any:
    """What a query finds in a JSON value. Raises BadQuery."""
    found = compiled(query)
    try:
        return found.search(value)
    except JMESPathError as error:
        raise BadQuery(str(error)) from error
    except RecursionError:
        raise BadQuery("The query is nested too deeply") from None


def _growth(node: Mapping[str, Any]) -> int:
    """How many times over a part of a query gives what it is given, at the most.

    [@, @] gives it twice, and every step of a pipe multiplies: thirty steps of a short query would give more
    than any memory holds.
    """
    parts = [_growth(part) for part in node.get("children", ()) if isinstance(part, Mapping)]
    return sum(parts) if node.get("type") in _LISTED else min(prod(parts), _MOST_GROWTH + 1)
