"""Git's own `git http-backend` as a CGI program, with both bodies streamed: neither is ever held here."""

import os
import select
import signal
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

_CHUNK: Final = 1 << 16
_LARGEST_HEAD: Final = 1 << 14
_TO_TIDY_UP: Final = 2.0  # seconds that Git has to end, each time it is told to
_POLL: Final = 1.0  # seconds between looks at whether anything moves
# All that counts comes by the environment; the settings of the machine and of its people are not read.
_SETTINGS: Final = (
    ("http.getanyfile", "false"),
    ("http.receivepack", "true"),
    ("gc.auto", "0"),
    ("receive.autogc", "false"),
    ("receive.fsckObjects", "true"),
    ("receive.denyDeleteCurrent", "refuse"),
    ("transfer.advertiseSID", "false"),
    ("uploadpack.allowFilter", "true"),
    ("core.bigFileThreshold", "10m"),
    ("pack.threads", "1"),
    ("pack.windowMemory", "64m"),
    # Branches and tags are there for all, and where pull requests come from can be read. Nothing else is.
    ("transfer.hideRefs", "refs"),
    ("transfer.hideRefs", "!refs/heads"),
    ("transfer.hideRefs", "!refs/tags"),
    ("uploadpack.hideRefs", "!refs/pull"),
)


class Body(Protocol):
    """Where the body of a request comes from."""

    def read(self, size: int, /) -> bytes:
        """Up to so many bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class Call:
    """One request to http-backend. `path` is "/org/app.git/…"; `person` is who is signed in."""

    root: Path
    path: str
    method: str
    query: str
    person: str
    headers: dict[str, str]  # Content-Type, Content-Encoding, Git-Protocol, as they came
    hooks: Path
    settings: Sequence[tuple[str, str]] = ()
    variables: Mapping[str, str] | None = None

    def environment(self) -> dict[str, str]:
        """All that Git gets to know, by CGI's names (RFC 3875) and its own."""
        repository = self.root / self.path.strip("/").partition(".git/")[0]
        settings = [
            *_SETTINGS,
            ("safe.directory", f"{repository}.git"),
            ("core.hooksPath", str(self.hooks)),
            *self.settings,
        ]
        given = {
            "CONTENT_TYPE": self.headers.get("Content-Type"),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding"),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol"),
        }
        return {
            "PATH": os.environ.get("PATH", os.defpath),
            "LANG": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_COUNT": str(len(settings)),
            **{f"GIT_CONFIG_KEY_{number}": key for number, (key, _) in enumerate(settings)},
            **{f"GIT_CONFIG_VALUE_{number}": value for number, (_, value) in enumerate(settings)},
            "GIT_PROJECT_ROOT": str(self.root),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "PATH_INFO": self.path,
            "REQUEST_METHOD": self.method,
            "QUERY_STRING": self.query,
            "REMOTE_USER": self.person,
            "REMOTE_ADDR": "",
            **{name: value for name, value in given.items() if value},
            **(self.variables or {}),
        }


class BackendFailed(Exception):
    """Git gave no answer that could be passed on."""


