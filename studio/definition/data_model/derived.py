"""What an app carries beside a JSON Schema: files that are made from it, and follow it in the same change."""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition import json_text
from studio.definition.data_model.conversion.reading import BrokenSchema
from studio.definition.data_model.conversion.updating import updated_xsd
from studio.definition.data_model.metamodel import companions
from studio.definition.files import Edits, Files

_SCHEMA: Final = ".schema.json"


def derived_files(
    files: Files, schema_path: str, before: Mapping[str, Any], after: Mapping[str, Any]
) -> Edits:
    """The edits that bring the files beside a schema in step with it. Only what is there is written.

    An XSD stays as it is where none can say what the schema says; the app check names that. A metamodel that
    was not in step before is one of an older kind, which nothing reads any more, and stays as it is too.
    """
    edits: dict[str, bytes | None] = dict(companions(files, schema_path, after))
    metamodel_path = schema_path.removesuffix(_SCHEMA) + ".metadata.json"
    made = edits.get(metamodel_path)
    if made is not None:
        if metamodel_path in companions(files, schema_path, before):
            del edits[metamodel_path]
        else:
            edits[metamodel_path] = json_text.set_value(files[metamodel_path], "", json_text.parse(made))
    xsd_path = schema_path.removesuffix(_SCHEMA) + ".xsd"
    if xsd_path in files:
        edits.update(_xsd(xsd_path, files[xsd_path], before, after))
    return edits


def made_files(files: Files, schema_path: str, schema: Mapping[str, Any], *, with_xsd: bool) -> Edits:
    """The files that a new model gets beside its schema, where they have not come with it."""
    edits: dict[str, bytes | None] = dict(companions(files, schema_path, schema))
    xsd_path = schema_path.removesuffix(_SCHEMA) + ".xsd"
    if with_xsd and xsd_path not in files:
        edits.update(_xsd(xsd_path, None, {}, schema))
    return edits


def _xsd(path: str, xsd: bytes | None, before: Mapping[str, Any], after: Mapping[str, Any]) -> Edits:
    try:
        return {path: updated_xsd(xsd, before, after)}
    except BrokenSchema:
        return {}
