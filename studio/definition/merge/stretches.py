"""Two edits of one sequence beside one another: which stretches stayed, and which one or both changed."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Generic, TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Stretch(Generic[Item]):
    """A part of the base from `start` on, and what each side has there. At least one side changed it."""

    start: int
    end: int
    before: Sequence[Item]
    ours: Sequence[Item]
    theirs: Sequence[Item]

    @property
    def decided(self) -> "Sequence[Item] | None":
        """What stands if only one side changed it, or both alike."""
        if self.ours in (self.theirs, self.before):
            return self.theirs
        return self.ours if self.theirs == self.before else None


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Items start..end of the base became first..last of a side."""

    start: int
    end: int
    first: int
    last: int


def stretches(base: Sequence[Item], ours: Sequence[Item], theirs: Sequence[Item]) -> Iterator[Stretch[Item]]:
    """The stretches of `base` that were changed, in order. Changes that touch one another are one stretch."""
    left, right = list(_hunks(base, ours)), list(_hunks(base, theirs))
    for start, end, mine, yours in _regions(left, right):
        one, other = (
            _applied(base, start, end, side, hunks) for side, hunks in ((ours, mine), (theirs, yours))
        )
        yield Stretch(start, end, list(base[start:end]), one, other)


def _applied(
    base: Sequence[Item], start: int, end: int, side: Sequence[Item], hunks: Sequence[_Hunk]
) -> list[Item]:
    parts: list[Item] = []
    place = start
    for hunk in hunks:
        parts += [*base[place : hunk.start], *side[hunk.first : hunk.last]]
        place = hunk.end
    return [*parts, *base[place:end]]


def _hunks(old: Sequence[Item], new: Sequence[Item]) -> Iterator[_Hunk]:
    shared = min(len(old), len(new))
    head = next((place for place in range(shared) if old[place] != new[place]), shared)
    rest = shared - head
    tail = next((place for place in range(rest) if old[-1 - place] != new[-1 - place]), rest)
    middle = old[head : len(old) - tail], new[head : len(new) - tail]
    for tag, start, end, first, last in SequenceMatcher(None, *middle, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Hunk(start + head, end + head, first + head, last + head)


def _regions(
    left: Sequence[_Hunk], right: Sequence[_Hunk]
) -> Iterator[tuple[int, int, list[_Hunk], list[_Hunk]]]:
    """Parts of the base with the hunks of both sides in them; hunks that touch are in one part."""
    waiting = sorted(
        [(hunk.start, hunk.end, 0, hunk) for hunk in left]
        + [(hunk.start, hunk.end, 1, hunk) for hunk in right],
        key=lambda entry: entry[:3],
        reverse=True,
    )
    while waiting:
        start, end, _, _ = waiting[-1]
        sides: tuple[list[_Hunk], list[_Hunk]] = ([], [])
        while waiting and waiting[-1][0] <= end:
            _, last, side, hunk = waiting.pop()
            sides[side].append(hunk)
            end = max(end, last)
        yield start, end, *sides
