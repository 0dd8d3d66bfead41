"""The calls in an expression, and where in it they stand, without evaluating it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.object_cache import ObjectCache


@dataclass(frozen=True, slots=True)
class Call:
    """A call: `at` leads from the whole expression to it, as in ExpressionError."""

    at: tuple[int, ...]
    name: str
    arguments: list[Any]

    def literal(self, number: int) -> str | None:
        """Argument `number` (from 1), where it is there and a text that is written out."""
        given = self.arguments[number - 1] if number <= len(self.arguments) else None
        return given if isinstance(given, str) else None


def calls(expression: Any) -> Iterator[Call]:
    """Every call in an expression (JSON), also in a malformed one; outer ones and earlier ones first.

    However deep it is nested: the stack of Python is not used.
    """
    waiting: list[tuple[tuple[int, ...], Any]] = [((), expression)]
    while waiting:
        at, value = waiting.pop()
        if not isinstance(value, list):
            continue
        if value and isinstance(value[0], str):
            yield Call(at, value[0], value[1:])
        inner = [((*at, place), part) for place, part in enumerate(value) if isinstance(part, list)]
        waiting.extend(reversed(inner))


_SEEN: Final[ObjectCache[tuple[Call, ...]]] = ObjectCache(20_000)


def calls_of(expression: Any) -> tuple[Call, ...]:
    """The same, for parsed JSON that is looked at again and again and never altered: it is walked once."""
    if not isinstance(expression, list):
        return ()
    return _SEEN.get(expression, lambda value: tuple(calls(value)))
