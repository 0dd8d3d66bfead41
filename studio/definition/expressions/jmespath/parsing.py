"""Parsing a JMESPath query into closures, by precedence (after Pratt)."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from studio.definition.expressions.jmespath.errors import BrokenQuery
from studio.definition.expressions.jmespath.functions import FUNCTIONS, Reference, compare, truthy
from studio.definition.expressions.jmespath.tokens import Token, tokens

Query = Callable[[Any], Any]

_POWER: Final[Mapping[str, int]] = {
    "|": 1,
    "||": 2,
    "&&": 3,
    "==": 5,
    "!=": 5,
    "<": 5,
    "<=": 5,
    ">": 5,
    ">=": 5,
    "[]": 9,
    "*": 20,
    "[?": 21,
    ".": 40,
    "!": 45,
    "[": 55,
}
# A projection goes on to its right until something binds weaker than this.
_PROJECTION_STOP: Final = 10
_MAX_DEPTH: Final = 60


def parse(query: str) -> Query:
    """A closure for a query. Raises BrokenQuery."""
    parser = _Parser(list(tokens(query)))
    found = parser.expression(0)
    parser.expect("end")
    return found


class _Parser:
    def __init__(self, stream: list[Token]) -> None:
        self._stream = stream
        self._place = 0
        self._depth = 0

    @property
    def _next(self) -> Token:
        return self._stream[self._place]

    def _take(self) -> Token:
        token = self._next
        if token.kind == "end":
            raise BrokenQuery("The query ends too early")
        self._place += 1
        return token

    def expect(self, kind: str) -> Token:
        """Take a token of this kind, or raise BrokenQuery."""
        if self._next.kind != kind:
            raise BrokenQuery(f"Expected {kind}, found {self._next.value or self._next.kind}")
        return self._take() if kind != "end" else self._next

    def expression(self, power: int) -> Query:
        """An expression that binds stronger than `power`."""
        self._depth += 1
        if self._depth > _MAX_DEPTH:
            raise BrokenQuery("The query is nested too deeply")
        left = self._first()
        while power < _POWER.get(self._next.kind, 0):
            left = self._after(left)
        self._depth -= 1
        return left

    def _first(self) -> Query:
        if self._next.kind in {"[]", "[?"}:
            return self._after(_itself)
        token = self._take()
        match token.kind:
            case "literal":
                return lambda _value: token.value
            case "name":
                return self._call(token.value) if self._next.kind == "(" else _member(token.value)
            case "@":
                return _itself
            case "*":
                return _project_values(_itself, self._projected())
            case "[":
                return self._bracket(_itself, first=True)
            case "{":
                return self._hash()
        return self._prefixed(token)

    def _prefixed(self, token: Token) -> Query:
        inner = self.expression(_POWER["!"] if token.kind == "!" else 0)
        match token.kind:
            case "!":
                return lambda value: not truthy(inner(value))
            case "&":
                return lambda _value: Reference(inner)
            case "(":
                self.expect(")")
                return inner
        raise BrokenQuery(f"Unexpected {token.value or token.kind}")

    def _after(self, left: Query) -> Query:
        token = self._take()
        match token.kind:
            case ".":
                return self._member_of(left)
            case "[]":
                return _project(_flattened(left), self._projected())
            case "[?":
                return self._filter(left)
            case "[":
                return self._bracket(left, first=False)
            case "|":
                right = self.expression(_POWER["|"])
                return lambda value: right(left(value))
            case "||":
                right = self.expression(_POWER["||"])
                return lambda value: found if truthy(found := left(value)) else right(value)
            case "&&":
                right = self.expression(_POWER["&&"])
                return lambda value: right(value) if truthy(found := left(value)) else found
            case "==" | "!=" | "<" | "<=" | ">" | ">=":
                right = self.expression(_POWER["=="])
                return lambda value: compare(token.kind, left(value), right(value))
        raise BrokenQuery(f"Unexpected {token.value or token.kind}")

    def _member_of(self, left: Query) -> Query:
        if self._next.kind == "*":
            self._take()
            return _project_values(left, self._projected())
        right = self._dotted(_POWER["."])
        return lambda value: right(left(value))

    def _dotted(self, power: int) -> Query:
        """What may stand behind a dot."""
        if self._next.kind == "[":
            self._take()
            return self._several()
        if self._next.kind not in {"name", "*", "{", "&"}:
            raise BrokenQuery(f"Unexpected {self._next.value or self._next.kind} after a dot")
        return self.expression(power)

    def _projected(self) -> Query:
        """What is done with each item of a projection."""
        if _POWER.get(self._next.kind, 0) < _PROJECTION_STOP:
            return _itself
        if self._next.kind == ".":
            self._take()
            return self._dotted(_POWER["*"])
        if self._next.kind in {"[", "[?"}:
            return self._continued()
        raise BrokenQuery(f"Unexpected {self._next.value or self._next.kind}")

    def _continued(self) -> Query:
        left: Query = _itself
        while _POWER["*"] < _POWER.get(self._next.kind, 0):
            left = self._after(left)
        return left

    def _filter(self, left: Query) -> Query:
        condition = self.expression(0)
        self.expect("]")
        right = self._projected()

        def kept(value: Any) -> Any:
            items = left(value)
            return [item for item in items if truthy(condition(item))] if isinstance(items, list) else None

        return _project(kept, right)

    def _bracket(self, left: Query, *, first: bool) -> Query:
        if self._next.kind in {"number", ":"}:
            return self._index_or_slice(left)
        if self._next.kind == "*" and self._stream[self._place + 1].kind == "]":
            self._place += 2
            return _project(left, self._projected())
        if first:
            return self._several()
        raise BrokenQuery(f"Unexpected {self._next.value or self._next.kind} in brackets")

    def _index_or_slice(self, left: Query) -> Query:
        parts: list[int | None] = [None]
        while self._next.kind in {"number", ":"}:
            token = self._take()
            if token.kind == ":":
                parts.append(None)
            else:
                parts[-1] = token.value
        self.expect("]")
        if len(parts) == 1:
            return _index(left, parts[0] or 0)
        if len(parts) > 3 or parts[2:] == [0]:
            raise BrokenQuery("A slice has a start, a stop and a step that is not 0")
        cut = slice(*parts)
        return _project(
            lambda value: found[cut] if isinstance(found := left(value), list) else None, self._projected()
        )

    def _several(self) -> Query:
        items = [self.expression(0)]
        while self._next.kind == ",":
            self._take()
            items.append(self.expression(0))
        self.expect("]")
        return lambda value: None if value is None else [item(value) for item in items]

    def _hash(self) -> Query:
        members: dict[str, Query] = {}
        while True:
            name = self.expect("name").value
            self.expect(":")
            members[name] = self.expression(0)
            if self._next.kind != ",":
                break
            self._take()
        self.expect("}")
        return lambda value: None if value is None else {key: item(value) for key, item in members.items()}

    def _call(self, name: str) -> Query:
        self.expect("(")
        arguments: list[Query] = []
        while self._next.kind != ")":
            arguments.append(self.expression(0))
            if self._next.kind == ",":
                self._take()
        self.expect(")")
        known = FUNCTIONS.get(name)
        if known is None:
            raise BrokenQuery(f"Unknown function {name}()")
        return lambda value: known(name, [argument(value) for argument in arguments])


def _itself(value: Any) -> Any:
    return value


def _member(name: str) -> Query:
    return lambda value: value.get(name) if isinstance(value, dict) else None


def _index(left: Query, index: int) -> Query:
    def found(value: Any) -> Any:
        items = left(value)
        inside = isinstance(items, list) and -len(items) <= index < len(items)
        return items[index] if inside else None

    return found


def _flattened(left: Query) -> Query:
    def flat(value: Any) -> Any:
        items = left(value)
        if not isinstance(items, list):
            return None
        return [inner for item in items for inner in (item if isinstance(item, list) else [item])]

    return flat


def _project(left: Query, right: Query) -> Query:
    def projected(value: Any) -> Any:
        items = left(value)
        if not isinstance(items, list):
            return None
        return [found for item in items if (found := right(item)) is not None]

    return projected


def _project_values(left: Query, right: Query) -> Query:
    return _project(
        lambda value: list(found.values()) if isinstance(found := left(value), dict) else None, right
    )
