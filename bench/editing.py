"""An edit as a person makes it: one request to a running Studio, answered with what looks different.

An app of 1000 components in a repository of 500 files, with 10, 1000 and 5000 commits. Two kinds of edits:
a property of a component, and a new component on a page, whose panel is asked for when the page is drawn.
The floors, in the same run: the health page of the same server, and a commit with Git's own commands.
All times in ms, seen from the client.
"""

import json
import subprocess
import uuid
from datetime import UTC, datetime
from typing import Any

import httpx
import pygit2

from bench._figures import spread, table, timed
from bench._stack import Stack, stack, token
from bench.standard_form import standard_form
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.history.commits import Author

COMMITS = (10, 1000, 5000)
COMPONENTS = 1000
FILES = 500
SAMPLES = 60
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AUTHOR = Author("Bench", "bench@example.org")


def measure() -> dict[str, Any]:
    """The spreads by number of commits."""
    with stack() as running:
        http = running.editing()
        found = {str(commits): _measure(running, http, commits) for commits in COMMITS}
    first, last = found[str(COMMITS[0])], found[str(COMMITS[-1])]
    growth = last["set a property"]["median"] / first["set a property"]["median"]
    kinds = list(first)
    rows = [[commits, *(figures[kind]["p95"] for kind in kinds)] for commits, figures in found.items()]
    print(table(["commits (p95, ms)", *kinds], rows))
    return {"by commits": found, "growth of the median": round(growth, 2)}


def _measure(running: Stack, http: httpx.Client, commits: int) -> dict[str, Any]:
    name = f"large-{commits}"
    folder = _make(running, name, commits)
    editor = Editor(http, f"/ttd/{name}/form/Task_1")
    for number in range(10):  # the server's caches, as in the middle of a working day
        editor.set_property(number)
    return {
        "set a property": spread([timed(lambda n=n: editor.set_property(n)) for n in range(SAMPLES)]),
        "add a component": spread([timed(lambda n=n: editor.add(n)) for n in range(SAMPLES)]),
        "its panel": spread([timed(lambda n=n: editor.look(n)) for n in range(SAMPLES)]),
        "floor: health": spread([timed(lambda: http.get("/health")) for _ in range(SAMPLES)]),
        "floor: git": spread([timed(lambda n=n: _git_edit(folder, n)) for n in range(SAMPLES // 3)]),
    }


class Editor:
    """Makes edits over HTTP as the browser does, each on the revision that the last answer gave."""

    def __init__(self, http: httpx.Client, address: str) -> None:
        self._http = http
        self._address = address
        self._token = token(http, f"{address}/page1")
        self._revision = ""

    def set_property(self, number: int) -> None:
        """The longest answer that a text field takes."""
        page = number % 20
        field = f"field{page * 50 + number % 10 * 5}x"
        fields = {"do": "set", "id": field, "selected": field}
        self._edit(page, fields | {"pointer": "/maxLength", "value": str(number + 5)})

    def add(self, number: int) -> None:
        """A new text field at the end of a page: what the browser draws before it asks for the panel."""
        self._edit(number % 20, {"do": "add", "type": "Input", "later": "1"})

    def look(self, number: int) -> None:
        """The panel of a component, as it is asked for after that."""
        page = number % 20
        selected = f"field{page * 50 + number % 10 * 5}x"
        answer = self._http.get(
            f"{self._address}/page{page + 1}/panel",
            params={"selected": selected, "lang": "nb"},
            headers={"HX-Request": "true"},
        )
        if answer.status_code != 200 or 'id="panel"' not in answer.text:
            raise SystemExit(f"{answer.url} answered {answer.status_code}: {answer.text[:500]}")

    def _edit(self, page: int, fields: dict[str, str]) -> None:
        answer = self._http.post(
            f"{self._address}/page{page + 1}/edits",
            data=fields | {"edit_id": str(uuid.uuid4()), "base": self._revision, "lang": "nb"},
            headers={"HX-Request": "true", "X-CSRFToken": self._token},
        )
        if answer.status_code != 200:
            raise SystemExit(f"{answer.url} answered {answer.status_code}: {answer.text[:500]}")
        self._revision = answer.text.partition('data-revision="')[2].partition('"')[0]


def _make(running: Stack, name: str, commits: int) -> str:
    """The app and its history; returns the folder of its repository."""
    files = dict(standard_form("ttd", name, COMPONENTS, new_app(name, "ttd", {"nb": name})))
    for number in range(FILES - len(files)):
        files[f"App/other/{number % 20}/{number}.txt"] = f"file {number}\n".encode() * 100
    repository = running.repositories.create("ttd", name, MemoryFiles(files), AUTHOR, "Make the app", NOW)
    _grow(str(repository.folder), commits)
    return str(repository.folder)


def _grow(folder: str, commits: int) -> None:
    """Commits that each change one file, below what the app is now."""
    repository = pygit2.Repository(folder)
    for number in range(commits - 1):
        head = repository[repository.references["refs/heads/main"].target].peel(pygit2.Commit)
        index = pygit2.Index()
        index.read_tree(head.tree)
        blob = repository.create_blob(json.dumps({"number": number}).encode())
        index.add(pygit2.IndexEntry(f"App/other/log/{number % 10}.json", blob, pygit2.enums.FileMode.BLOB))
        who = pygit2.Signature("Bench", "bench@example.org", 1_700_000_000 + number, 0)
        tree = index.write_tree(repository)
        repository.create_commit("refs/heads/main", who, who, f"Change {number}", tree, [head.id])


def _git_edit(folder: str, number: int) -> None:
    def git(*arguments: str, data: bytes | None = None) -> str:
        command = ["git", "-C", folder, "-c", "user.name=b", "-c", "user.email=b@example.org", *arguments]
        return subprocess.run(command, input=data, capture_output=True, check=True).stdout.decode().strip()

    git("hash-object", "-w", "--stdin", data=f"floor {number}".encode())
    commit = git("commit-tree", "refs/heads/main^{tree}", "-p", "refs/heads/main", "-m", "floor")
    git("update-ref", "refs/bench/floor", commit)
