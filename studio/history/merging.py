"""Merging branches: what one has that the other lacks, whether they go together, and putting it there.

The definitions are merged by identity (see decision 0002), and the branch moves by compare-and-swap under
the repository's lock. Where something is undecided, nothing is written and nothing moves.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Final

import pygit2
from pygit2.enums import SortMode

from studio.definition.content_cache import ContentCache
from studio.definition.errors import NotThere
from studio.definition.files import EditedFiles, Files, MemoryFiles
from studio.definition.findings import Finding, Place
from studio.definition.merge import GONE, Choice, Conflict, Merged, merge, new_findings
from studio.definition.sentences import N_, Sentence
from studio.history import maintenance, refs
from studio.history.commits import Author, CommitInfo
from studio.history.errors import NothingToDo
from studio.history.locking import locked
from studio.history.names import branch_ref
from studio.history.objects import write_commit
from studio.history.origins import committer
from studio.history.special_entries import Entries, Entry, merge_special, with_entries
from studio.history.trees import TreeFiles, write_edits

Choices = Mapping[str, Choice]


@dataclass(frozen=True)
class Comparison:
    """What `head` has that `base` lacks. All ids are hex; `merge_base` is None for strangers.

    `before` and `after` are the app where the two parted, and at `head`.
    """

    base: str
    head: str
    merge_base: str | None
    ahead: int
    behind: int
    before: Files
    after: Files
    _repository: pygit2.Repository

    def commits(self, limit: int = 100) -> list[CommitInfo]:
        """The commits of `head` that `base` does not have, newest first."""
        walker = self._repository.walk(self.head, SortMode.TOPOLOGICAL | SortMode.TIME)
        walker.hide(self.base)
        return [CommitInfo.of(commit) for commit in islice(walker, limit)]


@dataclass(frozen=True)
class Mergeability:
    """What a merge would come to. In `files` the target's value stands where a choice is missing.

    `findings` are faults that the merge has and neither side: it can be made, but somebody should know.
    """

    is_merged: bool
    conflicts: tuple[Conflict, ...]
    findings: tuple[Finding, ...]
    files: Files

    @property
    def is_clean(self) -> bool:
        """Can it be merged as it is?"""
        return not (self.is_merged or self.conflicts or self.findings)


@dataclass(frozen=True, slots=True)
class MergeResult:
    """`commit` is the new head of the branch; None where conflicts or findings stopped the merge."""

    commit: CommitInfo | None
    conflicts: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Trial:
    """A merge worked out: edits of the target's files, and of what is no plain file."""

    merged: Merged
    entries: Entries
    findings: tuple[Finding, ...]


_TRIALS: Final[ContentCache[_Trial]] = ContentCache(256)


def merge_base(repository: pygit2.Repository, one: str, other: str) -> str | None:
    """The newest commit (hex) that both commits build on; None where there is none."""
    found: pygit2.Oid | None = repository.merge_base(one, other)  # the stubs forget strangers
    return None if found is None else str(found)


def compare(repository: pygit2.Repository, base: str, head: str) -> Comparison:
    """Compare two commits (hex)."""
    common = merge_base(repository, base, head)
    ahead, behind = repository.ahead_behind(head, base)
    before: Files = TreeFiles(repository, _tree(repository, common)) if common else MemoryFiles({})
    after = TreeFiles(repository, _tree(repository, head))
    return Comparison(base, head, common, ahead, behind, before, after, repository)


def mergeable(repository: pygit2.Repository, source: str, target: str) -> Mergeability:
    """What merging commit `source` into commit `target` would come to."""
    theirs = TreeFiles(repository, _tree(repository, target))
    if merge_base(repository, source, target) == source:
        return Mergeability(is_merged=True, conflicts=(), findings=(), files=theirs)
    trial = _try(repository, source, target, {})
    files = EditedFiles(theirs, trial.merged.edits)
    return Mergeability(
        is_merged=False, conflicts=trial.merged.conflicts, findings=trial.findings, files=files
    )


@dataclass(frozen=True, slots=True)
class Merge:
    """One merge to be made: `source` is a commit (hex), `into` a branch.

    `choices` settle conflicts by their key: "ours" is the source's value, "theirs" the branch's.
    `accept_findings` merges although the result has faults that neither side has.
    """

    source: str
    into: str
    message: str
    squash: bool = False
    choices: Choices | None = None
    accept_findings: bool = False


