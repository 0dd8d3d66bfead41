"""Data models as a whole: new ones, imported ones, and those that go."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change, register
from studio.definition.changes.data_models.model_change import ModelChange
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True)
class _Arriving(Change):
    """A data model that the app did not have."""

    name: str

    def edit(self, copy: WorkingCopy) -> None:  # noqa: ARG002 - carried out soon
        raise DomainError(Sentence(N_("There is no data model %(name)s."), {"name": self.name}))

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The data model %(name)s was added"), {"name": self.name})


@register
@dataclass(frozen=True)
class NewModel(_Arriving):
    """The app gets an empty data model and a data type for it.

    `task`: the step of the process whose form it is for, if any. Without it, the app makes no element of it
    by itself.
    """

    kind: ClassVar[str] = "new_model"
    task: str | None = None


@register
@dataclass(frozen=True)
class ImportModel(_Arriving):
    """The app gets a data model from outside and a data type for it.

    `name` is the id of the data type too. `others` are files that lie beside it: the end of their name
    (".metadata.json", ".cs") -> text.
    """

    kind: ClassVar[str] = "import_model"
    schema: str
    xsd: str | None = None
    others: Mapping[str, Any] = field(default_factory=dict)
    class_ref: str | None = None
    task: str | None = None
    content_types: tuple[str, ...] = ("application/xml",)
    minimum: int = 1
    maximum: int = 1


@register
@dataclass(frozen=True)
class ReplaceModel(ModelChange):
    """The data model of a data type becomes another one; the data type stays as it is.

    Bindings to fields that the new model lacks stay as they are: `consequences` and the app check name them.
    """

    kind: ClassVar[str] = "replace_model"
    schema: str
    xsd: str | None = None
    others: Mapping[str, Any] = field(default_factory=dict)


@register
@dataclass(frozen=True)
class RemoveModel(ModelChange):
    """The data model of a data type goes away, and the data type with it."""

    kind: ClassVar[str] = "remove_model"
