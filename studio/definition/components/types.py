"""What a component type is, as values. Everything that shows, edits or checks components reads these."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final, Literal

from studio.definition.sentences import Sentence

Generation = Literal["v8", "v9"]
Group = Literal["form", "choice", "text", "information", "group", "navigation", "summary"]

# How a property is written in the layout file:
#   choice one of `choices` · choices a list of them · strings a list of texts
#   components a list of component ids
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

# The kinds of fields (studio.definition.data_model.Kind) that can hold one plain value.
PLAIN: Final = frozenset({"string", "number", "integer", "boolean", "date", "date-time", "time", "any"})
TEXTUAL: Final = frozenset({"string", "date", "date-time", "time", "any"})


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a property can take."""

    value: str | int | bool
    label: Sentence


@dataclass(frozen=True, slots=True)
class Property:
    """One property of a component. `default` is what holds where the file says nothing (None: nothing)."""

    name: str
    kind: PropertyKind
    label: Sentence
    help: Sentence
    default: Any = None
    # The default in v8 apps, where the generations differ.
    default_v8: Any = None
    expression_allowed: bool = False
    required: bool = False
    choices: tuple[Choice, ...] = ()
    properties: tuple["Property", ...] = ()
    minimum: int | None = None
    maximum: int | None = None
    # Rarely needed: shown folded away.
    advanced: bool = False
    deprecated: bool = False

    def default_in(self, generation: Generation) -> Any:
        """The default in an app of this generation."""
        return self.default_v8 if generation == "v8" and self.default_v8 is not None else self.default


@dataclass(frozen=True, slots=True)
class BindingSlot:
    """A place where a component is bound to a field: one of `kinds`, a list of them where `repeating`."""

    key: str
    label: Sentence
    kinds: frozenset[str]
    required: bool = False
    repeating: bool = False
    help: Sentence | None = None


@dataclass(frozen=True, slots=True)
class TextSlot:
    """A text of a component: a key in the text resources, a literal, or an expression."""

    key: str
    label: Sentence
    help: Sentence
    advanced: bool = False


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
    container: bool = False
    # Names of the types that may be inside; None: any type.
    allowed_children: frozenset[str] | None = None
    # What the type is called in v8 apps, where the name differs.
    name_v8: str | None = None
    # What a new component has beside its id, type and empty bindings.
    starts_with: Mapping[str, Any] = field(default_factory=dict)

    def name_in(self, generation: Generation) -> str:
        """How layouts of this generation spell the type."""
        return self.name_v8 or self.name if generation == "v8" else self.name

    def new(self, component_id: str, generation: Generation = "v9") -> dict[str, Any]:
        """A new component as it is written into a layout, complete but for its required bindings."""
        component: dict[str, Any] = {"id": component_id, "type": self.name_in(generation)}
        if self.bindings:
            component["dataModelBindings"] = {}
        if self.container:
            component["children"] = []
        return component | {key: _copied(value) for key, value in self.starts_with.items()}

    def property(self, name: str) -> Property | None:
        """The property with this name, if the type has it."""
        return next((found for found in self.properties if found.name == name), None)

    def binding(self, key: str) -> BindingSlot | None:
        """The binding slot with this key, if the type has it."""
        return next((slot for slot in self.bindings if slot.key == key), None)

    def text(self, key: str) -> TextSlot | None:
        """The text slot with this key, if the type has it."""
        return next((slot for slot in self.texts if slot.key == key), None)

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

    @cached_property
    def names(self) -> frozenset[str]:
        """Every name that a component of this type can have in a layout file."""
        names = {"id", "type", *(found.name for found in self.properties)}
        names |= {"textResourceBindings"} if self.texts else set()
        names |= {"dataModelBindings"} if self.bindings else set()
        return frozenset(names | ({"children"} if self.container else set()))

    @cached_property
    def required_names(self) -> frozenset[str]:
        """The names that a component of this type must have."""
        names = {"id", "type", *(found.name for found in self.properties if found.required)}
        names |= {"dataModelBindings"} if self.main_binding else set()
        return frozenset(names | ({"children"} if self.container else set()))


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value
