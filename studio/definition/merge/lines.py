"""Merging text by line, as `git merge-file` does, but with conflicts as values."""

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from studio.definition.findings import Place
from studio.definition.merge.conflicts import GONE, Conflict, Umpire
from studio.definition.merge.stretches import Stretch, stretches

MAX_LINES: Final = 20_000


def merge_lines(base: str, ours: str, theirs: str, path: str, umpire: Umpire) -> str:
    """The merge of three texts. Changes to the same or to neighbouring lines are a conflict."""
    old, mine, yours = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    merged: list[str] = []
    place = 0
    for stretch in stretches(old, mine, yours):
        merged += old[place : stretch.start]
        decided = stretch.decided
        merged += decided if decided is not None else _settled(stretch, path, umpire)
        place = stretch.end
    return "".join([*merged, *old[place:]])


def _settled(stretch: Stretch[str], path: str, umpire: Umpire) -> list[str]:
    """A conflict about as few lines as can be: those that both sides have at its ends are no question."""
    ours, theirs = stretch.ours, stretch.theirs
    head = _shared(ours, theirs)
    tail = _shared(ours[head:][::-1], theirs[head:][::-1])
    mine, yours = (side[head : len(side) - tail] for side in (ours, theirs))
    line = stretch.start + 1
    conflict = Conflict(
        f"{path}@{line}",
        Place(path, line=line),
        "".join(stretch.before),
        "".join(mine),
        "".join(yours),
        _one_after_the_other(mine, yours) if not stretch.before else GONE,
    )
    return [*ours[:head], str(umpire.settle(conflict)), *ours[len(ours) - tail :]]


def _shared(one: Sequence[str], other: Sequence[str]) -> int:
    """How many lines at the beginning are the same."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _one_after_the_other(one: Sequence[str], other: Sequence[str]) -> object:
    """Lines that both put in one place. GONE where one of the sides has none."""
    if not one or not other:
        return GONE
    first = "".join(one)
    return f"{first if first.endswith(chr(10)) else first + chr(10)}{''.join(other)}"
