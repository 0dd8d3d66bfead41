"""The documents of one XML Schema together: what they declare, what a name means, where a part stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, Literal
from xml.parsers import expat

from lxml import etree

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

XS: Final = "{http://www.w3.org/2001/XMLSchema}"
XML: Final = "http://www.w3.org/XML/1998/namespace"

Kind = Literal["element", "attribute", "type", "group", "attributeGroup"]
QName = tuple[str, str]  # namespace ("" for none) and local name

_KINDS: Final[Mapping[str, Kind]] = {
    f"{XS}element": "element",
    f"{XS}attribute": "attribute",
    f"{XS}complexType": "type",
    f"{XS}simpleType": "type",
    f"{XS}group": "group",
    f"{XS}attributeGroup": "attributeGroup",
}
_ANNOTATION: Final = f"{XS}annotation"


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a file, counted from 1. `file` is "" for the document itself where it has no name."""

    file: str
    line: int | None = None
    column: int | None = None

    @property
    def sentence(self) -> Sentence:
        """The place in words."""
        values: dict[str, str | int | Sentence] = {
            "file": self.file,
            "line": self.line or 0,
            "column": self.column or 0,
        }
        if self.line is None:
            return Sentence("%(file)s", values) if self.file else Sentence(N_("The XSD"))
        if not self.file:
            return Sentence(N_("Line %(line)s, column %(column)s"), values)
        return Sentence(N_("%(file)s, line %(line)s, column %(column)s"), values)


class BrokenXsd(DomainError):
    """The XSD cannot be used; `spot` says where."""

    def __init__(self, spot: Spot, what: Sentence) -> None:
        super().__init__(Sentence(N_("%(place)s: %(what)s"), {"place": spot.sentence, "what": what}))
        self.spot = spot
        self.what = what


@dataclass(frozen=True, eq=False)
class Document:
    """One file. `namespace` is that of its declarations: its own, or of who includes it where it has none."""

    name: str
    namespace: str
    root: etree._Element
    data: bytes = field(repr=False)

    def spot(self, part: etree._Element) -> Spot:
        """Where an element begins."""
        return self._spots.get(part, Spot(self.name))

    @cached_property
    def _spots(self) -> dict[etree._Element, Spot]:
        # libxml2 knows lines only, and those of a start tag's end: expat knows both.
        spots: list[Spot] = []
        parser = expat.ParserCreate()

        def note(_name: str, _attributes: dict[str, str]) -> None:
            spots.append(Spot(self.name, parser.CurrentLineNumber, parser.CurrentColumnNumber + 1))

        parser.StartElementHandler = note
        parser.Parse(self.data, True)
        return dict(zip(self.root.iter(etree.Element), spots, strict=False))


@dataclass(frozen=True, eq=False)
class XsdDocuments:
    """A schema and all that it includes or imports; the first document is the schema itself."""

    documents: tuple[Document, ...]

    @property
    def main(self) -> Document:
        """The document that was asked for."""
        return self.documents[0]

    @cached_property
    def _of_root(self) -> dict[etree._Element, Document]:
        return {document.root: document for document in self.documents}

    def document_of(self, part: etree._Element) -> Document:
        """The document in which an element stands."""
        return self._of_root[part.getroottree().getroot()]

    def spot(self, part: etree._Element) -> Spot:
        """Where an element begins."""
        return self.document_of(part).spot(part)

    def broken(self, part: etree._Element, what: Sentence) -> BrokenXsd:
        """An error at an element."""
        return BrokenXsd(self.spot(part), what)

    @cached_property
    def declared(self) -> dict[tuple[Kind, QName], etree._Element]:
        """Everything at the top of the documents, in their order; the first of a name counts."""
        found: dict[tuple[Kind, QName], etree._Element] = {}
        for document in self.documents:
            for part in document.root.iterchildren(*_KINDS):
                name = (document.namespace, part.get("name", ""))
                found.setdefault((_KINDS[part.tag], name), part)
        return found

    def parts(self, *tags: str) -> Iterator[etree._Element]:
        """The elements with these tags in all documents, but not what is in documentation.

        Seres keeps its constants as xs:attribute inside xs:documentation.
        """
        for tag in tags:
            yield from self._by_tag.get(tag, ())

    @cached_property
    def _by_tag(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for document in self.documents:
            waiting = [document.root]
            while waiting:
                part = waiting.pop()
                found.setdefault(part.tag, []).append(part)
                children = [child for child in part.iterchildren(f"{XS}*") if child.tag != _ANNOTATION]
                waiting.extend(reversed(children))
        return found

    def name_of(self, part: etree._Element, reference: str) -> QName:
        """What a prefixed name means at an element."""
        prefix, _, local = reference.strip().rpartition(":")
        if prefix == "xml":
            return (XML, local)
        namespace = part.nsmap.get(prefix or None)
        if namespace is None:
            if prefix:
                values = {"prefix": prefix, "name": reference}
                sentence = N_(
                    "%(name)s has the prefix %(prefix)s, which is not declared. Declare it with xmlns."
                )
                raise self.broken(part, Sentence(sentence, values))
            document = self.document_of(part)
            # An included document without a namespace speaks of the names of who includes it.
            namespace = "" if document.root.get("targetNamespace") else document.namespace
        return (namespace, local)

    def find(self, kind: Kind, part: etree._Element, reference: str) -> etree._Element | None:
        """The declaration that a name at an element stands for."""
        return self.declared.get((kind, self.name_of(part, reference)))

    @cached_property
    def root_elements(self) -> dict[str, etree._Element]:
        """The elements with which a document can begin, by name: those of the schema's own namespace."""
        return {
            name: part
            for (kind, (namespace, name)), part in self.declared.items()
            if kind == "element" and namespace == self.main.namespace and part.get("abstract") != "true"
        }
