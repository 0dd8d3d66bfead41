"""Edits of JSON text: bytes in, bytes out, and no line changes that the edit is not about.

Byte-order mark, newlines, indentation, order of keys, comments, trailing commas and the spelling of every
value that stays are kept. Each edit agrees with the same edit on the parsed value: parse(edit(data)) ==
edit(parse(data)). The data must be JSON (with comments and trailing commas); BrokenJson is raised where it is
not.
"""

from collections.abc import Callable, Sequence
from typing import Any, Final

from studio.definition.errors import DomainError, NotThere
from studio.definition.json_text.reading import demand_json, parse
from studio.definition.json_text.rendering import Raw, Style, same, style_of
from studio.definition.json_text.scanning import (
    REST_OF_LINE,
    Container,
    Item,
    Span,
    container_at,
    line_indent,
    locate,
    raw,
    split_pointer,
)
from studio.definition.sentences import N_, Sentence

_WHITE: Final = b" \t\r\n"
# Each element that is edited or taken away is looked for from the beginning. Of more, a list is written anew.
_MOST_ELEMENTS: Final = 200


def set_value(data: bytes, pointer: str, value: Any) -> bytes:
    """Put `value` at `pointer`. A missing last key is added at the end of its object.

    Where an object or list replaces another, only what differs is written. Raises NotThere where the way to
    the pointer does not exist.
    """
    demand_json(data)
    return _set(data, pointer, value)


def insert(
    data: bytes, pointer: str, index_or_key: int | str, value: Any, before: str | None = None
) -> bytes:
    """Put a new element into the list at `pointer` (its length: the end), or a new key into the object there.

    A new key comes last, or before the key `before`. Raises NotThere for an index outside the list or a
    `before` that is not there, and DomainError for a key that exists.
    """
    demand_json(data)
    container = container_at(data, locate(data, pointer))
    if container.is_object:
        return _insert_key(data, container, str(index_or_key), value, before)
    index = _index(index_or_key, len(container.items))
    return _Insertion(data, container, style_of(data)).at(index, value)


def insert_all(data: bytes, pointer: str, index: int, values: Sequence[Any]) -> bytes:
    """Put several new elements into the list at `pointer`, one behind the other, the first at `index`.

    The same as inserting them one by one, in the time of two. Raises NotThere for an index outside the list.
    """
    if not values:
        return data
    first, *others = values
    data = insert(data, pointer, index, first)
    if not others:
        return data
    return _Insertion(data, container_at(data, locate(data, pointer)), style_of(data)).behind(index, others)


def delete(data: bytes, pointer: str) -> bytes:
    """Take away the item at `pointer` (all of a repeated key). Raises NotThere."""
    demand_json(data)
    return delete_item(data, pointer)


def move(data: bytes, pointer: str, to: str, index_or_key: int | str, before: str | None = None) -> bytes:
    """Take the item at `pointer` away and put its text, as it is written, into the list or object at `to`.

    `to` and the index count as they are after the item is gone; `before` as for `insert`. Raises NotThere,
    and DomainError for a key that exists.
    """
    kept = raw(data, pointer)
    return insert(delete_item(data, pointer), to, index_or_key, kept, before)


def rename_key(data: bytes, pointer: str, name: str) -> bytes:
    """Give the key at `pointer` another name, in its place.

    Raises NotThere, and DomainError where the name is taken.
    """
    demand_json(data)
    parent, last = _split(pointer)
    container = container_at(data, locate(data, parent))
    if not container.is_object or container.find(last) is None:
        raise NotThere(Sentence(N_("There is nothing at %(pointer)s."), {"pointer": pointer}))
    if name == last:
        return data
    if container.find(name) is not None:
        raise _taken(name)
    token = style_of(data).scalar(name)
    for item in reversed(container.items):
        if item.key == last:
            data = _replace(data, item.start, item.key_end, token)
    return data


