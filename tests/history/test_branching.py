"""Making and deleting branches, and taking unshared work along: nothing is lost."""

import subprocess

import pytest
from history_edits import KARI, NOW, OLA, PAGE, SetValue, value_at

from studio.definition.errors import NotThere
from studio.history.draft import Draft
from studio.history.errors import AlreadyThere, Busy
from studio.history.names import InvalidName
from studio.history.repository import Repository


def edit(draft: Draft, key: str, value: object) -> None:
    draft.apply(SetValue(PAGE, f"/data/layout/0/{key}", value), draft.revision, KARI, NOW)


def of_name(draft: Draft, key: str) -> object:
    return value_at(draft.files[PAGE], "data", "layout", 0).get(key)


def test_a_new_branch_is_where_the_other_one_is_and_they_go_their_own_ways(small: Repository) -> None:
    small.create_branch("kari/shorter", "main")
    assert small.branches() == ["kari/shorter", "main"]
    draft = small.draft("kari", "kari/shorter")
    edit(draft, "required", True)
    draft.share("Make the name required", KARI, NOW)
    assert of_name(small.draft("ola", "kari/shorter"), "required") is True
    assert of_name(small.draft("kari"), "required") is None


@pytest.mark.parametrize(
    "name", ["", "../x", "a..b", "-x", "a b", "x.lock", "a:b", "HEAD", "f" * 40, "x" * 101, "a//b", "@{1}"]
)
def test_a_branch_cannot_have_a_name_that_something_would_misread(small: Repository, name: str) -> None:
    with pytest.raises(InvalidName):
        small.create_branch(name)
    assert small.branches() == ["main"]


@pytest.mark.parametrize("name", ["main", "main/x"])
def test_a_branch_cannot_take_the_name_or_the_folder_of_another(small: Repository, name: str) -> None:
    with pytest.raises(AlreadyThere):
        small.create_branch(name)


def test_a_branch_cannot_lie_inside_the_name_of_kept_work(small: Repository) -> None:
    small.create_branch("idea")
    edit(small.draft("kari", "idea"), "required", True)
    small.delete_branch("idea", small.head("idea").id)
    with pytest.raises(AlreadyThere, match="idea"):
        small.create_branch("idea/two")


def test_unshared_work_comes_along_with_its_undo_and_stays_where_it_was(small: Repository) -> None:
    edit(small.draft("kari"), "required", True)
    edit(small.draft("kari"), "readOnly", True)
    small.create_branch_with_draft("kari/name", "kari", "main")
    moved = small.draft("kari", "kari/name")
    assert (of_name(moved, "required"), of_name(moved, "readOnly")) == (True, True)
    moved.undo(KARI, NOW)
    assert of_name(moved, "readOnly") is None
    assert of_name(small.draft("kari"), "readOnly") is True


def test_work_begun_on_an_older_state_comes_along_from_there(small: Repository) -> None:
    edit(small.draft("kari"), "required", True)
    ola = small.draft("ola")
    ola.apply(SetValue(PAGE, "/data/layout/1/required", True), ola.revision, OLA, NOW)
    ola.share("Make the phone required", OLA, NOW)
    small.create_branch_with_draft("kari/name", "kari", "main")
    moved = small.draft("kari", "kari/name")
    assert moved.is_changed
    assert not moved.is_behind
    assert small.head("kari/name").id == small.head().parents[0]


def test_there_is_no_work_to_take_along_where_nothing_was_done(small: Repository) -> None:
    with pytest.raises(NotThere):
        small.create_branch_with_draft("kari/name", "kari", "main")
    assert small.branches() == ["main"]


def test_work_on_a_deleted_branch_is_kept_and_comes_back_with_a_branch_of_that_name(
    small: Repository,
) -> None:
    small.create_branch("idea")
    draft = small.draft("kari", "idea")
    edit(draft, "required", True)
    small.delete_branch("idea", small.head("idea").id)
    with pytest.raises(NotThere, match="kept"):
        edit(draft, "readOnly", True)
    kept = small.kept_drafts("kari")
    assert [each.branch for each in kept] == ["idea"]
    assert small.kept_drafts("ola") == []
    small.create_branch("idea", kept[0].base)
    assert of_name(small.draft("kari", "idea"), "required") is True
    assert small.kept_drafts("kari") == []


def test_a_branch_that_got_new_changes_is_not_deleted_unseen(small: Repository) -> None:
    small.create_branch("idea")
    seen = small.head("idea").id
    draft = small.draft("kari", "idea")
    edit(draft, "required", True)
    draft.share("Make the name required", KARI, NOW)
    with pytest.raises(Busy, match="new changes"):
        small.delete_branch("idea", seen)
    assert "idea" in small.branches()


def test_a_kept_commit_outlives_its_branch(small: Repository) -> None:
    small.create_branch("idea")
    draft = small.draft("kari", "idea")
    edit(draft, "required", True)
    commit = draft.share("Make the name required", KARI, NOW).id
    small.keep("refs/pull/1/head", commit)
    small.delete_branch("idea", commit)
    subprocess.run(["git", "-C", str(small.folder), "gc", "-q", "--prune=now"], check=True)
    assert small.files("refs/pull/1/head")[PAGE] != small.files()[PAGE]
    subprocess.run(["git", "-C", str(small.folder), "fsck", "--strict"], check=True, capture_output=True)
