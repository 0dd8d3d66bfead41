"""Outside: the processes that carry out hooks are started, asked, and ended from here.

A host serves one version of one app's logic: another version is another host, so nothing old is ever asked.
Hosts that nobody has asked for a while are ended, the longest unasked first where there are too many.
"""

import itertools
import os
import select
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import structlog

from studio.runtime.logic.messages import MOST_ANSWER, MOST_REQUEST, BadMessage, packed, received, unpacked
from studio.runtime.logic.worker.host import BEGUN, CANNOT_START, END, ORDER, OUT_OF_TIME, START

log = structlog.get_logger()

MEMORY: Final = 256 * 1024 * 1024  # bytes of address space that a call has, Python included
_START_WITHIN: Final = 15.0  # seconds
_GRACE: Final = 1.0  # seconds after a call's own time in which its host has to have ended it
_MOST_HOSTS: Final = 16
# Calls of one app at once, half of a server's threads: an app whose calls never end leaves others their half.
_MOST_AT_ONCE: Final = 8
_WAITS: Final = 0.5  # seconds that a call waits for its turn
_READY: Final = 2  # processes that wait for a call: what is written in a form is calculated, then validated
_GONE_WITHIN: Final = 1.0  # seconds from the end of a host's channel to that of its process
_IDLE: Final = 600.0  # seconds
_ROOT: Final = Path(__file__).parents[3]
_START: Final = (
    f"import sys; sys.path.append({str(_ROOT)!r}); sys.dont_write_bytecode = True; "
    "from studio.runtime.logic.worker.host import main; main()"
)

# What is put on a host, in this order (worker/confining.py).
LAYERS: Final = ("limits", "nobody", "namespaces", "no-new-rights", "landlock", "seccomp")

# Answers a hook's wish to fetch: {"address", "headers"} -> {"status", "text"} or {"refused"}.
Fetch = Callable[[Mapping[str, Any]], Mapping[str, Any]]


class CallFailed(Exception):
    """A call gave no answer; `why` is "time", "busy", "ended", "answer" (none, or too long) or "host"."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class NotConfined(Exception):
    """The platform does not hold hooks in, and the settings do not allow to run them all the same."""


@dataclass(frozen=True)
class Logic:
    """The code of one version of an app's logic.

    `key` tells it from every other; `modules` is name -> (path, source), `available` what it may import.
    """

    key: str
    modules: Mapping[str, tuple[str, str]] = field(repr=False)
    available: Sequence[str] = field(repr=False, default=())

    @property
    def app(self) -> str:
        """The app's name."""
        return self.key.partition(":")[0]


