"""What the list of branches shows, and making a branch with unshared work on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from studio.definition.comparison import describe
from studio.definition.sentences import N_, Sentence
from studio.history.branch_rules import BranchRule, matching
from studio.history.commits import Author, CommitInfo
from studio.history.draft import Draft
from studio.history.errors import Conflict
from studio.history.repository import MAIN, Repository
from studio.reviews.models import PullRequest
from studio.reviews.requests import AnySession, Filter, found


@dataclass(frozen=True, slots=True)
class BranchRow:
    """A branch: what it has that main lacks (`ahead`) and the other way round, and what is open from it."""

    name: str
    head: CommitInfo
    ahead: int
    behind: int
    rule: BranchRule
    has_unshared: bool
    pull_requests: tuple[PullRequest, ...]

    @property
    def is_main(self) -> bool:
        """Whether it is the main branch."""
        return self.name == MAIN


def rows(
    session: AnySession, repository: Repository, person: str, rules: Sequence[BranchRule]
) -> list[BranchRow]:
    """All branches: main first, then whichever changed last."""
    requests: dict[str, list[PullRequest]] = {}
    for each in found(session, repository.org, repository.app, Filter()):
        requests.setdefault(each.source, []).append(each)
    made = [
        _row(repository, name, person, matching(rules, name), requests.get(name, ()))
        for name in repository.branches()
    ]
    return sorted(made, key=lambda row: (not row.is_main, -row.head.when.timestamp(), row.name))


def _row(
    repository: Repository, name: str, person: str, rule: BranchRule, requests: Sequence[PullRequest]
) -> BranchRow:
    head = repository.head(name)
    beside = repository.compare(MAIN, name)
    unshared = repository.draft(person, name).is_changed
    return BranchRow(name, head, beside.ahead, beside.behind, rule, unshared, tuple(requests))


def unshared_count(draft: Draft) -> int:
    """How many changes a draft has that are not shared."""
    return len(describe(draft.base_files, draft.files)) if draft.is_changed else 0


def make_with_draft(
    repository: Repository, person: str, source: str, name: str, author: Author, now: datetime
) -> None:
    """Make a branch with the unshared changes on `source`, which are taken away there; Undo brings them back.

    Raises Conflict where a fetch waits for choices, AlreadyThere, InvalidName, NotThere, Busy.
    """
    draft = repository.draft(person, source)
    if draft.conflicts:
        raise Conflict(draft.conflicts)
    repository.create_branch_with_draft(name, person, source)
    draft.discard(author, now)


def nothing_kept(branch: str) -> Sentence:
    """For a branch of which the person has no unshared changes."""
    return Sentence(N_("Nothing is kept of a branch “%(branch)s”."), {"branch": branch})
