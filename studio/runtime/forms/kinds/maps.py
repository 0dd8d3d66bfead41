"""Map: a place that is pointed out, and places and areas that are shown or drawn (components.md, Map).

The map itself comes with the browser's code. Everything it does can be done with coordinates as well.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

from studio.definition.data_model import Problem
from studio.definition.expressions import Spot
from studio.definition.sentences import N_, Sentence
from studio.runtime.forms.geometries import Format, number_text, read_geometry, read_position
from studio.runtime.forms.kinds.kind import Answers, Around, Build, Kind, Post, Raw, Settings, title_of
from studio.runtime.forms.kinds.writing import sent_text
from studio.runtime.forms.state import FormState
from studio.runtime.forms.values import to_text
from studio.runtime.forms.view import CellView, ComponentView, Issue
from studio.runtime.forms.wording import gettext

POINT: Final = "simpleBinding"
SHAPES: Final = "geometries"
# The tools of the toolbar, in the order they are offered.
TOOLS: Final = ("marker", "polyline", "polygon", "rectangle", "circle")
_NO_PLACE: Final = N_("Write latitude and longitude, such as 59.91, 10.75.")
_NORWAY: Final = (65.0, 15.0)
_OPENING_ZOOM: Final = 4
_LAYER: Final = {
    "url": "https://cache.kartverket.no/v1/wmts/1.0.0/topo/default/webmercator/{z}/{y}/{x}.png",
    "attribution": "© Kartverket",
    "maxZoom": 18,
}
# What a layer of a layout may say to the map.
_LAYER_KEYS: Final = (
    "url",
    "attribution",
    "subdomains",
    "type",
    "layers",
    "format",
    "version",
    "transparent",
    "uppercase",
    "minZoom",
    "maxZoom",
)
# The binding of a member of a geometry -> what the platform calls the member.
_MEMBERS: Final = {
    "geometryLabel": "label",
    "geometryData": "data",
    "geometryIsEditable": "isEditable",
    "geometryIsHidden": "isHidden",
    "geometryStyle": "style",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """A place, line or area of the data. `words` says which, `editable` whether it can be taken away."""

    index: int
    label: str
    words: str
    editable: bool


def member(view: ComponentView, slot: str) -> str:
    """The member of a geometry's row that a binding names, or the one that the platform takes."""
    group, bound = view.fields.get(SHAPES, ""), view.fields.get(slot, "")
    return bound.removeprefix(f"{group}.") if bound.startswith(f"{group}.") else _MEMBERS[slot]


def format_of(view: ComponentView) -> Format:
    """How geometries are written in the data."""
    return "WKT" if view.raw.get("geometryType") == "WKT" else "GeoJSON"


def drawing_name(view: ComponentView, part: str) -> str:
    """The name in posts of a field for something to add: its `shape`, `points` or `label`."""
    return f":map-{part}-{view.key}"


def _settings(raw: Raw, spot: Spot, _around: Around) -> Settings:
    toolbar = raw.get("toolbar")
    given = toolbar if isinstance(toolbar, Mapping) else {}
    tools = tuple(
        tool for tool in TOOLS if spot.flag_value(f"toolbar.{tool}", given.get(tool), default=False)
    )
    return {"tools": tools, "shapes": (), "map": "{}", "tool_words": _tool_words(), "drawing": {}}


def _tool_words() -> Mapping[str, str]:
    return {
        "marker": gettext("Point"),
        "polyline": gettext("Line"),
        "polygon": gettext("Area"),
        "rectangle": gettext("Rectangle"),
        "circle": gettext("Circle"),
    }


def _main(raw: Raw) -> str:
    bindings = raw.get("dataModelBindings")
    return SHAPES if isinstance(bindings, Mapping) and POINT not in bindings else POINT


def _fill(view: ComponentView, spot: Spot, _around: Around, build: Build) -> ComponentView:
    held = view.values.get(SHAPES)
    rows = held if isinstance(held, list) else []
    tools = view.settings["tools"] if SHAPES in view.fields and not view.read_only else ()
    shapes, drawn = list[Shape](), list[Mapping[str, Any]]()
    for index, row in enumerate(rows):
        found = _read_shape(view, row)
        if found is None:
            continue
        geometry, label = found
        editable = bool(tools) and _is_editable(view, row)
        shapes.append(Shape(index, label, _words(geometry), editable))
        drawn.append({"geometry": geometry, "label": label, "style": _style(view, row)})
    typed = build.state.typed
    settings = {
        **view.settings,
        "tools": tools,
        "shapes": tuple(shapes),
        "map": json.dumps(_map(view, spot, drawn, tools)),
        "drawing": {part: typed.get(drawing_name(view, part), "") for part in ("shape", "points", "label")},
    }
    return replace(view, settings=settings)


def _read_shape(view: ComponentView, row: Any) -> tuple[Mapping[str, Any], str] | None:
    if not isinstance(row, Mapping) or row.get(member(view, "geometryIsHidden")) is True:
        return None
    data = row.get(member(view, "geometryData"))
    text = data if isinstance(data, str) else json.dumps(data, default=to_text)
    geometry = read_geometry(text, format_of(view))
    label = row.get(member(view, "geometryLabel"))
    return None if geometry is None else (geometry, "" if isinstance(label, list | dict) else to_text(label))


