"""Writing Git objects, also while another process packs, and after one was killed while it wrote.

Packing removes the folders of objects that it has emptied, and so may take one away between its making and
its first file; and libgit2 gives up where the temporary file of a killed process has the name that it chose
(processes forked from one parent choose the same names). Git itself then tries again; so does this.

Call with the repository's lock held.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import pygit2

_ATTEMPTS: Final = 5


def write_blob(repository: pygit2.Repository, data: bytes) -> pygit2.Oid:
    """Write a file's content."""
    return _steadily(repository, lambda: repository.create_blob(data))


def write_tree(repository: pygit2.Repository, builder: pygit2.TreeBuilder) -> pygit2.Oid:
    """Write a folder."""
    return _steadily(repository, builder.write)


def write_commit(
    repository: pygit2.Repository,
    tree_id: str,
    parents: Sequence[str],
    message: str,
    signature: pygit2.Signature,
    committer: pygit2.Signature | None = None,
) -> str:
    """Write a commit; no ref names it yet. Without a committer it is the author."""
    # Git ends a message at a NUL: whatever a draft says of itself behind it would be lost.
    text = message.replace("\0", "").encode("utf-8", "replace").decode()

    def write() -> pygit2.Oid:
        return repository.create_commit(None, signature, committer or signature, text, tree_id, list(parents))

    return str(_steadily(repository, write))


def _steadily(repository: pygit2.Repository, write: Callable[[], pygit2.Oid]) -> pygit2.Oid:
    """Write, and see that it is there: no ref may ever lead to something that is not."""
    for _ in range(_ATTEMPTS - 1):
        try:
            written = write()
            if written in repository.odb:  # the repository itself would read and unpack it
                return written
        except OSError:
            _clear_leftovers(Path(repository.path))
    return write()


def _clear_leftovers(folder: Path) -> None:
    """Remove libgit2's temporary files: whoever wrote them is dead, as the lock is ours."""
    for place in (folder / "objects").glob("tmp_object_git2_*"):
        place.unlink(missing_ok=True)
