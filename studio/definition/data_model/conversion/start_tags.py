"""The tags of an XSD that somebody wrote: what they stand for, and their attributes as text."""

import re
from collections.abc import Iterator
from typing import Final

from studio.definition.data_model.conversion.xsd_parts import Key, Name, Value, escaped
from studio.definition.data_model.markup import Tag

OCCURS: Final = ("minOccurs", "maxOccurs")
_PARTICLES: Final = ("sequence", "choice", "all")
_BLANKS: Final = b" \t\r\n"
_HEAD: Final = re.compile(rb"<[^\s/>]+")
_ATTRIBUTE: Final = re.compile(rb"""(\s+)([^\s=]+)\s*=\s*("[^"]*"|'[^']*')""")


def children_of(tag: Tag) -> Iterator[Tag]:
    """The children that say something, also those of particles inside of particles."""
    for child in tag.children:
        if child.local == "annotation":
            continue
        yield child
        if tag.local in _PARTICLES and child.local in _PARTICLES:
            yield from children_of(child)


def key_of(tag: Tag) -> Key:
    """What tells a tag from its siblings, as `Part.key` does."""
    given = tag.attributes
    said = given.get("name") or local_name(given.get("ref")) or given.get("value") or ""
    return tag.local, said


def local_name(value: str | None) -> str | None:
    """A name without its prefix."""
    return None if value is None else value.rsplit(":", 1)[-1]


def plain_name(value: Value | None) -> str | None:
    """The value of a part as `local_name` gives that of a tag."""
    if isinstance(value, Name):
        return value.local
    return local_name(value) if isinstance(value, str) else None


def with_attribute(opening: bytes, name: str, value: str | None) -> bytes:
    """The start tag with an attribute set, or without it."""
    head = _HEAD.match(opening)
    start = head.end() if head else 0
    attributes = _ATTRIBUTE.finditer(opening, start)
    found = next((each for each in attributes if each[2] == name.encode()), None)
    if value is None:
        return opening if found is None else opening[: found.start()] + opening[found.end() :]
    written = f'{name}="{escaped(value)}"'.encode()
    if found is not None:
        return opening[: found.end(1)] + written + opening[found.end() :]
    if name in OCCURS:
        return opening[:start] + b" " + written + opening[start:]
    tail = 2 if opening.endswith(b"/>") else 1
    body = opening[:-tail]
    kept = body.rstrip(_BLANKS)
    return kept + b" " + written + body[len(kept) :] + opening[-tail:]
