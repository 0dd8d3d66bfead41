"""The answer to a save says what is new, and a browser that does as it says shows the whole page."""

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from studio.runtime.pages.known_parts import KnownParts, what_is_new

PARTS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["1", "2"]), max_size=8)


def html(parts: dict[str, str]) -> dict[str, Markup]:
    return {key: Markup('<div id="c-{}">{}</div>\n').format(key, text) for key, text in parts.items()}


def shown(told: str, before: dict[str, Markup]) -> str:
    """What a browser shows that had `before`: each sign is a stretch of what it has."""

    def stretch(match: re.Match[str]) -> str:
        keys = list(before)
        return "".join(before[key] for key in keys[keys.index(match[1]) : keys.index(match[2]) + 1])

    return re.sub(r'<i data-same="c-(\w)" data-to="c-(\w)" hidden></i>\n', stretch, told)


@given(PARTS, PARTS, st.frozensets(st.sampled_from("abcdefgh")))
def test_a_browser_that_does_as_the_answer_says_shows_the_page(
    before: dict[str, str], after: dict[str, str], touched: frozenset[str]
) -> None:
    known = KnownParts(1000)
    seen = known.recall(known.remember(html(before)))
    told = what_is_new(html(after), seen, touched)
    assert shown(told, html(before)) == "".join(html(after).values())
    # What the browser has changed by itself is said anew.
    assert all(f'<div id="c-{key}">' in told for key in touched & after.keys())


def test_what_has_not_changed_is_not_said() -> None:
    known = KnownParts(1000)
    before = html(dict.fromkeys("abcdefgh", "1"))
    told = what_is_new(before | html({"d": "2"}), known.recall(known.remember(before)), frozenset())
    assert told.count("<div") == 1
    assert told.count("<i ") == 2


def test_of_an_answer_that_is_forgotten_nothing_is_known() -> None:
    known = KnownParts(3)
    first = known.remember(html({"a": "1", "b": "1"}))
    second = known.remember(html({"a": "1", "b": "1"}))
    assert known.recall(first) == {}
    assert list(known.recall(second)) == ["a", "b"]
    assert known.recall("never") == {}
    # However large: the last one is always known.
    assert known.recall(known.remember(html(dict.fromkeys("abcdefgh", "1"))))
