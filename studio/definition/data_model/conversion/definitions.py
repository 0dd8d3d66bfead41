"""Which declaration of an XSD has which name under `$defs`, and which are still to be converted."""

from collections import deque
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Final

from lxml import etree

from studio.definition.data_model.conversion.builtin_types import NAMES
from studio.definition.data_model.xsd_documents import XML, XS, Kind, XsdDocuments
from studio.definition.sentences import N_, Sentence

_XS_NAMESPACE: Final = XS[1:-1]
_MAX_CHAIN: Final = 200
_NOUNS: Final[Mapping[Kind, str]] = {
    "element": N_("There is no element %(name)s. Declare it, or correct the name."),
    "attribute": N_("There is no attribute %(name)s. Declare it, or correct the name."),
    "type": N_("There is no type %(name)s. Declare it, or correct the name and its prefix."),
    "group": N_("There is no group %(name)s. Declare it, or correct the name."),
    "attributeGroup": N_("There is no attribute group %(name)s. Declare it, or correct the name."),
}


def missing(documents: XsdDocuments, kind: Kind, part: etree._Element, name: str) -> Sentence | None:
    """That there is no declaration of a name; None where there is one. Raises BrokenXsd for odd prefixes."""
    namespace, local = documents.name_of(part, name)
    if namespace == _XS_NAMESPACE and kind == "type":
        return None if local in NAMES else _no_such(kind, name)
    if namespace == XML or (kind, (namespace, local)) in documents.declared:
        return None
    return _no_such(kind, name)


def _no_such(kind: Kind, name: str) -> Sentence:
    return Sentence(_NOUNS[kind], {"name": name})


class Definitions:
    """Hands out names: those of the schema itself first, of other files as they are needed."""

    def __init__(self, documents: XsdDocuments, root: etree._Element | None) -> None:
        self.documents = documents
        self.root = root
        self._names: dict[etree._Element, str] = {}
        self._taken: set[str] = set()
        self._waiting: deque[etree._Element] = deque()
        own = [part for part in documents.declared.values() if documents.document_of(part) is documents.main]
        # A type keeps its name where an element is called the same, whichever comes first.
        for part in sorted(own, key=lambda part: not part.tag.endswith("Type")):
            self._name(part)
        self._waiting.extend(part for part in own if part is not root)
        self._inside: list[etree._Element] = []

    @cached_property
    def substitutes(self) -> dict[etree._Element, list[etree._Element]]:
        """Which elements can stand in place of an element (substitution groups), also by way of others."""
        direct: dict[etree._Element, list[etree._Element]] = {}
        for part in self.documents.declared.values():
            if part.get("substitutionGroup"):
                for name in part.get("substitutionGroup", "").split():
                    direct.setdefault(self.target("element", part, name), []).append(part)
        return {head: list(_reached(direct, head)) for head in direct}

    @contextmanager
    def inside(self, group: etree._Element) -> Iterator[None]:
        """While the content of a group is written out in place. Raises BrokenXsd where it is in itself."""
        if group in self._inside:
            sentence = N_(
                "The group %(name)s repeats inside itself, which JSON Schema cannot say. Make it a type."
            )
            raise self.documents.broken(group, Sentence(sentence, {"name": group.get("name", "")}))
        self._inside.append(group)
        try:
            yield
        finally:
            self._inside.pop()

    def reference(self, kind: Kind, part: etree._Element, name: str) -> str:
        """The `$ref` to what a name at a place stands for. Raises BrokenXsd where it does not exist."""
        return self.pointer(self.target(kind, part, name))

    def pointer(self, target: etree._Element) -> str:
        """The `$ref` to a declaration."""
        if target is self.root:
            return "#"
        if target not in self._names:
            self._name(target)
            self._waiting.append(target)
        return f"#/$defs/{self._names[target]}"

    def target(self, kind: Kind, part: etree._Element, name: str) -> etree._Element:
        """The declaration that a name stands for. Raises BrokenXsd where it does not exist."""
        found = self.documents.find(kind, part, name)
        if found is None:
            raise self.documents.broken(part, _no_such(kind, name))
        return found

    def built_in(self, part: etree._Element, name: str) -> str | None:
        """The local name of a type of XML Schema itself; None for other types."""
        namespace, local = self.documents.name_of(part, name)
        if namespace != _XS_NAMESPACE:
            return None
        if local not in NAMES:
            raise self.documents.broken(part, _no_such("type", name))
        return local

    def is_xml_attribute(self, part: etree._Element) -> bool:
        """Whether it is xml:lang or its like, which are declared nowhere."""
        return self.documents.name_of(part, part.get("ref", ""))[0] == XML

    def primitive(self, part: etree._Element) -> str | None:
        """The built-in type on which a simple type, restriction or simple content rests.

        None where that is a list, a union, or cannot be told.
        """
        for _ in range(_MAX_CHAIN):
            inner = next(part.iterchildren(*_INNER), None)
            named = part.get("base") or part.get("type")
            if named is None:
                if inner is None:
                    return None
                part = inner
            elif (name := self.built_in(part, named)) is not None:
                return name
            else:
                part = self.target("type", part, named)
        raise self.documents.broken(part, Sentence(N_("The types build on each other without end.")))

    def drain(self) -> Iterator[tuple[str, etree._Element]]:
        """Name and declaration of everything to be converted, also what conversion adds on the way."""
        while self._waiting:
            part = self._waiting.popleft()
            yield self._names[part], part

    def _name(self, part: etree._Element) -> None:
        name = part.get("name", "")
        # Types, elements, groups and attributes have names of their own kind in XSD; here they share them.
        candidates = (name if number == 1 else f"{name}_{number}" for number in range(1, 10_000))
        chosen = next(candidate for candidate in candidates if candidate not in self._taken)
        self._taken.add(chosen)
        self._names[part] = chosen


_INNER: Final = tuple(
    f"{XS}{name}" for name in ("simpleType", "restriction", "extension", "simpleContent", "complexType")
)


def _reached(
    direct: Mapping[etree._Element, list[etree._Element]], head: etree._Element
) -> Iterator[etree._Element]:
    seen = {head}
    waiting = [*direct.get(head, [])]
    while waiting:
        part = waiting.pop(0)
        if part not in seen:
            seen.add(part)
            yield part
            waiting.extend(direct.get(part, []))
