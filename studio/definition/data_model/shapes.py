"""What form data look like as XML, made of the JSON Schema and the XSD once per model.

The JSON Schema says how the data look (names, kinds, what is a list); the XSD says how the document looks
(tags, order, attributes, nil). Where one of them is silent the other speaks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

from studio.definition.data_model.model import DataModel, Field, Kind
from studio.definition.data_model.nodes import Node
from studio.definition.data_model.prefixes import Prefixes
from studio.definition.data_model.xml_text import is_name, split_tag
from studio.definition.data_model.xsd import Xsd, read_xsd
from studio.definition.data_model.xsd_elements import Attribute, Element, Order, Part, Simple

ROW_ID: Final = "altinnRowId"
MAX_DEPTH: Final = 150
TEXT: Final = "value"


@dataclass(eq=False, repr=False)
class Place:
    """An element, an attribute or a text between attributes: where one member of the data goes."""

    name: str
    tag: str
    written: str
    kind: Kind = "string"
    # Declarations for an element outside the namespaces of the model.
    declares: str = ""
    is_list: bool = False
    repeating: bool = False
    nillable: bool = False
    required: bool = False
    fixed: str | None = None
    constant: Any = None
    most: int = 1
    # Whether the XSD has it; everything is known where there is no XSD.
    known: bool = True
    is_group: bool = False
    declared: Field | None = None
    element: Element | None = None
    prefixes: Prefixes | None = None

    @cached_property
    def group(self) -> "Group | None":
        """What is inside; None for plain values."""
        if not self.is_group or self.prefixes is None:
            return None
        fields = self.declared.children if self.declared else ()
        is_free = self.declared is not None and is_all(self.declared.value_node)
        return Group(fields, self.element, self.prefixes, is_free=is_free)

    @cached_property
    def hollow(self) -> bool:
        """Whether the XSD demands a group that can be there without an answer in it."""
        return _is_hollow(self, ())

    @cached_property
    def is_plain(self) -> bool:
        """Whether there is one plain value inside."""
        return not self.is_group and not self.is_list

    @cached_property
    def is_text(self) -> bool:
        """Whether a plain value is the text as it is written."""
        return self.kind not in {"number", "integer", "boolean", "any"}

    @property
    def around(self) -> str | None:
        """The default namespace inside, where the element sets one."""
        return split_tag(self.tag)[0] if self.declares else None

    @cached_property
    def start(self) -> str:
        """The start tag without its end."""
        return f"<{self.written}{self.declares}"

    @cached_property
    def opening(self) -> str:
        """The whole start tag of an element without attributes."""
        return f"{self.start}>"

    @cached_property
    def nil(self) -> str:
        """The element without a value."""
        return f'{self.start} xsi:nil="true"/>'

    @cached_property
    def end(self) -> str:
        """The end tag."""
        return f"</{self.written}>"


@dataclass(frozen=True)
class Stretch:
    """Places that are written together, in the order that `order` says."""

    places: tuple[Place, ...]
    order: Order


class Group:
    """What is inside an element that holds members."""

    def __init__(
        self, fields: tuple[Field, ...], element: Element | None, prefixes: Prefixes, *, is_free: bool
    ) -> None:
        # Others can be in the data of a model that was never meant for XML; then they are refused.
        # The id of a row is an attribute, also where a JSON Schema lists it among the fields.
        self._fields = {
            each.name: each
            for each in fields
            if is_name(each.name) and (each.name != ROW_ID or is_attribute(each.node))
        }
        self._is_free = is_free
        self._element = element
        self.prefixes = prefixes
        self.attributes = {place.name: place for place in self._attributes()}
        self.text = self._text()
        self.stretches = tuple(self._stretches())
        self.elements = {place.name: place for each in self.stretches for place in each.places}
        self.by_tag = {place.tag: place for place in reversed(list(self.elements.values()))}
        self.attribute_by_tag = {place.tag: place for place in self.attributes.values()}
        self.allows_any = any(each.order is Order.ANY for each in self.stretches)
        self.allows_any_attribute = element is None or element.any_attribute

    @cached_property
    def names(self) -> frozenset[str]:
        """The members that have a place, with the id of a row."""
        return frozenset({ROW_ID, *self.elements, *self.attributes, *([self.text.name] if self.text else [])})

    @cached_property
    def all_known(self) -> bool:
        """Whether the XSD has every element."""
        return all(place.known for place in self.elements.values())

    @cached_property
    def in_order(self) -> tuple[Place, ...] | None:
        """The places where they simply follow one another; None where that is not the whole order."""
        simple = all(each.order is Order.GIVEN for each in self.stretches)
        return tuple(self.elements.values()) if simple else None

    @cached_property
    def always(self) -> tuple[Place, ...]:
        """The attributes that the XSD demands and that have one value only."""
        return tuple(
            place for place in self.attributes.values() if place.fixed is not None and place.required
        )

    @cached_property
    def demanded(self) -> tuple[Place, ...]:
        """The elements that the XSD demands."""
        return tuple(place for place in self.elements.values() if place.required and place.known)

    @property
    def may_be_empty(self) -> bool:
        """Whether the XSD allows the element with nothing in it."""
        return not self.demanded

    def _attributes(self) -> Iterator[Place]:
        if self._element is None:
            for each in self._fields.values():
                if is_attribute(each.node):
                    yield self._attribute(each.name, Attribute(each.name, False, None, each.name))
            return
        for name, attribute in self._element.attributes.items():
            # A name can be taken by an element or the text; the attribute is then called as unknown ones are.
            is_taken = name in self._element.children or (name == TEXT and self._element.has_text)
            yield self._attribute(f"@{name}" if is_taken else name, attribute)

    def _attribute(self, name: str, attribute: Attribute) -> Place:
        each = self._fields.get(name)
        return Place(
            name,
            attribute.tag,
            self.prefixes.attribute(attribute.tag),
            each.kind if each else attribute.simple.kind,
            is_list=each.repeating if each else attribute.simple.is_list,
            required=attribute.required,
            fixed=attribute.fixed,
            constant=each.node.first("const") if each else None,
        )

    def _text(self) -> Place | None:
        marked = next((each for each in self._fields.values() if each.node.first("@xsdText") is True), None)
        if marked is None and not (self._element is not None and self._element.has_text):
            return None
        name = marked.name if marked else TEXT
        each = self._fields.get(name)
        simple = self._element.simple if self._element is not None else Simple()
        is_list = each.repeating if each else simple.is_list
        return Place(name, "", "", each.kind if each else simple.kind, is_list=is_list)

    def _stretches(self) -> Iterator[Stretch]:
        taken = {*self.attributes, self.text.name if self.text else ""}
        declared = self._element.parts if self._element is not None else ()
        for part in declared:
            yield Stretch(tuple(self._declared(part, taken)), part.order)
        rest = [each for name, each in self._fields.items() if name not in taken]
        if rest:
            order = Order.FREE if self._is_free and self._element is None else Order.GIVEN
            yield Stretch(tuple(self._undeclared(each) for each in rest), order)

    def _declared(self, part: Part, taken: set[str]) -> Iterator[Place]:
        for element in part.elements:
            same_tag = self._element.children.get(element.name) if self._element else None
            name = element.name
            if name in taken:
                # The same element in another branch of a choice; or one of another namespace.
                if same_tag is None or same_tag.tag == element.tag or element.tag in taken:
                    continue
                name = element.tag
            taken.add(name)
            yield self._place(name, element)

    def _place(self, name: str, element: Element) -> Place:
        each = self._fields.get(name)
        written, declares = self.prefixes.element(element.tag)
        is_list = not element.repeats and element.simple.is_list and not element.is_group
        is_list = is_list and (each is None or each.repeating)
        is_group = each.is_group if each and each.kind != "any" else element.is_group
        return Place(
            name,
            element.tag,
            written,
            each.kind if each else element.simple.kind,
            declares=declares,
            is_list=is_list,
            repeating=not is_list and (each.repeating if each else element.repeats),
            nillable=element.nillable,
            required=element.required,
            most=element.most,
            constant=each.node.first("const") if each else None,
            is_group=is_group,
            declared=each,
            element=element,
            prefixes=self.prefixes,
        )

    def _undeclared(self, each: Field) -> Place:
        # Unknown elements are in the namespace of the known ones around them.
        tag = f"{{{self.prefixes.default}}}{each.name}" if self.prefixes.default else each.name
        written, declares = self.prefixes.element(tag)
        is_list = each.repeating and _is_xsd_list(each)
        return Place(
            each.name,
            tag,
            written,
            each.kind,
            declares=declares,
            is_list=is_list,
            repeating=each.repeating and not is_list,
            nillable=self._element is None and each.nillable,
            most=0 if each.repeating else 1,
            constant=each.node.first("const"),
            known=self._element is None,
            is_group=each.is_group,
            declared=each,
            prefixes=self.prefixes,
        )


def _is_hollow(place: Place, around: tuple[Element, ...]) -> bool:
    """See Place.hollow. `around`: the elements around the place that have to be hollow for it to be so."""
    group, element = place.group, place.element
    if group is None or group.text is not None or element is None or not place.known or place.nillable:
        return False
    if (
        not place.required
        or place.repeating
        or any(each.declaration is element.declaration for each in around)
    ):
        return False  # what has to be in itself can never be
    if any(each.required and each.fixed is None for each in group.attributes.values()):
        return False
    return all(each.nillable or _is_hollow(each, (*around, element)) for each in group.demanded)


@dataclass(eq=False)
class Shape:
    """The documents of a model: their root element and what is inside."""

    root: Place
    prefixes: Prefixes
    group: Group


@lru_cache(maxsize=500)
def _shape(model: DataModel, xsd: Xsd | None) -> Shape:
    declared = xsd.root_called(model.schema.get("@xsdRootElement")) if xsd is not None else None
    tag = declared.tag if declared is not None else _root_tag(model)
    prefixes = Prefixes(tag, xsd)
    written, _ = prefixes.element(tag)
    root = Place("", tag, written, declares=prefixes.declarations, is_group=True, element=declared)
    group = Group(model.fields, declared, prefixes, is_free=is_all(model.document.root))
    return Shape(root, prefixes, group)


def shape_of(model: DataModel, xsd: bytes | None, others: Mapping[str, bytes] | None = None) -> Shape:
    """The shape of a model's documents.

    Raises BrokenXml for an XSD that is no XML, DomainError for a name that XML cannot have.
    """
    return _shape(model, read_xsd(xsd, others) if xsd is not None else None)


def _root_tag(model: DataModel) -> str:
    attributes = model.schema.get("@xsdSchemaAttributes")
    namespace = attributes.get("TargetNamespace") if isinstance(attributes, Mapping) else None
    name = root_name(model)
    return f"{{{namespace}}}{name}" if isinstance(namespace, str) and namespace else name


def root_name(model: DataModel) -> str:
    """The name of the root element of a model without an XSD."""
    given = model.schema.get("@xsdRootElement")
    if isinstance(given, str) and given:
        return given
    info = model.schema.get("info")
    message = info.get("meldingsnavn") if isinstance(info, Mapping) else None
    if isinstance(message, str) and message:
        return message
    return _pointing(model) or (model.class_ref or "").rsplit(".", 1)[-1] or "root"


def _pointing(model: DataModel) -> str | None:
    """In the oldest schemas, the property at the top that is the data and names their element."""
    members = model.schema.get("properties")
    pointer = model.document.root_pointer
    if not pointer or not isinstance(members, Mapping):
        return None
    if pointer.startswith("/properties/"):
        return pointer.removeprefix("/properties/")
    target = model.document.at(f"#{pointer}")
    for name, member in members.items():
        reference = member.get("$ref") if isinstance(member, Mapping) else None
        if isinstance(reference, str) and model.document.at(reference) is target:
            return str(name)
    return None


def is_all(node: Node) -> bool:
    """Whether the members may come in any order (xs:all)."""
    return bool(node.first("@xsdStructure") == "all")


def is_attribute(node: Node) -> bool:
    """Whether a JSON Schema says that a member is an XML attribute."""
    return node.first("@xsdAttribute") is True or node.first("@xsdType") in ("XmlAttribute", "#attribute")


def _is_xsd_list(each: Field) -> bool:
    """Whether a list is a type of its own (xs:list), not an element that may come several times."""
    return each.node.schema.get("type") is None and "items" not in each.node.schema
