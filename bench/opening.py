"""Opening the layout editor at apps of 10, 100 and 1000 components, 50 a page, and 1000 on one page.

Server time and size of the page from a client on the same machine; the rest from Chromium, with empty caches.
The floor is the health page of the same server. All times in ms.
"""

from datetime import UTC, datetime
from typing import Any

import httpx
from playwright.sync_api import Browser

from bench._browser import chromium, median_visit, visit
from bench._figures import spread, table, timed
from bench._stack import Stack, stack
from bench.standard_form import PER_PAGE, standard_form
from studio.definition.templates import new_app
from studio.history.commits import Author

# Components, and how many of them on a page.
SIZES = ((10, PER_PAGE), (100, PER_PAGE), (1000, PER_PAGE), (1000, 1000))
REQUESTS = 20
VISITS = 5
NOW = datetime(2026, 1, 1, tzinfo=UTC)
AUTHOR = Author("Bench", "bench@example.org")


def measure() -> dict[str, Any]:
    """Server time, bytes, and time until the editor can be used, by size."""
    with stack() as running, chromium() as browser:
        http = running.editing()
        figures = {
            f"{fields}, {per_page} a page": _measure(running, http, browser, fields, per_page)
            for fields, per_page in SIZES
        }
    head = ["components", "server", "interactive", "main thread", "page KiB", "js+css KiB gzip", "elements"]
    rows = [
        [
            size,
            each["server"]["median"],
            each["interactive"],
            each["main thread"],
            each["page KiB"],
            each["js+css KiB gzip"],
            each["elements"],
        ]
        for size, each in figures.items()
    ]
    print(table(head, rows))
    return figures


def _measure(
    running: Stack, http: httpx.Client, browser: Browser, fields: int, per_page: int
) -> dict[str, Any]:
    name = f"form-{fields}-{per_page}"
    base = new_app(name, "ttd", {"nb": name})
    files = standard_form("ttd", name, fields, base, per_page)
    running.repositories.create("ttd", name, files, AUTHOR, "Make the app", NOW)
    address = f"/ttd/{name}/form/Task_1/page1"
    first = [http.get(address) for _ in range(4)][-1]
    shown = min(fields, per_page)
    found = median_visit(
        [
            visit(
                browser, f"{running.studio}{address}", http, ".canvas-item[data-type=Input]", shown * 3 // 5
            )
            for _ in range(VISITS)
        ]
    )
    return {
        "server": spread([timed(lambda: http.get(address)) for _ in range(REQUESTS)]),
        "floor": spread([timed(lambda: http.get("/health")) for _ in range(REQUESTS)]),
        "page KiB": round(len(first.content) / 1024),
        **found,
        "interactive": round(found["interactive"]),
    }
