"""What goes with fields that go: the places that were about nothing else."""

from studio.definition.app import AppDefinition
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.field_references import FieldPlace, all_places, steps_of


def lost_places(before: AppDefinition, after: AppDefinition, data_type: str) -> list[FieldPlace]:
    """The places of `before` that named a field of the data type which `after` no longer has."""
    return [
        place
        for place in all_places(before)
        if place.data_type == data_type
        and steps_of(before, place) is not None
        and steps_of(after, place) is None
    ]


def forget_lost(copy: WorkingCopy, before: AppDefinition, data_type: str) -> None:
    """Take away what was about nothing else than fields that `before` had and the copy no longer has."""
    found = [
        (place.file, place.removable)
        for place in lost_places(before, copy.app, data_type)
        if place.removable is not None
    ]
    # From the last place of a file to its first, so that the ones before keep their pointers.
    for file, pointer in reversed(list(dict.fromkeys(found))):
        holder, _, last = pointer.rpartition("/")
        copy.delete(file, pointer)
        if holder.endswith("/dataModelBindings") and not last.isdecimal():
            _drop_if_empty(copy, file, holder)


def _drop_if_empty(copy: WorkingCopy, file: str, pointer: str) -> None:
    found = copy.app.json(file)
    for part in pointer.split("/")[1:]:
        key = part.replace("~1", "/").replace("~0", "~")
        found = found[int(key)] if isinstance(found, list) else found[key]
    if not found:
        copy.delete(file, pointer)
