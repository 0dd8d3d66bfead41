"""The fields of a model as rows of a tree that is only looked at."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from studio.definition.data_model import DataModel
from studio.definition.data_model.model import Field
from studio.definition.sentences import Sentence
from studio.features.data_models.kinds import ANY, KINDS, OTHER_TEXT, Kind

MOST_ROWS: Final = 2000
_MAX_DEPTH: Final = 20


@dataclass(frozen=True)
class PreviewRow:
    """A field: what it is called and what it is, with the fields in it."""

    name: str
    title: str
    kind: Kind
    required: bool
    repeating: bool
    children: tuple["PreviewRow", ...] = ()

    @property
    def label(self) -> Sentence:
        """What it is, in words."""
        return self.kind.label


def preview_rows(model: DataModel) -> tuple[PreviewRow, ...]:
    """The first rows of a model; one that contains itself is shown once round."""
    budget = iter(range(MOST_ROWS))
    return tuple(_rows(model.fields, budget, ()))


def count(model: DataModel) -> int:
    """How many fields the model has, groups included."""
    return sum(1 for _ in model.walk())


def _rows(fields: tuple[Field, ...], budget: Iterator[int], around: tuple[int, ...]) -> Iterator[PreviewRow]:
    for field in fields:
        if next(budget, None) is None:
            return
        own = id(field.value_node.facets[-1][0])
        inside: tuple[PreviewRow, ...] = ()
        if own not in around and len(around) < _MAX_DEPTH:
            inside = tuple(_rows(field.children, budget, (*around, own)))
        yield PreviewRow(field.name, field.title or "", _kind(field), field.required, field.repeating, inside)


def _kind(field: Field) -> Kind:
    if field.kind == "string":
        found = KINDS.get(field.format or "string", OTHER_TEXT)
        return found if found.limits == "text" else OTHER_TEXT
    return KINDS.get(field.kind, ANY)
