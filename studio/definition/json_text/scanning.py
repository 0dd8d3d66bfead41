"""Where in the bytes a value lies.

Works on bytes, as every sign that matters in JSON is ASCII. What is passed over on the way to a pointer is
skipped by the json module's own scanner (written in C, over the text as Latin-1, where every byte is one
character), or by one regular expression where a value has comments or trailing commas inside: a file of a
thousand components costs a few milliseconds. The text must be JSON already (`reading.parse`); nothing here
looks for mistakes.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

from studio.definition.errors import NotThere
from studio.definition.json_text.reading import BOM
from studio.definition.json_text.rendering import Raw
from studio.definition.sentences import N_, Sentence

_DEPTH: Final = 12
_STRING: Final = rb'"(?:[^"\\]++|\\.)*+"'
_COMMENT: Final = rb"//[^\n]*+|/\*(?:[^*]++|\*(?!/))*+\*/"


def _container(depth: int) -> bytes:
    inner = b"" if depth == 0 else b"|" + _container(depth - 1)
    return rb'[\[{](?:[^\[\]{}"/]++|' + _STRING + b"|" + _COMMENT + inner + rb")*+[\]}]"


_SPACE: Final = re.compile(rb"(?:[ \t\r\n]++|" + _COMMENT + rb")*+")
_COMMA: Final = re.compile(_SPACE.pattern + b"," + _SPACE.pattern)
_COMMA_ALONE: Final = re.compile(_SPACE.pattern + b",")
_CLOSING: Final = ord("]")
# After so many values with comments in them the file is read by expression alone.
_PATIENCE: Final = 20
_VALUE: Final = re.compile(_STRING + b"|" + _container(_DEPTH) + rb'|[^\[\]{}",:\s/]++', re.DOTALL)
_STRING_TOKEN: Final = re.compile(_STRING, re.DOTALL)
_TOKEN: Final = re.compile(_STRING + b"|" + _COMMENT + rb"|[\[\]{}]", re.DOTALL)
# What JSONDecoder itself reads with; its types leave it out.
_scan_once: Final[Callable[[str, int], tuple[Any, int]]] = vars(json.JSONDecoder(strict=False))["scan_once"]
# What may follow an item on its own line and belongs to it.
REST_OF_LINE: Final = re.compile(rb"[ \t]*+(?:/\*(?:[^*\n]++|\*(?!/))*+\*/[ \t]*+)*+(?://[^\r\n]*+)?+")


@dataclass(frozen=True, slots=True)
class Item:
    """A member or element: where its key (objects only) and value lie, and the comma after it, if any."""

    start: int
    key: str | None
    key_end: int
    value_start: int
    end: int
    comma: int | None


@dataclass(frozen=True, slots=True)
class Container:
    """An object or array with its items, in the order they are written.

    `end` is just behind the closing bracket.
    """

    start: int
    end: int
    items: tuple[Item, ...]
    is_object: bool

    def find(self, part: str) -> int | None:
        """The place of a key (the last one where it is repeated, as readers do) or of an index."""
        if self.is_object:
            return next(
                (place for place in reversed(range(len(self.items))) if self.items[place].key == part), None
            )
        is_index = part.isascii() and part.isdecimal() and (part == "0" or part[0] != "0")
        return int(part) if is_index and int(part) < len(self.items) else None


@dataclass(frozen=True, slots=True)
class Span:
    """The value at a pointer, and the item that holds it (None for the whole document)."""

    start: int
    end: int
    item: Item | None


def split_pointer(pointer: str) -> list[str]:
    """The parts of a JSON Pointer (RFC 6901), unescaped."""
    if not pointer:
        return []
    return [part.replace("~1", "/").replace("~0", "~") for part in pointer.removeprefix("/").split("/")]


def skip_space(data: bytes, place: int) -> int:
    """The first place from `place` on that is neither white space nor comment."""
    match = _SPACE.match(data, place)
    return match.end() if match else place


def root(data: bytes) -> Span:
    """The document's value."""
    start = _root_start(data)
    return Span(start, _value_end(data, start), None)


