"""What was made of a parsed value that is never altered, such as an expression of an app: made once."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

Made = TypeVar("Made")


class ObjectCache(Generic[Made]):
    """What was made of up to `size` objects, by their identity. All is forgotten when there are more.

    Looking one up costs less than to write it out or to hash it. An object is kept with what was made of it,
    so that its identity is not given to another one.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._made: dict[int, tuple[Any, Made]] = {}

    def get(self, value: Any, make: Callable[[Any], Made]) -> Made:
        """What was made of this object, else `make(value)`."""
        known = self._made.get(id(value))
        if known is None:
            if len(self._made) >= self._size:
                self._made.clear()
            known = self._made[id(value)] = (value, make(value))
        return known[1]
