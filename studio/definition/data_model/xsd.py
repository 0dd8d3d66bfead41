"""Reading an XSD as what it says about the document: order, namespaces, attributes, text, nil.

Only the constructs that data models use are followed; validation itself is lxml's. A schema may be a set of
documents (xs:import, xs:include): the others are handed over by name and never looked for.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import Final

from lxml import etree

from studio.definition import safe_xml
from studio.definition.data_model.xsd_declarations import Declarations
from studio.definition.data_model.xsd_documents import XS, BrokenXsd, Document, XsdDocuments, read_documents
from studio.definition.data_model.xsd_elements import Attribute, Element, Order, Part, Simple
from studio.definition.data_model.xsd_validator import compiled
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_PARTICLES: Final = (f"{XS}sequence", f"{XS}choice", f"{XS}all", f"{XS}group")
_MAX_DEPTH: Final = 50
_MAX_STEPS: Final = 50_000


class Xsd:
    """A schema. Raises BrokenXml where its text is not XML.

    `others` are further documents by path or file name; where they cannot be used, or one is missing, the
    schema is what its main document says.
    """

    def __init__(self, data: bytes, others: Mapping[str, bytes] | None = None) -> None:
        root = safe_xml.parse(data)
        try:
            self._documents = read_documents(data, others)
        except BrokenXsd:
            alone = Document("", root.get("targetNamespace", ""), root, data)
            self._documents = XsdDocuments((alone,))
        self._declarations = Declarations(self._documents)

    @cached_property
    def namespaces(self) -> tuple[str, ...]:
        """The namespaces of the documents, that of the main one first."""
        return tuple(dict.fromkeys(each.namespace for each in self._documents.documents if each.namespace))

    @cached_property
    def is_qualified(self) -> bool:
        """Whether every element is in a namespace (or none is)."""
        return not self.namespaces or all(
            each.namespace
            and each.root.get("elementFormDefault") == "qualified"
            and not any(part.get("form") == "unqualified" for part in each.root.iter(f"{XS}element"))
            for each in self._documents.documents
        )

    @cached_property
    def has_qualified_attributes(self) -> bool:
        """Whether an attribute can be in a namespace of the schema."""
        return any(
            each.root.get("attributeFormDefault") == "qualified"
            or any(part.get("ref") or part.get("form") for part in each.root.iter(f"{XS}attribute"))
            for each in self._documents.documents
        )

    @cached_property
    def root(self) -> Element | None:
        """The first element at the top: the root of the documents."""
        return self.root_called(None)

    def root_called(self, name: str | None) -> Element | None:
        """The root of the documents: the element at the top with this name, else the first one."""
        elements = self._documents.root_elements
        declared = elements[name] if name in elements else next(iter(elements.values()), None)
        return None if declared is None else self._element(declared, required=True)

    def type_of(self, declaration: etree._Element) -> etree._Element | None:
        """The complex type of an element, named or written inside it; None for plain values."""
        inside = declaration.find(f"{XS}complexType")
        return inside if inside is not None else self._declarations.complex_type(declaration, "type")

    def parts_in(self, container: etree._Element) -> Iterator[Part]:
        """What is in a complex type, in document order, with what is in its base first.

        Raises DomainError for a type with more parts than any document could have.
        """
        yield from self._parts(container, _Steps(), optional=False)

    def _parts(self, container: etree._Element, steps: "_Steps", *, optional: bool) -> Iterator[Part]:
        for part in container.iterchildren(etree.Element):
            steps.take()
            if part.tag == f"{XS}element":
                yield from self._declared(part, optional=optional or container.tag == f"{XS}choice")
            elif part.tag == f"{XS}any":
                yield Part((), Order.ANY)
            elif part.tag in _PARTICLES:
                target = self._declarations.named("group", part, "ref") if part.get("ref") else part
                if target is not None:
                    yield from self._particle(part, target, steps, optional=optional)
            elif part.tag == f"{XS}complexContent":
                yield from self._derived(part, steps)

    def _particle(
        self, use: etree._Element, particle: etree._Element, steps: "_Steps", *, optional: bool
    ) -> Iterator[Part]:
        optional = optional or use.get("minOccurs") == "0" or particle.tag == f"{XS}choice"
        optional = optional or particle.getparent().tag == f"{XS}choice"  # type: ignore[union-attr]  # never the document
        with steps.deeper() as is_near:
            inside = list(self._parts(particle, steps, optional=optional)) if is_near else []
        if use.tag == f"{XS}all":
            yield from _joined(inside, Order.FREE, repeats=False)
        elif _most(use) != 1:
            holds_choice = next(particle.iter(f"{XS}choice"), None) is not None
            yield from _joined(inside, Order.FREE if holds_choice else Order.ROUNDS, repeats=True)
        else:
            yield from inside

    def _derived(self, content: etree._Element, steps: "_Steps") -> Iterator[Part]:
        for derivation in content.iterchildren(f"{XS}extension", f"{XS}restriction"):
            base = self._declarations.complex_type(derivation, "base")
            with steps.deeper() as is_near:
                if is_near and base is not None and derivation.tag == f"{XS}extension":
                    yield from self._parts(base, steps, optional=False)
                if is_near:
                    yield from self._parts(derivation, steps, optional=False)

    def _declared(self, part: etree._Element, *, optional: bool) -> Iterator[Part]:
        most = _most(part)
        element = replace(
            self._element(part, required=not optional and part.get("minOccurs", "1") != "0"),
            repeats=most != 1,
            most=most,
        )
        yield Part((element,))
        for member in self._substitutes.get(element.tag, ()) if part.get("ref") else ():
            yield Part((replace(self._element(member, required=False), repeats=most != 1, most=most),))

    @cached_property
    def _substitutes(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for (kind, _), member in self._documents.declared.items():
            head = (
                self._declarations.named("element", member, "substitutionGroup")
                if kind == "element"
                else None
            )
            if head is not None:
                found.setdefault(self._element(head, required=False).tag, []).append(member)
        return found

    def attributes_in(self, container: etree._Element) -> Iterator[Attribute]:
        """The attributes of a complex type, also those of its base and of attribute groups."""
        return self._attributes(container, _Steps())

    def _attributes(self, container: etree._Element, steps: "_Steps") -> Iterator[Attribute]:
        with steps.deeper() as is_near:
            for part in container.iterchildren(etree.Element) if is_near else ():
                steps.take()
                if part.tag == f"{XS}attribute":
                    yield from (self._attribute(part),) if part.get("use") != "prohibited" else ()
                elif part.tag == f"{XS}attributeGroup":
                    target = self._declarations.named("attributeGroup", part, "ref")
                    yield from self._attributes(target, steps) if target is not None else ()
                elif part.tag in {f"{XS}simpleContent", f"{XS}complexContent"}:
                    for derivation in part.iterchildren(f"{XS}extension", f"{XS}restriction"):
                        base = self._declarations.complex_type(derivation, "base")
                        yield from self._attributes(base, steps) if base is not None else ()
                        yield from self._attributes(derivation, steps)

    def _attribute(self, part: etree._Element) -> Attribute:
        declared = self._declarations.named("attribute", part, "ref") if part.get("ref") else part
        tag = self._declarations.tag(part, declared, "attribute")
        declared = part if declared is None else declared
        fixed = declared.get("fixed") or part.get("fixed")
        name = declared.get("name") or part.get("ref", "").rpartition(":")[2]
        return Attribute(
            name, part.get("use") == "required", fixed, tag, self._declarations.simple_of(declared)
        )

    def _element(self, part: etree._Element, *, required: bool) -> Element:
        target = self._declarations.named("element", part, "ref") if part.get("ref") else part
        declared = part if target is None else target
        tag = self._declarations.tag(part, target, "element")
        return Element(tag, required, declared.get("nillable") in {"true", "1"}, self, declared)

    def simple_of(self, part: etree._Element) -> Simple:
        """The plain value that a declaration or type has; text where nothing is said."""
        return self._declarations.simple_of(part)

    @cached_property
    def validator(self) -> etree.XMLSchema:
        """lxml's validator. Raises etree.XMLSchemaParseError where libxml2 cannot use the schema."""
        return compiled(self._documents)


