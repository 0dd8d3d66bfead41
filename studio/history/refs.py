"""Moving a ref by compare-and-swap, also after a process was killed while it moved one.

Call with the repository's lock held: then every other move of Studio's is over, or its process is dead.
"""

import time
from contextlib import suppress
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pygit2
from blinker import Signal

from studio.definition.sentences import N_, Sentence
from studio.history.errors import Busy

# Git holds the lock of a ref for milliseconds. One this old (seconds) was left by a process that is gone.
STALE_AFTER: Final = 10.0
_DRAFTS: Final = "refs/drafts/"
_HEADS: Final = "refs/heads/"
_MOVING: Final = "studio-moving"

# Sent with the folder of a repository when one of its branches has moved. Whoever listens is called with the
# lock held, and so only takes note.
branch_moved: Final = Signal()


def target(repository: pygit2.Repository, ref: str) -> str | None:
    """The commit that `ref` names, or None."""
    found = repository.references.get(ref)
    return None if found is None else str(found.resolve().target)


def drafts(repository: pygit2.Repository, branch: str) -> dict[str, str]:
    """The drafts of a branch: person -> the newest commit."""
    found = {}
    for ref in repository.references.iterator():
        if ref.name.startswith(_DRAFTS):
            owner, _, name = ref.name.removeprefix(_DRAFTS).partition("/")
            if name == branch:
                found[unquote(owner)] = str(ref.target)
    return found


def move(repository: pygit2.Repository, ref: str, old: str | None, new: str) -> None:
    """Make `ref` name `new` if it still names `old` (None: does not exist). Raises Busy otherwise."""
    folder = Path(repository.path)
    _clear_stale_lock(folder, ref)
    if _is_shared(ref):
        (folder / _MOVING).write_text(f"{ref} {new}", "utf-8")
    try:
        if old is None:
            repository.references.create(ref, new, force=False)
        else:
            current = repository.references.get(ref)
            if current is None or str(current.target) != old:
                raise Busy(_BUSY)
            current.set_target(new)
    except (pygit2.GitError, ValueError, OSError) as error:
        raise Busy(_BUSY) from error
    if _is_shared(ref):
        (folder / _MOVING).unlink()
    if ref.startswith(_HEADS):
        branch_moved.send(folder.resolve())


_BUSY: Final = Sentence(N_("Someone is changing this just now. Try again in a few seconds."))


def _is_shared(ref: str) -> bool:
    """Drafts are moved by Studio only; branches by Git as well, when someone pushes."""
    return not ref.startswith(_DRAFTS)


def _clear_stale_lock(folder: Path, ref: str) -> None:
    """Remove the lock on `ref` that a killed process left, but not that of a push going on."""
    lock = folder / f"{ref}.lock"
    with suppress(FileNotFoundError):
        holder = lock.read_text("ascii").strip()
        age = time.time() - lock.stat().st_mtime
        if not _is_shared(ref) or age > STALE_AFTER or _was_moving(folder, ref, holder):
            lock.unlink()


def _was_moving(folder: Path, ref: str, holder: str) -> bool:
    """Did a process of Studio's die while it moved this ref? It wrote down what it was about to do."""
    with suppress(FileNotFoundError, ValueError):
        moving, new = (folder / _MOVING).read_text("utf-8").split(" ")
        return moving == ref and holder in ("", new)
    return False
