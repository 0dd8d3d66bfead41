"""Suggesting translations: from what an organisation has approved before, or from another source."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final, Protocol

from studio.definition.app import AppDefinition
from studio.definition.plain_language.reading import words_only
from studio.definition.translation.status import source_language
from studio.definition.translation.table import rows

# Below this two texts have little in common.
_LEAST: Final = 0.6
# So many of the texts that share the most words are looked at letter by letter.
_CLOSER: Final = 40


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A translation that may fit. `score` is from 0 to 1; `source` is the text that it translates."""

    text: str
    score: float
    source: str
    origin: str


class Suggester(Protocol):
    """What can suggest translations."""

    def suggest(self, text: str, source: str, target: str, limit: int = 5) -> Sequence[Suggestion]:
        """Suggestions for a text from one language to another, the best first; [] where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Pair:
    """A text with its approved translation. `origin` says where it is from."""

    source_language: str
    target_language: str
    source: str
    target: str
    origin: str


def approved_pairs(app: AppDefinition, origin: str) -> Iterable[Pair]:
    """What has been approved in an app."""
    source = source_language(app)
    for row in rows(app):
        for language, state in row.states.items():
            if language != source and state.status == "approved" and row.text(source):
                yield Pair(source, language, row.text(source), row.text(language), origin)


@dataclass(frozen=True)
class TranslationMemory:
    """Suggests what was approved for the same text, or for one much like it."""

    pairs: tuple[Pair, ...]

    @cached_property
    def _by_text(self) -> dict[tuple[str, str, str], list[Pair]]:
        found = defaultdict[tuple[str, str, str], list[Pair]](list)
        for pair in self.pairs:
            found[pair.source_language, pair.target_language, pair.source.strip()].append(pair)
        return dict(found)

    @cached_property
    def _by_word(self) -> dict[tuple[str, str, str], list[int]]:
        found = defaultdict[tuple[str, str, str], list[int]](list)
        for place, pair in enumerate(self.pairs):
            for word in _words(pair.source):
                found[pair.source_language, pair.target_language, word].append(place)
        return dict(found)

    def suggest(self, text: str, source: str, target: str, limit: int = 5) -> list[Suggestion]:
        """Suggestions, the best first; of several with the same words the most used one."""
        same = self._by_text.get((source, target, text.strip()), [])
        found = [(1.0, pair) for pair in same]
        if len({pair.target for pair in same}) < limit:
            found += self._alike(text, source, target)
        used = Counter(pair.target for _, pair in found)
        best: dict[str, Suggestion] = {}
        for score, pair in sorted(found, key=lambda each: -each[0]):
            best.setdefault(pair.target, Suggestion(pair.target, score, pair.source, pair.origin))
        ordered = sorted(best.values(), key=lambda each: (-each.score, -used[each.text], each.text))
        return ordered[:limit]

    def _alike(self, text: str, source: str, target: str) -> list[tuple[float, Pair]]:
        counts = Counter(
            place for word in _words(text) for place in self._by_word.get((source, target, word), ())
        )
        matcher = SequenceMatcher(autojunk=False)
        matcher.set_seq2(text.casefold())
        found = []
        for place, _ in counts.most_common(_CLOSER):
            pair = self.pairs[place]
            if pair.source.strip() == text.strip():
                continue
            matcher.set_seq1(pair.source.casefold())
            if matcher.quick_ratio() >= _LEAST and (score := matcher.ratio()) >= _LEAST:
                found.append((round(score, 3), pair))
        return found


def _words(text: str) -> set[str]:
    return {word for word in words_only(text).casefold().split() if len(word) > 1}
