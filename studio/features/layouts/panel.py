"""What the property panel shows about a component, as values: read off the component catalogue."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition, Component, LayoutSet
from studio.definition.components import ComponentType, Property, TextSlot, component_type, known_elsewhere
from studio.definition.sentences import Sentence
from studio.features.layouts.fields import BindingEntry, binding_entries

# Shown in places of their own, not in the generated lists.
_OWN_PLACE: Final = frozenset({"required", "readOnly", "hidden", "options", "optionsId", "grid"})
_WIDTH_SIZES: Final = ("xs", "md")


@dataclass(frozen=True, slots=True)
class TextEntry:
    """A text of a component in one language. `fixed` is an expression, shown as it stands in the file."""

    slot: TextSlot
    key: str | None
    value: str
    missing: bool = False  # the key is there, but not in this language
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class PropertyEntry:
    """A property with its value. `text` is the value as a form field holds it; `fixed` an expression."""

    about: Property
    pointer: str
    value: Any
    default: Any
    text: str
    fixed: str | None = None
    inside: tuple["PropertyEntry", ...] = ()

    @property
    def element_id(self) -> str:
        """An id for the form of this property."""
        return "set" + self.pointer.replace("/", "-")

    @property
    def is_set(self) -> bool:
        """Whether the file says something here."""
        return self.value is not None or any(entry.is_set for entry in self.inside)


@dataclass(frozen=True, slots=True)
class OptionEntry:
    """One row of a component's own options. `label` is what is shown, `key` what stands in the file."""

    value: str
    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything the panel shows of one component."""

    component: Component
    kind: ComponentType | None
    label: Sentence
    texts: tuple[TextEntry, ...]
    bindings: tuple[BindingEntry, ...]
    switches: tuple[PropertyEntry, ...]
    options: tuple[OptionEntry, ...]
    options_list: str | None
    widths: tuple[PropertyEntry, ...]
    properties: tuple[PropertyEntry, ...]
    unknown: tuple[str, ...]

    @property
    def main_texts(self) -> tuple[TextEntry, ...]:
        """The texts that are shown at once: those in use, and those that are often needed."""
        return tuple(entry for entry in self.texts if not entry.slot.advanced or entry.key)

    @property
    def more_texts(self) -> tuple[TextEntry, ...]:
        """The texts that are folded away."""
        return tuple(entry for entry in self.texts if entry.slot.advanced and not entry.key)

    @property
    def main_properties(self) -> tuple[PropertyEntry, ...]:
        """The properties of this type that are often needed, and those in use."""
        return tuple(entry for entry in self.properties if _is_shown(entry))

    @property
    def more_properties(self) -> tuple[PropertyEntry, ...]:
        """The properties that are folded away."""
        return tuple(entry for entry in self.properties if not _is_shown(entry))


def _is_shown(entry: PropertyEntry) -> bool:
    # The widths of the grid that have no place of their own are rarely needed.
    rare = entry.about.advanced or entry.pointer.startswith("/grid/")
    return entry.is_set or not rare


def component_label(type_name: str) -> Sentence:
    """The plain name of a component type; the type's own name where nobody knows a better one."""
    kind = component_type(type_name)
    return kind.label if kind else known_elsewhere(type_name) or Sentence("%(type)s", {"type": type_name})


def panel_of(app: AppDefinition, layout_set: LayoutSet, component: Component, language: str) -> Panel:
    """The panel of one component, with its texts in `language`."""
    kind = component_type(component.type)
    entries = {entry.about.name: entry for entry in _entries(app, kind, component)}
    grid = entries["grid"].inside if "grid" in entries else ()
    return Panel(
        component=component,
        kind=kind,
        label=component_label(component.type),
        texts=tuple(text_entry(app, component, slot, language) for slot in (kind.texts if kind else ())),
        bindings=binding_entries(app, layout_set, component, kind, language),
        switches=tuple(entries[name] for name in ("required", "readOnly", "hidden") if name in entries),
        options=_option_entries(app, component, language),
        options_list=_text_or_none(component.raw.get("optionsId")),
        widths=tuple(entry for entry in grid if entry.about.name in _WIDTH_SIZES),
        properties=_generated(entries),
        unknown=_unknown(kind, component),
    )


def text_entry(app: AppDefinition, component: Component, slot: TextSlot, language: str) -> TextEntry:
    """A text of a component: found by its key, a literal, or an expression."""
    bound = (_mapping(component.raw.get("textResourceBindings"))).get(slot.key)
    if bound is None or bound == "":
        return TextEntry(slot, None, "")
    if not isinstance(bound, str):
        return TextEntry(slot, None, "", fixed=_json(bound))
    found = app.texts(language).get(bound)
    if found is not None:
        return TextEntry(slot, bound, found.value)
    elsewhere = any(app.texts(other).get(bound) is not None for other in app.languages)
    return TextEntry(slot, bound, "" if elsewhere else bound, missing=elsewhere)


def _generated(entries: Mapping[str, PropertyEntry]) -> tuple[PropertyEntry, ...]:
    found = [entry for name, entry in entries.items() if name not in _OWN_PLACE]
    if "grid" in entries:
        found += [entry for entry in entries["grid"].inside if entry.about.name not in _WIDTH_SIZES]
    return tuple(found)


def _entries(app: AppDefinition, kind: ComponentType | None, component: Component) -> Iterator[PropertyEntry]:
    for found in kind.properties if kind else ():
        yield _entry(app, found, f"/{_escaped(found.name)}", component.raw.get(found.name))


def _entry(app: AppDefinition, found: Property, pointer: str, value: Any) -> PropertyEntry:
    default = found.default_in(app.generation)
    if found.kind == "object" and not isinstance(value, list):
        raw = _mapping(value)
        inside = tuple(
            _entry(app, inner, f"{pointer}/{_escaped(inner.name)}", raw.get(inner.name))
            for inner in found.properties
        )
        return PropertyEntry(found, pointer, None, default, "", inside=inside)
    if (
        isinstance(value, list)
        and found.expression_allowed
        and found.kind not in {"strings", "choices", "components"}
    ):
        return PropertyEntry(found, pointer, value, default, "", fixed=_json(value))
    return PropertyEntry(found, pointer, value, default, _as_text(found, value))


def _as_text(found: Property, value: Any) -> str:
    if value is None:
        return ""
    if found.kind in {"strings", "components"} and isinstance(value, list):
        return "\n".join(str(item) for item in value)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return _json(value)
    return str(value)


def _option_entries(app: AppDefinition, component: Component, language: str) -> tuple[OptionEntry, ...]:
    rows = component.raw.get("options")
    return tuple(
        OptionEntry(
            _plain(row.get("value")),
            _label(app, str(row.get("label", "")), language),
            str(row.get("label", "")),
        )
        for row in (rows if isinstance(rows, list) else ())
        if isinstance(row, Mapping)
    )


def _label(app: AppDefinition, key: str, language: str) -> str:
    found = app.texts(language).get(key)
    return found.value if found is not None else key


def _unknown(kind: ComponentType | None, component: Component) -> tuple[str, ...]:
    known = kind.names if kind else {"id", "type"}
    return tuple(name for name in component.raw if name not in known)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _text_or_none(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
