"""A file as text that can be edited in a browser, and back to bytes without touching what was not typed.

A browser knows neither byte-order marks nor the ends of lines: a text area gives every line break as the
same sign. So what a file has of these is kept beside the text, and put back line by line.
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from studio.definition.json_text.reading import BOM

_BREAK: Final = re.compile("\r\n|\n|\r")
# Text areas cannot hold these, and editors show nothing of them: such a file is no text.
_NO_TEXT: Final = re.compile("[\x00-\x08\x0e-\x1f]")
# Comparing lines takes time by the square of their number where all are different.
_MOST_LINES_COMPARED: Final = 4000


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says. Lines end with "\\n" alone."""

    text: str
    bom: bool = False


def read(data: bytes) -> Text | None:
    """The text of a file; None where it is none (not UTF-8, or with signs that no text has)."""
    try:
        text = data.removeprefix(BOM).decode()
    except UnicodeDecodeError:
        return None
    return None if _NO_TEXT.search(text) else Text(_BREAK.sub("\n", text), data.startswith(BOM))


def written(text: str, before: bytes | None = None) -> bytes:
    """The bytes of a text as a browser sends it, for a file that was `before`.

    Lines that were there keep the end they had, new ones get the end of their neighbours; a byte-order mark
    stays. `written(read(data).text, data) == data` for every text file.
    """
    typed = _lines(text)
    if before is None:
        return "".join(line + ("\n" if end else "") for line, end in typed).encode()
    mark = BOM if before.startswith(BOM) else b""
    old = _lines(before.removeprefix(BOM).decode("utf-8", "replace"))
    ends = {end for _, end in old if end}
    if len(ends) <= 1:
        newline = next(iter(ends), "\n")
        return mark + "".join(line + (newline if end else "") for line, end in typed).encode()
    return mark + _with_mixed_ends(old, typed).encode()


def _with_mixed_ends(old: list[tuple[str, str]], typed: list[tuple[str, str]]) -> str:
    """The typed lines with the ends of the old ones they were; in a file whose lines end in several ways."""
    kept = dict(_kept([line for line, _ in old], [line for line, _ in typed]))
    out: list[str] = []
    last = next(end for _, end in old if end)
    for place, (line, end) in enumerate(typed):
        if end:
            former = old[kept[place]][1] if place in kept else ""
            last = former or last
        out.append(line + (last if end else ""))
    return "".join(out)


def _kept(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs (place in new, place in old) of lines that stayed."""
    head = 0
    while head < min(len(old), len(new)) and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < min(len(old), len(new)) - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    pairs = [(place, place) for place in range(head)]
    pairs += [(len(new) - 1 - place, len(old) - 1 - place) for place in range(tail)]
    inner_old, inner_new = old[head : len(old) - tail], new[head : len(new) - tail]
    if len(inner_old) + len(inner_new) <= _MOST_LINES_COMPARED:
        for block in SequenceMatcher(None, inner_old, inner_new, autojunk=False).get_matching_blocks():
            pairs += [(head + block.b + step, head + block.a + step) for step in range(block.size)]
    return pairs


def _lines(text: str) -> list[tuple[str, str]]:
    """Lines with their ends; what follows the last end is a line without one."""
    found, start = [], 0
    for end in _BREAK.finditer(text):
        found.append((text[start : end.start()], end[0]))
        start = end.end()
    if start < len(text):
        found.append((text[start:], ""))
    return found
