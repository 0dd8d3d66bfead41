"""Work that outlives a request, in threads of whichever process is there to do it.

The table that holds the work is the queue: a row says what is to be done, who does it, and when that one
last gave a sign of life. So there is no second store that could disagree with it, nothing runs while there is
nothing to do, and what a killed process left behind is taken over by any other (see docs/decisions).
"""

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Final, Protocol
from uuid import uuid4

_PAUSE: Final = 0.5  # seconds between looks at work that another process has in hand
_BEAT: Final = 1.0  # seconds between two signs of life


class Work(Protocol):
    """What a worker works on."""

    def claim(self, runner: str) -> Callable[[], None] | None:
        """Take one piece of work for `runner` and return how to do it; None where there is none to take."""

    def is_empty(self) -> bool:
        """Whether nothing is left to do, also not for others."""


class Worker:
    """At most `threads` threads that live as long as there is work."""

    def __init__(self, work: Work, threads: int = 2) -> None:
        self.work = work
        self._most = threads
        self._lock = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._changed = threading.Event()
        self._stopping = False
        self._alarm: threading.Timer | None = None
        self._alarm_at = 0.0  # on the clock of time.monotonic

    def wake(self) -> None:
        """Say that there is (or may be) work. Returns at once."""
        with self._lock:
            self._threads = [each for each in self._threads if each.is_alive()]
            if len(self._threads) < self._most and not self._stopping:
                thread = threading.Thread(target=self._run, name=f"worker-{len(self._threads)}", daemon=True)
                self._threads.append(thread)
                thread.start()
        self._changed.set()

    def wake_in(self, seconds: float) -> None:
        """Wake after so many seconds, or before: the earliest moment that was asked for counts.

        Whoever finds no work when it wakes asks anew, so that a later moment is not lost.
        """
        with self._lock:
            now = time.monotonic()
            if self._stopping or now < self._alarm_at <= now + seconds:
                return
            if self._alarm is not None:
                self._alarm.cancel()
            self._alarm, self._alarm_at = threading.Timer(seconds, self.wake), now + seconds
            self._alarm.daemon = True
            self._alarm.start()

    def wake_at(self, now: datetime, *moments: datetime | None, least: float = 1.0) -> None:
        """Wake when the first of these moments comes, but not within `least` seconds; None is no moment."""
        first = min((each for each in moments if each is not None), default=None)
        if first is not None:
            self.wake_in(max(least, (first - now).total_seconds()))

    def stop(self, timeout: float = 10) -> None:
        """Finish what is in hand, and take nothing more."""
        self._stopping = True
        if self._alarm is not None:
            self._alarm.cancel()
        self._changed.set()
        for thread in list(self._threads):
            thread.join(timeout)

    def _run(self) -> None:
        runner = runner_name()
        while not self._stopping:
            self._changed.clear()
            do = self.work.claim(runner)
            if do is not None:
                do()
            elif self._leave():
                return
            else:
                self._changed.wait(_PAUSE)

    def _leave(self) -> bool:
        """Whether this thread ends. Decided under the lock of `wake`, so that no call is lost in between."""
        with self._lock:
            if self._changed.is_set() or not self.work.is_empty():
                return False
            self._threads.remove(threading.current_thread())
            return True


def runner_name() -> str:
    """A name that no other thread of any process has had: host, process, and a random part."""
    return f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"


@contextmanager
def heartbeat(beat: Callable[[], None], every: float = _BEAT) -> Iterator[None]:
    """Call `beat` every so many seconds, in a thread of its own, until the block ends."""
    ended = threading.Event()

    def go_on() -> None:
        while not ended.wait(every):
            beat()

    thread = threading.Thread(target=go_on, name="heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
