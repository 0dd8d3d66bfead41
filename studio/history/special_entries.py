"""What of a Git tree is no plain file: symbolic links, submodules, and whether a file may be run.

`TreeFiles` does not see these. A merge of branches must not lose them, so they are merged by themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pygit2
from pygit2.enums import FileMode

from studio.history.trees import EMPTY_TREE

_PLAIN: Final = FileMode.BLOB


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its Git mode, and the id (hex) of a link or submodule. A file that may be run has id ""."""

    mode: int
    id: str = ""

    def __str__(self) -> str:
        names = {
            FileMode.LINK: "symbolic link",
            FileMode.COMMIT: "submodule",
            FileMode.BLOB_EXECUTABLE: "executable file",
        }
        return f"{names.get(FileMode(self.mode), 'file')} {self.id}".strip()


Entries = Mapping[str, "Entry | None"]


@dataclass(frozen=True, slots=True)
class Merged:
    """`edits` turn *theirs* into the merge (path -> entry; None: nothing special there any more)."""

    edits: Entries
    undecided: Mapping[str, "tuple[Entry | None, Entry | None, Entry | None]"]


def merge_special(repository: pygit2.Repository, base: str | None, ours: str, theirs: str) -> Merged:
    """Merge what is special in three trees (ids; base None: an empty one)."""
    before = base or EMPTY_TREE
    mine, yours = _changed(repository, before, ours), _changed(repository, before, theirs)
    edits: dict[str, Entry | None] = {}
    undecided = {}
    for path, (old, new) in mine.items():
        other = yours.get(path, (old, old))[1]
        if other == old:
            edits[path] = new
        elif other != new:
            undecided[path] = (old, new, other)
    return Merged(edits, undecided)


def with_entries(repository: pygit2.Repository, tree: str, entries: Entries) -> str:
    """A tree with these entries; returns its id. An executable file keeps the content that is there."""
    if not entries:
        return tree
    index = pygit2.Index()
    index.read_tree(repository[tree].peel(pygit2.Tree))
    for path, entry in entries.items():
        there = index[path] if path in index else None  # noqa: SIM401 - an Index has no get
        if entry is None or not entry.id:
            if there is not None and there.mode in (FileMode.BLOB, FileMode.BLOB_EXECUTABLE):
                mode = FileMode(entry.mode) if entry is not None else _PLAIN
                index.add(pygit2.IndexEntry(path, there.id, mode))
            elif there is not None and entry is None:
                index.remove(path)
        else:
            index.add(pygit2.IndexEntry(path, pygit2.Oid(hex=entry.id), FileMode(entry.mode)))
    return str(index.write_tree(repository))


def _changed(
    repository: pygit2.Repository, before: str, after: str
) -> dict[str, "tuple[Entry | None, Entry | None]"]:
    """Where something special is on one of the sides and differs: (before, after) by path."""
    old = repository[before].peel(pygit2.Tree) if before != EMPTY_TREE else None
    new = repository[after].peel(pygit2.Tree)
    # Seen from `new`, so that an empty `before` can be compared without being in the repository.
    diff = new.diff_to_tree(old, swap=True) if old is not None else new.diff_to_tree(swap=True)
    found: dict[str, tuple[Entry | None, Entry | None]] = {}
    for delta in diff.deltas:
        sides = _entry(delta.old_file), _entry(delta.new_file)
        if sides[0] != sides[1]:
            path = delta.new_file.path
            # A file that became a link is told as two steps: it went away, and something new came.
            known = found.get(path)
            found[path] = sides if known is None else (known[0] or sides[0], known[1] or sides[1])
    return found


def _entry(file: pygit2.DiffFile) -> Entry | None:
    mode = FileMode(file.mode)
    if mode in (FileMode.LINK, FileMode.COMMIT):
        return Entry(mode, str(file.id))
    return Entry(mode) if mode == FileMode.BLOB_EXECUTABLE else None
