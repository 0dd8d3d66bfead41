"""Moving a ref by compare-and-swap, also after a process was killed while it moved one. Call with the lock
held."""

import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import pygit2

from studio.definition.sentences import N_, Sentence
from studio.history.errors import Busy

# Git holds the lock of a ref for milliseconds. One this old (seconds) was left behind by a process that is
# gone.
STALE_AFTER: Final = 10.0


def target(repository: pygit2.Repository, ref: str) -> str | None:
    """The commit that `ref` names, or None."""
    found = repository.references.get(ref)
    return None if found is None else str(found.resolve().target)


def move(repository: pygit2.Repository, ref: str, old: str | None, new: str) -> None:
    """Make `ref` name `new` if it still names `old` (None: does not exist). Raises Busy otherwise."""
    _clear_stale_lock(Path(repository.path), ref)
    try:
        if old is None:
            repository.references.create(ref, new, force=False)
        else:
            current = repository.references.get(ref)
            if current is None or str(current.target) != old:
                raise Busy(_BUSY)
            current.set_target(new)
    except (pygit2.GitError, ValueError) as error:
        raise Busy(_BUSY) from error


_BUSY: Final = Sentence(N_("Someone is changing this just now. Try again in a few seconds."))


def _clear_stale_lock(folder: Path, ref: str) -> None:
    """Remove what a killed process left. Only Studio writes drafts, under its own lock, so there any lock
    is stale."""
    lock = folder / f"{ref}.lock"
    with suppress(FileNotFoundError):
        if ref.startswith("refs/drafts/") or time.time() - lock.stat().st_mtime > STALE_AFTER:
            lock.unlink()
