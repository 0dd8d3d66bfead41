"""From bytes to values.

Apps are read by System.Text.Json with comments and trailing commas allowed, so that much is fine.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any, Final

from studio.definition.content_cache import ContentCache
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

BOM: Final = b"\xef\xbb\xbf"

_STRING = r'"(?:[^"\\]++|\\.)*+"'
_COMMENT_OR_STRING: Final = re.compile(rf"{_STRING}|//[^\n]*|/\*.*?\*/", re.DOTALL)
_TRAILING_COMMA_OR_STRING: Final = re.compile(rf"{_STRING}|,(?=\s*[\]}}])", re.DOTALL)
_HIGH, _LOW = r"u[dD][89abAB][0-9a-fA-F]{2}", r"u[dD][c-fC-F][0-9a-fA-F]{2}"
_ESCAPE: Final = re.compile(rf"\\(?:{_HIGH}\\{_LOW}|(?P<half>{_HIGH}|{_LOW})|.)", re.DOTALL)
_NOT_NEWLINE: Final = re.compile(r"[^\r\n]")


class BrokenJson(DomainError):
    """The file is not JSON. `line` and `column` count from 1."""

    def __init__(self, line: int, column: int, sentence: Sentence) -> None:
        super().__init__(sentence)
        self.line = line
        self.column = column


class _NotANumber(ValueError):
    """NaN and Infinity, which only Python takes for JSON."""


def parse(data: bytes) -> Any:
    """The value in `data`: a BOM, comments and trailing commas are fine. Raises BrokenJson."""
    value = _parsed(data)
    _FINE.get(_name_of(data), bool)
    return value


def demand_json(data: bytes) -> None:
    """Raises BrokenJson where `data` cannot be parsed. What was parsed a moment ago is not read again."""
    _FINE.get(_name_of(data), lambda: _parsed(data) is None)


def _parsed(data: bytes) -> Any:
    text = decode(data)
    try:
        return _loads(text)
    except json.JSONDecodeError:
        return _loads_strictly(_plain(text))


# The names of what was parsed last and is fine: an edit changes a file that its app has read just before.
_FINE: Final[ContentCache[bool]] = ContentCache(200)


def _name_of(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=20).hexdigest()


def decode(data: bytes) -> str:
    """The text of a file without its byte-order mark. Raises BrokenJson where it is not UTF-8."""
    try:
        return data.removeprefix(BOM).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise BrokenJson(line, 1, Sentence(N_("Line %(line)s is not UTF-8 text."), {"line": line})) from error


def _loads_strictly(text: str) -> Any:
    try:
        return _loads(text)
    except json.JSONDecodeError as error:
        values: dict[str, str | int | Sentence] = {
            "line": error.lineno,
            "column": error.colno,
            "problem": _problem(error, text),
        }
        sentence = Sentence(N_("Line %(line)s, column %(column)s: %(problem)s"), values)
        raise BrokenJson(error.lineno, error.colno, sentence) from error


def _loads(text: str) -> Any:
    if "\\ud" in text or "\\uD" in text:
        text = _ESCAPE.sub(_whole_sign, text)
    try:
        value = json.loads(text, parse_constant=_refuse_constant)
    except json.JSONDecodeError:
        raise
    except _NotANumber as error:
        line = text.count("\n", 0, text.find(str(error))) + 1
        values = {"value": str(error)}
        raise BrokenJson(line, 1, Sentence(N_("%(value)s is not a value in JSON."), values)) from error
    except RecursionError as error:
        raise BrokenJson(1, 1, Sentence(N_("The file is nested too deeply."))) from error
    except ValueError as error:
        raise BrokenJson(1, 1, Sentence(N_("The file holds a number that is too long."))) from error
    if _is_too_deep(value):
        raise BrokenJson(1, 1, Sentence(N_("The file is nested too deeply.")))
    return value


# Deeper than anything that people or programs write, and less than Python's stack takes: what walks through
# a value later may call itself for each part, from wherever it is called.
_DEEPEST: Final = 200
_HOLDING: Final = (dict, list)


def _is_too_deep(value: Any) -> bool:
    level = [value] if isinstance(value, _HOLDING) else []
    for _ in range(_DEEPEST):
        inside = chain.from_iterable([part.values() if isinstance(part, dict) else part for part in level])
        level = [inner for inner in inside if isinstance(inner, _HOLDING)]
        if not level:
            return False
    return True


def _whole_sign(escape: re.Match[str]) -> str:
    """Half of a surrogate pair is no character: nothing that holds it could be sent or kept."""
    return r"\ufffd" if escape["half"] else escape[0]


def _refuse_constant(name: str) -> Any:
    raise _NotANumber(name)


def _problem(error: json.JSONDecodeError, text: str) -> Sentence:
    if not text.strip():
        return Sentence(N_("the file is empty."))
    if error.pos >= len(text.rstrip()):
        return Sentence(N_("the file ends too early; a bracket or a quotation mark is not closed."))
    known = {
        "Expecting ',' delimiter": Sentence(N_("a comma is missing, or there is a character too many.")),
        "Expecting ':' delimiter": Sentence(N_("a colon is missing after the name.")),
        "Expecting value": Sentence(N_("a value is missing.")),
        "Expecting property name enclosed in double quotes": Sentence(
            N_("a name in double quotation marks is missing.")
        ),
        "Extra data": Sentence(N_("there is text after the end of the content.")),
    }
    return known.get(error.msg, Sentence(N_("the text is not valid JSON.")))


def _plain(text: str) -> str:
    """The text with comments and trailing commas blanked, every character still in its place."""
    without_comments = _COMMENT_OR_STRING.sub(
        lambda found: found[0] if found[0][0] == '"' else _NOT_NEWLINE.sub(" ", found[0]), text
    )
    return _TRAILING_COMMA_OR_STRING.sub(
        lambda found: found[0] if found[0][0] == '"' else " ", without_comments
    )


def repeated_keys(data: bytes) -> list[str]:
    """Keys that occur twice in one object (the last one counts). Raises BrokenJson."""
    found: list[str] = []

    def watch(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found.extend(_repeated(key for key, _ in pairs))
        return dict(pairs)

    parse(data)
    json.loads(_plain(decode(data)), object_pairs_hook=watch)
    return found


def _repeated(keys: Iterator[str]) -> Iterator[str]:
    seen: set[str] = set()
    for key in keys:
        if key in seen:
            yield key
        seen.add(key)
