"""What a component type is, as values. Everything that shows, edits or checks components reads these."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Final, Literal, TypeVar

from studio.definition.components.shapes import Generation, Property
from studio.definition.sentences import Sentence

Group = Literal[
    "form",
    "choice",
    "upload",
    "text",
    "information",
    "media",
    "group",
    "table",
    "navigation",
    "summary",
    "process",
    "advanced",
]
# Containers differ in what they take; a page, Group and RepeatingGroup take everything. "Table" stands for
# the cells of Grid and of a repeating group, "CardsMedia" for the picture of a card.
Surrounding = Literal["Table", "ButtonGroup", "Accordion", "AccordionGroup", "Cards", "CardsMedia", "Tabs"]
# Where a container names what it holds: in a list of its own, in its cells, its tabs or its cards.
ChildPlace = Literal["children", "rows", "tabs", "cards"]

# The kinds of fields (studio.definition.data_model.Kind) that can hold one plain value.
PLAIN: Final = frozenset({"string", "number", "integer", "boolean", "date", "date-time", "time", "any"})
TEXTUAL: Final = frozenset({"string", "date", "date-time", "time", "any"})
ROWS: Final = frozenset({"group"})


# The properties that say where options come from, and those that say which of them are shown and how.
_SOURCES: Final = ("options", "optionsId", "source")
_ABOUT_OPTIONS: Final = frozenset(
    {*_SOURCES, "sortOrder", "optionFilter", "mapping", "queryParameters", "secure"}
)


@dataclass(frozen=True, slots=True)
class BindingSlot:
    """A place where a component is bound to a field: one of `kinds`, a list of them where `repeating`."""

    key: str
    label: Sentence
    kinds: frozenset[str]
    required: bool = False
    repeating: bool = False
    help: Sentence | None = None
    # The key in v8 apps, where it differs.
    key_v8: str | None = None
    # The key in the latest v9 apps, where it differs. Both hold.
    key_latest: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that components spell it with."""
        return tuple(key for key in (self.key, self.key_v8, self.key_latest) if key)


