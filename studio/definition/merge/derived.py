"""Merging what is made from a data model.

Two people who added a field each wrote to the same lines of the XSD. Their schemas merge by the names of the
fields; what follows the schema is then made from the merged one instead of being called a conflict.
"""

from collections.abc import Mapping
from typing import Any, Final

from studio.definition.data_model.conversion import matches
from studio.definition.data_model.derived import derived_files
from studio.definition.files import EditedFiles, Edits, Files
from studio.definition.merge.writing import parse

_SCHEMA: Final = ".schema.json"
_MADE: Final = (".xsd", ".cs", ".metadata.json")


def schema_of(path: str) -> str | None:
    """The path of the schema that a file beside it may be made from; None for all other files."""
    end = next((end for end in _MADE if path.endswith(end)), None)
    return path.removesuffix(end) + _SCHEMA if end else None


def made_again(path: str, base: Files, ours: Files, theirs: Files, edits: Edits) -> bytes | None:
    """A file that follows its schema on all sides, made for the schema as it is merged in `edits`.

    None where one of the sides did not change its schema, or where somebody wrote the file by hand.
    """
    schema_path = schema_of(path)
    sides = (base, ours, theirs)
    if schema_path is None or not all(schema_path in side and path in side for side in sides):
        return None
    schemas = [_schema(side, schema_path) for side in sides]
    if len({side.blob_id(schema_path) for side in sides}) < len(sides):
        return None
    if path.endswith(".xsd"):
        for side, schema in zip(sides, schemas, strict=True):
            if schema is None or matches(side[path], schema) is not None:
                return None
    after = EditedFiles(theirs, edits)
    before, now = schemas[2], _schema(after, schema_path)
    return derived_files(after, schema_path, before, now).get(path) if before and now else None


def _schema(files: Files, path: str) -> Mapping[str, Any] | None:
    value = parse(files[path]) if path in files else None
    return value if isinstance(value, Mapping) else None
