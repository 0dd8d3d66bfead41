"""Drafts: edits, undo and redo, sharing and fetching, on a real repository."""

import subprocess
from collections.abc import Callable

import pytest
from history_edits import KARI, NOW, OLA, PAGE, SMALL_APP, SetFile, SetValue, layout, value_at
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from studio.definition.errors import DomainError, NotThere
from studio.definition.files import MemoryFiles
from studio.history.draft import Draft
from studio.history.errors import Conflict, NothingToDo, StaleEdit
from studio.history.repositories import Repositories
from studio.history.repository import Repository

Reopen = Callable[[], Repository]


def edit(draft: Draft, component: int, key: str, value: object, person=KARI) -> str:
    change = SetValue(PAGE, f"/data/layout/{component}/{key}", value)
    return draft.apply(change, draft.revision, person, NOW).revision


def property_of(draft: Draft, component: int, key: str) -> object:
    return value_at(draft.files[PAGE], "data", "layout", component).get(key)


def test_a_draft_without_edits_costs_nothing_and_follows_the_branch(
    small: Repository, reopen: Reopen
) -> None:
    ola = small.draft("ola")
    edit(ola, 0, "required", True, OLA)
    shared = ola.share("Make the name required", OLA, NOW)

    kari = reopen().draft("kari")

    assert kari.revision == shared.id
    assert property_of(kari, 0, "required") is True
    assert not kari.is_behind
    assert not kari.is_changed
    assert not (small.folder / "refs" / "drafts" / "kari").exists()


def test_an_edit_is_there_for_the_next_process(small: Repository, reopen: Reopen) -> None:
    revision = edit(small.draft("kari"), 0, "required", True)

    draft = reopen().draft("kari")

    assert draft.revision == revision
    assert property_of(draft, 0, "required") is True
    assert draft.is_changed
    assert small.files()[PAGE] == SMALL_APP[PAGE]


def test_only_the_trees_on_the_path_of_an_edit_are_written(small: Repository) -> None:
    before = _objects(small)
    edit(small.draft("kari"), 0, "required", True)
    # the file, its folders App, ui, form, layouts, the root, and the commit
    assert _objects(small) - before == 7


def test_an_edit_that_changes_nothing_is_no_edit(small: Repository) -> None:
    draft = small.draft("kari")
    draft.apply(SetFile(PAGE, SMALL_APP[PAGE]), draft.revision, KARI, NOW)
    assert not draft.can_undo
    assert draft.revision == small.head().id


def test_undo_and_redo_walk_through_all_edits_in_any_process(small: Repository, reopen: Reopen) -> None:
    for number in range(4):
        edit(small.draft("kari"), 0, "grid", number)

    seen = []
    for _ in range(4):
        reopen().draft("kari").undo(KARI, NOW)
        seen.append(property_of(reopen().draft("kari"), 0, "grid"))
    assert seen == [2, 1, 0, None]
    assert not reopen().draft("kari").can_undo

    seen = []
    while reopen().draft("kari").can_redo:
        reopen().draft("kari").redo(KARI, NOW)
        seen.append(property_of(reopen().draft("kari"), 0, "grid"))
    assert seen == [0, 1, 2, 3]


def test_a_new_edit_after_an_undo_drops_the_redo_but_not_the_history(small: Repository) -> None:
    draft = small.draft("kari")
    undone = edit(draft, 0, "grid", 1)
    draft.undo(KARI, NOW)
    edit(draft, 0, "grid", 2)

    assert not draft.can_redo
    with pytest.raises(NothingToDo):
        draft.redo(KARI, NOW)
    assert undone in [commit.id for commit in draft.history()]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.one_of(st.integers(0, 99), st.sampled_from(["undo", "redo"])), max_size=25))
def test_undo_and_redo_agree_with_two_stacks(repositories: Repositories, steps: list[int | str]) -> None:
    name = f"app{len(repositories.all())}"
    draft = repositories.create("ttd", name, MemoryFiles(SMALL_APP), KARI, "Make it", NOW).draft("kari")
    past: list[object] = []
    present: object = None
    future: list[object] = []
    for step in steps:
        if step == "undo":
            if past:
                future.append(present)
                present = past.pop()
                draft.undo(KARI, NOW)
        elif step == "redo":
            if future:
                past.append(present)
                present = future.pop()
                draft.redo(KARI, NOW)
        elif step != present:
            past.append(present)
            present, future = step, []
            edit(draft, 0, "grid", step)
        assert property_of(draft, 0, "grid") == present
        assert (draft.can_undo, draft.can_redo) == (bool(past), bool(future))


