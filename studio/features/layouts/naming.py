"""Names that Studio proposes: ids, text keys, fields and pages that a person can read."""

import re
import unicodedata
from collections.abc import Collection, Container
from itertools import count
from typing import Final

_NORWEGIAN: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"})
_WORD: Final = re.compile(r"[A-Za-z0-9]+")
_LONGEST_FIELD: Final = 40
# An id that ends in "-<a few digits>" would clash with the ids of rows (components.md, 1.1).
_COMPONENT_ID: Final = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z-]*(-?[a-zA-Z]+|[a-zA-Z][0-9]+|-[0-9]{6,})")


def is_component_id(name: str) -> bool:
    """Whether a new component may be called this."""
    return _COMPONENT_ID.fullmatch(name) is not None


def component_id(type_name: str, taken: Container[str]) -> str:
    """A free id for a new component of this type: "input1", "repeatingGroup2"."""
    stem = type_name[:1].lower() + type_name[1:]
    return next(name for number in count(1) if (name := f"{stem}{number}") not in taken)


def page_name(stem: str, taken: Collection[str]) -> str:
    """A free name for a new page: "side1", "side2"."""
    lowered = {name.lower() for name in taken}
    return next(
        name for number in count(len(taken) + 1) if (name := f"{stem}{number}").lower() not in lowered
    )


def text_key(page: str, component: str, slot: str, taken: Container[str]) -> str:
    """A free key for a text of a component: "contact.input1.title"."""
    stem = f"{page}.{component}.{slot}"
    return (
        stem
        if stem not in taken
        else next(key for number in count(2) if (key := f"{stem}.{number}") not in taken)
    )


def field_name(words: str, otherwise: str, taken: Container[str]) -> str:
    """A free name for a field, made from what the component asks: "Barnets fornavn" -> "barnetsFornavn"."""
    stem = _camel(words) or _camel(otherwise) or "field"
    if stem[0].isdigit():
        stem = f"field{stem}"
    return (
        stem
        if stem not in taken
        else next(name for number in count(2) if (name := f"{stem}{number}") not in taken)
    )


def _camel(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words.translate(_NORWEGIAN)).encode("ascii", "ignore").decode()
    name = ""
    for word in _WORD.findall(plain):
        longer = name + (word[:1].upper() + word[1:].lower() if name else word[:1].lower() + word[1:])
        if len(longer) > _LONGEST_FIELD:
            break
        name = longer
    return name
