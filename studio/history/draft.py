"""A draft: one person's unshared work on a branch, kept as a private chain of commits (see marks.py)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

import pygit2

from studio.definition.app import app_definition
from studio.definition.changes import Change
from studio.definition.errors import NotThere
from studio.definition.files import Edits, Files
from studio.definition.findings import Finding
from studio.definition.merge import Choice, Merged, merge, new_findings
from studio.definition.merge import Conflict as Difference
from studio.definition.sentences import N_, Sentence
from studio.history import maintenance, refs
from studio.history.chain import Chain, State
from studio.history.commits import Author, CommitInfo
from studio.history.errors import Conflict, NothingToDo
from studio.history.locking import locked
from studio.history.marks import Mark
from studio.history.names import branch_ref, draft_ref
from studio.history.objects import write_commit
from studio.history.origins import committer
from studio.history.replaying import replay
from studio.history.trees import TreeFiles, write_edits


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A state of the draft: `revision` is what the next edit gives as its base."""

    revision: str
    files: Files


@dataclass(frozen=True, slots=True)
class Step:
    """An edit that stands in a draft: its commit, the app before it, and the change (see changes.from_dict).

    `change` is None where it is too large to be kept, or is none: what a fetch brought, all taken back.
    """

    commit: CommitInfo
    before: Files
    after: Files
    change: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True)
class FetchResult:
    """What fetching gave: were there changes of others, and which conflicts wait for `Draft.resolve`.

    `findings` are faults that came of both changes together, and that neither has alone.
    """

    changed: bool
    conflicts: tuple[Difference, ...] = ()
    findings: tuple[Finding, ...] = ()


