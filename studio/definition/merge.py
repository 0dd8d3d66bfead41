"""Three-way merge of two definitions, by identity instead of by line. Conflicts are values, never markers."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal

from studio.definition.files import Edits, Files
from studio.definition.findings import Place

Side = Literal["ours", "theirs"]


class Gone:
    """The value of a place that does not exist on one side."""

    def __repr__(self) -> str:
        return "GONE"


GONE: Final = Gone()


@dataclass(frozen=True, slots=True)
class Conflict:
    """A place that both changed. Values are JSON values, text or bytes; GONE where the place does not exist.

    `key` names the conflict: it is the same whenever the same three definitions are merged.
    """

    key: str
    place: Place
    base: Any
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """`edits` turn *theirs* into the merge. At each conflict without a choice, theirs stands."""

    edits: Edits
    conflicts: tuple[Conflict, ...]


def merge(base: Files, ours: Files, theirs: Files, choices: Mapping[str, Side] | None = None) -> Merged:
    """Bring the changes from `base` to `ours` into `theirs`. `choices` settles conflicts by their key."""
    edits: dict[str, bytes | None] = {}
    conflicts: list[Conflict] = []
    for path in sorted({*base, *ours, *theirs}):
        before, mine, other = (_blob(files, path) for files in (base, ours, theirs))
        if mine in (before, other):
            continue
        if other != before:
            side = (choices or {}).get(path)
            if side is None:
                conflicts.append(
                    Conflict(path, Place(path), *(_value(f, path) for f in (base, ours, theirs)))
                )
            if side != "ours":
                continue
        edits[path] = ours[path] if mine is not None else None
    return Merged(edits, tuple(conflicts))


def _blob(files: Files, path: str) -> str | None:
    return files.blob_id(path) if path in files else None


def _value(files: Files, path: str) -> Any:
    return files.get(path, GONE)
