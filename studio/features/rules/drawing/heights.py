"""How far down each node of a column stands: as near to what it is linked to as its neighbours allow."""

from collections.abc import Mapping, Sequence
from typing import Final

from studio.features.rules.drawing.columns import Standing

_ROUNDS: Final = 6


def heights_of(
    order: Sequence[Sequence[Standing]],
    links: Mapping[Standing, tuple[list[Standing], list[Standing]]],
    apart: float,
) -> dict[Standing, float]:
    """Node or bend -> its upper edge; the highest is at 0, and in a column none is nearer than `apart`."""
    heights = {each: at * apart for column in order for at, each in enumerate(column)}
    for round_ in range(_ROUNDS):
        columns = order if round_ % 2 == 0 else list(reversed(order))
        for column in columns:
            wanted = [_wanted(links[each], heights, heights[each]) for each in column]
            heights |= dict(zip(column, spread(wanted, apart), strict=True))
    top = min(heights.values(), default=0)
    return {each: height - top for each, height in heights.items()}


def _wanted(
    linked: tuple[list[Standing], list[Standing]], heights: Mapping[Standing, float], own: float
) -> float:
    both = linked[0] + linked[1]
    return sum(heights[each] for each in both) / len(both) if both else own


def spread(wanted: Sequence[float], apart: float) -> list[float]:
    """Heights in the given order, at least `apart` from each other, nearest to the wanted (least squares).

    Pool adjacent violators: neighbours that want to stand too near become a block around their mean.
    """
    blocks: list[tuple[float, int]] = []  # (mean of what they want, less the distances inside; how many)
    for at, want in enumerate(wanted):
        mean, count = want - at * apart, 1
        while blocks and blocks[-1][0] >= mean:
            before, size = blocks.pop()
            mean = (before * size + mean * count) / (size + count)
            count += size
        blocks.append((mean, count))
    free = [mean for mean, count in blocks for _ in range(count)]
    return [mean + at * apart for at, mean in enumerate(free)]
