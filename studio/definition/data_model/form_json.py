"""Form data as JSON and back, with every digit of its numbers: no binary floating point on the way."""

import json
from collections.abc import Mapping
from decimal import Decimal
from json.encoder import encode_basestring
from typing import Any, Final

from studio.definition.data_model.shapes import MAX_DEPTH
from studio.definition.data_model.xml_text import number_text, text_of
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_MAX_EXPONENT_DIGITS: Final = 4


class BrokenJson(DomainError):
    """The text is not JSON that can be form data."""


def to_json(data: Any) -> bytes:
    """Form data as compact JSON in UTF-8; 1.50 stays 1.50.

    Raises DomainError for numbers that JSON cannot hold.
    """
    pieces: list[str] = []
    _write(data, pieces, 0)
    text = "".join(pieces)
    try:
        return text.encode()
    except UnicodeEncodeError:
        # Halves of characters, which JSON can spell as escapes but no text can hold.
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace").encode()


def from_json(text: bytes) -> Any:
    """Form data from JSON; numbers come as int or Decimal.

    Raises BrokenJson: not JSON, not UTF-8, too deep, NaN or Infinity, numbers of absurd size.
    """
    try:
        return _checked(json.loads(text, parse_float=_decimal, parse_constant=_refuse_constant), 0)
    except BrokenJson:
        raise
    except json.JSONDecodeError as error:
        values: dict[str, str | int | Sentence] = {"line": error.lineno, "reason": error.msg}
        raise BrokenJson(
            Sentence(N_("The JSON cannot be read at line %(line)s: %(reason)s."), values)
        ) from error
    except UnicodeDecodeError as error:
        raise BrokenJson(Sentence(N_("The JSON is not written in UTF-8."))) from error
    except RecursionError as error:
        raise _too_deep() from error
    except ValueError as error:
        # Python makes no int of thousands of digits.
        raise BrokenJson(Sentence(N_("A number in the JSON has too many digits."))) from error


def _decimal(text: str) -> Decimal:
    exponent = text.lower().partition("e")[2].lstrip("+-")
    if len(exponent) > _MAX_EXPONENT_DIGITS:
        raise _absurd(text)
    number = Decimal(text)
    number_text(number)
    return number


def _refuse_constant(text: str) -> Any:
    raise _absurd(text)


def _absurd(text: str) -> BrokenJson:
    sentence = N_("The number %(number)s is too large or too small.")
    return BrokenJson(Sentence(sentence, {"number": text[:50]}))


def _too_deep() -> BrokenJson:
    return BrokenJson(Sentence(N_("The data are nested more than %(depth)s deep."), {"depth": MAX_DEPTH}))


def _checked(data: Any, depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise _too_deep()
    for inside in data.values() if isinstance(data, dict) else data if isinstance(data, list) else ():
        if isinstance(inside, dict | list):
            _checked(inside, depth + 1)
    return data


def _write(value: Any, pieces: list[str], depth: int) -> None:
    if isinstance(value, Mapping | list):
        if depth > MAX_DEPTH:
            raise _too_deep()
        if isinstance(value, Mapping):
            _write_object(value, pieces, depth)
        else:
            _write_list(value, pieces, depth)
    else:
        pieces.append(_plain(value))


def _write_object(value: Mapping[str, Any], pieces: list[str], depth: int) -> None:
    pieces.append("{")
    for place, (name, inside) in enumerate(value.items()):
        pieces.append(f",{encode_basestring(name)}:" if place else f"{encode_basestring(name)}:")
        _write(inside, pieces, depth + 1)
    pieces.append("}")


def _write_list(value: list[Any], pieces: list[str], depth: int) -> None:
    pieces.append("[")
    for place, inside in enumerate(value):
        if place:
            pieces.append(",")
        _write(inside, pieces, depth + 1)
    pieces.append("]")


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return encode_basestring(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, int):
        return text_of(value)
    if isinstance(value, Decimal | float):
        return _number(value if isinstance(value, Decimal) else Decimal(repr(value)))
    raise TypeError(f"{type(value).__name__} is not form data")


def _number(number: Decimal) -> str:
    if not number.is_finite():
        raise _absurd(str(number))
    return number_text(number)
