"""A data model that grows with the form: a new field in the JSON Schema and in the XSD, and no other line."""

import re
from collections.abc import Mapping
from typing import Any, Final, Literal, Protocol

from studio.definition import json_text, safe_xml
from studio.definition.data_model import xsd_text
from studio.definition.data_model.model import DataModel
from studio.definition.data_model.nodes import SchemaDocument
from studio.definition.data_model.shapes import ROW_ID, root_name
from studio.definition.errors import DomainError, NotThere
from studio.definition.files import Edits, Files
from studio.definition.sentences import N_, Sentence

# "rows" is a repeating group: a list of objects.
NewKind = Literal["string", "number", "integer", "boolean", "date", "group", "rows"]

NEW_KINDS: Final[Mapping[str, Sentence]] = {
    "string": Sentence(N_("Text")),
    "number": Sentence(N_("Number")),
    "integer": Sentence(N_("Whole number")),
    "boolean": Sentence(N_("Yes or no")),
    "date": Sentence(N_("Date")),
    "group": Sentence(N_("Group of fields")),
    "rows": Sentence(N_("Repeating group")),
}
_NAME: Final = re.compile(r"[^\W\d][\w-]*")
_MAX_LENGTH: Final = 100
_MAX_DEPTH: Final = 60


class App(Protocol):
    """What is needed of an app."""

    @property
    def files(self) -> Files: ...

    def schema_path(self, data_type_id: str) -> str | None: ...

    def model(self, data_type_id: str) -> DataModel | None: ...


def grow(app: App, data_type: str, path: str, kind: str, title: str | None = None) -> Edits:
    """The edits that give the model of `data_type` a field at `path`; groups on the way are made.

    Writes <model>.schema.json and, where the app has it, <model>.xsd. Raises NotThere without a model,
    DomainError for a name that cannot be a field, a field that exists or a place that cannot hold fields, and
    BrokenXml.
    """
    schema_path, model = app.schema_path(data_type), app.model(data_type)
    if schema_path is None or model is None:
        raise NotThere(Sentence(N_("There is no data model %(name)s."), {"name": data_type}))
    names = _names(path)
    if kind not in NEW_KINDS:
        raise DomainError(Sentence(N_("A field cannot be of the kind %(kind)s."), {"kind": kind}))
    if model.field(path) is not None:
        raise DomainError(Sentence(N_("The data model already has a field %(field)s."), {"field": path}))
    edits: dict[str, bytes | None] = {
        schema_path: _grown_schema(app.files[schema_path], model, names, kind, title)
    }
    xsd_path = f"{schema_path.removesuffix('.schema.json')}.xsd"
    if xsd_path in app.files:
        data = app.files[xsd_path]
        safe_xml.parse(data)
        edits[xsd_path] = xsd_text.with_field(data, root_name(model), names, kind)
    return edits


def _names(path: str) -> list[str]:
    names = path.split(".")
    for name in names:
        if not _NAME.fullmatch(name) or len(name) > _MAX_LENGTH or name == ROW_ID:
            words = N_(
                "A field cannot be called “%(name)s”. Use letters, digits, - and _, beginning with a letter."
            )
            raise DomainError(Sentence(words, {"name": name}))
    return names


def _grown_schema(data: bytes, model: DataModel, names: list[str], kind: str, title: str | None) -> bytes:
    document = SchemaDocument(json_text.parse(data), model.class_ref)
    pointer = _object_at(document, document.root_pointer)
    for depth, name in enumerate(names):
        inside = _schema(document, pointer).get("properties")
        if not isinstance(inside, Mapping) or name not in inside:
            return _inserted(data, pointer, inside, name, _nested(names[depth + 1 :], kind, title))
        pointer = _object_at(document, f"{pointer}/properties/{_escaped(name)}")
        _refuse_plain(document, pointer, name)
    raise DomainError(
        Sentence(N_("The data model already has a field %(field)s."), {"field": ".".join(names)})
    )


def _inserted(data: bytes, pointer: str, inside: Any, name: str, made: dict[str, Any]) -> bytes:
    if isinstance(inside, Mapping):
        return json_text.insert(data, f"{pointer}/properties", name, made)
    return json_text.insert(data, pointer, "properties", {name: made})


def _refuse_plain(document: SchemaDocument, pointer: str, name: str) -> None:
    schema = _schema(document, pointer)
    if "properties" not in schema and schema.get("type", "object") != "object":
        raise DomainError(
            Sentence(N_("The field %(field)s holds a value and no other fields."), {"field": name})
        )


def _object_at(document: SchemaDocument, pointer: str, depth: int = 0) -> str:
    """Where the members of the value at `pointer` are listed, through references and rows."""
    schema = _schema(document, pointer)
    if "properties" in schema or depth > _MAX_DEPTH:
        return pointer
    reference = schema.get("$ref")
    if isinstance(reference, str) and document.at(reference) is not None:
        return _object_at(document, reference[1:], depth + 1)
    if isinstance(schema.get("items"), Mapping):
        return _object_at(document, f"{pointer}/items", depth + 1)
    for keyword in ("allOf", "oneOf", "anyOf"):
        options = schema.get(keyword)
        for place in range(len(options) if isinstance(options, list) else 0):
            found = _object_at(document, f"{pointer}/{keyword}/{place}", depth + 1)
            if "properties" in _schema(document, found):
                return found
    return pointer


def _schema(document: SchemaDocument, pointer: str) -> Mapping[str, Any]:
    return document.at(f"#{pointer}") or {}


def _nested(names: list[str], kind: str, title: str | None) -> dict[str, Any]:
    if names:
        return {"type": "object", "properties": {names[0]: _nested(names[1:], kind, title)}}
    titled = {"title": title} if title else {}
    if kind == "rows":
        return {**titled, "type": "array", "items": {"type": "object", "properties": {}}}
    if kind == "group":
        return {**titled, "type": "object", "properties": {}}
    return {**titled, "type": "string", "format": "date"} if kind == "date" else {**titled, "type": kind}


def _escaped(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")
