"""What the screen works on: a data model of an app, in a person's draft."""

from dataclasses import dataclass
from functools import cached_property

from studio.definition.app import AppDefinition, app_definition
from studio.definition.data_model import DataModel
from studio.definition.errors import NotThere
from studio.definition.metadata import DataType
from studio.definition.sentences import N_, Sentence
from studio.definition.translation.status import written_language
from studio.features import open_draft
from studio.features.data_models.commands import Place
from studio.features.data_models.outline import Item, Outline, outline_of
from studio.features.data_models.rows import Rows, main_language
from studio.history.draft import Draft


@dataclass(frozen=True, slots=True)
class Spot:
    """What an address of the editor names. `opened`: ids of the opened branches, None for the usual ones."""

    language: str = ""
    selected: str = ""
    opened: frozenset[str] | None = None
    more: bool = False  # whether the panel shows also what is rarely needed
    query: str = ""
    top: str = ""  # the model or type whose tree the browser shows


@dataclass(frozen=True)
class Workplace:
    """A data model in a draft. Raises NotThere where the address names what is not there."""

    org: str
    app_name: str
    draft: Draft
    revision: str  # of the draft, when this was read from it
    app: AppDefinition
    data_type: DataType
    model: DataModel
    language: str
    spot: Spot

    @property
    def name(self) -> str:
        """The id of the model's data type."""
        return self.data_type.id

    @cached_property
    def outline(self) -> Outline:
        """The model as a tree."""
        return outline_of(self.model)

    @property
    def is_main(self) -> bool:
        """Whether the language is the one of the schema's own titles."""
        return self.language == main_language(self.app)

    @cached_property
    def rows(self) -> Rows:
        """Makes the rows of the tree."""
        return Rows(self.app, self.name, self.outline, self.language)

    @property
    def place(self) -> Place:
        """What commands need to know."""
        return Place(self.app, self.name, self.outline, self.language)

    @cached_property
    def selected(self) -> Item:
        """What is chosen: the model itself where nothing else is, or what was chosen is gone."""
        return self.outline.find(self.spot.selected) or self.outline.root


def workplace(org: str, app: str, model: str, spot: Spot | None = None) -> Workplace:
    """The model that an address names, in the signed-in person's draft; raises NotThere."""
    return at(open_draft(org, app), org, app, model, spot or Spot())


def at(draft: Draft, org: str, app: str, model: str, spot: Spot) -> Workplace:
    """A model in a draft as it is now; raises NotThere. An unknown language gives the app's first."""
    definition = app_definition(draft.files)
    data_type = definition.metadata.data_type(model)
    found = definition.model(model)
    if data_type is None or found is None:
        raise NotThere(Sentence(N_("The app has no data model %(name)s."), {"name": model}))
    language = written_language(definition, spot.language)
    return Workplace(org, app, draft, draft.revision, definition, data_type, found, language, spot)


def models_of(app: AppDefinition) -> tuple[DataType, ...]:
    """The data types that have a data model."""
    return tuple(kind for kind in app.metadata.data_types if app.schema_path(kind.id) is not None)


def tasks_without_model(app: AppDefinition) -> list[tuple[str, str]]:
    """(id, name) of the steps in which something could be filled in, but which have no data model."""
    taken = {kind.task_id for kind in models_of(app)}
    process = app.process
    return [
        (task.id, task.name or task.id)
        for task in (process.tasks if process else ())
        if task.type == "data" and task.id not in taken
    ]
