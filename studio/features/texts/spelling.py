"""Spelling by hunspell, where the installation has it with a dictionary for the language."""

import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from studio.definition.plain_language.reading import words_only

# The dictionaries of a language, the one that suits best first.
_DICTIONARIES: Final[Mapping[str, tuple[str, ...]]] = {
    "nb": ("nb_NO",),
    "nn": ("nn_NO",),
    "en": ("en_GB", "en_US"),
    "se": ("se",),
}
_SECONDS: Final = 10
_WORD: Final = re.compile(r"[^\W\d_]+(?:[-'\u2019][^\W\d_]+)*")
# Everyday words that the dictionaries of Norwegian lack.
_FINE: Final = frozenset({"noe", "noen", "skjemaet", "altinn", "id-porten", "e-post"})


@dataclass(frozen=True, slots=True)
class Misspelling:
    """A word that the dictionary does not have, with what it may be."""

    word: str
    suggestions: tuple[str, ...]


def can_spell(language: str) -> bool:
    """Whether there is a dictionary for the language."""
    return _dictionary(language) is not None


@cache
def _dictionary(language: str) -> str | None:
    """The dictionary that is there for a language."""
    return next((name for name in _DICTIONARIES.get(language, ()) if _is_there(name)), None)


def _is_there(name: str) -> bool:
    if shutil.which("hunspell") is None:
        return False
    try:
        asked = subprocess.run(
            [str(shutil.which("hunspell")), "-d", name, "-l"],
            input=b"",
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def misspellings(texts: Sequence[str], language: str) -> Mapping[str, list[Misspelling]]:
    """Text -> its misspelt words. {} where there is no dictionary, or it takes too long."""
    words = {text: set(_WORD.findall(words_only(text))) for text in texts}
    sought = {word for found in words.values() for word in found if _is_sought(word)}
    dictionary = _dictionary(language) if sought else None
    if dictionary is None:
        return {}
    wrong = _asked(sorted(sought), dictionary)
    return {
        text: [Misspelling(word, wrong[word]) for word in sorted(found & wrong.keys())]
        for text, found in words.items()
        if found & wrong.keys()
    }


def _is_sought(word: str) -> bool:
    # Names of things in capitals, and parts of names, are in no dictionary.
    return len(word) > 2 and not word.isupper() and word.casefold() not in _FINE


def _asked(words: Sequence[str], dictionary: str) -> Mapping[str, tuple[str, ...]]:
    """The words that hunspell does not know, in the protocol of ispell -a."""
    given = "".join(f"^{word}\n" for word in words).encode()
    try:
        asked = subprocess.run(
            [str(shutil.which("hunspell")), "-d", dictionary, "-i", "utf-8", "-a"],
            input=given,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return {}
    found: dict[str, tuple[str, ...]] = {}
    for line in asked.stdout.decode(errors="replace").splitlines():
        if line.startswith("& "):
            head, _, listed = line.partition(": ")
            found[head.split(" ")[1]] = tuple(listed.split(", ")[:3])
        elif line.startswith("# "):
            found[line.split(" ")[1]] = ()
    return found
