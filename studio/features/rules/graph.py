"""What decides about what, as a drawing: nodes and lines with their places, and what of it is shown."""

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from flask import url_for

from studio.definition.rules.influences import Thing
from studio.features.rules.drawing import Line, Size, draw
from studio.features.rules.kinds import RuleKind, kind_of
from studio.features.rules.things import written
from studio.features.rules.workplace import Workplace

# As many as somebody can take in; of more, a thing and what is around it is chosen.
MOST_NODES: Final = 250
_SIZE: Final = Size()
_LETTERS: Final = 25  # in one line of a node
_MARGIN: Final = 12
DEPTHS: Final = (1, 2, 0)  # steps away; 0: all


@dataclass(frozen=True, slots=True)
class DrawnNode:
    """A thing in the drawing."""

    key: str
    lines: tuple[str, ...]
    label: str
    kind: str
    x: float
    y: float
    address: str
    is_centre: bool


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """A rule, or several of one kind, between two things."""

    path: str
    kind: RuleKind
    is_back: bool


@dataclass(frozen=True, slots=True)
class Graph:
    """A drawing, or (`drawn` False) only how many things there would be in it."""

    nodes: tuple[DrawnNode, ...]
    lines: tuple[DrawnLine, ...]
    width: float
    height: float
    count: int
    drawn: bool
    size: Size = _SIZE


def graph_of(work: Workplace, around: Thing | None, depth: int) -> Graph:
    """Everything, or what lies at most `depth` steps (0: any number) from a thing."""
    links = [(a, b, kind_of(each.place.kind)) for a, b, each in work.things.links]
    things = list(dict.fromkeys(thing for a, b, _ in links for thing in (a, b)))
    if around is not None:
        near = _near(links, around, depth)
        things = [thing for thing in things if thing in near]
        links = [link for link in links if link[0] in near and link[1] in near]
    if len(things) > MOST_NODES:
        return Graph((), (), 0, 0, len(things), drawn=False)
    keys = {thing: written(thing) for thing in things}
    drawing = draw(list(keys.values()), [(keys[a], keys[b]) for a, b, _ in links], _SIZE)
    kinds = {(keys[a], keys[b]): kind for a, b, kind in reversed(links)}
    nodes = tuple(_node(work, thing, key, drawing.nodes[key], around) for thing, key in keys.items())
    return Graph(
        tuple(sorted(nodes, key=lambda node: (node.x, node.y))),
        tuple(
            DrawnLine(_curve(line), kinds[line.source, line.target], line.is_back) for line in drawing.lines
        ),
        drawing.width + 2 * _MARGIN,
        drawing.height + 2 * _MARGIN,
        len(things),
        drawn=True,
    )


def _near(links: Sequence[tuple[Thing, Thing, RuleKind]], around: Thing, depth: int) -> frozenset[Thing]:
    """The things from which a walk against the lines, or along them, leads here in so many steps."""
    against: dict[Thing, list[Thing]] = {}
    along: dict[Thing, list[Thing]] = {}
    for source, target, _ in links:
        against.setdefault(target, []).append(source)
        along.setdefault(source, []).append(target)
    return _walk(against, around, depth) | _walk(along, around, depth)


def _walk(steps: Mapping[Thing, Sequence[Thing]], start: Thing, depth: int) -> frozenset[Thing]:
    seen = {start: 0}
    waiting = deque([start])
    while waiting:
        here = waiting.popleft()
        if depth and seen[here] == depth:
            continue
        for other in steps.get(here, ()):
            if other not in seen:
                seen[other] = seen[here] + 1
                waiting.append(other)
    return frozenset(seen)


def _node(
    work: Workplace, thing: Thing, key: str, place: tuple[float, float], around: Thing | None
) -> DrawnNode:
    label = work.things.label(thing)
    return DrawnNode(
        key,
        _in_lines(label),
        label,
        work.things.kind(thing),
        place[0] + _MARGIN,
        place[1] + _MARGIN,
        url_for("rules.graph", org=work.org, app=work.app_name, around=key),
        thing == around,
    )


def _in_lines(label: str) -> tuple[str, ...]:
    """The label in a line or two; what does not fit is cut."""
    words, lines = label.split(), [""]
    for word in words:
        longer = f"{lines[-1]} {word}".strip()
        if len(longer) <= _LETTERS or not lines[-1]:
            lines[-1] = longer
        else:
            lines.append(word)
    kept = [line if len(line) <= _LETTERS else line[: _LETTERS - 1] + "…" for line in lines[:2]]
    if len(lines) > 2:
        kept[1] = kept[1][: _LETTERS - 1].rstrip("…") + "…"
    return tuple(kept)


def _curve(line: Line) -> str:
    """An SVG path through the points, level at each of them."""
    points = [(x + _MARGIN, y + _MARGIN) for x, y in line.points]
    path = [f"M{points[0][0]:.0f} {points[0][1]:.1f}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        half = (x + to_x) / 2
        path.append(f"C{half:.0f} {y:.1f} {half:.0f} {to_y:.1f} {to_x:.0f} {to_y:.1f}")
    return "".join(path)