def _set(data: bytes, pointer: str, value: Any) -> bytes:
    if not pointer:
        return _put(data, pointer, locate(data, ""), value)
    parent, last = _split(pointer)
    container = container_at(data, locate(data, parent))
    place = container.find(last)
    if place is None:
        if not container.is_object:
            raise NotThere(Sentence(N_("There is nothing at %(pointer)s."), {"pointer": pointer}))
        return _Insertion(data, container, style_of(data)).at(_quiet_place(data, container), value, last)
    item = container.items[place]
    return _put(data, pointer, Span(item.value_start, item.end, item), value)


def _put(data: bytes, pointer: str, span: Span, value: Any) -> bytes:
    if isinstance(value, dict | list) and data[span.start : span.start + 1] in (b"{", b"["):
        return _update(data, pointer, span, value)
    return _replace_value(data, span, value)


def _quiet_place(data: bytes, container: Container) -> int:
    """Where a new key changes no other line: before the last one, which then needs no comma behind it."""
    items = container.items
    alone_on_line = bool(items) and b"\n" in data[gap_start(data, items[-1].start) : items[-1].start]
    return len(items) - 1 if alone_on_line and items[-1].comma is None else len(items)


def _update(data: bytes, pointer: str, span: Span, value: Any) -> bytes:
    """Make one container into another by what differs between them."""
    old = parse(data[span.start : span.end])
    if same(old, value):
        return data
    if isinstance(old, dict) and isinstance(value, dict) and old.keys() & value.keys():
        return _update_object(data, pointer, old, value)
    if isinstance(old, list) and isinstance(value, list) and old and value:
        return _update_list(data, pointer, span, old, value)
    return _replace_value(data, span, value)


def _update_object(data: bytes, pointer: str, old: dict[str, Any], new: dict[str, Any]) -> bytes:
    for key in old:
        if key not in new:
            data = delete_item(data, f"{pointer}/{_escaped(key)}")
    for key, value in new.items():
        if key not in old or not same(old[key], value):
            data = _set(data, f"{pointer}/{_escaped(key)}", value)
    return data


def _update_list(data: bytes, pointer: str, span: Span, old: list[Any], new: list[Any]) -> bytes:
    start = 0
    while start < min(len(old), len(new)) and same(old[start], new[start]):
        start += 1
    tail = 0
    while tail < min(len(old), len(new)) - start and same(old[-1 - tail], new[-1 - tail]):
        tail += 1
    both = min(len(old), len(new)) - tail
    if len(old) - tail - start > _MOST_ELEMENTS:
        return _replace_value(data, span, new)
    for index in range(start, both):
        data = _set(data, f"{pointer}/{index}", new[index])
    for index in reversed(range(both, len(old) - tail)):
        data = delete_item(data, f"{pointer}/{index}")
    added = new[both : len(new) - tail]
    if added:
        data = _Insertion(data, container_at(data, locate(data, pointer)), style_of(data)).at(both, added[0])
    if added[1:]:
        container = container_at(data, locate(data, pointer))
        data = _Insertion(data, container, style_of(data)).behind(both, added[1:])
    return data


def _replace_value(data: bytes, span: Span, value: Any) -> bytes:
    style = style_of(data)
    old = data[span.start : span.end]
    was_in_line = old[:1] in (b"{", b"[") and bool(old[1:-1].strip()) and b"\n" not in old
    in_line = was_in_line or (span.item is not None and _in_line_item(data, span.item))
    indent = line_indent(data, span.item.start if span.item else span.start)
    return _replace(data, span.start, span.end, style.render(value, indent, in_line=in_line))


def _in_line_item(data: bytes, item: Item) -> bool:
    """Whether the item stands behind another item on its line."""
    before = data[: item.start].rstrip(b" \t")
    return bool(before) and before[-1:] not in b"\n[{"


def _insert_key(data: bytes, container: Container, key: str, value: Any, before: str | None) -> bytes:
    if container.find(key) is not None:
        raise _taken(key)
    place = len(container.items) if before is None else container.find(before)
    if place is None:
        raise NotThere(Sentence(N_("There is nothing at %(pointer)s."), {"pointer": str(before)}))
    return _Insertion(data, container, style_of(data)).at(place, value, key)


