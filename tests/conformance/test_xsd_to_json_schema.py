"""XML Schemas of real forms as JSON Schema: as the platform converts them, and without exception."""

import json
import posixpath
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from jsonschema.validators import extend
from lxml import etree

from studio.definition.data_model import DataModel, from_xml
from studio.definition.data_model.conversion import (
    BrokenXsd,
    normalized,
    problems_of,
    read_documents,
    schema_text,
    to_json_schema,
)
from studio.definition.data_model.xsd_validator import compiled
from tests.xsd_instances import Maker

pytestmark = pytest.mark.conformance

# What these lack is not in the vectors; each is refused with the name of what is missing.
REFUSED = {
    "hvem-er-hvem/App/models/testModel.xsd": "/definitions/rootType",
    "ttd-datamodels/App/models/32578.xsd": "seres.xsd",
    "ttd-datamodels/App/models/35721.xsd": "seres.xsd",
    "General/SimpleInvalidNonSeresSchema.xsd": "MessageV1",
    "xsd/beregnet_skatt_v8.xsd": "typekatalog_v2.xsd",
    "xsd/beregnetskatt_upersonlig_v6.xsd": "typekatalog_v2.xsd",
    "xsd/beregnetskatt_upersonligskattyter_v4.xsd": "typekatalog_v2.xsd",
}
# Rules of XML Schema that these break: a type given twice; no element to begin with.
INVALID = {"Gitea/dsb-melding-om-sikkerhetsraadgiver.xsd", "General/SchemaExampleWithTargetNamespace.xsd"}


@pytest.fixture
def models(vectors: Path) -> Path:
    return vectors / "datamodel"


def pairs(models: Path, name: str) -> list[Any]:
    listed: list[Any] = json.loads((models / "pairs.json").read_text("utf-8-sig"))[name]
    return listed


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8-sig"))


def with_neighbours(vectors: Path) -> Iterator[tuple[str, bytes, dict[str, bytes]]]:
    """Every XSD of the vectors, with those that lie near it."""
    for path in sorted(vectors.rglob("*.xsd")):
        top = vectors / path.relative_to(vectors).parts[0]
        folder = top / path.relative_to(top).parts[0] if top.name == "real-models" else path.parent
        others = {
            posixpath.relpath(other.as_posix(), path.parent.as_posix()): other.read_bytes()
            for other in folder.rglob("*.xsd")
            if other != path and other.stat().st_size < 1_000_000
        }
        yield path.relative_to(vectors).as_posix(), path.read_bytes(), others


def refusal(name: str) -> str | None:
    return next((words for end, words in REFUSED.items() if name.endswith(end)), None)


def test_every_pair_is_converted_as_the_platform_does(models: Path) -> None:
    listed = pairs(models, "xsd_to_jsonschema")
    for pair in listed:
        found = to_json_schema((models / pair["xsd"]).read_bytes())
        assert found == read(models / pair["json"]), pair["feature"]
    assert len(listed) >= 20


def test_a_schema_is_normalised_as_the_platform_does(models: Path) -> None:
    for pair in pairs(models, "normalize"):
        assert normalized(read(models / pair["input"])) == read(models / pair["expected"]), pair["input"]


def test_uploads_are_accepted_and_refused_as_on_the_platform(models: Path) -> None:
    for case in pairs(models, "xsd_upload_outcome"):
        xsd = (models / case["xsd"]).read_bytes()
        errors = [problem for problem in problems_of(xsd) if problem.severity == "error"]
        assert bool(errors) == (case["outcome"] == "XmlSchemaException"), case["xsd"]


def test_every_xsd_converts_or_is_refused_by_the_name_of_what_it_lacks(vectors: Path) -> None:
    converted = 0
    for name, xsd, others in with_neighbours(vectors):
        words = refusal(name)
        if words is not None:
            with pytest.raises(BrokenXsd, match=words):
                to_json_schema(xsd, others=others)
            continue
        schema = to_json_schema(xsd, others=others)
        assert read_back(schema) == schema, name
        assert dangling(schema) == [], name
        DataModel(schema)
        converted += 1
    assert converted >= 150


def test_only_invalid_xsds_have_errors(vectors: Path) -> None:
    for name, xsd, others in with_neighbours(vectors):
        errors = [problem for problem in problems_of(xsd, others) if problem.severity == "error"]
        expected = refusal(name) is not None or any(name.endswith(end) for end in INVALID)
        assert bool(errors) == expected, (name, [str(error.in_place) for error in errors])
        assert all(error.spot.line and error.spot.column for error in errors), name


# Here the platform's form says something else: a choice in a choice always brings an element, and ^ and $ are
# anchors in a pattern of JSON Schema, letters in one of XML Schema.
OTHER_MEANING = {
    "NestedWithArrayChoice.xsd",
    "NestedWithOptionalChoice.xsd",
    "ComplexSchema.xsd",
    "SimpleTypeRestrictions.xsd",
    "SeresSimpleTypeRestrictions.xsd",
}


def test_documents_that_an_xsd_accepts_are_accepted_by_its_schema(vectors: Path) -> None:
    accepted = 0
    for name, xsd, _ in with_neighbours(vectors):
        problems = problems_of(xsd)
        if any(problem.severity == "error" or problem.code == "odd-pattern" for problem in problems):
            continue  # no document can be checked by it
        if name.rpartition("/")[2] in OTHER_MEANING:
            continue
        schema, by_xsd, maker = to_json_schema(xsd), compiled(read_documents(xsd)), Maker(xsd)
        by_schema, model = Lenient(schema), DataModel(schema)
        for document in (maker.document(seed) for seed in range(2)):
            if by_xsd.validate(etree.fromstring(document)):
                data = from_xml(model, document, xsd)
                errors = [error.message for error in by_schema.iter_errors(data)]
                assert errors == [], (name, document)
                accepted += 1
    assert accepted > 200


def _of_type(validator: Any, types: Any, value: Any, schema: Any) -> Any:
    if not is_number(value):
        yield from STRICT["type"](validator, types, value, schema)


def _where_not_null(keyword: str) -> Any:
    def check(validator: Any, limit: Any, value: Any, schema: Any) -> Any:
        if value is not None:
            yield from STRICT[keyword](validator, limit, value, schema)

    return check


def is_number(value: Any) -> bool:
    """Whether it is null (nil, which `@xsdNillable` allows) or a number in a spelling that JSON lacks."""
    try:
        return value is None or (isinstance(value, str) and float(value) is not None)
    except ValueError:
        return False


STRICT = jsonschema.Draft202012Validator.VALIDATORS
KEYWORDS = {name: _where_not_null(name) for name in ("enum", "const", "anyOf", "oneOf")}
Lenient = extend(jsonschema.Draft202012Validator, {**KEYWORDS, "type": _of_type, "multipleOf": None})


def read_back(schema: dict[str, Any]) -> Any:
    return json.loads(schema_text(schema))


def dangling(schema: dict[str, Any]) -> list[str]:
    """The references that lead nowhere."""
    definitions = schema.get("$defs", {})
    return [
        reference
        for reference in references(schema)
        if reference != "#" and reference.removeprefix("#/$defs/") not in definitions
    ]


def references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        for inner in value.values():
            yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)
