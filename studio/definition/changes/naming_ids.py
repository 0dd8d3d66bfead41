"""Ids for new components: readable, free in the layout set, and of the form that the platform accepts."""

import re
from collections.abc import Iterable
from typing import Final

# Ends in letters, in a letter and digits, or in a dash and a long number: "-2" would look like a row
# (components.md 1.1).
VALID_ID: Final = re.compile(r"(?=.{1,120}\Z)[0-9a-zA-Z][0-9a-zA-Z-]*(-?[a-zA-Z]+|[a-zA-Z][0-9]+|-[0-9]{6,})")
_NUMBERED: Final = re.compile(r"(.*?[a-zA-Z])[0-9]{1,5}")
_GENERATED: Final = re.compile(r"([A-Za-z]+[A-Za-z0-9]*)-(?=[A-Za-z0-9]*[0-9A-Z])[A-Za-z0-9]{6}")


def fresh_id(wanted: str, taken: Iterable[str]) -> str:
    """`wanted` where it is free, else the same with the next number: name, name2, name3."""
    used = {name.casefold() for name in taken}
    if wanted.casefold() not in used:
        return wanted
    generated, numbered = _GENERATED.fullmatch(wanted), _NUMBERED.fullmatch(wanted)
    stem = wanted
    if generated:
        stem = generated[1][0].lower() + generated[1][1:]
    elif numbered:
        stem = numbered[1]
    elif wanted[-1:].isdigit():
        stem = wanted + "-copy"
    number = 2
    while f"{stem}{number}".casefold() in used:
        number += 1
    return f"{stem}{number}"
