"""Which column each node of a connected graph stands in, and in what order from above."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

Edge = tuple[str, str]
_SWEEPS: Final = 8
# Beyond these, lines go straight through the columns between: nobody could follow so many bends.
_MOST_BENDS: Final = 2000


@dataclass(frozen=True, slots=True)
class Column:
    """A bend: where an edge passes through a column."""

    edge: Edge
    number: int


Standing = str | Column


@dataclass(frozen=True, slots=True)
class Laid:
    """The columns from the left, and each edge as the way through them."""

    columns: tuple[tuple[Standing, ...], ...]
    ways: tuple[tuple[Standing, ...], ...]
    back: tuple[bool, ...]
    links: Mapping[Standing, tuple[list[Standing], list[Standing]]] = field(default_factory=dict)


def columns_of(nodes: Sequence[str], edges: Sequence[Edge]) -> Laid:
    """Every node in the column after all that lead to it, and as near to what it leads to as that allows."""
    turned = _closing(nodes, edges)
    forward = [(b, a) if (a, b) in turned else (a, b) for a, b in edges]
    number = _numbers(nodes, forward)
    columns: list[list[Standing]] = [[] for _ in range(max(number.values(), default=0) + 1)]
    for node in nodes:
        columns[number[node]].append(node)
    ways: list[tuple[Standing, ...]] = []
    left = _MOST_BENDS
    for source, target in forward:
        between = range(number[source] + 1, number[target])
        bends = [Column((source, target), at) for at in between] if len(between) <= left else []
        left -= len(bends)
        for bend in bends:
            columns[bend.number].append(bend)
        ways.append((source, *bends, target))
    return Laid(
        tuple(tuple(column) for column in columns),
        tuple(ways),
        tuple(edge in turned for edge in edges),
        _links(columns, ways),
    )


def in_order(laid: Laid) -> list[list[Standing]]:
    """The columns, each in an order in which few lines cross: by the middle of what a node is linked to."""
    order = [list(column) for column in laid.columns]
    best, fewest = [list(column) for column in order], _crossings(order, laid.links)
    for sweep in range(_SWEEPS):
        to_right = sweep % 2 == 0
        places = {each: at for column in order for at, each in enumerate(column)}
        for number in range(len(order)) if to_right else reversed(range(len(order))):
            side = 0 if to_right else 1
            middles = {each: _middle(laid.links[each][side], places, places[each]) for each in order[number]}
            order[number].sort(key=middles.__getitem__)
            places |= {each: at for at, each in enumerate(order[number])}
        crossings = _crossings(order, laid.links)
        if crossings < fewest:
            best, fewest = [list(column) for column in order], crossings
    return best


def _closing(nodes: Sequence[str], edges: Sequence[Edge]) -> frozenset[Edge]:
    """The edges that lead back to where a walk came from: turned round, they leave no circle."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    entered = dict.fromkeys(nodes, 0)
    for source, target in edges:
        after[source].append(target)
        entered[target] += 1
    turned: set[Edge] = set()
    state: dict[str, int] = {}  # 1: on the walk, 2: done
    for start in sorted(nodes, key=lambda node: entered[node]):
        if start in state:
            continue
        state[start] = 1
        walk = [(start, iter(after[start]))]
        while walk:
            here, left = walk[-1]
            step = next(left, None)
            if step is None:
                state[here] = 2
                walk.pop()
            elif state.get(step) == 1:
                turned.add((here, step))
            elif step not in state:
                state[step] = 1
                walk.append((step, iter(after[step])))
    return frozenset(turned)


def _numbers(nodes: Sequence[str], forward: Sequence[Edge]) -> dict[str, int]:
    after: dict[str, list[str]] = {node: [] for node in nodes}
    missing = dict.fromkeys(nodes, 0)
    for source, target in forward:
        after[source].append(target)
        missing[target] += 1
    number = dict.fromkeys(nodes, 0)
    ready = deque(node for node in nodes if not missing[node])
    done: list[str] = []
    while ready:
        here = ready.popleft()
        done.append(here)
        for target in after[here]:
            number[target] = max(number[target], number[here] + 1)
            missing[target] -= 1
            if not missing[target]:
                ready.append(target)
    led_to = {target for _, target in forward}
    for node in reversed(done):
        # What nothing leads to may stand beside what it leads to.
        if node not in led_to and after[node]:
            number[node] = min(number[target] for target in after[node]) - 1
    return number


def _links(
    columns: Sequence[Sequence[Standing]], ways: Sequence[Sequence[Standing]]
) -> dict[Standing, tuple[list[Standing], list[Standing]]]:
    """What each node and bend is linked to on its left, and on its right."""
    found: dict[Standing, tuple[list[Standing], list[Standing]]] = {
        each: ([], []) for column in columns for each in column
    }
    number = {each: at for at, column in enumerate(columns) for each in column}
    for way in ways:
        for left, right in pairwise(way):
            if number[right] != number[left] + 1:
                continue
            found[left][1].append(right)
            found[right][0].append(left)
    return found


def _middle(linked: Sequence[Standing], places: Mapping[Standing, int], own: int) -> float:
    return sum(places[each] for each in linked) / len(linked) if linked else own


def _crossings(
    order: Sequence[Sequence[Standing]], links: Mapping[Standing, tuple[list[Standing], list[Standing]]]
) -> int:
    """How many lines cross between neighbouring columns (counted by inversions)."""
    count = 0
    for left, right in pairwise(order):
        places = {each: at for at, each in enumerate(right)}
        ends = [at for each in left for at in sorted(places[other] for other in links[each][1])]
        count += _inversions(ends, len(right))
    return count


def _inversions(values: Sequence[int], size: int) -> int:
    """Pairs that are out of order, by a Fenwick tree."""
    counts = [0] * (size + 1)
    found = 0
    for seen, value in enumerate(values):
        at, smaller = value + 1, 0
        while at:
            smaller += counts[at]
            at -= at & -at
        found += seen - smaller
        at = value + 1
        while at <= size:
            counts[at] += 1
            at += at & -at
    return found
