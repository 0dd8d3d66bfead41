"""A data model that grows with the form: a field at a path, and the groups on the way to it."""

from studio.definition.app import AppDefinition
from studio.definition.changes.data_models.fields import AddField
from studio.definition.changes.data_models.model_change import ModelCopy
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.errors import DomainError
from studio.definition.files import Edits
from studio.definition.sentences import N_, Sentence


def grow(app: AppDefinition, data_type: str, path: str, what: str, title: str | None = None) -> Edits:
    """The edits that give the model of `data_type` a field at `path`. Raises as `grow_in` does."""
    copy = WorkingCopy(app)
    grow_in(copy, data_type, path, what, title)
    return copy.edits


def grow_in(copy: WorkingCopy, data_type: str, path: str, what: str, title: str | None = None) -> None:
    """Give the model of `data_type` a field at `path` ("person.name"); groups on the way are made.

    Raises NotThere without a model, and DomainError for a name that cannot be a field, a field that exists or
    a place that cannot hold fields.
    """
    model = ModelCopy(copy, data_type)
    names = path.split(".")
    missing = next(
        (place for place in range(len(names)) if model.places.resolve(names[: place + 1]) is None), None
    )
    if missing is None:
        raise DomainError(Sentence(N_("The data model already has a field %(field)s."), {"field": path}))
    steps = model.places.resolve(names[:missing])
    parent = steps[-1].pointers[0] if steps else ""
    for name in names[missing:-1]:
        AddField(data_type, parent, name, "group").alter(model)
        parent = model.field_in(parent, name)
    AddField(data_type, parent, names[-1], what, title).alter(model)
    model.finish()
