"""Form data between its stored bytes and JSON, with the ids that rows carry while their task is active."""

import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final
from uuid import uuid4

from studio.definition.app import AppDefinition
from studio.definition.data_model import ROW_ID, DataModel, from_json, from_xml, to_json, to_xml
from studio.definition.errors import DomainError
from studio.definition.metadata import DataType
from studio.definition.sentences import N_, Sentence

XML: Final = "application/xml"
JSON: Final = "application/json"


def content_type_of(data_type: DataType) -> str:
    """How form data is stored: the first of XML and JSON that its type allows, else XML (app-format.md)."""
    return next((kind for kind in data_type.content_types if kind in {XML, JSON}), XML)


def with_row_ids(data: Any, new_id: Callable[[], str] = lambda: str(uuid4())) -> Any:
    """A copy in which every object in a list has an altinnRowId."""
    copied = copy.deepcopy(data)
    for row in _rows(copied):
        row.setdefault(ROW_ID, new_id())
    return copied


def _rows(data: Any) -> Iterator[dict[str, Any]]:
    values = data.values() if isinstance(data, dict) else data if isinstance(data, list) else ()
    for value in list(values):
        if isinstance(data, list) and isinstance(value, dict):
            yield value
        yield from _rows(value)


def encode(app: AppDefinition, data_type: str, data: Mapping[str, Any], content_type: str) -> bytes:
    """The bytes that are stored. Raises DomainError where the app's schema, XSD or data cannot be used."""
    if content_type == XML:
        xsd = xsd_of(app, data_type)
        return to_xml(_model(app, data_type), data, xsd, others=_beside(app, xsd))
    return to_json(data)


def decode(app: AppDefinition, data_type: str, content: bytes, content_type: str) -> dict[str, Any]:
    """The form data in stored bytes. Where the app no longer has their data type, all of it is text."""
    if content_type == XML:
        xsd = xsd_of(app, data_type)
        return from_xml(app.model(data_type) or DataModel({}), content, xsd, others=_beside(app, xsd))
    found: dict[str, Any] = from_json(content)
    return found


def xsd_of(app: AppDefinition, data_type: str) -> bytes | None:
    """The XSD of a data type, named for its id or for its class; None where the app has none."""
    kind = app.metadata.data_type(data_type)
    names = [data_type, (kind.class_ref or data_type).rpartition(".")[2]] if kind else [data_type]
    return next((app.files[path] for name in names if (path := app.paths.xsd(name)) in app.files), None)


def _beside(app: AppDefinition, xsd: bytes | None) -> Mapping[str, bytes]:
    """The further XSD files of the app, for one that refers to them."""
    if xsd is None or (b"import" not in xsd and b"include" not in xsd):
        return {}
    folder = f"{app.paths.models_folder}/"
    return {path: app.files[path] for path in app.files if path.startswith(folder) and path.endswith(".xsd")}


def _model(app: AppDefinition, data_type: str) -> DataModel:
    model = app.model(data_type)
    if model is None:
        raise DomainError(Sentence(N_("The data type %(type)s has no data model."), {"type": data_type}))
    return model
