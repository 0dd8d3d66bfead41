"""What an expression can give, as far as that is known before it is evaluated."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache, reduce
from typing import Any, Final, Literal

from studio.definition.expressions import dates
from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import number_text, to_boolean, to_number, to_text, type_name

Kind = Literal["boolean", "number", "text", "list", "object"]
# What every text (or number) of a type looks like.
Look = Literal["date", "number", "whole number"]
# What arguments and places turn a value into.
Cast = Literal["boolean", "number", "date", "text", "list", "any"]


@dataclass(frozen=True, slots=True)
class Options:
    """The values that people choose among, value -> label. `several`: an answer is values between commas.

    They say what can be chosen, not what can be there: data comes from elsewhere too.
    """

    labels: Mapping[str, str]
    several: bool = False


@dataclass(frozen=True, slots=True)
class Type:
    """What a value can be: null where `nullable`, else one of `kinds` (none: it is always null).

    `values`: as text it is one of these. `look`: its texts all look so.
    """

    kinds: frozenset[Kind]
    nullable: bool = True
    values: frozenset[str] | None = None
    look: Look | None = None
    options: Options | None = None

    @property
    def is_null(self) -> bool:
        """Whether it is always null."""
        return not self.kinds

    def could_be(self, text: str) -> bool:
        """Whether a value of the type, as text, can be this one."""
        if self.values is not None:
            return text in self.values
        return any(_SPELLED[kind](self, text) for kind in self.kinds)


_EVERY: Final[frozenset[Kind]] = frozenset({"boolean", "number", "text", "list", "object"})
ANY: Final = Type(_EVERY)
NULL: Final = Type(frozenset())
BOOLEAN: Final = Type(frozenset({"boolean"}))
NUMBER: Final = Type(frozenset({"number"}))
WHOLE_NUMBER: Final = Type(frozenset({"number"}), look="whole number")
TEXT: Final = Type(frozenset({"text"}))
DATE: Final = Type(frozenset({"text"}), look="date")
NUMBER_AS_TEXT: Final = Type(frozenset({"text"}), look="number")
LIST: Final = Type(frozenset({"list"}))
OBJECT: Final = Type(frozenset({"object"}))


def always(kind: Type) -> Type:
    """The type without null."""
    return replace(kind, nullable=False)


def of_literal(value: Any) -> Type:
    """The type of one value."""
    return _of_text(value) if type(value) is str else _of_value(value)


@lru_cache(maxsize=4096)
def _of_text(value: str) -> Type:
    return _of_value(value)


def _of_value(value: Any) -> Type:
    text = to_text(value)
    if text is None:
        return NULL
    kind = type_name(value)
    kinds: Mapping[str, Kind] = {"boolean": "boolean", "number": "number", "list": "list", "object": "object"}
    return Type(frozenset({kinds.get(kind, "text")}), nullable=False, values=frozenset({text}))


def either(types: Iterable[Type]) -> Type:
    """The type of a value that is of one of these types."""
    return reduce(_either, types)


def _either(one: Type, other: Type) -> Type:
    nullable = one.nullable or other.nullable or one.is_null or other.is_null
    if one.is_null or other.is_null:
        return replace(one if other.is_null else other, nullable=True)
    return Type(
        one.kinds | other.kinds,
        nullable,
        one.values | other.values if one.values is not None and other.values is not None else None,
        one.look if one.look == other.look else None,
        one.options if one.options == other.options else None,
    )


def can_be_equal(one: Type, other: Type) -> bool:
    """Whether values of both, none of them null, can be equal as texts."""
    if one.is_null or other.is_null:
        return False
    for closed, open_one in ((one, other), (other, one)):
        if closed.values is not None:
            return any(open_one.could_be(text) for text in closed.values)
    return any(
        _alike(_spelling(one, kind), _spelling(other, another))
        for kind in one.kinds
        for another in other.kinds
    )


def _spelling(kind_of: Type, kind: Kind) -> str:
    if kind == "text":
        return (kind_of.look or "text").removeprefix("whole ")
    return kind


def _alike(one: str, other: str) -> bool:
    """Whether two spellings have a text in common."""
    return one == other or "text" in (one, other)


_NOT_AS_TEXT: Final = frozenset({"list", "object"})


def fits(kind: Type, cast: Cast) -> bool:
    """Whether a value of the type, when it is not null, can be turned into what is wanted."""
    if cast == "any" or not kind.kinds:
        return cast != "list"
    if cast == "text":
        return not kind.kinds <= _NOT_AS_TEXT
    if kind.values is not None and cast in _TRIED:
        return any(_succeeds(_TRIED[cast], text, kind) for text in kind.values)
    return any(_CASTS[cast](kind, each) for each in kind.kinds)


def _succeeds(convert: Callable[[Any], object], text: str, kind: Type) -> bool:
    if kind.kinds <= {"list", "object"}:
        return False
    value: Any = text
    if kind.kinds == {"boolean"}:
        value = text == "true"
    elif kind.kinds == {"number"}:
        value = Decimal(text)
    try:
        convert(value)
    except ExpressionError:
        return False
    return True


_TRIED: Final[Mapping[Cast, Callable[[Any], object]]] = {
    "boolean": to_boolean,
    "number": to_number,
    "date": dates.parse,
}
_CASTS: Final[Mapping[Cast, Callable[[Type, Kind], bool]]] = {
    "boolean": lambda kind, each: each in {"boolean", "number"} or (each == "text" and kind.look != "date"),
    "number": lambda kind, each: each == "number" or (each == "text" and kind.look != "date"),
    "date": lambda kind, each: each == "text" and kind.look in {None, "date"},
    "list": lambda _kind, each: each == "list",
}


def _is_date(text: str) -> bool:
    try:
        return dates.parse(text) is not None
    except ExpressionError:
        return False


def _is_number(text: str, *, as_it_is_written: bool, whole: bool) -> bool:
    try:
        number = to_number(text)
    except ExpressionError:
        return False
    if number is None or (whole and number != number.to_integral_value()):
        return False
    return not as_it_is_written or number_text(number) == text


def _as_text(kind: Type, text: str) -> bool:
    if kind.look is None:
        return True
    if kind.look == "date":
        return _is_date(text)
    return _is_number(text, as_it_is_written=False, whole=kind.look == "whole number")


_SPELLED: Final[Mapping[Kind, Callable[[Type, str], bool]]] = {
    "boolean": lambda _kind, text: text in {"true", "false"},
    "number": lambda kind, text: _is_number(text, as_it_is_written=True, whole=kind.look == "whole number"),
    "text": _as_text,
    "list": lambda _kind, text: text.startswith("["),
    "object": lambda _kind, text: text.startswith("{"),
}
