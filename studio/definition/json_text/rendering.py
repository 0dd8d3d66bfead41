"""Writing a value in the manner of the file it goes into."""

import json
import re
from dataclasses import dataclass
from typing import Any, Final

_ESCAPE: Final = re.compile(rb"\\u(?:00[89a-fA-F]|0[1-9a-fA-F]|[1-9a-fA-F])")
_NON_ASCII: Final = re.compile(rb"[\x80-\xff]")
_INDENTED: Final = re.compile(rb"[\[{][ \t]*\r?\n([ \t]+)\S")
_LIST_OF_SCALARS: Final = re.compile(rb"\[(\s*)(?:\"|[-0-9tfn])")
_COLON: Final = re.compile(rb'"([ \t]*:[ \t]*)(?=\S)')


@dataclass(frozen=True, slots=True)
class Raw:
    """The text of a value as it is written somewhere; `indent` is how the line begins that it starts on."""

    text: bytes
    indent: bytes

    def at(self, indent: bytes) -> bytes:
        """The text for a line that begins with `indent`."""
        if indent == self.indent or b"\n" not in self.text:
            return self.text
        first, *others = self.text.split(b"\n")
        return b"\n".join((first, *(self._shifted(line, indent) for line in others)))

    def _shifted(self, line: bytes, indent: bytes) -> bytes:
        return (
            indent + line.removeprefix(self.indent) if line.startswith(self.indent) and line.strip() else line
        )


@dataclass(frozen=True, slots=True)
class Style:
    """How a file is written."""

    newline: bytes
    unit: bytes
    colon: bytes
    edge: bytes
    ascii_only: bool
    lists_in_line: bool
    one_line: bool

    def render(self, value: Any, indent: bytes, *, in_line: bool = False) -> bytes:
        """`value` as text for a line that begins with `indent`."""
        if isinstance(value, Raw):
            return value.at(indent)
        if isinstance(value, dict | list | tuple) and value:
            return self._container(value, indent, in_line=in_line or self._fits_in_line(value))
        return self.scalar(value)

    def scalar(self, value: Any) -> bytes:
        """A string, number, true, false, null or an empty container.

        Raises ValueError for NaN and infinities.
        """
        text = json.dumps(value, ensure_ascii=self.ascii_only, allow_nan=False)
        return text.encode() if text.isascii() or not _has_surrogates(text) else json.dumps(value).encode()

    def _container(self, value: Any, indent: bytes, *, in_line: bool) -> bytes:
        inner = indent if in_line else indent + self.unit
        is_object = isinstance(value, dict)
        items = [
            (self.scalar(str(key)) + self.colon if is_object else b"")
            + self.render(item, inner, in_line=in_line)
            for key, item in (value.items() if is_object else enumerate(value))
        ]
        opening, closing = (b"{", b"}") if is_object else (b"[", b"]")
        if in_line:
            gap = b"" if self.colon == b":" else b" "
            edge = self.edge if is_object else b""
            return opening + edge + (b"," + gap).join(items) + edge + closing
        line = self.newline + inner
        return opening + line + (b"," + line).join(items) + self.newline + indent + closing

    def _fits_in_line(self, value: Any) -> bool:
        return self.one_line or (self.lists_in_line and _is_plain_list(value))


def style_of(data: bytes) -> Style:
    """How `data` is written; a file that does not show it gets two spaces and line feeds."""
    indented = _INDENTED.search(data)
    listed = _LIST_OF_SCALARS.search(data)
    colon = _COLON.search(data)
    return Style(
        newline=b"\r\n" if b"\r\n" in data else b"\n",
        unit=_unit(data, indented),
        colon=colon[1] if colon else b": ",
        edge=b" " if b'{ "' in data else b"",
        ascii_only=_ESCAPE.search(data) is not None and _NON_ASCII.search(data, 3) is None,
        lists_in_line=listed is not None and b"\n" not in listed[1],
        one_line=b"\n" not in data.strip() and bool(data.strip(b" \t\r\n{}[]\xef\xbb\xbf")),
    )


def _unit(data: bytes, indented: re.Match[bytes] | None) -> bytes:
    if indented is None:
        return b"  "
    line_start = data.rfind(b"\n", 0, indented.start()) + 1
    line = data[line_start : indented.start()]
    before = line[: len(line) - len(line.lstrip(b" \t"))]
    inner = indented[1]
    return (inner.removeprefix(before) if inner.startswith(before) else inner) or b"  "


def _is_plain_list(value: Any) -> bool:
    """A list of scalars and of such lists: an order of pages, an expression."""
    if not isinstance(value, list | tuple):
        return False
    return all(
        _is_plain_list(item) if isinstance(item, list | tuple) else not isinstance(item, dict)
        for item in value
    )


def _has_surrogates(text: str) -> bool:
    return any("\ud800" <= sign <= "\udfff" for sign in text)


def same(one: Any, other: Any) -> bool:
    """Whether two JSON values are written alike: 1, 1.0 and true are three values."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)
