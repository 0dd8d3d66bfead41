"""Documents of the shared XSDs go through form data and JSON and come back as they were."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from studio.definition.data_model import (
    DataModel,
    canonical,
    from_json,
    from_xml,
    read_xsd,
    to_json,
    to_xml,
    validate,
)
from studio.definition.data_model.conversion import to_json_schema
from tests.xsd_instances import Maker

pytestmark = pytest.mark.conformance

SILENT = DataModel({})
# The largest of each kind: nil, attributes round values, lists, choices, xs:all, decimals, namespaces.
MADE_OF = (
    "datamodel/Seres/schema_4741_4280_forms_5273_41269.xsd",
    "datamodel/Seres/schema_4956_1_forms_5692_42617.xsd",
    "datamodel/Seres/schema_1266-44775.xsd",
    "datamodel/Model/XmlSchema/Seres/SeresNillable.xsd",
    "datamodel/Model/XmlSchema/Gitea/nsm-klareringsportalen.xsd",
    "datamodel/Model/XmlSchema/Gitea/krt-1188a-1.xsd",
    "datamodel/Model/XmlSchema/XsAll/igangsettingstillatelse/v4/igangsettingstillatelse.xsd",
    "datamodel/Model/XmlSchema/General/ComplexSchema.xsd",
    "datamodel/Model/XmlSchema/General/NestedWithOptionalChoice.xsd",
    "datamodel/Model/XmlSchema/General/BuiltinTypes.xsd",
    "real-models/skattemeldingen/xsd/Kodelistekatalogen_v2.xsd",
    "real-models/mva-meldingen/xsd/no.skatteetaten.fastsetting.avgift.mva.skattemeldingformerverdiavgift.v1.0.xsd",
)

# The value of an ENTITY is declared in a document type, which no document of a form may have.
NEVER_VALID = {"BuiltinTypes.xsd"}


def samples(vectors: Path) -> Iterator[tuple[Path, Path]]:
    """Every document that is known to be valid, with its XSD."""
    for entry in json.loads((vectors / "real-models/xml-validity.json").read_text("utf-8")):
        if entry["result"] == "valid" and (vectors / entry["xml"]).exists():
            yield vectors / entry["xml"], vectors / entry["xsd"]


def pairs(vectors: Path, name: str) -> list[Any]:
    found: list[Any] = json.loads((vectors / "datamodel/pairs.json").read_text("utf-8"))[name]
    return found


def through(model: DataModel, document: bytes, xsd: bytes) -> bytes:
    """The document after form data and JSON text."""
    data = from_json(to_json(from_xml(model, document, xsd, strict=True)))
    return to_xml(model, data, xsd)


def is_valid(document: bytes, xsd: bytes) -> bool:
    return read_xsd(xsd).validator.validate(etree.fromstring(document))


def test_every_valid_document_comes_back_equal_and_valid(vectors: Path) -> None:
    checked = 0
    for document, schema in samples(vectors):
        before, xsd = document.read_bytes(), schema.read_bytes()
        for model in (SILENT, DataModel(to_json_schema(xsd))):
            after = through(model, before, xsd)
            assert canonical(after) == canonical(before), document.name
            assert is_valid(after, xsd), document.name
        checked += 1
    assert checked >= 25


def test_documents_that_went_through_the_platforms_classes_come_back_equal(vectors: Path) -> None:
    root = vectors / "datamodel"
    for pair in pairs(vectors, "xml_roundtrip_through_class_equal"):
        before, xsd = (root / pair["xml"]).read_bytes(), (root / pair["xsd"]).read_bytes()
        assert canonical(through(DataModel(to_json_schema(xsd)), before, xsd)) == canonical(before)


def test_json_and_xml_of_the_same_data_are_the_same_data(vectors: Path) -> None:
    root = vectors / "datamodel"
    for pair in pairs(vectors, "same_data_json_xml"):
        xsd = (root / pair["xsd"]).read_bytes()
        model = DataModel(to_json_schema(xsd))
        data = from_json((root / pair["json"]).read_bytes())
        document = (root / pair["xml"]).read_bytes()
        assert from_xml(model, document, xsd) == data
        assert canonical(to_xml(model, data, xsd)) == canonical(document)


def test_json_through_xml_is_the_same_json(vectors: Path) -> None:
    root = vectors / "datamodel"
    for pair in pairs(vectors, "json_roundtrip_through_class_equal"):
        xsd = (root / pair["xsd"]).read_bytes()
        model = DataModel(to_json_schema(xsd))
        data = from_json((root / pair["json"]).read_bytes())
        assert from_xml(model, to_xml(model, data, xsd), xsd) == data


def test_instances_are_valid_as_they_are_said_to_be(vectors: Path) -> None:
    root = vectors / "datamodel"
    for pair in pairs(vectors, "instance_valid"):
        if "xsd" in pair:
            assert is_valid((root / pair["xml"]).read_bytes(), (root / pair["xsd"]).read_bytes())
        else:
            model = DataModel(json.loads((root / pair["jsonschema"]).read_text("utf-8")))
            assert validate(model, from_json((root / pair["json"]).read_bytes())) == ()


@pytest.mark.parametrize("name", MADE_OF, ids=lambda name: Path(name).stem[-40:])
def test_made_up_documents_come_back_equal_and_valid(vectors: Path, name: str) -> None:
    _check_made_up(vectors / name, examples=30)


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE_OF, ids=lambda name: Path(name).stem[-40:])
def test_ten_thousand_made_up_documents_come_back_equal_and_valid(vectors: Path, name: str) -> None:
    _check_made_up(vectors / name, examples=10_000 // len(MADE_OF) + 1)


def _check_made_up(schema: Path, examples: int) -> None:
    xsd = schema.read_bytes()
    model, maker = DataModel(to_json_schema(xsd)), Maker(xsd)
    valid = 0

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(st.integers(0, 2**32 - 1))
    def check(seed: int) -> None:
        nonlocal valid
        document = maker.document(seed)
        after = through(model, document, xsd)
        assert exact(after) == exact(document)
        assert to_xml(model, from_xml(model, document, xsd), xsd, keep_unknown=False) == after
        if is_valid(document, xsd):
            assert is_valid(after, xsd)
            valid += 1

    check()
    # What the maker cannot make valid (by a pattern, say) comes back all the same.
    assert valid > 0 or schema.name in NEVER_VALID


def exact(document: bytes) -> str:
    """Equal in every white space too; only prefixes may differ."""
    text: str = etree.canonicalize(etree.fromstring(document), rewrite_prefixes=True)
    return text


def test_made_up_documents_are_valid_by_the_xsd_and_as_data_by_the_schema(vectors: Path) -> None:
    for name in pairs(vectors, "random_instance_valid_against_both"):
        xsd = (vectors / "datamodel" / str(name)).read_bytes()
        model, maker = DataModel(to_json_schema(xsd)), Maker(xsd, plain=True)
        for seed in range(20):
            document = maker.document(seed)
            assert is_valid(document, xsd), name
            assert validate(model, from_xml(model, document, xsd)) == (), name
