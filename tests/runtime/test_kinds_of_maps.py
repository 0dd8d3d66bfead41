"""Map: a place and shapes, read, shown, written as coordinates and drawn into the data."""

import json
from typing import Any

import pytest
from builders import app_files
from flask.testing import FlaskClient
from form_journeys import Serve, begin, errors, page, send, sign_in
from kind_pages import form_state, html, view
from werkzeug.datastructures import MultiDict

from studio.runtime.forms.building import page_view
from studio.runtime.forms.posting import apply_post
from studio.runtime.forms.validation import Shown, find_issues

pytestmark = pytest.mark.usefixtures("words")

MEMBERS = {"data": {"type": "string"}, "label": {"type": "string"}}
SHAPES = {"type": "array", "items": {"type": "object", "properties": MEMBERS}}
FIELDS: dict[str, Any] = {"place": "string", "shapes": SHAPES}
TEXTS = {"textResourceBindings": {"title": "Where?"}}
POINT: dict[str, Any] = {"id": "map", "type": "Map", "dataModelBindings": {"simpleBinding": "place"}, **TEXTS}
DRAW: dict[str, Any] = {
    "id": "map",
    "type": "Map",
    "geometryType": "WKT",
    "toolbar": {"marker": True, "polygon": True, "circle": True},
    "dataModelBindings": {"simpleBinding": "place", "geometries": "shapes"},
    **TEXTS,
}
OSLO = {"altinnRowId": "o", "data": "POINT(10.75 59.91)", "label": "Oslo"}
AREA = {"altinnRowId": "a", "data": "POLYGON((10 59, 11 59, 11 60, 10 59))"}
DATA = {"place": "59.91,10.75", "shapes": [OSLO, AREA, {"data": "nonsense"}]}


