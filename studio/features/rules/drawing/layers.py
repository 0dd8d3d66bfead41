"""A layered drawing of a directed graph (Sugiyama, Tagawa, Toda 1981), from left to right.

Each connected part is drawn by itself, and the parts stand below one another, the largest first. In a part
every node goes into the column after all that lead to it; lines over several columns get a bend in each.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from studio.features.rules.drawing.columns import Standing, columns_of, in_order
from studio.features.rules.drawing.heights import heights_of

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Size:
    """How large a node is and how far apart nodes are, in the drawing's units."""

    width: int = 208
    height: int = 52
    gap_across: int = 88
    gap_down: int = 16


@dataclass(frozen=True, slots=True)
class Line:
    """An edge and the points it goes through, from the right side of one node to the left side of another."""

    source: str
    target: str
    points: tuple[tuple[float, float], ...]
    is_back: bool = False  # against the direction of all others: the edge closes a circle


@dataclass(frozen=True, slots=True)
class Drawing:
    """Where everything is: node -> its upper left corner."""

    nodes: Mapping[str, tuple[float, float]]
    lines: tuple[Line, ...]
    width: float
    height: float


_BETWEEN_PARTS: Final = 2  # gaps


def draw(nodes: Sequence[str], edges: Iterable[Edge], size: Size | None = None) -> Drawing:
    """Places for nodes and edges. Edges to unknown nodes and from a node to itself are left out."""
    size = size or Size()
    known = set(nodes)
    kept = list(dict.fromkeys((a, b) for a, b in edges if a in known and b in known and a != b))
    places: dict[str, tuple[float, float]] = {}
    lines: list[Line] = []
    top = width = 0.0
    for part, inside in _parts(nodes, kept):
        drawn = _part(part, inside, size)
        places |= {node: (x, y + top) for node, (x, y) in drawn.nodes.items()}
        lines += [_lowered(line, top) for line in drawn.lines]
        width = max(width, drawn.width)
        top += drawn.height + _BETWEEN_PARTS * size.gap_down
    height = top - _BETWEEN_PARTS * size.gap_down if places else 0
    return Drawing(places, tuple(lines), width, height)


def _parts(nodes: Sequence[str], edges: Sequence[Edge]) -> list[tuple[list[str], list[Edge]]]:
    """The connected parts, the largest first, each with its edges."""
    touching: dict[str, list[str]] = {node: [] for node in nodes}
    for source, target in edges:
        touching[source].append(target)
        touching[target].append(source)
    part_of: dict[str, int] = {}
    parts: list[tuple[list[str], list[Edge]]] = []
    for start in nodes:
        if start in part_of:
            continue
        waiting = [start]
        part_of[start] = len(parts)
        while waiting:
            for other in touching[waiting.pop()]:
                if other not in part_of:
                    part_of[other] = len(parts)
                    waiting.append(other)
        parts.append(([], []))
    for node in nodes:
        parts[part_of[node]][0].append(node)
    for edge in edges:
        parts[part_of[edge[0]]][1].append(edge)
    return sorted(parts, key=lambda part: -len(part[0]))


def _part(nodes: Sequence[str], edges: Sequence[Edge], size: Size) -> Drawing:
    laid = columns_of(nodes, edges)
    order = in_order(laid)
    heights = heights_of(order, laid.links, size.height + size.gap_down)
    across = size.width + size.gap_across
    places = {
        each: (column * across, heights[each])
        for column, row in enumerate(order)
        for each in row
        if isinstance(each, str)
    }
    ways = zip(laid.ways, laid.back, strict=True)
    lines = tuple(_line(way, places, heights, size, is_back=back) for way, back in ways)
    width = len(order) * across - size.gap_across
    return Drawing(places, lines, width, max(heights.values()) + size.height)


def _line(
    way: Sequence[Standing],
    places: Mapping[str, tuple[float, float]],
    heights: Mapping[Standing, float],
    size: Size,
    *,
    is_back: bool,
) -> Line:
    source, target = str(way[0]), str(way[-1])
    half, across = size.height / 2, size.width + size.gap_across
    begin = places[source][0]
    points = [(begin + size.width, heights[source] + half)]
    for step, bend in enumerate(way[1:-1], 1):
        left = begin + step * across
        points += [(left, heights[bend] + half), (left + size.width, heights[bend] + half)]
    points.append((places[target][0], heights[target] + half))
    if is_back:
        return Line(target, source, tuple(reversed(points)), is_back=True)
    return Line(source, target, tuple(points))


def _lowered(line: Line, by: float) -> Line:
    points = tuple((x, y + by) for x, y in line.points)
    return Line(line.source, line.target, points, line.is_back)
