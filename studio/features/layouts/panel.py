"""What the property panel shows about a component, as values: read off the component catalogue."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from studio.definition.app import AppDefinition, Component, LayoutSet
from studio.definition.components import ComponentType, TextSlot, component_type, known_elsewhere
from studio.definition.sentences import Sentence
from studio.features.layouts.fields import BindingEntry, binding_entries
from studio.features.layouts.offers import Offer, Offers
from studio.features.layouts.parts import Part, Parts

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
    switches: tuple[Part, ...]
    options: tuple[OptionEntry, ...]
    option_texts: tuple[Part, ...]
    options_list: str | None
    widths: tuple[Part, ...]
    properties: tuple[Part, ...]
    unknown: tuple[str, ...]
    offers: Offers | None = None

    def holdable_in(self, pointer: str) -> tuple[Offer, ...]:
        """The components that can be moved into a part of this one."""
        return self.offers.holdable_in(pointer) if self.offers else ()

    @property
    def main_texts(self) -> tuple[TextEntry, ...]:
        """The texts that are shown at once: those in use, and those that are often needed."""
        return tuple(entry for entry in self.texts if not entry.slot.advanced or entry.key)

    @property
    def more_texts(self) -> tuple[TextEntry, ...]:
        """The texts that are folded away."""
        return tuple(entry for entry in self.texts if entry.slot.advanced and not entry.key)

    @property
    def main_properties(self) -> tuple[Part, ...]:
        """The properties of this type that are often needed, and those in use."""
        return tuple(entry for entry in self.properties if _is_shown(entry))

    @property
    def more_properties(self) -> tuple[Part, ...]:
        """The properties that are folded away."""
        return tuple(entry for entry in self.properties if not _is_shown(entry))


def _is_shown(entry: Part) -> bool:
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
    offers = Offers(app, layout_set, component, kind, language) if kind else None
    entries = {part.about.name: part for part in Parts(offers).all()} if offers else {}
    grid = entries["grid"].inside if "grid" in entries else ()
    return Panel(
        component=component,
        kind=kind,
        label=component_label(component.type),
        texts=tuple(
            text_entry(app, component, slot, language)
            for slot in (kind.texts_in(_mapping(component.raw.get("textResourceBindings"))) if kind else ())
        ),
        bindings=binding_entries(app, layout_set, component, kind, language),
        switches=tuple(entries[name] for name in ("required", "readOnly", "hidden") if name in entries),
        options=option_entries(app, component, language),
        option_texts=_option_texts(entries.get("options")),
        options_list=_text_or_none(component.raw.get("optionsId")),
        widths=tuple(entry for entry in grid if entry.about.name in _WIDTH_SIZES),
        properties=_generated(entries),
        unknown=_unknown(kind, component),
        offers=offers,
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


def _generated(entries: Mapping[str, Part]) -> tuple[Part, ...]:
    found = [entry for name, entry in entries.items() if name not in _OWN_PLACE]
    if "grid" in entries:
        found += [entry for entry in entries["grid"].inside if entry.about.name not in _WIDTH_SIZES]
    return tuple(found)


def option_entries(app: AppDefinition, component: Component, language: str) -> tuple[OptionEntry, ...]:
    """The options that a component has itself, as the panel shows them."""
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


def _option_texts(options: Part | None) -> tuple[Part, ...]:
    """The options with the texts that explain them."""
    return tuple(row for row in (options.inside if options else ()) if row.look == "object")


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