class Draft:
    """One person's draft. It costs nothing while it has no changes, and then follows the branch.

    Reading shows one moment (`refresh` for a newer one); every write sees the newest state.
    """

    def __init__(self, repository: pygit2.Repository, person: str, branch: str) -> None:
        self.person = person
        self.branch = branch
        self._repository = repository
        self._folder = Path(repository.path)
        self._chain = Chain(repository, draft_ref(person, branch), branch_ref(branch))
        self._state = self._chain.load()

    # ── reading ──

    @property
    def files(self) -> Files:
        """The app as the draft has it."""
        return TreeFiles(self._repository, self._state.tree_id)

    @property
    def revision(self) -> str:
        """The name (hex) of this state."""
        return self._state.revision

    @property
    def base(self) -> str:
        """The commit (hex) of the branch that the draft builds on."""
        return self._state.base

    @property
    def base_files(self) -> Files:
        """The app as it was on the branch where the draft left it."""
        return self._files_of(self._state.base)

    @property
    def can_undo(self) -> bool:
        """Is there an edit to take back?"""
        return self._before(self._state) is not None

    @property
    def can_redo(self) -> bool:
        """Was an edit taken back, with no edit since?"""
        return self._state.redo is not None

    @property
    def is_changed(self) -> bool:
        """Are there files that differ from the branch where the draft left it?"""
        return self._state.tree_id != self._chain.tree_of(self._state.base)

    @property
    def is_behind(self) -> bool:
        """Has the branch moved on since, so that there is something to fetch?"""
        return self._state.base != self._chain.head()

    @property
    def conflicts(self) -> tuple[Difference, ...]:
        """The conflicts of a fetch that waits for choices; worked out anew from the three definitions."""
        state = self._state
        return self._merge(state, state.fetching).conflicts if state.fetching else ()

    def steps(self) -> Iterator[Step]:
        """The edits that make the draft what it is, newest first; what was undone is not among them."""
        place = self._state.position
        while place != self._state.base:
            mark = self._chain.mark(place)
            if mark is None or mark.base != self._state.base:
                return
            before = mark.before or mark.base
            change = mark.change if mark.change is not None and "omitted" not in mark.change else None
            commit = CommitInfo.of(self._chain.commit(place))
            yield Step(commit, self._files_of(before), self._files_of(place), change)
            place = before

    def history(self, limit: int = 100) -> list[CommitInfo]:
        """What was done in this draft, newest first; undone edits are there as well."""
        return [CommitInfo.of(commit) for commit, _ in islice(self._chain.walk(), limit)]

    def refresh(self) -> None:
        """See the newest state."""
        self._state = self._chain.load()

    # ── writing ──

    def apply(
        self, change: Change, base_revision: str, author: Author, now: datetime, edit_id: str | None = None
    ) -> Snapshot:
        """Make an edit, and return the state after it.

        An edit made on an older revision is done again on the newest one; raises StaleEdit where that cannot
        be, and any DomainError of the change itself. The same `edit_id` is applied once.
        """
        with locked(self._folder):
            state = self._chain.load()
            files = TreeFiles(self._repository, state.tree_id)
            if base_revision == state.revision:
                edits: Edits | None = change.apply(app_definition(files))
            else:
                edits = replay(self._chain, self._repository, state, change, base_revision, edit_id)
            if edits is not None:
                subject = str(change.sentence(app_definition(files)))
                mark = replace(self._edit_mark(state), edit=edit_id, change=change.to_dict())
                state = self._write(state, edits, mark, subject, author, now)
            self._state = state
        return self._snapshot()

    def undo(self, author: Author, now: datetime) -> Snapshot:
        """Take back the last edit; raises NothingToDo."""
        with locked(self._folder):
            state = self._chain.load()
            before = self._before(state)
            if before is None:
                raise NothingToDo(Sentence(N_("There is nothing to undo.")))
            mark = Mark(state.base, before, undone=state.position, after=state.redo, fetching=state.fetching)
            tree = self._chain.tree_of(before)
            self._state = self._chain.append(state, tree, mark, "Undo", author, now)
        return self._snapshot()

    def redo(self, author: Author, now: datetime) -> Snapshot:
        """Do the edit again that was taken back last; raises NothingToDo."""
        with locked(self._folder):
            state = self._chain.load()
            taken_back = self._chain.mark(state.redo) if state.redo else None
            if taken_back is None or taken_back.undone is None:
                raise NothingToDo(Sentence(N_("There is nothing to redo.")))
            position = taken_back.undone
            mark = Mark(state.base, position, redo=taken_back.after, fetching=state.fetching)
            tree = self._chain.tree_of(position)
            self._state = self._chain.append(state, tree, mark, "Redo", author, now)
        return self._snapshot()

    def discard(self, author: Author, now: datetime, expected: str | None = None) -> Snapshot:
        """Go back to the branch as it was where the draft left it. An edit like others: it can be undone.

        With `expected`, only a draft at that revision; a newer one stays as it is.
        """
        with locked(self._folder):
            state = self._chain.load()
            if expected not in (None, state.revision):
                self._state = state
                return self._snapshot()
            tree = self._chain.tree_of(state.base)
            if tree == state.tree_id:
                raise NothingToDo(Sentence(N_("The draft has no changes.")))
            mark = self._edit_mark(state)
            self._state = self._chain.append(state, tree, mark, "Discard all changes", author, now)
        return self._snapshot()

    def fetch(self, author: Author, now: datetime) -> FetchResult:
        """Bring what others shared into the draft. Conflicts wait for `resolve`."""
        with locked(self._folder):
            before, head = self._chain.load(), self._chain.head()
            self._state, result = self._fetched(before, author, now)
        if not result.changed:
            return result
        return replace(result, findings=self._new_findings(before, head, self._state))

    def resolve(self, choices: Mapping[str, Choice], author: Author, now: datetime) -> FetchResult:
        """Settle the conflicts of a fetch: conflict key -> "ours", "theirs" or "both".

        Those without a choice are returned, and then nothing is changed. Raises NothingToDo without a fetch.
        """
        with locked(self._folder):
            state = self._chain.load()
            if state.fetching is None:
                raise NothingToDo(Sentence(N_("There are no conflicts to settle.")))
            merged, head, before = self._merge(state, state.fetching, choices), state.fetching, state
            if not merged.conflicts:
                state = self._rebased(state, head, merged, author, now)
            self._state = state
        if merged.conflicts:
            return FetchResult(changed=False, conflicts=merged.conflicts)
        return FetchResult(changed=True, findings=self._new_findings(before, head, state))

    def revert(
        self, commit_id: str, author: Author, now: datetime, choices: Mapping[str, Choice] | None = None
    ) -> FetchResult:
        """Take back what a shared commit (hex) did, as one edit: what came after it stays.

        Where the same places were changed since, the conflicts are returned and nothing is changed; `choices`
        settle them ("ours" is as it was before the commit, "theirs" as it is in the draft). A merge is taken
        back as what it brought to the branch. Raises NotThere for what is not on the branch, and NothingToDo.
        """
        with locked(self._folder):
            state = self._chain.load()
            commit = self._shared(commit_id)
            if not commit.parent_ids:
                raise NothingToDo(Sentence(N_("The first version of an app cannot be taken back.")))
            before = self._files_of(str(commit.parent_ids[0]))
            now_here = TreeFiles(self._repository, state.tree_id)
            merged = merge(self._files_of(commit_id), before, now_here, choices)
            if not merged.conflicts:
                mark = replace(self._edit_mark(state), change={"kind": "revert", "commit": commit_id})
                subject = f"Take back: {CommitInfo.of(commit).subject}"
                after = self._write(state, merged.edits, mark, subject, author, now)
                if after == state:
                    raise NothingToDo(Sentence(N_("That change is taken back already.")))
                state = after
            self._state = state
        maintenance.after(self._folder, self._state.revision)
        return FetchResult(changed=not merged.conflicts, conflicts=merged.conflicts)

    def share(self, message: str, author: Author, now: datetime) -> CommitInfo:
        """Put the draft on the branch as one commit, with what others shared fetched first.

        Raises Conflict where that needs choices, NothingToDo without changes, Busy if the branch moves.
        """
        with locked(self._folder):
            state, result = self._fetched(self._chain.load(), author, now)
            self._state = state
            if result.conflicts:
                raise Conflict(result.conflicts)
            shared = self._commit(state, message, author, now)
            refs.move(self._repository, self._chain.branch_ref, state.base, shared)
            mark = Mark(shared, position=shared)
            self._state = self._chain.append(state, state.tree_id, mark, "Share", author, now)
        maintenance.after(self._folder, shared)
        return CommitInfo.of(self._chain.commit(shared))

    def as_commit(self, message: str, author: Author, now: datetime) -> CommitInfo:
        """What is not shared as one commit on the base, for another branch: none names it yet.

        The draft stays as it is, and shows the state that is in the commit. Raises Conflict where a fetch
        waits for choices, NothingToDo without changes.
        """
        with locked(self._folder):
            self._state = self._chain.load()
            if self.conflicts:
                raise Conflict(self.conflicts)
            made = self._commit(self._state, message, author, now)
        return CommitInfo.of(self._chain.commit(made))

    # ── parts ──

    def _commit(self, state: State, message: str, author: Author, now: datetime) -> str:
        """Write the draft's files as a commit on its base. Raises NothingToDo without changes."""
        if state.tree_id == self._chain.tree_of(state.base):
            raise NothingToDo(Sentence(N_("There are no changes to share.")))
        signature = author.signature(now)
        return write_commit(
            self._repository,
            state.tree_id,
            [state.base],
            f"{message.strip()}\n",
            signature,
            committer(self._chain.origin(), signature),
        )

    def _snapshot(self) -> Snapshot:
        maintenance.after(self._folder, self._state.revision)
        return Snapshot(self.revision, self.files)

    def _shared(self, commit_id: str) -> pygit2.Commit:
        """A commit of the branch. Others' drafts lie in the same repository, and are not looked at."""
        head = self._chain.head()
        try:
            if commit_id == head or self._repository.descendant_of(head, commit_id):
                return self._chain.commit(commit_id)
        except (KeyError, ValueError, pygit2.GitError):
            pass
        raise NotThere(Sentence(N_("There is no version “%(name)s”."), {"name": commit_id}))

    def _files_of(self, commit_id: str) -> Files:
        return TreeFiles(self._repository, self._chain.tree_of(commit_id))

    def _before(self, state: State) -> str | None:
        """The position before the state's own; None where the draft has no edit to take back."""
        mark = self._chain.mark(state.position) if state.position != state.base else None
        return mark.before if mark is not None else None

    def _edit_mark(self, state: State) -> Mark:
        return Mark(state.base, before=state.position, fetching=state.fetching)

    def _write(
        self, state: State, edits: Edits, mark: Mark, subject: str, author: Author, now: datetime
    ) -> State:
        tree = write_edits(self._repository, state.tree_id, edits)
        if tree == state.tree_id:
            return state  # an edit that changes no byte is no edit
        return self._chain.append(state, tree, mark, subject, author, now)

    def _merge(self, state: State, head: str, choices: Mapping[str, Choice] | None = None) -> Merged:
        ours = TreeFiles(self._repository, state.tree_id)
        return merge(self._files_of(state.base), ours, self._files_of(head), choices)

    def _new_findings(self, before: State, head: str, after: State) -> tuple[Finding, ...]:
        ours, merged = (TreeFiles(self._repository, state.tree_id) for state in (before, after))
        return new_findings(ours, self._files_of(head), merged)

    def _fetched(self, state: State, author: Author, now: datetime) -> tuple[State, FetchResult]:
        head = self._chain.head()
        if state.base == head:
            return state, FetchResult(changed=False)
        merged = self._merge(state, head)
        if not merged.conflicts:
            return self._rebased(state, head, merged, author, now), FetchResult(changed=True)
        if state.fetching != head:
            mark = Mark(state.base, state.position, redo=state.redo, fetching=head)
            state = self._chain.append(state, state.tree_id, mark, "Fetch, with conflicts", author, now)
        return state, FetchResult(changed=False, conflicts=merged.conflicts)

    def _rebased(self, state: State, head: str, merged: Merged, author: Author, now: datetime) -> State:
        """The draft with its changes on `head`. It begins anew there: undo does not go further back."""
        base_tree = self._chain.tree_of(head)
        tree = write_edits(self._repository, base_tree, merged.edits)
        mark = Mark(head, position=head if tree == base_tree else None)
        return self._chain.append(state, tree, mark, "Fetch", author, now)
