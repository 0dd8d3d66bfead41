"""The chain of commits under a draft: reading which state it is in, and growing it by one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import pygit2

from studio.definition.sentences import N_, Sentence
from studio.history import refs
from studio.history.commits import Author
from studio.history.errors import BranchGone
from studio.history.marks import Mark, read_mark
from studio.history.objects import write_commit
from studio.history.origins import Origin, origin_of_edits


@dataclass(frozen=True, slots=True)
class State:
    """Where a draft is. All ids are hex.

    `tip` is None while nothing was ever written; `base` is a commit of the branch. `revision` names the
    state for whoever edits it: the tip, or the branch's head while there are no changes.
    """

    tip: str | None
    base: str
    position: str
    redo: str | None
    fetching: str | None
    tree_id: str
    revision: str


class Chain:
    """One draft's commits in one repository."""

    def __init__(self, repository: pygit2.Repository, draft_ref: str, branch_ref: str) -> None:
        self._repository = repository
        self._draft_ref = draft_ref
        self.branch_ref = branch_ref

    def head(self) -> str:
        """The newest commit of the branch; raises NotThere."""
        head = refs.target(self._repository, self.branch_ref)
        if head is None:
            name = self.branch_ref.removeprefix("refs/heads/")
            raise BranchGone(
                Sentence(
                    N_(
                        "There is no branch “%(branch)s”. If it was deleted, what you had not shared on it "
                        "is kept: you find it among the branches of the app."
                    ),
                    {"branch": name},
                )
            )
        return head

    def load(self) -> State:
        """The state now. A draft without changes is always at the branch's head."""
        head = self.head()
        tip = refs.target(self._repository, self._draft_ref)
        if tip is not None:
            state = self._state(tip)
            if state.base == head:
                return state
            if state.position != state.base and state.tree_id != self.tree_of(head):
                return state
        return State(tip, head, head, None, None, self.tree_of(head), head)

    def mark(self, commit_id: str) -> Mark | None:
        """The mark of a commit, None where it is not a draft's."""
        return read_mark(self.commit(commit_id))

    def append(
        self, state: State, tree_id: str, mark: Mark, subject: str, author: Author, now: datetime
    ) -> State:
        """Add a commit after `state`; returns the state that it makes. Raises Busy if the draft moved on."""
        commit = write_commit(
            self._repository,
            tree_id,
            self._parents(state, mark),
            mark.message(subject),
            author.signature(now),
        )
        refs.move(self._repository, self._draft_ref, state.tip, commit)
        return self._state(commit)

    def walk(self) -> Iterator[tuple[pygit2.Commit, Mark]]:
        """The draft's own commits, newest first, with their marks."""
        place = refs.target(self._repository, self._draft_ref)
        while place is not None:
            commit = self.commit(place)
            mark = read_mark(commit)
            if mark is None:
                return
            yield commit, mark
            # The branch begins here; what its commits say in their messages is no mark.
            parent = str(commit.parent_ids[0])
            place = parent if parent != mark.base else None

    def origin(self) -> Origin:
        """In which editors the draft's edits since it was shared last were made."""
        kinds: set[str] = set()
        for _, mark in self.walk():
            if mark.position is not None and mark.position == mark.base:
                break  # shared or discarded: what is older is not in it
            if mark.change is not None:
                kinds.add(str(mark.change.get("kind")))
        return origin_of_edits(kinds)

    def tree_of(self, commit_id: str) -> str:
        """The tree id of a commit."""
        return str(self.commit(commit_id).tree_id)

    def commit(self, commit_id: str) -> pygit2.Commit:
        """The commit of that id; raises KeyError where there is none."""
        return self._repository[commit_id].peel(pygit2.Commit)

    def _state(self, tip: str) -> State:
        commit = self.commit(tip)
        mark = read_mark(commit)
        if mark is None:
            raise ValueError(f"{self._draft_ref} names {tip}, which is no commit of a draft")
        return State(
            tip=tip,
            base=mark.base,
            position=mark.position or tip,
            redo=tip if mark.undone else mark.redo,
            fetching=mark.fetching,
            tree_id=str(commit.tree_id),
            revision=tip,
        )

    def _parents(self, state: State, mark: Mark) -> list[str]:
        """The first parent is the chain; a commit of the branch that is built on from here is the second."""
        if state.tip is None:
            return [mark.base]
        before = self.mark(state.tip)
        if before is not None and before.base == mark.base:
            return [state.tip]
        return [state.tip, mark.base]