@dataclass(frozen=True, slots=True)
class TextSlot:
    """A text of a component: a key in the text resources, a literal, or an expression."""

    key: str
    label: Sentence
    help: Sentence
    advanced: bool = False
    # The key in the latest v9 apps, where it differs. Both hold.
    key_latest: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key that components spell it with."""
        return (self.key, self.key_latest) if self.key_latest else (self.key,)


Slot = TypeVar("Slot", BindingSlot, TextSlot)


@dataclass(frozen=True)
class ComponentType:
    """A component type: declared once here, and nowhere else."""

    name: str
    group: Group
    icon: str
    label: Sentence
    help: Sentence
    properties: tuple[Property, ...]
    bindings: tuple[BindingSlot, ...] = ()
    texts: tuple[TextSlot, ...] = ()
    # Where it names the components that it holds; None: it holds none.
    children_in: ChildPlace | None = None
    # What its children must be able to stand in; None: they can be anything.
    takes: Surrounding | None = None
    # The particular surroundings that it can stand in, beside pages and groups.
    stands_in: frozenset[Surrounding] = frozenset()
    # Names of the types that may be inside; None: any type. Worked out from `takes` by the catalogue.
    allowed_children: frozenset[str] | None = None
    # Bindings with names of the app's own are allowed beside the declared ones.
    open_bindings: bool = False
    # One of the bindings is needed, though no particular one.
    needs_a_binding: bool = False
    # The bindings exclude one another: it has one of them at most.
    one_binding: bool = False
    # What it takes in are files, kept in the data type that has the component's id.
    stores_files: bool = False
    # Its options are extra: without them it is complete as well.
    options_are_extra: bool = False
    # What the type is called in v8 apps, where the name differs.
    name_v8: str | None = None
    # What a new component has beside its id, type and empty bindings.
    starts_with: Mapping[str, Any] = field(default_factory=dict)
    # Offered to designers. The others are internal, on trial or superseded, and are only kept.
    in_palette: bool = True

    @property
    def container(self) -> bool:
        """Whether components can be put into it one after the other (cells are filled one by one)."""
        return self.children_in in {"children", "tabs", "cards"}

    def name_in(self, generation: Generation) -> str:
        """How layouts of this generation spell the type."""
        return self.name_v8 or self.name if generation == "v8" else self.name

    def bindings_in(self, generation: Generation, given: Container[str] = ()) -> tuple[BindingSlot, ...]:
        """The binding slots with the keys that a component has (`given`), else those of this generation."""
        if generation == "v9":
            return _spelled(self.bindings, given)
        return _spelled([replace(slot, key=slot.key_v8 or slot.key) for slot in self.bindings], given)

    def texts_in(self, given: Container[str]) -> tuple[TextSlot, ...]:
        """The text slots with the keys that a component has."""
        return _spelled(self.texts, given)

    @cached_property
    def other_keys(self) -> Mapping[str, str]:
        """Another spelling of a binding or a text -> the key by which it is declared."""
        slots: tuple[BindingSlot | TextSlot, ...] = (*self.bindings, *self.texts)
        return {key: slot.key for slot in slots for key in slot.keys if key != slot.key}

    def new(self, component_id: str, generation: Generation = "v9") -> dict[str, Any]:
        """A new component as it is written into a layout, complete but for its required bindings."""
        component: dict[str, Any] = {"id": component_id, "type": self.name_in(generation)}
        if "dataModelBindings" in self.required_names:
            component["dataModelBindings"] = {}
        if self.children_in == "children":
            component["children"] = []
        return component | {key: _copied(value) for key, value in self.starts_with.items()}

    def property(self, name: str) -> Property | None:
        """The property with this name, if the type has it."""
        return next((found for found in self.properties if found.name == name), None)

    def binding(self, key: str) -> BindingSlot | None:
        """The binding slot with this key (in any spelling), if the type has it."""
        return next((slot for slot in self.bindings if key in slot.keys), None)

    def text(self, key: str) -> TextSlot | None:
        """The text slot with this key (in any spelling), if the type has it."""
        return next((slot for slot in self.texts if key in slot.keys), None)

    @cached_property
    def main_text(self) -> str | None:
        """The key of the text that names the component ("title"), None where it has none."""
        return "title" if self.text("title") else None

    @cached_property
    def main_binding(self) -> BindingSlot | None:
        """The slot that holds what the person enters: the first required one, None for unbound types."""
        return next((slot for slot in self.bindings if slot.required), None)

    @cached_property
    def is_form(self) -> bool:
        """Whether a person enters something here (so it can be required and read-only)."""
        return self.property("required") is not None

    @cached_property
    def has_options(self) -> bool:
        """Whether the component offers options to choose from."""
        return self.property("options") is not None

    def offers_options(self, raw: Mapping[str, Any]) -> bool:
        """Whether a component offers options to choose from, or should."""
        extra = self.options_are_extra and not any(raw.get(name) for name in _SOURCES)
        return self.has_options and not extra

    def properties_of(self, raw: Mapping[str, Any]) -> tuple[Property, ...]:
        """The properties that are of use to a component."""
        return self.properties if self.offers_options(raw) else self.properties_without_extras

    @cached_property
    def properties_without_extras(self) -> tuple[Property, ...]:
        """The properties without those about options, where options are extra."""
        return tuple(
            found
            for found in self.properties
            if not self.options_are_extra or found.name not in _ABOUT_OPTIONS
        )

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that a component of this type can have in a layout file."""
        names = {"id", "type", *(found.name for found in self.properties)}
        names |= {"textResourceBindings"} if self.texts else set()
        names |= {"dataModelBindings"} if self.bindings or self.open_bindings else set()
        return frozenset(names | ({"children"} if self.children_in == "children" else set()))

    @cached_property
    def required_names(self) -> frozenset[str]:
        """The names that a component of this type must have."""
        names = {"id", "type", *(found.name for found in self.properties if found.required)}
        names |= {"dataModelBindings"} if self.main_binding or self.needs_a_binding else set()
        return frozenset(names | ({"children"} if self.children_in == "children" else set()))


def _spelled(slots: Sequence[Slot], given: Container[str]) -> tuple[Slot, ...]:
    """The slots with the keys that a component has; the rest is spelled as these are."""
    latest = any(slot.key_latest in given for slot in slots if slot.key_latest)
    return tuple(
        replace(
            slot,
            key=next((key for key in slot.keys if key in given), (latest and slot.key_latest) or slot.key),
        )
        for slot in slots
    )


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
