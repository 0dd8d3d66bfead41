"""The process that starts the calls of one app: it has the app's code ready, and never runs a line of it.

Each call is a process that is forked from this one, which takes less than a millisecond: it finds Python
and the app's modules loaded, shares nothing with calls before it or beside it, and is killed when its time
is up.

A process can be started before there is a call for it, which then costs no fork: it waits for its request,
and has not run a line of the app's either.

Standard input is a socket. First comes one message: {"modules": {name: [path, source]}, "available": [names],
"memory": bytes, "layers": [those to put on]}. The answer says which layers hold: {"held": [...], "missing":
{name: why}}. From then on every `ORDER` is one of three. START has a process started; with it come two
descriptors: the socket of the call, and a pipe to say how it ended (one byte: T for out of time, N where it
cannot be started, E for anything else). BEGUN says that the process of this number has been given its
request; its time runs from then on. END ends it, for nobody waits for it any more.
"""

import gc
import importlib
import math
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
from studio.runtime.logic.worker.call import answer_call, make_ready
from studio.runtime.logic.worker.confining import OPEN_FILES, confine_call, confine_host
from studio.runtime.logic.worker.seccomp import Filter

ORDER: Final = struct.Struct("!cQd")  # what, the number of the call, the seconds that it has
START, BEGUN, END = b"S", b"B", b"E"
OUT_OF_TIME, CANNOT_START, ENDED = b"T", b"N", b"E"
_LONGEST: Final = 60.0  # seconds, whatever is asked for


@dataclass(slots=True)
class _Running:
    number: int
    status: int
    deadline: float = math.inf  # of the monotonic clock; none before the call has begun
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
    import traceback  # noqa: PLC0415 - loaded here so that it is loaded at all
    from datetime import datetime  # noqa: PLC0415 - as above
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError  # noqa: PLC0415 - as above

    datetime.strptime("2026", "%Y")  # noqa: DTZ007 - nobody asks what it gives
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
        """Until the runtime has gone."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._ended, select.POLLIN)
        listening = True
        while listening:
            for number, _ in poll.poll(self._until_the_next_deadline()):
                if number == self._control.fileno():
                    listening = self._take_order()
                else:
                    os.read(number, 4096)
            self._reap()
            self._end_late()
        for child in self._running:
            os.kill(child, signal.SIGKILL)

    def _until_the_next_deadline(self) -> int | None:
        """Milliseconds; None where nothing runs."""
        waiting = [each.deadline for each in self._running.values() if not each.late]
        first = min(waiting, default=math.inf)
        return None if first == math.inf else max(0, int((first - time.monotonic()) * 1000) + 1)

    def _take_order(self) -> bool:
        """Do what the runtime says; False where it has gone."""
        order, descriptors, _, _ = socket.recv_fds(self._control, ORDER.size, 2)
        if len(order) < ORDER.size:
            return False
        what, number, seconds = ORDER.unpack(order)
        if what == START:
            self._start(number, seconds, *descriptors)
        for child, running in self._running.items():
            if running.number == number and what == BEGUN:
                running.deadline = time.monotonic() + min(seconds, _LONGEST)
            elif running.number == number and what == END:
                os.kill(child, signal.SIGKILL)
        return True

    def _start(self, number: int, seconds: float, channel: int, status: int) -> None:
        try:
            child = os.fork()
        except OSError:  # no memory or no process to be had
            _tell(status, CANNOT_START)
        else:
            if child == 0:
                self._be_a_call(channel, seconds)
            self._running[child] = _Running(number, status)
        os.close(channel)

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
            make_ready()
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

    def _end_late(self) -> None:
        now = time.monotonic()
        for child, running in self._running.items():
            if running.deadline <= now and not running.late:
                running.late = True
                os.kill(child, signal.SIGKILL)


def _tell(status: int, how: bytes) -> None:
    with suppress(OSError):  # nobody may be waiting any more
        os.write(status, how)
    os.close(status)
