"""Everything that can be changed in an app, as values."""

from studio.definition.changes.change import MISSING, Change, Missing, from_dict
from studio.definition.changes.components import AddComponent, MoveComponents
from studio.definition.changes.content import Composite, SetAppTitle, SetFile, SetOptions, SetText, composite
from studio.definition.changes.copying import DuplicateComponents, PasteComponents
from studio.definition.changes.data_models import (
    AddField,
    AddMember,
    AddType,
    DeleteNode,
    DuplicateField,
    ExtractType,
    ImportModel,
    InlineType,
    MoveField,
    NewModel,
    RemoveModel,
    RenameNode,
    ReplaceModel,
    SetCombination,
    SetKeywords,
    SetKind,
    SetOccurs,
    SetRequired,
)
from studio.definition.changes.pages import AddPage, MovePage, RemovePage, RenamePage, SetPageHidden
from studio.definition.changes.properties import BindComponent, CreateFieldAndBind, SetProperty
from studio.definition.changes.removing import RemoveComponents
from studio.definition.changes.renaming import RenameComponent

__all__ = [
    "MISSING",
    "AddComponent",
    "AddField",
    "AddMember",
    "AddPage",
    "AddType",
    "BindComponent",
    "Change",
    "Composite",
    "CreateFieldAndBind",
    "DeleteNode",
    "DuplicateComponents",
    "DuplicateField",
    "ExtractType",
    "ImportModel",
    "InlineType",
    "Missing",
    "MoveComponents",
    "MoveField",
    "MovePage",
    "NewModel",
    "PasteComponents",
    "RemoveComponents",
    "RemoveModel",
    "RemovePage",
    "RenameComponent",
    "RenameNode",
    "RenamePage",
    "ReplaceModel",
    "SetAppTitle",
    "SetCombination",
    "SetFile",
    "SetKeywords",
    "SetKind",
    "SetOccurs",
    "SetOptions",
    "SetPageHidden",
    "SetProperty",
    "SetRequired",
    "SetText",
    "composite",
    "from_dict",
]
