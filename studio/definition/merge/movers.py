"""Who moved what: of two things that changed places one has moved, and it is a matter of view which."""

from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence

Key = Hashable


def moved_by_ours(base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key]) -> frozenset[Key] | None:
    """The keys that ours moved, in a view in which the sides moved different ones; None where there is none.

    The three are orders of the same keys.
    """
    pairs = [(one, other) for one in views(base, ours) for other in views(base, theirs)]
    one, other = min(pairs, key=lambda pair: len(pair[0] & pair[1]))
    return _divide(_crossings(base, ours), _crossings(base, theirs)) if one & other else one


def views(base: Sequence[Key], side: Sequence[Key]) -> list[frozenset[Key]]:
    """The smallest sets of keys that may be said to have moved: seen from the end, and from the start."""
    rank = {key: number for number, key in enumerate(base)}
    ranks = [rank[key] for key in side]
    stayed = _increasing(ranks)
    mirrored = {-number for number in _increasing([-number for number in reversed(ranks)])}
    return [frozenset(key for key in side if rank[key] not in view) for view in (stayed, mirrored)]


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
    solved by trying and following what follows.)
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
