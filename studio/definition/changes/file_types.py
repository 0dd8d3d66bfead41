"""The data types that keep the files of upload components: they come, follow and go with their components.

The platform keeps files in the data type that has the component's id.
"""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.components import component_type
from studio.definition.errors import DomainError
from studio.definition.layouts import LayoutSet
from studio.definition.metadata import DataType
from studio.definition.sentences import N_, Sentence

# Property of the component -> member of the data type.
_LIMITS: Final = {"maxFileSizeInMB": "maxSize", "maxNumberOfAttachments": "maxCount"}
_LARGEST: Final = 25  # megabytes, where the component does not say
_UNLIMITED: Final = 0


def stores_files(raw: Mapping[str, Any]) -> bool:
    """Whether the component takes files that are kept in a data type of its own."""
    kind = component_type(str(raw.get("type")))
    return kind is not None and kind.stores_files


def add_file_type(copy: WorkingCopy, layout_set: LayoutSet, raw: Mapping[str, Any]) -> None:
    """The data type for a new upload component; one that is there already is used as it is.

    Raises DomainError where the id is that of a data model.
    """
    path, name = copy.app.paths.metadata, str(raw["id"])
    there = copy.app.metadata.data_type(name)
    if there is not None and there.is_form:
        raise DomainError(Sentence(N_("There is already a data type with the id %(id)s."), {"id": name}))
    listed = copy.app.metadata.raw.get("dataTypes")
    if there is not None or not isinstance(listed, list):
        return
    new: dict[str, Any] = {"id": name, "allowedContentTypes": []}
    if layout_set.tasks:
        new["taskId"] = layout_set.tasks[0]
    limits = {"maxSize": _LARGEST, "maxCount": 1, "minCount": 0}
    copy.insert(path, "/dataTypes", len(listed), new | limits | _said(raw))


def follow_limits(copy: WorkingCopy, raw: Mapping[str, Any], name: str) -> None:
    """Limits that were set on an upload component hold for what is kept as well."""
    kept = _own(copy, str(raw.get("id")))
    if name not in _LIMITS or not stores_files(raw) or kept is None:
        return
    for member, value in _said(raw).items():
        if member == _LIMITS[name] and kept.raw.get(member) != value:
            copy.set(copy.app.paths.metadata, f"{kept.pointer}/{member}", value)


def drop_file_type(copy: WorkingCopy, raw: Mapping[str, Any]) -> None:
    """Take away the data type of an upload component that is gone, if no other has the same id."""
    name = str(raw.get("id"))
    kept = _own(copy, name)
    if stores_files(raw) and kept is not None and not any(one.find(name) for one in copy.app.layout_sets):
        copy.delete(copy.app.paths.metadata, kept.pointer)


def _own(copy: WorkingCopy, name: str) -> DataType | None:
    found = copy.app.metadata.data_type(name)
    return None if found is None or found.is_form else found


def _said(raw: Mapping[str, Any]) -> dict[str, int]:
    """What the component says about size and number; rows of a group share the data type without limit."""
    said = {
        member: raw[name]
        for name, member in _LIMITS.items()
        if isinstance(raw.get(name), int) and not isinstance(raw[name], bool)
    }
    return said | ({"maxCount": _UNLIMITED} if raw.get("dataModelBindings") else {})
