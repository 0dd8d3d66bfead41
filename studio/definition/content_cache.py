"""A cache by content: what was made of equal bytes is equal, so nothing is invalidated, only forgotten."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class ContentCache(Generic[Made]):
    """The `size` things used last, by content id.

    Unlike lru_cache it keeps no hold of what they were made from.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._made: OrderedDict[str, Made] = OrderedDict()
        self._lock = Lock()

    def get(self, content_id: str, make: Callable[[], Made]) -> Made:
        """What was made under this id, else `make()`. Two threads may both make it; both are equal."""
        with self._lock:
            if content_id in self._made:
                self._made.move_to_end(content_id)
                return self._made[content_id]
        made = make()
        with self._lock:
            self._made[content_id] = made
            while len(self._made) > self._size:
                self._made.popitem(last=False)
        return made
