"""Fields that come and go."""

from dataclasses import dataclass
from typing import ClassVar

from studio.definition.changes.change import register
from studio.definition.changes.data_models.model_change import ModelChange


@register
@dataclass(frozen=True)
class AddField(ModelChange):
    """A group, a list of rows or a type gets a new field, at its end or before its field `before`.

    `parent` is the pointer of the group or type ("": where the data begins). `what` is a kind of KINDS, or
    "type:Person" for a field that is of the app's own type Person. Groups on the way are not made.
    """

    kind: ClassVar[str] = "add_field"
    parent: str
    name: str
    what: str
    title: str | None = None
    before: str | None = None


@register
@dataclass(frozen=True)
class AddMember(ModelChange):
    """A combination (allOf, anyOf, oneOf at `node`) gets one more alternative, at its end.

    `what` as in AddField. DeleteNode takes one away: its pointer ends in the keyword and a number.
    """

    kind: ClassVar[str] = "add_member"
    node: str
    what: str = "group"


@register
@dataclass(frozen=True)
class DuplicateField(ModelChange):
    """A field is written once more behind itself, under another name (None: the next free one)."""

    kind: ClassVar[str] = "duplicate_field"
    node: str
    name: str | None = None


@register
@dataclass(frozen=True)
class DeleteNode(ModelChange):
    """A field, a reusable type or a member of a combination goes away, with everything beneath it.

    Bindings that kept something in it go too, and so do texts' variables and prefill that read it. Rules
    that read it stay: the app check names them. A type that is in use is not deleted.
    """

    kind: ClassVar[str] = "delete_node"
    node: str
