"""Drafts as people see them: what has changed, in sentences; what others shared; which conflicts wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from studio.accounts import Person
from studio.definition.comparison import describe
from studio.definition.content_cache import ContentCache
from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.definition.sentences import N_, Sentence
from studio.history.commits import Author, CommitInfo
from studio.history.draft import Draft
from studio.history.names import branch_ref
from studio.history.repository import Repository

HISTORY_PAGE: Final = 20
_LONGEST_HISTORY: Final = 20_000


@dataclass(frozen=True, slots=True)
class DraftState:
    """What the bar above every page of an app shows. `changes` counts what is not shared yet."""

    changes: int
    can_undo: bool
    can_redo: bool
    is_behind: bool
    has_conflicts: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Changes that belong together: those of one page, or (page None) of the app as a whole."""

    page: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Shared:
    """A commit, and what it changed."""

    commit: CommitInfo
    groups: tuple[Group, ...]


def author_of(person: Person) -> Author:
    """How a person signs their changes."""
    return Author(person.name, person.email)


def draft_state(draft: Draft) -> DraftState:
    """The state of a draft."""
    return DraftState(
        changes=len(sentences(draft.base_files, draft.files)) if draft.is_changed else 0,
        can_undo=draft.can_undo,
        can_redo=draft.can_redo,
        is_behind=draft.is_behind,
        has_conflicts=bool(draft.conflicts),
    )


def unshared(draft: Draft) -> tuple[Group, ...]:
    """What is in the draft and not shared yet."""
    return grouped(sentences(draft.base_files, draft.files))


def incoming(repository: Repository, draft: Draft) -> list[CommitInfo]:
    """What others shared since the draft left the branch, newest first."""
    if not draft.is_behind:
        return []
    # Not by time: what a merge brought in may be older than where the draft left the branch.
    return repository.compare(draft.base, branch_ref(draft.branch)).commits()


def shared_in(repository: Repository, branch: str, commit_id: str) -> Shared:
    """A commit of a branch with its changes. Raises NotThere where the branch has no such commit."""
    # Drafts lie in the same repository, and are private: only what is on the branch may be seen.
    if not any(commit.id == commit_id for commit in repository.log(branch, limit=_LONGEST_HISTORY)):
        raise NotThere(Sentence(N_("There is no version “%(name)s”."), {"name": commit_id}))
    commit = repository.commit(commit_id)
    if not commit.parents:
        return Shared(commit, (Group(None, (Sentence(N_("The app was created")),)),))
    before, after = repository.files(commit.parents[0]), repository.files(commit.id)
    return Shared(commit, grouped(sentences(before, after)))


def proposed_message(groups: Sequence[Group]) -> Sentence:
    """A message for sharing: the change itself where there is one, otherwise where they are."""
    every = [sentence for group in groups for sentence in group.sentences]
    pages = [group.page for group in groups if group.page is not None]
    if len(every) == 1:
        return every[0]
    if len(pages) == len(groups) == 1:
        return Sentence(N_("%(count)s changes on page %(page)s"), {"count": len(every), "page": pages[0]})
    if 1 < len(pages) <= 3:
        where: dict[str, str | int | Sentence] = {"count": len(every), "pages": ", ".join(pages)}
        return Sentence(N_("%(count)s changes, among others on the pages %(pages)s"), where)
    return Sentence(N_("%(count)s changes"), {"count": len(every)})


def grouped(changes: Sequence[Sentence]) -> tuple[Group, ...]:
    """Sentences by the page that they name; pages in the order in which they appear, the app itself first."""
    by_page: dict[str | None, list[Sentence]] = {}
    for sentence in changes:
        page = sentence.values.get("page")
        by_page.setdefault(None if page is None else str(page), []).append(sentence)
    pages = sorted(by_page, key=lambda page: page is not None)
    return tuple(Group(page, tuple(by_page[page])) for page in pages)


_described: Final = ContentCache[tuple[Sentence, ...]](1000)


def sentences(before: Files, after: Files) -> tuple[Sentence, ...]:
    """What changed between two definitions. Kept by content, so that it is worked out once."""
    return _described.get(f"{before.tree_id} {after.tree_id}", lambda: tuple(describe(before, after)))
