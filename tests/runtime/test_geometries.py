"""Places and areas as text: what people write, and what apps keep as GeoJSON or WKT."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studio.runtime.forms.geometries import (
    Format,
    drawn,
    number_text,
    read_geometry,
    read_position,
    write_geometry,
)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("59.91,10.75", (59.91, 10.75)),
        (" 59.91, 10.75 ", (59.91, 10.75)),
        ("59,91 10,75", (59.91, 10.75)),
        ("59,91; 10,75", (59.91, 10.75)),
        ("-33.9, 151.2", (-33.9, 151.2)),
        ("60, 10", (60.0, 10.0)),
        ("59.91° 10.75°", (59.91, 10.75)),
        ("91, 10", None),
        ("59, 181", None),
        ("59.91", None),
        ("north, east", None),
        ("59.91, 10.75, 3", None),
        ("٥٩.٩, ١٠", None),
        ("", None),
        ("1" * 10_000, None),
    ],
)
def test_a_place_is_read_as_people_write_it(text: str, place: tuple[float, float] | None) -> None:
    assert read_position(text) == place


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_place_that_is_written_is_read_again(latitude: float, longitude: float) -> None:
    found = read_position(f"{number_text(latitude)},{number_text(longitude)}")
    assert found is not None
    assert found == pytest.approx((latitude, longitude), abs=1e-6)


def places() -> st.SearchStrategy[list[float]]:
    numbers = st.integers(-90_000_000, 90_000_000).map(lambda each: each / 1e6)
    return st.lists(numbers, min_size=2, max_size=2)


def lists(inside: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(inside, min_size=1, max_size=3)


def of_type(name: str, coordinates: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return coordinates.map(lambda found: {"type": name, "coordinates": found})


SIMPLE = st.one_of(
    of_type("Point", places()),
    of_type("MultiPoint", lists(places())),
    of_type("LineString", lists(places())),
    of_type("MultiLineString", lists(lists(places()))),
    of_type("Polygon", lists(lists(places()))),
    of_type("MultiPolygon", lists(lists(lists(places())))),
)
GEOMETRIES = SIMPLE | lists(SIMPLE).map(lambda parts: {"type": "GeometryCollection", "geometries": parts})


@pytest.mark.parametrize("kind", ["GeoJSON", "WKT"])
@given(geometry=GEOMETRIES)
def test_a_geometry_that_is_written_is_read_again(kind: Format, geometry: dict[str, Any]) -> None:
    assert read_geometry(write_geometry(geometry, kind), kind) == geometry


@pytest.mark.parametrize("kind", ["GeoJSON", "WKT"])
@given(text=st.text(st.sampled_from('POINTLEZ()[]{}",:.0-9 \n'), max_size=40) | st.text(max_size=40))
def test_any_text_is_a_geometry_or_none(kind: Format, text: str) -> None:
    found = read_geometry(text, kind)
    assert found is None or found["type"]


POINT = {"type": "Point", "coordinates": [1, 2, 3]}


@pytest.mark.parametrize(
    ("text", "kind", "coordinates"),
    [
        ("POINT(10.7 59.9)", "WKT", [10.7, 59.9]),
        ("point Z (10.7 59.9 100)", "WKT", [10.7, 59.9]),
        ("SRID=4326;POINT (1e1 .5)", "WKT", [10.0, 0.5]),
        ("MULTIPOINT ((1 2), (3 4))", "WKT", [[1.0, 2.0], [3.0, 4.0]]),
        ("MULTIPOINT (1 2, 3 4)", "WKT", [[1.0, 2.0], [3.0, 4.0]]),
        (
            '{"type": "Feature", "geometry": {"type": "Point", "coordinates": [1, 2, 3]}}',
            "GeoJSON",
            [1.0, 2.0],
        ),
    ],
)
def test_geometries_of_other_programs_are_read(text: str, kind: Format, coordinates: list[Any]) -> None:
    found = read_geometry(text, kind)
    assert found is not None
    assert found["coordinates"] == coordinates


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("POINT EMPTY", "WKT"),
        ("POINT(1 2) POINT(3 4)", "WKT"),
        ("POINT(1)", "WKT"),
        ("CIRCLE(1 2)", "WKT"),
        ("POLYGON((1 2, 3 4)", "WKT"),
        ("POINT(1e9 0)", "WKT"),
        ("GEOMETRYCOLLECTION(" * 5000, "WKT"),
        ("[" * 100_000, "GeoJSON"),
        ('{"type": "Point", "coordinates": [1, true]}', "GeoJSON"),
        ('{"type": "Point", "coordinates": [1, NaN]}', "GeoJSON"),
        ('{"type": "Polygon", "coordinates": []}', "GeoJSON"),
        ('{"type": "FeatureCollection", "features": 1}', "GeoJSON"),
        (json.dumps({"type": "Point", "coordinates": ["1", "2"]}), "GeoJSON"),
        ("x" * 2_000_000, "WKT"),
    ],
)
def test_what_is_no_geometry_is_none(text: str, kind: Format) -> None:
    assert read_geometry(text, kind) is None


A, B, C = (59.0, 10.0), (60.0, 11.0), (59.5, 12.0)


def test_tools_draw_what_they_are_called() -> None:
    assert drawn("marker", [A]) == {"type": "Point", "coordinates": [10.0, 59.0]}
    assert drawn("polyline", [A, B]) == {"type": "LineString", "coordinates": [[10.0, 59.0], [11.0, 60.0]]}
    ring = drawn("polygon", [A, B, C])["coordinates"][0]  # type: ignore[index] # drawn
    assert (ring[0], len(ring)) == (ring[-1], 4)
    corners = drawn("rectangle", [A, B])["coordinates"][0]  # type: ignore[index] # drawn
    assert {tuple(each) for each in corners} == {(10.0, 59.0), (11.0, 59.0), (11.0, 60.0), (10.0, 60.0)}


def test_a_circle_is_an_area_of_that_radius() -> None:
    ring = drawn("circle", [A], 1000)["coordinates"][0]  # type: ignore[index] # drawn
    assert max(each[1] for each in ring) - A[0] == pytest.approx(1000 / 111_320, rel=1e-3)
    assert max(each[0] for each in ring) - A[1] == pytest.approx(1000 / 111_320 / 0.515, rel=1e-3)


@pytest.mark.parametrize(
    ("tool", "places", "radius"),
    [("marker", [A, B], 0), ("polyline", [A], 0), ("polygon", [A, B], 0), ("rectangle", [A], 0),
     ("circle", [A], 0), ("circle", [A], 1e12), ("circle", [A, B], 10), ("star", [A], 0)],
)  # fmt: skip
def test_what_is_not_finished_is_nothing(tool: str, places: list[Any], radius: float) -> None:
    assert drawn(tool, places, radius) is None
