"""Places that name a field follow it to its new name or place."""

from collections.abc import Callable, Sequence

from studio.definition.app import AppDefinition
from studio.definition.changes.data_models.conditions import set_in_condition
from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.data_model.places import Step
from studio.definition.field_references import FieldPlace, WrittenPath, all_places, steps_of

# Where a field is to be found that was at the end of these steps: its names from where the data begins. None
# where there is no one answer.
NewNames = Callable[[Sequence[Step]], Sequence[str] | None]


def follow_field(
    copy: WorkingCopy, before: AppDefinition, data_type: str, node: str, new_names: NewNames
) -> None:
    """Rewrite every place of `before` that leads through the property at `node` alone."""
    renamed: list[tuple[FieldPlace, str]] = []
    for place in all_places(before):
        written = followed_path(before, place, data_type, node, new_names)
        if written is None or written == place.path:
            continue
        if place.is_key:
            renamed.append((place, written.text))
        elif place.flow is not None:
            set_in_condition(copy, place.flow, place.pointer, written.text)
        else:
            copy.set(place.file, place.pointer, written.text)
    # Names of members last: they are part of the pointers of what lies beneath them.
    for place, text in renamed:
        copy.rename_key(place.file, place.pointer, text)


def followed_path(
    before: AppDefinition, place: FieldPlace, data_type: str, node: str, new_names: NewNames
) -> WrittenPath | None:
    """What a place has to say when the field has moved; None where it is not about the field, or is lost."""
    full = followed_full_path(before, place, data_type, node, new_names)
    return _relative(full, place) if full else None


def followed_full_path(
    before: AppDefinition, place: FieldPlace, data_type: str, node: str, new_names: NewNames
) -> WrittenPath | None:
    """The same from where the data begins."""
    steps = steps_of(before, place) if place.data_type == data_type else None
    path = place.full_path
    for length in range(len(steps or ()), 0, -1):
        # Where another member of a combination has the same name, that one still answers to it.
        if steps is None or steps[length - 1].pointers != (node,):
            continue
        names = new_names(steps[:length])
        if names is None:
            return None
        path = path.moved(length, _as_written(path, steps, names))
    return path if steps else None


def _as_written(path: WrittenPath, steps: Sequence[Step], names: Sequence[str]) -> list[str]:
    """Names that stay the same are left as the file spells them."""
    same = 0
    while same < min(len(steps), len(names)) - 1 and names[same] == steps[same].name:
        same += 1
    return [*path.names[:same], *names[same:]]


def _relative(path: WrittenPath, place: FieldPlace) -> WrittenPath | None:
    """The part of the path that the place itself writes; None where the field has left its list."""
    own, full = len(place.path.parts), place.full_path
    above = len(full.parts) - own
    if above == 0:
        return path
    if path.names[-own:] == place.path.names:
        return place.path  # the list has moved, or a group around it
    stays_in_list = path.names[:above] == full.names[:above]
    return WrittenPath(path.parts[above:]) if stays_in_list or len(path.parts) == len(full.parts) else None
