"""One call of a hook, in a process of its own: the request is read, the hook run, the answer written."""

import io
import linecache
import os
import sys
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from types import TracebackType
from typing import Any, Final

from studio.runtime.logic.messages import (
    MOST_ANSWER,
    MOST_REQUEST,
    BadMessage,
    BadValue,
    packed,
    received,
    unpacked,
)
from studio.runtime.logic.worker.app_modules import AppModules
from studio_app import Context, Http, HttpAnswer, HttpFailed, Issue, Option, Party, Person, Refused, Task

_MOST_PRINTED: Final = 16_384  # characters of a call's output that are kept
_MOST_TRACEBACK: Final = 12_000
_MOST_FRAMES: Final = 30


class WrongAnswer(TypeError):
    """A hook gave something that is no answer of its kind."""


def make_ready() -> None:
    """Touch what every call uses: memory that is shared with the host is copied now and not in the call."""
    unpacked(packed({"": [None, {"": ""}]}, MOST_ANSWER)[4:])


def answer_call(channel: int, modules: AppModules) -> None:
    """Read the request from a file descriptor, carry it out, and write the answer to it.

    The answer is {"answer": [what each module's hook gave]}, {"refused": text} or {"error": {kind, message,
    path, line, function, traceback}}; each with "printed".
    """
    body = received(lambda most: os.read(channel, most), MOST_REQUEST)
    if body is None:
        return
    printed = _Printed()
    sys.stdout = sys.stderr = printed
    answer = _outcome(lambda: _carried_out(unpacked(body), modules, _Fetching(channel)), modules)
    _write(channel, _bytes_of({**answer, "printed": printed.getvalue()}, modules))


def _carried_out(request: Mapping[str, Any], modules: AppModules, http: Http) -> list[Any]:
    hook, given = request["hook"], request["arguments"]
    arguments = [_argument(name, value, given.get("data"), http) for name, value in given.items()]
    return [_ANSWERS[hook](modules.function(name, hook)(*arguments), hook) for name in request["modules"]]


def _argument(name: str, value: Any, data: Any, http: Http) -> Any:
    if name == "task":
        return Task(**value)
    if name != "context":
        return value
    models = {**value["models"], value["data_type"]: data}
    people = {"party": Party(**value["party"]), "person": Person(**value["person"])}
    return Context(**{**value, **people, "task": Task(**value["task"]), "models": models, "http": http})


def _outcome(act: Callable[[], Any], modules: AppModules) -> dict[str, Any]:
    """What came of it, whatever it was."""
    try:
        return {"answer": act()}
    except Refused as refused:
        return {"refused": str(refused)}
    except BaseException as error:  # noqa: BLE001 - also SystemExit: whatever a hook does is an answer
        return {"error": _described(error, modules)}


def _bytes_of(message: dict[str, Any], modules: AppModules) -> bytes:
    try:
        return packed(message, MOST_ANSWER)
    except (BadValue, BadMessage) as error:
        return packed({"error": _described(error, modules), "printed": message["printed"]}, MOST_ANSWER)


def _described(error: BaseException, modules: AppModules) -> dict[str, Any]:
    found = error.__traceback__
    frames = list(_frames(found, modules))
    at = frames[-1] if frames else ("", 0, "")
    for path, source in modules.sources.items():
        linecache.cache[path] = (len(source), None, source.splitlines(keepends=True), path)
    told = traceback.TracebackException(
        type(error), error, _from_app(found, modules), limit=-_MOST_FRAMES, compact=True
    )
    text = "".join(told.format())
    return {
        "frames": [f"{path}:{line} {name}" for path, line, name in frames[-_MOST_FRAMES:]],
        "kind": type(error).__name__,
        "message": str(error)[:1000],
        "path": at[0],
        "line": at[1],
        "function": at[2],
        "traceback": text[:_MOST_TRACEBACK],
    }


def _from_app(found: TracebackType | None, modules: AppModules) -> TracebackType | None:
    """The traceback without our own frames at its beginning; all of it where the app has none."""
    here = found
    while here is not None and here.tb_frame.f_code.co_filename not in modules.sources:
        here = here.tb_next
    return here


def _frames(found: TracebackType | None, modules: AppModules) -> Iterator[tuple[str, int, str]]:
    """The lines of the app that were running, the outermost first: path, line, function."""
    while found is not None:
        code = found.tb_frame.f_code
        if code.co_filename in modules.sources:
            yield code.co_filename, found.tb_lineno, code.co_name
        found = found.tb_next


def _nothing(value: Any, hook: str) -> None:
    if value is not None:
        raise WrongAnswer(f"{hook} gives nothing back, and gave {type(value).__name__}")


def _fields(value: Any, hook: str) -> Mapping[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise WrongAnswer(f"{hook} gives fields as {{path: value}}, and gave {type(value).__name__}")
    return value


def _flow(value: Any, hook: str) -> str | None:
    if value is not None and not isinstance(value, str):
        raise WrongAnswer(f"{hook} gives the id of a flow or None, and gave {type(value).__name__}")
    return value


def _list_of(kind: type[Issue] | type[Option]) -> Callable[[Any, str], Sequence[Mapping[str, Any]]]:
    def listed(value: Any, hook: str) -> Sequence[Mapping[str, Any]]:
        if value is None:
            return []
        found = list(value) if isinstance(value, Iterable) else [value]
        for each in found:
            if not isinstance(each, kind):
                raise WrongAnswer(f"{hook} gives {kind.__name__} objects, and gave {type(each).__name__}")
        return [asdict(each) for each in found]

    return listed


_ANSWERS: Final[Mapping[str, Callable[[Any, str], Any]]] = {
    "validate": _list_of(Issue),
    "options": _list_of(Option),
    "calculate": _fields,
    "prefill": _fields,
    "task_started": _fields,
    "task_ended": _nothing,
    "may_start": _nothing,
    "choose_flow": _flow,
}


class _Printed(io.StringIO):
    """What was printed, up to a point."""

    def write(self, text: str) -> int:
        room = _MOST_PRINTED - self.tell()
        super().write(text[: max(0, room)])
        return len(text)


class _Fetching(Http):
    """Asks the runtime to fetch: there is no network in here."""

    def __init__(self, channel: int) -> None:
        self._channel = channel

    def get(self, address: str, headers: Mapping[str, str] | None = None) -> HttpAnswer:
        _write(self._channel, packed({"fetch": {"address": address, "headers": dict(headers or {})}}, 65_536))
        body = received(lambda most: os.read(self._channel, most), MOST_REQUEST)
        answer = unpacked(body or b"{}")
        if "status" not in answer:
            raise HttpFailed(str(answer.get("refused") or f"{address} did not answer"))
        return HttpAnswer(answer["status"], answer["text"])


def _write(channel: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(channel, rest) :]
