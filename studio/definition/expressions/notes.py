"""What is read while something of a form is worked out: it stays as it is for as long as that does.

What is hidden is worked out once for each place and remembered (hiding.py); who asks for it later has read
the same, without doing so.
"""

from collections.abc import Callable, Hashable
from typing import NamedTuple, TypeVar

from studio.definition.expressions.hiding import Key
from studio.definition.expressions.rows import Segments

Made = TypeVar("Made")


class ReadField(NamedTuple):
    """A field that is read: its data type, and the path as it was looked up."""

    data_type: str
    segments: Segments


class Notes:
    """Notes of what is read: fields, and whatever else the reader has names for.

    `goes_round`: places ask about one another, so that what is hidden depends on who asked first. Then notes
    are no reason to believe that something is as before.
    """

    def __init__(self) -> None:
        self.goes_round = False
        self._being_taken: list[set[Hashable]] = []
        self._kept: dict[Key, frozenset[Hashable]] = {}

    def add(self, read: Hashable) -> None:
        """Something is read."""
        if self._being_taken:
            self._being_taken[-1].add(read)

    def add_all_of(self, key: Key) -> None:
        """What is known under a key is read, and so is all that it was worked out from."""
        known = self._kept.get(key)
        if known is None:
            self.goes_round = True
        elif self._being_taken:
            self._being_taken[-1] |= known

    def taken(self, work: Callable[[], Made]) -> tuple[Made, frozenset[Hashable]]:
        """What comes of some work, and what it read."""
        self._being_taken.append(set())
        try:
            made = work()
        finally:
            read = self._being_taken.pop()
        return made, frozenset(read)

    def kept(self, key: Key, work: Callable[[], Made]) -> Made:
        """What comes of some work, with what it read kept under a key."""
        made, self._kept[key] = self.taken(work)
        return made
