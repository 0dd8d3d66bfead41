"""What of a page the browser has already, so that the answer to a save need not say it again.

A page is told in parts: its top components. Each carries a digest of itself; the browser sends back the
digests of the parts that it shows as they were told, and those that have not changed are left out.

A long page tells its parts in blocks, which the browser lays out and paints one by one
(css/form/long_pages.css): what a letter costs does not grow with the page then. Which block a part stands in
follows from the app's files alone, so that parts come and go without moving others to other blocks.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from markupsafe import Markup

from studio.runtime.forms.drawn import Drawn

# Key of a part -> its HTML, in the order of the page.
Parts = Mapping[str, Drawn]
# Key of a part that a browser shows -> its digest; "-" where the browser has changed it by itself.
Shown = Mapping[str, str]

_FIRST_TAG: Final = re.compile(r"<\w+")
BLOCK: Final = 20  # parts of a block: about two windows of them
_BLOCK: Final = Markup('<div class="form-block" id="form-block-{}">\n{}</div>\n')
# Stands for parts of which the first and the last are named (lib/morph.js).
_SAME: Final = Markup('<i data-same="{}" data-to="{}" hidden></i>\n')


def read_shown(text: str) -> dict[str, str]:
    """The parts that a browser shows, in their order: a line for each, its digest and its key."""
    pairs = (line.partition(" ") for line in text.splitlines())
    return {key: digest for digest, _, key in pairs if key}


def what_is_new(parts: Parts, shown: Shown) -> Markup:
    """The parts as HTML; a sign that names its first and last one stands for a run of shown ones."""
    return Markup("").join(_told(parts, shown, _following(shown)))


def what_is_new_in_blocks(parts: Parts, shown: Shown, order: Sequence[str]) -> Markup:
    """The same, in blocks. `order` has the keys of all parts that the page can have, in their order."""
    place = {key: number // BLOCK for number, key in enumerate(order)}
    follows = _following(shown)
    blocks = groupby(parts.items(), lambda part: place[part[0]])
    return Markup("").join(
        _BLOCK.format(number, Markup("").join(_told(dict(block), shown, follows))) for number, block in blocks
    )


def _following(shown: Shown) -> Mapping[str, str]:
    return dict(zip(shown, list(shown)[1:], strict=False))


def _told(parts: Parts, shown: Shown, follows: Mapping[str, str]) -> Iterator[Markup]:
    run: list[str] = []
    for key, part in parts.items():
        is_same = shown.get(key) == part.digest
        if run and not (is_same and follows.get(run[-1]) == key):
            yield _SAME.format(f"c-{run[0]}", f"c-{run[-1]}")
            run = []
        if is_same:
            run.append(key)
        else:
            yield _marked(part)
    if run:
        yield _SAME.format(f"c-{run[0]}", f"c-{run[-1]}")


def _marked(part: Drawn) -> Markup:
    marked = _FIRST_TAG.sub(lambda tag: f'{tag[0]} data-is="{part.digest}"', part.html, count=1)
    return Markup(marked)  # noqa: S704 - only digits were put in
