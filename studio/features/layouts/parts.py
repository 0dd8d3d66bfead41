"""The properties of a component as the panel shows them, with all inside them: read off the catalogue."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from studio.definition.components import (
    Alternatives,
    Enumeration,
    Flag,
    ListShape,
    MapShape,
    Number,
    ObjectShape,
    Property,
    Reference,
    Shape,
    Target,
    Text,
    is_expression,
    variants,
)
from studio.definition.sentences import Sentence
from studio.features.layouts.alternatives import Kinds, chosen_of, kinds_of
from studio.features.layouts.offers import Offer, Offers
from studio.web import translate

# How a part is shown:
#   flag a switch · choice one of `offers` · choices several of them · number, line a field · lines one a line
#   text in the editor's language · reference the name of something in the app
#   held a component that stands in this place (its id), and gets there by being moved
#   object its members · kinds one of several kinds of objects, with the members of the chosen one
#   list items one below the other · table rows of cells · map names of the app's own, each with a value
#   odd a value that the property cannot hold, shown as it stands
Look = Literal[
    "flag",
    "choice",
    "choices",
    "number",
    "line",
    "lines",
    "text",
    "reference",
    "held",
    "object",
    "kinds",
    "list",
    "table",
    "map",
    "odd",
]
_LONGEST_HEADING: Final = 60
_HOLDERS: Final = re.compile(
    r"/(tabs|cards)/\d+/children(/\d+)?|/cards/\d+/media|/rows(Before|After)?/\d+/cells/\d+/component"
)


@dataclass(frozen=True, slots=True)
class Part:
    """One place in a component. `pointer` is inside the component; `value` stands there, if it `is_there`.

    `text` is the value as a form field holds it, `rule` the expression that stands in its place. `key` is
    the name of a member of a map, `number` the place in a list (from 1), and `heading` what an item is about.
    """

    look: Look
    pointer: str
    about: Property
    shape: Shape
    value: Any = None
    is_there: bool = False
    required: bool = False
    rule_allowed: bool = False
    default: Any = None
    text: str = ""
    rule: str = ""
    missing: bool = False  # the text is there, but not in this language
    inside: tuple["Part", ...] = ()
    offers: tuple[Offer, ...] = ()
    kinds: Kinds = ()
    chosen: int | None = None  # among `kinds`
    key: str = ""
    number: int = 0
    heading: str = ""

    @property
    def element_id(self) -> str:
        """An id for the control of this part."""
        return "set" + self.pointer.replace("/", "-")

    @property
    def label(self) -> Sentence:
        """What it is called."""
        return self.about.label

    @property
    def is_member(self) -> bool:
        """Whether it is an item of a list or of a map, which is taken away as a whole."""
        return bool(self.number or self.key)

    @property
    def is_set(self) -> bool:
        """Whether the file says something here."""
        return self.is_there

    @property
    def is_on(self) -> bool:
        """Whether a switch is shown as on."""
        return bool(self.value if self.is_there else self.default)

    @property
    def columns(self) -> int:
        """How many cells the widest row of a table has."""
        return max((len(row.member("cells").inside) for row in self.inside if row.inside), default=0)

    def member(self, name: str) -> "Part":
        """The property of an object that is called so. Raises StopIteration where there is none."""
        return next(inner for inner in self.inside if inner.about.name == name)

    def slot(self, name: str) -> "Part":
        """Where a property of the first kind of object would stand, though the object is another or none."""
        shape = self.kinds[0].shape
        found = shape.property(name) if isinstance(shape, ObjectShape) else None
        about = found or self.about
        return Part("held", f"{self.pointer}/{escaped(name)}", about, about.shape)

    def members_but(self, *names: str) -> tuple["Part", ...]:
        """The properties of an object but for some."""
        return tuple(inner for inner in self.inside if inner.about.name not in names)

    def walk(self) -> Iterator["Part"]:
        """This part and all inside it."""
        yield self
        for inner in self.inside:
            yield from inner.walk()


@dataclass(frozen=True)
class Parts:
    """Makes the parts of a component."""

    offers: Offers

    def all(self) -> Iterator[Part]:
        """Every property of the component's type."""
        for found in self.offers.kind.properties_of(self.offers.component.raw):
            yield self._member(found, "", self.offers.component.raw)

    def at(self, pointer: str) -> Part | None:
        """The part at a place inside the component."""
        name = pointer.removeprefix("/").partition("/")[0]
        found = self.offers.kind.property(name.replace("~1", "/").replace("~0", "~"))
        if found is None:
            return None
        whole = self._member(found, "", self.offers.component.raw)
        return next((part for part in whole.walk() if part.pointer == pointer), None)

    def _member(self, found: Property, pointer: str, raw: Mapping[str, Any]) -> Part:
        start = Part(
            look="odd",
            pointer=f"{pointer}/{escaped(found.name)}",
            about=found,
            shape=found.shape,
            value=raw.get(found.name),
            is_there=found.name in raw,
            required=found.required,
            rule_allowed=found.expression_allowed,
            default=found.default_in(self.offers.app.generation),
        )
        return self._filled(start)

    def _filled(self, start: Part) -> Part:
        """A part with what its shape says about the value."""
        if start.is_there and start.rule_allowed and is_expression(start.value):
            plain = self._shaped(replace(start, value=None, is_there=False))
            return replace(
                start, look=plain.look, offers=plain.offers, kinds=plain.kinds, rule=as_json(start.value)
            )
        return self._shaped(start)

    def _shaped(self, start: Part) -> Part:  # noqa: C901, PLR0911, PLR0912 - one line for each shape
        shape, value = start.shape, start.value
        kinds = kinds_of(shape)
        if kinds and (len(kinds) > 1 or isinstance(shape, Alternatives)):
            return self._of_kinds(start, kinds)
        match shape:
            case ObjectShape() if _fits(start, dict):
                return self._object(start, shape)
            case ListShape(item) if _fits(start, list):
                return self._list(start, item)
            case MapShape() if _fits(start, dict):
                return self._map(start, shape)
            case Flag() if _fits(start, bool):
                return replace(start, look="flag", text="true" if start.is_on else "")
            case Enumeration() if _is_single(value):
                return _choice(start, shape)
            case Number() if _is_single(value):
                return replace(start, look="number", text=as_text(value))
            case Reference("text") if _fits(start, str):
                return self._text(start)
            case Reference() if is_holder(start.pointer) and _fits(start, str):
                return replace(start, look="held", text=value or "")
            case Reference(to) if _fits(start, str):
                return replace(
                    start, look="reference", text=value or "", offers=self._offered(to, start.about.name)
                )
            case Alternatives() if isinstance(value, list) and not any(is_nested(one) for one in value):
                return replace(start, look="lines", text=_lines(value))
            case _ if isinstance(shape, ObjectShape | ListShape | MapShape | Flag | Reference):
                return _odd(start)
            case _ if _is_single(value):
                return replace(start, look="line", text=as_text(value), offers=_suggestions(shape))
        return _odd(start)

    def _of_kinds(self, start: Part, kinds: Kinds) -> Part:
        if start.value is not None and not isinstance(start.value, dict):
            return _odd(start)
        chosen = chosen_of(kinds, start.value) if start.is_there else None
        shape = kinds[chosen].shape if chosen is not None else None
        inside = self._members(shape, start) if isinstance(shape, ObjectShape) else ()
        return replace(start, look="kinds", kinds=kinds, chosen=chosen, inside=inside)

    def _object(self, start: Part, shape: ObjectShape) -> Part:
        if not start.is_there and any(found.required for found in shape.properties):
            return replace(start, look="object")  # made as a whole, so that it is never half an object
        return replace(start, look="object", inside=self._members(shape, start))

    def _members(self, shape: ObjectShape, start: Part) -> tuple[Part, ...]:
        raw = start.value if isinstance(start.value, dict) else {}
        return tuple(
            self._member(found, start.pointer, raw)
            for found in shape.properties
            if not is_constant(found.shape)
        )

    def _list(self, start: Part, item: Shape) -> Part:
        values = start.value or []
        if isinstance(item, Enumeration):
            return _choices(start)
        if isinstance(item, Text | Number):
            fine = not any(is_nested(one) for one in values)
            return replace(start, look="lines", text=_lines(values)) if fine else _odd(start)
        offers = self._offered(item.to, start.about.name) if isinstance(item, Reference) else ()
        inside = tuple(self._item(start, item, place, value) for place, value in enumerate(values))
        rows = isinstance(item, ObjectShape) and item.property("cells") is not None
        fits = rows and all(row.look == "object" and row.member("cells").look == "list" for row in inside)
        return replace(start, look="table" if fits else "list", offers=offers, inside=inside)

    def _item(self, holder: Part, item: Shape, place: int, value: Any) -> Part:
        part = self._shaped(
            Part("odd", f"{holder.pointer}/{place}", holder.about, item, value, is_there=True)
        )
        return replace(part, required=True, number=place + 1, heading=self._heading(part))

    def _map(self, start: Part, shape: MapShape) -> Part:
        offers = self._offered(shape.keys, start.about.name) if shape.keys else ()
        names = {offer.value: offer.label for offer in offers}
        inside = tuple(
            replace(
                self._filled(
                    Part(
                        "odd",
                        f"{start.pointer}/{escaped(key)}",
                        start.about,
                        shape.value,
                        value,
                        is_there=True,
                        rule_allowed=shape.expression_allowed,
                    )
                ),
                required=True,
                key=key,
                heading=names.get(key, key),
            )
            for key, value in (start.value or {}).items()
        )
        return replace(start, look="map", inside=inside, offers=offers)

    def _text(self, start: Part) -> Part:
        key, app = start.value or "", self.offers.app
        found = app.texts(self.offers.language).get(key) if key else None
        if found is not None:
            return replace(start, look="text", text=found.value)
        elsewhere = bool(key) and any(app.texts(other).get(key) is not None for other in app.languages)
        return replace(start, look="text", text="" if elsewhere else key, missing=elsewhere)

    def _offered(self, to: Target, name: str) -> tuple[Offer, ...]:
        return self.offers.of(to, name)

    def _heading(self, part: Part) -> str:
        """What an item of a list is about: its first text, or the first that it says at all."""
        if part.look in {"reference", "held"}:
            return self.offers.name_of(part.text)
        said = [inner for inner in part.inside if inner.text and inner.look != "flag" and not inner.rule]
        first = next((inner for inner in said if inner.look == "text"), said[0] if said else None)
        kind = part.kinds[part.chosen].label if part.chosen is not None else None
        words = _shown(first) if first is not None else translate(kind) if kind and part.value else ""
        if first is not None and (first.look == "held" or first.about.name == "labelFrom"):
            words = self.offers.name_of(first.text)
        words = " ".join(words.split())
        return words if len(words) <= _LONGEST_HEADING else f"{words[: _LONGEST_HEADING - 1]}…"


