"""How hard a text is to read: sentences, words and LIX.

LIX (Björnsson, Läsbarhet, 1968): words per sentence plus the percentage of words of more than six letters.
Below 30 very easy, below 40 easy, below 50 ordinary prose, below 60 officialese, above it hard.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
# Abbreviations whose stop ends no sentence.
_SHORT: Final = re.compile(
    r"\b(?:bl\.a|f\.eks|t\.d|d\.v\.s|dvs|o\.l|osv|mv|m\.m|nr|kr|tlf|kl|jf|pkt|ca|evt|ev|mrk|e\.g|i\.e|etc|no|st)\.$",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.!?:;]+(?=\s|$)|\n\s*\n|\n(?=\s*(?:[-*+]|\d+[.)])\s)|\n(?=#)")
# What Markdown and HTML put around the words, made into blanks so that places stay what they are.
_MARKUP: Final = re.compile(r"<[^<>]*>|\]\([^()\s]*\)|https?://\S+|`[^`]*`|\{[0-9]{1,3}\}|[*_#>|\[\]~]+")
_LONG: Final = 6


@dataclass(frozen=True, slots=True)
class Reading:
    """A text counted. `lix` is None where there are too few words for it to mean anything."""

    words: int
    sentences: int
    long_words: int

    @property
    def lix(self) -> int | None:
        if self.words < _FEWEST or not self.sentences:
            return None
        return round(self.words / self.sentences + 100 * self.long_words / self.words)


_FEWEST: Final = 20


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence in a text, by its place, with its words."""

    start: int
    end: int
    words: tuple[str, ...]


def reading_of(text: str) -> Reading:
    """Count a text. Markup, addresses and variables are no words."""
    found = [sentence for sentence in sentences(text) if sentence.words]
    words = [word for sentence in found for word in sentence.words]
    return Reading(len(words), len(found), sum(len(word) > _LONG for word in words))


def words_only(text: str) -> str:
    """The text with its markup made into blanks: every letter stays in its place."""
    return _MARKUP.sub(lambda found: " " * len(found[0]), text)


def sentences(text: str) -> Iterator[Stretch]:
    """The sentences of a text in order."""
    plain, start = words_only(text), 0
    for end in _ends(plain):
        words = tuple(_WORD.findall(plain, start, end))
        if words:
            lead = len(plain[start:end]) - len(plain[start:end].lstrip())
            yield Stretch(start + lead, end, words)
        start = end


def _ends(plain: str) -> Iterator[int]:
    for found in _END.finditer(plain):
        if not (found[0] == "." and _SHORT.search(plain, max(0, found.end() - 12), found.end())):
            yield found.end()
    yield len(plain)
