"""JSON Schemas of real forms as XSD: the same documents are valid by both, and edits keep both in step."""

import copy
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from typing import Any

import jsonschema
import pytest
import xmlschema
from lxml import etree

from studio.definition.data_model import DataModel, from_xml
from studio.definition.data_model.conversion import (
    compatible_types,
    matches,
    schema_problems,
    to_json_schema,
    to_xsd,
    updated_xsd,
)
from studio.definition.data_model.conversion.to_xsd import Derived
from studio.definition.errors import DomainError
from tests.compiled_instances import NIL, TEXTS, Maker, disagreements, is_valid

pytestmark = pytest.mark.conformance

# These JSON Schemas do not say that a choice or a sequence of their XSD may be left out or repeated.
UNSAID = {
    "NestedWithOptionalChoice.json",
    "NestedWithArrayChoice.json",
    "NestedWithOptionalSequence.json",
    "NestedWithArraySequence.json",
}
# Numbers that JSON writes otherwise stay texts, so that no digit is lost.
PLAIN = [text for text in TEXTS if text not in {"0123456789", "0150", "1E3", "INF", "-0.00001"}]
# What JSON Schema cannot say of these: that a choice or sequence repeats, and the form of one attribute.
NOT_SAID_IN_JSON = (
    *("NestedWithOptionalChoice.xsd", "NestedWithArrayChoice.xsd", "NestedWithArraySequence.xsd"),
    *("Occurs_1.xsd", "Occurs_1.expected.xsd", "Seres/SchemaWithTargetNamespace.xsd"),
)
SIZE_OF_A_LARGE_FILE = 60_000
ANY_TYPE = "{http://www.w3.org/2001/XMLSchema}anyType"


@pytest.fixture
def models(vectors: Path) -> Path:
    return vectors / "datamodel"


def pairs(models: Path, name: str) -> list[Any]:
    listed: list[Any] = json.loads((models / "pairs.json").read_text("utf-8-sig"))[name]
    assert listed
    return listed


def read(path: Path) -> Any:
    return json.loads(path.read_text("utf-8-sig"))


def compiled(xsd: bytes) -> xmlschema.XMLSchema:
    return xmlschema.XMLSchema(io.BytesIO(xsd))


def root_of(schema: dict[str, Any]) -> str:
    return next(iter(Derived(schema).roots))


def converted(vectors: Path, most: int) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """(name, XSD, JSON Schema) of every XSD of the vectors that stands alone."""
    for path in sorted(vectors.rglob("*.xsd")):
        data = path.read_bytes()
        try:
            schema = to_json_schema(data)
        except DomainError:
            continue
        if len(data) <= most:
            yield path.relative_to(vectors).as_posix(), data, schema


def test_every_pair_takes_the_same_documents(models: Path) -> None:
    for pair in pairs(models, "jsonschema_to_xsd"):
        schema = read(models / pair["json"])
        expected = xmlschema.XMLSchema((models / pair["xsd"]).as_posix())
        assert list(disagreements(expected, compiled(to_xsd(schema)), root_of(schema), 60)) == [], pair


def test_what_the_platform_gives_up_on_takes_the_same_documents(models: Path) -> None:
    done = 0
    for pair in pairs(models, "jsonschema_to_xsd_known_unsupported"):
        name = Path(pair["json"]).name
        path = models / "Model/JsonSchema/General" / name
        if not path.exists():
            continue
        schema = read(path)
        made = compiled(to_xsd(schema))
        found = list((models / "Model/XmlSchema").rglob(f"{path.stem}.xsd"))
        if found and name not in UNSAID:
            expected = xmlschema.XMLSchema(found[0].as_posix())
            assert list(disagreements(expected, made, root_of(schema), 60)) == [], pair
        done += 1
    assert done


def test_there_and_back_the_same_documents_are_valid(models: Path) -> None:
    for pair in pairs(models, "xsd_json_xsd_roundtrip"):
        xsd = (models / pair["xsd"]).read_bytes()
        schema = to_json_schema(xsd)
        before, after = compiled(xsd), compiled(to_xsd(schema))
        assert list(disagreements(before, after, root_of(schema), 6)) == [], pair["xsd"]
        if pair["validInstance"]:
            assert is_valid(after, etree.parse(models / pair["validInstance"]))


@pytest.mark.slow
def test_every_xsd_goes_there_and_back(vectors: Path) -> None:
    checked = 0
    for name, data, schema in converted(vectors, SIZE_OF_A_LARGE_FILE):
        if not Derived(schema).roots:
            continue
        try:
            before = compiled(data)
        except xmlschema.XMLSchemaException:
            continue
        if before.elements[root_of(schema)].type.name == ANY_TYPE:
            continue
        found = list(disagreements(before, compiled(to_xsd(schema)), root_of(schema), 8))
        refused = [document for taken, document in found if taken]
        assert refused == [] or any(name.endswith(other) for other in NOT_SAID_IN_JSON), name
        checked += 1
    assert checked > 100


