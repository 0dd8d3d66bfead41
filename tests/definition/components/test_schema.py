"""The schema for the code view: in the words of the reader, for both generations, right about real pages."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from studio.definition import json_text
from studio.definition.components import CATALOGUE, json_schema, page_schema
from studio.definition.sentences import Sentence

LAYOUTS = "schemas/generated-app-frontend/layout"


def test_titles_and_descriptions_are_in_the_words_of_the_reader() -> None:
    def loudly(sentence: Sentence) -> str:
        return str(sentence).upper()

    schema = json_schema(CATALOGUE["Heading"], say=loudly)

    assert schema["title"] == "HEADING"
    assert schema["properties"]["size"]["description"] == "WHICH LEVEL OF HEADING IT IS."
    assert schema["properties"]["textResourceBindings"]["properties"]["title"]["title"] == "HEADING"


def test_the_older_generation_has_its_own_names_and_defaults() -> None:
    older = page_schema("v8")["definitions"]

    assert "Header" in older["component"]["properties"]["type"]["enum"]
    assert "Heading" not in older["component"]["properties"]["type"]["enum"]
    bindings = older["OrganisationLookup"]["properties"]["dataModelBindings"]
    assert bindings["required"] == ["organisation_lookup_orgnr"]
    assert older["Datepicker"]["properties"]["timeStamp"]["default"] is True


def test_a_schema_is_one_and_needs_nothing_from_outside() -> None:
    for schema in (page_schema(), page_schema("v8"), *map(json_schema, CATALOGUE.values())):
        jsonschema_rs.Draft7Validator(schema)
        text = json.dumps(schema)
        assert text.count('"$ref": "') == text.count('"$ref": "#/definitions/')


@pytest.mark.conformance
def test_it_finds_fault_with_the_real_pages_that_the_platform_finds_fault_with(vectors: Path) -> None:
    documents = {path.name: json.loads(path.read_text()) for path in (vectors / LAYOUTS).glob("*.json")}
    theirs = jsonschema_rs.Draft7Validator(
        documents["layout.schema.v1.json"], retriever=lambda uri: documents[uri.rsplit("/", 1)[-1]]
    )
    ours = jsonschema_rs.Draft7Validator(page_schema())
    pages = {
        path: json_text.parse(path.read_bytes())
        for path in sorted((vectors / "apps").glob("**/layouts/*.json"))
    }

    differently = [path for path, page in pages.items() if ours.is_valid(page) != theirs.is_valid(page)]

    assert len(pages) > 100
    assert differently == []