def test_an_edit_on_an_older_state_is_done_again_on_the_newest(small: Repository, reopen: Reopen) -> None:
    one, other = small.draft("kari"), reopen().draft("kari")
    start = one.revision
    edit(one, 0, "required", True)

    other.apply(SetValue(PAGE, "/data/layout/1/readOnly", True), start, KARI, NOW)

    assert property_of(other, 0, "required") is True
    assert property_of(other, 1, "readOnly") is True


def test_an_edit_on_an_older_state_of_the_same_value_is_a_conflict_with_both_values(
    small: Repository,
) -> None:
    draft = small.draft("kari")
    start = draft.revision
    edit(draft, 0, "grid", 1)

    with pytest.raises(StaleEdit) as stale:
        draft.apply(SetValue(PAGE, "/data/layout/0/grid", 2), start, KARI, NOW)

    (difference,) = stale.value.differences
    assert (difference.ours, difference.theirs) == (2, 1)
    assert difference.place.component == "name"
    assert property_of(draft, 0, "grid") == 1


def test_a_whole_file_written_on_an_older_state_does_not_wipe_out_newer_edits(small: Repository) -> None:
    draft = small.draft("kari")
    start = draft.revision
    edit(draft, 0, "required", True)
    written = SMALL_APP[PAGE].replace(b'"id": "phone",', b'"id": "phone", "readOnly": true,')

    draft.apply(SetFile(PAGE, written), start, KARI, NOW)

    assert property_of(draft, 0, "required") is True
    assert property_of(draft, 1, "readOnly") is True


def test_an_edit_whose_place_is_gone_is_stale(small: Repository) -> None:
    draft = small.draft("kari")
    start = draft.revision
    draft.apply(SetFile(PAGE, None), start, KARI, NOW)
    with pytest.raises(StaleEdit):
        draft.apply(SetValue(PAGE, "/data/layout/0/grid", 2), start, KARI, NOW)


@pytest.mark.parametrize("revision", ["", "0" * 40, "main", "../../x", "HEAD~1"])
def test_an_edit_on_a_state_that_never_was_is_refused(small: Repository, revision: str) -> None:
    draft = small.draft("kari")
    with pytest.raises(StaleEdit):
        draft.apply(SetValue(PAGE, "/data/layout/0/grid", 2), revision, KARI, NOW)
    assert not draft.is_changed


def test_the_state_of_another_persons_draft_is_no_base(small: Repository) -> None:
    private = edit(small.draft("ola"), 0, "grid", 1, OLA)
    with pytest.raises(StaleEdit) as stale:
        small.draft("kari").apply(SetValue(PAGE, "/data/layout/0/grid", 2), private, KARI, NOW)
    assert stale.value.differences == ()


def test_an_edit_sent_twice_is_applied_once(small: Repository) -> None:
    draft = small.draft("kari")
    start = draft.revision
    change = SetValue(PAGE, "/data/layout/0/grid", 1)
    for _ in range(2):
        draft.apply(change, start, KARI, NOW, edit_id="edit-1")
    assert len(draft.history()) == 1


def test_an_edit_is_recorded_with_its_sentence_person_and_change(small: Repository) -> None:
    draft = small.draft("kari")
    edit(draft, 0, "grid", "one\n\nBase: nothing\u2028")
    (commit,) = draft.history()
    assert commit.subject == "Set /data/layout/0/grid"
    assert (commit.author, commit.when) == (KARI, NOW)
    assert '"kind":"set_value"' in commit.message
    assert draft.can_undo


def test_sharing_makes_one_commit_and_the_draft_follows(small: Repository, reopen: Reopen) -> None:
    draft = small.draft("kari")
    for number in range(3):
        edit(draft, 0, "grid", number)

    shared = draft.share("Set the grid\n\nAs agreed.", KARI, NOW)

    log = reopen().log()
    assert [commit.subject for commit in log] == ["Set the grid", "Make the app"]
    assert log[0] == shared
    assert not draft.is_changed
    assert not draft.can_undo
    with pytest.raises(NothingToDo):
        draft.share("Again", KARI, NOW)


def test_opened_and_shared_without_an_edit_nothing_is_written(small: Repository) -> None:
    head = small.head()
    with pytest.raises(NothingToDo):
        small.draft("kari").share("Nothing", KARI, NOW)
    assert small.head() == head


def test_two_people_who_edit_and_move_different_components_meet_without_a_conflict(small: Repository) -> None:
    kari, ola = small.draft("kari"), small.draft("ola")
    edit(kari, 0, "required", True)
    moved = layout({"id": "phone", "type": "Input", "readOnly": True}, {"id": "name", "type": "Input"})
    ola.apply(SetFile(PAGE, moved), ola.revision, OLA, NOW)
    kari.share("Require the name", KARI, NOW)

    ola.share("Move the phone number up", OLA, NOW)

    page = value_at(small.files()[PAGE], "data", "layout")
    assert page == [
        {"id": "phone", "type": "Input", "readOnly": True},
        {"id": "name", "type": "Input", "required": True},
    ]


