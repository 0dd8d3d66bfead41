"""A worker that is to wake later: the earliest moment counts, and no later one keeps it from work."""

import threading
from collections.abc import Callable

from studio.jobs.worker import Worker


class Bell:
    """Work that is never there, but says when somebody has looked for it."""

    def __init__(self) -> None:
        self.looked = threading.Event()

    def claim(self, _runner: str) -> Callable[[], None] | None:
        self.looked.set()
        return None

    def is_empty(self) -> bool:
        return True


def test_the_earliest_moment_counts_whichever_was_asked_for_first() -> None:
    for moments in ((0.05, 3600), (3600, 0.05)):
        bell = Bell()
        worker = Worker(bell)
        for each in moments:
            worker.wake_in(each)
        assert bell.looked.wait(20), moments
        worker.stop()


def test_an_alarm_can_be_set_again_once_it_has_gone_off() -> None:
    bell = Bell()
    worker = Worker(bell)
    for _ in range(3):
        worker.wake_in(0.01)
        assert bell.looked.wait(20)
        bell.looked.clear()
    worker.stop()


def test_a_worker_that_is_stopped_does_not_wake() -> None:
    bell = Bell()
    worker = Worker(bell)
    worker.wake_in(0.05)
    worker.stop()
    worker.wake_in(0.05)
    assert not bell.looked.wait(0.3)
