"""Places, lines and areas as the data of an app holds them: GeoJSON (RFC 7946) or WKT (OGC 06-103r4).

Everything is a GeoJSON geometry here: {"type": "Point", "coordinates": [longitude, latitude]}. Points are
written by people as "latitude, longitude".
"""

import json
import math
import re
from collections.abc import Iterator, Sequence
from typing import Any, Final, Literal

Format = Literal["GeoJSON", "WKT"]
Geometry = dict[str, Any]
Position = tuple[float, float]  # latitude, longitude

# How deep the coordinates of a type lie: a position, a line of them, rings of lines, several areas.
_DEPTHS: Final = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
_MOST_TEXT: Final = 1_000_000
_MOST_DEPTH: Final = 20
_COLLECTION: Final = "GeometryCollection"
_CORNERS_OF_CIRCLE: Final = 32
_METRES_OF_DEGREE: Final = 111_320.0

_DECIMAL: Final = r"[+-]?\d{1,3}(?:[.,]\d+)?"
_POINT: Final = re.compile(rf"\s*({_DECIMAL})\s*(?:°)?\s*[;,\s]\s*({_DECIMAL})\s*(?:°)?\s*", re.ASCII)
_WITH_POINTS: Final = re.compile(r"\s*([+-]?\d{1,3}(?:\.\d+)?)\s*,\s*([+-]?\d{1,3}(?:\.\d+)?)\s*", re.ASCII)


def read_position(text: str) -> Position | None:
    """The place in "59.91, 10.75", also with decimal commas ("59,91 10,75"); None for what is no place."""
    match = _WITH_POINTS.fullmatch(text[:200]) or _POINT.fullmatch(text[:200])
    if match is None:
        return None
    latitude, longitude = (float(part.replace(",", ".")) for part in match.groups())
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def number_text(number: float) -> str:
    """A coordinate with at most six decimals, which is a tenth of a metre."""
    text = f"{number:.6f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def read_geometry(text: str, kind: Format) -> Geometry | None:
    """The geometry in a text of an app's data; None for what is none."""
    if len(text) > _MOST_TEXT:
        return None
    try:
        return _Wkt(text).read() if kind == "WKT" else _from_json(json.loads(text), 0)
    except (ValueError, RecursionError):
        return None


def write_geometry(geometry: Geometry, kind: Format) -> str:
    """The text that an app's data holds for a geometry; GeoJSON as a feature, as the platform writes it."""
    if kind == "WKT":
        return _wkt(geometry)
    return json.dumps({"type": "Feature", "properties": {}, "geometry": geometry})


def drawn(tool: str, positions: Sequence[Position], radius: float = 0) -> Geometry | None:
    """What was drawn with a tool of the map's toolbar; None where it is not finished."""
    if tool == "marker" and len(positions) == 1:
        return {"type": "Point", "coordinates": _place(positions[0])}
    if tool == "polyline" and len(positions) >= 2:
        return {"type": "LineString", "coordinates": [_place(each) for each in positions]}
    if tool == "polygon" and len(positions) >= 3:
        return _area(positions)
    if tool == "rectangle" and len(positions) == 2:
        (south, west), (north, east) = positions
        return _area([(south, west), (south, east), (north, east), (north, west)])
    if tool == "circle" and len(positions) == 1 and 0 < radius < 10_000_000:
        return _area(list(_circle(positions[0], radius)))
    return None


def _area(corners: Sequence[Position]) -> Geometry:
    ring = [_place(each) for each in (*corners, corners[0])]
    return {"type": "Polygon", "coordinates": [ring]}


def _circle(center: Position, radius: float) -> Iterator[Position]:
    """Corners around a center: neither format has circles."""
    latitude, longitude = center
    wide = max(math.cos(math.radians(latitude)), 0.01)
    for corner in range(_CORNERS_OF_CIRCLE):
        angle = 2 * math.pi * corner / _CORNERS_OF_CIRCLE
        north, east = radius * math.sin(angle), radius * math.cos(angle)
        yield (
            min(90.0, max(-90.0, latitude + north / _METRES_OF_DEGREE)),
            longitude + east / (_METRES_OF_DEGREE * wide),
        )


def _place(position: Position) -> list[float]:
    return [round(position[1], 6), round(position[0], 6)]


