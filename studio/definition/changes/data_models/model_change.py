"""What every edit of a data model has in common: the schema as it is being edited, and what follows."""

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.data_model import DataModel
from studio.definition.data_model.derived import derived_files
from studio.definition.data_model.places import SchemaPlaces, name_at, places_of, split_property
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence

Values = Mapping[str, str | int | Sentence]


class ModelCopy:
    """The schema of a data type while a change is at work on it."""

    def __init__(self, copy: WorkingCopy, data_type: str) -> None:
        """Raises NotThere where the data type has no model that can be read."""
        path = copy.app.schema_path(data_type)
        if path is None or copy.app.model(data_type) is None:
            raise NotThere(Sentence(N_("There is no data model %(name)s."), {"name": data_type}))
        named = copy.app.metadata.data_type(data_type)
        self.copy = copy
        self.path = path
        self.data_type = named.id if named else data_type
        self.before = self.model

    @property
    def model(self) -> DataModel:
        """The model with all edits so far."""
        found = self.copy.app.model(self.data_type)
        if found is None:
            raise NotThere(Sentence(N_("There is no data model %(name)s."), {"name": self.data_type}))
        return found

    @property
    def places(self) -> SchemaPlaces:
        """The places in the schema as it is now."""
        return places_of(self.model)

    def at(self, node: str) -> Mapping[str, Any]:
        """The schema at a pointer. Raises NotThere."""
        found = self.places.at(node)
        if found is None:
            values = {"name": name_at(node) or node or self.data_type}
            raise NotThere(Sentence(N_("%(name)s is no longer in the data model."), values))
        return found

    def property_at(self, node: str) -> tuple[str, str]:
        """(pointer of the schema around, name) of a field.

        Raises NotThere where there is none, and DomainError for what is no field with a name.
        """
        self.at(node)
        around, name = split_property(node)
        if not name or node == self.places.document.root_pointer:
            values = {"name": name_at(node) or self.data_type}
            raise DomainError(Sentence(N_("%(name)s is not a field that can be changed like this."), values))
        return around, name

    def field_in(self, parent: str, name: str) -> str:
        """The pointer of a member of the group at `parent` ("": where the data begins), which has it."""
        return self.places.properties(self.places.rows(parent or self.places.document.root_pointer))[name][0]

    def is_type(self, node: str) -> bool:
        """Whether a pointer is that of a reusable type."""
        folder, _, name = node.rpartition("/")
        return bool(name) and folder == f"/{self.places.types_folder}"

    def set(self, pointer: str, value: Any) -> None:
        self.copy.set(self.path, pointer, value)

    def insert(self, pointer: str, name: str, value: Any, before: str | None = None) -> None:
        self.copy.insert(self.path, pointer, name, value, before)

    def append(self, pointer: str, value: Any) -> None:
        around, _, keyword = pointer.rpartition("/")
        self.copy.insert(self.path, pointer, len(self.at(around)[keyword]), value)

    def delete(self, pointer: str) -> None:
        self.copy.delete(self.path, pointer)

    def move(self, pointer: str, to: str, name: str, before: str | None = None) -> None:
        self.copy.move(self.path, pointer, to, name, before)

    def rename_key(self, pointer: str, name: str) -> None:
        self.copy.rename_key(self.path, pointer, name)

    def follow_references(self, old: str, new: str) -> None:
        """References to what is at, or beneath, the pointer `old` name it at `new`."""
        for pointer, target in list(self.places.references()):
            if target == old or target.startswith(old + "/"):
                self.set(pointer, "#" + new + target.removeprefix(old))

    def finish(self) -> None:
        """Write what the app has beside the schema anew."""
        edits = derived_files(self.copy.app.files, self.path, self.before.schema, self.model.schema)
        for path, data in edits.items():
            self.copy.write(path, data)


@dataclass(frozen=True)
class ModelChange(Change):
    """An edit of the data model of `data_type`. Places in it are JSON Pointers into its schema."""

    data_type: str

    def edit(self, copy: WorkingCopy) -> None:
        model = self.edit_schema(copy)
        if model is not None:
            model.finish()

    def edit_schema(self, copy: WorkingCopy) -> ModelCopy | None:
        """Edit the schema, and what names its fields, but not yet what is made from it.

        None where nothing is left to be made. Raises DomainError.
        """
        model = ModelCopy(copy, self.data_type)
        self.alter(model)
        return model

    @abstractmethod
    def alter(self, model: ModelCopy) -> None:
        """Edit the schema, and what names its fields. Raises DomainError."""

    def schema_at(self, app: AppDefinition, node: str) -> Mapping[str, Any]:
        """What the schema says at a pointer before the change; {} where there is nothing."""
        model = app.model(self.data_type)
        return (places_of(model).at(node) if model else None) or {}
