"""The history of an app with 5000 shared changes: time line, filters, entries, pictures of pages, and blame.

The app has 10 pages of 20 components and 200 texts; every change sets a property of a component, every tenth
a text. Server time from a client on the same machine. "First" is the first time a process of Studio is asked,
with nothing read yet. The floor is the health page of the same server. All times in ms.
"""

import json
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

import httpx
import pygit2

from bench._figures import spread, table, timed
from bench._stack import Stack, stack, token
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.history.commits import Author
from studio.history.origins import committer
from studio.history.trees import write_edits

COMMITS: Final = 5000
PAGES: Final = 10
COMPONENTS: Final = 20
REQUESTS: Final = 30
START: Final = datetime(2020, 1, 1, tzinfo=UTC)
PEOPLE: Final = [Author(f"Person {number}", f"person{number}@example.org") for number in range(8)]
APP: Final = "/ttd/history"


def measure() -> dict[str, Any]:
    """Spreads of the server's answers, and how long the first ones took."""
    with stack() as running:
        commits = _make_app(running)
        figures = _ask(running.editing(), commits)
    rows = [[name, value.get("first", ""), value["median"], value["p95"]] for name, value in figures.items()]
    print(table(["what", "first", "median", "p95"], rows))
    return figures


def _ask(http: httpx.Client, commits: list[str]) -> dict[str, Any]:
    draw = random.Random(1)

    def get(address: str) -> str:
        answer = http.get(address)
        if answer.status_code != 200:
            raise SystemExit(f"{answer.url} answered {answer.status_code}")
        return answer.text

    def some() -> str:
        return draw.choice(commits)

    def picture() -> None:
        number = draw.randrange(1, COMMITS)
        page = f"page{number % PAGES}"
        get(f"{APP}/history/{commits[number]}/picture?side=after&set=Task_1&page={page}&lang=nb")

    parts: dict[str, Callable[[], object]] = {
        "floor (health)": lambda: get("/health"),
        "time line": lambda: get(f"{APP}/history"),
        "any page of it": lambda: get(f"{APP}/history?page={draw.randrange(1, COMMITS // 25)}"),
        "by a person": lambda: get(f"{APP}/history?person=person{draw.randrange(8)}@example.org"),
        "by words": lambda: get(f"{APP}/history?search=change+{draw.randrange(COMMITS)}"),
        "by a page": lambda: get(f"{APP}/history?path={_page_path(draw.randrange(PAGES))}"),
        "an entry": lambda: get(f"{APP}/history/{some()}"),
        "a picture": picture,
        "who changed a component": lambda: get(
            f"{APP}/history/who?set=Task_1&component=c{draw.randrange(PAGES)}x{draw.randrange(COMPONENTS)}"
        ),
    }
    figures: dict[str, Any] = {}
    for name, act in parts.items():
        first = round(timed(act), 1)
        figures[name] = {"first": first, **spread([timed(act) for _ in range(REQUESTS)])}
    figures["presence, nothing new"] = _presence(http)
    return figures


def _presence(http: httpx.Client) -> dict[str, float]:
    headers = {"X-CSRFToken": token(http, f"{APP}/history")}
    fields = {"path": f"{APP}/history", "known": ""}
    known = http.post(f"{APP}/presence", data=fields, headers=headers).text
    fields["known"] = known.partition('data-known="')[2].partition('"')[0]

    def ask() -> None:
        answer = http.post(f"{APP}/presence", data=fields, headers=headers)
        if answer.status_code != 204:
            raise SystemExit(f"{answer.url} answered {answer.status_code}")

    return spread([timed(ask) for _ in range(REQUESTS)])


def _page_path(number: int) -> str:
    return f"App/ui/Task_1/layouts/page{number}.json"


def _page(number: int, sizes: list[int]) -> bytes:
    layout = [
        {
            "id": f"c{number}x{place}",
            "type": "Input",
            "textResourceBindings": {"title": f"c{number}x{place}.title"},
            "dataModelBindings": {"simpleBinding": f"field{place}"},
            "maxLength": size,
        }
        for place, size in enumerate(sizes)
    ]
    return json.dumps({"data": {"layout": layout}}, indent=2).encode()


def _texts(values: dict[str, str]) -> bytes:
    listed = [{"id": key, "value": value} for key, value in values.items()]
    return json.dumps({"language": "nb", "resources": listed}, indent=2).encode()


def _make_app(running: Stack) -> list[str]:
    """The ids of the commits, oldest first."""
    sizes = [[10] * COMPONENTS for _ in range(PAGES)]
    texts = {
        f"c{page}x{place}.title": f"Field {place}" for page in range(PAGES) for place in range(COMPONENTS)
    }
    files = dict(new_app("history", "ttd", {"nb": "History"}, "blank"))
    settings = "App/ui/Task_1/Settings.json"
    files[settings] = json.dumps({"pages": {"order": [f"page{each}" for each in range(PAGES)]}}).encode()
    files |= {_page_path(number): _page(number, sizes[number]) for number in range(PAGES)}
    files["App/config/texts/resource.nb.json"] = _texts(texts)
    repository = running.repositories.create("ttd", "history", MemoryFiles(files), PEOPLE[0], "Made", START)
    git = pygit2.Repository(str(Path(repository.folder)))
    commit = repository.head()
    made, tree = [commit.id], commit.tree_id
    for number in range(1, COMMITS):
        page, place = number % PAGES, (number // PAGES) % COMPONENTS
        if number % 10 == 7:
            texts[f"c{page}x{place}.title"] = f"Field {place}, wording {number}"
            edits = {"App/config/texts/resource.nb.json": _texts(texts)}
        else:
            sizes[page][place] = number
            edits = {_page_path(page): _page(page, sizes[page])}
        tree = write_edits(git, tree, edits)
        signature = PEOPLE[number % 8].signature(START + timedelta(hours=number))
        made_by = committer("editor", signature)
        message = f"Change {number} of page {page}\n"
        made.append(str(git.create_commit(None, signature, made_by, message, tree, [made[-1]])))
    git.references["refs/heads/main"].set_target(made[-1])
    return made
