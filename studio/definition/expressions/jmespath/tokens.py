"""Splitting a JMESPath query into tokens."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from studio.definition.expressions.jmespath.errors import BrokenQuery

_TOKENS: Final = re.compile(
    r"""\s*(?:
    (?P<name>[A-Za-z_][A-Za-z0-9_]*)
    |(?P<quoted>"(?:\\.|[^"\\])*")
    |(?P<raw>'(?:\\.|[^'\\])*')
    |(?P<literal>`(?:\\.|[^`\\])*`)
    |(?P<number>-?[0-9]+)
    |(?P<sign>\[\]|\[\?|\|\||&&|==|!=|<=|>=|[.\[\]{}()*@&!<>|,:])
    )""",
    re.VERBOSE | re.ASCII | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Token:
    """`kind` is name, literal, number, end, or the sign itself; `value` is what it stands for."""

    kind: str
    value: Any


def tokens(query: str) -> Iterator[Token]:
    """The tokens of a query, closed by one of kind "end". Raises BrokenQuery."""
    place, end = 0, len(query.rstrip())
    while place < end:
        match = _TOKENS.match(query, place)
        if match is None:
            raise BrokenQuery(f"Unexpected character {query[place:].lstrip()[:1]!r} at {place}")
        place = match.end()
        yield _token(str(match.lastgroup), match.group(str(match.lastgroup)))
    yield Token("end", None)


def _token(kind: str, text: str) -> Token:
    if kind == "sign":
        return Token(text, text)
    if kind == "number":
        return Token("number", int(text))
    if kind == "raw":
        return Token("literal", text[1:-1].replace("\\'", "'"))
    try:
        if kind == "quoted":
            return Token("name", json.loads(text))
        if kind == "literal":
            return Token("literal", json.loads(text[1:-1].replace("\\`", "`"), parse_float=Decimal))
    except ValueError as error:
        raise BrokenQuery(f"{text} is not valid JSON") from error
    return Token("name", text)
