"""A hook that failed, or refused: what the person reads, what the designer sees, what the log keeps."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import structlog

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence

log = structlog.get_logger()

# What happened, for those who read the log and the preview; CallFailed.why -> sentence.
_WHY: Final[Mapping[str, str]] = {
    "time": N_("The call took longer than it may, and was ended."),
    "busy": N_("Too many calls of this app's logic were running at once."),
    "ended": N_("The process of the call ended without an answer: it used too much memory, or crashed."),
    "answer": N_("What came back is no answer, or is too long."),
    "host": N_("The process that runs the app's logic does not start, or has ended."),
    "off": N_("Python hooks are turned off in this installation (STUDIO_APP_LOGIC)."),
    "unconfined": N_(
        "This machine cannot hold hooks in, so they are not run. For development only, "
        "STUDIO_APP_LOGIC=unconfined runs them all the same."
    ),
    "error": N_("The hook failed."),
    "value": N_("The hook gave a value that cannot be used."),
    "list": N_("The options of this list cannot be had."),
    "request": N_("The form's data is too large for a hook, or holds something that cannot be sent to it."),
}
# App and version of its logic, hook, why, kind, path, line, message.
_Cause = tuple[str, str, str, str, str, int, str]
_LASTS: Final = 600.0  # seconds
_LASTING: Final[dict[_Cause, tuple[float, str]]] = {}
_MOST_PRINTED: Final = 2000
_MOST_FRAMES: Final = 30


class HookRefused(DomainError):
    """A hook does not let the person begin or go on; the sentence is the hook's. HTTP 409."""

    @classmethod
    def saying(cls, text: str) -> "HookRefused":
        """With the hook's own words, or with ours where it has none."""
        return cls(
            Sentence("%(reason)s", {"reason": text})
            if text.strip()
            else Sentence(N_("This cannot be done now."))
        )


@dataclass(frozen=True, slots=True)
class Failure:
    """A call that gave nothing to use.

    `reference` is what the person is told and what the log is searched for. The rest is for the designer:
    `message` and `traceback` may quote answers, and are shown in previews only.
    """

    reference: str
    hook: str
    why: str
    kind: str = ""
    message: str = ""
    path: str = ""
    line: int = 0
    function: str = ""
    traceback: str = ""

    @property
    def sentence(self) -> Sentence:
        """What the person reads."""
        return told(self.reference)

    @property
    def what(self) -> Sentence:
        """What happened, in words for the designer."""
        return Sentence(_WHY.get(self.why, _WHY["error"]))


class HookFailed(DomainError):
    """A hook failed where nothing can be done without it. HTTP 500."""

    def __init__(self, failure: Failure) -> None:
        super().__init__(told(failure.reference))
        self.failure = failure


def told(reference: str) -> Sentence:
    """What the person reads."""
    text = N_(
        "A part of this service failed, and the fault is not yours. Try again in a while. If you ask for "
        "help, tell them this reference: %(reference)s"
    )
    return Sentence(text, {"reference": reference})


def failed(
    app: str, hook: str, why: str, told_by_worker: Mapping[str, Any] | None = None, *, code: str = ""
) -> Failure:
    """A failure. Its place is in the log, without what may quote answers. `code` is the version of the logic.

    The same cause within ten minutes keeps its reference, and is in the log once: a form that is saved at
    every answer would else tell another reference each time, and read it out.
    """
    given = told_by_worker or {}
    line = given.get("line")
    found = Failure(
        _reference(),
        hook,
        why,
        kind=_text(given.get("kind"), 100),
        message=_text(given.get("message"), 1000),
        path=_text(given.get("path"), 200),
        line=line if isinstance(line, int) else 0,
        function=_text(given.get("function"), 100),
        traceback=_text(given.get("traceback"), 12_000),
    )
    cause = _cause(f"{app}:{code}", found)
    known = _lasting(cause)
    if known is not None:
        return replace(found, reference=known)
    _LASTING[cause] = (time.monotonic(), found.reference)
    log.error(
        "app logic failed",
        app=app,
        reference=found.reference,
        hook=hook,
        why=why,
        kind=found.kind,
        frames=_texts(given.get("frames")),
    )
    return found


def _cause(code: str, failure: Failure) -> _Cause:
    """What tells a failure from others. A message may quote answers, and counts where there is no place."""
    message = "" if failure.path else failure.message
    return code, failure.hook, failure.why, failure.kind, failure.path, failure.line, message


def _lasting(cause: _Cause) -> str | None:
    """The reference that a cause has had for less than ten minutes."""
    now = time.monotonic()
    for old in [each for each, (since, _) in list(_LASTING.items()) if now - since >= _LASTS]:
        _LASTING.pop(old, None)
    return _LASTING[cause][1] if cause in _LASTING else None


def note_printed(app: str, hook: str, printed: Any) -> str:
    """Put what a hook printed into the log, up to a point; the text."""
    text = _text(printed, _MOST_PRINTED)
    if text.strip():
        log.info("app logic printed", app=app, hook=hook, printed=text)
    return text


def _texts(values: Any) -> list[str]:
    given = values[:_MOST_FRAMES] if isinstance(values, list) else []
    return [_text(each, 300) for each in given]


def _text(value: Any, most: int) -> str:
    return value[:most] if isinstance(value, str) else ""


def _reference() -> str:
    """Eight letters and digits in two groups, easy to read out."""
    letters = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
    text = "".join(secrets.choice(letters) for _ in range(8))
    return f"{text[:4]}-{text[4:]}"