def in_conflict(small: Repository) -> Draft:
    kari, ola = small.draft("kari"), small.draft("ola")
    edit(kari, 0, "grid", 1)
    edit(ola, 0, "grid", 2, OLA)
    edit(ola, 1, "required", True, OLA)
    kari.share("Grid 1", KARI, NOW)
    return ola


def test_a_conflict_waits_for_choices_and_loses_nothing(small: Repository, reopen: Reopen) -> None:
    ola = in_conflict(small)
    with pytest.raises(Conflict):
        ola.share("Grid 2", OLA, NOW)

    draft = reopen().draft("ola")
    (difference,) = draft.conflicts
    assert (difference.ours, difference.theirs) == (2, 1)
    assert property_of(draft, 0, "grid") == 2
    assert draft.can_undo

    assert draft.resolve({}, OLA, NOW).conflicts == (difference,)
    assert draft.resolve({difference.key: "ours"}, OLA, NOW).conflicts == ()
    assert property_of(draft, 0, "grid") == 2
    assert property_of(draft, 1, "required") is True
    assert reopen().draft("ola").conflicts == ()
    draft.share("Grid 2", OLA, NOW)
    assert value_at(small.files()[PAGE], "data", "layout", 0)["grid"] == 2


def test_edits_go_on_while_a_conflict_waits(small: Repository) -> None:
    ola = in_conflict(small)
    ola.fetch(OLA, NOW)
    edit(ola, 1, "readOnly", True, OLA)
    edit(ola, 1, "grid", 7, OLA)
    ola.undo(OLA, NOW)

    (difference,) = ola.conflicts
    ola.resolve({difference.key: "theirs"}, OLA, NOW)

    assert [property_of(ola, 0, "grid"), property_of(ola, 1, "readOnly"), property_of(ola, 1, "grid")] == [
        1,
        True,
        None,
    ]


def test_the_same_edit_by_both_is_no_change_after_fetching(small: Repository) -> None:
    kari, ola = small.draft("kari"), small.draft("ola")
    edit(kari, 0, "grid", 1)
    edit(ola, 0, "grid", 1, OLA)
    kari.share("Grid 1", KARI, NOW)
    ola.refresh()
    assert not ola.is_changed
    assert not ola.is_behind


def test_discarding_can_be_undone(small: Repository) -> None:
    draft = small.draft("kari")
    edit(draft, 0, "grid", 1)
    draft.discard(KARI, NOW)
    assert not draft.is_changed
    draft.undo(KARI, NOW)
    assert property_of(draft, 0, "grid") == 1


def test_drafts_are_hidden_from_git_clients(small: Repository) -> None:
    edit(small.draft("kari"), 0, "grid", 1)
    listed = subprocess.run(
        ["git", "ls-remote", f"file://{small.folder}"], capture_output=True, text=True, check=True
    )
    assert "refs/heads/main" in listed.stdout
    assert "drafts" not in listed.stdout


@pytest.mark.parametrize("person", ["kari@example.org", "a..b", "-x", "é/æ", "x.lock", "a~b^c:d"])
def test_a_person_may_be_called_anything(small: Repository, reopen: Reopen, person: str) -> None:
    revision = edit(small.draft(person), 0, "grid", 1)
    assert reopen().draft(person).revision == revision


@pytest.mark.parametrize("branch", ["-x", "a..b", "", "x.lock", "a b"])
def test_a_branch_that_git_would_misread_is_refused(small: Repository, branch: str) -> None:
    with pytest.raises(DomainError):
        small.draft("kari", branch)


def test_a_draft_on_a_branch_that_does_not_exist_is_not_there(small: Repository) -> None:
    with pytest.raises(NotThere):
        small.draft("kari", "other")


def test_the_lock_that_a_killed_process_left_on_a_draft_is_in_nobodys_way(small: Repository) -> None:
    draft = small.draft("kari")
    edit(draft, 0, "grid", 1)
    (small.folder / "refs" / "drafts" / "kari" / "main.lock").touch()
    edit(draft, 0, "grid", 2)
    assert property_of(draft, 0, "grid") == 2


def _objects(repository: Repository) -> int:
    counted = subprocess.run(
        ["git", "-C", str(repository.folder), "count-objects"], capture_output=True, text=True, check=True
    )
    return int(counted.stdout.split()[0])
