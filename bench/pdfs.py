"""Forms as PDF: a form of five pages, and one with a table of 150 rows, in ms of the processor and in kB.

The floor, in the same run: Typst sets the same words as one plain text, without tags.
"""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import typst
from flask import Flask
from flask_babel import Babel

from bench._figures import spread, table
from studio.runtime.pdf.document import Answer, Document, Heading, Part, Table
from studio.runtime.pdf.typesetting import typeset

_NOW = datetime(2026, 1, 31, tzinfo=UTC)
_TIMES = 20


def measure() -> dict[str, Any]:
    """{document: {"ms", "floor": spreads, "kB", "pages", "ratio"}}."""
    app = Flask(__name__)
    Babel(app)
    figures: dict[str, Any] = {}
    with app.test_request_context():
        for name, parts in {"five pages": _five_pages(), "150 rows": _rows()}.items():
            document = Document("Søknad om støtte", "nb", "Kari Nordmann", "Søknad om støtte", parts)
            figures[name] = _figures(document)
    lines = [
        [name, each["ms"]["median"], each["floor"]["median"], each["ratio"], each["kB"]]
        for name, each in figures.items()
    ]
    print(table(["document", "ms", "floor", "ms / floor", "kB"], lines))
    return figures


def _five_pages() -> tuple[Part, ...]:
    """About thirty answers a page, some of them long."""
    return tuple(
        part
        for section in range(12)
        for part in (
            Heading(2, f"Del {section + 1}"),
            *(
                Answer(f"Spørsmål {number}", "Et svar på noen ord. " * (1 + number % 3))
                for number in range(9)
            ),
        )
    )


def _rows() -> tuple[Part, ...]:
    rows = tuple((f"Rad {number}", "Blåbærsyltetøy", str(number * 17), "31.01.2026") for number in range(150))
    return (Heading(2, "Varer"), Table(("Navn", "Vare", "Antall", "Dato"), rows))


def _figures(document: Document) -> dict[str, Any]:
    made = typeset(document, _NOW)
    words = "\n\n".join(text for part in document.parts for text in _texts(part))
    plain = b"#sys.inputs.text"
    floor = _taken(lambda: typst.compile(plain, sys_inputs={"text": words}, pdf_tags=False))
    taken = _taken(lambda: typeset(document, _NOW))
    return {
        "ms": spread(taken),
        "floor": spread(floor),
        "ratio": round(spread(taken)["median"] / spread(floor)["median"], 1),
        "kB": round(len(made) / 1000),
    }


def _texts(part: Part) -> list[str]:
    match part:
        case Answer():
            return [part.label, part.text]
        case Table():
            return [cell for row in part.rows for cell in row]
        case Heading():
            return [part.text]
    return []


def _taken(act: Callable[[], object]) -> list[float]:
    taken = []
    for _ in range(_TIMES):
        before = time.process_time()
        act()
        taken.append((time.process_time() - before) * 1000)
    return taken