def _is_editable(view: ComponentView, row: Mapping[str, Any]) -> bool:
    return "geometryIsEditable" not in view.fields or row.get(member(view, "geometryIsEditable")) is True


def _style(view: ComponentView, row: Mapping[str, Any]) -> Mapping[str, Any]:
    given = row.get(member(view, "geometryStyle"))
    kept = given.items() if isinstance(given, Mapping) else ()
    return {str(key): value for key, value in kept if isinstance(value, str | int | float)}


def _words(geometry: Mapping[str, Any]) -> str:
    kind = str(geometry["type"]).removeprefix("Multi")
    words = {"Point": N_("Point"), "LineString": N_("Line"), "Polygon": N_("Area")}
    return str(gettext(words.get(kind, N_("Several shapes"))))


def _map(
    view: ComponentView, spot: Spot, shapes: list[Mapping[str, Any]], tools: tuple[str, ...]
) -> Mapping[str, Any]:
    """What the browser's code draws."""
    point = read_position(to_text(view.values.get(POINT))) if POINT in view.fields else None
    given, zoom = view.raw.get("centerLocation"), view.raw.get("zoom")
    center = _center(given, spot) if isinstance(given, Mapping) else None
    is_number = isinstance(zoom, int | float) and not isinstance(zoom, bool)
    return {
        "layers": list(_layers(view.raw.get("layers"))),
        "center": center or point or _NORWAY,
        "zoom": zoom if is_number else 10 if center or point else _OPENING_ZOOM,
        "fits": center is None and not is_number,  # shows everything there is at first
        "point": point,
        "points": POINT in view.fields and not view.read_only,
        "shapes": shapes,
        "tools": list(tools),
        "toolWords": dict(view.settings["tool_words"]),
        "words": _map_words(),
    }


def _map_words() -> Mapping[str, str]:
    return {
        "keys": gettext(
            "With the keyboard: move the map with the arrow keys, and press Enter for its middle."
        ),
        "draw": gettext("Draw on the map:"),
        "finish": gettext("Finish"),
        "undo": gettext("Take back the last point"),
        "cancel": gettext("Stop drawing"),
        "zoomIn": gettext("Closer"),
        "zoomOut": gettext("Farther away"),
        "failed": gettext("The map cannot be shown now. Use the fields below."),
    }


def _center(given: Mapping[str, Any], spot: Spot) -> tuple[float, float] | None:
    parts = (spot.text_value(f"centerLocation.{key}", given.get(key)) for key in ("latitude", "longitude"))
    return read_position(",".join(part or "" for part in parts))


def _layers(given: Any) -> Iterator[Mapping[str, Any]]:
    found = [layer for layer in (given if isinstance(given, list) else ()) if isinstance(layer, Mapping)]
    for layer in found or [_LAYER]:
        if isinstance(layer.get("url"), str):
            yield {key: layer[key] for key in _LAYER_KEYS if key in layer}


def _shown(view: ComponentView, _language: str) -> str:
    if POINT not in view.fields:
        return ""
    value = view.values.get(POINT)
    return "" if isinstance(value, list | dict) else in_words(to_text(value))


def in_words(text: str) -> str:
    """A place as it is shown: "59.91, 10.75"."""
    return ", ".join(part.strip() for part in text.split(",") if part.strip())


def _read(_state: FormState, view: ComponentView, post: Post) -> Answers:
    if POINT not in view.fields:
        return {}
    text = sent_text(view, post).strip()
    if not text:
        return {POINT: None}
    if text == view.shown:
        return {POINT: view.value}
    found = read_position(text)
    if found is None:
        return {POINT: Problem(text, Sentence(_NO_PLACE))}
    return {POINT: ",".join(number_text(part) for part in found)}


def _issues(state: FormState, view: ComponentView) -> Iterator[Issue]:
    value = view.values.get(POINT)
    if POINT not in view.fields or value in (None, "") or view.field in state.typed:
        return
    if read_position(to_text(value)) is None:
        data_type, path = state.place(view.field)
        yield Issue(path, gettext(_NO_PLACE), "error", "Component", "map.no_place", data_type)


def _cells(view: ComponentView) -> Iterator[CellView]:
    if POINT in view.fields:
        yield CellView(title_of(view), view.answer)
    if SHAPES in view.fields:
        names = (shape.label or shape.words for shape in view.settings["shapes"])
        yield CellView(title_of(view), ", ".join(names))


def _answer(view: ComponentView) -> str:
    if POINT in view.fields:
        return view.shown
    return ", ".join(shape.label or shape.words for shape in view.settings.get("shapes", ()))


KINDS: Final[Mapping[str, Kind]] = {
    "Map": Kind(
        template="map",
        drawn_ahead=False,
        main_of=_main,
        settings=_settings,
        fill=_fill,
        shown=_shown,
        answer=_answer,
        cells=_cells,
        read=_read,
        issues=_issues,
    ),
}
