"""Fields and types that get another name or another place, and everything that names them."""

from dataclasses import dataclass
from typing import ClassVar

from studio.definition.changes.change import register
from studio.definition.changes.data_models.model_change import ModelChange


@register
@dataclass(frozen=True)
class RenameNode(ModelChange):
    """A field or a reusable type gets another name; whatever names it in the app follows."""

    kind: ClassVar[str] = "rename_node"
    node: str
    name: str


@register
@dataclass(frozen=True)
class MoveField(ModelChange):
    """A field goes into another group, or to another place in its own; whatever names it follows.

    `before` is the name of the field that it is put before; None: the end.
    """

    kind: ClassVar[str] = "move_field"
    node: str
    parent: str
    before: str | None = None
