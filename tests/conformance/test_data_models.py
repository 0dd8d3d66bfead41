"""The data models of all shared apps: read, filled, written to XML that their XSD accepts, and grown."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from studio.definition.app import AppDefinition, app_definition
from studio.definition.changes.data_models.growing import grow
from studio.definition.data_model import (
    DataModel,
    Field,
    from_xml,
    read_xsd,
    to_xml,
    without_row_ids,
)
from studio.definition.files import EditedFiles, folder_files

pytestmark = pytest.mark.conformance

# The XSD of these declares other things than the schema.
OTHER_XSD = {
    "historic-v4-v7/nsm/klareringsportalen": "the schema wraps the root in an object, the XSD does not",
    "historic-v4-v7/ttd/abandon-task": "the schema wraps the root in an object, the XSD does not",
}
FORMATS = {"year": "2026", "year-month": "2026-01", "idn-email": "a@b.no", "email": "a@b.no"}


def apps(vectors: Path) -> Iterator[tuple[str, AppDefinition]]:
    folder = vectors / "apps"
    for place in sorted(folder.rglob("applicationmetadata.json")):
        root = place.parent.parent
        root = root.parent if root.name == "App" else root
        yield root.relative_to(folder).as_posix(), app_definition(folder_files(root))


def models(vectors: Path) -> Iterator[tuple[str, AppDefinition, str, DataModel]]:
    for name, app in apps(vectors):
        for data_type in app.metadata.data_types:
            model = app.model(data_type.id)
            if model is not None:
                yield name, app, data_type.id, model


def one(field: Field) -> Any:
    """A value for a field that its restrictions allow, as far as that can be told."""
    if field.is_group:
        return {child.name: some(child) for child in field.children}
    limits = field.restrictions
    if "const" in limits:
        constant = limits["const"]
        return int(constant) if field.kind == "integer" else constant
    if "enum" in limits:
        return next(value for value in limits["enum"] if value is not None)
    if field.kind in {"number", "integer"}:
        return max(1, int(limits.get("minimum", 1)))
    if field.kind == "boolean":
        return True
    if "pattern" in limits:
        return "1234"
    dates = {"date": "2026-01-31", "date-time": "2026-01-31T10:00:00", "time": "10:00:00"}
    return dates.get(field.kind) or FORMATS.get(str(field.format), "x" * int(limits.get("minLength", 1)))


def some(field: Field) -> Any:
    return (
        [one(field), one(field)]
        if field.repeating and field.is_group
        else [one(field)]
        if field.repeating
        else one(field)
    )


def beside(app: AppDefinition, data_type: str) -> bytes | None:
    path = app.schema_path(data_type)
    return app.files.get(path.replace(".schema.json", ".xsd")) if path else None


def test_data_of_every_model_survives_xml_and_is_valid_by_the_apps_xsd(vectors: Path) -> None:
    checked = 0
    for name, app, data_type, model in models(vectors):
        data = {field.name: some(field) for field in model.fields}
        xsd = beside(app, data_type)
        back = from_xml(model, to_xml(model, data, xsd))
        assert back == without_row_ids(data), f"{name} {data_type}"
        if xsd is None or name in OTHER_XSD:
            continue
        document = to_xml(model, data, xsd, keep_unknown=False)
        schema = read_xsd(xsd).validator
        assert schema.validate(etree.fromstring(document)), f"{name} {data_type} {schema.error_log}"
        checked += 1
    assert checked >= 30


def test_every_model_grows_and_its_xsd_stays_one(vectors: Path) -> None:
    grown = 0
    for name, app, data_type, _ in models(vectors):
        for path, kind in (("newField", "string"), ("newGroup.inner.field", "date"), ("newRows", "rows")):
            edits = grow(app, data_type, path, kind)
            model = app_definition(EditedFiles(app.files, edits)).model(data_type)
            assert model is not None
            assert model.field(path) is not None, f"{name} {data_type} {path}"
            for edited, data in edits.items():
                if edited.endswith(".xsd") and data is not None:
                    etree.XMLSchema(etree.fromstring(data))
            grown += 1
    assert grown > 150
