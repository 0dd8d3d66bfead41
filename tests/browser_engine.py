"""Random well-typed expressions, evaluated by the server and by the browser's engine in Node."""

import json
import random
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final

from studio.definition.expressions import (
    ExpressionError,
    Form,
    PageLayout,
    Surroundings,
    evaluate,
    form_tree,
    to_text,
)
from studio.definition.expressions.values import type_name

_PROGRAM: Final = Path(__file__).with_name("browser_engine.mjs")
_NUMBERS: Final = (
    "0",
    0,
    1,
    -1,
    7,
    0.1,
    0.2,
    1.5,
    -2.25,
    1e10,
    123456789.125,
    "12.50",
    "-3",
    1e-9,
    None,
    100,
)
_TEXTS: Final = ("", "a", "Æble", "true", "null", "x,y, z", "😀 ja", "2024-02-29", "Kari", None, "10", "ß")
_DATES: Final = (
    "2024-02-29",
    "2023-12-31T23:59:59Z",
    "2024-01-01T00:30:00+02:00",
    "1999-01-02 03:04",
    None,
    "",
    "2024-13-01",
)
_PATTERNS: Final = ("dd.MM.yyyy", "d/M/yy", "HH:mm", "EEEE d MMMM y", "MMM", "h:mm a", None)
_LAYOUT: Final = [
    {"id": "seen", "type": "Input", "dataModelBindings": {"simpleBinding": "text"}},
    {
        "id": "unseen",
        "type": "Input",
        "dataModelBindings": {"simpleBinding": "number"},
        "hidden": ["dataModel", "flag"],
    },
    {"id": "rows", "type": "RepeatingGroup", "children": ["inner"], "dataModelBindings": {"group": "rows"}},
    {"id": "inner", "type": "Input", "dataModelBindings": {"simpleBinding": "rows.number"}},
]


@dataclass
class Browser:
    """A process that evaluates as the browser does."""

    sent: IO[str]
    answers: IO[str]

    def outcome(self, file: dict[str, Any], expression: Any) -> dict[str, Any]:
        """{type, text} of the value, or {error}."""
        answer: dict[str, Any] = self.ask("value", file=file, expression=expression)
        return answer

    def ask(self, what: str, **asked: Any) -> Any:
        """What the browser makes of something: see browser_engine.mjs."""
        self.sent.write(json.dumps({"ask": what, **asked}, default=float) + "\n")
        self.sent.flush()
        return json.loads(self.answers.readline())


