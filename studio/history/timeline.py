"""A branch over time: its commits along first parents, newest first.

Read once for each head and continued where the branch grew, so that a page of the history of thousands of
commits takes no longer than one of ten. What a merge brought stands behind its entry, not between others.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final

import pygit2
from pygit2.enums import SortMode

from studio.definition.content_cache import ContentCache
from studio.history.commits import CommitInfo

_ID: Final = 40  # hex digits: parts of an id name nothing here
_LATEST: Final[ContentCache[tuple[CommitInfo, ...]]] = ContentCache(64)
# What a commit touched never changes; the paths of some ten apps with thousands of commits each, 15 MB.
_TOUCHED: Final[ContentCache[frozenset[str]]] = ContentCache(50_000)


@dataclass(frozen=True)
class Timeline:
    """The commits of a branch, newest first."""

    repository: pygit2.Repository
    commits: Sequence[CommitInfo]

    @cached_property
    def _places(self) -> dict[str, int]:
        return {commit.id: place for place, commit in enumerate(self.commits)}

    def find(self, commit_id: str) -> CommitInfo | None:
        """The commit of that id, if it is on the line."""
        place = self._places.get(commit_id)
        return None if place is None else self.commits[place]

    def find_behind(self, commit_id: str) -> CommitInfo | None:
        """The commit of that id, if a merge brought it to the branch."""
        if not self.commits or len(commit_id) != _ID:
            return None
        try:
            if self.repository.descendant_of(self.commits[0].id, commit_id):
                return CommitInfo.of(self.repository[commit_id].peel(pygit2.Commit))
        except (KeyError, ValueError, pygit2.GitError):
            pass
        return None

    def touched(self, commit: CommitInfo) -> frozenset[str]:
        """The paths of the files that a commit changed, as against its first parent."""
        return _TOUCHED.get(commit.id, lambda: self._touched(commit))

    def places(self, path: str) -> list[int]:
        """Where on the line the file at `path` was changed: indices of `commits`.

        Folders that did not change are looked at once, so that thousands of commits take no differences.
        """
        names = path.split("/")
        known: dict[tuple[str, int], str | None] = {}

        def inside(tree_id: str, depth: int) -> str | None:
            """The id of the file, from a folder on its way."""
            key = (tree_id, depth)
            if key not in known:
                found = self._entry(tree_id, names[depth])
                known[key] = found if found is None or depth == len(names) - 1 else inside(found, depth + 1)
            return known[key]

        ids = [*(inside(commit.tree_id, 0) for commit in self.commits), None]
        return [place for place, (now, before) in enumerate(pairwise(ids)) if now != before]

    def touching(self, path: str) -> list[CommitInfo]:
        """The commits that changed the file at `path`."""
        return [self.commits[place] for place in self.places(path)]

    def blob(self, commit: CommitInfo, path: str) -> str | None:
        """The id (hex) of what lay at `path` at a commit; None where there was no file."""
        tree = self.repository[commit.tree_id]
        try:
            found = tree[path] if isinstance(tree, pygit2.Tree) else None
        except KeyError:
            return None
        return str(found.id) if isinstance(found, pygit2.Blob) else None

    def read(self, blob_id: str) -> bytes:
        """The content of a file by its id."""
        blob = self.repository[blob_id]
        return blob.data if isinstance(blob, pygit2.Blob) else b""

    def brought(self, commit: CommitInfo, limit: int = 100) -> list[CommitInfo]:
        """The commits that a merge brought in, newest first; [] for any other commit."""
        if len(commit.parents) < 2:
            return []
        walker = self.repository.walk(commit.parents[1], SortMode.TIME)
        walker.hide(commit.parents[0])
        return [CommitInfo.of(found) for _, found in zip(range(limit), walker, strict=False)]

    def _entry(self, tree_id: str, name: str) -> str | None:
        """The id of what has a name in a folder; None where there is nothing, or no folder."""
        tree = self.repository[tree_id]
        return str(tree[name].id) if isinstance(tree, pygit2.Tree) and name in tree else None

    def _touched(self, commit: CommitInfo) -> frozenset[str]:
        tree = self.repository[commit.tree_id].peel(pygit2.Tree)
        if commit.parents:
            before = self.repository[commit.parents[0]].peel(pygit2.Tree)
            changed = before.diff_to_tree(tree)
        else:
            changed = tree.diff_to_tree(swap=True)
        return frozenset(
            path for delta in changed.deltas for path in (delta.old_file.path, delta.new_file.path)
        )


def timeline(repository: pygit2.Repository, branch: str, head: str) -> Timeline:
    """The line of a branch whose newest commit is `head`."""
    key = f"{repository.path} {branch}"
    known = _LATEST.get(key, tuple)
    if not known or known[0].id != head:
        known = _read(repository, head, known)
        _LATEST.put(key, known)
    return Timeline(repository, known)


def _read(repository: pygit2.Repository, head: str, known: tuple[CommitInfo, ...]) -> tuple[CommitInfo, ...]:
    """From `head` down to the first commit; what is known from an earlier head is not read again."""
    places = {commit.id: place for place, commit in enumerate(known)}
    walker = repository.walk(head, SortMode.NONE)
    walker.simplify_first_parent()
    fresh: list[CommitInfo] = []
    for commit in walker:
        place = places.get(str(commit.id))
        if place is not None:
            return (*fresh, *known[place:])
        fresh.append(CommitInfo.of(commit))
    return tuple(fresh)
