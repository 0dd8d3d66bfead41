"""The DevTools protocol over a pipe: messages of JSON that end in a zero byte, answers by their numbers."""

import json
import os
import select
import time
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Final

from studio.browser.failures import BrowserFailed
from studio.browser.process import Process

_LOOK_EVERY: Final = 0.25  # seconds between looks at its memory, and at whether it shall go on
_LARGEST_MESSAGE: Final = 256 * 1024 * 1024  # bytes
_MOST_EVENTS: Final = 10_000

Event = Mapping[str, Any]


class Connection:
    """Calls to one browser, by one thread. `on_event` is told of every event while an answer is awaited.

    `go_on` is asked now and then; where it says no, the call is given up as out of time.
    """

    def __init__(self, process: Process, memory: int, go_on: Callable[[], bool]) -> None:
        self._process = process
        self._memory = memory
        self._go_on = go_on
        self._number = 0
        self._buffer = bytearray()
        self._messages: deque[dict[str, Any]] = deque()
        self._looked = 0.0
        self.on_event: Callable[[Event], None] = lambda _event: None
        os.set_blocking(process.to, False)

    def call(
        self, method: str, parameters: Mapping[str, Any] | None = None, *, session: str = "", until: float
    ) -> dict[str, Any]:
        """The answer to a call, `until` a moment of time.monotonic. Raises BrowserFailed."""
        number = self.send(method, parameters, session=session, until=until)
        while True:
            message = self._next(until)
            if message.get("id") == number:
                if "error" in message:
                    raise BrowserFailed("refused", f"{method}: {message['error'].get('message')}")
                result: dict[str, Any] = message.get("result", {})
                return result

    def send(
        self, method: str, parameters: Mapping[str, Any] | None = None, *, session: str = "", until: float
    ) -> int:
        """Call without waiting for an answer, which is thrown away when it comes. Returns its number."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        self._write(json.dumps(message).encode() + b"\0", until)
        return self._number

    def wait(self, wanted: Callable[[Event], bool], until: float) -> Event:
        """The next event that is wanted. Raises BrowserFailed."""
        while True:
            message = self._next(until)
            if "method" in message and wanted(message):
                return message

    def _next(self, until: float) -> dict[str, Any]:
        while not self._messages:
            self._read(until)
        message = self._messages.popleft()
        if "method" in message:
            self.on_event(message)
        return message

    def _read(self, until: float) -> None:
        self._look(until)
        ready, _, _ = select.select([self._process.out], [], [], _LOOK_EVERY)
        if not ready:
            return
        chunk = os.read(self._process.out, 1 << 16)
        if not chunk:
            raise BrowserFailed("ended", self._process.last_words())
        self._buffer += chunk
        if len(self._buffer) > _LARGEST_MESSAGE or len(self._messages) > _MOST_EVENTS:
            raise BrowserFailed("memory")
        if b"\0" not in chunk:
            return
        *whole, rest = self._buffer.split(b"\0")
        self._buffer = bytearray(rest)
        for each in whole:
            with suppress(ValueError):  # what cannot be read answers no call of ours
                self._messages.append(json.loads(bytes(each)))

    def _write(self, data: bytes, until: float) -> None:
        """Large things are written while the browser reads them: it may have something to say first."""
        view = memoryview(data)
        while view:
            self._look(until)
            _, ready, _ = select.select([], [self._process.to], [], _LOOK_EVERY)
            if not ready:
                continue
            try:
                written = os.write(self._process.to, view)
            except BlockingIOError:
                continue
            except OSError as error:
                raise BrowserFailed("ended", self._process.last_words()) from error
            view = view[written:]

    def _look(self, until: float) -> None:
        now = time.monotonic()
        if now >= until:
            raise BrowserFailed("time")
        if now - self._looked < _LOOK_EVERY:
            return
        self._looked = now
        if not self._go_on():
            raise BrowserFailed("time", "not wanted any more")
        if self._process.memory() > self._memory:
            raise BrowserFailed("memory")
