"""Expressions: evaluations a second on the server, and how soon the browser has decided.

The floor of the first, in the same run: a Python function that reads the same member of the same data and
compares it. The second runs in Node: a letter that 1000 conditions hang on, and one that a single one of
2000 does.
"""

import json
import subprocess
import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from bench._figures import spread, table
from bench._stack import ROOT
from studio.definition.expressions import (
    Form,
    PageLayout,
    Surroundings,
    compile_expression,
    evaluate,
    form_tree,
)

SECONDS: Final = 0.5
_EXPRESSIONS: Final[Mapping[str, Any]] = {
    "text": ["equals", ["dataModel", "answer"], "yes"],
    "number": ["greaterThan", ["dataModel", "amount"], 3],
    "in a row": ["greaterThan", ["dataModel", "rows.number"], 1],
    "sum": ["plus", ["dataModel", "amount"], 2],
    "component": ["equals", ["component", "answer"], "yes"],
    "argv": ["equals", ["dataModel", ["argv", 0]], "yes"],
    "if": ["if", ["equals", ["dataModel", "answer"], "yes"], "a", "else", "b"],
    "and of two": [
        "and",
        ["equals", ["dataModel", "answer"], "yes"],
        ["lessThan", ["dataModel", "amount"], 3],
    ],
}


def measure() -> dict[str, Any]:
    """{"floor" and each expression: evaluations a second}, compiled and found again by `evaluate`.

    And ms: to compile 1000 conditions for the first time, and of the browser's engine.
    """
    form = _form()
    outside, inside = form.spot("answer").with_arguments(["answer"]), form.spot("number", (1,))
    data = form.around.models["model"]
    figures: dict[str, Any] = {"floor": {"compiled": _rate(lambda: data.get("answer") == "yes")}}
    for name, expression in _EXPRESSIONS.items():
        place, compiled = inside if name == "in a row" else outside, compile_expression(expression)
        figures[name] = {
            "compiled": _rate(lambda compiled=compiled, place=place: compiled(place)),
            "found again": _rate(lambda expression=expression, place=place: evaluate(expression, place)),
        }
    rows = [[name, each["compiled"], each.get("found again", "")] for name, each in figures.items()]
    print(table(["evaluations a second", "compiled", "found again"], rows))
    figures["compile 1000, ms"] = _compiling()
    figures["in the browser, ms"] = _in_browser()
    print(figures["compile 1000, ms"], figures["in the browser, ms"])
    return figures


def _compiling() -> dict[str, float]:
    """New conditions each time, as those of an app that nobody has opened yet."""
    times = []
    for turn in range(20):
        conditions = [
            ["and", ["equals", ["dataModel", f"f{number}"], "yes"], ["lessThan", ["component", "a"], turn]]
            for number in range(1000)
        ]
        start = time.perf_counter()
        for condition in conditions:
            compile_expression(condition)
        times.append((time.perf_counter() - start) * 1000)
    return spread(times)


def _in_browser() -> dict[str, Any]:
    done = subprocess.run(
        ["node", "bench/page_rules.mjs"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    found = json.loads(done.stdout)
    return {
        "all of 1000": _fine(found["all"]),
        "one of 2000": _fine(found["one"]),
        "index": round(found["index"], 1),
    }


def _fine(times: list[float]) -> dict[str, float]:
    ordered = sorted(times)
    return {
        "median": round(ordered[len(ordered) // 2], 3),
        "p95": round(ordered[int(len(ordered) * 0.95) - 1], 3),
    }


def _form() -> Form:
    pages = [
        {"id": "answer", "type": "Input", "dataModelBindings": {"simpleBinding": "answer"}},
        {
            "id": "rows",
            "type": "RepeatingGroup",
            "dataModelBindings": {"group": "rows"},
            "children": ["number"],
        },
        {"id": "number", "type": "Input", "dataModelBindings": {"simpleBinding": "rows.number"}},
    ]
    data = {"answer": "yes", "amount": 5, "rows": [{"number": 1}, {"number": 2}]}
    return Form(form_tree([PageLayout("page", pages)]), Surroundings({"model": data}, "model"))


def _rate(act: Callable[[], object]) -> int:
    """How often it is done in a second of the processor, which what else runs meanwhile has no part in."""
    done, start = 0, time.process_time()
    while (elapsed := time.process_time() - start) < SECONDS:
        for _ in range(1000):
            act()
        done += 1000
    return round(done / elapsed)
