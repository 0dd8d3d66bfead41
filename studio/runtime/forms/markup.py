"""Texts of an app as safe HTML: Markdown with a small set of HTML, cleaned."""

from functools import lru_cache
from typing import Final

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

_MARKDOWN: Final = MarkdownIt("commonmark", {"html": True, "breaks": True}).enable(["table", "strikethrough"])
_SPECIAL: Final = frozenset("*_[]<>`&\\#!~|\n-+.:")
_INLINE: Final = frozenset(
    "a abbr b br code em i kbd mark q s small span strong sub sup u".split()  # noqa: SIM905 - readable
)
_BLOCK: Final = _INLINE | frozenset(
    "blockquote dd details div dl dt h1 h2 h3 h4 h5 h6 hr img li ol p pre summary "  # noqa: SIM905 - readable
    "table tbody td th thead tr ul".split()
)
_ATTRIBUTES: Final = {
    "a": {"href", "target", "title"},
    "abbr": {"title"},
    "img": {"src", "alt", "title", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
_SCHEMES: Final = {"http", "https", "mailto", "tel"}


@lru_cache(maxsize=20_000)
def inline(text: str) -> Markup:
    """A text inside a line: a label, a button, a heading."""
    if _SPECIAL.isdisjoint(text):
        return escape(text)
    return _clean(_MARKDOWN.renderInline(text.strip()), _INLINE)


@lru_cache(maxsize=20_000)
def block(text: str) -> Markup:
    """A text on its own: paragraphs, lists, headings, tables."""
    return _clean(_MARKDOWN.render(text), _BLOCK)


def plain(text: str) -> str:
    """The words alone, for attributes and page titles."""
    return str(inline(text).striptags())


def apart(html: str) -> str:
    """The words of a page of HTML, with a space where one part of it ends and the next begins."""
    return str(Markup(nh3.clean(html.replace("<", " <"), tags=set())).striptags())  # noqa: S704 - cleaned, and only its words are kept


def _clean(html: str, tags: frozenset[str]) -> Markup:
    clean = nh3.clean(
        html, tags=set(tags), attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel="noopener noreferrer"
    )
    return Markup(clean)  # noqa: S704 - nh3 has just cleaned it
