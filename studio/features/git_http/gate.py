"""How many Git processes this process of Studio runs at once: the editors come first.

Git clients do not ask again when they are sent away, so a request waits for its turn, up to a limit.
"""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from studio.definition.errors import DomainError
from studio.definition.sentences import N_, Sentence


class TooBusy(DomainError):
    """There is no place, and waiting would not soon give one. HTTP 429."""

    retry_after = 10  # seconds

    def __init__(self) -> None:
        super().__init__(
            Sentence(
                N_("Many are fetching and pushing just now. Try again in a few seconds; nothing is lost.")
            )
        )


@dataclass
class Gate:
    """`running` requests at once; others wait for at most `seconds`, no more than `waiting` of them.

    One person has at most `of_one` requests in here, so that nobody can take all the places.
    """

    running: int = 6
    waiting: int = 100
    of_one: int = 60
    seconds: float = 180.0
    _turns: threading.BoundedSemaphore = field(init=False)
    _lock: threading.Lock = field(init=False, default_factory=threading.Lock)
    _here: "Counter[str]" = field(init=False, default_factory=Counter)

    def __post_init__(self) -> None:
        self._turns = threading.BoundedSemaphore(self.running)

    def enter(self, person: str) -> None:
        """Wait for a turn, which `leave` must end. Raises TooBusy."""
        with self._lock:
            if self._here.total() >= self.running + self.waiting or self._here[person] >= self.of_one:
                raise TooBusy
            self._here[person] += 1
        if not self._turns.acquire(timeout=self.seconds):
            self._forget(person)
            raise TooBusy

    def leave(self, person: str) -> None:
        """The end of a turn."""
        self._turns.release()
        self._forget(person)

    @contextmanager
    def turn(self, person: str) -> Iterator[None]:
        """A turn for as long as the block lasts. Raises TooBusy."""
        self.enter(person)
        try:
            yield
        finally:
            self.leave(person)

    def _forget(self, person: str) -> None:
        with self._lock:
            self._here[person] -= 1
            if not self._here[person]:
                del self._here[person]
