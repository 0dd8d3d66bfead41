"""The fewest things that have to move for one order to become another: all but a longest run that rises."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence


def longest_rising(numbers: Sequence[int]) -> list[int]:
    """The places of as many of the numbers as possible so that they rise; the first such run that ends."""
    piles: list[list[int]] = []  # by length: the places where a run of that length ends; their numbers fall
    before: list[int | None] = []
    for place, number in enumerate(numbers):
        length = bisect_left(piles, number, key=lambda pile: numbers[pile[-1]])
        if length:
            shorter = piles[length - 1]
            before.append(shorter[bisect_right(shorter, -number, key=lambda end: -numbers[end])])
        else:
            before.append(None)
        if length == len(piles):
            piles.append([])
        piles[length].append(place)
    run: list[int] = []
    end = piles[-1][0] if piles else None
    while end is not None:
        run.append(end)
        end = before[end]
    return run[::-1]
