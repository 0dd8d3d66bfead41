"""The log: one JSON object a line on stderr, about the service and never about the people who use it.

Tracebacks name files, lines, functions and kinds of exceptions. Local variables and the messages of
exceptions stay out of them: both hold what people wrote, national identity numbers and keys.
"""

import sys
import traceback
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from types import TracebackType
from typing import Any, Final, TextIO

import structlog
from flask import has_request_context, request

_ROOT: Final = Path(__file__).parents[2]
_MOST_FRAMES: Final = 40
_MOST_CAUSES: Final = 10
# Names of values that open doors. Nobody should log them; who does so by mistake logs that it was there.
_SECRET: Final = frozenset({"token", "password", "secret", "authorization", "cookie", "pass", "csrf_token"})


def configure_log(stream: TextIO | None = None) -> None:
    """Let structlog write here from now on. `stream` is stderr where nothing else is given."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            _without_secrets,
            _with_traceback,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=_kind),
        ],
        logger_factory=_ToStderr(stream),
        cache_logger_on_first_use=False,
    )


class _ToStderr:
    """Makes loggers; stderr is looked up at each line, so that whoever redirects it is followed."""

    def __init__(self, stream: TextIO | None) -> None:
        self._stream = stream

    def __call__(self, *_arguments: Any) -> structlog.PrintLogger:
        return structlog.PrintLogger(self._stream or sys.stderr)


def request_place() -> dict[str, str]:
    """Where a request went: the rule of its address, and its app. Tokens and ids of people stay out."""
    if not has_request_context():
        return {}
    arguments = request.view_args or {}
    place = {"method": request.method, "rule": str(request.url_rule or "–")}
    for name in ("org", "app"):
        if name in arguments:
            place[name] = str(arguments[name])
    return place


def _without_secrets(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name in _SECRET & line.keys():
        line[name] = "…"
    return line


def _with_traceback(_logger: Any, _method: str, line: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    error = line.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()[1]
    elif isinstance(error, tuple):
        error = error[1]
    if isinstance(error, BaseException):
        line["exception"] = list(_causes(error))
    return line


def _causes(error: BaseException) -> Iterator[dict[str, Any]]:
    """The exception and what led to it, the outermost first, as {type, frames}."""
    found: BaseException | None = error
    for _ in range(_MOST_CAUSES):
        if found is None:
            return
        kind = type(found)
        yield {"type": f"{kind.__module__}.{kind.__qualname__}", "frames": _frames(found.__traceback__)}
        found = found.__cause__ or (None if found.__suppress_context__ else found.__context__)


def _frames(start: TracebackType | None) -> list[str]:
    frames = [
        f"{_inside(frame.f_code.co_filename)}:{number} {frame.f_code.co_name}"
        for frame, number in traceback.walk_tb(start)
    ]
    return frames[-_MOST_FRAMES:]


def _inside(filename: str) -> str:
    """A file's name without the folder of the installation."""
    path = Path(filename)
    return str(path.relative_to(_ROOT)) if path.is_relative_to(_ROOT) else path.name


def _kind(value: Any) -> str:
    """What a value that is no text is logged as: its kind, for its content may be anything."""
    return type(value).__name__
