"""Finding what the names in an XSD stand for: declarations, tags, plain types."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from typing import Final

from lxml import etree

from studio.definition.data_model.model import Kind
from studio.definition.data_model.xsd_documents import XS, BrokenXsd, QName, XsdDocuments
from studio.definition.data_model.xsd_documents import Kind as DeclarationKind
from studio.definition.data_model.xsd_elements import Simple

_MAX_DEPTH: Final = 50
_NUMBERS: Final = frozenset({"decimal", "float", "double"})
_INTEGERS: Final = frozenset(
    {
        "integer",
        "int",
        "long",
        "short",
        "byte",
        "nonNegativeInteger",
        "positiveInteger",
        "nonPositiveInteger",
        "negativeInteger",
        "unsignedLong",
        "unsignedInt",
        "unsignedShort",
        "unsignedByte",
    }
)
_DATES: Final[Mapping[str, Kind]] = {
    "date": "date",
    "dateTime": "date-time",
    "time": "time",
    "boolean": "boolean",
}
_SIMPLE_PARTS: Final = tuple(
    f"{XS}{name}" for name in ("simpleType", "restriction", "extension", "list", "simpleContent")
)


class Declarations:
    """The declarations of the documents of a schema."""

    def __init__(self, documents: XsdDocuments) -> None:
        self.documents = documents

    def named(self, kind: DeclarationKind, part: etree._Element, attribute: str) -> etree._Element | None:
        """What an attribute such as type="p:X" points to; by the name alone where its prefix is unknown."""
        reference = part.get(attribute)
        if not reference:
            return None
        namespace, name = self._resolved(part, reference)
        if namespace == XS[1:-1]:
            return None
        found = self.documents.declared.get((kind, (namespace, name)))
        return self._by_local_name.get((kind, name)) if found is None else found

    def _resolved(self, part: etree._Element, reference: str) -> QName:
        try:
            return self.documents.name_of(part, reference)
        except BrokenXsd:
            return ("", _local(reference))

    @cached_property
    def _by_local_name(self) -> dict[tuple[DeclarationKind, str], etree._Element]:
        found: dict[tuple[DeclarationKind, str], etree._Element] = {}
        for (kind, (_, name)), part in self.documents.declared.items():
            found.setdefault((kind, name), part)
        return found

    def complex_type(self, part: etree._Element, attribute: str) -> etree._Element | None:
        """The complex type that an attribute such as base="X" points to."""
        found = self.named("type", part, attribute)
        return found if found is not None and found.tag == f"{XS}complexType" else None

    def tag(self, part: etree._Element, declared: etree._Element | None, kind: str) -> str:
        """The tag of what is declared; of what `part` names where nobody declares it, such as xml:lang."""
        if declared is None:
            return _clark(self._resolved(part, part.get("ref", "")))
        document = self.documents.document_of(declared)
        form = declared.get("form") or document.root.get(f"{kind}FormDefault")
        is_qualified = declared.getparent() is document.root or form == "qualified"
        return _clark((document.namespace if is_qualified else "", declared.get("name", "")))

    def simple_of(self, part: etree._Element, depth: int = 0) -> Simple:
        """The plain value that a declaration or type has; text where nothing is said."""
        if depth > _MAX_DEPTH:
            return Simple()
        if part.tag == f"{XS}list":
            inside = part.find(f"{XS}simpleType")
            item = (
                self.simple_of(inside, depth + 1)
                if inside is not None
                else self._by_name(part, "itemType", depth)
            )
            return replace(item, is_list=True)
        inner = next(part.iterchildren(*_SIMPLE_PARTS), None)
        for name in ("type", "base"):
            if part.get(name):
                return self._by_name(part, name, depth)
        return self.simple_of(inner, depth + 1) if inner is not None else Simple()

    def _by_name(self, part: etree._Element, attribute: str, depth: int) -> Simple:
        name = _local(part.get(attribute, ""))
        found = self.named("type", part, attribute)
        if found is not None:
            return self.simple_of(found, depth + 1)
        if name in _NUMBERS | _INTEGERS:
            return Simple("integer" if name in _INTEGERS else "number")
        return Simple(_DATES.get(name, "string"), is_list=name in {"NMTOKENS", "IDREFS", "ENTITIES"})


def _clark(name: QName) -> str:
    namespace, local = name
    return f"{{{namespace}}}{local}" if namespace else local


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]
