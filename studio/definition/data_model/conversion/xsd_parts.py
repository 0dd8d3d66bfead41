"""The parts of an XSD as values, and how they are written: two spaces a level, as the platform's tools do."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

XSD: Final = "http://www.w3.org/2001/XMLSchema"
XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"
_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ESCAPES: Final = {
    "&": "&amp;",
    "<": "&lt;",
    ">": "&gt;",
    '"': "&quot;",
    "\t": "&#9;",
    "\n": "&#10;",
    "\r": "&#13;",
}
_SPECIAL: Final = re.compile('[&<>"\t\n\r]')


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a space: a type that XSD comes with, or one that the schema declares."""

    space: Literal["xsd", "own"]
    local: str


Value = str | Name | tuple[Name, ...]
Key = tuple[str, str]


@dataclass(slots=True)
class Part:
    """An element in the namespace of XSD. Values that are names get their prefix when they are written."""

    tag: str
    attributes: dict[str, Value] = field(default_factory=dict)
    children: list["Part"] = field(default_factory=list)

    @property
    def key(self) -> "Key":
        """What tells this part from its siblings."""
        given = self.attributes
        said = given.get("name") or given.get("ref") or given.get("value") or ""
        return self.tag, said.local if isinstance(said, Name) else str(said)


@dataclass(frozen=True, slots=True)
class Prefixes:
    """What is written before a name: with its colon, or "" for the default namespace."""

    xsd: str
    own: str

    def written(self, value: Value) -> str:
        """The text of an attribute, before escaping."""
        if isinstance(value, str):
            return value
        if isinstance(value, tuple):
            return " ".join(self.written(name) for name in value)
        return (self.xsd if value.space == "xsd" else self.own) + value.local


def lines(part: Part, prefixes: Prefixes, step: str = "  ", indent: str = "") -> Iterator[str]:
    """The lines of a part, each with its indentation and without its newline."""
    name = prefixes.xsd + part.tag
    opening = f"{indent}<{name}{attributes_text(part.attributes, prefixes)}"
    if not part.children:
        yield f"{opening} />"
        return
    yield f"{opening}>"
    for child in part.children:
        yield from lines(child, prefixes, step, indent + step)
    yield f"{indent}</{name}>"


def attributes_text(attributes: Mapping[str, Value], prefixes: Prefixes) -> str:
    """The attributes of a tag, each with a space before it."""
    return "".join(f' {key}="{escaped(prefixes.written(value))}"' for key, value in attributes.items())


def escaped(text: str) -> str:
    """Text as it stands in an attribute. Characters that XML cannot hold become U+FFFD."""
    return _SPECIAL.sub(lambda found: _ESCAPES[found[0]], _ILLEGAL.sub("\ufffd", text))
