"""What goes between the runtime and the processes that carry out an app's hooks. Pure, standard library only.

A message is its length (four bytes, big-endian) and JSON in ASCII. JSON has neither decimals nor dates:
they are objects with the member "$" ({"$": "decimal", "v": "1.50"}); a binary float is never sent and never
taken. Whoever reads a message trusts nothing in it: both ends may have been taken over by what an app does.
"""

import json
import struct
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Any, Final

MOST_REQUEST: Final = 16 * 1024 * 1024  # bytes
MOST_ANSWER: Final = 4 * 1024 * 1024
_HEAD: Final = struct.Struct("!I")
_MOST_DEPTH: Final = 100
_MOST_DIGITS: Final = 40
_TAG: Final = "$"
# How much is read at once, so that nobody makes us set aside memory by a length alone.
_PIECE: Final = 65536


class BadMessage(ValueError):
    """The bytes are no message, or one that is longer than it may be."""


class BadValue(ValueError):
    """A value cannot be sent; `where` is its path ("lines[0].sum"), `reason` says why in words."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}" if where else reason)
        self.where = where
        self.reason = reason


def packed(message: Mapping[str, Any], most: int) -> bytes:
    """A message as bytes. Raises BadMessage where it is longer than `most`, and BadValue."""
    body = json.dumps(encoded(message), separators=(",", ":"), allow_nan=False).encode("ascii")
    if len(body) > most:
        raise BadMessage(f"{len(body)} bytes, where at most {most} can be sent")
    return _HEAD.pack(len(body)) + body


def unpacked(body: bytes) -> dict[str, Any]:
    """The message in these bytes, without their length. Raises BadMessage."""
    try:
        found = decoded(json.loads(body, parse_float=_refuse, parse_constant=_refuse))
    except (ValueError, RecursionError, TypeError, KeyError, InvalidOperation) as error:
        raise BadMessage(f"{type(error).__name__}") from error
    if not isinstance(found, dict):
        raise BadMessage("no object")
    return found


def received(read: Callable[[int], bytes], most: int) -> bytes | None:
    """The body of the next message; `read` gives up to as many bytes as asked for, none at the end.

    None at a clean end. Raises BadMessage where a message is cut off or longer than `most`.
    """
    head = _exactly(read, _HEAD.size)
    if not head:
        return None
    (length,) = _HEAD.unpack(head) if len(head) == _HEAD.size else (most + 1,)
    if length > most:
        raise BadMessage("cut off, or longer than it may be")
    body = _exactly(read, length)
    if len(body) < length:
        raise BadMessage("cut off")
    return body


def _exactly(read: Callable[[int], bytes], length: int) -> bytes:
    pieces: list[bytes] = []
    missing = length
    while missing and (piece := read(min(missing, _PIECE))):
        pieces.append(piece)
        missing -= len(piece)
    return b"".join(pieces)


def encoded(value: Any, where: str = "", depth: int = 0) -> Any:
    """A value as JSON knows it. Raises BadValue."""
    if depth > _MOST_DEPTH:
        raise BadValue(where, "the value is nested too deep, or contains itself")
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, Mapping):
        return _encoded_object(value, where, depth)
    if isinstance(value, list | tuple):
        return [encoded(each, f"{where}[{index}]", depth + 1) for index, each in enumerate(value)]
    return _encoded_plain(value, where)


def _encoded_object(value: Mapping[Any, Any], where: str, depth: int) -> Any:
    for name in value:
        if not isinstance(name, str):
            raise BadValue(where, f"names are text, and {name!r:.40} is not")
    inside = {
        str(name): encoded(each, f"{where}.{name}" if where else str(name), depth + 1)
        for name, each in value.items()
    }
    return {_TAG: "object", "v": list(map(list, inside.items()))} if _TAG in inside else inside


def _encoded_plain(value: Any, where: str) -> Any:
    if isinstance(value, int):
        if abs(value) >= 10**_MOST_DIGITS:
            raise BadValue(where, f"the number has more than {_MOST_DIGITS} digits")
        return int(value)
    if isinstance(value, Decimal):
        if not value.is_finite() or len(value.as_tuple().digits) > _MOST_DIGITS or abs(value.adjusted()) > 99:
            raise BadValue(where, f"{value!s:.60} is not a number of at most {_MOST_DIGITS} digits")
        return {_TAG: "decimal", "v": str(value)}
    if isinstance(value, datetime):
        return {_TAG: "datetime", "v": value.isoformat()}
    if isinstance(value, date):
        return {_TAG: "date", "v": value.isoformat()}
    if isinstance(value, time):
        return {_TAG: "time", "v": value.isoformat()}
    if isinstance(value, float):
        raise BadValue(where, f"{value!r} is a binary float; use Decimal, so that no digit is lost")
    raise BadValue(where, f"{type(value).__name__} is no kind of value that form data has")


def decoded(value: Any) -> Any:
    """The value behind its JSON. Raises ValueError, TypeError, KeyError or InvalidOperation."""
    if isinstance(value, list):
        return [decoded(each) for each in value]
    if isinstance(value, str):
        return _whole(value)
    if not isinstance(value, dict):
        return value
    if _TAG not in value:
        return {_whole(name): decoded(each) for name, each in value.items()}
    return _TAGGED[value[_TAG]](value["v"])


def _whole(text: str) -> str:
    """The text without halves of characters, which JSON can spell but nothing can keep."""
    return (
        text if text.isascii() else text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    )


def _decimal(text: Any) -> Decimal:
    if not isinstance(text, str) or len(text) > 2 * _MOST_DIGITS:
        raise ValueError("no decimal")
    number = Decimal(text)
    if not number.is_finite() or abs(number.adjusted()) > 99:
        raise ValueError("no decimal")
    return number


def _object(pairs: Any) -> dict[str, Any]:
    return {_whole(str(name)): decoded(each) for name, each in pairs}


_TAGGED: Final[Mapping[str, Callable[[Any], Any]]] = {
    "decimal": _decimal,
    "date": date.fromisoformat,
    "datetime": datetime.fromisoformat,
    "time": time.fromisoformat,
    "object": _object,
}


def _refuse(text: str) -> Any:
    raise ValueError(f"{text:.40} is no number of a message")
