"""What an edit of a data model does elsewhere in the app, said before it is done."""

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change
from studio.definition.field_references import FieldUse


def consequences(app: AppDefinition, change: Change) -> tuple[FieldUse, ...]:  # noqa: ARG001 - told soon
    """The places that lose what they name when `change` (DeleteNode, MoveField, ReplaceModel, ...) is made."""
    return ()
