"""The answer to a save says what is new, and a browser that does as it says shows the whole page."""

import re
from collections.abc import Iterable, Mapping

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from studio.runtime.forms.drawn import Drawn
from studio.runtime.pages.known_parts import (
    BLOCK,
    read_shown,
    what_is_new,
    what_is_new_in_blocks,
)

PARTS = st.dictionaries(st.sampled_from("abcdefgh"), st.sampled_from(["1", "2"]), max_size=8)


def drawn(parts: dict[str, str]) -> dict[str, Drawn]:
    html = '<div id="c-{}">{}</div>\n'
    return {key: Drawn.of(Markup(html).format(key, text)) for key, text in parts.items()}


def html(parts: Mapping[str, Drawn]) -> str:
    return "".join(part.html for part in parts.values())


def sent(before: dict[str, Drawn], touched: frozenset[str] = frozenset()) -> dict[str, str]:
    """What a browser sends that shows `before`, and has touched some parts of it."""
    lines = [f"{'-' if key in touched else part.digest} {key}" for key, part in before.items()]
    return read_shown("\n".join(lines))


def shown(told: str, before: dict[str, Drawn]) -> str:
    """What a browser shows that had `before`: each sign is a stretch of what it has."""

    def stretch(match: re.Match[str]) -> str:
        keys = list(before)
        return "".join(before[key].html for key in keys[keys.index(match[1]) : keys.index(match[2]) + 1])

    plain = re.sub(r' data-is="\w{12}"', "", told)
    return re.sub(r'<i data-same="c-(\w+)" data-to="c-(\w+)" hidden></i>\n', stretch, plain)


@given(PARTS, PARTS, st.frozensets(st.sampled_from("abcdefgh")))
def test_a_browser_that_does_as_the_answer_says_shows_the_page(
    before: dict[str, str], after: dict[str, str], touched: frozenset[str]
) -> None:
    told = what_is_new(drawn(after), sent(drawn(before), touched))
    assert shown(told, drawn(before)) == html(drawn(after))
    # What the browser has changed by itself is said anew.
    assert all(f' id="c-{key}">' in told for key in touched & after.keys())


@given(st.lists(st.integers(0, 2 * BLOCK), unique=True), st.sets(st.integers(0, 2 * BLOCK)))
def test_a_part_stays_in_its_block_whichever_others_come_and_go(now: list[int], known: set[int]) -> None:
    def parts(numbers: Iterable[int]) -> dict[str, Drawn]:
        return drawn({f"part{number}": "1" for number in sorted(numbers)})

    order = [f"part{number}" for number in range(2 * BLOCK + 1)]
    before, after = parts(known), parts(now)
    told = what_is_new_in_blocks(after, sent(before), order)
    blocks = re.findall(r'<div class="form-block" id="form-block-(\d+)">\n(.*?)\n</div>\n', told, re.DOTALL)
    assert [int(number) for number, _ in blocks] == sorted({number // BLOCK for number in now})
    for number, content in blocks:
        own = order[int(number) * BLOCK : (int(number) + 1) * BLOCK]
        # No run reaches from one block into the next: each is about what its block has.
        held = {key: before[key] for key in own if key in before}
        assert shown(f"{content}\n", held) == "".join(after[key].html for key in own if key in after)


def test_what_has_not_changed_is_not_said() -> None:
    before = drawn(dict.fromkeys("abcdefgh", "1"))
    told = what_is_new(before | drawn({"d": "2"}), sent(before))
    assert told.count("<div") == 1
    assert told.count("<i ") == 2


def test_who_shows_nothing_that_is_known_is_told_everything() -> None:
    parts = drawn(dict.fromkeys("abc", "1"))
    for text in ("", "\n\n", "nothing", "- a\n- b\n- c", "0" * 12 + " a", " \x00\ufffd"):
        assert what_is_new(parts, read_shown(text)).count("<div data-is=") == 3
