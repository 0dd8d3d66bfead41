"""The component catalogue: every component type declared once, with its properties, bindings and texts."""

from studio.definition.components.catalogue import CATALOGUE, GROUPS, component_type, palette
from studio.definition.components.elsewhere import known_elsewhere, names_known_elsewhere
from studio.definition.components.types import (
    BindingSlot,
    Choice,
    ComponentType,
    Generation,
    Group,
    Property,
    PropertyKind,
    TextSlot,
)

__all__ = [
    "CATALOGUE",
    "GROUPS",
    "BindingSlot",
    "Choice",
    "ComponentType",
    "Generation",
    "Group",
    "Property",
    "PropertyKind",
    "TextSlot",
    "component_type",
    "known_elsewhere",
    "names_known_elsewhere",
    "palette",
]