class Host:
    """A running host. Raises NotConfined, or CallFailed where it does not start."""

    def __init__(self, logic: Logic, *, unconfined: bool = False, layers: Sequence[str] = LAYERS) -> None:
        self._lock = threading.Lock()
        self._numbers = itertools.count()
        self._turns = threading.BoundedSemaphore(_MOST_AT_ONCE)
        self._calls = 0
        self._ready: list[_Call] = []
        self.is_ended_for_time = False
        self.last_asked = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="app-logic-") as empty:
            Path(empty).chmod(0o555)
            self._control, inside = socket.socketpair()
            with closing(inside):
                self._process = subprocess.Popen(
                    [sys.executable, "-I", "-S", "-c", _START],
                    cwd=empty,
                    env={},
                    stdin=inside.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,  # why it does not start; the host closes it before it is asked
                    start_new_session=True,
                )
            try:
                self.held, self.missing = self._introduced(logic, layers)
            except BaseException:
                self.end()
                log.error("app logic does not start", app=logic.app, reason=self._last_words())
                raise
        if self._process.stderr is not None:
            self._process.stderr.close()
        if "seccomp" in self.missing and not unconfined:
            self.end()
            raise NotConfined(self.missing["seccomp"])

    def _introduced(self, logic: Logic, layers: Sequence[str]) -> tuple[Sequence[str], Mapping[str, str]]:
        self._control.settimeout(_START_WITHIN)
        start = {
            "modules": logic.modules,
            "available": logic.available,
            "memory": MEMORY,
            "layers": layers,
        }
        try:
            self._control.sendall(packed(start, MOST_REQUEST))
            hello = unpacked(received(self._control.recv, 65_536) or b"")
            return hello["held"], hello["missing"]
        except (OSError, BadMessage, KeyError) as error:
            raise CallFailed("host") from error

    def _last_words(self) -> str:
        words = self._process.stderr
        if words is None:
            return ""
        with words:
            return words.read(4000).decode("utf-8", "replace")

    @property
    def is_running(self) -> bool:
        """Whether calls can be made."""
        return self._process.poll() is None

    def is_gone(self) -> bool:
        """Whether it has ended, where its channel has: the channel goes a moment before the process."""
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_GONE_WITHIN)
        return not self.is_running

    @property
    def is_busy(self) -> bool:
        """Whether calls are being made."""
        return self._calls > 0

    def call(self, request: bytes, seconds: float, fetch: Fetch | None = None) -> dict[str, Any]:
        """The answer to a request, as the worker gave it: not to be trusted. Raises CallFailed."""
        if not self._turns.acquire(timeout=_WAITS):
            raise CallFailed("busy")
        self.last_asked = time.monotonic()
        with self._lock:
            self._calls += 1
            call = self._ready.pop() if self._ready else None
        try:
            with closing(call or self._started(seconds)) as call:
                call.deadline = self.last_asked + seconds + _GRACE
                self._order(BEGUN, call.number, seconds)
                try:
                    return self._conversation(call, request, fetch)
                finally:
                    with suppress(CallFailed):
                        self._order(END, call.number, 0)
        finally:
            with self._lock:
                self._calls -= 1
            self._turns.release()
            self._make_ready(seconds)

    def _make_ready(self, seconds: float) -> None:
        """Have processes started ahead of the next calls."""
        with suppress(CallFailed):
            while len(self._ready) < _READY:
                self._ready.append(self._started(seconds))

    def _started(self, seconds: float) -> "_Call":
        """A call whose process is being started. Raises CallFailed."""
        channel, inside = socket.socketpair()
        ended, status = os.pipe()
        call = _Call(next(self._numbers), channel, ended)
        try:
            self._order(START, call.number, seconds, inside.fileno(), status)
        except CallFailed:
            call.close()
            raise
        finally:
            inside.close()
            os.close(status)
        return call

    def _order(self, what: bytes, number: int, seconds: float, *descriptors: int) -> None:
        try:
            with self._lock:
                socket.send_fds(self._control, [ORDER.pack(what, number, seconds)], descriptors)
        except OSError as error:
            raise CallFailed("host") from error

    def _conversation(self, call: "_Call", request: bytes, fetch: Fetch | None) -> dict[str, Any]:
        try:
            call.send(request)
            while (body := received(call.recv, MOST_ANSWER)) is not None:
                message = unpacked(body)
                if "fetch" not in message:
                    return message
                answer = fetch(message["fetch"]) if fetch else {"refused": "No servers can be asked here."}
                call.send(packed(answer, MOST_REQUEST))
        except BadMessage as error:
            if call.ending() == b"":
                raise CallFailed("answer") from error
        except TimeoutError as error:
            raise self._given_up() from error
        except OSError:
            pass  # the call ended while something was said to it; how, is told below
        try:
            how = call.ending(wait=True)
        except TimeoutError as error:
            raise self._given_up() from error
        raise CallFailed(_WHY.get(how, "ended"))

    def _given_up(self) -> CallFailed:
        """The host has not ended a call in time: it goes, with everything in it."""
        self.is_ended_for_time = True
        self.end()
        return CallFailed("time")

    def end(self) -> None:
        """End the host and every call in it."""
        with self._lock:
            ready, self._ready = self._ready, []
            self._control.close()
        for call in ready:
            call.close()
        self._process.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(5)