def make(repository: pygit2.Repository, wanted: Merge, author: Author, now: datetime) -> MergeResult:
    """Make it. Raises NotThere without the branch, NothingToDo, and Busy where somebody holds the branch."""
    ref = branch_ref(wanted.into)
    choices = wanted.choices or {}
    _try(repository, wanted.source, _head(repository, ref), choices)  # the long part, without the lock
    with locked(Path(repository.path)):
        target = _head(repository, ref)
        if merge_base(repository, wanted.source, target) == wanted.source:
            raise NothingToDo(Sentence(N_("“%(branch)s” has all of this already."), {"branch": wanted.into}))
        trial = _try(repository, wanted.source, target, choices)
        if trial.merged.conflicts or (trial.findings and not wanted.accept_findings):
            return MergeResult(None, trial.merged.conflicts, trial.findings)
        tree = write_edits(repository, _tree(repository, target), trial.merged.edits)
        tree = with_entries(repository, tree, trial.entries)
        parents = [target] if wanted.squash else [target, wanted.source]
        message = f"{wanted.message.strip()}\n"
        signature = author.signature(now)
        commit = write_commit(repository, tree, parents, message, signature, committer("merge", signature))
        refs.move(repository, ref, target, commit)
    maintenance.after(Path(repository.path), commit)
    return MergeResult(CommitInfo.of(repository[commit].peel(pygit2.Commit)), findings=trial.findings)


def _try(repository: pygit2.Repository, source: str, target: str, choices: Choices) -> _Trial:
    bases = _bases(repository, source, target)
    trees = [_tree(repository, commit) for commit in (*bases, source, target)]
    chosen = ",".join(f"{key}={side}" for key, side in sorted(choices.items()))
    return _TRIALS.get(f"{' '.join(trees)} {chosen}", lambda: _tried(repository, bases, trees, choices))


def _tried(repository: pygit2.Repository, bases: list[str], trees: list[str], choices: Choices) -> _Trial:
    base = _joint_base(repository, bases)
    ours, theirs = (TreeFiles(repository, tree) for tree in trees[-2:])
    merged = merge(base, ours, theirs, choices)
    special = merge_special(repository, trees[0] if bases else None, trees[-2], trees[-1])
    entries = dict(special.edits)
    conflicts = list(merged.conflicts)
    for path, sides in special.undecided.items():
        before, mine, yours = map(_said, sides)
        conflict = Conflict(f"{path}@kind", Place(path), before, mine, yours)
        side = choices.get(conflict.key)
        if side == "ours":
            entries[path] = sides[1]
        elif side is None:
            conflicts.append(conflict)
    merged = Merged(merged.edits, tuple(conflicts))
    findings = () if conflicts else new_findings(ours, theirs, EditedFiles(theirs, merged.edits))
    return _Trial(merged, entries, findings)


def _said(entry: Entry | None) -> object:
    return GONE if entry is None else str(entry)


def _bases(repository: pygit2.Repository, one: str, other: str) -> list[str]:
    """The best common ancestors: more than one where branches were merged crosswise."""
    found: list[str] = []
    newest = merge_base(repository, one, other)
    while newest is not None:
        found.append(newest)
        mine, yours = (_newer(repository, commit, found) for commit in (one, other))
        newest = next((commit for commit in mine if commit in set(yours)), None)
    return found


def _newer(repository: pygit2.Repository, commit: str, than: list[str]) -> list[str]:
    """The commits that `commit` builds on and those in `than` do not, children first."""
    walker = repository.walk(commit, SortMode.TOPOLOGICAL)
    for each in than:
        walker.hide(each)
    return [str(each.id) for each in walker]


def _joint_base(repository: pygit2.Repository, bases: list[str]) -> Files:
    """The common ancestor of two branches; of several, their own merge.

    Where these do not agree the older value stands, so that the merge asks instead of choosing.
    """
    if not bases:
        return MemoryFiles({})
    first, *others = bases
    files: Files = TreeFiles(repository, _tree(repository, first))
    for other in others:
        older = _joint_base(repository, _bases(repository, first, other))
        theirs = TreeFiles(repository, _tree(repository, other))
        files = EditedFiles(theirs, merge(older, files, theirs, undecided="base").edits)
    return files


def _head(repository: pygit2.Repository, ref: str) -> str:
    head = refs.target(repository, ref)
    if head is None:
        name = ref.removeprefix("refs/heads/")
        raise NotThere(Sentence(N_("There is no branch “%(branch)s”."), {"branch": name}))
    return head


def _tree(repository: pygit2.Repository, commit: str) -> str:
    return str(repository[commit].peel(pygit2.Commit).tree_id)
