"""A branch over time: its commits along first parents, newest first.

Read once for each head and continued where the branch grew, so that a page of the history of thousands of
commits takes no longer than one of ten. What a merge brought stands behind its entry, not between others.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import pygit2
from pygit2.enums import SortMode

from studio.definition.content_cache import ContentCache
from studio.history.commits import CommitInfo

_ID: Final = 40  # hex digits: parts of an id name nothing here
_LATEST: "Final[ContentCache[tuple[CommitInfo, ...]]]" = ContentCache(64)
_BLOBS: "Final[ContentCache[tuple[str | None, ...]]]" = ContentCache(200)


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

    def blobs(self, path: str) -> tuple[str | None, ...]:
        """What lay at `path` at each commit: a blob id (hex), or None."""
        if not self.commits:
            return ()
        return _BLOBS.get(f"{self.commits[0].id} {path}", lambda: tuple(self._blobs(path)))

    def touching(self, path: str) -> list[CommitInfo]:
        """The commits that changed the file at `path`."""
        blobs = (*self.blobs(path), None)
        return [commit for place, commit in enumerate(self.commits) if blobs[place] != blobs[place + 1]]

    def brought(self, commit: CommitInfo, limit: int = 100) -> list[CommitInfo]:
        """The commits that a merge brought in, newest first; [] for any other commit."""
        if len(commit.parents) < 2:
            return []
        walker = self.repository.walk(commit.parents[1], SortMode.TIME)
        walker.hide(commit.parents[0])
        return [CommitInfo.of(found) for _, found in zip(range(limit), walker, strict=False)]

    def _blobs(self, path: str) -> Iterator[str | None]:
        """Folders are looked at once for each of their states."""
        *folders, name = path.split("/")
        known: dict[tuple[str, str], str | None] = {}
        for commit in self.commits:
            place: str | None = commit.tree_id
            for part in (*folders, name):
                if place is None:
                    break
                key = (place, part)
                if key not in known:
                    known[key] = self._inside(place, part)
                place = known[key]
            yield place

    def _inside(self, tree_id: str, name: str) -> str | None:
        tree = self.repository[tree_id]
        if not isinstance(tree, pygit2.Tree) or name not in tree:
            return None
        return str(tree[name].id)


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
