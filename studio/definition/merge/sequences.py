"""Merging the order of lists whose items are known by a key: moves and insertions of one side, done on the
other."""

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Sequence

Key = Hashable


def merge_order(
    ours: Sequence[Key], theirs: Sequence[Key], kept: Collection[Key], moved: Collection[Key]
) -> list[Key]:
    """The order of the keys in `kept`: theirs, with the keys that ours added or `moved` set after the key
    that they follow in ours."""
    order = [key for key in theirs if key in kept]
    placed = set(order)
    before: Key | None = None
    for key in ours:
        if key not in kept:
            continue
        if key not in placed or key in moved:
            if key in placed:
                order.remove(key)
            order.insert(order.index(before) + 1 if before is not None else 0, key)
            placed.add(key)
        before = key
    return order


def moves(
    base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]
) -> tuple[frozenset[Key], frozenset[Key]]:
    """The keys that ours moved, and those that both moved (to different places).

    Which key moved is a matter of view when two change places: [a, b] -> [b, a] is a move of either. The
    view is taken
    in which the two sides moved as few of the same keys as possible.
    """
    mine, yours = _moved(base, ours), _moved(base, theirs)
    one, other = min(
        ((one, other) for one in mine for other in yours), key=lambda pair: len(pair[0] & pair[1])
    )
    both = one & other
    if both and _without(ours, theirs) == _without(theirs, ours):
        both = frozenset()  # both wanted the same order
    return one, both


def _moved(base: Sequence[Key], side: Sequence[Key]) -> list[frozenset[Key]]:
    """The smallest sets of keys that may be said to have moved from `base` to `side`: seen from the end and
    the start."""
    there = set(side)
    rank = {key: number for number, key in enumerate(key for key in base if key in there)}
    common = [key for key in side if key in rank]
    ranks = [rank[key] for key in common]
    stayed = _increasing(ranks)
    mirrored = _increasing([-number for number in reversed(ranks)])
    views = [stayed, {-number for number in mirrored}]
    return [frozenset(key for key in common if rank[key] not in view) for view in views]


def _increasing(numbers: Sequence[int]) -> set[int]:
    """A longest increasing subsequence (of distinct numbers), as a set."""
    ends: list[int] = []
    before: dict[int, int | None] = {}
    for number in numbers:
        place = bisect_left(ends, number)
        before[number] = ends[place - 1] if place else None
        ends[place : place + 1] = [number]
    found: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        found.add(last)
        last = before[last]
    return found


def _without(keys: Iterable[Key], others: Iterable[Key]) -> list[Key]:
    common = set(others)
    return [key for key in keys if key in common]
