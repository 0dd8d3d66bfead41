"""What the people of an organisation keep for one another, in a Git repository beside its apps.

It is named so that no app can have its name: it is in no list of apps, and no Git client can reach it.
It comes into being when something is put on it.
"""

import tempfile
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

import pygit2

from studio.definition.files import Edits, Files, MemoryFiles
from studio.definition.sentences import N_, Sentence
from studio.history import refs
from studio.history.commits import Author, CommitInfo
from studio.history.errors import AlreadyThere
from studio.history.locking import locked
from studio.history.names import valid_name
from studio.history.objects import write_commit
from studio.history.repositories import new_repository
from studio.history.trees import EMPTY_TREE, TreeFiles, write_edits

SHELF: Final = "-shelf.git"
_BRANCH: Final = "refs/heads/main"


class Shelf:
    """The shelf of one organisation, over time. Raises InvalidName for what cannot be one."""

    def __init__(self, root: Path, org: str) -> None:
        self.folder = root / valid_name(org) / SHELF

    @property
    def files(self) -> Files:
        """What lies there now."""
        if not self.folder.is_dir():
            return MemoryFiles({})
        git = pygit2.Repository(str(self.folder))
        return TreeFiles(git, _tree(git, refs.target(git, _BRANCH)))

    def log(self, limit: int = 50) -> list[CommitInfo]:
        """What was done, newest first."""
        if not self.folder.is_dir():
            return []
        git = pygit2.Repository(str(self.folder))
        head = refs.target(git, _BRANCH)
        return [CommitInfo.of(commit) for commit in islice(git.walk(head), limit)] if head else []

    def write(
        self,
        edits: Edits,
        author: Author,
        message: str,
        now: datetime,
        *,
        as_new: bool = False,
        new: Collection[str] = (),
    ) -> None:
        """Put files in place of what is there, or take them away (None), in one commit.

        Raises UnsafePath, and Busy where someone else is writing; with `as_new` AlreadyThere where one of the
        files is there (or with `new`, one of these). What changes nothing is not written.
        """
        self._make()
        with locked(self.folder):
            git = pygit2.Repository(str(self.folder))
            head = refs.target(git, _BRANCH)
            claimed = edits.keys() if as_new else set(new)
            if claimed and (there := claimed & TreeFiles(git, _tree(git, head)).keys()):
                problem = N_("Somebody else has just written %(path)s. Look at it, and try again.")
                raise AlreadyThere(Sentence(problem, {"path": min(there)}))
            tree = write_edits(git, _tree(git, head), edits)
            if tree == _tree(git, head):
                return
            parents = [head] if head else []
            commit = write_commit(git, tree, parents, message.strip() + "\n", author.signature(now))
            refs.move(git, _BRANCH, head, commit)

    def _make(self) -> None:
        """Make the repository as a whole, or not at all; another process may be faster."""
        if self.folder.is_dir():
            return
        waiting = self.folder.parent.parent / ".incoming"
        waiting.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=waiting, ignore_cleanup_errors=True) as temporary:
            new_repository(Path(temporary) / "shelf.git")
            self.folder.parent.mkdir(exist_ok=True)
            with suppress(FileExistsError, OSError):
                (Path(temporary) / "shelf.git").rename(self.folder)


def _tree(git: pygit2.Repository, commit: str | None) -> str:
    return str(git[commit].peel(pygit2.Commit).tree_id) if commit else EMPTY_TREE
