"""An XML text as tags with their places in it, for edits that change no other lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from studio.definition.safe_xml import BrokenXml
from studio.definition.sentences import N_, Sentence

_OPENING: Final = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")


@dataclass(eq=False, slots=True)
class Tag:
    """An element and its place in the text, in bytes; `end` is behind its last character."""

    name: str
    attributes: dict[str, str]
    start: int
    # Behind the ">" of the start tag.
    opening_end: int
    end: int = 0
    # Written <a/>.
    is_empty: bool = False
    parent: "Tag | None" = None
    children: "list[Tag]" = field(default_factory=list)

    @property
    def local(self) -> str:
        """The name without its prefix."""
        return self.name.rsplit(":", 1)[-1]

    @property
    def prefix(self) -> str:
        """The prefix with its colon; "" without one."""
        return self.name[: -len(self.local)]

    def inside(self, *names: str) -> "Iterator[Tag]":
        """The children with one of these names."""
        return (child for child in self.children if child.local in names)


def read_tags(data: bytes) -> Tag:
    """The root element of a text in UTF-8, whatever its declaration says.

    Raises BrokenXml for what is not well-formed or has a document type.
    """
    top = Tag("", {}, 0, 0)
    stack = [top]
    parser = expat.ParserCreate("utf-8")

    def start(name: str, attributes: dict[str, str]) -> None:
        place = parser.CurrentByteIndex
        opening = _OPENING.match(data, place)
        end = opening.end() if opening else place
        tag = Tag(name, attributes, place, end, end, data[end - 2 : end] == b"/>", stack[-1])
        stack[-1].children.append(tag)
        stack.append(tag)

    def end(_name: str) -> None:
        tag = stack.pop()
        if not tag.is_empty:
            tag.end = data.index(b">", parser.CurrentByteIndex) + 1

    def doctype(*_: object) -> None:
        words = N_("The XML has a document type or entities of its own, which is not allowed.")
        raise BrokenXml(Sentence(words))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        values: dict[str, str | int | Sentence] = {
            "line": error.lineno,
            "reason": expat.ErrorString(error.code),
        }
        words = N_("The XML cannot be read at line %(line)s: %(reason)s.")
        raise BrokenXml(Sentence(words, values), error.lineno) from error
    return top.children[0]


def indent_of(data: bytes, place: int) -> bytes:
    """The blanks with which the line of a place begins."""
    start = data.rfind(b"\n", 0, place) + 1
    line = data[start:place]
    return line[: len(line) - len(line.lstrip(b" \t"))]


def newline_of(data: bytes) -> bytes:
    """The line end of a text."""
    return b"\r\n" if b"\r\n" in data else b"\n"
