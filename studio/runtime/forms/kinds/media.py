"""Pictures, sound, film, framed pages and links."""

import re
from collections.abc import Mapping
from typing import Any, Final

from studio.definition.expressions import Spot
from studio.runtime.forms.kinds.containers import column_width
from studio.runtime.forms.kinds.kind import Around, Kind, Raw, Settings

_ALIGNMENTS: Final = {
    "flex-start": "start",
    "center": "center",
    "flex-end": "end",
    "space-between": "start",
    "space-around": "center",
    "space-evenly": "center",
}
_OWN_FILE: Final = re.compile(r"/?wwwroot/((?:[^/\\?#]+/)*[^/\\?#]+)$")
# An address that a browser may follow: of this site, of the web, or to write to or call somebody.
_SAFE: Final = re.compile(r"(?:https?://|mailto:|tel:|/(?!/)|\?|#|\.{1,2}/|[\w-]+(?:[/.?#]|$))", re.ASCII)


def _source(given: Any, spot: Spot, around: Around) -> str:
    """The address of a picture, sound or film; the app's own begin with wwwroot."""
    found = address_in(given, spot.language)
    own = _OWN_FILE.match(found)
    return f"{around.resources}{own[1]}" if own else safe_address(found)


def address_in(given: Any, language: str) -> str:
    """What `{"src": {language: address}}` says to a reader of a language; "" for nothing."""
    sources = given.get("src") if isinstance(given, Mapping) else None
    if not isinstance(sources, Mapping):
        return ""
    return str(sources.get(language) or sources.get("nb") or next(iter(sources.values()), "") or "")


def safe_address(address: str) -> str:
    """The address, or "" where following it could run something."""
    text = address.strip()
    return text if _SAFE.match(text) else ""


def _image(raw: Raw, spot: Spot, around: Around) -> Settings:
    given = raw.get("image")
    image: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    return {
        "src": _source(image, spot, around),
        "width": column_width(image.get("width")),
        "align": _ALIGNMENTS.get(str(image.get("align")), "start"),
    }


def _sound(raw: Raw, spot: Spot, around: Around) -> Settings:
    return {"src": _source(raw.get("audio"), spot, around)}


def _film(raw: Raw, spot: Spot, around: Around) -> Settings:
    return {"src": _source(raw.get("video"), spot, around)}


def _frame(raw: Raw, _spot: Spot, _around: Around) -> Settings:
    given = raw.get("sandbox")
    sandbox: Mapping[str, Any] = given if isinstance(given, Mapping) else {}
    flags = [
        flag
        for key, flag in (
            ("allowPopups", "allow-popups"),
            ("allowPopupsToEscapeSandbox", "allow-popups-to-escape-sandbox"),
        )
        if sandbox.get(key) is True
    ]
    return {"sandbox": " ".join(flags)}


def _link(raw: Raw, spot: Spot, _around: Around) -> Settings:
    position = raw.get("position")
    return {
        "href": safe_address(spot.label("target") or ""),
        "style": raw.get("style") if raw.get("style") in {"primary", "secondary"} else "link",
        "new_tab": raw.get("openInNewTab") is True,
        "size": raw.get("size") if raw.get("size") in {"sm", "md", "lg"} else "md",
        "full": raw.get("fullWidth") is True,
        "position": position if position in {"left", "center", "right"} else "left",
    }


KINDS: Final[Mapping[str, Kind]] = {
    "Audio": Kind(template="audio", settings=_sound),
    "IFrame": Kind(template="iframe", settings=_frame),
    "Image": Kind(template="image", settings=_image),
    "Link": Kind(template="link", settings=_link),
    "Video": Kind(template="video", settings=_film),
}