def test_the_xsd_of_the_schema_of_an_xsd_says_the_same(vectors: Path) -> None:
    checked = 0
    for name, data, schema in converted(vectors, 1_000_000):
        made = to_xsd(schema)
        etree.XMLSchema(etree.fromstring(made))
        assert matches(made, schema) is None, name
        assert matches(data, schema) is None, name
        checked += 1
    assert checked > 150


def test_a_made_up_document_is_valid_by_the_xsd_and_as_json(models: Path) -> None:
    for name in pairs(models, "random_instance_valid_against_both"):
        xsd = (models / name).read_bytes()
        schema = to_json_schema(xsd)
        model = DataModel(schema)
        first, again = compiled(xsd), compiled(to_xsd(schema))
        validator = jsonschema.validators.validator_for(schema)(schema)
        maker = Maker(first, root_of(schema), PLAIN)
        valid = 0
        for seed in range(25):
            document = maker.document(seed, wrong=False)
            # A nil element with attributes is an object with a null in it, which the schema has no word for.
            if any(NIL in each.attrib for each in document.iter()) or not is_valid(first, document):
                continue
            assert is_valid(again, document), name
            data = from_xml(model, etree.tostring(document, encoding="utf-8"))
            assert list(validator.iter_errors(json.loads(json.dumps(data, default=float)))) == [], name
            valid += 1
        assert valid, name


def test_the_schema_of_every_app_has_an_xsd(vectors: Path) -> None:
    checked = 0
    for path in sorted((vectors / "apps").rglob("*.schema.json")):
        schema = read(path)
        etree.XMLSchema(etree.fromstring(to_xsd(schema)))
        errors = [problem for problem in schema_problems(schema) if problem.severity == "error"]
        assert errors == [], path
        checked += 1
    assert checked > 50


def test_problems_are_named_as_the_platform_names_them(models: Path) -> None:
    for pair in pairs(models, "schema_validator_invalid"):
        found = {(problem.pointer, problem.code) for problem in schema_problems(read(models / pair["json"]))}
        assert found == {(issue["pointer"], issue["code"]) for issue in pair["issues"]}, pair["json"]
    for name in pairs(models, "schema_validator_valid"):
        assert schema_problems(read(models / name)) == (), name


def test_a_place_in_a_schema_can_become_what_the_platform_says(models: Path) -> None:
    for pair in pairs(models, "schema_analyzer_compatible_types"):
        found = compatible_types(read(models / pair["json"]), pair["pointer"])
        assert set(pair["contains"]) <= found, pair
        assert found.isdisjoint(pair["notContains"]), pair


def objects(schema: Any) -> Iterator[dict[str, Any]]:
    """Every schema in which fields are listed."""
    if isinstance(schema, list):
        for inner in schema:
            yield from objects(inner)
    elif isinstance(schema, dict):
        if isinstance(schema.get("properties"), dict) and schema["properties"]:
            yield schema
        for keyword in ("properties", "$defs", "definitions"):
            yield from objects(list(schema.get(keyword, {}).values()))
        for keyword in ("items", "allOf", "anyOf", "oneOf"):
            yield from objects(schema.get(keyword))


def add(listed: dict[str, Any]) -> None:
    listed["properties"]["newField"] = {"type": "string", "maxLength": 7}


def delete(listed: dict[str, Any]) -> None:
    name = next(iter(listed["properties"]))
    del listed["properties"][name]
    listed["required"] = [other for other in listed.get("required", []) if other != name]


def rename(listed: dict[str, Any]) -> None:
    first, *others = listed["properties"].items()
    listed["properties"] = {"renamed": first[1], **dict(others)}
    listed["required"] = ["renamed" if name == first[0] else name for name in listed.get("required", [])]


def move(listed: dict[str, Any]) -> None:
    first, *others = listed["properties"].items()
    listed["properties"] = {**dict(others), first[0]: first[1]}


def retype(listed: dict[str, Any]) -> None:
    listed["properties"][list(listed["properties"])[-1]] = {"type": "integer", "minimum": 3}


OTHER_EDITS = [pytest.param(edit, marks=pytest.mark.slow) for edit in (delete, rename, move, retype)]


@pytest.mark.parametrize("edit", [add, *OTHER_EDITS], ids=lambda edit: edit.__name__)
def test_an_edit_of_any_model_keeps_its_xsd_in_step(
    vectors: Path, edit: Callable[[dict[str, Any]], None]
) -> None:
    random, kept, checked = Random(0), 0, 0
    for name, data, schema in converted(vectors, SIZE_OF_A_LARGE_FILE):
        after = copy.deepcopy(schema)
        places = list(objects(after))
        if not places:
            continue
        edit(random.choice(places))
        made = updated_xsd(data, schema, after)
        assert matches(made, after) is None, name
        kept += made != to_xsd(after)
        checked += 1
    assert checked > 100
    # Nearly always the owner's text stays, but for the lines of the edit.
    assert kept / checked > 0.9