def _index(index: int | str, length: int) -> int:
    if not isinstance(index, int) or not 0 <= index <= length:
        raise no_place(index)
    return index


def no_place(index: int | str) -> NotThere:
    """The problem of an index outside a list."""
    return NotThere(Sentence(N_("There is no place %(index)s in the list."), {"index": str(index)}))


def delete_item(data: bytes, pointer: str) -> bytes:
    parent, last = _split(pointer)
    found = False
    while True:
        container = container_at(data, locate(data, parent))
        place = container.find(last)
        if place is None:
            break
        data = without(data, container, place)
        found = True
        if not container.is_object:
            break
    if not found:
        raise NotThere(Sentence(N_("There is nothing at %(pointer)s."), {"pointer": pointer}))
    return data


def without(data: bytes, container: Container, place: int) -> bytes:
    items = container.items
    item = items[place]
    if len(items) == 1:
        return _emptied(data, container, item)
    gap = gap_start(data, item.start)
    own_line = b"\n" in data[gap : item.start]
    if item.comma is None:
        # The last item: the comma before it goes too.
        comma = items[place - 1].comma or gap
        end = end_with_remark(data, item.end) if own_line else item.end
        return data[:comma] + data[comma + 1 : max(gap, comma + 1)] + data[end:]
    if own_line:
        return data[:gap] + data[end_with_remark(data, item.comma + 1) :]
    if place + 1 < len(items):
        between = data[item.comma + 1 : items[place + 1].start]
        keeps_line = b"\n" in between
        return data[: item.start] + data[item.comma + 1 if keeps_line else items[place + 1].start :]
    return data[:gap] + data[item.comma + 1 :]


def _emptied(data: bytes, container: Container, item: Item) -> bytes:
    end = item.end if item.comma is None else item.comma + 1
    inner_start, inner_end = container.start + 1, container.end - 1
    if item.comma is not None:
        # Only comments can stand between the value and its comma.
        data = _replace(data, item.comma, item.comma + 1, b" ")
    before, after = data[inner_start : item.start], data[item.end : inner_end]
    if not before.strip() and not after.strip():
        return data[:inner_start] + data[inner_end:]
    gap = gap_start(data, item.start)
    rest = end_with_remark(data, end) if b"\n" in data[gap : item.start] else end
    return data[: max(gap, inner_start)] + data[min(rest, inner_end) :]


def gap_start(data: bytes, place: int) -> int:
    """Where the white space begins that ends at `place`.

    A line comment keeps its newline: it would swallow what follows.
    """
    while place and data[place - 1] in _WHITE:
        place -= 1
    return place


def end_with_remark(data: bytes, place: int) -> int:
    """Behind a comment on the same line, if nothing else follows on it."""
    match = REST_OF_LINE.match(data, place)
    end = match.end() if match else place
    return end if data[end : end + 1] in (b"\r", b"\n") else place


