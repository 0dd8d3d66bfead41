"""An edit in a draft: how long it takes, and whether that grows with the history.

An app of 1000 components in 500 files; figures at 10, 100, 1000 and 5000 commits. Beside them the floor:
what the same commit
costs with Git's own commands (`hash-object`, `commit-tree`, `update-ref`, on a tree that exists already).
All times in ms.
"""

import json
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.standard_form import standard_form
from studio.definition.app import app_definition
from studio.definition.changes import SetProperty
from studio.definition.files import MemoryFiles
from studio.history.commits import Author
from studio.history.repositories import Repositories
from studio.history.repository import Repository

COMPONENTS = 1000
FILES = 500
CHECKPOINTS = (10, 100, 1000, 5000)
SAMPLES = 100
FLOOR_SAMPLES = 20
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AUTHOR = Author("Bench", "bench@example.org")


def measure() -> dict[str, Any]:
    """The figures by number of commits, and their growth from the first to the last."""
    figures: dict[str, Any] = {}
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        repositories = Repositories(Path(folder))
        repository = repositories.create("bench", "large", _app(), AUTHOR, "Make the app", NOW)
        edits = _Edits(repositories)
        for commits in CHECKPOINTS:
            while edits.made < commits:
                edits.one()
            cpu = time.process_time()
            times = [_time(edits.one) for _ in range(SAMPLES)]
            figures[str(commits)] = {
                "edit": _spread(times),
                "edit_cpu_mean": round((time.process_time() - cpu) * 1000 / SAMPLES, 2),
                "floor": _spread([_time(lambda: _floor(repository)) for _ in range(FLOOR_SAMPLES)]),
            }
    first, last = (figures[str(commits)] for commits in (CHECKPOINTS[0], CHECKPOINTS[-1]))
    return {
        "by_commits": figures,
        "growth_p50": round(last["edit"]["p50"] / first["edit"]["p50"], 2),
        "growth_cpu": round(last["edit_cpu_mean"] / first["edit_cpu_mean"], 2),
    }


class _Edits:
    """Edits as requests make them: the app is opened anew, a property of a component is set."""

    def __init__(self, repositories: Repositories) -> None:
        self._repositories = repositories
        draft = repositories.open("bench", "large").draft("kari")
        app = app_definition(draft.files)
        self._places = [
            (layout_set.id, page.name, component.id)
            for layout_set in app.layout_sets
            for page in layout_set.pages
            for component in page.components
        ]
        self.made = 0

    def one(self) -> None:
        layout_set, page, component = self._places[(self.made * 7) % len(self._places)]
        draft = self._repositories.open("bench", "large").draft("kari")
        change = SetProperty(layout_set, page, component, "/maxLength", self.made + 1)
        draft.apply(change, draft.revision, AUTHOR, NOW)
        self.made += 1


def _app() -> MemoryFiles:
    metadata = {"id": "bench/large", "dataTypes": [{"id": "model", "taskId": "Task_1"}]}
    base = MemoryFiles({"App/config/applicationmetadata.json": json.dumps(metadata).encode()})
    files = dict(standard_form("bench", "large", COMPONENTS, base))
    for number in range(FILES - len(files)):
        files[f"App/other/{number % 20}/{number}.txt"] = f"file {number}\n".encode() * 100
    return MemoryFiles(files)


def _floor(repository: Repository) -> None:
    def git(*arguments: str, data: bytes | None = None) -> str:
        command = ["git", "-C", str(repository.folder), "-c", "user.name=b", "-c", "user.email=b@example.org"]
        done = subprocess.run([*command, *arguments], input=data, capture_output=True, check=True)
        return done.stdout.decode().strip()

    git("hash-object", "-w", "--stdin", data=str(time.perf_counter()).encode())
    commit = git("commit-tree", "refs/heads/main^{tree}", "-p", "refs/heads/main", "-m", "floor")
    git("update-ref", "refs/bench/floor", commit)


def _time(act: Callable[[], None]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


def _spread(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "p50": round(statistics.median(ordered), 2),
        "p95": round(ordered[int(len(ordered) * 0.95) - 1], 2),
        "max": round(ordered[-1], 2),
    }