def _from_json(value: Any, depth: int) -> Geometry:
    """A geometry, or the one of a feature. Raises ValueError."""
    if not isinstance(value, dict) or depth > _MOST_DEPTH:
        raise ValueError(value)
    kind = value.get("type")
    if kind == "Feature":
        return _from_json(value.get("geometry"), depth + 1)
    inside = {_COLLECTION: "geometries", "FeatureCollection": "features"}.get(str(kind))
    if inside:
        parts = value.get(inside)
        if not isinstance(parts, list):
            raise ValueError(parts)
        return {"type": _COLLECTION, "geometries": [_from_json(part, depth + 1) for part in parts]}
    if kind not in _DEPTHS:
        raise ValueError(kind)
    return {"type": kind, "coordinates": _coordinates(value.get("coordinates"), _DEPTHS[kind])}


def _coordinates(value: Any, depth: int) -> list[Any]:
    if not isinstance(value, list) or (depth and not value):
        raise ValueError(value)
    if depth:
        return [_coordinates(part, depth - 1) for part in value]
    numbers = [each for each in value if isinstance(each, int | float) and not isinstance(each, bool)]
    if len(numbers) != len(value) or len(numbers) < 2 or not all(abs(each) < 1e6 for each in numbers):
        raise ValueError(value)
    return [float(each) for each in numbers[:2]]


_TOKEN: Final = re.compile(r"\s*([(),]|[A-Za-z]+|[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)", re.ASCII)
_WKT_NAMES: Final = {name.upper(): name for name in (*_DEPTHS, _COLLECTION)}


class _Wkt:
    """Reads one geometry; every method raises ValueError for what is none."""

    def __init__(self, text: str) -> None:
        bare = re.sub(r"^\s*SRID=\d+;", "", text, flags=re.ASCII | re.IGNORECASE).strip()
        self._tokens = _TOKEN.findall(bare)
        if "".join(self._tokens) != re.sub(r"\s+", "", bare):
            raise ValueError(text)
        self._at = 0

    def read(self) -> Geometry:
        found = self._geometry(0)
        if self._at != len(self._tokens):
            raise ValueError(self._tokens[self._at :])
        return found

    def _next(self, *wanted: str) -> str:
        token = self._tokens[self._at] if self._at < len(self._tokens) else ""
        if not token or (wanted and token not in wanted):
            raise ValueError(token)
        self._at += 1
        return token

    def _geometry(self, depth: int) -> Geometry:
        name = _WKT_NAMES.get(self._next().upper())
        if name is None or depth > _MOST_DEPTH:
            raise ValueError(name)
        if self._at < len(self._tokens) and self._tokens[self._at].upper() in {"Z", "M", "ZM"}:
            self._at += 1
        if name == _COLLECTION:
            return {"type": name, "geometries": self._list(lambda: self._geometry(depth + 1))}
        return {"type": name, "coordinates": self._coordinates(name, _DEPTHS[name])}

    def _list(self, read: Any) -> list[Any]:
        self._next("(")
        found = [read()]
        while self._next(",", ")") == ",":
            found.append(read())
        return found

    def _coordinates(self, name: str, depth: int) -> list[Any]:
        if depth == 0:
            self._next("(")
            place = self._position()
            self._next(")")
            return place
        return self._list(lambda: self._inside(name, depth - 1))

    def _inside(self, name: str, depth: int) -> list[Any]:
        if depth:
            return self._list(lambda: self._inside(name, depth - 1))
        # The points of a MULTIPOINT may have brackets of their own.
        if name == "MultiPoint" and self._tokens[self._at : self._at + 1] == ["("]:
            return self._coordinates("Point", 0)
        return self._position()

    def _position(self) -> list[float]:
        numbers = [float(self._next()), float(self._next())]
        while self._at < len(self._tokens) and self._tokens[self._at] not in {",", ")"}:
            float(self._next())  # height and measure say nothing about where it is
        if not all(abs(each) < 1e6 for each in numbers):
            raise ValueError(numbers)
        return numbers


def _wkt(geometry: Geometry) -> str:
    name = str(geometry["type"])
    if name == _COLLECTION:
        return f"{name.upper()}({', '.join(_wkt(part) for part in geometry['geometries'])})"
    inside = _wkt_inside(geometry["coordinates"])
    return f"{name.upper()}({inside})" if _DEPTHS[name] == 0 else f"{name.upper()}{inside}"


def _wkt_inside(value: list[Any]) -> str:
    if value and isinstance(value[0], list):
        return f"({', '.join(_wkt_inside(part) for part in value)})"
    return " ".join(number_text(each) for each in value)