class Exchange:
    """One running http-backend: its body is fed in a thread, its answer comes out of `chunks`.

    Ends with the process group gone, whoever leaves first. `idle` is how many seconds nothing may move.
    """

    def __init__(self, call: Call, body: Body, idle: float) -> None:
        self._idle = idle
        self._body = body
        self._takes_in = call.path.endswith("/git-receive-pack")
        self.received = 0  # bytes of the request
        self.is_read = False  # whether the request has come to its end
        self._is_over = False
        self._moved = time.monotonic()
        self._process = subprocess.Popen(
            ["nice", "-n", "5", "git", "http-backend"],
            env=call.environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,
        )
        self._feeder = threading.Thread(target=self._feed, name="git-body", daemon=True)
        self._feeder.start()
        self._rest = b""

    def head(self) -> tuple[int, dict[str, str]]:
        """Status and headers of the answer. Raises BackendFailed."""
        found = b""
        for chunk in self._read():
            found += chunk
            head, separator, rest = found.partition(b"\r\n\r\n")
            if separator:
                self._rest = rest
                return _parsed(head)
            if len(found) > _LARGEST_HEAD:
                break
        raise BackendFailed

    def chunks(self) -> Iterator[bytes]:
        """The body of the answer, as it comes."""
        if self._rest:
            yield self._rest
        yield from self._read()

    def drain(self, most: int, seconds: float) -> None:
        """Read what is left of the request (at most so much), so that the client gets to read the answer."""
        end, limit = time.monotonic() + seconds, self.received + most
        while self._feeder.is_alive() and time.monotonic() < end and self.received < limit:
            self._feeder.join(0.1)

    def close(self) -> None:
        """End Git, also its helpers, if it still runs. What is still on its way in is not read any more."""
        self._is_over = True
        self._feeder.join(_TO_TIDY_UP)
        # Without its input a push ends by itself, and clears away what it had taken in. Without its output,
        # or told to end with its helpers, it would sometimes leave that behind.
        if self._takes_in:
            self._let_finish()
        if self._process.stdout is not None:
            self._process.stdout.close()
        for number in (0, signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, number)
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(_TO_TIDY_UP)
                break

    def _let_finish(self) -> None:
        end = time.monotonic() + _TO_TIDY_UP
        output = self._process.stdout
        assert output is not None  # noqa: S101 - it is a pipe
        poll = select.poll()
        poll.register(output, select.POLLIN | select.POLLHUP)
        while (left := end - time.monotonic()) > 0 and poll.poll(left * 1000):
            if not os.read(output.fileno(), _CHUNK):
                return

    def _read(self) -> Iterator[bytes]:
        output = self._process.stdout
        assert output is not None  # noqa: S101 - it is a pipe
        poll = select.poll()
        poll.register(output, select.POLLIN | select.POLLHUP)
        while True:
            if poll.poll(_POLL * 1000):
                chunk = os.read(output.fileno(), _CHUNK)
                if not chunk:
                    return
                yield chunk
                self._moved = time.monotonic()
            elif time.monotonic() - self._moved > self._idle:
                return

    def _feed(self) -> None:
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101 - it is a pipe
        # A connection that broke off raises whatever the server raises; Git sees the end of its input then.
        with suppress(Exception):
            self._pass_on(pipe.write)
        with suppress(OSError):
            pipe.close()

    def _pass_on(self, write: Callable[[memoryview], int | None]) -> None:
        taking = True
        while not self._is_over and (piece := self._body.read(_CHUNK)):
            self.received += len(piece)
            self._moved = time.monotonic()
            if taking:
                try:
                    _write_all(write, piece)
                except OSError:
                    taking = False  # Git has seen enough; what still comes is for `drain`
        self.is_read = True


class Answer:
    """The body of an answer, with what is to be done when it ends, or when nobody wants the rest of it.

    A server says that by `close`; one that just lets go of the answer of a client who left says it, too.
    """

    def __init__(self, chunks: Iterator[bytes], end: Callable[[], object]) -> None:
        self._chunks = chunks
        self._end = end
        self._is_ended = False

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._chunks)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Once, whoever calls."""
        if not self._is_ended:
            self._is_ended = True
            self._end()

    __del__ = close


def _write_all(write: Callable[[memoryview], int | None], data: bytes) -> None:
    left = memoryview(data)
    while left:
        left = left[write(left) or 0 :]  # an unbuffered pipe says how much it took


def _parsed(head: bytes) -> tuple[int, dict[str, str]]:
    headers = {}
    for line in head.decode("latin-1").split("\r\n"):
        name, _, value = line.partition(":")
        headers[name.strip().title()] = value.strip()
    status = headers.pop("Status", "200")
    return int(status.split(" ")[0]), headers