class _Insertion:
    """Puts a new item into a container in the manner of its neighbours."""

    def __init__(self, data: bytes, container: Container, style: Style) -> None:
        self.data = data
        self.container = container
        self.style = style

    def at(self, index: int, value: Any, key: str | None = None) -> bytes:
        """The data with the new item at `index`."""
        if not self.container.items:
            return self._into_empty(value, key)
        if index == 0:
            return self._first(value, key)
        return self._behind(index - 1, [self._item(value, key)])

    def behind(self, index: int, values: Sequence[Any]) -> bytes:
        """The data with the new elements behind the item at `index`."""
        return self._behind(index, [self._item(value, None) for value in values])

    def _item(self, value: Any, key: str | None) -> Callable[[bytes, bool], bytes]:
        return lambda indent, in_line: self._text(value, key, indent, in_line=in_line)

    def _text(self, value: Any, key: str | None, indent: bytes, *, in_line: bool = False) -> bytes:
        name = b"" if key is None else self.style.scalar(key) + self.style.colon
        return name + self.style.render(value, indent, in_line=in_line)

    def _separator(self, neighbour: Item) -> tuple[bytes, bytes, bool]:
        """What stands between items here, the indentation of the new item, and whether items share a line."""
        lead = self.data[gap_start(self.data, neighbour.start) : neighbour.start]
        if b"\n" in lead:
            indent = line_indent(self.data, neighbour.start)
            return self.style.newline + indent, indent, False
        in_line = b"\n" not in self.data[self.container.start : self.container.end]
        return self._in_line_gap(), line_indent(self.data, neighbour.start), in_line

    def _in_line_gap(self) -> bytes:
        first, *others = self.container.items
        if others and first.comma is not None:
            gap = self.data[first.comma + 1 : others[0].start]
            return gap if not gap.strip(b" \t") else b" "
        return b"" if self.style.one_line and self.style.colon == b":" else b" "

    def _first(self, value: Any, key: str | None) -> bytes:
        neighbour = self.container.items[0]
        separator, indent, in_line = self._separator(neighbour)
        text = self._text(value, key, indent, in_line=in_line)
        if b"\n" in separator:
            start = end_with_remark(self.data, self.container.start + 1)
            return self.data[:start] + separator + text + b"," + self.data[start:]
        return self.data[: neighbour.start] + text + b"," + separator + self.data[neighbour.start :]

    def _behind(self, place: int, new: Sequence[Callable[[bytes, bool], bytes]]) -> bytes:
        items = self.container.items
        before = items[place]
        separator, indent, in_line = self._separator(items[min(place + 1, len(items) - 1)])
        text = (b"," + separator).join(item(indent, in_line) for item in new)
        data, end = self.data, before.end
        if before.comma is None:
            data = data[: before.end] + b"," + data[before.end :]
            end += 1
        else:
            end = before.comma + 1
            # Where the list ends in a comma, it still does.
            text += b","
        if b"\n" in separator:
            end = end_with_remark(data, end)
        return data[:end] + separator + text + data[end:]

    def _into_empty(self, value: Any, key: str | None) -> bytes:
        start, end = self.container.start + 1, self.container.end - 1
        inner = self.data[start:end]
        base = line_indent(self.data, start)
        remarks = inner.rstrip(_WHITE)
        lists_in_line = (
            not self.container.is_object and self.style.lists_in_line and not isinstance(value, dict | Raw)
        )
        if not remarks.strip(_WHITE) and (self.style.one_line or self._shares_line() or lists_in_line):
            edge = self.style.edge if self.container.is_object else b""
            return (
                self.data[:start] + edge + self._text(value, key, base, in_line=True) + edge + self.data[end:]
            )
        indent = base + self.style.unit
        text = self.style.newline + indent + self._text(value, key, indent) + self.style.newline + base
        return self.data[:start] + (remarks if remarks.strip() else b"") + text + self.data[end:]

    def _shares_line(self) -> bool:
        """Whether the empty container stands inside another one on the same line."""
        line_start = self.data.rfind(b"\n", 0, self.container.start) + 1
        before = self.data[line_start : self.container.start].strip(_WHITE)
        return before[:1] in (b"{", b"[") and len(before) > 1


def _split(pointer: str) -> tuple[str, str]:
    if not pointer:
        raise DomainError(Sentence(N_("The whole document cannot be moved, renamed or taken away.")))
    parent, _, _ = pointer.rpartition("/")
    return parent, split_pointer(pointer)[-1]


def _escaped(key: str) -> str:
    return key.replace("~", "~0").replace("/", "~1")


def _replace(data: bytes, start: int, end: int, text: bytes) -> bytes:
    return data[:start] + text + data[end:]


def _taken(key: str) -> DomainError:
    return DomainError(Sentence(N_("There is already something named %(key)s."), {"key": key}))
