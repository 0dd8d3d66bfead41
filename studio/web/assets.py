"""Browser code and styles: logical name -> address of the built file, which never changes its content."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Final

from flask import Blueprint, Response, send_from_directory, url_for

from studio.web.guards import open_to_all

DIST: Final = Path(__file__).parents[2] / "designer_static" / "dist"
_A_YEAR: Final = 365 * 24 * 3600

bp = Blueprint("assets", __name__, template_folder="templates")


class AssetMissing(KeyError):
    """A template names a file that the build did not make."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is not among the built browser files. Run: node designer_static/build.mjs")


def manifest() -> dict[str, str]:
    """Logical name -> hashed name, as the latest build wrote it; empty before the first build."""
    try:
        return _manifest_of((DIST / "manifest.json").stat().st_mtime_ns)
    except FileNotFoundError:
        return {}


@lru_cache(maxsize=1)
def _manifest_of(_written: int) -> dict[str, str]:
    content: dict[str, str] = json.loads((DIST / "manifest.json").read_text())
    return content


def asset(name: str) -> str:
    """The address of a built file: asset("studio.js"). Raises AssetMissing."""
    try:
        return url_for("assets.file", path=manifest()[name])
    except KeyError:
        raise AssetMissing(name) from None


@bp.get("/assets/<path:path>")
@open_to_all
def file(path: str) -> Response:
    """A built file. Its name holds the hash of its content, so browsers may keep it."""
    response = send_from_directory(DIST, path, max_age=_A_YEAR)
    response.cache_control.public = True
    response.cache_control.immutable = True
    # Frames without an origin run built code as well (modules are asked for across origins).
    response.access_control_allow_origin = "*"
    return response
