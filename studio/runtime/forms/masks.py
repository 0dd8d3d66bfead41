"""Which findings count in a place: the masks of components.md 1.2 (`showValidations`, `show`, ...)."""

from collections.abc import Mapping
from typing import Any, Final

# A mask, and the sources of issues (app-api.md, 8.3) that it lets through.
MASKS: Final[Mapping[str, frozenset[str]]] = {
    "Schema": frozenset({"Schema"}),
    "Component": frozenset({"Component"}),
    "Expression": frozenset({"Expression"}),
    "CustomBackend": frozenset({"Custom"}),
    "Required": frozenset({"Required"}),
    "AllExceptRequired": frozenset({"Schema", "Component", "Expression", "Custom"}),
    "All": frozenset({"Schema", "Component", "Expression", "Custom", "Required"}),
}


def sources_of(masks: Any, otherwise: str) -> frozenset[str]:
    """The sources that a list of masks lets through; those of the mask `otherwise` where there is no list."""
    if not isinstance(masks, list):
        return MASKS[otherwise]
    return frozenset().union(*(MASKS[mask] for mask in masks if isinstance(mask, str) and mask in MASKS))
