"""Edits of data models. The JSON Schema is edited; what the app carries beside it is derived from it."""

from studio.definition.changes.data_models.consequences import consequences
from studio.definition.changes.data_models.fields import AddField, AddMember, DeleteNode, DuplicateField
from studio.definition.changes.data_models.keywords import SetKeywords, SetKind, SetOccurs, SetRequired
from studio.definition.changes.data_models.kinds import KINDS
from studio.definition.changes.data_models.moving import MoveField, RenameNode
from studio.definition.changes.data_models.types import AddType, ExtractType, InlineType, SetCombination
from studio.definition.changes.data_models.whole_models import (
    ImportModel,
    NewModel,
    RemoveModel,
    ReplaceModel,
    ReplaceSchemaText,
    WriteXsd,
)

__all__ = [
    "KINDS",
    "AddField",
    "AddMember",
    "AddType",
    "DeleteNode",
    "DuplicateField",
    "ExtractType",
    "ImportModel",
    "InlineType",
    "MoveField",
    "NewModel",
    "RemoveModel",
    "RenameNode",
    "ReplaceModel",
    "ReplaceSchemaText",
    "SetCombination",
    "SetKeywords",
    "SetKind",
    "SetOccurs",
    "SetRequired",
    "WriteXsd",
    "consequences",
]
