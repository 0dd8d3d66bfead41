"""Form data into an XML document: text, piece by piece, in the order of the shape."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from studio.definition.data_model.emptiness import holds_nothing, is_blank
from studio.definition.data_model.prefixes import XMLNS
from studio.definition.data_model.shapes import MAX_DEPTH, ROW_ID, Group, Place, Shape
from studio.definition.data_model.xml_text import check_name, escaped, split_tag, text_of
from studio.definition.data_model.xsd_elements import Order
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

__all__ = ["Writer", "text_of"]

_NUMBERS: Final = frozenset({int, bool, Decimal})
_NIL: Final = ' xsi:nil="true"/>'


class Writer:
    """Collects the pieces of a document, in order."""

    def __init__(self, shape: Shape, *, keep_unknown: bool) -> None:
        self.pieces: list[str] = []
        self._shape = shape
        self._prefixes = shape.prefixes
        self._keep_unknown = keep_unknown

    def document(self, data: Mapping[str, Any]) -> bytes:
        """The whole document."""
        self._members(self._shape.root, self._shape.group, data, 0)
        return f"<?xml version='1.0' encoding='utf-8'?>\n{''.join(self.pieces)}".encode()

    def _members(self, place: Place, group: Group, data: Mapping[str, Any], depth: int) -> None:
        """An element with what is inside."""
        _refuse_depth(depth)
        put = self.pieces.append
        put(place.start)
        strangers = [] if data.keys() <= group.names else [name for name in data if name not in group.names]
        self._attributes(group, data, strangers)
        text = group.text
        if text is not None:
            value = data.get(text.name)
            if value is None and place.nillable:
                put(_NIL)
                return
            put(">")
            if not is_blank(value, text.kind):
                put(escaped(_plain(value)))
        else:
            put(">")
        if group.in_order is not None and (self._keep_unknown or group.all_known):
            self._in_order(group.in_order, data, depth)
        else:
            self._stretches(group, data, strangers, depth)
        if strangers and not group.allows_any:
            self._strangers_of(data, strangers, group, depth)
        put(place.end)

    def _in_order(self, places: tuple[Place, ...], data: Mapping[str, Any], depth: int) -> None:
        """Elements that simply follow one another: most of all documents."""
        put, get = self.pieces.append, data.get
        for place in places:
            value = get(place.name)
            if value is None:
                if place.nillable and (place.required or place.name in data):
                    put(place.nil)
                elif place.is_group:
                    self._hollow(place, depth)
            elif value.__class__ is str and value:
                put(f"{place.opening}{escaped(value)}{place.end}")
            elif value.__class__ in _NUMBERS:
                put(f"{place.opening}{text_of(value)}{place.end}")
            else:
                self._element(place, value, depth)

    def _element(self, place: Place, value: Any, depth: int, *, is_there: bool = True) -> None:
        if not place.known and not self._keep_unknown:
            return
        if isinstance(value, list) and not place.is_list:
            for item in value:
                self._one(place, item, depth, is_row=True)
        elif value is not None or (place.nillable and (is_there or place.required)):
            self._one(place, value, depth)
        else:
            self._hollow(place, depth)

    def _one(self, place: Place, value: Any, depth: int, *, is_row: bool = False) -> None:
        if value is None:
            if place.nillable:
                self.pieces.append(place.nil)
        elif value.__class__ is dict or isinstance(value, Mapping):
            group = place.group
            if group is None:
                self._stranger(place.start, place.end, value, depth, place.around)
            elif is_row or not holds_nothing(value, place, group):
                self._members(place, group, value, depth + 1)
            else:
                self._hollow(place, depth)
        elif not is_blank(value, place.kind):
            self.pieces.append(f"{place.opening}{escaped(_plain(value))}{place.end}")
        elif place.nillable and place.required and not is_row:
            self.pieces.append(place.nil)

    def _hollow(self, place: Place, depth: int) -> None:
        """A group without an answer: left out, or empty where the XSD demands it."""
        if place.hollow and place.group is not None:
            self._members(place, place.group, {}, depth + 1)

    def _stretches(self, group: Group, data: Mapping[str, Any], strangers: list[str], depth: int) -> None:
        for stretch in group.stretches:
            if stretch.order is Order.ROUNDS:
                for place, value in _rounds(stretch.places, data):
                    self._element(place, value, depth)
            elif stretch.order is Order.ANY:
                self._strangers_of(data, strangers, group, depth)
            else:
                places: Iterable[Place] = stretch.places
                if stretch.order is Order.FREE:
                    turns = {name: turn for turn, name in enumerate(data)}
                    places = sorted(places, key=lambda place: turns.get(place.name, len(turns)))
                for place in places:
                    self._element(place, data.get(place.name), depth, is_there=place.name in data)

    def _attributes(self, group: Group, data: Mapping[str, Any], strangers: list[str]) -> None:
        put = self.pieces.append
        row_id = data.get(ROW_ID)
        is_inside = ROW_ID in group.elements  # a few schemas have it as an element
        if row_id is not None and not is_inside and (self._keep_unknown or ROW_ID in group.attributes):
            put(f' {ROW_ID}="{escaped(str(row_id))}"')
        for place in group.always:
            if data.get(place.name) is None:
                put(f' {place.written}="{escaped(place.fixed or "")}"')
        for name, place in group.attributes.items():
            value = data.get(name)
            if value is not None and name != ROW_ID and (value != "" or place.kind == "string"):
                put(f' {place.written}="{escaped(_plain(value))}"')
        if strangers and (self._keep_unknown or group.allows_any_attribute):
            own = {name[1:]: data[name] for name in strangers if name.startswith("@")}
            self._own_attributes(
                {tag: value for tag, value in own.items() if tag not in group.attribute_by_tag}
            )

    def _own_attributes(self, values: Mapping[str, Any]) -> None:
        """Attributes that nothing is known about, by tag."""
        prefixes: dict[str, str] = {}
        for tag, value in values.items():
            namespace, name = split_tag(tag)
            check_name(name)
            if value is None or tag == ROW_ID:
                continue
            prefix = self._prefixes.known(namespace)
            if namespace == XMLNS or prefix == "xsi":
                continue
            if prefix is None:
                if namespace not in prefixes:
                    prefixes[namespace] = f"own{len(prefixes)}"
                    self.pieces.append(f' xmlns:{prefixes[namespace]}="{escaped(namespace)}"')
                prefix = prefixes[namespace]
            written = f"{prefix}:{name}" if namespace else name
            self.pieces.append(f' {written}="{escaped(_plain(value))}"')

    def _strangers_of(self, data: Mapping[str, Any], strangers: list[str], group: Group, depth: int) -> None:
        if self._keep_unknown or group.allows_any:
            for name in strangers:
                if not name.startswith("@"):
                    self._strangers(name, data[name], depth)

    def _strangers(self, name: str, value: Any, depth: int, around: str | None = None) -> None:
        """Elements that nothing is known about, in the default namespace `around`."""
        items = [item for item in (value if isinstance(value, list) else [value]) if item is not None]
        if not items:
            return
        default = self._prefixes.default if around is None else around
        tag = name if name.startswith("{") or not default else f"{{{default}}}{name}"
        written, declares = self._prefixes.element(tag, around)
        inner = split_tag(tag)[0] if declares else around
        for item in items:
            if isinstance(item, Mapping):
                self._stranger(f"<{written}{declares}", f"</{written}>", item, depth, inner)
            else:
                self.pieces.append(f"<{written}{declares}>{escaped(_plain(item))}</{written}>")

    def _stranger(
        self, start: str, end: str, data: Mapping[str, Any], depth: int, around: str | None = None
    ) -> None:
        _refuse_depth(depth)
        self.pieces.append(start)
        if data.get(ROW_ID) is not None:
            self.pieces.append(f' {ROW_ID}="{escaped(_plain(data[ROW_ID]))}"')
        self._own_attributes({name[1:]: value for name, value in data.items() if name.startswith("@")})
        self.pieces.append(">")
        for name, value in data.items():
            if name == "#text":
                self.pieces.append(escaped(_plain(value)))
            elif not name.startswith("@") and name != ROW_ID:
                self._strangers(name, value, depth + 1, around)
        self.pieces.append(end)


def _refuse_depth(depth: int) -> None:
    if depth > MAX_DEPTH:
        raise DomainError(Sentence(N_("The data are nested more than %(depth)s deep."), {"depth": MAX_DEPTH}))


def _rounds(places: tuple[Place, ...], data: Mapping[str, Any]) -> Iterator[tuple[Place, Any]]:
    """The values of a sequence that comes several times: by round, as many of each as one may hold."""
    waiting: dict[str, list[Any]] = {}
    for place in places:
        value = data.get(place.name)
        waiting[place.name] = (
            list(value) if isinstance(value, list) else [value] if place.name in data else []
        )
    while any(waiting.values()):
        for place in places:
            values = waiting[place.name]
            taken = place.most or len(values)
            if values:
                yield place, values[:taken]
            del values[:taken]


def _plain(value: Any) -> str:
    return " ".join(text_of(item) for item in value) if isinstance(value, list) else text_of(value)