def _root_start(data: bytes) -> int:
    return skip_space(data, len(BOM) if data.startswith(BOM) else 0)


def locate(data: bytes, pointer: str) -> Span:
    """The value at `pointer`. Raises NotThere."""
    *way, last = split_pointer(pointer) or [""]
    if not pointer:
        return root(data)
    start: int | None = _root_start(data)
    for part in way:
        start = None if start is None else _way_in(data, start, part)
    inside = None if start is None else _item_in(data, start, last)
    if inside is None:
        raise NotThere(Sentence(N_("There is nothing at %(pointer)s."), {"pointer": pointer}))
    return Span(inside.value_start, inside.end, inside)


def opened(data: bytes, pointer: str) -> list[int]:
    """Where the containers on the way to the list at `pointer` begin, that one last. What lies behind them
    is not read. Raises NotThere.
    """
    found = [_root_start(data)]
    for part in split_pointer(pointer):
        inside = _way_in(data, found[-1], part)
        if inside is None:
            raise NotThere(Sentence(N_("There is nothing at %(pointer)s."), {"pointer": pointer}))
        found.append(inside)
    if data[found[-1] : found[-1] + 1] != b"[":
        raise NotThere(Sentence(N_("The value is neither an object nor a list.")))
    return found


def element_places(data: bytes, start: int) -> Iterator[tuple[int, int, int]]:
    """Of each element of the list that begins at `start`: where it begins, ends, and what belongs to it ends.

    What belongs to it is its comma. Nothing behind the element is read before the next one is asked for.
    """
    place = skip_space(data, start + 1)
    while data[place] != _CLOSING:
        end = _value_end(data, place)
        comma = _COMMA_ALONE.match(data, end)
        yield place, end, comma.end() if comma else end
        place = skip_space(data, comma.end() if comma else end)


def container_at(data: bytes, span: Span) -> Container:
    """The object or array in `span`. Raises NotThere for any other value."""
    if data[span.start : span.start + 1] not in (b"{", b"["):
        raise NotThere(Sentence(N_("The value is neither an object nor a list.")))
    return Container(
        span.start, span.end, tuple(_items(data, span.start)), data[span.start : span.start + 1] == b"{"
    )


def line_of(data: bytes, pointer: str) -> int:
    """The line (from 1) where the item at `pointer` begins, or the innermost part on the way that exists."""
    span = root(data)
    for part in split_pointer(pointer):
        inside = _item_in(data, span.start, part)
        if inside is None:
            break
        span = Span(inside.value_start, inside.end, inside)
    return data.count(b"\n", 0, span.item.start if span.item else span.start) + 1


def elements(data: bytes, pointer: str) -> list[tuple[int, bytes]]:
    """Line and text of every element of the list at `pointer`, in one go. Raises NotThere."""
    found: list[tuple[int, bytes]] = []
    line, place = 1, 0
    for item in container_at(data, locate(data, pointer)).items:
        line, place = line + data.count(b"\n", place, item.start), item.start
        found.append((line, data[item.value_start : item.end]))
    return found


def raw(data: bytes, pointer: str) -> Raw:
    """The text of the value at `pointer`, just as it is written, to be inserted elsewhere.

    Raises NotThere.
    """
    span = locate(data, pointer)
    return Raw(data[span.start : span.end], line_indent(data, span.item.start if span.item else span.start))


def raw_elements(data: bytes, pointer: str, indices: Iterable[int]) -> list[Raw]:
    """The text of some elements of the list at `pointer`, in one go. Raises NotThere."""
    items = container_at(data, locate(data, pointer)).items
    found = []
    for index in indices:
        if not 0 <= index < len(items):
            raise NotThere(
                Sentence(N_("There is nothing at %(pointer)s."), {"pointer": f"{pointer}/{index}"})
            )
        item = items[index]
        found.append(Raw(data[item.value_start : item.end], line_indent(data, item.start)))
    return found


