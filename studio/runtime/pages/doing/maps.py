"""Places and areas of a map: add one that was drawn or written, and take one away."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, Final
from uuid import uuid4

from studio.definition import form_paths as paths
from studio.definition.data_model import ROW_ID
from studio.definition.sentences import N_, Sentence
from studio.runtime.forms.geometries import drawn, read_position, write_geometry
from studio.runtime.forms.kinds.maps import POINT, SHAPES, drawing_name, format_of, member
from studio.runtime.forms.posting import delete_row
from studio.runtime.forms.view import ComponentView, PageView
from studio.runtime.pages.doing.deed import Deed, Done

_NOT_FINISHED: Final[Mapping[str, str]] = {
    "marker": N_("A point is one line with latitude and longitude, such as 59.91, 10.75."),
    "polyline": N_("A line needs two points or more, each on a line of its own, such as 59.91, 10.75."),
    "polygon": N_("An area needs three points or more, each on a line of its own, such as 59.91, 10.75."),
    "rectangle": N_("A rectangle is two opposite corners, each on a line of its own, such as 59.91, 10.75."),
    "circle": N_("A circle is its middle on the first line and its radius in metres on the second."),
}
_MOST_POINTS: Final = 1000


def _map(deed: Deed, key: str) -> ComponentView | None:
    return next((each for each in deed.view.walk() if each.type == "Map" and each.key == key), None)


def _add(deed: Deed) -> Done:
    view = _map(deed, deed.target)
    tool = deed.form.get(drawing_name(view, "shape"), "") if view else ""
    if view is None or tool not in view.settings["tools"]:
        return Done(deed.state)
    sent = {part: deed.form.get(drawing_name(view, part), "") for part in ("shape", "points", "label")}
    geometry = _drawn(tool, sent["points"])
    name = view.fields[SHAPES]
    if geometry is None:
        typed = {**deed.state.typed, **{drawing_name(view, part): text for part, text in sent.items()}}
        problem = Sentence(_NOT_FINISHED[tool])
        return Done(replace(deed.state, typed=typed), {name: problem}, at=_at(view))
    row: dict[str, Any] = {
        ROW_ID: str(uuid4()),
        member(view, "geometryData"): write_geometry(geometry, format_of(view)),
    }
    if "geometryIsEditable" in view.fields:
        row[member(view, "geometryIsEditable")] = True
    label = sent["label"].strip()
    if label:
        row[member(view, "geometryLabel")] = label
    return Done(replace(deed.state, data=_with_row(deed, name, row)), at=_at(view))


def _drawn(tool: str, text: str) -> Any:
    lines = [line for line in text.splitlines() if line.strip()][:_MOST_POINTS]
    radius = 0.0
    if tool == "circle":
        lines, radii = lines[:1], lines[1:]
        number = "".join(radii).replace(" ", "").replace(",", ".").removesuffix("m")
        radius = float(number) if number.replace(".", "", 1).isdecimal() and len(number) < 12 else 0.0
    places = [read_position(line) for line in lines]
    return None if None in places else drawn(tool, [place for place in places if place], radius)


def _with_row(deed: Deed, name: str, row: dict[str, Any]) -> dict[str, Any]:
    data = dict(deed.state.data)
    data_type, path = deed.state.place(name)
    model = data.setdefault(data_type, {})
    held = paths.read(model, path)
    rows = [*(held if isinstance(held, list) else ()), row]
    paths.write(model, path, rows)
    return data


def _remove(deed: Deed) -> Done:
    """Take away "key#2"."""
    key, _, number = deed.target.rpartition("#")
    view = _map(deed, key)
    shapes = view.settings["shapes"] if view else ()
    found = next((shape for shape in shapes if str(shape.index) == number and shape.editable), None)
    if view is None or found is None:
        return Done(deed.state)
    data = dict(deed.state.data)
    data_type, path = deed.state.place(view.fields[SHAPES])
    delete_row(data.get(data_type) or {}, f"{path}[{found.index}]")
    return Done(replace(deed.state, data=data), at=_at(view))


def _at(view: ComponentView) -> Callable[[PageView], str]:
    return lambda _page: f"{view.element_id}-map" if POINT in view.fields else view.element_id


VERBS: Final[Mapping[str, Callable[[Deed], Done]]] = {"map-add": _add, "map-remove": _remove}
