"""Drafts as people see them: what has changed, in sentences; what others shared; which conflicts wait."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from studio.accounts import Person
from studio.definition.comparison import describe
from studio.definition.content_cache import ContentCache
from studio.definition.files import Files
from studio.definition.sentences import N_, Sentence
from studio.history.commits import Author, CommitInfo
from studio.history.draft import Draft
from studio.history.names import branch_ref
from studio.history.repository import Repository
from studio.showing_changes import Group, changes

_PAGES_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class DraftState:
    """What the bar above every page of an app shows. `changes` counts what is not shared yet."""

    changes: int
    can_undo: bool
    can_redo: bool
    is_behind: bool
    has_conflicts: bool


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
    return changes(draft.base_files, draft.files).groups


def incoming(repository: Repository, draft: Draft) -> list[CommitInfo]:
    """What others shared since the draft left the branch, newest first."""
    if not draft.is_behind:
        return []
    # Not by time: what a merge brought in may be older than where the draft left the branch.
    return repository.compare(draft.base, branch_ref(draft.branch)).commits()


def proposed_message(groups: Sequence[Group]) -> Sentence:
    """A message for sharing: what was done first where most was done, how much more, and where."""
    every = [sentence for group in groups for sentence in group.sentences]
    if len(every) == 1:
        return every[0]
    if not every:
        return Sentence(N_("No changes"))
    pages = [str(group.title.values["page"]) for group in groups if group.page]
    most = max(groups, key=lambda group: len(group.sentences))
    values: dict[str, str | int | Sentence] = {"first": most.sentences[0], "count": len(every) - 1}
    if len(every) == len(groups[0].sentences):
        return Sentence(N_("%(first)s, and %(count)s more here"), values)
    if len(pages) == len(groups) <= _PAGES_NAMED:
        named = {"pages": ", ".join(pages)}
        return Sentence(N_("%(first)s, and %(count)s more on the pages %(pages)s"), values | named)
    return Sentence(N_("%(first)s, and %(count)s more in the app"), values)


_described: Final = ContentCache[tuple[Sentence, ...]](1000)


def sentences(before: Files, after: Files) -> tuple[Sentence, ...]:
    """What changed between two definitions. Kept by content, so that it is worked out once."""
    return _described.get(f"{before.tree_id} {after.tree_id}", lambda: tuple(describe(before, after)))
