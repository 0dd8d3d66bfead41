"""What of a data model a person fills in: answers, groups of them, and rows."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Literal

from studio.definition.data_model.documents import ROW_ID
from studio.definition.data_model.model import DataModel, Field

# "unfit": there is no component that could hold it.
Shape = Literal["answer", "group", "rows", "unfit"]

_MAX_DEPTH: Final = 20


@dataclass(frozen=True, eq=False)
class FormField:
    """A field as a form has it.

    `named` is the field that has the title, and `field` the one that is bound: in models made by Seres an
    answer is a group around a value and attributes that are always the same.
    """

    field: Field
    named: Field
    shape: Shape
    children: tuple["FormField", ...] = ()

    @property
    def path(self) -> str:
        """The dot path of what is bound."""
        return self.field.path

    @cached_property
    def required(self) -> bool:
        """Whether the person must answer: it is required, and so is every group around it in the same row."""
        for around in reversed(self.field.lineage):
            if around.repeating and around is not self.field:
                return True
            if not around.required:
                return False
        return True

    def walk(self) -> Iterator["FormField"]:
        """This field and all in it."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def answers(self) -> tuple["FormField", ...]:
        """The answers in it, itself if it is one."""
        return tuple(found for found in self.walk() if found.shape == "answer")


def form_fields(model: DataModel) -> tuple[FormField, ...]:
    """The fields at the top. What is always the same, and groups with nothing to fill in, are left out."""
    return tuple(_several(model.fields, 0, ()))


def _several(fields: tuple[Field, ...], depth: int, around: tuple[int, ...]) -> Iterator[FormField]:
    for field in fields:
        found = _one(field, depth, around)
        if found is not None:
            yield found


def _one(field: Field, depth: int, around: tuple[int, ...]) -> FormField | None:
    # A recursive model comes back to the very same innermost schema.
    own = id(field.value_node.facets[-1][0])
    if depth > _MAX_DEPTH or "const" in field.restrictions or field.name == ROW_ID:
        return None
    if not field.is_group:
        return FormField(field, field, _shape(field))
    if own in around:
        return None
    children = tuple(_several(field.children, depth + 1, (*around, own)))
    if not children:
        return None
    if field.repeating:
        return FormField(field, field, "rows", tuple(_renamed(child, field) for child in children))
    only = children[0]
    if len(children) == 1 and only.shape == "answer" and _is_text(only.field):
        return FormField(only.field, field, "answer")
    return FormField(field, field, "group", children)


def _renamed(child: FormField, rows: Field) -> FormField:
    """The value of a row that is nothing but a value has the name of the row."""
    is_value = child.shape == "answer" and child.named is child.field and _is_text(child.field)
    return replace(child, named=rows) if is_value else child


def _is_text(field: Field) -> bool:
    return field.value_node.first("@xsdText") is True or field.name == "value"


def _shape(field: Field) -> Shape:
    if field.repeating or (field.kind == "any" and not field.value_node.types - {"null"}):
        return "unfit"
    return "answer"
