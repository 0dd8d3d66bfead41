"""What a property of a component can hold, as values. One shape for each way of writing it in a layout file.

Property panel, JSON Schema, checks and documentation all read these, so none of them knows more than another.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Final, Literal

from studio.definition.sentences import Sentence

Generation = Literal["v8", "v9"]
# What a name written in a layout refers to:
#   component an id of the same page · page a page of the layout set · task an element of the process
#   layout set a folder of pages · data type one of the app's metadata · field a path in the data model
#   text a key in the text resources, or the text itself · option list one of the app's option lists
#   column a key of the list's own `tableHeaders` · language a language code ("nb")
Target = Literal[
    "component",
    "page",
    "task",
    "layout set",
    "data type",
    "field",
    "text",
    "option list",
    "column",
    "language",
]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a property can take."""

    value: str | int | bool
    label: Sentence


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""


@dataclass(frozen=True, slots=True)
class Text:
    """Any text; `pattern` is a regular expression that it has to match as a whole."""

    pattern: str | None = None


@dataclass(frozen=True, slots=True)
class Number:
    """A number, without decimals where `whole`; the limits belong to it."""

    whole: bool = False
    minimum: int | None = None
    maximum: int | None = None


@dataclass(frozen=True, slots=True)
class Enumeration:
    """One of a closed list of values. With a single choice it tells alternatives apart."""

    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """The name of something else in the app."""

    to: Target


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text, a number, true, false or null: the stored value of an option."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Null: an empty cell."""


@dataclass(frozen=True, slots=True)
class ObjectShape:
    """A JSON object with these properties and no others. `label` names it among alternatives.

    `older`: what files may have besides. It holds and is checked, but the platform's schema does not know it,
    and it is not offered.
    """

    properties: tuple["Property", ...]
    label: Sentence | None = None
    older: tuple["Property", ...] = ()

    def property(self, name: str) -> "Property | None":
        """The property with this name, if the object has it."""
        return next((found for found in self.properties if found.name == name), None)


@dataclass(frozen=True, slots=True)
class ListShape:
    """A list of values of one shape."""

    item: "Shape"


@dataclass(frozen=True, slots=True)
class MapShape:
    """A JSON object whose names are the app's own; `keys` says what they refer to, if to anything."""

    value: "Shape"
    keys: Target | None = None
    expression_allowed: bool = False


@dataclass(frozen=True, slots=True)
class Alternatives:
    """A value of any one of these shapes. The first is the usual one."""

    shapes: tuple["Shape", ...]


Shape = (
    Flag
    | Text
    | Number
    | Enumeration
    | Reference
    | Scalar
    | Nothing
    | ObjectShape
    | ListShape
    | MapShape
    | Alternatives
)

FLAG: Final = Flag()
TEXT: Final = Text()
WHOLE_NUMBER: Final = Number(whole=True)


def variants(shape: Shape) -> Iterator[Shape]:
    """The shapes that a value can have: those of all alternatives, or the shape itself."""
    if isinstance(shape, Alternatives):
        for inner in shape.shapes:
            yield from variants(inner)
    else:
        yield shape


def objects(shape: Shape) -> tuple[ObjectShape, ...]:
    """The objects among the alternatives."""
    return tuple(inner for inner in variants(shape) if isinstance(inner, ObjectShape))


# A shape in one word, for those who show a property in one field:
#   boolean, string, integer, number · choice one of `choices` · choices a list of them
#   strings a list of texts · components a list of component ids
#   options a list of {label, value, description?, helpText?} · object a JSON object with `properties`
#   map a JSON object with names of the app's own · objects a list of JSON objects
PropertyKind = Literal[
    "boolean",
    "string",
    "integer",
    "number",
    "choice",
    "choices",
    "strings",
    "components",
    "options",
    "object",
    "map",
    "objects",
]


@dataclass(frozen=True)
class Property:
    """One property of a component. `default` is what holds where the file says nothing (None: nothing)."""

    name: str
    shape: Shape
    label: Sentence
    help: Sentence
    default: Any = None
    # The default in v8 apps, where the generations differ.
    default_v8: Any = None
    expression_allowed: bool = False
    required: bool = False
    # Rarely needed: shown folded away.
    advanced: bool = False
    deprecated: bool = False

    def default_in(self, generation: Generation) -> Any:
        """The default in an app of this generation."""
        return self.default_v8 if generation == "v8" and self.default_v8 is not None else self.default

    @cached_property
    def kind(self) -> PropertyKind:
        """The shape in one word."""
        return _kind(self.shape)

    @cached_property
    def choices(self) -> tuple[Choice, ...]:
        """The values to choose from: those of an enumeration, or of a list of them."""
        shape = self.shape.item if isinstance(self.shape, ListShape) else self.shape
        return shape.choices if isinstance(shape, Enumeration) else ()

    @cached_property
    def properties(self) -> tuple["Property", ...]:
        """The properties of the object; where there are alternatives, those of any of them."""
        return merged(self.shape)

    @property
    def minimum(self) -> int | None:
        """The smallest number, if there is one."""
        return self.shape.minimum if isinstance(self.shape, Number) else None

    @property
    def maximum(self) -> int | None:
        """The largest number, if there is one."""
        return self.shape.maximum if isinstance(self.shape, Number) else None


def merged(shape: Shape) -> tuple[Property, ...]:
    """The properties of an object; where there are alternatives, those of any of them, the fullest first.

    Needed is only what all alternatives need.
    """
    alternatives = objects(shape)
    found: dict[str, Property] = {}
    for inner in (inner for each in alternatives for inner in each.properties):
        known = found.get(inner.name)
        found[inner.name] = inner if known is None else _either(known, inner)
    fullest_first = sorted(alternatives, key=lambda each: -len(each.properties))
    names = dict.fromkeys(inner.name for each in fullest_first for inner in each.properties)
    always = {name for name in names if all(each.property(name) for each in alternatives)}
    return tuple(replace(found[name], required=found[name].required and name in always) for name in names)


def _either(first: Property, second: Property) -> Property:
    """A property that two alternatives of an object have, as one."""
    shapes = (first.shape, second.shape)
    if first.shape == second.shape:
        shape = first.shape
    elif isinstance(first.shape, Enumeration) and isinstance(second.shape, Enumeration):
        more = tuple(choice for choice in second.shape.choices if choice not in first.shape.choices)
        shape = Enumeration(first.shape.choices + more)
    else:
        shape = Alternatives(shapes)
    return replace(first, shape=shape, required=first.required and second.required)


def _kind(shape: Shape) -> PropertyKind:
    if isinstance(shape, Number):
        return "integer" if shape.whole else "number"
    if isinstance(shape, ListShape):
        return _list_kind(shape.item)
    if isinstance(shape, Alternatives):
        return _kind(shape.shapes[0])
    return _KINDS.get(type(shape), "string")


def _list_kind(item: Shape) -> PropertyKind:
    if isinstance(item, Enumeration):
        return "choices"
    if isinstance(item, Reference):
        return "components" if item.to == "component" else "strings"
    if isinstance(item, ObjectShape) and item.property("helpText"):
        return "options"
    return "strings" if isinstance(item, Text) else "objects"


_KINDS: Final[Mapping[type, PropertyKind]] = {
    Flag: "boolean",
    Enumeration: "choice",
    ObjectShape: "object",
    MapShape: "map",
}