@contextmanager
def browser() -> Iterator[Browser]:
    """Start the process, and end it."""
    with subprocess.Popen(
        ["node", str(_PROGRAM)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Browser(process.stdin, process.stdout)
        process.stdin.close()


def server_outcome(file: dict[str, Any], expression: Any) -> dict[str, Any]:
    """The same from the server's engine."""
    tree = form_tree([PageLayout("default", file["layouts"]["default"]["data"]["layout"])])
    form = Form(tree, Surroundings({"default": file["dataModel"]}, "default"))
    context = file["context"]
    try:
        value = evaluate(expression, form.spot(context["component"], tuple(context["rowIndices"])))
        return {"type": type_name(value), "text": to_text(value)}
    except ExpressionError as error:
        return {"error": error.reason}


def random_file(chance: random.Random) -> dict[str, Any]:
    """Random data, and a component outside or inside a row, in the shape of the shared vectors."""
    rows = [{"number": chance.choice(_NUMBERS), "text": chance.choice(_TEXTS)} for _ in range(2)]
    data = {
        "number": chance.choice(_NUMBERS),
        "text": chance.choice(_TEXTS),
        "date": chance.choice(_DATES),
        "flag": chance.choice((True, False, None)),
        "numbers": [chance.choice(_NUMBERS) for _ in range(chance.randrange(4))],
        "rows": rows,
    }
    place = chance.choice((("seen", []), ("inner", [0]), ("inner", [1])))
    return {
        "layouts": {"default": {"data": {"layout": _LAYOUT}}},
        "dataModel": data,
        "context": {"component": place[0], "currentLayout": "default", "rowIndices": place[1]},
    }


def random_expression(chance: random.Random, kind: str = "any", depth: int = 4) -> Any:
    """An expression whose arguments have the types that their functions want."""
    if kind == "any":
        kind = chance.choice(("number", "text", "boolean", "date"))
    make = {"number": _number, "text": _text, "boolean": _boolean, "date": _date, "list": _list}[kind]
    return make(chance, depth)


def _number(chance: random.Random, depth: int) -> Any:
    if depth <= 0:
        return chance.choice((*_NUMBERS, ["dataModel", "number"], ["dataModel", "rows.number"]))
    part = lambda kind="number": random_expression(chance, kind, depth - 1)  # noqa: E731 - read in one line each
    return chance.choice(
        (
            lambda: ["plus", part(), part()],
            lambda: ["plus", part(), part(), part()],
            lambda: ["minus", part(), part()],
            lambda: ["multiply", part(), part()],
            lambda: ["divide", part(), part()],
            lambda: ["sum", part("list")],
            lambda: ["average", part("list"), part()],
            lambda: ["count", part("list")],
            lambda: ["stringLength", part("text")],
            lambda: ["stringIndexOf", part("text"), part("text")],
            lambda: ["if", part("boolean"), part(), "else", part()],
            lambda: ["component", "unseen"],
            part,
        )
    )()


def _text(chance: random.Random, depth: int) -> Any:
    if depth <= 0:
        return chance.choice(
            (*_TEXTS, ["dataModel", "text"], ["dataModel", "rows.text"], ["component", "seen"])
        )
    part = lambda kind="text": random_expression(chance, kind, depth - 1)  # noqa: E731 - read in one line each
    return chance.choice(
        (
            lambda: ["concat", part(), part("any"), part()],
            lambda: ["round", part("number"), chance.randrange(6)],
            lambda: ["upperCase", part()],
            lambda: ["lowerCase", part()],
            lambda: ["upperCaseFirst", part()],
            lambda: ["lowerCaseFirst", part()],
            lambda: ["stringSlice", part(), chance.randrange(-4, 5), chance.randrange(-4, 5)],
            lambda: ["stringReplace", part(), part(), part()],
            lambda: ["formatDate", part("date"), chance.choice(_PATTERNS)],
            lambda: ["if", part("boolean"), part(), "else", part()],
            lambda: ["concat", part("list")],
            lambda: ["language"],
        )
    )()


def _boolean(chance: random.Random, depth: int) -> Any:
    if depth <= 0:
        return chance.choice((True, False, None, "true", 1, ["dataModel", "flag"]))
    part = lambda kind="boolean": random_expression(chance, kind, depth - 1)  # noqa: E731 - read in one line each
    number = chance.choice(("greaterThan", "greaterThanEq", "lessThan", "lessThanEq"))
    text = chance.choice(("contains", "notContains", "startsWith", "endsWith", "commaContains"))
    date = chance.choice(("isBefore", "isBeforeEq", "isAfter", "isAfterEq", "isSameDay"))
    return chance.choice(
        (
            lambda: ["and", part(), part()],
            lambda: ["or", part(), part()],
            lambda: ["not", part()],
            lambda: [chance.choice(("equals", "notEquals")), part("any"), part("any")],
            lambda: [number, part("number"), part("number")],
            lambda: [text, part("text"), part("text")],
            lambda: ["compare", part("number"), "not", number, part("number")],
            lambda: ["compare", part("date"), date, part("date")],
        )
    )()


def _date(chance: random.Random, depth: int) -> Any:
    if depth <= 0:
        return chance.choice((*_DATES, ["dataModel", "date"]))
    return ["if", _boolean(chance, depth - 1), _date(chance, 0), "else", _date(chance, 0)]


def _list(chance: random.Random, depth: int) -> Any:
    if depth <= 0:
        return ["dataModel", "numbers"]
    return ["list", *(_number(chance, depth - 1) for _ in range(chance.randrange(4)))]
