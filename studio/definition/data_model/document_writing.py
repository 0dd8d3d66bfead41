"""Form data into an XML document: text, piece by piece, in the order of the shape."""

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

from studio.definition.data_model.model import Kind
from studio.definition.data_model.shapes import MAX_DEPTH, ROW_ID, Group, Place, Shape
from studio.definition.data_model.xsd import Order
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

_ILLEGAL: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Everything but the characters that are written as they are.
_SPECIAL: Final = re.compile(
    "[^\u0020-\u0021\u0023-\u0025\u0027-\u003b\u003d\u003f-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)
_REFERENCES: Final = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\r": "&#13;", "\n": "&#10;", "\t": "&#9;"}
)
_MAX_EXPONENT: Final = 400


class Writer:
    """Collects the pieces of a document, in order."""

    def __init__(self, shape: Shape, *, keep_unknown: bool) -> None:
        self.pieces: list[str] = []
        self._shape = shape
        self._prefixes = shape.prefixes
        self._keep_unknown = keep_unknown

    def document(self, data: Mapping[str, Any]) -> bytes:
        """The whole document."""
        self.members(self._shape.root, self._shape.group, data, 0)
        return f"<?xml version='1.0' encoding='utf-8'?>\n{''.join(self.pieces)}".encode()

    def members(self, place: Place, group: Group, data: Mapping[str, Any], depth: int) -> None:
        """An element with what is inside."""
        if depth > MAX_DEPTH:
            values = {"depth": MAX_DEPTH}
            raise DomainError(Sentence(N_("The data are nested more than %(depth)s deep."), values))
        put = self.pieces.append
        put(place.start)
        self._attributes(group, data)
        text = group.text
        if text is not None and data.get(text.name) is None and place.nillable:
            put(' xsi:nil="true"/>')
            return
        put(">")
        if text is not None and not _is_blank(data.get(text.name), text.kind):
            put(_escaped(_plain(data[text.name])))
        if group.in_order is not None:
            for inside in group.in_order:
                self._element(inside, data.get(inside.name), inside.name in data, depth)
        else:
            self._stretches(group, data, depth)
        if not group.allows_any:
            self._unknown(group, data, depth)
        put(place.end)

    def _attributes(self, group: Group, data: Mapping[str, Any]) -> None:
        put = self.pieces.append
        if (row_id := data.get(ROW_ID)) is not None and (self._keep_unknown or ROW_ID in group.attributes):
            put(f' {ROW_ID}="{_escaped(str(row_id))}"')
        for place in group.always:
            if data.get(place.name) is None:
                put(f' {place.written}="{_escaped(place.fixed or "")}"')
        for name, place in group.attributes.items():
            value = data.get(name)
            if value is not None and name != ROW_ID and (value != "" or place.kind == "string"):
                put(f' {place.written}="{_escaped(_plain(value))}"')
        if self._keep_unknown or group.allows_any_attribute:
            for name, value in data.items():
                if name.startswith("@") and name not in group.attributes and value is not None:
                    put(f' {self._prefixes.attribute(name[1:])}="{_escaped(_plain(value))}"')

    def _element(self, place: Place, value: Any, is_there: bool, depth: int) -> None:
        if not place.known and not self._keep_unknown:
            return
        if isinstance(value, list) and not place.is_list:
            for item in value:
                self._one(place, item, True, depth, is_row=True)
        else:
            self._one(place, value, is_there, depth)

    def _one(self, place: Place, value: Any, is_there: bool, depth: int, *, is_row: bool = False) -> None:
        if value is None:
            if place.nillable and (is_there or place.required):
                self.pieces.append(f'{place.start} xsi:nil="true"/>')
        elif isinstance(value, Mapping):
            group = place.group
            if group is None:
                self._stranger(place.start, place.end, value, depth)
            elif is_row or not _holds_nothing(value, place, group):
                self.members(place, group, value, depth + 1)
        elif not _is_blank(value, place.kind):
            self.pieces.append(f"{place.start}>{_escaped(_plain(value))}{place.end}")
        elif place.nillable and place.required and not is_row:
            self.pieces.append(f'{place.start} xsi:nil="true"/>')

    def _stretches(self, group: Group, data: Mapping[str, Any], depth: int) -> None:
        for stretch in group.stretches:
            if stretch.order is Order.ROUNDS:
                for place, value in _rounds(stretch.places, data):
                    self._element(place, value, True, depth)
            elif stretch.order is Order.ANY:
                self._unknown(group, data, depth)
            else:
                places: Iterable[Place] = stretch.places
                if stretch.order is Order.FREE:
                    turns = {name: turn for turn, name in enumerate(data)}
                    places = sorted(places, key=lambda place: turns.get(place.name, len(turns)))
                for place in places:
                    self._element(place, data.get(place.name), place.name in data, depth)

    def _unknown(self, group: Group, data: Mapping[str, Any], depth: int) -> None:
        if not self._keep_unknown and not group.allows_any:
            return
        text = group.text.name if group.text else None
        for name, value in data.items():
            if name in group.elements or name in group.attributes or name == text:
                continue
            if name != ROW_ID and not name.startswith("@"):
                self._strangers(name, value, depth)

    def _strangers(self, name: str, value: Any, depth: int, around: str | None = None) -> None:
        """Elements that nothing is known about, in the default namespace `around`."""
        default = self._prefixes.default if around is None else around
        tag = name if name.startswith("{") or not default else f"{{{default}}}{name}"
        written, declares = self._prefixes.element(tag, around)
        inner = tag.rpartition("}")[0][1:] if declares else around
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, Mapping):
                self._stranger(f"<{written}{declares}", f"</{written}>", item, depth, inner)
            elif item is not None:
                self.pieces.append(f"<{written}{declares}>{_escaped(_plain(item))}</{written}>")

    def _stranger(
        self, start: str, end: str, data: Mapping[str, Any], depth: int, around: str | None = None
    ) -> None:
        if depth > MAX_DEPTH:
            values = {"depth": MAX_DEPTH}
            raise DomainError(Sentence(N_("The data are nested more than %(depth)s deep."), values))
        self.pieces.append(start)
        for name, value in data.items():
            if (name.startswith("@") or name == ROW_ID) and value is not None:
                written = self._prefixes.attribute(name.removeprefix("@"))
                self.pieces.append(f' {written}="{_escaped(_plain(value))}"')
        self.pieces.append(">")
        for name, value in data.items():
            if name == "#text":
                self.pieces.append(_escaped(_plain(value)))
            elif not name.startswith("@") and name != ROW_ID:
                self._strangers(name, value, depth + 1, around)
        self.pieces.append(end)


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


