"""Laws of the layered drawing."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from studio.features.rules.drawing import Size, draw
from studio.features.rules.drawing.heights import spread

NODES = [f"n{number}" for number in range(9)]
edges = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=20)
SIZE = Size()


@given(edges)
def test_no_two_boxes_overlap(lines: list[tuple[str, str]]) -> None:
    places = list(draw(NODES, lines).nodes.values())

    for number, (x, y) in enumerate(places):
        for other_x, other_y in places[number + 1 :]:
            apart = abs(x - other_x) >= SIZE.width or abs(y - other_y) >= SIZE.height - 0.001
            assert apart, (x, y, other_x, other_y)


@given(edges)
def test_every_line_leads_from_box_to_box_and_to_the_right_unless_it_closes_a_circle(
    lines: list[tuple[str, str]],
) -> None:
    drawing = draw(NODES, lines)

    assert {(line.source, line.target) for line in drawing.lines} == {(a, b) for a, b in lines if a != b}
    for line in drawing.lines:
        source, target = drawing.nodes[line.source], drawing.nodes[line.target]
        assert (target[0] > source[0]) is not line.is_back
        near = min(source[0], target[0]) + SIZE.width
        assert sorted((line.points[0][0], line.points[-1][0])) == [near, max(source[0], target[0])]


@given(edges)
def test_everything_is_inside_the_drawing(lines: list[tuple[str, str]]) -> None:
    drawing = draw(NODES, lines)

    for x, y in drawing.nodes.values():
        assert 0 <= x <= drawing.width - SIZE.width
        assert -0.001 <= y <= drawing.height - SIZE.height + 0.001


@given(st.lists(st.floats(-1000, 1000), min_size=1, max_size=30))
def test_spread_keeps_the_order_and_the_distance(wanted: list[float]) -> None:
    found = spread(wanted, 10)

    assert all(after - before >= 10 - 1e-6 for before, after in pairwise(found))


def test_heights_that_are_far_enough_apart_stay_as_they_are() -> None:
    assert spread([0, 20, 35], 10) == [0, 20, 35]
    assert spread([0, 0], 10) == [-5, 5]


def test_edges_to_unknown_nodes_and_to_themselves_are_left_out() -> None:
    assert draw(["a", "b"], [("a", "a"), ("a", "x")]).lines == ()
    assert draw([], []).height == 0
