"""How far the translation of each text has come: config/texts/translation.{language}.json, beside the texts.

    {"texts": {"name.title": {"status": "approved", "of": "5f1d0c7a9b3e2f44", "from": "nb"}}}

`of` tells the text that was translated, so that a translation of an older one is known. A text without a
record is new where it is empty, and translated where it is not: apps from elsewhere have no such file.
Runtimes do not read it.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from studio.definition.app import AppDefinition

Status = Literal["new", "needs-work", "translated", "approved"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Record:
    """What is kept about one text in one language. `of`: see `fingerprint`; `source`: a language."""

    status: Status
    of: str | None = None
    source: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The record as the file holds it."""
        kept = {"status": self.status, "of": self.of, "from": self.source}
        return {name: value for name, value in kept.items() if value is not None}


@dataclass(frozen=True, slots=True)
class State:
    """Where a text stands in one language. `is_stale`: what it was translated from reads otherwise now."""

    status: Status
    is_stale: bool = False


def source_language(app: AppDefinition) -> str:
    """The language that others are translated from: the first of the app."""
    return app.languages[0] if app.languages else "nb"


def written_language(app: AppDefinition, wanted: str) -> str:
    """The language to show and write texts in: the wanted one if the app has it, else the source language."""
    return wanted if wanted in app.languages else source_language(app)


def fingerprint(text: str) -> str:
    """What tells a text from its other versions."""
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()[:16]


def records(app: AppDefinition, language: str) -> Mapping[str, Record]:
    """The records of a language by key, whatever is in the file."""
    value = app.json(app.paths.translation(language))
    listed = value.get("texts") if isinstance(value, dict) else None
    return {
        key: Record(raw["status"], _text(raw.get("of")), _text(raw.get("from")))
        for key, raw in (listed.items() if isinstance(listed, dict) else ())
        if isinstance(raw, dict) and raw.get("status") in STATUSES
    }


def state_of(record: Record | None, value: str | None, source: str | None) -> State:
    """The state of a text that reads `value`, translated from one that reads `source` now."""
    if not value:
        return State("new")
    if record is None:
        return State("translated")
    is_stale = record.of is not None and source is not None and record.of != fingerprint(source)
    return State("needs-work" if is_stale else record.status, is_stale)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