def _is_blank(value: Any, kind: Kind) -> bool:
    """Whether nothing is written: null, and "" for what is no text."""
    return value is None or (value == "" and isinstance(value, str) and kind != "string")


def _holds_nothing(data: Mapping[str, Any], place: Place, group: Group) -> bool:
    """Whether a group is only there to be filled in: one that is plainly empty counts where it may be so."""
    text = group.text
    if text is not None:
        if data.get(text.name) is not None:
            return _is_blank(data[text.name], text.kind)
        return not (place.nillable and text.name in data)
    if not data:
        return not (group.may_be_empty and place.known)
    inside = group.elements
    return all(
        _is_nothing(value, inside.get(name) or group.attributes.get(name)) for name, value in data.items()
    )


def _is_nothing(value: Any, place: Place | None) -> bool:
    if isinstance(value, list):
        return not value
    if place is None:
        return value is None
    if value is None:
        return not place.nillable
    if place.constant is not None or place.fixed is not None:
        return True
    if isinstance(value, Mapping):
        return place.group is not None and _holds_nothing(value, place, place.group)
    return _is_blank(value, place.kind)


def _plain(value: Any) -> str:
    if isinstance(value, str):
        return value
    return " ".join(text_of(item) for item in value) if isinstance(value, list) else text_of(value)


def text_of(value: Any) -> str:
    """A plain value as XML writes it. Characters that XML cannot hold become U+FFFD."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        value = Decimal(repr(value))
    if isinstance(value, Decimal):
        return number_text(value)
    if isinstance(value, int):
        return _int_text(value)
    return _ILLEGAL.sub("\ufffd", str(value))


def _int_text(number: int) -> str:
    try:
        return str(number)
    except ValueError as error:
        # Python writes no int of more than some thousand digits.
        raise _absurd("1e4300") from error


def number_text(number: Decimal) -> str:
    """A number with all its digits and no exponent. Raises DomainError where that would be absurdly long."""
    if number.is_nan():
        return "NaN"
    if number.is_infinite():
        return "INF" if number > 0 else "-INF"
    exponent = number.as_tuple().exponent
    if not isinstance(exponent, int) or abs(exponent) > _MAX_EXPONENT:
        raise _absurd(str(number))
    return f"{number:f}"


def _absurd(number: str) -> DomainError:
    values = {"number": number[:50]}
    return DomainError(Sentence(N_("The number %(number)s is too large or too small."), values))


def _escaped(text: str) -> str:
    """Text for an element or an attribute."""
    if _SPECIAL.search(text) is None:
        return text
    return _ILLEGAL.sub("\ufffd", text).translate(_REFERENCES)
