"""A change that goes straight to a branch as a commit: what one person proposed and another takes over."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pygit2

from studio.definition.app import app_definition
from studio.definition.changes import Change
from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.definition.sentences import N_, Sentence
from studio.history import maintenance, refs
from studio.history.commits import Author, CommitInfo
from studio.history.errors import NothingToDo
from studio.history.locking import locked
from studio.history.names import branch_ref
from studio.history.objects import write_commit
from studio.history.origins import committer, origin_of_edits
from studio.history.trees import TreeFiles, write_edits


def commit_change(
    repository: pygit2.Repository,
    branch: str,
    change_of: Callable[[Files], Change],
    message: str,
    author: Author,
    by: Author,
    now: datetime,
) -> CommitInfo:
    """Put a change on a branch; `change_of` makes it from the files that are there at that moment.

    `author` wrote it, `by` takes it over and stands as committer. Raises NotThere without the branch, Busy,
    NothingToDo where no byte is different, and whatever `change_of` and the change raise; then nothing moves.
    """
    ref = branch_ref(branch)
    with locked(Path(repository.path)):
        head = refs.target(repository, ref)
        if head is None:
            raise NotThere(Sentence(N_("There is no branch “%(branch)s”."), {"branch": branch}))
        before = str(repository[head].peel(pygit2.Tree).id)
        files = TreeFiles(repository, before)
        change = change_of(files)
        tree = write_edits(repository, before, change.apply(app_definition(files)))
        if tree == before:
            raise NothingToDo(Sentence(N_("“%(branch)s” has all of this already."), {"branch": branch}))
        origin = origin_of_edits(_kinds(change.to_dict()))
        signature = author.signature(now)
        signed = committer(origin, signature, by.signature(now).name)
        made = write_commit(repository, tree, [head], f"{message.strip()}\n", signature, signed)
        refs.move(repository, ref, head, made)
    maintenance.after(Path(repository.path), made)
    return CommitInfo.of(repository[made].peel(pygit2.Commit))


def _kinds(change: object) -> list[str]:
    """The kinds of the changes in a change."""
    if not isinstance(change, dict):
        return []
    inner = [kind for each in change.get("changes") or () for kind in _kinds(each)]
    return inner or [str(change.get("kind"))]
