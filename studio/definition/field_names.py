"""Names of fields made from plain words."""

import re
import unicodedata
from collections.abc import Container
from itertools import count
from typing import Final

_NORWEGIAN: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_LONGEST: Final = 40


def field_name(words: str, otherwise: str, taken: Container[str]) -> str:
    """A free name for a field, made from what it asks for: "Barnets fornavn" -> "barnetsFornavn"."""
    stem = _camel(words) or _camel(otherwise) or "field"
    if stem[0].isdigit():
        stem = f"field{stem}"
    return (
        stem
        if stem not in taken
        else next(name for number in count(2) if (name := f"{stem}{number}") not in taken)
    )


def _camel(words: str) -> str:
    name = ""
    for word in _WORD.findall(in_ascii(words)):
        longer = name + (word[:1].upper() + word[1:].lower() if name else word[:1].lower() + word[1:])
        if len(longer) > _LONGEST:
            break
        name = longer
    return name


def in_ascii(words: str) -> str:
    """The words in ASCII: Norwegian letters as two, others without their marks, other signs left out."""
    return unicodedata.normalize("NFKD", words.translate(_NORWEGIAN)).encode("ascii", "ignore").decode()
