"""Writing Git objects, also while another process packs.

Packing removes the folders of objects that it has emptied, and so may take one away between its making and
its first file. Git itself then tries again; libgit2 does not, so this does.
"""

from collections.abc import Callable, Sequence
from typing import Final, TypeVar

import pygit2

_ATTEMPTS: Final = 5
Written = TypeVar("Written")


def write_blob(repository: pygit2.Repository, data: bytes) -> pygit2.Oid:
    """Write a file's content."""
    return _steadily(lambda: repository.create_blob(data))


def write_tree(builder: pygit2.TreeBuilder) -> pygit2.Oid:
    """Write a folder."""
    return _steadily(builder.write)


def write_commit(
    repository: pygit2.Repository,
    tree_id: str,
    parents: Sequence[str],
    message: str,
    signature: pygit2.Signature,
) -> str:
    """Write a commit; no ref names it yet."""
    return str(
        _steadily(
            lambda: repository.create_commit(None, signature, signature, message, tree_id, list(parents))
        )
    )


def _steadily(write: Callable[[], Written]) -> Written:
    for _ in range(_ATTEMPTS - 1):
        try:
            return write()
        except OSError:
            continue
    return write()
