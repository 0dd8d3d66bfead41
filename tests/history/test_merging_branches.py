"""Merging branches, on a real repository: seen with the real git, with two at once, with a process killed."""

import json
import os
import random
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import pytest
from builders import app_files, field
from history_edits import KARI, NOW, OLA, PAGE, SetValue, layout, value_at

from studio.definition.errors import NotThere
from studio.definition.files import Files
from studio.history.errors import Busy, Moved, NothingToDo
from studio.history.repositories import Repositories
from studio.history.repository import Repository
from studio.history.trees import write_edits

Reopen = Callable[[], Repository]
TEXTS = "App/config/texts/resource.nb.json"


def git(repository: Repository, *arguments: str) -> str:
    command = ["git", "-C", str(repository.folder), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def fsck(repository: Repository) -> None:
    git(repository, "fsck", "--strict", "--no-dangling")


def commit(
    repository: Repository,
    branch: str,
    edits: Mapping[str, bytes | None],
    *,
    parents: tuple[str, ...] = (),
) -> str:
    """A commit of somebody who works with git, on a branch that may be new."""
    raw = repository._git
    ref = f"refs/heads/{branch}"
    head = str(raw.references[ref].target) if ref in raw.references else repository.head().id
    tree = write_edits(raw, str(raw[head].tree_id), edits)
    signature = OLA.signature(NOW)
    new = raw.create_commit(None, signature, signature, f"Work on {branch}\n", tree, [head, *parents])
    raw.references.create(ref, new, force=True)
    return str(new)


def branch(repository: Repository, name: str) -> None:
    repository._git.references.create(f"refs/heads/{name}", repository.head().id)


def merge(repository: Repository, source: str, into: str = "main", **more):
    return repository.merge(source, into, author=KARI, message=f"Merge {source}", now=NOW, **more)


def page(name: Mapping[str, object] | None = None, phone: Mapping[str, object] | None = None) -> bytes:
    return layout(
        {"id": "name", "type": "Input"} | dict(name or {}),
        {"id": "phone", "type": "Input"} | dict(phone or {}),
    )


def same_page(files: Files, expected: bytes) -> bool:
    return json.loads(files[PAGE]) == json.loads(expected)


def test_branches_that_changed_different_components_merge_into_a_commit_with_two_parents(
    small: Repository,
) -> None:
    branch(small, "work")
    source = commit(small, "work", {PAGE: page(name={"required": True})})
    target = commit(small, "main", {PAGE: page(phone={"readOnly": True})})

    result = merge(small, "work")

    assert result.conflicts == () == result.findings
    assert result.commit == small.head()
    assert result.commit.parents == (target, source)
    assert same_page(small.files(), page(name={"required": True}, phone={"readOnly": True}))
    assert git(small, "log", "--format=%an|%s", "-1", "main") == "Kari Nordmann|Merge work"
    fsck(small)


def test_a_squash_is_one_commit_that_has_all(small: Repository) -> None:
    branch(small, "work")
    commit(small, "work", {"a.md": b"a\n"})
    commit(small, "work", {"b.md": b"b\n"})
    target = commit(small, "main", {"c.md": b"c\n"})

    result = merge(small, "work", squash=True)

    assert result.commit is not None
    assert result.commit.parents == (target,)
    assert {"a.md", "b.md", "c.md"} <= set(small.files())


def test_a_conflict_moves_nothing_and_choices_settle_it(small: Repository) -> None:
    branch(small, "work")
    commit(small, "work", {PAGE: page(name={"grid": 1})})
    target = commit(small, "main", {PAGE: page(name={"grid": 2})})
    before = git(small, "count-objects")

    result = merge(small, "work")

    (conflict,) = result.conflicts
    assert result.commit is None
    assert (conflict.ours, conflict.theirs) == (1, 2)
    assert small.head().id == target
    assert git(small, "count-objects") == before
    assert small.mergeable("work", "main").conflicts == (conflict,)
    assert merge(small, "work", choices={"something else": "ours"}).conflicts == (conflict,)
    assert merge(small, "work", choices={conflict.key: "ours"}).commit is not None
    assert value_at(small.files()[PAGE], "data", "layout", 0, "grid") == 1


def test_what_is_wrong_only_together_stops_a_merge_until_it_is_accepted(repositories: Repositories) -> None:
    path = "App/ui/Task_1/layouts/Contact.json"
    name, phone = field("name", "name"), field("phone", "phone")
    start = app_files(pages={"Contact": [name, phone]})
    repository = repositories.create("ttd", "two", start, KARI, "Make the app", NOW)
    branch(repository, "work")
    hidden = ["equals", ["component", "phone"], "x"]
    commit(repository, "work", {path: layout(name | {"hidden": hidden}, phone)})
    target = commit(repository, "main", {path: layout(name)})

    result = merge(repository, "work")

    assert result.commit is None
    assert result.conflicts == ()
    assert any("phone" in str(found.sentence) for found in result.findings)
    assert repository.head().id == target
    assert not repository.mergeable("work", "main").is_clean
    accepted = merge(repository, "work", accept_findings=True)
    assert accepted.commit is not None
    assert accepted.findings == result.findings


def test_a_branch_that_has_nothing_new_is_not_merged(small: Repository) -> None:
    branch(small, "work")
    commit(small, "main", {"a.md": b"a\n"})
    assert small.mergeable("work", "main").is_merged
    with pytest.raises(NothingToDo):
        merge(small, "work")


def test_a_source_that_moved_since_it_was_looked_at_is_not_merged(small: Repository) -> None:
    branch(small, "work")
    seen = commit(small, "work", {"a.md": b"a\n"})
    commit(small, "work", {"a.md": b"b\n"})
    with pytest.raises(Moved):
        merge(small, "work", expected=seen)
    assert "a.md" not in small.files()


@pytest.mark.parametrize(("source", "into"), [("gone", "main"), ("work", "gone")])
def test_a_branch_that_was_deleted_meanwhile_is_said_plainly(
    small: Repository, source: str, into: str
) -> None:
    branch(small, "work")
    commit(small, "work", {"a.md": b"a\n"})
    with pytest.raises(NotThere, match="gone"):
        merge(small, source, into)
    assert "refs/heads/gone" not in small._git.references


def test_a_comparison_counts_and_lists_what_each_has(small: Repository) -> None:
    start = small.head().id
    branch(small, "work")
    one = commit(small, "work", {"a.md": b"a\n"})
    two = commit(small, "work", {"b.md": b"b\n"})
    main = commit(small, "main", {"c.md": b"c\n"})

    comparison = small.compare("main", "work")

    assert (comparison.base, comparison.head, comparison.merge_base) == (main, two, start)
    assert (comparison.ahead, comparison.behind) == (2, 1)
    assert [each.id for each in comparison.commits()] == [two, one]
    assert set(comparison.after) - set(comparison.before) == {"a.md", "b.md"}
    assert small.merge_base("main", "work") == start


def test_branches_merged_crosswise_ask_about_what_each_merge_decided_otherwise(small: Repository) -> None:
    branch(small, "work")
    mine = commit(small, "work", {PAGE: page(name={"grid": 1})})
    yours = commit(small, "main", {PAGE: page(phone={"grid": 2})})
    commit(small, "work", {PAGE: page({"grid": 1}, {"grid": 2})}, parents=(yours,))
    commit(small, "main", {PAGE: page({"grid": 1}, {"grid": 2})}, parents=(mine,))
    commit(small, "work", {PAGE: page({"grid": 3}, {"grid": 2})})
    commit(small, "main", {PAGE: page({"grid": 1}, {"grid": 4})})

    assert merge(small, "work").commit is not None

    assert small.files()[PAGE] == page({"grid": 3}, {"grid": 4})


def test_links_submodules_and_files_that_may_be_run_are_merged_as_well(small: Repository, tmp_path) -> None:
    work = tmp_path / "work"
    subprocess.run(["git", "clone", "-q", str(small.folder), str(work)], check=True)
    run = lambda *command: subprocess.run(  # noqa: E731 - used on the next lines alone
        ["git", "-C", str(work), "-c", "user.name=Ola", "-c", "user.email=o@x", *command],
        check=True,
        capture_output=True,
    )
    run("checkout", "-q", "-b", "work")
    (work / "link").symlink_to("README.md")
    (work / "run.sh").write_text("#!/bin/sh\n")
    (work / "run.sh").chmod(0o755)
    (work / "README.md").chmod(0o755)
    run("add", "-A")
    run("update-index", "--add", "--cacheinfo", f"160000,{small.head().id},module")
    run("commit", "-q", "-m", "Link")
    run("push", "-q", "origin", "work")
    commit(small, "main", {"README.md": b"Another text\n"})

    assert merge(small, "work").commit is not None

    listed = git(small, "ls-tree", "main").split("\n")
    modes = {line.split("\t")[1]: line.split(" ")[0] for line in listed}
    assert modes == {
        "App": "040000",
        "README.md": "100755",
        "link": "120000",
        "module": "160000",
        "run.sh": "100755",
    }
    assert git(small, "show", "main:README.md") == "Another text"
    fsck(small)


def test_two_merges_at_once_are_both_there_in_the_end(small: Repository, reopen: Reopen) -> None:
    for number in range(6):
        branch(small, f"work{number}")
        commit(small, f"work{number}", {f"{number}.md": b"x\n"})

    with ThreadPoolExecutor(6) as pool:
        results = list(pool.map(lambda number: merge(reopen(), f"work{number}"), range(6)))

    assert all(result.commit is not None for result in results)
    assert {f"{number}.md" for number in range(6)} <= set(small.files())
    assert int(git(small, "rev-list", "--count", "--merges", "main")) == 6
    fsck(small)


def test_two_merges_at_once_of_the_same_value_give_one_winner_and_one_conflict(
    small: Repository, reopen: Reopen
) -> None:
    for number in (1, 2):
        branch(small, f"work{number}")
        commit(small, f"work{number}", {PAGE: page(name={"grid": number})})

    with ThreadPoolExecutor(2) as pool:
        results = list(pool.map(lambda number: merge(reopen(), f"work{number}"), (1, 2)))

    won = [number for number, result in zip((1, 2), results, strict=True) if result.commit is not None]
    assert len(won) == 1
    assert [len(result.conflicts) for result in results if result.commit is None] == [1]
    assert value_at(small.files()[PAGE], "data", "layout", 0, "grid") == won[0]
    fsck(small)


def test_a_process_killed_while_it_merges_leaves_the_branch_before_or_after_it(
    repositories: Repositories, small: Repository
) -> None:
    chance = random.Random(7)
    made = 0
    for number in range(25):
        name = f"work{number}"
        branch(small, name)
        commit(small, name, {f"{number}.md": b"x\n"})
        before = small.head().id
        child = os.fork()
        if child == 0:
            try:
                merge(repositories.open("ttd", "small"), name)
            finally:
                os._exit(0)
        time.sleep(chance.uniform(0.0, 0.012))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        after = small.head()
        assert after.id == before or before in after.parents
        if after.id == before:
            assert merge(small, name).commit is not None
        else:
            made += 1
        assert f"{number}.md" in small.files()
    fsck(small)


def test_a_draft_on_the_branch_fetches_what_was_merged(small: Repository) -> None:
    draft = small.draft("kari")
    draft.apply(SetValue(PAGE, "/data/layout/0/required", True), draft.revision, KARI, NOW)
    branch(small, "work")
    commit(small, "work", {PAGE: page(phone={"readOnly": True})})
    merge(small, "work")
    draft.refresh()
    assert draft.is_behind
    assert draft.fetch(KARI, NOW).conflicts == ()
    assert same_page(draft.files, page(name={"required": True}, phone={"readOnly": True}))


def test_a_branch_locked_by_git_is_told_as_busy(small: Repository) -> None:
    branch(small, "work")
    commit(small, "work", {"a.md": b"a\n"})
    (small.folder / "refs" / "heads" / "main.lock").touch()
    with pytest.raises(Busy):
        merge(small, "work")
    assert "a.md" not in small.files()
