"""Merging text by line, as `git merge-file` does, but with conflicts as values."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final

from studio.definition.findings import Place
from studio.definition.merge.conflicts import Conflict, Umpire

MAX_LINES: Final = 20_000


@dataclass(frozen=True, slots=True)
class _Hunk:
    """Lines start..end of the base became these."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge_lines(base: str, ours: str, theirs: str, path: str, umpire: Umpire) -> str:
    """The merge of three texts. Changes to the same or to neighbouring lines are a conflict."""
    old, mine, yours = (text.splitlines(keepends=True) for text in (base, ours, theirs))
    left, right = list(_hunks(old, mine)), list(_hunks(old, yours))
    merged: list[str] = []
    place = 0
    for start, end, one, other in _regions(left, right):
        merged += old[place:start]
        merged.append(_region(old, start, end, one, other, path, umpire))
        place = end
    return "".join([*merged, *old[place:]])


def _region(
    old: Sequence[str], start: int, end: int, left: list[_Hunk], right: list[_Hunk], path: str, umpire: Umpire
) -> str:
    """The text of a stretch that at least one side changed."""
    before = "".join(old[start:end])
    ours, theirs = (_applied(old, start, end, hunks) for hunks in (left, right))
    if ours in (theirs, before):
        return theirs
    if theirs == before:
        return ours
    return str(
        umpire.settle(Conflict(f"{path}@{start + 1}", Place(path, line=start + 1), before, ours, theirs))
    )


def _applied(old: Sequence[str], start: int, end: int, hunks: Sequence[_Hunk]) -> str:
    parts: list[str] = []
    place = start
    for hunk in hunks:
        parts += [*old[place : hunk.start], *hunk.lines]
        place = hunk.end
    return "".join([*parts, *old[place:end]])


def _hunks(old: Sequence[str], new: Sequence[str]) -> Iterator[_Hunk]:
    for tag, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            yield _Hunk(start, end, tuple(new[first:last]))


def _regions(
    left: Sequence[_Hunk], right: Sequence[_Hunk]
) -> Iterator[tuple[int, int, list[_Hunk], list[_Hunk]]]:
    """Stretches of the base with the hunks of both sides in them; hunks that touch are in one stretch."""
    waiting = sorted(
        [(hunk.start, hunk.end, 0, hunk) for hunk in left]
        + [(hunk.start, hunk.end, 1, hunk) for hunk in right],
        key=lambda entry: entry[:3],
    )
    while waiting:
        start, end, _, _ = waiting[0]
        sides: tuple[list[_Hunk], list[_Hunk]] = ([], [])
        while waiting and waiting[0][0] <= end:
            _, last, side, hunk = waiting.pop(0)
            sides[side].append(hunk)
            end = max(end, last)
        yield start, end, *sides