def line_indent(data: bytes, place: int) -> bytes:
    """The white space at the beginning of the line of `place`."""
    start = data.rfind(b"\n", 0, place) + 1
    if start == 0 and data.startswith(BOM):
        start = len(BOM)
    end = start
    while end < place and data[end] in b" \t":
        end += 1
    return data[start:end]


def _way_in(data: bytes, start: int, part: str) -> int | None:
    """Where the value of `part` in the container at `start` begins. What lies behind is not read."""
    token = b'"' + part.encode() + b'"'
    if data[start : start + 1] == b"{" and _is_there_once(data, part, token):
        place = skip_space(data, start + 1)
        while data[place] not in b"]}":
            if data.startswith(token, place):
                return skip_space(data, skip_space(data, place + len(token)) + 1)
            item = _item(data, place, is_object=True)
            place = skip_space(data, item.end if item.comma is None else item.comma + 1)
    inside = _item_in(data, start, part)
    return inside.value_start if inside else None


def _is_there_once(data: bytes, part: str, token: bytes) -> bool:
    """Whether a key cannot be repeated behind its value, not even spelled with escapes."""
    plain = '"' not in part and "\\" not in part
    return plain and data.count(token) == 1 and b"\\u" not in data and b"\\/" not in data


def _item_in(data: bytes, start: int, part: str) -> Item | None:
    """The item `part` of the container at `start`; an array is left as soon as the index is reached."""
    opening = data[start : start + 1]
    if opening == b"[":
        if not (part.isascii() and part.isdecimal()) or (part[0] == "0" and part != "0"):
            return None
        return _element(data, start, int(part))
    found = None
    if opening == b"{":
        for item in _items(data, start):
            found = item if item.key == part else found
    return found


def _element(data: bytes, start: int, wanted: int) -> Item | None:
    """The element at an index. Long lists are passed over as fast as their elements can be read."""
    place, passed = skip_space(data, start + 1), 0
    while passed < wanted and data[place] != _CLOSING:
        comma = _COMMA.match(data, _value_end(data, place))
        if comma is None:
            return None
        place, passed = comma.end(), passed + 1
    return _item(data, place, is_object=False) if data[place] != _CLOSING else None


def _items(data: bytes, start: int) -> Iterator[Item]:
    is_object = data[start : start + 1] == b"{"
    place = skip_space(data, start + 1)
    while data[place] not in b"]}":
        item = _item(data, place, is_object)
        yield item
        place = skip_space(data, item.end if item.comma is None else item.comma + 1)


def _item(data: bytes, place: int, is_object: bool) -> Item:
    key, key_end, value_start = None, place, place
    if is_object:
        token = _STRING_TOKEN.match(data, place)
        key_end = token.end() if token else place
        key = _unquoted(data[place:key_end])
        value_start = skip_space(data, skip_space(data, key_end) + 1)
    end = _value_end(data, value_start)
    after = skip_space(data, end)
    comma = after if data[after : after + 1] == b"," else None
    return Item(place, key, key_end, value_start, end, comma)


@dataclass(slots=True)
class _Text:
    """The bytes as characters in the same places, and how often the C scanner could not read a value."""

    latin: str
    refused: int = 0


@lru_cache(maxsize=4)
def _text_of(data: bytes) -> _Text:
    """One edit asks for the same bytes many times."""
    return _Text(data.decode("latin-1"))


def _unquoted(token: bytes) -> str:
    return str(json.loads(token)) if b"\\" in token else token[1:-1].decode()


def _value_end(data: bytes, start: int) -> int:
    text = _text_of(data)
    if text.refused < _PATIENCE:
        try:
            return int(_scan_once(text.latin, start)[1])
        except (StopIteration, ValueError, RecursionError):
            text.refused += 1
    match = _VALUE.match(data, start)
    return match.end() if match else _deep_end(data, start)


def _deep_end(data: bytes, start: int) -> int:
    """The end of a container that is nested deeper than the expression reaches."""
    depth = 0
    for token in _TOKEN.finditer(data, start):
        sign = token[0]
        if sign in (b"{", b"["):
            depth += 1
        elif sign in (b"}", b"]"):
            depth -= 1
            if depth == 0:
                return token.end()
    return len(data)