class _Steps:
    """How far a type has been followed: groups within groups can grow without end."""

    def __init__(self) -> None:
        self._left = _MAX_STEPS
        self._depth = 0

    def take(self) -> None:
        """One step more; raises DomainError where there have been too many."""
        self._left -= 1
        if self._left < 0:
            raise DomainError(Sentence(N_("A type of the XSD has too many elements. Simplify its groups.")))

    @contextmanager
    def deeper(self) -> Iterator[bool]:
        """Whether what is inside is still to be followed: a type that contains itself ends here."""
        self._depth += 1
        try:
            yield self._depth <= _MAX_DEPTH
        finally:
            self._depth -= 1


def read_xsd(data: bytes, others: Mapping[str, bytes] | None = None) -> Xsd:
    """The schema in these bytes, read once."""
    return _read(data, tuple(sorted((others or {}).items())))


@lru_cache(maxsize=200)
def _read(data: bytes, others: tuple[tuple[str, bytes], ...]) -> Xsd:
    return Xsd(data, dict(others))


def _joined(parts: list[Part], order: Order, *, repeats: bool) -> Iterator[Part]:
    """Parts that are written as one."""
    elements = tuple(element for part in parts for element in part.elements)
    if elements:
        yield Part(tuple(replace(each, repeats=True) for each in elements) if repeats else elements, order)
    yield from (part for part in parts if part.order is Order.ANY)


def _most(particle: etree._Element) -> int:
    given = particle.get("maxOccurs", "1").strip()
    return int(given) if given.isdecimal() and len(given) <= 9 else 0
