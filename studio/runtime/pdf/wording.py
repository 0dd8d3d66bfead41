"""Texts of an app as a small tree of words, for typesetting.

They go the same way as into pages: Markdown to HTML, cleaned (forms/markup.py). What is left is read here tag
by tag, so that a text can only ever become words, lists, links and tables, never instructions.

Inline nodes are ["text", words], ["strong" | "emph" | "code", nodes], ["link", address, nodes] and ["break"];
blocks are ["paragraph", nodes], ["bullets" | "numbers", blocks of each item], ["table", heads, rows] and
["rule"].
"""

import unicodedata
from collections.abc import Iterator
from typing import Any, Final

from lxml import html
from lxml.html import HtmlElement

from studio.runtime.forms import markup

Node = list[Any]

_STYLES: Final = {
    "strong": "strong",
    "b": "strong",
    "mark": "strong",
    "em": "emph",
    "i": "emph",
    "code": "code",
    "kbd": "code",
}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "summary", "dt"})
_LISTS: Final = {"ul": "bullets", "ol": "numbers"}
_AROUND: Final = frozenset({"div", "blockquote", "details", "dl", "dd"})
# What stands on its own, and not in a line.
_STANDING: Final = _AROUND | _HEADINGS | _LISTS.keys() | {"p", "pre", "table", "hr"}
# Lists in lists, styles in styles: what lies deeper is only its words.
_DEEPEST: Final = 8
_ADDRESSES: Final = ("https://", "http://", "mailto:", "tel:")


def inline(text: str) -> list[Node]:
    """A label, a heading or a cell as words."""
    return _inside(_parsed(str(markup.inline(text)))) if text else []


def blocks(text: str) -> list[Node]:
    """A text on its own as paragraphs, lists and tables."""
    return list(_blocks(_parsed(str(markup.block(text))))) if text else []


def plain(text: str) -> list[Node]:
    """What a person wrote, as it is."""
    kept = clean(text)
    return [["text", kept]] if kept else []


def clean(text: str) -> str:
    """A text without control characters, halves of characters, and what PDF/UA-1 does not allow."""
    return "".join(each for each in text if each in "\n\t" or not _is_disallowed(each))


def _is_disallowed(character: str) -> bool:
    return unicodedata.category(character) in {"Cc", "Cs"} or character in "\ufeff\ufffe\uffff"


def _parsed(content: str) -> HtmlElement:
    return html.fragment_fromstring(clean(content), create_parent="div")


def _inside(element: HtmlElement, depth: int = 0) -> list[Node]:
    if depth > _DEEPEST:
        return _words(element.text_content())
    found: list[Node] = _words(element.text)
    for child in element:
        found.extend(_node(child, depth))
        found.extend(_words(child.tail))
    return found


def _words(text: str | None) -> list[Node]:
    shown = " ".join(text.split("\n")) if text else ""
    return [["text", shown]] if shown else []


def _node(element: HtmlElement, depth: int) -> list[Node]:
    if element.tag == "br":
        return [["break"]]
    inside = _inside(element, depth + 1)
    address = element.get("href", "") if element.tag == "a" else ""
    if address.startswith(_ADDRESSES) and inside:
        return [["link", address, inside]]
    if element.tag in _STYLES and inside:
        return [[_STYLES[element.tag], inside]]
    return inside


def _blocks(element: HtmlElement, depth: int = 0) -> Iterator[Node]:
    """The blocks in an element; words that stand between them are paragraphs of their own."""
    if depth > _DEEPEST:
        yield from _paragraph(_words(element.text_content()))
        return
    loose = _words(element.text)
    for child in element:
        if (
            child.tag in _AROUND
            or child.tag in _LISTS
            or child.tag in _HEADINGS | {"p", "pre", "table", "hr"}
        ):
            yield from _paragraph(loose)
            loose = []
            yield from _block(child, depth + 1)
        else:
            loose.extend(_node(child, depth + 1))
        loose.extend(_words(child.tail))
    yield from _paragraph(loose)


def _paragraph(words: list[Node]) -> Iterator[Node]:
    if any(node[0] != "text" or node[1].strip() for node in words):
        yield ["paragraph", words]


def _block(element: HtmlElement, depth: int) -> Iterator[Node]:
    tag = element.tag
    if tag in _HEADINGS:
        # Headings of the document itself are the form's; these would stand between them at any level.
        yield from _paragraph([["strong", _inside(element)]])
    elif tag in _LISTS:
        items = [list(_blocks(item, depth)) for item in element if item.tag == "li"]
        if items:
            yield [_LISTS[tag], items]
    elif tag == "table":
        yield from _table(element)
    elif tag == "hr":
        yield ["rule"]
    elif tag == "pre":
        yield from _paragraph([["code", [["text", element.text_content()]]]])
    elif tag == "p":
        yield from _paragraph(_inside(element))
    else:
        yield from _blocks(element, depth)


def _table(element: HtmlElement) -> Iterator[Node]:
    rows = [[_inside(cell) for cell in row if cell.tag in {"td", "th"}] for row in element.iter("tr")]
    if rows:
        yield ["table", rows[0], rows[1:]]
