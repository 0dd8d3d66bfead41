"""Merging the order of lists whose items are known by a key: moves and insertions of one side, done on the
other."""

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

Key = Hashable


def merged_order(
    base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key], kept: Collection[Key]
) -> list[Key] | None:
    """The order of the keys in `kept`, the same whichever side is called ours.

    What neither side moved stays in its order; what a side added or moved stands between the same of these
    as on that side. None where both sides moved the same keys to different places.
    """
    # Where several answers are as good, it is always the same one.
    ours, theirs = sorted((ours, theirs), key=lambda side: [str(key) for key in side])
    mine, yours, both = moves(base, ours, theirs)
    if both:
        return None
    known, there = set(base), set(theirs)
    stayed = [
        key
        for key in ours
        if key in kept and key in known and key in there and key not in mine and key not in yours
    ]
    fixed = set(stayed)
    first, second = _gaps(ours, kept, fixed, yours), _gaps(theirs, kept, fixed, mine)
    order: list[Key] = []
    placed: set[Key] = set()
    for gap in range(len(stayed) + 1):
        # What both put in one place comes in the order of the names, so that it is always the same.
        for run in sorted((first[gap], second[gap]), key=lambda run: [str(each) for each in run]):
            order += [each for each in run if each not in placed]
            placed.update(run)
        order += stayed[gap : gap + 1]
    return order


def _gaps(
    side: Sequence[Key], kept: Collection[Key], fixed: Collection[Key], elsewhere: Collection[Key]
) -> list[list[Key]]:
    """What a side has before, between and behind the `fixed` keys, but for what the other put elsewhere."""
    gaps: list[list[Key]] = [[]]
    for key in side:
        if key in fixed:
            gaps.append([])
        elif key in kept and key not in elsewhere:
            gaps[-1].append(key)
    return gaps


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
) -> tuple[frozenset[Key], frozenset[Key], frozenset[Key]]:
    """The keys that ours moved, that theirs moved, and that both moved (to different places; a conflict).

    Which key moved is a matter of view when two change places: [a, b] -> [b, a] is a move of either. If there
    is any view in which the two sides moved different keys, it is taken.
    """
    mine, yours = _moved(base, ours), _moved(base, theirs)
    one, other = min(((one, other) for one in mine for other in yours), key=_preference)
    both = one & other
    if not both:
        return one, other, frozenset()
    if _without(ours, theirs) == _without(theirs, ours):
        return frozenset(), frozenset(), frozenset()
    mine_crossed, yours_crossed = _crossings(base, ours), _crossings(base, theirs)
    divided = _divide(mine_crossed, yours_crossed)
    if divided is None:
        return one, other, both
    return (
        frozenset(key for key in divided if mine_crossed.get(key)),
        frozenset(key for key, crossed in yours_crossed.items() if crossed and key not in divided),
        frozenset(),
    )


def _preference(pair: tuple[frozenset[Key], frozenset[Key]]) -> tuple[int, int, list[list[str]]]:
    """The fewer moves the better; of two views alike, always the same one, whichever side is called ours."""
    names = sorted(sorted(map(str, side)) for side in pair)
    return len(pair[0] & pair[1]), len(pair[0]) + len(pair[1]), names


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
