"""Every type of component that a form can show, and how it treats each."""

from collections.abc import Mapping
from importlib import import_module
from pkgutil import iter_modules
from typing import Final

from studio.definition.components import CATALOGUE
from studio.definition.expressions.tree import Node
from studio.runtime.forms.kinds.kind import UNKNOWN, Around, Build, Kind, Post

__all__ = ["KINDS", "Around", "Build", "Kind", "Post", "kind_of", "type_of"]

# Each module of this folder that has KINDS is a family.
_MODULES: Final = sorted(module.name for module in iter_modules(__path__))
KINDS: Final[Mapping[str, Kind]] = {
    name: kind
    for module in _MODULES
    for name, kind in getattr(import_module(f"{__name__}.{module}"), "KINDS", {}).items()
}
# Names of the generation before.
_NEW_NAMES: Final = {
    "Header": "Heading",
    "OrganisationLookup": "OrganizationLookup",
    "AddressComponent": "Address",
}
_KNOWN: Final = {name.lower(): name for name in (*CATALOGUE, *KINDS)}


def type_of(node: Node) -> str:
    """The component's type in today's spelling."""
    if node.repeats:
        return "RepeatingGroup"
    # Old layouts have "Radiobuttons" and "dropdown"; the platform's server does not mind the case.
    name = _KNOWN.get(node.type.lower(), node.type)
    return _NEW_NAMES.get(name, name)


def kind_of(name: str) -> Kind:
    """How a type is treated; types that nobody knows are shown as a placeholder that names them."""
    return KINDS.get(name, UNKNOWN)
