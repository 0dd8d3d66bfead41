"""The metamodels and C# classes that the platform's own tools make of the shared XSDs."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest

from studio.definition.data_model.conversion import to_json_schema
from studio.definition.data_model.metamodel import (
    ClassShape,
    Property,
    classes,
    companions,
    csharp,
    to_metamodel,
)
from studio.definition.files import MemoryFiles

pytestmark = pytest.mark.conformance

# Property -> its name in the vectors, where that is not the same in camel case.
NAMES = {
    "is_list": "list",
    "regexes": "regex",
    "json_ignored": "jsonIgnore",
    "json_ignored_when_default": "jsonIgnoreWhenDefault",
}
# Written by older tools: where a schema lay, and how an element is shown to people who look for it.
OLDER = {"jsonSchemaPointer", "displayString", "texts", "customProperties", "choices"}
# (XSD, element, side) -> why the shared metamodel, made by an older tool, says something else.
KNOWN = {
    ("schema_4830_4000_forms_5524_41951", "melding.InnsendteData.soknad.medvirkende.verdi", "typeName"): (
        "an older tool named the type of this one list after the element, of all others after the type"
    ),
    ("SchemaWithTargetNamespace", "melding", "typeName"): (
        "the XSD says message; the classes are named for the type everywhere else"
    ),
    ("schema_4741_4280_forms_5273_41269", "*", "restrictions"): (
        "an older tool wrote minimum 0 for nonNegativeInteger, the newer ones do not"
    ),
}
TYPES = ("Field", "Group", "Attribute")


def pairs(vectors: Path, name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((vectors / "datamodel/pairs.json").read_text("utf-8"))[name]
    return found


def metamodel(vectors: Path, xsd: str) -> dict[str, Any]:
    return to_metamodel(to_json_schema((vectors / "datamodel" / xsd).read_bytes()))


def as_vector(shape: ClassShape) -> dict[str, Any]:
    found: dict[str, Any] = {
        "class": shape.name,
        "properties": [property_as_vector(each) for each in shape.properties],
    }
    if shape.root is not None:
        element, namespace = shape.root
        found["xmlRoot"] = {"element": element} | ({"namespace": namespace} if namespace else {})
    return found


def property_as_vector(each: Property) -> dict[str, Any]:
    found: dict[str, Any] = {"readOnly": True} if each.fixed is not None else {}
    for side in fields(each):
        value = getattr(each, side.name)
        if value not in (None, False, ()):
            plain = int(value) if side.name in {"min_length", "max_length"} else value
            first, *rest = side.name.split("_")
            name = NAMES.get(side.name, first + "".join(word.capitalize() for word in rest))
            found[name] = list(plain) if isinstance(plain, tuple) else plain
    return found


def test_every_xsd_becomes_the_same_classes(vectors: Path) -> None:
    for pair in pairs(vectors, "xsd_to_classes"):
        expected = json.loads((vectors / "datamodel" / pair["classes"]).read_text("utf-8"))
        made = [as_vector(shape) for shape in classes(metamodel(vectors, pair["xsd"]))]
        assert made == expected, pair["xsd"]


def test_every_limit_becomes_the_same_annotation(vectors: Path) -> None:
    for pair in pairs(vectors, "restriction_annotations"):
        text = csharp(classes(metamodel(vectors, pair["xsd"])))
        found = re.search(rf"((?: +\[.*\n)+) +public (\S+) {re.escape(pair['property'])} {{", text)
        assert found, pair
        assert pair["annotation"] in found[1], pair
        assert found[2] == pair["type"], pair


def test_the_classes_of_older_metamodels_say_what_they_must(vectors: Path) -> None:
    for pair in pairs(vectors, "metadata_to_class_contains"):
        given = json.loads((vectors / "datamodel" / pair["metamodel"]).read_text("utf-8-sig"))
        text = csharp(classes(given))
        assert all(part in text for part in pair.get("contains", ())), pair
        assert not any(part in text for part in pair.get("notContains", ())), pair
        assert all(re.search(part, text) for part in pair.get("matches", ())), pair


def test_classes_come_of_a_json_schema_too(vectors: Path) -> None:
    for pair in pairs(vectors, "jsonschema_to_classes"):
        schema = json.loads((vectors / "datamodel" / pair["json"]).read_text("utf-8"))
        made = classes(to_metamodel(schema))
        assert made
        if pair["classNames"] is not None:
            assert [shape.name for shape in made] == pair["classNames"]


def test_every_xsd_becomes_the_same_metamodel(vectors: Path) -> None:
    for pair in pairs(vectors, "xsd_to_metamodel"):
        name = Path(pair["xsd"]).stem
        expected = small(json.loads((vectors / "datamodel" / pair["metamodel"]).read_text("utf-8")))
        made = metamodel(vectors, pair["xsd"])
        assert made["TargetNamespace"] == expected.get("targetNamespace")
        assert set(made["elements"]) == set(expected["elements"]), name
        for element, sides in expected["elements"].items():
            for side, value in numbers_as_names(small(sides)).items():
                if side not in OLDER and not {(name, element, side), (name, "*", side)} & set(KNOWN):
                    assert made["elements"][element].get(side) == value, f"{name} {element} {side}"


def test_every_app_with_companions_gets_them_anew(vectors: Path) -> None:
    made = 0
    for path in sorted((vectors / "apps").rglob("*.metadata.json")):
        schema = path.with_name(path.name.replace(".metadata.json", ".schema.json"))
        if not schema.exists():
            continue
        root = path.parent.parent
        metadata = (root / "config/applicationmetadata.json").read_bytes()
        files = MemoryFiles(
            {
                f"models/{schema.name}": b"{}",
                f"models/{path.name}": path.read_bytes(),
                "config/applicationmetadata.json": metadata,
            }
        )
        edits = companions(files, f"models/{schema.name}", json.loads(schema.read_text("utf-8-sig")))
        now = small(json.loads((edits[f"models/{path.name}"] or b"").decode("utf-8-sig")))
        before = small(json.loads(path.read_text("utf-8-sig")))
        assert now["org"] == before.get("org")
        assert classes(now)
        made += 1
    assert made > 10


def small(value: Mapping[str, Any]) -> dict[str, Any]:
    return {("id" if key == "ID" else key[0].lower() + key[1:]): each for key, each in value.items()}


def numbers_as_names(element: dict[str, Any]) -> dict[str, Any]:
    if isinstance(element["type"], int):
        element["type"] = TYPES[element["type"]]
        element["xsdValueType"] = {0: "String"}.get(element["xsdValueType"])
    return element
