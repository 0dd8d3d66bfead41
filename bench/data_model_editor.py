"""Opening and using the data model editor: 3000 fields, and the tax model, whose types give 11 000.

Server time and size of the page from a client on the same machine, then a panel, a branch, a search and an
edit; the time until the editor can be used from Chromium, with empty caches. Aim: 1 s. The floor is the
health page of the same server. All times in ms.
"""

import json
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final

import httpx
from playwright.sync_api import Browser

from bench._browser import chromium, median_visit, visit
from bench._figures import spread, table, timed
from bench._stack import Stack, stack, token
from bench.importing import VECTORS
from studio.definition.data_model import DataModel
from studio.definition.data_model.conversion import schema_text, to_json_schema
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.features.data_models.outline import Item, Outline
from studio.history.commits import Author

_TAX: Final = VECTORS / "real-models" / "skattemeldingen" / "xsd" / "skattemelding_v14_ekstern.xsd"
REQUESTS: Final = 20
VISITS: Final = 5
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
AUTHOR: Final = Author("Bench", "bench@example.org")


def measure() -> dict[str, Any]:
    """By model: spreads of the server's answers, KiB of the page, and ms until it can be used."""
    others = {path.name: path.read_bytes() for path in _TAX.parent.glob("*.xsd") if path != _TAX}
    models = {
        "3000 fields": json.dumps(_wide(3000), indent=2).encode(),
        "tax model": schema_text(to_json_schema(_TAX.read_bytes(), others=others)),
    }
    with stack() as running, chromium() as browser:
        http = running.editing()
        figures = {
            name: _measure(running, http, browser, f"model-{number}", content)
            for number, (name, content) in enumerate(models.items())
        }
    parts = ["page", "panel", "branch", "search", "edit", "floor"]
    rows = [
        [
            name,
            *(each[part]["median"] for part in parts),
            each["interactive"],
            each["page KiB"],
            each["fields"],
        ]
        for name, each in figures.items()
    ]
    print(table(["model", *parts, "interactive", "page KiB", "fields"], rows))
    return figures


def _wide(count: int) -> dict[str, Any]:
    """A model of 30 groups with equally many fields each, without types."""
    kinds = ("string", "integer", "number", "boolean")
    groups = {
        f"group{group}": {
            "type": "object",
            "properties": {
                f"field{group}x{number}": {"type": kinds[number % 4], "title": f"Field {number} of {group}"}
                for number in range(count // 30)
            },
        }
        for group in range(30)
    }
    return {"info": {"rootNode": ""}, "@xsdRootElement": "wide", "type": "object", "properties": groups}


def _measure(
    running: Stack, http: httpx.Client, browser: Browser, app: str, content: bytes
) -> dict[str, Any]:
    files = dict(new_app(app, "ttd", {"nb": app}, "blank"))
    path = next(path for path in files if path.endswith(".schema.json"))
    files[path] = content
    running.repositories.create("ttd", app, MemoryFiles(files), AUTHOR, "Make the app", NOW)
    address = f"/ttd/{app}/models/{path.rpartition('/')[2].removesuffix('.schema.json')}"
    outline = Outline(DataModel(json.loads(content)))
    deep = max(outline.entries, key=lambda item: item.depth)
    first = [http.get(address) for _ in range(4)][-1]
    if first.status_code != 200:
        raise SystemExit(f"{address} answered {first.status_code}")
    found = median_visit(
        [visit(browser, f"{running.studio}{address}", http, ".tree-row", 10) for _ in range(VISITS)]
    )

    def get(part: str, **query: str) -> dict[str, float]:
        return spread([timed(lambda: http.get(f"{address}{part}", params=query)) for _ in range(REQUESTS)])

    editor = _Editor(http, address, outline)
    return {
        "page": get(""),
        "panel": get("/panel", selected=deep.key),
        "branch": get("/branch", node=deep.parent.key if deep.parent else deep.key),
        "search": get("/search", q="inn"),
        "edit": spread([timed(lambda n=number: editor.describe(n)) for number in range(REQUESTS)]),
        "floor": spread([timed(lambda: http.get("/health")) for _ in range(REQUESTS)]),
        "page KiB": round(len(first.content) / 1024),
        "fields": len(outline.entries),
        **found,
        "interactive": round(found["interactive"]),
    }


class _Editor:
    """Makes edits over HTTP as the browser does, each on the revision that the last answer gave."""

    def __init__(self, http: httpx.Client, address: str, outline: Outline) -> None:
        self._http = http
        self._address = address
        self._token = token(http, address)
        self._items: tuple[Item, ...] = outline.children(outline.root)
        self._revision = ""

    def describe(self, number: int) -> None:
        """Another description for one of the upper fields."""
        key = self._items[number % len(self._items)].key
        fields: Mapping[str, str] = {"do": "text", "keyword": "description", "value": f"Text {number}"}
        answer = self._http.post(
            f"{self._address}/edits",
            data={
                **fields,
                "key": key,
                "selected": key,
                "open": "",
                "edit_id": str(uuid.uuid4()),
                "base": self._revision,
            },
            headers={"HX-Request": "true", "X-CSRFToken": self._token},
        )
        if answer.status_code != 200:
            raise SystemExit(f"{answer.url} answered {answer.status_code}: {answer.text[:500]}")
        self._revision = answer.text.partition('data-revision="')[2].partition('"')[0]
