"""What a check is given, and what it comes to."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from studio.browser import Limits
from studio.definition.files import Files
from studio.definition.findings import Finding
from studio.definition.sentences import Sentence
from studio.reviews.check_models import RunState


@dataclass(frozen=True, slots=True)
class Material:
    """Two states of an app, and what checks in a browser need.

    `program` is the Chromium, None where there is none. `go_on` says whether the outcome is still wanted.
    """

    before: Files
    after: Files
    today: date
    program: Path | None = None
    limits: Limits = field(default_factory=Limits)
    go_on: Callable[[], bool] = lambda: True


@dataclass(frozen=True, slots=True)
class Compared:
    """A page before and after, as check_models.CheckPicture keeps it."""

    layout_set: str
    page: str
    title: str
    language: str
    width: int
    fate: str
    changed: int
    pixels: int
    before: bytes | None
    after: bytes | None
    difference: bytes | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a check went: `state` is one of those that a run ends with."""

    state: RunState
    summary: Sentence
    findings: tuple[Finding, ...] = ()
    pictures: tuple[Compared, ...] = ()


def judged(summary: Sentence, findings: tuple[Finding, ...]) -> Outcome:
    """Failed where something is an error, else passed."""
    failed = any(each.severity == "error" for each in findings)
    return Outcome(RunState.FAILED if failed else RunState.PASSED, summary, findings)
