"""The process that starts the calls of one app: it has the app's code ready, and never runs a line of it.

Each call is a process that is forked from this one, which takes less than a millisecond: it finds Python
and the app's modules loaded, shares nothing with calls before it or beside it, and is killed when its time
is up.

Standard input is a socket. First comes one message: {"modules": {name: [path, source]}, "available": [names],
"memory": bytes, "layers": [those to put on]}. The answer says which layers hold: {"held": [...], "missing":
{name: why}}. From then on every eight bytes are a call: the seconds that it has, with two descriptors: the
socket of the call, and a pipe to say how it ended (one byte: T for out of time, B for too many at once, E for
anything else).
"""

import gc
import importlib
import os
import select
import signal
import socket
import struct
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Final

from studio.runtime.logic.messages import MOST_REQUEST, packed, received, unpacked
from studio.runtime.logic.worker.app_modules import AppModules
from studio.runtime.logic.worker.call import answer_call
from studio.runtime.logic.worker.confining import OPEN_FILES, confine_call, confine_host
from studio.runtime.logic.worker.seccomp import Filter

CALL: Final = struct.Struct("!d")
OUT_OF_TIME, TOO_MANY, ENDED = b"T", b"B", b"E"
_MOST_AT_ONCE: Final = 16
_LONGEST: Final = 60.0  # seconds, whatever is asked for


@dataclass(slots=True)
class _Running:
    status: int
    deadline: float
    late: bool = False


def main() -> None:
    """Serve calls until the runtime goes away."""
    control = _take_over_stdin()
    start = unpacked(received(control.recv, MOST_REQUEST) or b"{}")
    for name in start["available"]:
        importlib.import_module(name)
    _warm_up()
    _close_output()
    ended = _told_of_ends()
    held, missing, of_call = confine_host(start["memory"], start["layers"])
    modules = AppModules(start["modules"])
    modules.install()
    os.write(control.fileno(), packed({"held": held, "missing": missing}, 65_536))
    gc.collect()
    gc.freeze()  # what is here now is not looked through, and so not copied, in the processes of the calls
    _Host(control, ended, modules, of_call).serve()


def _take_over_stdin() -> socket.socket:
    """The socket that standard input is, under a number of its own."""
    return socket.socket(fileno=os.dup(0))


def _close_output() -> None:
    """From here on nobody reads what is written beside the answers."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nothing, number)
    os.close(nothing)


def _told_of_ends() -> int:
    """A descriptor that can be read when a process of a call has ended."""
    ended, told = os.pipe()
    os.set_blocking(ended, False)
    os.set_blocking(told, False)
    signal.set_wakeup_fd(told, warn_on_full_buffer=False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    return ended


def _warm_up() -> None:
    """Let the library load what it loads when it is first used: there will be no file to load it from."""
    import traceback  # noqa: PLC0415
    from datetime import datetime  # noqa: PLC0415
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415

    datetime.strptime("2026", "%Y")  # noqa: DTZ007
    time.strptime("2026", "%Y")
    for encoding in (
        "utf-8",
        "ascii",
        "latin-1",
        "cp1252",
        "utf-16",
        "utf-16-le",
        "utf-8-sig",
        "idna",
        "punycode",
    ):
        "a".encode(encoding).decode(encoding)
    "é".encode("ascii", "backslashreplace")
    for zone in ("UTC", "Europe/Oslo"):
        with suppress(ZoneInfoNotFoundError):  # a system without time zones has none in hooks either
            ZoneInfo(zone)  # which remembers it
    try:
        raise ValueError
    except ValueError as error:
        "".join(traceback.TracebackException.from_exception(error).format())


class _Host:
    def __init__(
        self, control: socket.socket, ended: int, modules: AppModules, of_call: Filter | None
    ) -> None:
        self._control = control
        self._ended = ended
        self._modules = modules
        self._of_call = of_call
        self._running: dict[int, _Running] = {}

    def serve(self) -> None:
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._ended, select.POLLIN)
        while True:
            for number, _ in poll.poll(self._until_the_next_deadline()):
                if number == self._control.fileno():
                    if not self._take_call():
                        self._kill_all()
                        return
                else:
                    os.read(number, 4096)
            self._reap()
            self._kill_late()

    def _until_the_next_deadline(self) -> int | None:
        """Milliseconds; None where nothing runs."""
        waiting = [each.deadline for each in self._running.values() if not each.late]
        return max(0, int((min(waiting) - time.monotonic()) * 1000) + 1) if waiting else None

    def _take_call(self) -> bool:
        """Start a call; False where the runtime has gone."""
        asked, descriptors, _, _ = socket.recv_fds(self._control, CALL.size, 2)
        if len(asked) < CALL.size or len(descriptors) != 2:
            return False
        channel, status = descriptors
        seconds = min(CALL.unpack(asked)[0], _LONGEST)
        if len(self._running) >= _MOST_AT_ONCE:
            _tell(status, TOO_MANY)
        elif (child := os.fork()) == 0:
            self._be_a_call(channel, seconds)
        else:
            self._running[child] = _Running(status, time.monotonic() + seconds)
        os.close(channel)
        return True

    def _be_a_call(self, channel: int, seconds: float) -> None:
        """Never returns. The call keeps its own socket and nothing else."""
        try:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            for number in range(3, OPEN_FILES):
                if number != channel:
                    with suppress(OSError):
                        os.close(number)
            confine_call(seconds, self._of_call)
            answer_call(channel, self._modules)
        finally:
            os._exit(0)

    def _reap(self) -> None:
        while self._running:
            child, _ = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            ended = self._running.pop(child)
            _tell(ended.status, OUT_OF_TIME if ended.late else ENDED)

    def _kill_late(self) -> None:
        now = time.monotonic()
        for child, running in self._running.items():
            if not running.late and running.deadline <= now:
                running.late = True
                os.kill(child, signal.SIGKILL)

    def _kill_all(self) -> None:
        for child in self._running:
            os.kill(child, signal.SIGKILL)


def _tell(status: int, how: bytes) -> None:
    with suppress(OSError):  # nobody may be waiting any more
        os.write(status, how)
    os.close(status)
