"""Everything that can be changed in an app, as values."""

from studio.definition.changes.change import MISSING, Change, Missing, from_dict
from studio.definition.changes.components import AddComponent, MoveComponents
from studio.definition.changes.content import Composite, SetAppTitle, SetFile, SetOptions, SetText, composite
from studio.definition.changes.properties import BindComponent, SetProperty

__all__ = [
    "MISSING",
    "AddComponent",
    "BindComponent",
    "Change",
    "Composite",
    "Missing",
    "MoveComponents",
    "SetAppTitle",
    "SetFile",
    "SetOptions",
    "SetProperty",
    "SetText",
    "composite",
    "from_dict",
]
