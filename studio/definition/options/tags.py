"""The tags of an option as one line of text, as people write them: county=03; kind=coast.

A backslash stands before a semicolon, an equals sign or a backslash that is part of a name or value.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from studio.definition.errors import DomainError
from studio.definition.options.narrowing import plain
from studio.definition.sentences import N_, Sentence

_PART: Final = re.compile(r"(?:[^\\;]|\\.)+", re.DOTALL)
_HALVES: Final = re.compile(r"((?:[^\\=]|\\.)*)=(.*)", re.DOTALL)
_SPECIAL: Final = re.compile(r"[\\;=]")
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def tags_of(raw: Any) -> dict[str, str]:
    """The tags that an option (JSON) has, as texts; what is no plain value is left out."""
    given = raw if isinstance(raw, Mapping) else {}
    return {str(name): plain(value) for name, value in given.items() if isinstance(value, str | int | float)}


def tags_text(tags: Mapping[str, str]) -> str:
    """The tags as one line."""
    return "; ".join(f"{_escaped(name)}={_escaped(text)}" for name, text in tags.items())


def read_tags(text: str) -> dict[str, str]:
    """The tags that a line says. Raises DomainError where a part of it is no name and value."""
    found: dict[str, str] = {}
    for part in _PART.findall(text):
        if not part.strip():
            continue
        halves = _HALVES.fullmatch(part)
        name = _plain(halves[1]) if halves else ""
        if halves is None or not name:
            problem = N_("Write tags as name=value, with a semicolon between them: “%(part)s” is none.")
            raise DomainError(Sentence(problem, {"part": part.strip()[:100]}))
        found[name] = _plain(halves[2])
    return found


def _escaped(text: str) -> str:
    return _SPECIAL.sub(lambda sign: "\\" + sign[0], text)


def _plain(text: str) -> str:
    return _ESCAPED.sub(r"\1", text.strip())
