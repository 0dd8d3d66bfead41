"""The kinds of fields in plain words, with what tells them apart at a glance."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from studio.definition.changes.data_models import KINDS as NAMES
from studio.definition.sentences import N_, Sentence
from studio.features.data_models.outline import Item, Outline, alternatives


@dataclass(frozen=True, slots=True)
class Kind:
    """What a field can be. `limits` names the group of restrictions that it can have."""

    name: str
    label: Sentence
    icon: str
    limits: str = ""


_ICONS: Final = {
    "string": ("AlignLeft", "text"),
    "integer": ("Hashtag", "number"),
    "number": ("Calculator", "number"),
    "boolean": ("CheckmarkCircle", ""),
    "date": ("Calendar", "moment"),
    "date-time": ("Clock", "moment"),
    "time": ("Clock", "moment"),
    "year": ("Calendar", "text"),
    "year-month": ("Calendar", "text"),
    "email": ("EnvelopeClosed", "text"),
    "uri": ("Link", "text"),
    "group": ("Folder", ""),
    "rows": ("Layers", ""),
}
# What a new field can be.
NEW_KINDS: Final[Mapping[str, Kind]] = {
    name: Kind(name, label, *_ICONS.get(name, ("AlignLeft", ""))) for name, label in NAMES.items()
}
# What one value of a field can be; that there are several of them is said beside it.
KINDS: Final[Mapping[str, Kind]] = {name: kind for name, kind in NEW_KINDS.items() if name != "rows"}
COMBINED: Final = Kind("combined", Sentence(N_("One of several")), "Branching")
ANY: Final = Kind("any", Sentence(N_("Anything")), "Questionmark")
# Texts of a format that is not offered, but kept: days, durations, identifiers.
OTHER_TEXT: Final = Kind("other-text", Sentence(N_("Text")), "AlignLeft", "text")


def kind_of(outline: Outline, item: Item) -> Kind:
    """What one value of an item is."""
    about = item.about
    if about.kind == "string":
        found = KINDS.get(about.format or "string", OTHER_TEXT)
        return found if found.limits == "text" else OTHER_TEXT
    if is_combined(outline, item):
        return COMBINED
    return KINDS.get(about.kind, ANY)


def is_combined(outline: Outline, item: Item) -> bool:
    """Whether the value is one of several alternatives."""
    schema = outline.places.at(outline.row_pointer(item.pointer)) or {}
    return next(alternatives(schema), None) is not None


def what_of(outline: Outline, item: Item) -> str:
    """What an item is, as changes of the model name it: a kind, or "type:Person"; "" for anything else."""
    of_type = outline.type_of(item.pointer) if item.role == "field" else None
    if of_type is not None:
        return f"type:{of_type}"
    kind = kind_of(outline, item).name
    return kind if kind in KINDS else ""
