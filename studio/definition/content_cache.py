"""A cache by content: what was made of equal bytes is equal, so nothing is invalidated, only forgotten."""

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence
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
            self._keep(content_id, made)
        return made

    def get_all(
        self, content_ids: Sequence[str], make: Callable[[Sequence[str]], Iterable[Made]]
    ) -> list[Made]:
        """The same for many: `make` is given those that are not known, and gives theirs in that order."""
        with self._lock:
            found = {each: self._made[each] for each in content_ids if each in self._made}
            for each in found:
                self._made.move_to_end(each)
        missing = [each for each in dict.fromkeys(content_ids) if each not in found]
        if missing:
            fresh = dict(zip(missing, make(missing), strict=True))
            found |= fresh
            with self._lock:
                for each, made in fresh.items():
                    self._keep(each, made)
        return [found[each] for each in content_ids]

    def put(self, content_id: str, made: Made) -> None:
        """Keep this under the id, in place of what may be there."""
        with self._lock:
            self._keep(content_id, made)

    def _keep(self, content_id: str, made: Made) -> None:
        self._made[content_id] = made
        while len(self._made) > self._size:
            self._made.popitem(last=False)