_WHY: Final = {OUT_OF_TIME: "time", CANNOT_START: "busy"}


@dataclass(slots=True)
class _Call:
    """The outer ends of one call, which raise TimeoutError at its deadline (of the monotonic clock)."""

    number: int
    socket: socket.socket
    ended: int
    deadline: float = 0.0

    def send(self, data: bytes) -> None:
        """Raises TimeoutError and OSError."""
        self.socket.settimeout(self._left())
        self.socket.sendall(data)

    def recv(self, most: int) -> bytes:
        """Raises TimeoutError and OSError."""
        self.socket.settimeout(self._left())
        return self.socket.recv(most)

    def ending(self, *, wait: bool = False) -> bytes:
        """How the call ended, in the host's one byte; nothing where it has not. Raises TimeoutError."""
        ready, _, _ = select.select([self.ended], [], [], self._left() if wait else 0)
        if wait and not ready:
            raise TimeoutError
        return os.read(self.ended, 1) if ready else b""

    def close(self) -> None:
        """Nobody waits for this call any more."""
        self.socket.close()
        os.close(self.ended)

    def _left(self) -> float:
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Hosts:
    """The hosts of this process, by the logic that they serve."""

    def __init__(self, *, unconfined: bool = False) -> None:
        self._unconfined = unconfined
        self._hosts: OrderedDict[str, Host] = OrderedDict()
        self._starting: dict[str, threading.Lock] = {}
        self._lock = threading.Lock()
        self._not_confined = ""  # why this machine cannot hold hooks in, once that is known

    def call(
        self, logic: Logic, request: bytes, seconds: float, fetch: Fetch | None = None
    ) -> dict[str, Any]:
        """The answer to a request, not to be trusted. Raises NotConfined and CallFailed."""
        host = self._host(logic)
        try:
            return host.call(request, seconds, fetch)
        except CallFailed as problem:
            is_gone = host.is_gone() if problem.why == "host" else not host.is_running
            if host.is_ended_for_time or not is_gone:
                raise
        return self._host(logic).call(request, seconds, fetch)  # it was killed by somebody else: once more

    def _host(self, logic: Logic) -> Host:
        """A running host for this logic, started where there is none. Raises NotConfined and CallFailed."""
        if self._not_confined:
            raise NotConfined(self._not_confined)
        with self._lock:
            found = self._hosts.get(logic.key)
            if found is not None and found.is_running:
                self._hosts.move_to_end(logic.key)
                return found
            starting = self._starting.setdefault(logic.key, threading.Lock())
        with starting:  # others that come for the same logic wait for this one; those with other logic do not
            with self._lock:
                found = self._hosts.get(logic.key)
            if found is None or not found.is_running:
                found = self._started(logic)
        return found

    def _started(self, logic: Logic) -> Host:
        try:
            found = Host(logic, unconfined=self._unconfined)
        except NotConfined as error:
            self._not_confined = str(error)
            log.critical("app logic cannot be held in, and is not run", reason=str(error))
            raise
        log.log(
            30 if found.missing else 20,
            "app logic started",
            app=logic.app,
            held=list(found.held),
            missing=dict(found.missing),
        )
        with self._lock:
            dead = self._hosts.pop(logic.key, None)
            self._hosts[logic.key] = found
            self._starting.pop(logic.key, None)
            gone = [*([dead] if dead else []), *self._superfluous()]
        for each in gone:
            each.end()
        return found

    def _superfluous(self) -> list[Host]:
        """Take away hosts that are idle, dead or too many."""
        now = time.monotonic()
        keys = [
            key
            for place, (key, host) in enumerate(reversed(self._hosts.items()))
            if not host.is_running
            or (not host.is_busy and (place >= _MOST_HOSTS or now - host.last_asked > _IDLE))
        ]
        return [self._hosts.pop(key) for key in keys]

    def end(self) -> None:
        """End them all."""
        with self._lock:
            hosts, self._hosts = list(self._hosts.values()), OrderedDict()
        for each in hosts:
            each.end()
