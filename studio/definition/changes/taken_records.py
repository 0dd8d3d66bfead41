"""Keeping what an app has taken from the library (App/library.json) true while it is edited."""

from collections.abc import Mapping
from dataclasses import replace

from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.library import Kind, Taken, taken_items


def record(copy: WorkingCopy, taken: Taken) -> None:
    """Write what is taken; the first one makes the file."""
    path = copy.app.paths.library
    if not copy.exists(path):
        copy.write(path, b'{\n  "items": {}\n}\n')
    value = copy.app.json(path)
    if not isinstance(value, Mapping) or not isinstance(value.get("items"), Mapping):
        copy.set(path, "/items", {})
    copy.set(path, _pointer(taken.key), taken.to_json())


def forget(copy: WorkingCopy, key: str) -> None:
    """Take an entry away."""
    copy.delete(copy.app.paths.library, _pointer(key))


def follow_name(copy: WorkingCopy, kind: Kind, name: str, to: str) -> None:
    """What is taken follows when it gets another name in the app."""
    for taken in taken_items(copy.app).values():
        if (taken.kind, taken.name) == (kind, name):
            record(copy, replace(taken, name=to))


def _pointer(key: str) -> str:
    return "/items/" + key.replace("~", "~0").replace("/", "~1")
