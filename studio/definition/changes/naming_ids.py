"""Ids for new components: readable, free in the layout set, and of the form that the platform accepts."""

import re
from collections.abc import Container, Iterable
from itertools import count
from typing import Final

from studio.definition.field_names import in_ascii

# Ends in letters, in a letter and digits, or in a dash and a long number: "-2" would look like a row
# (components.md 1.1).
VALID_ID: Final = re.compile(r"(?=.{1,120}\Z)[0-9a-zA-Z][0-9a-zA-Z-]*(-?[a-zA-Z]+|[a-zA-Z][0-9]+|-[0-9]{6,})")
_NUMBERED: Final = re.compile(r"(.*?[a-zA-Z])[0-9]{1,5}")
_WORDS: Final = re.compile(r"[^\W\d_]?[^\W\d_A-ZÆØÅ]+|[A-ZÆØÅ]+(?![a-zæøå])|\d+")
_LONGEST_NAME: Final = 40
# Models made by Seres number every definition.
_SERES: Final = re.compile(r"-(?:datadef|grp)-\d+$")
_GENERATED: Final = re.compile(r"([A-Za-z]+[A-Za-z0-9]*)-(?=[A-Za-z0-9]*[0-9A-Z])[A-Za-z0-9]{6}")


def fresh_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted` where it is free, else the same with the next number: name, name2, name3."""
    return FreshIds(taken).take(wanted)


class FreshIds:
    """Hands out ids, each once, of which none is among those that are `taken`."""

    def __init__(self, taken: Iterable[str]) -> None:
        self._used = {name.casefold() for name in taken}
        # Stem -> the number that was given to it last.
        self._numbers: dict[str, int] = {}

    def take(self, wanted: str) -> str:
        """`wanted` where it is free, else the same with the next number."""
        free = wanted if wanted.casefold() not in self._used else self._numbered(_stem(wanted))
        self._used.add(free.casefold())
        return free

    def _numbered(self, stem: str) -> str:
        number = self._numbers.get(stem, 1) + 1
        while f"{stem}{number}".casefold() in self._used:
            number += 1
        self._numbers[stem] = number
        return f"{stem}{number}"


def _stem(wanted: str) -> str:
    generated, numbered = _GENERATED.fullmatch(wanted), _NUMBERED.fullmatch(wanted)
    if generated:
        return generated[1][0].lower() + generated[1][1:]
    if numbered:
        return numbered[1]
    return wanted + "-copy" if wanted[-1:].isdigit() else wanted


def text_key(page: str, component: str, slot: str, taken: Container[str]) -> str:
    """A free key for a text of a component: "contact.input1.title"."""
    stem = f"{page}.{component}.{slot}"
    return (
        stem
        if stem not in taken
        else next(key for number in count(2) if (key := f"{stem}.{number}") not in taken)
    )


def id_from(name: str) -> str:
    """An id that the platform accepts, from the name of a field: "Båt_navn-datadef-25" -> "Baatnavn"."""
    plain = re.sub(r"[^0-9a-zA-Z-]+", "", in_ascii(_SERES.sub("", name))).strip("-")
    plain = plain[:_LONGEST_NAME].strip("-")
    return plain if VALID_ID.fullmatch(plain) else f"{plain}-felt".removeprefix("-")


def words_of(name: str) -> str:
    """The name of a field as words that a person reads: "fornavnOgEtternavn" -> "Fornavn og etternavn"."""
    parts = _WORDS.findall(_SERES.sub("", name).replace("_", " ").replace("-", " "))
    words = " ".join(part if part.isupper() and len(part) > 1 else part.lower() for part in parts)
    return words[:1].upper() + words[1:] or name
