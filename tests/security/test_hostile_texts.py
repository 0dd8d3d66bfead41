"""Texts of apps as HTML: what a browser would run is gone, by the word of a second library as well."""

import re
from html.parser import HTMLParser

import bleach
import pytest

from studio.runtime.forms import markup
from tests.security.hostile_texts import EVASIONS, VECTORS

ALLOWED_NAMES = {
    "lang",
    "href",
    "title",
    "src",
    "alt",
    "width",
    "height",
    "start",
    "colspan",
    "rowspan",
    "scope",
    "rel",
    "target",
}


class Reader(HTMLParser):
    """Collects the elements and attributes of cleaned HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes += [(name, value or "") for name, value in attrs]


@pytest.mark.parametrize("vector", [*VECTORS, *EVASIONS])
def test_nothing_that_runs_is_left_of_a_text(vector: str) -> None:
    for clean in (markup.inline(vector), markup.block(vector)):
        reader = Reader()
        reader.feed(str(clean))
        assert not reader.tags & {
            "script",
            "style",
            "iframe",
            "svg",
            "math",
            "form",
            "input",
            "button",
            "base",
            "meta",
            "link",
            "object",
            "embed",
            "template",
        }
        for name, value in reader.attributes:
            assert name in ALLOWED_NAMES, (name, value)
            if name in {"href", "src"}:
                assert not re.match(r"\s*(javascript|data|vbscript):", value.replace("\t", ""), re.IGNORECASE)


# A zero becomes a sign that no scheme has, and the link one within the page; bleach takes it away as a whole.
@pytest.mark.parametrize("vector", [each for each in (*VECTORS, *EVASIONS) if "\0" not in each])
def test_a_second_library_finds_no_element_to_take_away(vector: str) -> None:
    clean = str(markup.block(vector))
    again = bleach.clean(
        clean,
        tags=set(markup._BLOCK),
        attributes={tag: [*names, "rel"] for tag, names in markup._ATTRIBUTES.items()}
        | {"*": ["lang", "title"]},  # which nh3 leaves on every element
        protocols=markup._SCHEMES,
    )
    ours, theirs = Reader(), Reader()
    ours.feed(clean)
    theirs.feed(again)
    assert ours.tags == theirs.tags
    assert sorted(ours.attributes) == sorted(theirs.attributes)
