"""A data model as files to take along: XSD and JSON Schema."""

import io
import re
from typing import Final

from flask import Response, send_file
from flask.typing import ResponseReturnValue

from studio.accounts import Right, requires
from studio.definition.app import app_definition
from studio.definition.data_model import conversion
from studio.definition.errors import DomainError, NotThere
from studio.definition.sentences import N_, Sentence
from studio.features import open_draft
from studio.features.data_models.blueprint import bp

_SCHEMA: Final = ".schema.json"
_MODEL: Final = "/<org>/<app>/models/<model>"


@bp.get(f"{_MODEL}/xsd")
@requires(Right.VIEW)
def download_xsd(org: str, app: str, model: str) -> ResponseReturnValue:
    """The app's XSD; one that is made from the JSON Schema where the app has none."""
    definition = app_definition(open_draft(org, app).files)
    path = _schema_path(org, app, model)
    xsd = path.removesuffix(_SCHEMA) + ".xsd"
    if xsd in definition.files:
        return _file(definition.files[xsd], f"{model}.xsd", "application/xml")
    found = definition.model(model)
    if found is None:
        problem = N_("The data model %(name)s cannot be read. Correct it in the code view.")
        raise DomainError(Sentence(problem, {"name": model}))
    return _file(conversion.to_xsd(found.schema), f"{model}.xsd", "application/xml")


@bp.get(f"{_MODEL}/schema")
@requires(Right.VIEW)
def download_schema(org: str, app: str, model: str) -> ResponseReturnValue:
    """The JSON Schema as the file has it."""
    definition = app_definition(open_draft(org, app).files)
    path = _schema_path(org, app, model)
    return _file(definition.files[path], f"{model}{_SCHEMA}", "application/schema+json")


def _schema_path(org: str, app: str, model: str) -> str:
    path = app_definition(open_draft(org, app).files).schema_path(model)
    if path is None:
        raise NotThere(Sentence(N_("The app has no data model %(name)s."), {"name": model}))
    return path


def _file(data: bytes, name: str, content_type: str) -> Response:
    """A download under a name that every system takes."""
    safe = re.sub(r"[^\w.-]+", "-", name).lstrip(".-") or "model"
    return send_file(io.BytesIO(data), mimetype=content_type, as_attachment=True, download_name=safe)
