"""XML as elements that know their own text: what stands between two places of the file, byte for byte."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

COMMENT: Final = "#comment"
_ATTRIBUTE: Final = re.compile(r"""([^\s=/<>]+)\s*=\s*("[^"]*"|'[^']*')""")
_TAG: Final = re.compile(r"""<[^\s/>]+(?:[^"'>]|"[^"]*"|'[^']*')*>""")


@dataclass(slots=True)
class Element:
    """An element or comment. `text` is all of it; `lead` the space before it, `tail` that behind its parts.

    `attributes` are as written, without their quotes. `has_text` says that text stands beside its children.
    """

    tag: str
    start: int
    line: int
    end: int = 0
    text: str = ""
    lead: str = ""
    tail: str = ""
    inner: str = ""
    has_text: bool = False
    start_tag: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list["Element"] = field(default_factory=list)

    def written(self, attributes: Mapping[str, str], inner: str) -> str:
        """The element with these attributes and this content."""
        start = self.start_tag.removesuffix(">").removesuffix("/").rstrip() + ">"
        start = _ATTRIBUTE.sub(lambda found: self._kept(found, attributes), start)
        start = re.sub(r"\s+(?=\s|>)", "", start) if len(attributes) < len(self.attributes) else start
        added = "".join(
            f" {name}={_quoted(value)}" for name, value in attributes.items() if name not in self.attributes
        )
        start = f"{start.removesuffix('>')}{added}"
        if not inner and self.start_tag.endswith("/>"):
            space = " " if self.start_tag.endswith(" />") else ""
            return f"{start}{space}/>"
        return f"{start}>{inner}</{self.tag}>"

    def _kept(self, found: "re.Match[str]", attributes: Mapping[str, str]) -> str:
        name = found[1]
        if name not in attributes:
            return ""
        return (
            found[0] if attributes[name] == self.attributes[name] else f"{name}={_quoted(attributes[name])}"
        )


def _quoted(value: str) -> str:
    return f"'{value}'" if '"' in value else f'"{value}"'


def read_elements(text: str) -> Element | None:
    """The root element; None where it cannot be read, or holds what is neither element, text nor comment."""
    try:
        return _Reader(text).root()
    except (expat.ExpatError, _Strange):
        return None


class _Strange(Exception):
    """Something that is merged better by line: a processing instruction, a CDATA section, a document type."""


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.data = text.encode()
        # Places in the text are places in the bytes only where all is ASCII.
        self.is_ascii = text.isascii()
        self.open: list[Element] = []
        self.found: Element | None = None
        self.parser = expat.ParserCreate("utf-8")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CommentHandler = self._comment
        self.parser.ProcessingInstructionHandler = self._strange
        self.parser.StartCdataSectionHandler = self._strange
        self.parser.StartDoctypeDeclHandler = self._strange

    def root(self) -> Element | None:
        self.parser.Parse(self.data, True)
        return self.found

    def _place(self) -> int:
        place = self.parser.CurrentByteIndex
        return place if self.is_ascii else len(self.data[:place].decode())

    def _start(self, tag: str, _attributes: object) -> None:
        start = self._place()
        element = Element(tag, start, self.parser.CurrentLineNumber)
        found = _TAG.match(self.text, start)
        if found is None:
            raise _Strange
        element.start_tag = found[0]
        element.attributes = {name: value[1:-1] for name, value in _ATTRIBUTE.findall(found[0])}
        self.open.append(element)

    def _end(self, _tag: str) -> None:
        element = self.open.pop()
        place = self._place()
        inside = element.start + len(element.start_tag)
        if element.start_tag.endswith("/>"):
            element.end = inside
        else:
            element.end = self.text.index(">", place) + 1
            element.inner = self.text[inside:place]
        element.text = self.text[element.start : element.end]
        for child in element.children:
            element.has_text |= bool(self.text[inside : child.start].strip())
            child.lead = self.text[inside : child.start]
            inside = child.end
        element.tail = self.text[inside:place] if element.children else ""
        element.has_text |= bool(element.tail.strip())
        self._put(element)

    def _comment(self, said: str) -> None:
        if not self.open:
            return
        start = self._place()
        element = Element(COMMENT, start, self.parser.CurrentLineNumber)
        element.end = start + len(f"<!--{said}-->")
        element.text = self.text[start : element.end]
        element.inner = element.text
        if not element.text.endswith("-->"):
            raise _Strange  # line ends that the parser reads as others
        self._put(element)

    def _put(self, element: Element) -> None:
        if self.open:
            self.open[-1].children.append(element)
        else:
            self.found = element

    def _strange(self, *_said: object) -> None:
        raise _Strange
