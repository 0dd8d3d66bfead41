"""What an XSD declares, as values: elements, attributes and plain values."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from itertools import chain
from typing import Protocol

from lxml import etree

from studio.definition.data_model.model import Kind
from studio.definition.data_model.xsd_documents import XS


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


class Schema(Protocol):
    """What an element asks the schema that it stands in."""

    def type_of(self, declaration: etree._Element) -> etree._Element | None:
        """The complex type of an element; None for plain values."""
        ...

    def parts_in(self, container: etree._Element) -> Iterator[Part]:
        """What is in a complex type."""
        ...

    def attributes_in(self, container: etree._Element) -> Iterator[Attribute]:
        """The attributes of a complex type."""
        ...

    def simple_of(self, part: etree._Element) -> Simple:
        """The plain value of a declaration or type."""
        ...


@dataclass(frozen=True, eq=False)
class Element:
    """An element as the XSD declares it. `tag` is the name as lxml writes it: "{namespace}name".

    `most` is how often it may come within one round of its part; 0 for without a limit.
    """

    tag: str
    required: bool
    nillable: bool
    schema: Schema = field(repr=False)
    declaration: etree._Element = field(repr=False)
    repeats: bool = False
    most: int = 1

    @property
    def name(self) -> str:
        """The name without its namespace."""
        return self.tag.rpartition("}")[2]

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
        if self._type is None:
            return False
        contents = self._type.iterchildren(f"{XS}simpleContent", f"{XS}complexContent")
        places = chain((self._type,), (derivation for content in contents for derivation in content))
        return any(place.find(f"{XS}anyAttribute") is not None for place in places)

    @cached_property
    def simple(self) -> Simple:
        """The plain value of the element, or the text between its attributes."""
        return self.schema.simple_of(self._type if self._type is not None else self.declaration)
