"""Keeping what an app has taken from the library (App/library.json) true while it is edited."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Literal

from studio.definition.changes.working_copy import WorkingCopy
from studio.definition.library import Kind, Taken, taken_items
from studio.definition.library.used_blocks import UsedBlock, used_blocks


def record(copy: WorkingCopy, taken: Taken) -> None:
    """Write what is taken; the first one makes the file."""
    _record(copy, "items", taken.key, taken.to_json())


def record_block(copy: WorkingCopy, used: UsedBlock) -> None:
    """Write where a block stands; the first one makes the file."""
    _record(copy, "blocks", used.key, used.to_json())


def _record(copy: WorkingCopy, member: Literal["items", "blocks"], key: str, entry: dict[str, Any]) -> None:
    path = copy.app.paths.library
    if not copy.exists(path):
        copy.write(path, f'{{\n  "{member}": {{}}\n}}\n'.encode())
    value = copy.app.json(path)
    if not isinstance(value, Mapping) or not isinstance(value.get(member), Mapping):
        copy.set(path, f"/{member}", {})
    copy.set(path, _pointer(key, member), entry)


def forget(copy: WorkingCopy, key: str, member: Literal["items", "blocks"] = "items") -> None:
    """Take an entry away."""
    copy.delete(copy.app.paths.library, _pointer(key, member))


def follow_name(copy: WorkingCopy, kind: Kind, name: str, to: str) -> None:
    """What is taken follows when it gets another name in the app."""
    for taken in taken_items(copy.app).values():
        if (taken.kind, taken.name) == (kind, name):
            record(copy, replace(taken, name=to))
    if kind == "lists":
        follow_in_blocks(copy, "options", name, to)


def follow_in_blocks(
    copy: WorkingCopy,
    kind: Literal["components", "texts", "options"],
    name: str,
    to: str,
    layout_set: str | None = None,
) -> None:
    """Where blocks stand follows when something of them gets another name in the app."""
    for used in used_blocks(copy.app).values():
        renamed = used.renamed(kind, name, to)
        if layout_set in (None, used.layout_set) and renamed != used:
            record_block(copy, renamed)


def _pointer(key: str, member: Literal["items", "blocks"]) -> str:
    return f"/{member}/" + key.replace("~", "~0").replace("/", "~1")
