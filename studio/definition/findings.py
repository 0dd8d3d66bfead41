"""What a check has to say: a place, a plain sentence, and where possible a fix."""

from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

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


class Fix(Protocol):
    """What mends a finding: a Change (studio.definition.changes)."""

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON."""

    def sentence(self, app: Any) -> Sentence:
        """What the change does."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. `code` is stable ("missing-field"). `fix` is a change that mends it, where there is one.

    An app with an `error` opens, but cannot be deployed.
    """

    code: str
    severity: Severity
    place: Place
    sentence: Sentence
    remedy: Sentence | None = None
    fix: Fix | None = field(default=None, compare=False, repr=False)

    @property
    def key(self) -> str:
        """What tells the finding from others of the same state of an app."""
        return f"{self.code} {self.place.path} {self.place.pointer or self.place.line or ''}"
