"""The list of apps with 200 apps, and a search in it: whole requests through a running Studio, in ms.

The floor, in the same run: the page that says that the server is well.
"""

from datetime import UTC, datetime
from typing import Any

from bench._figures import spread, table, timed
from bench._stack import stack
from studio.definition.templates import new_app
from studio.history.commits import Author

NOW = datetime(2026, 1, 1, tzinfo=UTC)
APPS = 200
REQUESTS = 20


def measure() -> dict[str, Any]:
    """Spreads of ms by address."""
    with stack() as running:
        for number in range(APPS):
            name = f"app-{number}"
            files = new_app(name, "ttd", {"nb": f"App {number}"})
            running.repositories.create("ttd", name, files, Author("Bench", "bench@example.org"), "New", NOW)
        http = running.editing()
        addresses = {"list": "/", "search": "/?q=app+19", "floor": "/health"}
        for address in addresses.values():
            for _ in range(4):  # every worker reads the titles once
                http.get(address).raise_for_status()
        figures = {
            name: spread([timed(lambda to=address: http.get(to)) for _ in range(REQUESTS)])
            for name, address in addresses.items()
        }
        http.close()
    print(table(["page", "median", "p95", "max"], [[name, *each.values()] for name, each in figures.items()]))
    return figures
