"""Carrying a change from one derived part to another over into the text of an XSD that somebody wrote.

What the change is not about keeps its text: annotations, comments, order, prefixes, line ends.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property
from typing import Final

from studio.definition.data_model.conversion.start_tags import (
    OCCURS,
    children_of,
    key_of,
    local_name,
    plain_name,
    with_attribute,
)
from studio.definition.data_model.conversion.xsd_parts import (
    Key,
    Part,
    Prefixes,
    attributes_text,
    lines,
)
from studio.definition.data_model.markup import Tag, indent_of, newline_of

_TYPES: Final = ("complexType", "simpleType")


class Misfit(Exception):
    """The text is not written as the part that it stands for would be; the change has no place in it."""


@dataclass(eq=False)
class Patch:
    """Edits of a text in UTF-8. `root` is its xsd:schema; `prefixes` are those of the text."""

    data: bytes
    root: Tag
    prefixes: Prefixes
    edits: list[tuple[int, int, bytes]] = field(default_factory=list)

    def result(self) -> bytes:
        """The text with all edits."""
        made, place = [], 0
        for start, end, text in sorted(self.edits, key=lambda edit: edit[:2]):
            if start < place:
                raise Misfit
            made += [self.data[place:start], text]
            place = end
        return b"".join([*made, self.data[place:]])

    def change(self, tag: Tag, before: Part, after: Part) -> None:
        """Make the text of `tag`, which stands for `before`, stand for `after`, as narrowly as that goes."""
        if tag.local == "element" and before.tag in _TYPES:
            self._change_inside(tag, before, after)
            return
        done = len(self.edits)
        try:
            self._merge(tag, before, after)
        except Misfit:
            del self.edits[done:]
            self._replace(tag, after)

    def _change_inside(self, element: Tag, before: Part, after: Part) -> None:
        """For a type that the text has inside of an element at the top, to which others refer."""
        inner = next(element.inside(*_TYPES), None)
        if inner is None or after.tag not in _TYPES or before.key[1] != after.key[1]:
            raise Misfit
        self.change(inner, _nameless(before), _nameless(after))

    def change_opening(self, tag: Tag, before: Part, after: Part) -> None:
        """Carry a change of attributes over. Raises Misfit where the text has others than `before`."""
        opening = self._opening(tag, before, after)
        if opening is not None:
            self.edits.append((tag.start, tag.opening_end, opening))

    def change_list(self, parent: Tag, making: "Making") -> None:
        """Make the children of `parent` that stand for some parts stand for others.

        Raises Misfit where a child that matters is not found.
        """
        before, after = making.before, making.after
        previous: Tag | None = None
        for kind, start, end, first, last in SequenceMatcher(None, before, after, False).get_opcodes():
            old, new = before[start:end], after[first:last]
            if kind == "equal":
                for key in old:
                    making.keep(key)
                previous = making.find(old[-1]) or previous
            elif making.are_renamed(old, new):
                for one, other in zip(old, new, strict=True):
                    previous = _found(making.find(one))
                    self.change(previous, making.old(one), making.new(other))
            else:
                for one in old:
                    self._remove(_found(making.find(one)))
                for place, other in enumerate(new, first):
                    self._insert(parent, previous, making.following(place), self._text_of(other, making))

    def _text_of(self, key: Key, making: "Making") -> Part | bytes:
        """What is inserted: the text as it stood where it was moved only."""
        if key not in making.before or making.old(key) != making.new(key):
            return making.new(key)
        tag = _found(making.find(key))
        return self.data[tag.start : tag.end]

    def _merge(self, tag: Tag, before: Part, after: Part) -> None:
        if before == after:
            return
        if tag.local != before.tag or before.tag != after.tag:
            raise Misfit
        if not before.children and after.children:
            self._fill(tag, self._opening(tag, before, after), after)
            return
        self.change_opening(tag, before, after)
        self._merge_children(tag, before, after)

    def _merge_children(self, tag: Tag, before: Part, after: Part) -> None:
        old = {part.key: part for part in before.children}
        new = {part.key: part for part in after.children}
        if len(old) < len(before.children) or len(new) < len(after.children):
            raise Misfit
        found: dict[Key, list[Tag]] = {}
        for child in children_of(tag):
            found.setdefault(key_of(child), []).append(child)

        def find(key: Key) -> Tag | None:
            tags = found.get(key, [])
            return tags[0] if len(tags) == 1 else None

        def keep(key: Key) -> None:
            if old[key] != new[key]:
                self.change(_found(find(key)), old[key], new[key])

        self.change_list(tag, Making(list(old), list(new), find, old.__getitem__, new.__getitem__, keep))

    # Tags

    def _opening(self, tag: Tag, before: Part, after: Part) -> bytes | None:
        """The start tag with the attributes that changed; None where none did."""
        text = self.data[tag.start : tag.opening_end]
        for name in dict.fromkeys((*after.attributes, *before.attributes)):
            old, new = before.attributes.get(name), after.attributes.get(name)
            if old == new:
                continue
            given = tag.attributes.get(name)
            if local_name(given) != plain_name(old) and not (old is None and name in OCCURS and given == "1"):
                raise Misfit
            text = with_attribute(text, name, None if new is None else self.prefixes.written(new))
        return text if text != self.data[tag.start : tag.opening_end] else None

    def _fill(self, tag: Tag, opening: bytes | None, after: Part) -> None:
        """Children for a tag that had none, annotations aside."""
        if any(child.local != "annotation" for child in tag.children):
            raise Misfit
        opening = opening or self.data[tag.start : tag.opening_end]
        own = indent_of(self.data, tag.start)
        inner = b"".join(self._written(child, own + self.step) for child in after.children)
        if tag.is_empty:
            closing = f"</{tag.name}>".encode()
            text = opening[:-2].rstrip() + b">" + inner + self.newline + own + closing
            self.edits.append((tag.start, tag.end, text))
            return
        place = tag.children[-1].end if tag.children else tag.opening_end
        self.edits.append((tag.start, tag.opening_end, opening))
        end = place if tag.children else self.data.rindex(b"</", tag.start, tag.end)
        self.edits.append((place, end, inner if tag.children else inner + self.newline + own))

    def _replace(self, tag: Tag, after: Part) -> None:
        own = indent_of(self.data, tag.start)
        note = next(tag.inside("annotation"), None)
        text = self._written(after, own)[len(self.newline) + len(own) :]
        if note is not None:
            text = self._with_note(after, own, self.data[note.start : note.end])
        self.edits.append((tag.start, tag.end, text))

    def _with_note(self, part: Part, own: bytes, note: bytes) -> bytes:
        name = self.prefixes.xsd + part.tag
        opening = f"<{name}{attributes_text(part.attributes, self.prefixes)}>".encode()
        inner = b"".join(self._written(child, own + self.step) for child in part.children)
        written = self.newline + own + self.step + note + inner + self.newline + own
        return opening + written + f"</{name}>".encode()

    def _remove(self, tag: Tag) -> None:
        start = tag.start
        while start and self.data[start - 1 : start] in {b" ", b"\t"}:
            start -= 1
        if self.data[start - 1 : start] == b"\n":
            start -= 2 if self.data[start - 2 : start] == b"\r\n" else 1
        self.edits.append((start, tag.end, b""))

    def _insert(self, parent: Tag, previous: Tag | None, following: Tag | None, part: Part | bytes) -> None:
        beside = previous or following
        if beside is None:
            beside = next(reversed(parent.children), None)
            if beside is None or parent.is_empty:
                raise Misfit
            previous = beside
        indent = indent_of(self.data, beside.start)
        if isinstance(part, Part):
            text = self._written(part, indent)[len(self.newline) + len(indent) :]
        else:
            text = part
        if previous is not None:
            self.edits.append((previous.end, previous.end, self.newline + indent + text))
        else:
            self.edits.append((beside.start, beside.start, text + self.newline + indent))

    def _written(self, part: Part, indent: bytes) -> bytes:
        """A part on lines of its own, with a newline before it."""
        made: Iterator[str] = lines(part, self.prefixes, self.step.decode(), indent.decode())
        return b"".join(self.newline + line.encode() for line in made)

    @property
    def newline(self) -> bytes:
        """The line end of the text."""
        return newline_of(self.data)

    @cached_property
    def step(self) -> bytes:
        """How much deeper each level is written."""
        first = next(iter(self.root.children), None)
        indent = indent_of(self.data, first.start) if first else b""
        return indent or b"  "


@dataclass(frozen=True)
class Making:
    """A list of parts that becomes another: the keys, where a key stands in the text, and the parts."""

    before: Sequence[Key]
    after: Sequence[Key]
    find: Callable[[Key], Tag | None]
    old: Callable[[Key], Part]
    new: Callable[[Key], Part]
    # Called with each key that stays in its place.
    keep: Callable[[Key], None]

    def are_renamed(self, old: Sequence[Key], new: Sequence[Key]) -> bool:
        """Whether each of the old keys became the new one in its place."""
        if len(old) != len(new) or any(one[0] != other[0] for one, other in zip(old, new, strict=True)):
            return False
        return not set(old) & set(self.after) and not set(new) & set(self.before)

    def following(self, place: int) -> Tag | None:
        """The next child, behind a place in `after`, that is in the text already."""
        later = (key for key in self.after[place + 1 :] if key in self.before)
        return next((tag for key in later if (tag := self.find(key)) is not None), None)


def _nameless(part: Part) -> Part:
    attributes = {name: value for name, value in part.attributes.items() if name != "name"}
    return Part(part.tag, attributes, part.children)


def _found(tag: Tag | None) -> Tag:
    if tag is None:
        raise Misfit
    return tag
