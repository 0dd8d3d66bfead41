"""Suggestions for a translation: what the organisation has approved in its apps, and its terms."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import entry_points
from itertools import chain
from typing import Final

from studio.definition.app import app_definition
from studio.definition.content_cache import ContentCache
from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.definition.translation.memory import (
    Pair,
    Suggester,
    Suggestion,
    TranslationMemory,
    approved_pairs,
)
from studio.definition.translation.table import row
from studio.features import repositories
from studio.features.texts.glossaries import glossary_of
from studio.features.texts.workplace import Workplace

_PAIRS: Final[ContentCache[tuple[Pair, ...]]] = ContentCache(500)
_MEMORIES: Final[ContentCache[TranslationMemory]] = ContentCache(20)
# What else can suggest: a package that is installed beside Studio names a Suggester under this group.
_GROUP: Final = "studio.suggesters"
_MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Found:
    """Suggestions, and the terms of the text: (what it says, what the organisation calls it)."""

    suggestions: tuple[Suggestion, ...]
    terms: tuple[tuple[str, str], ...]


def suggestions_for(work: Workplace, key: str, language: str) -> Found:
    """What may help to translate a text into a language."""
    found = row(work.app, key)
    if found is None or not found.text(work.source) or language == work.source:
        return Found((), ())
    text, current = found.text(work.source), found.text(language)
    suggested = [
        each
        for source in (_memory(work), *_others())
        for each in source.suggest(text, work.source, language, _MOST)
        if each.text != current
    ]
    best = {each.text: each for each in sorted(suggested, key=lambda each: each.score)}
    terms = glossary_of(work.org).unmet(text, current, work.source, language)
    ordered = sorted(best.values(), key=lambda each: -each.score)[:_MOST]
    return Found(tuple(ordered), tuple(dict.fromkeys(terms)))


def _memory(work: Workplace) -> TranslationMemory:
    """What has been approved in the shared state of the organisation's apps, and in this draft."""
    states = dict(_shared(work.org))
    states[work.app_name] = work.app.files
    return _MEMORIES.get(
        ",".join(files.tree_id for files in states.values()),
        lambda: TranslationMemory(tuple(chain.from_iterable(_pairs(*state) for state in states.items()))),
    )


def _pairs(name: str, files: Files) -> tuple[Pair, ...]:
    app = app_definition(files)
    return _PAIRS.get(f"{name}:{files.tree_id}", lambda: tuple(approved_pairs(app, name)))


def _shared(org: str) -> Iterator[tuple[str, Files]]:
    for holder, name in repositories().all():
        if holder == org:
            with suppress(NotThere):
                yield name, repositories().open(org, name).files()


@cache
def _others() -> tuple[Suggester, ...]:
    return tuple(entry.load()() for entry in entry_points(group=_GROUP))
