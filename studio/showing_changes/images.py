"""An image of one state of an app, as a browser may have it: it never runs anything."""

from typing import Final

from flask import Response, request

from studio.definition.app import AppDefinition
from studio.definition.errors import NotThere
from studio.definition.images import pictures
from studio.definition.sentences import N_, Sentence

_TYPES: Final = {kind: f"image/{kind}" for kind in ("png", "jpeg", "gif", "webp")} | {"svg": "image/svg+xml"}


def image_answer(app: AppDefinition, path: str) -> Response:
    """The image at a path inside wwwroot. Raises NotThere, also for files that are no images."""
    kinds = {each.path: each.kind for each in pictures(app)}
    kind = kinds.get(path)
    if kind is None:
        raise NotThere(Sentence(N_("There is no picture %(path)s any more."), {"path": path}))
    file = app.paths.resource(path)
    answer = Response(app.files[file], mimetype=_TYPES[kind])
    answer.headers["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.set_etag(app.files.blob_id(file))
    answer.make_conditional(request)
    return answer
