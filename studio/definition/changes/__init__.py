"""Everything that can be changed in an app, as values."""

from studio.definition.changes.change import MISSING, Change, Missing, from_dict
from studio.definition.changes.components import AddComponent, MoveComponents
from studio.definition.changes.content import Composite, SetAppTitle, SetFile, SetOptions, SetText, composite
from studio.definition.changes.copying import DuplicateComponents, PasteComponents
from studio.definition.changes.pages import AddPage, MovePage, RemovePage, RenamePage, SetPageHidden
from studio.definition.changes.properties import BindComponent, CreateFieldAndBind, SetProperty
from studio.definition.changes.removing import RemoveComponents
from studio.definition.changes.renaming import RenameComponent

__all__ = [
    "MISSING",
    "AddComponent",
    "AddPage",
    "BindComponent",
    "Change",
    "Composite",
    "CreateFieldAndBind",
    "DuplicateComponents",
    "Missing",
    "MoveComponents",
    "MovePage",
    "PasteComponents",
    "RemoveComponents",
    "RemovePage",
    "RenameComponent",
    "RenamePage",
    "SetAppTitle",
    "SetFile",
    "SetOptions",
    "SetPageHidden",
    "SetProperty",
    "SetText",
    "composite",
    "from_dict",
]
