"""Merging the order of things that are known by a key, as constraints on their positions.

Of two things that were there before, the side that turned them round decides which comes first. If all these
answers fit into one row, that is the order. If they do not, it is asked whether the sides can be seen to have
moved different things (see movers.py). Only if they cannot is it a conflict.
"""

from bisect import bisect_right
from collections.abc import Collection, Sequence

from studio.definition.merge.movers import Key, moved_by_ours, views


def merged_order(
    base: Sequence[Key], ours: Sequence[Key], theirs: Sequence[Key], kept: Collection[Key]
) -> list[Key] | None:
    """The order of the keys in `kept`, the same whichever side is called ours. None where it is a conflict.

    What only one side has stands behind the same thing as there, between the same things that nobody moved.
    """
    sides = sorted((list(ours), list(theirs)), key=lambda side: [str(key) for key in side])
    common = set(base) & set(ours) & set(theirs) & set(kept)
    before, first, second = ([key for key in side if key in common] for side in (base, *sides))
    row = _row(before, first, second)
    if row is None:
        return None
    fixed = common - set(views(before, first)[0]) - set(views(before, second)[0])
    behind: dict[Key, list[list[Key]]] = {}
    placed: set[Key] = set()
    for side in sides:
        for anchor, run in _additions(side, row, kept, fixed):
            behind.setdefault(anchor, []).append([key for key in run if key not in placed])
            placed.update(run)
    order: list[Key] = []
    for key in (None, *row):
        order += [key] if key is not None else []
        # What both put in one place comes in the order of the names, so that it is always the same.
        for run in sorted(behind.get(key, ()), key=lambda run: [str(each) for each in run]):
            order += run
    return order


def joined_order(first: Sequence[Key], second: Sequence[Key], kept: Collection[Key]) -> list[Key]:
    """The order of `second`, with what only `first` has behind the key that it follows there."""
    order = [key for key in second if key in kept]
    placed = set(order)
    before: Key | None = None
    for key in first:
        if key not in kept:
            continue
        if key not in placed:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
            placed.add(key)
        before = key
    return order


def _row(base: list[Key], ours: list[Key], theirs: list[Key]) -> list[Key] | None:
    """Three orders of the same keys, merged; None where what each side turned round makes a circle."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    mine, yours = ({key: place for place, key in enumerate(side)} for side in (ours, theirs))
    first = dict.fromkeys(base, 0)
    for place, key in enumerate(base):
        for later in base[place + 1 :]:
            turned = (mine[later] < mine[key]) or (yours[later] < yours[key])
            first[key if turned else later] += 1
    # In a row without circles every key comes behind another number of keys.
    row = sorted(base, key=lambda key: first[key])
    if [first[key] for key in row] == list(range(len(row))):
        return row
    moved = moved_by_ours(base, ours, theirs)
    return None if moved is None else _with_moved(ours, theirs, moved)


def _with_moved(ours: Sequence[Key], theirs: Sequence[Key], moved: Collection[Key]) -> list[Key]:
    """The order of theirs, with what ours moved behind what it follows in ours."""
    order = [key for key in theirs if key not in moved]
    for place, key in enumerate(ours):
        if key in moved:
            order.insert(order.index(ours[place - 1]) + 1 if place else 0, key)
    return order


def _additions(
    side: Sequence[Key], row: Sequence[Key], kept: Collection[Key], fixed: Collection[Key]
) -> list[tuple[Key | None, list[Key]]]:
    """What is not in the row, in runs, each with the key of the row that it goes behind (None: the start)."""
    place = {key: number for number, key in enumerate(row)}
    bounds = [number for number, key in enumerate(row) if key in fixed]
    gap = {key: bisect_right(bounds, number) for key, number in place.items()}
    found: list[tuple[Key | None, list[Key]]] = []
    passed: list[Key] = []
    here = 0
    running = False
    for key in side:
        if key in place:
            here = gap[key] if key in fixed else here
            passed.append(key)
            running = False
        elif key in kept:
            if not running:
                anchor = next((one for one in reversed(passed) if gap[one] == here), None)
                found.append((anchor, []))
                running = True
            found[-1][1].append(key)
    return found
