"""Repositories: making, copying, archiving, deleting, logging and packing."""

import subprocess
from datetime import timedelta

import pytest
from history_edits import KARI, NOW, OLA, PAGE, SMALL_APP, SetFile, SetValue

from studio.definition.errors import NotThere
from studio.definition.files import MemoryFiles, UnsafePath
from studio.history import maintenance
from studio.history.errors import AlreadyThere
from studio.history.names import InvalidName
from studio.history.repositories import Repositories
from studio.history.repository import Repository


def test_a_new_app_is_one_commit_with_who_and_when(small: Repository) -> None:
    (commit,) = small.log()
    assert (commit.subject, commit.author, commit.when) == ("Make the app", KARI, NOW)
    assert dict(small.files()) == SMALL_APP
    assert dict(small.files(commit.id)) == SMALL_APP


def test_a_name_is_taken_once(repositories: Repositories, small: Repository) -> None:
    with pytest.raises(AlreadyThere):
        repositories.create("ttd", "small", MemoryFiles({}), KARI, "Again", NOW)
    assert dict(small.files()) == SMALL_APP


@pytest.mark.parametrize(
    "name", ["..", "../x", "a/b", "A", "-a", "a-", "1a", "a.b", "", "æ", "a\n", "x" * 61]
)
def test_names_that_are_no_names_are_refused_and_not_there(repositories: Repositories, name: str) -> None:
    with pytest.raises(InvalidName):
        repositories.create("ttd", name, MemoryFiles(SMALL_APP), KARI, "x", NOW)
    with pytest.raises(NotThere):
        repositories.open(name, "small")
    assert not repositories.exists("ttd", name)


def test_files_outside_the_app_cannot_be_written(repositories: Repositories, small: Repository) -> None:
    draft = small.draft("kari")
    with pytest.raises(UnsafePath):
        draft.apply(SetFile("../../escaped", b"x"), draft.revision, KARI, NOW)
    assert draft.history() == []


def test_all_lists_apps_only(repositories: Repositories, small: Repository) -> None:
    repositories.create("nav", "other", MemoryFiles(SMALL_APP), KARI, "x", NOW)
    repositories.delete("ttd", "small", "small", NOW)
    assert repositories.all() == [("nav", "other")]


def test_last_changed_is_who_shared_last(repositories: Repositories, small: Repository) -> None:
    draft = small.draft("ola")
    draft.apply(SetValue(PAGE, "/data/layout/0/grid", 1), draft.revision, OLA, NOW + timedelta(days=1))
    draft.share("Set the grid", OLA, NOW + timedelta(days=2))
    last = repositories.last_changed("ttd", "small")
    assert (last.author, last.when) == (OLA, NOW + timedelta(days=2))


def test_a_copy_has_the_history_but_nobodys_draft(repositories: Repositories, small: Repository) -> None:
    draft = small.draft("kari")
    draft.apply(SetValue(PAGE, "/data/layout/0/grid", "secret"), draft.revision, KARI, NOW)
    copy = repositories.copy(("ttd", "small"), "nav", "copy")
    assert copy.head() == small.head()
    missing = subprocess.run(["git", "-C", str(copy.folder), "cat-file", "-e", draft.revision], check=False)
    assert missing.returncode != 0
    assert str(repositories.root) not in (copy.folder / "config").read_text()


def test_deleting_needs_the_name_again_and_moves_to_the_trash(
    repositories: Repositories, small: Repository
) -> None:
    with pytest.raises(InvalidName):
        repositories.delete("ttd", "small", "smal", NOW)
    place = repositories.delete("ttd", "small", "small", NOW)
    assert not repositories.exists("ttd", "small")
    assert "2026-11-24" in place.parent.name
    assert repositories.empty_trash(NOW) == 0
    assert repositories.empty_trash(NOW + timedelta(days=30)) == 1
    assert not place.exists()


def test_the_same_app_can_be_made_again_after_it_was_deleted(
    repositories: Repositories, small: Repository
) -> None:
    repositories.delete("ttd", "small", "small", NOW)
    repositories.empty_trash(NOW + timedelta(days=1))
    again = repositories.create("ttd", "small", MemoryFiles(SMALL_APP), KARI, "Make the app", NOW)
    draft = again.draft("kari")
    draft.apply(SetValue(PAGE, "/data/layout/0/grid", 1), draft.revision, KARI, NOW)
    assert draft.is_changed


def test_archiving_is_a_mark_that_can_be_taken_away(repositories: Repositories, small: Repository) -> None:
    assert small.archived_at is None
    small.archive(KARI, NOW)
    assert repositories.open("ttd", "small").archived_at == NOW
    small.unarchive()
    assert small.archived_at is None


def test_the_log_is_newest_first_and_can_be_paged(small: Repository) -> None:
    for number in range(5):
        draft = small.draft("kari")
        draft.apply(SetValue(PAGE, "/data/layout/0/grid", number), draft.revision, KARI, NOW)
        draft.share(f"Share {number}", KARI, NOW + timedelta(minutes=number + 1))
    assert [commit.subject for commit in small.log(limit=2)] == ["Share 4", "Share 3"]
    assert [commit.subject for commit in small.log(limit=2, skip=4)] == ["Share 0", "Make the app"]


@pytest.mark.parametrize("name", ["other", "0" * 40, "refs/heads/other", "--all"])
def test_a_version_that_does_not_exist_is_not_there(small: Repository, name: str) -> None:
    with pytest.raises((NotThere, InvalidName)):
        small.files(name)


def test_packing_keeps_drafts_and_undone_edits(small: Repository) -> None:
    draft = small.draft("kari")
    for number in range(20):
        draft.apply(SetValue(PAGE, "/data/layout/0/grid", number), draft.revision, KARI, NOW)
    for _ in range(10):
        draft.undo(KARI, NOW)
    assert maintenance.pack(small.folder)
    counted = subprocess.run(
        ["git", "-C", str(small.folder), "count-objects"], capture_output=True, text=True, check=True
    )
    assert counted.stdout.startswith("0 ")
    for _ in range(10):
        draft.redo(KARI, NOW)
    assert len(draft.history()) == 40
