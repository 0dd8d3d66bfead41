"""What a field is and which values it takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from studio.definition.changes.change import register
from studio.definition.changes.data_models.model_change import ModelChange


@register
@dataclass(frozen=True)
class SetKeywords(ModelChange):
    """Keywords of JSON Schema at a node get values; null takes a keyword away."""

    kind: ClassVar[str] = "set_keywords"
    node: str
    keywords: Mapping[str, Any]


@register
@dataclass(frozen=True)
class SetRequired(ModelChange):
    """A field must be there in valid data, or need not."""

    kind: ClassVar[str] = "set_required"
    node: str
    required: bool


@register
@dataclass(frozen=True)
class SetOccurs(ModelChange):
    """How often a field may come. More than once makes it a list; at most once makes it a single value.

    `maximum` None: without end.
    """

    kind: ClassVar[str] = "set_occurs"
    node: str
    minimum: int
    maximum: int | None


@register
@dataclass(frozen=True)
class SetKind(ModelChange):
    """A field becomes of another kind (`what` as in AddField); limits that do not fit it go away."""

    kind: ClassVar[str] = "set_kind"
    node: str
    what: str
