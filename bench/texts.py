"""The table of texts: 10 000 texts in five languages, opened, filtered and edited.

Server time from a client on the same machine, then the time until the table can be used and from a
keystroke in the search field to the rows, from Chromium. The floor is the health page of the same server.
All times in ms.
"""

import json
import time
import uuid
from datetime import UTC, datetime
from typing import Any, Final

import httpx
from playwright.sync_api import Browser

from bench._browser import chromium, median_visit, visit
from bench._figures import spread, table, timed
from bench._stack import Stack, stack, token
from studio.definition.files import MemoryFiles
from studio.definition.templates import new_app
from studio.history.commits import Author

LANGUAGES: Final = ("nb", "nn", "en", "se", "pl")
TEXTS: Final = 10_000
REQUESTS: Final = 20
VISITS: Final = 3
NOW: Final = datetime(2026, 1, 1, tzinfo=UTC)
AUTHOR: Final = Author("Bench", "bench@example.org")


def measure() -> dict[str, Any]:
    """Spreads of the server's answers, and ms until the table can be used and shows what is searched for."""
    with stack() as running, chromium() as browser:
        http = running.editing()
        address = _make_app(running)
        figures = {**_server(http, address), **_browser(running, browser, http, address)}
    print(table(["what", "median", "p95"], [[name, *_pair(value)] for name, value in figures.items()]))
    return figures


def _pair(value: Any) -> list[Any]:
    return [value["median"], value["p95"]] if isinstance(value, dict) else [value, ""]


def _make_app(running: Stack) -> str:
    files = dict(new_app("texts", "ttd", {"nb": "Texts"}, "blank"))
    for language in LANGUAGES:
        listed = [
            {"id": f"page{number // 50}.field{number}.title", "value": f"Text {number} of {language}"}
            for number in range(TEXTS)
        ]
        content = json.dumps({"language": language, "resources": listed}, indent=2).encode()
        files[f"App/config/texts/resource.{language}.json"] = content
    running.repositories.create("ttd", "texts", MemoryFiles(files), AUTHOR, "Make the app", NOW)
    return "/ttd/texts/texts"


def _server(http: httpx.Client, address: str) -> dict[str, Any]:
    def get(part: str, **query: str) -> None:
        answer = http.get(f"{address}{part}", params=query, headers={"HX-Request": "true"})
        if answer.status_code != 200:
            raise SystemExit(f"{answer.url} answered {answer.status_code}")

    get("")
    words = [f"text {number}" for number in range(REQUESTS)]
    csrf, revision = token(http, address), ""

    def edit(number: int) -> None:
        nonlocal revision
        key = f"page{number}.field{number * 50}.title"
        fields = {"do": "text", "key": key, "language": "en", "value": f"Changed {uuid.uuid4()}"}
        answer = http.post(
            f"{address}/edits",
            data={**fields, "selected": key, "edit_id": str(uuid.uuid4()), "base": revision},
            headers={"HX-Request": "true", "X-CSRFToken": csrf},
        )
        if answer.status_code != 200:
            raise SystemExit(f"{answer.url} answered {answer.status_code}: {answer.text[:500]}")
        revision = answer.text.partition('data-revision="')[2].partition('"')[0]

    return {
        "open": spread([timed(lambda: get("")) for _ in range(REQUESTS)]),
        "search": spread([timed(lambda word=word: get("", q=word)) for word in words]),
        "filter": spread([timed(lambda: get("", show="unused")) for _ in range(REQUESTS)]),
        "rows": spread([timed(lambda n=n: get("/rows", start=str(n * 60))) for n in range(REQUESTS)]),
        "edit": spread([timed(lambda n=n: edit(n)) for n in range(REQUESTS)]),
        "floor": spread([timed(lambda: http.get("/health")) for _ in range(REQUESTS)]),
    }


def _browser(running: Stack, browser: Browser, http: httpx.Client, address: str) -> dict[str, Any]:
    seen = [visit(browser, f"{running.studio}{address}", http, ".texts-row", 10) for _ in range(VISITS)]
    context = browser.new_context()
    for cookie in http.cookies.jar:
        context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": running.studio}])
    page = context.new_page()
    page.goto(f"{running.studio}{address}")
    page.locator(".texts-row").first.wait_for()
    waits = []
    for number in range(10):
        page.locator("#texts-query").fill("")
        page.locator(f'.texts-grid[aria-rowcount="{TEXTS + 1}"]').wait_for()
        begun = time.perf_counter()
        page.locator("#texts-query").fill(f"field{5000 + number}.title")
        page.locator('.texts-grid[aria-rowcount="2"]').wait_for()
        waits.append((time.perf_counter() - begun) * 1000)
    context.close()
    return {"interactive": round(median_visit(seen)["interactive"]), "typed to shown": spread(waits)}
