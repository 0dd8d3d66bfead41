"""The app's own pictures and other files: what lies in App/wwwroot."""

import mimetypes
from typing import Final

from flask import Response, abort
from flask.typing import ResponseReturnValue

from studio.runtime.pages.room import this_app

# What a browser may show in a page. Everything else is handed over as a file.
_SHOWN: Final = ("image/", "audio/", "video/", "font/")
# Files change with the release, and the address does not.
_CACHED: Final = "private, max-age=300"


def show(path: str) -> ResponseReturnValue:
    """A file of the app. Never runs anything: also a drawing (SVG) is shown without its scripts."""
    app = this_app()
    name, files = app.definition.paths.resource(path), app.definition.files
    if name not in files:
        abort(404)
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    shown = kind.startswith(_SHOWN) or kind == "application/pdf"
    answer = Response(files[name], mimetype=kind if shown else "application/octet-stream")
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer.headers["Cache-Control"] = _CACHED
    if not shown:
        answer.headers["Content-Disposition"] = "attachment"
    return answer
