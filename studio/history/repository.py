"""One app's Git repository: bare, without a work tree."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pygit2
from pygit2.enums import SortMode

from studio.definition.changes import Change
from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.definition.sentences import N_, Sentence
from studio.history import branching, committing, merging, refs
from studio.history.commits import Author, CommitInfo
from studio.history.draft import Draft
from studio.history.errors import Moved
from studio.history.locking import locked
from studio.history.merging import Choices, Comparison, Merge, Mergeability, MergeResult
from studio.history.names import branch_ref
from studio.history.timeline import Timeline, timeline
from studio.history.trees import TreeFiles

MAIN = "main"
_ARCHIVED = "studio-archived"


class Repository:
    """The app `org`/`app` over time."""

    def __init__(self, folder: Path, org: str, app: str) -> None:
        self.folder = folder
        self.org = org
        self.app = app
        self._git = pygit2.Repository(str(folder))

    def head(self, branch: str = MAIN) -> CommitInfo:
        """The newest commit of a branch; raises NotThere."""
        return self.commit(branch_ref(branch))

    def commit(self, name: str) -> CommitInfo:
        """The commit that a full ref or a commit id (40 hex digits) names; raises NotThere."""
        return CommitInfo.of(self._commit(name))

    def branches(self) -> list[str]:
        """The names of the branches, sorted."""
        return sorted(self._git.branches.local)

    def files(self, ref_or_commit: str = MAIN) -> Files:
        """The app at a branch, full ref or commit id; raises NotThere."""
        return TreeFiles(self._git, str(self._commit(ref_or_commit).tree_id))

    def log(self, branch: str = MAIN, limit: int = 50, skip: int = 0) -> list[CommitInfo]:
        """The branch's commits, newest first."""
        # By time, not by topology: that would read the whole history before the first commit is given.
        walker = self._git.walk(self._commit(branch_ref(branch)).id, SortMode.TIME)
        found = []
        for number, commit in enumerate(walker):
            if number >= skip + limit:
                break
            if number >= skip:
                found.append(CommitInfo.of(commit))
        return found

    def drafts(self, branch: str = MAIN) -> dict[str, str]:
        """Who has a draft on a branch -> its newest commit. It may be one without changes."""
        return refs.drafts(self._git, branch)

    def timeline(self, branch: str = MAIN) -> Timeline:
        """The branch over time. Raises NotThere."""
        return timeline(self._git, branch, str(self._commit(branch_ref(branch)).id))

    def draft(self, person: str, branch: str = MAIN) -> Draft:
        """The private draft of `person` on a branch. It costs nothing until it is changed."""
        return Draft(self._git, person, branch)

    def create_branch(self, name: str, start: str = MAIN) -> None:
        """Make a branch where another branch, a full ref or a commit id is. Raises AlreadyThere, InvalidName,
        NotThere, Busy."""
        branching.create(self._git, name, str(self._commit(start).id))

    def create_branch_with_draft(self, name: str, person: str, source: str) -> None:
        """Make a branch with the unshared work that `person` has on `source`, which keeps it as well.

        Raises as create_branch; NotThere where there is no such work.
        """
        branching.create_with_draft(self._git, person, source, name)

    def delete_branch(self, name: str, expected: str) -> None:
        """Delete a branch whose newest commit is `expected`. Drafts on it are kept, see kept_drafts. Raises
        NotThere, Busy."""
        branching.delete(self._git, name, expected)

    def advance_branch(self, name: str, expected: str, to: str) -> None:
        """Let a branch whose newest commit is `expected` be at a commit that builds on it. Raises Busy."""
        branching.advance(self._git, name, expected, to)

    def kept_drafts(self, person: str) -> list[branching.KeptDraft]:
        """The unshared work of `person` on branches that are gone. A branch of that name brings it back."""
        return branching.kept_drafts(self._git, person)

    def keep(self, ref: str, commit: str) -> None:
        """Let `ref`, which is no branch, name a commit, so that the commit is kept. Raises Busy."""
        with locked(self.folder):
            there = refs.target(self._git, ref)
            if there != commit:
                refs.move(self._git, ref, there, commit)

    def merge_base(self, one: str, other: str) -> str | None:
        """The newest commit (hex) that both build on; None where there is none. Raises NotThere."""
        return merging.merge_base(self._git, self.commit(one).id, self.commit(other).id)

    def compare(self, base: str, head: str) -> Comparison:
        """What `head` has that `base` lacks (branches, refs or commit ids); raises NotThere."""
        return merging.compare(self._git, self.commit(base).id, self.commit(head).id)

    def mergeable(self, source: str, into: str) -> Mergeability:
        """What merging `source` into `into` would come to; kept by content. Raises NotThere."""
        return merging.mergeable(self._git, self.commit(source).id, self.commit(into).id)

    def merge(  # noqa: PLR0913 - named, and each is a decision of who merges
        self,
        source: str,
        into: str,
        *,
        author: Author,
        message: str,
        now: datetime,
        squash: bool = False,
        choices: Choices | None = None,
        expected: str | None = None,
        accept_findings: bool = False,
    ) -> MergeResult:
        """Merge `source` (branch, ref or commit id) into the branch `into`, as a merge or as one commit.

        `choices` settle conflicts by key: "ours" is the source's value. With conflicts, or with new faults
        that are not accepted, nothing moves. Raises NotThere, NothingToDo, Busy, and Moved where the source
        is no longer the commit `expected`.
        """
        found = self.commit(source).id
        if expected is not None and found != expected:
            raise Moved.looked_at()
        wanted = Merge(found, into, message, squash, choices, accept_findings)
        return merging.make(self._git, wanted, author, now)

    def commit_change(
        self,
        branch: str,
        change_of: Callable[[Files], Change],
        *,
        message: str,
        author: Author,
        by: Author,
        now: datetime,
    ) -> CommitInfo:
        """Put what `author` proposed on a branch, as `by` takes it over; see committing.commit_change."""
        return committing.commit_change(self._git, branch, change_of, message, author, by, now)

    @property
    def archived_at(self) -> datetime | None:
        """When the app was archived; None while it is in use."""
        try:
            return datetime.fromisoformat(json.loads((self.folder / _ARCHIVED).read_text("utf-8"))["when"])
        except FileNotFoundError:
            return None

    def archive(self, author: Author, now: datetime) -> None:
        """Put the app aside: it is kept, but out of the way."""
        (self.folder / _ARCHIVED).write_text(
            json.dumps({"when": now.isoformat(), "who": author.name}), "utf-8"
        )

    def unarchive(self) -> None:
        """Take the app into use again."""
        (self.folder / _ARCHIVED).unlink(missing_ok=True)

    def _commit(self, name: str) -> pygit2.Commit:
        found = self._git.get(name) if _is_id(name) else None
        if found is None:
            target = refs.target(self._git, name if name.startswith("refs/") else branch_ref(name))
            found = self._git.get(target) if target else None
        if found is None:
            raise NotThere(
                Sentence(N_("There is no version “%(name)s” of %(app)s."), {"name": name, "app": self.app})
            )
        return found.peel(pygit2.Commit)


def _is_id(name: str) -> bool:
    return len(name) == 40 and all(digit in "0123456789abcdef" for digit in name)
