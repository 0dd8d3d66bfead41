"""Reading an XSD as what it says about the document: order, namespaces, attributes, text, nil.

Only the constructs that data models use are followed; validation itself is lxml's.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

from lxml import etree

from studio.definition import safe_xml

_XS: Final = "{http://www.w3.org/2001/XMLSchema}"
_PARTICLES: Final = (f"{_XS}sequence", f"{_XS}choice", f"{_XS}all", f"{_XS}group")
_OUTSIDE: Final = (f"{_XS}include", f"{_XS}import", f"{_XS}redefine", f"{_XS}override")
_MAX_DEPTH: Final = 50


@dataclass(frozen=True)
class Attribute:
    """An XML attribute; `fixed` is the only value it can have."""

    name: str
    required: bool
    fixed: str | None


@dataclass(frozen=True)
class Element:
    """An element as the XSD declares it. `tag` is the name as lxml writes it: "{namespace}name"."""

    tag: str
    required: bool
    nillable: bool
    schema: "Xsd"
    declaration: etree._Element

    @property
    def name(self) -> str:
        """The name without its namespace."""
        return etree.QName(self.tag).localname

    @cached_property
    def _type(self) -> etree._Element | None:
        return self.schema.type_of(self.declaration)

    @cached_property
    def children(self) -> dict[str, "Element"]:
        """The elements inside by name, in the order in which the document has them."""
        found = self.schema.elements_in(self._type) if self._type is not None else iter(())
        return {child.name: child for child in found}

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """The attributes by name."""
        found = self.schema.attributes_in(self._type) if self._type is not None else iter(())
        return {attribute.name: attribute for attribute in found}

    @cached_property
    def has_text(self) -> bool:
        """Whether the element has attributes around a plain value (simple content)."""
        return self._type is not None and self._type.find(f"{_XS}simpleContent") is not None


class Xsd:
    """A schema document. Raises BrokenXml where the text is not XML, or has no element at the top."""

    def __init__(self, data: bytes) -> None:
        self._document = safe_xml.parse(data)
        self.namespace = self._document.get("targetNamespace")
        self._qualified = self._document.get("elementFormDefault") == "qualified"

    @cached_property
    def root(self) -> Element | None:
        """The first element at the top: the root of the documents."""
        declared = self._document.find(f"{_XS}element")
        return None if declared is None else self._element(declared, required=True)

    def type_of(self, declaration: etree._Element) -> etree._Element | None:
        """The complex type of an element, named or written inside it; None for plain values."""
        inside = declaration.find(f"{_XS}complexType")
        return inside if inside is not None else self._named("complexType", declaration.get("type"))

    def elements_in(self, container: etree._Element, depth: int = 0) -> Iterator[Element]:
        """The elements of a complex type or particle, in document order, with those of its base first."""
        if depth > _MAX_DEPTH:
            return
        for part in container.iterchildren(etree.Element):
            if part.tag == f"{_XS}element":
                yield self._element(part, required=part.get("minOccurs", "1") != "0")
            elif part.tag in _PARTICLES:
                target = self._named("group", part.get("ref")) if part.get("ref") else part
                if target is not None:
                    yield from self.elements_in(target, depth + 1)
            elif part.tag == f"{_XS}complexContent":
                yield from self._derived(part, depth)

    def _derived(self, content: etree._Element, depth: int) -> Iterator[Element]:
        for derivation in content.iterchildren(f"{_XS}extension", f"{_XS}restriction"):
            base = self._named("complexType", derivation.get("base"))
            if base is not None and derivation.tag == f"{_XS}extension":
                yield from self.elements_in(base, depth + 1)
            yield from self.elements_in(derivation, depth + 1)

    def attributes_in(self, container: etree._Element, depth: int = 0) -> Iterator[Attribute]:
        """The attributes of a complex type, also those of its base and of attribute groups."""
        if depth > _MAX_DEPTH:
            return
        for part in container.iterchildren(etree.Element):
            if part.tag == f"{_XS}attribute":
                yield self._attribute(part)
            elif part.tag == f"{_XS}attributeGroup":
                target = self._named("attributeGroup", part.get("ref"))
                yield from self.attributes_in(target, depth + 1) if target is not None else ()
            elif part.tag in {f"{_XS}simpleContent", f"{_XS}complexContent"}:
                for derivation in part.iterchildren(f"{_XS}extension", f"{_XS}restriction"):
                    base = self._named("complexType", derivation.get("base"))
                    yield from self.attributes_in(base, depth + 1) if base is not None else ()
                    yield from self.attributes_in(derivation, depth + 1)

    def _attribute(self, part: etree._Element) -> Attribute:
        declared = self._named("attribute", part.get("ref")) if part.get("ref") else part
        declared = part if declared is None else declared
        name = declared.get("name") or _local(part.get("ref", ""))
        return Attribute(name, part.get("use") == "required", declared.get("fixed") or part.get("fixed"))

    def _element(self, part: etree._Element, *, required: bool) -> Element:
        target = self._named("element", part.get("ref")) if part.get("ref") else part
        declared = part if target is None else target
        name = declared.get("name") or _local(part.get("ref", ""))
        at_top = declared.getparent() is self._document
        form = part.get("form")
        qualified = at_top or form == "qualified" or (form is None and self._qualified)
        tag = f"{{{self.namespace}}}{name}" if self.namespace and qualified else name
        return Element(tag, required, declared.get("nillable") == "true", self, declared)

    def _named(self, kind: str, reference: str | None) -> etree._Element | None:
        return self._top.get((kind, _local(reference))) if reference else None

    @cached_property
    def _top(self) -> dict[tuple[str, str], etree._Element]:
        return {
            (etree.QName(part).localname, part.get("name", "")): part
            for part in self._document.iterchildren(etree.Element)
        }

    @cached_property
    def validator(self) -> etree.XMLSchema:
        """lxml's validator. Raises etree.XMLSchemaParseError where libxml2 cannot use the schema.

        Other documents are never read: libxml2 would open files of this machine for an include.
        """
        alone = copy.deepcopy(self._document)
        for kind in _OUTSIDE:
            for reference in alone.findall(kind):
                alone.remove(reference)
        return etree.XMLSchema(etree.ElementTree(alone))


@lru_cache(maxsize=200)
def read_xsd(data: bytes) -> Xsd:
    """The schema in these bytes, read once."""
    return Xsd(data)


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]
