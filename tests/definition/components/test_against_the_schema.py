"""The catalogue against the platform's own JSON Schema: the same types, properties, defaults and values."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from studio.definition.components import CATALOGUE, json_schema, page_schema

SCHEMA = Path("schemas/generated-app-frontend/layout/layout.schema.v1.json")
TYPES = sorted(CATALOGUE)

# Where the catalogue says something else than the schema, and why. A place is the beginning of a path.
DIFFERENCES = {
    "saveWhileTyping default": "the schema prints true; the client counts milliseconds and takes 400",
    "pageBreak.break": "the schema takes any text; only these words mean anything",
    "image.src.": "the schema names three languages beside any other; the catalogue has those of the app",
    "audio.src.": "as for images",
    "video.src.": "as for images",
    "dataModelBindings.person_lookup_ssn required": "the latest apps call it ssn",
    "dataModelBindings.organization_lookup_orgnr required": "the latest apps call it orgnr",
    "textResourceBindings.tagTitle": "the latest apps have one type for files with tags and without",
}


@pytest.fixture(scope="module")
def official(vectors: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((vectors / SCHEMA).read_text())
    return loaded


def facts(schema: Any, definitions: dict[str, Any], path: str = "") -> Iterator[tuple[str, Any]]:
    """Everything that a schema says, as (place, statement), however it is written.

    Titles, limits of numbers and patterns are left out; an alternative that is an object is one statement.
    """
    schema = whole(schema, definitions)
    yield f"{path} kinds", frozenset(kinds(schema, definitions))
    if "default" in schema:
        yield f"{path} default", json.dumps(schema["default"], sort_keys=True)
    yield from inside(schema, definitions, path)


def inside(schema: dict[str, Any], definitions: dict[str, Any], path: str) -> Iterator[tuple[str, Any]]:
    """What a schema says about the members of an object and the elements of a list."""
    for name, part in sorted(schema.get("properties", {}).items()):
        inner = f"{path}.{name}".lstrip(".")
        yield f"{inner} required", name in schema.get("required", ())
        yield from facts(part, definitions, inner)
    if isinstance(schema.get("items"), dict):
        yield from facts(schema["items"], definitions, f"{path}[]")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from facts(schema["additionalProperties"], definitions, f"{path}{{}}")


def kinds(schema: dict[str, Any], definitions: dict[str, Any]) -> Iterator[str]:
    """What a value can be: types, values of a closed list, an expression, or objects with certain members."""
    if "expression" in schema.get("$ref", ""):
        kind = schema["$ref"].rsplit("/", 1)[-1].removesuffix("-or-expression")
        yield from ("expression", *([] if kind == "expression" else booleans(kind)))
    elif "anyOf" in schema or "oneOf" in schema:
        for part in (whole(part, definitions) for part in schema.get("anyOf") or schema["oneOf"]):
            members = dict(inside(part, definitions, ""))
            yield from one_by_one(members) if members else kinds(part, definitions)
    elif "const" in schema:
        yield json.dumps(schema["const"])
    elif "enum" in schema:
        yield from map(json.dumps, schema["enum"])
    else:
        for kind in [schema["type"]] if isinstance(schema["type"], str) else schema["type"]:
            yield from booleans(kind)


def one_by_one(members: dict[str, Any]) -> Iterator[str]:
    """An object as one of several. Where it is for any of a list of types, that is one object for each."""
    types = "componentType kinds"
    for each in sorted(members.get(types, ())) or [None]:
        said = members if each is None else members | {types: frozenset({each})}
        yield json.dumps(said, sort_keys=True, default=sorted)


def booleans(kind: str) -> tuple[str, ...]:
    return ("true", "false") if kind == "boolean" else (kind,)


def whole(schema: Any, definitions: dict[str, Any]) -> dict[str, Any]:
    """The schema with its references and parts put together."""
    while schema.get("$ref", "").startswith("#/definitions/") and "expression" not in schema["$ref"]:
        target = definitions[schema["$ref"].rsplit("/", 1)[-1]]
        schema = {**target, **{name: part for name, part in schema.items() if name != "$ref"}}
    parts = [whole(part, definitions) for part in schema.get("allOf", ())]
    if not parts:
        return dict(schema)
    properties: dict[str, Any] = {}
    for part in parts:
        properties |= {name: inner for name, inner in part.get("properties", {}).items() if inner is not True}
    required = sorted({name for part in parts for name in part.get("required", ())})
    closed = {"additionalProperties": False} if any("additionalProperties" in part for part in parts) else {}
    return {"type": "object", "properties": properties, "required": required, **closed}


def disagreements(ours: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    return [
        f"{place}: {ours.get(place, 'nothing')} instead of {theirs.get(place, 'nothing')}"
        for place in sorted(ours.keys() | theirs.keys())
        if ours.get(place) != theirs.get(place) and not place.startswith(tuple(DIFFERENCES))
    ]


@pytest.mark.parametrize("name", TYPES)
def test_a_type_says_what_the_platform_says(official: dict[str, Any], name: str) -> None:
    kind = CATALOGUE[name]
    ours = json_schema(kind)
    definitions = official["definitions"]

    # Options of files are only in the latest apps, which the schema is older than.
    extra = {found.name for found in kind.properties} - {
        found.name for found in kind.properties_without_extras
    }
    said = {
        place: fact for place, fact in facts(ours, ours["definitions"]) if not place.startswith(tuple(extra))
    }
    wanted = dict(facts(definitions[f"Comp{name}"], definitions))

    assert disagreements(said, wanted) == []


def test_every_type_of_the_platform_is_in_the_catalogue(official: dict[str, Any]) -> None:
    names = official["definitions"]["AnyComponent"]["properties"]["type"]["enum"]
    assert set(names) == set(TYPES)


def test_a_page_says_what_the_platform_says(official: dict[str, Any]) -> None:
    ours = page_schema()
    said = dict(facts(ours["properties"]["data"], ours["definitions"]))
    wanted = dict(
        facts(official["definitions"]["ILayoutFile"]["properties"]["data"], official["definitions"])
    )
    inside = {place: fact for place, fact in said.items() if not place.startswith("layout[]")}
    assert inside == {place: fact for place, fact in wanted.items() if not place.startswith("layout[]")}


def test_the_schema_of_the_code_view_takes_what_only_the_latest_apps_have() -> None:
    upload = CATALOGUE["FileUpload"].new("paper") | {"optionsId": "kinds"}
    page = {"data": {"layout": [upload]}}
    assert [error.message for error in jsonschema_rs.Draft7Validator(page_schema()).iter_errors(page)] == []
