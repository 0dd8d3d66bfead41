"""The attachments of an instance, handed to those who may read it."""

from urllib.parse import quote
from uuid import UUID

from flask import Response, abort
from flask.typing import ResponseReturnValue

from studio.runtime.attachments import attachments
from studio.runtime.pages.forms import open_instance
from studio.runtime.storage import DataElement


def show(party: int, guid: UUID, element: UUID) -> ResponseReturnValue:
    """One attachment. Raises NotThere, Forbidden."""
    instance = open_instance(party, guid)
    found = next((each for each in instance.elements if each.id == element and each.stored_as), None)
    if found is None:
        abort(404)
    return as_file(found)


def as_file(element: DataElement) -> Response:
    """An attachment as a file to keep. Pictures can also be shown in a page; nothing in them can run."""
    answer = Response(attachments().content(element), mimetype=element.content_type)
    is_picture = element.content_type in {"image/png", "image/jpeg", "image/gif", "image/webp"}
    name = quote(element.filename or element.data_type, safe="")
    way = "inline" if is_picture else "attachment"
    answer.headers["Content-Disposition"] = f"{way}; filename*=UTF-8''{name}"
    answer.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
