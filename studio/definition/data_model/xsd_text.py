"""Adding elements to an XSD as text, in the file's own indentation, line ends and prefix."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_PARTICLES: Final = ("sequence", "all", "choice")
_OPENING: Final = re.compile(rb"""<(?:[^"'>]|"[^"]*"|'[^']*')*>""")
_MAX_DEPTH: Final = 30
# The types by the rule with which the platform's own tools make an XSD of a JSON Schema.
_TYPES: Final[Mapping[str, str]] = {
    "string": "string",
    "number": "double",
    "integer": "long",
    "boolean": "boolean",
    "date": "date",
}


@dataclass(eq=False)
class _Tag:
    """An element of the schema and its place in the text, in bytes; `end` is behind its last character."""

    name: str
    attributes: dict[str, str]
    start: int
    end: int = 0
    # Written <a/>.
    is_empty: bool = False
    parent: "_Tag | None" = None
    children: "list[_Tag]" = field(default_factory=list)

    @property
    def local(self) -> str:
        return self.name.rsplit(":", 1)[-1]

    @property
    def prefix(self) -> str:
        return self.name[: -len(self.local)]

    def inside(self, *names: str) -> "Iterator[_Tag]":
        """The children with one of these names."""
        return (child for child in self.children if child.local in names)


def with_field(data: bytes, root: str, names: list[str], kind: str) -> bytes:
    """The schema with an optional element at the path `names`; what is missing on the way is made.

    `data` is known to be well-formed. An element that is already there is left as it is. Raises DomainError
    where the schema has no place for it.
    """
    document = _read(data)
    element = _root_element(document, root)
    for depth, name in enumerate(names):
        particle = _particle(document, element)
        child = next((found for found in _elements(document, particle) if _named(found) == name), None)
        if child is None:
            return _Insertion(data, particle).make(names[depth:], kind)
        element = child
    return data


def _read(data: bytes) -> _Tag:
    top = _Tag("", {}, 0)
    stack = [top]
    parser = expat.ParserCreate()

    def start(name: str, attributes: dict[str, str]) -> None:
        place = parser.CurrentByteIndex
        opening = _OPENING.match(data, place)
        end = opening.end() if opening else place
        tag = _Tag(name, attributes, place, end, data[end - 2 : end] == b"/>", parent=stack[-1])
        stack[-1].children.append(tag)
        stack.append(tag)

    def end(_name: str) -> None:
        tag = stack.pop()
        if not tag.is_empty:
            tag.end = data.index(b">", parser.CurrentByteIndex) + 1

    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.Parse(data, True)
    return top.children[0]


def _named(tag: _Tag) -> str:
    return tag.attributes.get("name") or tag.attributes.get("ref", "").rsplit(":", 1)[-1]


def _root_element(document: _Tag, root: str) -> _Tag:
    elements = list(document.inside("element"))
    if not elements:
        raise DomainError(Sentence(N_("The XSD has no element at the top.")))
    return next((found for found in elements if found.attributes.get("name") == root), elements[0])


def _elements(document: _Tag, particle: _Tag, depth: int = 0) -> Iterator[_Tag]:
    for child in particle.children:
        if child.local == "element":
            yield _declared(document, child)
        elif child.local in _PARTICLES and depth < _MAX_DEPTH:
            yield from _elements(document, child, depth + 1)


def _declared(document: _Tag, element: _Tag) -> _Tag:
    reference = element.attributes.get("ref", "").rsplit(":", 1)[-1]
    targets = (
        found
        for found in document.inside("element")
        if reference and found.attributes.get("name") == reference
    )
    return next(targets, element)


def _particle(document: _Tag, element: _Tag) -> _Tag:
    """The sequence in which an element has its children."""
    holder = _type(document, element)
    if holder is not None:
        for content in holder.inside("complexContent"):
            holder = next(content.inside("extension", "restriction"), holder)
        for name in _PARTICLES:
            found = next(holder.inside(name), None)
            if found is not None:
                return found
    values = {"name": _named(element)}
    raise DomainError(Sentence(N_("In the XSD, %(name)s cannot hold other fields."), values))


def _type(document: _Tag, element: _Tag) -> _Tag | None:
    name = element.attributes.get("type", "").rsplit(":", 1)[-1]
    named = (
        found for found in document.inside("complexType") if name and found.attributes.get("name") == name
    )
    return next(element.inside("complexType"), next(named, None))


@dataclass(frozen=True)
class _Insertion:
    """One new element at the end of a particle."""

    data: bytes
    particle: _Tag

    def make(self, names: list[str], kind: str) -> bytes:
        lines = list(_element_lines(names, kind, self.particle.prefix))
        own = _indent(self.data, self.particle.start)
        last = self.particle.children[-1] if self.particle.children else None
        step = self._step(own)
        inner = _indent(self.data, last.start) if last else own + step
        text = b"".join(self._newline + inner + step * depth + line.encode() for depth, line in lines)
        if last is not None:
            return self.data[: last.end] + text + self.data[last.end :]
        return self._filled(text + self._newline + own)

    def _filled(self, text: bytes) -> bytes:
        """An empty particle, opened where it was written <sequence/>."""
        tag = self.particle
        written = self.data[tag.start : tag.end]
        opening = written[:-2].rstrip() + b">" if tag.is_empty else written[: written.rindex(b"</")].rstrip()
        closing = f"</{tag.name}>".encode()
        return self.data[: tag.start] + opening + text + closing + self.data[tag.end :]

    @property
    def _newline(self) -> bytes:
        return b"\r\n" if b"\r\n" in self.data else b"\n"

    def _step(self, own: bytes) -> bytes:
        parent = self.particle.parent
        outer = _indent(self.data, parent.start) if parent else b""
        return own[len(outer) :] if own.startswith(outer) and len(own) > len(outer) else b"  "


def _indent(data: bytes, place: int) -> bytes:
    start = data.rfind(b"\n", 0, place) + 1
    line = data[start:place]
    return line[: len(line) - len(line.lstrip(b" \t"))]


def _element_lines(names: list[str], kind: str, prefix: str, depth: int = 0) -> Iterator[tuple[int, str]]:
    """(depth, line) of the element and what is inside it. Names hold letters, digits, - and _ only."""
    name, *inner = names
    if not inner and kind in _TYPES:
        yield depth, f'<{prefix}element minOccurs="0" name="{name}" type="{prefix}{_TYPES[kind]}" />'
        return
    many = ' maxOccurs="unbounded"' if not inner and kind == "rows" else ""
    yield depth, f'<{prefix}element minOccurs="0"{many} name="{name}">'
    yield depth + 1, f"<{prefix}complexType>"
    if inner:
        yield depth + 2, f"<{prefix}sequence>"
        yield from _element_lines(inner, kind, prefix, depth + 3)
        yield depth + 2, f"</{prefix}sequence>"
    else:
        yield depth + 2, f"<{prefix}sequence />"
    yield depth + 1, f"</{prefix}complexType>"
    yield depth, f"</{prefix}element>"
