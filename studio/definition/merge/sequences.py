"""Merging the order of lists whose items are known by a key: moves and insertions of one side, done on the
other."""

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

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
    """The keys that ours moved, and those that both moved (to different places; a conflict).

    Which key moved is a matter of view when two change places: [a, b] -> [b, a] is a move of either. If
    there is any
    view in which the two sides moved different keys, it is taken.
    """
    mine, yours = _moved(base, ours), _moved(base, theirs)
    one, other = min(
        ((one, other) for one in mine for other in yours), key=lambda pair: len(pair[0] & pair[1])
    )
    both = one & other
    if not both or _without(ours, theirs) == _without(theirs, ours):
        return one, frozenset()
    divided = _divide(_crossings(base, ours), _crossings(base, theirs))
    return (one, both) if divided is None else (divided, frozenset())


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


def _crossings(base: Sequence[Key], side: Sequence[Key]) -> dict[Key, set[Key]]:
    """For each key those that it has changed places with."""
    rank = {key: number for number, key in enumerate(base)}
    common = [key for key in side if key in rank]
    crossed: dict[Key, set[Key]] = {key: set() for key in common}
    for number, key in enumerate(common):
        for later in common[number + 1 :]:
            if rank[later] < rank[key]:
                crossed[key].add(later)
                crossed[later].add(key)
    return crossed


def _divide(ours: Mapping[Key, set[Key]], theirs: Mapping[Key, set[Key]]) -> frozenset[Key] | None:
    """Say of each key who moved it: of two that crossed in ours, ours moved one; likewise for theirs.

    Returns those of ours, or None where some key must have been moved by both. (This is 2-satisfiability,
    solved by
    trying and following what follows.)
    """
    settled: dict[Key, bool] = {}  # key -> moved by ours
    for key in ours:
        if key in settled:
            continue
        tried = _follow(key, False, settled, ours, theirs)
        if tried is None:
            tried = _follow(key, True, settled, ours, theirs)
        if tried is None:
            return None
        settled |= tried
    return frozenset(key for key, moved in settled.items() if moved)


def _follow(
    key: Key,
    moved: bool,
    settled: Mapping[Key, bool],
    ours: Mapping[Key, set[Key]],
    theirs: Mapping[Key, set[Key]],
) -> dict[Key, bool] | None:
    """What follows if ours did (not) move the key; None where it contradicts itself or what is settled."""
    found = {key: moved}
    waiting = [key]
    while waiting:
        here = waiting.pop()
        for other in (theirs if found[here] else ours).get(here, ()):
            wanted = not found[here]
            known = settled.get(other, found.get(other))
            if known is None:
                found[other] = wanted
                waiting.append(other)
            elif known is not wanted:
                return None
    return found
