"""Types that only say something: Alert, Panel, Paragraph, Heading and Divider."""

from collections.abc import Mapping
from typing import Final

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.kind import Around, Kind, Raw, Settings

_HEADINGS: Final = {"L": 2, "M": 3, "S": 4, "h2": 2, "h3": 3, "h4": 4}
_HEADING_SIZES: Final = {2: "sm", 3: "xs", 4: "2xs"}
_COLORS: Final = {
    "success": "success",
    "warning": "warning",
    "danger": "danger",
    "error": "danger",
    "info": "info",
}


def _heading(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    return {"size": _HEADING_SIZES[_heading_level(raw)]}


def _heading_level(raw: Raw) -> int:
    return _HEADINGS.get(str(raw.get("size")), 2)


def _message(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    color = _COLORS.get(str(raw.get("severity") or raw.get("variant")), "info")
    return {"color": color, "icon": raw.get("showIcon") is not False}


KINDS: Final[Mapping[str, Kind]] = {
    "Alert": Kind(template="alert", settings=_message),
    "Divider": Kind(template="divider"),
    "Heading": Kind(template="heading", settings=_heading, heading_level=_heading_level),
    "Panel": Kind(template="panel", settings=_message),
    "Paragraph": Kind(template="paragraph"),
}