def drawing(component: dict[str, Any], **more: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(view(component, fields=FIELDS, **more).settings["map"])
    return found


def posted(text: str, data: dict[str, Any] | None = None) -> tuple[Any, list[str]]:
    state = form_state(POINT, data=data, fields=FIELDS)
    found = apply_post(state, page_view(state, "Page"), MultiDict({"place": text}))
    return found.data["model"].get("place"), list(found.problems)


def test_a_place_is_written_as_coordinates() -> None:
    assert posted("59.91, 10.75") == ("59.91,10.75", [])
    assert posted("59,911 10,752") == ("59.911,10.752", [])
    assert posted("") == (None, [])
    assert posted("over there", {"place": "1,2"}) == ("1,2", ["place"])


def test_a_place_that_is_not_changed_stays_as_it_was_written() -> None:
    precise = {"place": "59.930803988945550,10.801246912984000"}
    assert posted("59.930803988945550, 10.801246912984000", precise) == (precise["place"], [])


def test_a_place_in_the_data_that_is_none_is_told() -> None:
    state = form_state(POINT, data={"place": "over there"}, fields=FIELDS)
    assert [issue.code for issue in find_issues(state, Shown.on(state, ["Page"]))] == ["map.no_place"]


def test_a_place_can_be_required() -> None:
    state = form_state({**POINT, "required": True}, fields=FIELDS)
    assert [issue.field for issue in find_issues(state, Shown.on(state, ["Page"]))] == ["place"]


def test_the_map_shows_the_place_and_the_shapes() -> None:
    drawn = drawing(DRAW, data=DATA)
    assert drawn["point"] == [59.91, 10.75]
    assert [(shape["geometry"]["type"], shape["label"]) for shape in drawn["shapes"]] == [
        ("Point", "Oslo"),
        ("Polygon", ""),
    ]
    assert drawn["tools"] == ["marker", "polygon", "circle"]
    assert "kartverket" in drawn["layers"][0]["url"]


def test_the_layout_says_where_the_map_begins() -> None:
    center = {"latitude": ["dataModel", "place"], "longitude": 10}
    drawn = drawing({**POINT, "centerLocation": center, "zoom": 6}, data={"place": "59"})
    assert (drawn["center"], drawn["zoom"], drawn["fits"]) == ([59.0, 10.0], 6, False)
    wms = {"type": "WMS", "url": "https://example.org/wms", "layers": "a,b", "onclick": "x"}
    assert drawing({**POINT, "layers": [wms, {}, 1]})["layers"] == [
        {k: wms[k] for k in ("url", "type", "layers")}
    ]


def test_members_of_a_shape_can_be_called_something_else() -> None:
    bindings = {
        "geometries": "shapes",
        "geometryData": "shapes.outline",
        "geometryLabel": "shapes.name",
        "geometryIsHidden": "shapes.off",
        "geometryIsEditable": "shapes.mine",
    }
    row = {"outline": '{"type": "Point", "coordinates": [1, 2]}', "name": "Here", "mine": True}
    component = {**DRAW, "geometryType": "GeoJSON", "dataModelBindings": bindings}
    rows = [row, {**row, "off": True}, {**row, "mine": False}]
    shapes = view(component, data={"shapes": rows}, fields=FIELDS).settings["shapes"]
    assert [(shape.index, shape.label, shape.editable) for shape in shapes] == [
        (0, "Here", True),
        (2, "Here", False),
    ]


def test_a_map_that_is_only_read_offers_nothing_to_change() -> None:
    soup = html({**DRAW, "readOnly": True}, data=DATA, fields=FIELDS)
    assert not soup.select("button, textarea")
    assert soup.select_one("[data-map-point]").has_attr("readonly")
    assert [item.get_text(" ", strip=True) for item in soup.select("li")] == ["Oslo Point", "Area"]


def test_a_map_is_summed_up_in_words() -> None:
    shown = view(DRAW, data=DATA, fields=FIELDS)
    assert [cell.text for cell in shown.cells] == ["59.91, 10.75", "Oslo, Area"]
    only = {**DRAW, "dataModelBindings": {"geometries": "shapes"}}
    assert view(only, data=DATA, fields=FIELDS).answer == "Oslo, Area"


@pytest.mark.parametrize(
    "shapes", [None, 1, "x", [1, None], [{"data": {"a": 1}}], [{"data": [1], "label": {}}]]
)
def test_shapes_that_make_no_sense_are_left_out(shapes: Any) -> None:
    assert view(DRAW, data={"shapes": shapes}, fields=FIELDS).settings["shapes"] == ()


def added(client: FlaskClient, response: Any, shape: str, points: str, label: str = "") -> Any:
    sent = {":map-shape-map": shape, ":map-points-map": points, ":map-label-map": label}
    return send(client, response, "map-add:map", **sent)


def items(response: Any) -> list[str]:
    return [
        item.get_text(" ", strip=True) for item in page(response).select("li.form-file span.form-file-name")
    ]


def test_shapes_are_added_and_taken_away_without_scripts(serve_app: Serve, client: FlaskClient) -> None:
    sign_in(client)
    first = begin(client, serve_app(app_files(pages={"Page": (DRAW,)}, fields=FIELDS), "app"))
    one = added(client, first, "polygon", "59, 10\n59, 11\r\n\n60,5 11,5\n", "My field")
    assert items(one) == ["My field Område"]
    two = added(client, one, "circle", "59, 10\n200 m")
    assert items(two) == ["My field Område", "Område"]
    assert items(send(client, two, "map-remove:map#0")) == ["Område"]


@pytest.mark.parametrize(
    ("shape", "points"), [("polygon", "59, 10\n60, 11"), ("marker", "here"), ("circle", "59, 10\nwide")]
)
def test_what_cannot_be_added_is_said_and_kept(
    serve_app: Serve, client: FlaskClient, shape: str, points: str
) -> None:
    sign_in(client)
    first = begin(client, serve_app(app_files(pages={"Page": (DRAW,)}, fields=FIELDS), "app"))
    wrong = added(client, first, shape, points)
    assert wrong.status_code == 422
    assert len(errors(wrong)) == 1
    assert page(wrong).select_one("textarea").text.strip() == points  # type: ignore[union-attr] # there
    href = page(wrong).select_one("#error-summary a")["href"]  # type: ignore[index] # there
    assert page(wrong).select(str(href))


@pytest.mark.parametrize(
    "do", ["map-add:nobody", "map-add:map", "map-remove:map#7", "map-remove:map", "map-remove:#"]
)
def test_buttons_that_the_map_does_not_have_do_nothing(
    serve_app: Serve, client: FlaskClient, do: str
) -> None:
    sign_in(client)
    first = begin(client, serve_app(app_files(pages={"Page": (DRAW,)}, fields=FIELDS), "app"))
    after = send(client, first, do, **{":map-shape-map": "polyline", ":map-points-map": "59, 10\n60, 10"})
    assert (after.status_code, items(after)) == (200, [])
