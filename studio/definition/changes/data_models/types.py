"""Reusable types and combinations."""

from dataclasses import dataclass
from typing import ClassVar

from studio.definition.changes.change import register
from studio.definition.changes.data_models.model_change import ModelChange


@register
@dataclass(frozen=True)
class AddType(ModelChange):
    """The model gets a reusable type that fields can be of."""

    kind: ClassVar[str] = "add_type"
    name: str
    what: str = "group"


@register
@dataclass(frozen=True)
class ExtractType(ModelChange):
    """What a field is becomes a reusable type of the given name; the field is then of that type."""

    kind: ClassVar[str] = "extract_type"
    node: str
    name: str


@register
@dataclass(frozen=True)
class InlineType(ModelChange):
    """A field that is of a reusable type gets what the type says as its own. The type stays."""

    kind: ClassVar[str] = "inline_type"
    node: str


@register
@dataclass(frozen=True)
class SetCombination(ModelChange):
    """A node becomes a combination ("allOf", "anyOf", "oneOf") of what it was, another one, or none."""

    kind: ClassVar[str] = "set_combination"
    node: str
    keyword: str | None
