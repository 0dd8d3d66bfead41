"""Merging by identity beside `git merge-tree` (merge-ort, by line), on the same random pairs of edits.

Two people make up to five edits each, of every kind that Studio has, in an app that already has some edits.
Both merge the same three trees of one repository. Counted is what becomes of each pair; a result of either is
wrong where a value that only one side changed is not in it, or where the app check finds damage that neither
side has. All times in ms; `git` is a process of its own, so that its start is measured beside it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pygit2

from bench._figures import spread, timed
from studio.definition.files import EditedFiles, Files
from studio.definition.merge import merge
from studio.history.repositories import new_repository
from studio.history.trees import EMPTY_TREE, TreeFiles, write_edits

PAIRS = int(os.environ.get("STUDIO_MERGE_PAIRS", "1000"))
STARTS = 30
NOW = datetime(2026, 1, 1, tzinfo=UTC)
_ROOT = Path(__file__).parent.parent
_GIT = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_SYSTEM": "/dev/null"}


def measure() -> dict[str, Any]:
    """How many pairs each merges, how many rightly, and how long it takes."""
    sys.path[:0] = [str(_ROOT / "tests"), str(_ROOT / "tests" / "definition" / "merge")]
    import test_merging_edits as laws  # noqa: PLC0415 - the same pairs and laws as in the tests

    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        bench = _Bench(new_repository(Path(folder) / "pairs.git"), laws)
        for number in range(PAIRS):
            bench.pair(number)
        starts = [timed(lambda: _git(bench.folder, "--version")) for _ in range(STARTS)]
    return {
        "pairs": PAIRS,
        "outcomes": dict(sorted(bench.outcomes.items())),
        "of_those_git_leaves": bench.share("git asks, ours merges", "git asks, both ask"),
        "wrong": dict(bench.wrong),
        "ours_ms": spread(bench.ours_times),
        "git_ms": spread(bench.git_times),
        "git_start_ms": spread(starts),
        "listed": bench.listed,
    }


class _Bench:
    def __init__(self, repository: pygit2.Repository, laws: Any) -> None:
        self.repository = repository
        self.folder = Path(repository.path)
        self.laws = laws
        self.outcomes: Counter[str] = Counter()
        self.wrong: Counter[str] = Counter({"ours": 0, "git": 0})
        self.ours_times: list[float] = []
        self.git_times: list[float] = []
        self.listed: list[str] = []

    def pair(self, number: int) -> None:
        kinds = sorted(self.laws.GIVEN)
        kind = kinds[Random(number).randrange(len(kinds))]
        sides = self.laws.two_sides(self.laws.GIVEN[kind], number)
        base, ours, theirs = (TreeFiles(self.repository, self._tree(side)) for side in sides)
        found: list[Any] = []
        self.ours_times.append(timed(lambda: found.append(merge(base, ours, theirs))))
        told: list[tuple[int, str]] = []
        start = self._commit(base)
        mine_at, yours_at = (self._commit(side, start) for side in (ours, theirs))
        arguments = ("merge-tree", "--write-tree", yours_at, mine_at)
        self.git_times.append(timed(lambda: told.append(_git(self.folder, *arguments))))
        code, said = told[0]
        mine = None if found[0].conflicts else EditedFiles(theirs, found[0].edits)
        yours = None if code else TreeFiles(self.repository, said.split()[0])
        self._judge(number, (base, ours, theirs), mine, yours)

    def _judge(
        self, number: int, sides: tuple[Files, Files, Files], mine: Files | None, yours: Files | None
    ) -> None:
        right = {name: self._right(sides, files) for name, files in (("ours", mine), ("git", yours)) if files}
        for name, problem in right.items():
            if problem:
                self.wrong[name] += 1
        if yours is None:
            self.outcomes["git asks, both ask" if mine is None else "git asks, ours merges"] += 1
        elif mine is None:
            wrongly = ", wrongly" if right["git"] else ""
            self.outcomes[f"git merges{wrongly}, ours asks"] += 1
            if not right["git"]:
                conflicts = merge(*sides).conflicts
                self.listed.append(f"{number}: ours asks about {', '.join(one.key for one in conflicts)}")
        elif self._content(mine) == self._content(yours):
            self.outcomes["both merge, to the same"] += 1
        elif dict(self.laws.facts(mine)) == dict(self.laws.facts(yours)):
            self.outcomes["both merge, to another order or format"] += 1
        else:
            self.outcomes[f"both merge, to something else, git's {'wrong' if right['git'] else 'right'}"] += 1
            if not right["git"]:
                self.listed.append(f"{number}: {self._first_difference(mine, yours)}")

    def _right(self, sides: tuple[Files, Files, Files], files: Files) -> str:
        """What is wrong with a result; "" for nothing."""
        damage = {one.code for one in self.laws.new_findings(*sides[1:], files)} & self.laws.DAMAGE
        if damage:
            return ", ".join(sorted(damage))
        try:
            self.laws.nothing_is_lost(*sides, files)
        except AssertionError as lost:
            return f"lost: {str(lost).splitlines()[0]}"
        return ""

    def _first_difference(self, mine: Files, yours: Files) -> str:
        one, other = dict(self.laws.facts(mine)), dict(self.laws.facts(yours))
        keys = sorted(key for key in {*one, *other} if one.get(key) != other.get(key))
        return "/".join(keys[0]) if keys else "a file that is no JSON"

    def _content(self, files: Files) -> Mapping[str, Any]:
        found: Mapping[str, Any] = self.laws.content(files)
        return found

    def share(self, solved: str, left: str) -> str:
        done, rest = self.outcomes[solved], self.outcomes[left]
        return f"{done} of {done + rest} merged without a question"

    def _tree(self, files: Files) -> str:
        return write_edits(self.repository, EMPTY_TREE, dict(files))

    def _commit(self, files: Files, *parents: str) -> str:
        signature = pygit2.Signature("Bench", "bench@example.org", int(NOW.timestamp()), 0)
        made = self.repository.create_commit(None, signature, signature, "x\n", files.tree_id, list(parents))
        return str(made)


def _git(folder: Path, *arguments: str) -> tuple[int, str]:
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **_GIT})
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr)
    return done.returncode, done.stdout


if __name__ == "__main__":
    print(json.dumps(measure(), indent=2))
