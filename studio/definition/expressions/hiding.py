"""What is hidden in a form at one moment, worked out once for each place.

Whether a component is hidden may depend on the answer of another one, which counts only where that one is
shown, and so on. A long way is walked from its far end, so that it does not end where Python's stack does.
"""

from collections.abc import Callable
from typing import Final, Generic, TypeVar

Key = tuple[str, tuple[int, ...]]
Place = TypeVar("Place")

# Questions that may wait for one another's answers; a longer way is begun at its far end.
_MOST_WAITING: Final = 12


class _AskFirst(Exception):
    """No error, but a way out of the questions that wait: the answer for this place is wanted first."""

    def __init__(self, key: Key, place: object) -> None:
        super().__init__(key)
        self.key = key
        self.place = place


class Hiding(Generic[Place]):
    """Remembers what is hidden. `decide` works it out for one place, and may ask about others meanwhile."""

    def __init__(self, decide: Callable[[Place], bool]) -> None:
        self._decide = decide
        self._known: dict[Key, bool] = {}
        self._waiting = 0

    def of(self, key: Key, place: Place) -> bool:
        """Whether a place is hidden."""
        known = self._known.get(key)
        if known is not None:
            return known
        if self._waiting >= _MOST_WAITING:
            raise _AskFirst(key, place)
        return self._answer(key, place) if self._waiting else self._from_the_far_end(key, place)

    def _from_the_far_end(self, key: Key, place: Place) -> bool:
        asked: dict[Key, Place] = {key: place}
        while asked:
            last = next(reversed(asked))
            try:
                self._answer(last, asked[last])
            except _AskFirst as first:
                if first.key in asked:
                    # They ask about one another: the one asked first counts as shown meanwhile.
                    self._known[first.key] = False
                else:
                    asked[first.key] = first.place  # type: ignore[assignment]  # what `of` put into it
            else:
                del asked[last]
        return self._known[key]

    def _answer(self, key: Key, place: Place) -> bool:
        # Two components may ask about each other: the one asked first counts as shown meanwhile.
        self._known[key] = False
        self._waiting += 1
        try:
            answer = self._known[key] = self._decide(place)
        except BaseException:
            del self._known[key]
            raise
        finally:
            self._waiting -= 1
        return answer