def is_holder(pointer: str) -> bool:
    """Whether components stand at this place of a component, which get there by being moved."""
    return _HOLDERS.fullmatch(pointer) is not None


def _shown(part: Part) -> str:
    """A part's value as a person reads it."""
    labels = (offer.label for offer in part.offers if offer.value == part.text)
    return next(
        (translate(label) if isinstance(label, Sentence) else label for label in labels if label), part.text
    )


def _fits(start: Part, kind: type) -> bool:
    return not start.is_there or isinstance(start.value, kind)


def _is_single(value: Any) -> bool:
    return value is None or isinstance(value, str | int | float)


def is_nested(value: Any) -> bool:
    """Whether a value has parts of its own."""
    return isinstance(value, dict | list)


def is_constant(shape: Shape) -> bool:
    """Whether a property has but one value, which tells kinds of objects apart."""
    return isinstance(shape, Enumeration) and len(shape.choices) == 1


def _odd(start: Part) -> Part:
    return replace(start, look="odd", text=as_json(start.value))


def _choice(start: Part, shape: Enumeration) -> Part:
    offers = tuple(Offer(as_json(choice.value), choice.label) for choice in shape.choices)
    return replace(start, look="choice", text=as_json(start.value) if start.is_there else "", offers=offers)


def _choices(start: Part) -> Part:
    values = start.value or []
    if any(not isinstance(one, str) for one in values):
        return _odd(start)
    return replace(start, look="choices")


def _suggestions(shape: Shape) -> tuple[Offer, ...]:
    """The values that a field of free text is often given."""
    found = [inner for inner in variants(shape) if isinstance(inner, Enumeration)]
    return tuple(Offer(str(choice.value), "") for inner in found for choice in inner.choices)


def _lines(values: list[Any]) -> str:
    return "\n".join(as_text(one) for one in values)


def as_text(value: Any) -> str:
    """A single value as a field holds it."""
    if isinstance(value, str):
        return value
    return "" if value is None else as_json(value)


def as_json(value: Any) -> str:
    """A value as JSON in one line."""
    return json.dumps(value, ensure_ascii=False)


def escaped(name: str) -> str:
    """A name as a part of a JSON Pointer."""
    return name.replace("~", "~0").replace("/", "~1")
