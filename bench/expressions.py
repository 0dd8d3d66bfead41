"""Expressions on the server: how many are evaluated a second on one core, compiled before.

The floor, in the same run: a Python function that reads the same member of the same data and compares it.
"""

import time
from collections.abc import Callable, Mapping
from typing import Any, Final

from bench._figures import table
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
    """{"floor" and each expression: evaluations a second}, compiled and found again by `evaluate`."""
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
    return figures


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
    done, start = 0, time.perf_counter()
    while (elapsed := time.perf_counter() - start) < SECONDS:
        for _ in range(1000):
            act()
        done += 1000
    return round(done / elapsed)
