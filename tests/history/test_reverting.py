"""Taking back what a shared commit did, as one edit of a draft."""

import pytest
from history_edits import KARI, NOW, OLA, PAGE, SetFile, SetValue, value_at

from studio.definition.errors import NotThere
from studio.history.draft import Draft
from studio.history.errors import NothingToDo
from studio.history.repository import Repository


def shared(repository: Repository, pointer: str, value: object) -> str:
    draft = repository.draft("ola")
    draft.apply(SetValue(PAGE, pointer, value), draft.revision, OLA, NOW)
    return draft.share(f"Set {pointer}", OLA, NOW).id


def grid(draft: Draft, component: int) -> object:
    return value_at(draft.files[PAGE], "data", "layout", component).get("grid")


def test_a_commit_is_taken_back_and_what_came_after_it_stays(small: Repository) -> None:
    first = shared(small, "/data/layout/0/grid", 1)
    shared(small, "/data/layout/1/grid", 2)
    draft = small.draft("kari")
    draft.apply(SetFile("notes.md", b"mine\n"), draft.revision, KARI, NOW)

    result = draft.revert(first, KARI, NOW)

    assert result.conflicts == ()
    assert (grid(draft, 0), grid(draft, 1)) == (None, 2)
    assert draft.files["notes.md"] == b"mine\n"
    assert draft.history()[0].subject == "Take back: Set /data/layout/0/grid"
    draft.undo(KARI, NOW)
    assert grid(draft, 0) == 1


def test_where_the_same_was_changed_since_it_is_asked_and_nothing_is_changed(small: Repository) -> None:
    shared(small, "/data/layout/0/grid", 1)
    second = shared(small, "/data/layout/0/grid", 2)
    shared(small, "/data/layout/0/grid", 3)
    draft = small.draft("kari")
    before = draft.revision

    (conflict,) = draft.revert(second, KARI, NOW).conflicts

    assert (conflict.base, conflict.ours, conflict.theirs) == (2, 1, 3)
    assert draft.revision == before
    assert draft.revert(second, KARI, NOW, {conflict.key: "ours"}).changed
    assert grid(draft, 0) == 1


def test_what_is_taken_back_already_is_said_so(small: Repository) -> None:
    first = shared(small, "/data/layout/0/grid", 1)
    draft = small.draft("kari")
    draft.revert(first, KARI, NOW)
    with pytest.raises(NothingToDo, match="already"):
        draft.revert(first, KARI, NOW)


def test_the_first_version_and_what_is_not_on_the_branch_cannot_be_taken_back(small: Repository) -> None:
    draft, other = small.draft("kari"), small.draft("ola")
    other.apply(SetFile("secret.md", b"secret\n"), other.revision, OLA, NOW)
    with pytest.raises(NothingToDo, match="first version"):
        draft.revert(small.head().id, KARI, NOW)
    for unknown in (other.revision, "0" * 40, "nonsense"):
        with pytest.raises(NotThere):
            draft.revert(unknown, KARI, NOW)
    assert not draft.is_changed
