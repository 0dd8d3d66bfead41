"""An edit that was made on an older state of a draft: is it still meant, and what does it come to now?"""

from typing import Final

import pygit2

from studio.definition.app import app_definition
from studio.definition.changes import Change, Composite
from studio.definition.errors import DomainError
from studio.definition.files import EditedFiles, Edits
from studio.definition.merge import merge
from studio.definition.sentences import N_, Sentence
from studio.history.chain import Chain, State
from studio.history.errors import StaleEdit
from studio.history.trees import TreeFiles

# These put whole files in place: done again on newer files they would wipe out what others did in them.
_WHOLE_FILES: Final = frozenset(
    {"set_file", "replace_model", "replace_schema_text", "restore_files", "restore_page"}
)


def replay(
    chain: Chain,
    repository: pygit2.Repository,
    state: State,
    change: Change,
    base_revision: str,
    edit_id: str | None,
) -> Edits | None:
    """The edits of `change`, made on `base_revision`, for the newer `state`; None if it was applied already.

    Raises StaleEdit where another edit changed the same value since, or the change does not fit any more.
    """
    known, applied = _look_back(chain, base_revision, edit_id)
    if applied:
        return None
    if not known and not _on_branch(chain, repository, base_revision):
        raise StaleEdit(
            Sentence(
                N_("This page shows a version that does not exist any more. Reload the page and try again.")
            )
        )
    old = TreeFiles(repository, chain.tree_of(base_revision))
    new = TreeFiles(repository, state.tree_id)
    merged = merge(old, EditedFiles(old, change.apply(app_definition(old))), new)
    if merged.conflicts:
        raise StaleEdit(
            Sentence(
                N_(
                    "This was changed in another window or by an undo after the page was loaded. "
                    "Choose what to keep."
                )
            ),
            merged.conflicts,
        )
    if _puts_whole_files(change):
        return merged.edits
    try:
        return change.apply(app_definition(new))
    except DomainError as error:
        raise StaleEdit(error.sentence) from error


def _puts_whole_files(change: Change) -> bool:
    parts = change.changes if isinstance(change, Composite) else (change,)
    return any(part.kind in _WHOLE_FILES for part in parts)


def _look_back(chain: Chain, base_revision: str, edit_id: str | None) -> tuple[bool, bool]:
    """Walk back from the tip to `base_revision`: was it there, and was the edit applied on the way?"""
    for commit, mark in chain.walk():
        if edit_id is not None and mark.edit == edit_id:
            return True, True
        if base_revision in (str(commit.id), mark.base):
            return True, False
    return False, False


def _on_branch(chain: Chain, repository: pygit2.Repository, revision: str) -> bool:
    """Was `revision` once the head of the branch? Other people's drafts are never looked at."""
    head = chain.head()
    try:
        return revision == head or repository.descendant_of(head, revision)
    except (KeyError, ValueError, pygit2.GitError):
        return False
