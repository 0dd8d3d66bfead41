"""What could be said more plainly in one text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

from studio.definition.plain_language.discouraged import DISCOURAGED
from studio.definition.plain_language.reading import reading_of, sentences, words_only
from studio.definition.sentences import N_, Sentence

AdviceKind = Literal["hard", "long-sentence", "word", "term"]
_HARD: Final = 50
_LONGEST_SENTENCE: Final = 25


@dataclass(frozen=True, slots=True)
class Advice:
    """One piece of advice; `start` and `end` are places in the text (letters from 0)."""

    kind: AdviceKind
    sentence: Sentence
    start: int
    end: int
    instead: str = ""


def advice_on(text: str, language: str, avoided: Mapping[str, str] | None = None) -> tuple[Advice, ...]:
    """Advice on a text. `avoided`: an organisation's own words to avoid -> what it says instead."""
    found = [*_readability(text), *_long_sentences(text), *_words(text, language, avoided or {})]
    return tuple(sorted(found, key=lambda each: (each.start, each.end)))


def _readability(text: str) -> Iterator[Advice]:
    lix = reading_of(text).lix
    if lix is not None and lix >= _HARD:
        message = N_("The text is hard to read (LIX %(lix)s). Use shorter sentences and shorter words.")
        yield Advice("hard", Sentence(message, {"lix": lix}), 0, len(text))


def _long_sentences(text: str) -> Iterator[Advice]:
    for sentence in sentences(text):
        count = len(sentence.words)
        if count > _LONGEST_SENTENCE:
            message = N_("A sentence of %(count)s words is hard to follow. Part it.")
            yield Advice("long-sentence", Sentence(message, {"count": count}), sentence.start, sentence.end)


def _words(text: str, language: str, avoided: Mapping[str, str]) -> Iterator[Advice]:
    plain = words_only(text)
    own = {word.casefold(): instead for word, instead in avoided.items() if word.strip()}
    general = {
        word: instead for word, instead in DISCOURAGED.get(language[:2], {}).items() if word not in own
    }
    for words, kind in ((own, "term"), (general, "word")):
        for found in _sought(tuple(words)).finditer(plain) if words else ():
            instead = words[re.sub(r"\s+", " ", found[0]).casefold()]
            message = N_("Instead of “%(word)s”: %(instead)s.")
            sentence = Sentence(message, {"word": found[0], "instead": instead})
            yield Advice("term" if kind == "term" else "word", sentence, found.start(), found.end(), instead)


@lru_cache(maxsize=200)
def _sought(words: tuple[str, ...]) -> re.Pattern[str]:
    """Any of the words as whole words, the longest first, with any blanks between the parts of a phrase."""
    phrases = (r"\s+".join(map(re.escape, word.split())) for word in sorted(words, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{'|'.join(phrases)})(?!\w)", re.IGNORECASE)
