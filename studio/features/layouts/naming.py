"""Names that Studio proposes: ids of components and names of pages that a person can read."""

import re
from collections.abc import Collection, Container
from itertools import count
from typing import Final

# An id that ends in "-<a few digits>" would clash with the ids of rows (components.md, 1.1).
_COMPONENT_ID: Final = re.compile(r"[0-9a-zA-Z][0-9a-zA-Z-]*(-?[a-zA-Z]+|[a-zA-Z][0-9]+|-[0-9]{6,})")


def is_component_id(name: str) -> bool:
    """Whether a new component may be called this."""
    return _COMPONENT_ID.fullmatch(name) is not None


def component_id(type_name: str, taken: Container[str]) -> str:
    """A free id for a new component of this type: "input1", "repeatingGroup2"."""
    stem = type_name[:1].lower() + type_name[1:]
    return next(name for number in count(1) if (name := f"{stem}{number}") not in taken)


def page_name(stem: str, taken: Collection[str]) -> str:
    """A free name for a new page: "side1", "side2"."""
    lowered = {name.lower() for name in taken}
    return next(
        name for number in count(len(taken) + 1) if (name := f"{stem}{number}").lower() not in lowered
    )
