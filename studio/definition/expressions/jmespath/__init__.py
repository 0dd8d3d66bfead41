"""JMESPath (jmespath.org): a query language for JSON, as far as its specification goes."""

from functools import lru_cache
from typing import Any

from studio.definition.expressions.jmespath.errors import BrokenQuery
from studio.definition.expressions.jmespath.parsing import Query, parse

__all__ = ["BrokenQuery", "search"]


def search(query: str, value: Any) -> Any:
    """What a query finds in a value; None where it finds nothing. Raises BrokenQuery."""
    return _parsed(query)(value)


@lru_cache(maxsize=1000)
def _parsed(query: str) -> Query:
    return parse(query)
