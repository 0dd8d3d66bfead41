"""Ways from something back to itself, where each thing needs others."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeVar

Thing = TypeVar("Thing")

_MOST_CIRCLES: Final = 20


def ways_round(needs: Mapping[Thing, set[Thing]]) -> Iterator[tuple[Thing, ...]]:
    """Ways from a thing back to itself, none of them through a thing of another one; the first ones only.

    `needs` says what each thing needs; each way begins with its thing that comes first there.
    """
    order = {thing: place for place, thing in enumerate(needs)}
    left = _on_ways(needs)
    for _ in range(_MOST_CIRCLES):
        if not left:
            break
        way = _way_round(left, order)
        first = way.index(min(way, key=order.__getitem__))
        yield (*way[first:], *way[:first])
        gone = set(way)
        left = _on_ways({thing: needed - gone for thing, needed in left.items() if thing not in gone})


def _on_ways(needs: Mapping[Thing, set[Thing]]) -> dict[Thing, set[Thing]]:
    """Only the things that need one of the others: one that needs none of them is done, and so taken away."""
    left = {thing: needed & needs.keys() for thing, needed in needs.items()}
    needed_by: dict[Thing, list[Thing]] = {}
    for thing, needed in left.items():
        for other in needed:
            needed_by.setdefault(other, []).append(thing)
    done = [thing for thing, needed in left.items() if not needed]
    while done:
        thing = done.pop()
        del left[thing]
        for other in needed_by.get(thing, ()):
            left[other].discard(thing)
            if not left[other]:
                done.append(other)
    return left


def _way_round(needs: Mapping[Thing, set[Thing]], order: Mapping[Thing, int]) -> tuple[Thing, ...]:
    """One way round, where every thing needs one of the others: on and on until a thing comes again."""
    way: dict[Thing, None] = {}
    here = next(iter(needs))
    while here not in way:
        way[here] = None
        here = min(needs[here], key=order.__getitem__)
    things = tuple(way)
    return things[things.index(here) :]
