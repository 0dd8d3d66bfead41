"""Reading an XSD as what it says about the document: order, namespaces, attributes, text, nil.

Only the constructs that data models use are followed; validation itself is lxml's. A schema may be a set of
documents (xs:import, xs:include): the others are handed over by name and never looked for.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property, lru_cache
from typing import Final

from lxml import etree

from studio.definition import safe_xml
from studio.definition.data_model.model import Kind
from studio.definition.data_model.xsd_documents import (
    XS,
    BrokenXsd,
    Document,
    QName,
    XsdDocuments,
    read_documents,
)
from studio.definition.data_model.xsd_documents import Kind as DeclarationKind
from studio.definition.data_model.xsd_validator import compiled

_PARTICLES: Final = (f"{XS}sequence", f"{XS}choice", f"{XS}all", f"{XS}group")
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


@dataclass(frozen=True, slots=True)
class Simple:
    """A plain value: its kind, and whether it is a list of such values with spaces between them (xs:list)."""

    kind: Kind = "string"
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Attribute:
    """An XML attribute. `tag` is its name as lxml writes it; `fixed` is the only value it can have."""

    name: str
    required: bool
    fixed: str | None
    tag: str = ""
    simple: Simple = Simple()


class Order(Enum):
    """How the elements of a part of a type follow one another."""

    GIVEN = "as declared"
    # A sequence that may come several times: a b a b.
    ROUNDS = "round by round"
    # xs:all, and a choice that may come several times.
    FREE = "as in the data"
    # xs:any: elements that the schema does not name.
    ANY = "anything"


@dataclass(frozen=True)
class Part:
    """Elements that belong together in the order of a type."""

    elements: tuple["Element", ...]
    order: Order = Order.GIVEN


@dataclass(frozen=True, eq=False)
class Element:
    """An element as the XSD declares it. `tag` is the name as lxml writes it: "{namespace}name".

    `most` is how often it may come within one round of its part; 0 for without a limit.
    """

    tag: str
    required: bool
    nillable: bool
    schema: "Xsd" = field(repr=False)
    declaration: etree._Element = field(repr=False)
    repeats: bool = False
    most: int = 1

    @property
    def name(self) -> str:
        """The name without its namespace."""
        return _local(self.tag.rpartition("}")[2])

    @cached_property
    def _type(self) -> etree._Element | None:
        return self.schema.type_of(self.declaration)

    @cached_property
    def is_group(self) -> bool:
        """Whether the element can have elements or attributes inside."""
        return self._type is not None

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """What is inside, in the order in which the document has it."""
        return tuple(self.schema.parts_in(self._type)) if self._type is not None else ()

    @cached_property
    def children(self) -> dict[str, "Element"]:
        """The elements inside by name; the first where names are shared."""
        found: dict[str, Element] = {}
        for part in self.parts:
            for child in part.elements:
                found.setdefault(child.name, child)
        return found

    @cached_property
    def attributes(self) -> dict[str, Attribute]:
        """The attributes by name."""
        found = self.schema.attributes_in(self._type) if self._type is not None else iter(())
        return {attribute.name: attribute for attribute in found}

    @cached_property
    def has_text(self) -> bool:
        """Whether the element has attributes around a plain value (simple content)."""
        return self._type is not None and self._type.find(f"{XS}simpleContent") is not None

    @cached_property
    def any_attribute(self) -> bool:
        """Whether attributes are allowed that the schema does not name."""
        return self._type is not None and next(self._type.iter(f"{XS}anyAttribute"), None) is not None

    @cached_property
    def simple(self) -> Simple:
        """The plain value of the element, or the text between its attributes."""
        return self.schema.simple_of(self._type if self._type is not None else self.declaration)


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
        self._main = self._documents.main

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
        return inside if inside is not None else self._complex(declaration, "type")

    def _complex(self, part: etree._Element, attribute: str) -> etree._Element | None:
        found = self._named("type", part, attribute)
        return found if found is not None and found.tag == f"{XS}complexType" else None

    def parts_in(
        self, container: etree._Element, depth: int = 0, *, optional: bool = False
    ) -> Iterator[Part]:
        """What is in a complex type or particle, in document order, with what is in its base first."""
        if depth > _MAX_DEPTH:
            return
        for part in container.iterchildren(etree.Element):
            if part.tag == f"{XS}element":
                yield from self._declared(part, optional=optional or container.tag == f"{XS}choice")
            elif part.tag == f"{XS}any":
                yield Part((), Order.ANY)
            elif part.tag in _PARTICLES:
                target = self._named("group", part, "ref") if part.get("ref") else part
                if target is not None:
                    yield from self._particle(part, target, depth, optional=optional)
            elif part.tag == f"{XS}complexContent":
                yield from self._derived(part, depth)

    def _particle(
        self, use: etree._Element, particle: etree._Element, depth: int, *, optional: bool
    ) -> Iterator[Part]:
        optional = optional or use.get("minOccurs") == "0" or particle.tag == f"{XS}choice"
        optional = optional or particle.getparent().tag == f"{XS}choice"  # type: ignore[union-attr] # never the document
        inside = list(self.parts_in(particle, depth + 1, optional=optional))
        if use.tag == f"{XS}all":
            yield from _joined(inside, Order.FREE, repeats=False)
        elif _most(use) != 1:
            holds_choice = next(particle.iter(f"{XS}choice"), None) is not None
            yield from _joined(inside, Order.FREE if holds_choice else Order.ROUNDS, repeats=True)
        else:
            yield from inside

    def _derived(self, content: etree._Element, depth: int) -> Iterator[Part]:
        for derivation in content.iterchildren(f"{XS}extension", f"{XS}restriction"):
            base = self._complex(derivation, "base")
            if base is not None and derivation.tag == f"{XS}extension":
                yield from self.parts_in(base, depth + 1)
            yield from self.parts_in(derivation, depth + 1)

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
            head = self._named("element", member, "substitutionGroup") if kind == "element" else None
            if head is not None:
                found.setdefault(self._element(head, required=False).tag, []).append(member)
        return found

    def attributes_in(self, container: etree._Element, depth: int = 0) -> Iterator[Attribute]:
        """The attributes of a complex type, also those of its base and of attribute groups."""
        if depth > _MAX_DEPTH:
            return
        for part in container.iterchildren(etree.Element):
            if part.tag == f"{XS}attribute":
                yield from (self._attribute(part),) if part.get("use") != "prohibited" else ()
            elif part.tag == f"{XS}attributeGroup":
                target = self._named("attributeGroup", part, "ref")
                yield from self.attributes_in(target, depth + 1) if target is not None else ()
            elif part.tag in {f"{XS}simpleContent", f"{XS}complexContent"}:
                for derivation in part.iterchildren(f"{XS}extension", f"{XS}restriction"):
                    base = self._complex(derivation, "base")
                    yield from self.attributes_in(base, depth + 1) if base is not None else ()
                    yield from self.attributes_in(derivation, depth + 1)

    def _attribute(self, part: etree._Element) -> Attribute:
        declared = self._named("attribute", part, "ref") if part.get("ref") else part
        # xml:lang and its like are declared nowhere.
        tag = (
            _clark(self._resolved(part, part.get("ref", "")))
            if declared is None
            else self._tag(declared, "attribute")
        )
        declared = part if declared is None else declared
        fixed = declared.get("fixed") or part.get("fixed")
        name = declared.get("name") or _local(part.get("ref", ""))
        return Attribute(name, part.get("use") == "required", fixed, tag, self.simple_of(declared))

    def _element(self, part: etree._Element, *, required: bool) -> Element:
        target = self._named("element", part, "ref") if part.get("ref") else part
        declared = part if target is None else target
        tag = (
            _clark(self._resolved(part, part.get("ref", "")))
            if target is None
            else self._tag(declared, "element")
        )
        return Element(tag, required, declared.get("nillable") in {"true", "1"}, self, declared)

    def _tag(self, declared: etree._Element, kind: str) -> str:
        document = self._documents.document_of(declared)
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
        inner = next(
            part.iterchildren(
                *(
                    f"{XS}{name}"
                    for name in ("simpleType", "restriction", "extension", "list", "simpleContent")
                )
            ),
            None,
        )
        for name in ("type", "base"):
            if part.get(name):
                return self._by_name(part, name, depth)
        return self.simple_of(inner, depth + 1) if inner is not None else Simple()

    def _by_name(self, part: etree._Element, attribute: str, depth: int) -> Simple:
        name = _local(part.get(attribute, ""))
        found = self._named("type", part, attribute)
        if found is not None:
            return self.simple_of(found, depth + 1)
        if name in _NUMBERS | _INTEGERS:
            return Simple("integer" if name in _INTEGERS else "number")
        return Simple(_DATES.get(name, "string"), is_list=name in {"NMTOKENS", "IDREFS", "ENTITIES"})

    def _named(self, kind: DeclarationKind, part: etree._Element, attribute: str) -> etree._Element | None:
        """What an attribute such as type="p:X" points to; by the name alone where its prefix is unknown."""
        reference = part.get(attribute)
        if not reference:
            return None
        namespace, name = self._resolved(part, reference)
        if namespace == XS[1:-1]:
            return None
        found = self._documents.declared.get((kind, (namespace, name)))
        return self._by_local_name.get((kind, name)) if found is None else found

    def _resolved(self, part: etree._Element, reference: str) -> QName:
        try:
            return self._documents.name_of(part, reference)
        except BrokenXsd:
            return ("", _local(reference))

    @cached_property
    def _by_local_name(self) -> dict[tuple[DeclarationKind, str], etree._Element]:
        found: dict[tuple[DeclarationKind, str], etree._Element] = {}
        for (kind, (_, name)), part in self._documents.declared.items():
            found.setdefault((kind, name), part)
        return found

    @cached_property
    def validator(self) -> etree.XMLSchema:
        """lxml's validator. Raises etree.XMLSchemaParseError where libxml2 cannot use the schema."""
        return compiled(self._documents)


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


def _clark(name: QName) -> str:
    namespace, local = name
    return f"{{{namespace}}}{local}" if namespace else local


def _local(name: str) -> str:
    return name.rsplit(":", 1)[-1]
