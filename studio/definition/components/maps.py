"""The map, and the component that the app brings itself."""

from typing import Final

from studio.definition.components.declaring import (
    AS_BUTTON,
    IN_BOXES,
    const,
    flag,
    plain_choices,
    prop,
    slot,
    switch,
    text,
)
from studio.definition.components.properties import (
    ANSWER,
    ANSWER_TEXTS,
    FORM_TEXTS,
    LABELLED_ANSWER,
    SUMMARY_TEXTS,
)
from studio.definition.components.shapes import (
    TEXT,
    Alternatives,
    Enumeration,
    ListShape,
    Number,
    ObjectShape,
    Property,
)
from studio.definition.components.types import ROWS, TEXTUAL, ComponentType
from studio.definition.sentences import N_, Sentence


def _zoom(name: str, label: str, default: int) -> Property:
    return prop(
        name,
        Number(minimum=0),
        label,
        N_("How far one can go in or out; 0 is the whole world."),
        default=default,
        advanced=True,
    )


_LAYER: Final = (
    prop("url", TEXT, N_("Address"), N_("Where the map images come from."), required=True),
    prop("attribution", TEXT, N_("Credit"), N_("Who made the map; shown in the corner.")),
    prop(
        "subdomains",
        ListShape(TEXT),
        N_("Subdomains"),
        N_("Values for {s} in the address."),
        advanced=True,
    ),
    _zoom("minZoom", N_("Farthest out"), 0),
    _zoom("maxZoom", N_("Farthest in"), 18),
)
_TILES: Final = ObjectShape(
    (
        prop(
            "type",
            const("TileLayer", N_("Tiles")),
            N_("Kind"),
            N_("How the map images are fetched."),
            default="TileLayer",
        ),
        *_LAYER,
    ),
    label=Sentence(N_("Tiles")),
)
_WMS: Final = ObjectShape(
    (
        prop(
            "type",
            const("WMS", N_("Web map service")),
            N_("Kind"),
            N_("How the map images are fetched."),
            required=True,
        ),
        *_LAYER,
        prop(
            "layers", TEXT, N_("Layers"), N_("The names of the layers, with commas between."), required=True
        ),
        prop(
            "format", TEXT, N_("Image format"), N_("The kind of image."), default="image/jpeg", advanced=True
        ),
        prop(
            "version", TEXT, N_("Version"), N_("The version of the service."), default="1.1.1", advanced=True
        ),
        switch("transparent", N_("Transparent"), N_("What lies below shows through."), advanced=True),
        switch(
            "uppercase", N_("Capital letters"), N_("Writes the parameters in capital letters."), advanced=True
        ),
    ),
    label=Sentence(N_("Web map service")),
)
_TOOLS: Final = (
    ("marker", N_("Point")),
    ("polyline", N_("Line")),
    ("polygon", N_("Area")),
    ("rectangle", N_("Rectangle")),
    ("circle", N_("Circle")),
)


def _coordinate(name: str, label: str) -> Property:
    return prop(name, Number(), label, N_("In degrees."), required=True, expression_allowed=True)


MAP_TYPE: Final = ComponentType(
    name="Map",
    group="advanced",
    icon="LocationPin",
    label=Sentence(N_("Map")),
    help=Sentence(N_("A map to point out a place on, or that shows places and areas.")),
    properties=(
        prop(
            "centerLocation",
            ObjectShape((_coordinate("latitude", N_("Latitude")), _coordinate("longitude", N_("Longitude")))),
            N_("Center"),
            N_("The middle of the map from the start."),
        ),
        prop("zoom", Number(minimum=0), N_("Zoom"), N_("How close the map is from the start.")),
        prop(
            "layers",
            ListShape(Alternatives((_TILES, _WMS))),
            N_("Map layers"),
            N_("Where the map comes from; the Norwegian Mapping Authority's if nothing is said."),
            advanced=True,
        ),
        prop(
            "geometryType",
            Enumeration(plain_choices("GeoJSON", "WKT")),
            N_("Format of areas"),
            N_("How places and areas are written in the data."),
            default="GeoJSON",
            advanced=True,
        ),
        prop(
            "toolbar",
            ObjectShape(
                tuple(flag(name, label, N_("Whether the person can draw this.")) for name, label in _TOOLS)
            ),
            N_("Drawing"),
            N_("What the person can draw on the map."),
            advanced=True,
        ),
        *LABELLED_ANSWER,
    ),
    bindings=(
        slot(
            "simpleBinding",
            N_("Point on the map"),
            TEXTUAL,
            help=Sentence(N_("Latitude and longitude with a comma between.")),
        ),
        slot("geometries", N_("Places and areas"), ROWS, repeating=True),
        slot("geometryLabel", N_("Name of an area"), TEXTUAL),
        slot("geometryData", N_("Outline of an area"), TEXTUAL),
        slot("geometryIsEditable", N_("Whether an area can be changed"), frozenset({"boolean"})),
        slot("geometryIsHidden", N_("Whether an area is hidden"), frozenset({"boolean"})),
        slot("geometryStyle", N_("Look of an area"), frozenset({"group"})),
    ),
    needs_a_binding=True,
    texts=ANSWER_TEXTS,
    stands_in=IN_BOXES,
)
CUSTOM: Final = ComponentType(
    name="Custom",
    group="advanced",
    icon="PuzzlePiece",
    label=Sentence(N_("Custom component")),
    help=Sentence(N_("An element that the app brings itself, made by a developer.")),
    properties=(
        prop("tagName", TEXT, N_("Element"), N_("The name of the element, like my-calendar."), required=True),
        *ANSWER,
    ),
    open_bindings=True,
    texts=(
        text("title", N_("Label"), N_("The question, or the name of the field.")),
        *FORM_TEXTS,
        *SUMMARY_TEXTS,
    ),
    stands_in=AS_BUTTON | {"CardsMedia"},
    starts_with={"tagName": ""},
)

MAPS: Final = (MAP_TYPE, CUSTOM)
