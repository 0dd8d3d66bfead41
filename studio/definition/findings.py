"""What a check has to say: a place, a plain sentence, and where possible a fix."""

from dataclasses import dataclass
from typing import Literal

from studio.definition.sentences import Sentence

Severity = Literal["error", "warning", "advice"]


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the app: a file, and as much more as is known.

    `line` counts from 1; `pointer` is a JSON Pointer.
    """

    path: str
    line: int | None = None
    pointer: str | None = None
    layout_set: str | None = None
    page: str | None = None
    component: str | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `code` is stable ("missing-field").

    An app with an `error` opens, but cannot be deployed.
    """

    code: str
    severity: Severity
    place: Place
    sentence: Sentence
    remedy: Sentence | None = None
