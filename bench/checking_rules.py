"""The type checker on an app with 1000 rules on 20 pages: the first time, again, and after one edit.

The floor, in the same run: the same rules written as JSON once, which is what the least possible look at each
of them costs.
"""

import json
import time
from collections.abc import Callable
from typing import Any, Final

from bench._figures import table
from studio.definition.app import AppDefinition
from studio.definition.checks.expressions import check_expressions
from studio.definition.checks.places import Placing
from studio.definition.files import MemoryFiles
from studio.definition.rules.places import expression_places
from studio.definition.templates import new_app

RULES: Final = 1000
PAGES: Final = 20


def measure() -> dict[str, Any]:
    """{what: milliseconds of processor time}."""
    files = dict(new_app("rules", "ttd", {"nb": "Regler"}, "contact"))
    for page in range(PAGES):
        files[_path(page)] = _page(page, "first")
    app = _read(files)
    rules = [place.expression for place in expression_places(app)]
    edited = _read({**files, _path(0): _page(0, "edited")})
    figures = {
        "rules": len(rules),
        "floor: write them as JSON": _took(lambda: [json.dumps(rule) for rule in rules]),
        "the first time": _took(lambda: list(check_expressions(app, Placing(app)))),
        "again": _took(lambda: list(check_expressions(app, Placing(app)))),
        "after an edit of one page": _took(lambda: list(check_expressions(edited, Placing(edited)))),
    }
    print(table(["the type checker", "ms of processor"], [[name, value] for name, value in figures.items()]))
    return figures


def _read(files: dict[str, bytes]) -> AppDefinition:
    """The app, parsed: in Studio it has been shown before it is checked."""
    made = MemoryFiles(files)
    app = AppDefinition(made)
    for path in made:
        made.blob_id(path)
    sum(len(page.components) for form in app.layout_sets for page in form.pages)
    return app


def _path(page: int) -> str:
    return f"App/ui/Task_1/layouts/rules{page}.json"


def _page(page: int, title: str) -> bytes:
    return json.dumps({"data": {"layout": [_field(page, n, title) for n in range(RULES // PAGES)]}}).encode()


def _field(page: int, number: int, title: str) -> dict[str, Any]:
    asks = ["equals", ["dataModel", "fullName"], f"{title} {page} {number}"]
    other = ["notEquals", ["component", "answer-by"], "phone"]
    return {
        "id": f"p{page}-{number}",
        "type": "Input",
        "dataModelBindings": {"simpleBinding": "fullName"},
        "textResourceBindings": {"title": title},
        "hidden": ["and", asks, other],
    }


def _took(do: Callable[[], object]) -> float:
    start = time.process_time()
    do()
    return round((time.process_time() - start) * 1000, 1)
