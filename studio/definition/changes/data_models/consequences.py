"""What an edit of a data model does elsewhere in the app, said before it is done."""

from collections.abc import Iterator

from studio.definition.app import AppDefinition
from studio.definition.changes.change import Change
from studio.definition.changes.data_models.following import NewNames, followed_full_path
from studio.definition.changes.data_models.model_change import ModelChange
from studio.definition.changes.data_models.moving import MoveField, RenameNode
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.data_model.places import Step, places_of
from studio.definition.field_references import FieldPlace, FieldUse, WrittenPath, all_places, steps_of, use_at


def consequences(app: AppDefinition, change: Change) -> tuple[FieldUse, ...]:
    """The places that lose the field they name when `change` is made, or no longer stand in a row of it.

    Bindings among them go away with a field that is deleted; what else they are stays and is named by the app
    check. Raises DomainError where the change is not possible.
    """
    if not isinstance(change, ModelChange):
        return ()
    copy = WorkingCopy(app)
    change.edit_schema(copy)
    after = copy.app
    return tuple(use_at(app, place) for place in _hurt(app, after, change))


def _hurt(app: AppDefinition, after: AppDefinition, change: ModelChange) -> Iterator[FieldPlace]:
    named = app.metadata.data_type(change.data_type)
    data_type = named.id if named else change.data_type
    new_names = _new_names(app, change, data_type)
    for place in all_places(app):
        steps = steps_of(app, place) if place.data_type == data_type else None
        if steps is None:
            continue
        node = change.node if isinstance(change, RenameNode | MoveField) else ""
        path: WrittenPath | None = place.full_path
        if new_names is not None:
            path = followed_full_path(app, place, data_type, node, new_names)
        now = _steps_after(after, place, path)
        if not now or _stands_beside_its_row(place, steps, now):
            yield place


def _new_names(app: AppDefinition, change: ModelChange, data_type: str) -> NewNames | None:
    model = app.model(data_type)
    if model is None or not isinstance(change, RenameNode | MoveField):
        return None
    return change.new_names(places_of(model))


def _steps_after(
    after: AppDefinition, place: FieldPlace, path: WrittenPath | None
) -> tuple[Step, ...] | None:
    model = after.model(place.data_type)
    if model is None or path is None:
        return None
    return places_of(model).resolve(path.names, loosely=place.loosely)


def _stands_beside_its_row(place: FieldPlace, before: tuple[Step, ...], after: tuple[Step, ...]) -> bool:
    """Whether the place told one value before and would have to choose among rows now, or the other way."""
    if [step.is_list for step in before] == [step.is_list for step in after]:
        return False
    return _fits_rows(place, before) and not _fits_rows(place, after)


def _fits_rows(place: FieldPlace, steps: tuple[Step, ...]) -> bool:
    """Whether every list on the way to a field is one whose rows the place is shown for."""
    path = place.full_path
    lists = [number for number, step in enumerate(steps[:-1]) if step.is_list]
    shown = {tuple(row.split(".")) for row in place.rows}
    marked = len(path.parts) == len(steps)
    return all(
        tuple(step.name for step in steps[: number + 1]) in shown or (marked and path.parts[number][1])
        for number in lists
    )
