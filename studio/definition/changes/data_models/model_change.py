"""What every edit of a data model has in common."""

from dataclasses import dataclass

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


@dataclass(frozen=True)
class ModelChange(Change):
    """An edit of the data model of `data_type`. Places in it are JSON Pointers into its schema."""

    data_type: str

    def edit(self, copy: WorkingCopy) -> None:  # noqa: ARG002 - carried out soon
        raise DomainError(Sentence(N_("There is no data model %(name)s."), {"name": self.data_type}))

    def sentence(self, app: AppDefinition) -> Sentence:  # noqa: ARG002 - every change is told the app
        return Sentence(N_("The data model %(name)s was changed"), {"name": self.data_type})
