"""The same label written in two ways: "E-post" here and "Epost" there."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

_LONGEST: Final = 60
_BETWEEN: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Variation:
    """One label in several spellings, the most used first: spelling -> keys of the texts."""

    spellings: Mapping[str, tuple[str, ...]]

    @property
    def usual(self) -> str:
        return next(iter(self.spellings))


def variations(texts: Iterable[tuple[str, str]]) -> tuple[Variation, ...]:
    """The labels among (key, text) that are written in more than one way.

    Case, blanks, hyphens and the punctuation at the end count as ways of writing; long texts are no labels.
    """
    found: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for key, text in texts:
        label = text.strip()
        if label and len(label) <= _LONGEST and "\n" not in label:
            found[_BETWEEN.sub("", label).casefold()][label].append(key)
    return tuple(_variation(spellings) for form, spellings in found.items() if form and len(spellings) > 1)


def _variation(spellings: Mapping[str, list[str]]) -> Variation:
    ordered = sorted(spellings.items(), key=lambda item: (-len(item[1]), item[0]))
    return Variation({spelling: tuple(keys) for spelling, keys in ordered})
