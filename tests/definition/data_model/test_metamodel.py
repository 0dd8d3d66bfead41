"""The metamodel and the C# classes of a data model, and the files that an app has of them."""

import json
from typing import Any

import pytest

from studio.definition.data_model.metamodel import classes, companions, csharp, to_metamodel
from studio.definition.files import MemoryFiles

SCHEMA: dict[str, Any] = {
    "@xsdRootElement": "form",
    "@xsdSchemaAttributes": {"TargetNamespace": "urn:f"},
    "oneOf": [{"$ref": "#/$defs/Form"}],
    "$defs": {
        "Form": {
            "properties": {
                "version": {"type": "string", "const": 'a "b"', "@xsdAttribute": True},
                "first-name": {"type": "string", "maxLength": 9, "pattern": 'x"y'},
                "born": {"type": "string", "format": "date-time"},
                "event": {"type": "string"},
                "count": {"type": ["integer", "null"], "@xsdType": "int", "minimum": -3},
                "rows": {"type": "array", "items": {"$ref": "#/$defs/Row"}, "minItems": 1, "maxItems": 4},
                "tags": {"type": "array", "items": {"type": "string"}},
                "Form": {"type": "boolean"},
            },
            "required": ["version", "first-name", "rows"],
        },
        "Row": {
            "properties": {"amount": {"type": "number", "totalDigits": 4}, "inner": {"$ref": "#/$defs/Row"}}
        },
    },
}


def elements(schema: dict[str, Any] = SCHEMA) -> dict[str, Any]:
    found: dict[str, Any] = to_metamodel(schema)["elements"]
    return found


def test_elements_say_where_they_are_and_how_often_they_come() -> None:
    found = elements()
    assert found["form"]["typeName"] == "Form"
    name = found["form.firstname"]
    assert (name["name"], name["xName"], name["xPath"]) == ("firstname", "first-name", "/form/first-name")
    assert name["dataBindingName"] == "first-name"
    assert name["restrictions"]["maxLength"] == {"value": "9", "errortText": None}
    assert name["jsonSchemaPointer"] == "#/$defs/Form/properties/first-name"
    assert (found["form.rows"]["minOccurs"], found["form.rows"]["maxOccurs"]) == (1, 4)
    assert found["form.rows.amount"]["displayString"] == "form.rows[*].amount : [0..1] Decimal"
    assert found["form.tags"]["maxOccurs"] == 99999
    assert found["form.count"]["minOccurs"] == 0


def test_constants_and_single_groups_have_no_binding() -> None:
    found = elements()
    assert found["form.version"]["dataBindingName"] is None
    assert found["form.rows"]["dataBindingName"] == "rows"
    assert found["form.rows.inner"]["dataBindingName"] is None


def test_a_model_that_contains_itself_ends() -> None:
    assert "form.rows.inner" in elements()
    assert "form.rows.inner.amount" not in elements()
    row = next(shape for shape in classes(to_metamodel(SCHEMA)) if shape.name == "Row")
    assert [each.type for each in row.properties] == ["Guid", "decimal", "Row"]


def test_groups_of_one_name_and_different_content_are_two_classes() -> None:
    schema = {
        "properties": {
            "a": {"properties": {"same": {"properties": {"x": {"type": "string"}}}}},
            "b": {"properties": {"same": {"properties": {"y": {"type": "string"}}}}},
        }
    }
    assert [shape.name for shape in classes(to_metamodel(schema))] == ["root", "a", "same", "b", "same2"]


def test_the_text_is_csharp_whatever_the_names_and_values() -> None:
    text = csharp(classes(to_metamodel(SCHEMA)), "My.Models")
    assert "namespace My.Models\n" in text
    assert '[XmlRoot(ElementName="form", Namespace="urn:f")]' in text
    assert 'public string version { get; set; } = "a \\"b\\"";' in text
    assert '[RegularExpression(@"x""y")]' in text
    assert "public string @event { get; set; }" in text
    assert "public bool? Form_ { get; set; }" in text
    assert "public List<Row> rows { get; set; }" in text
    assert "public DateTime? born { get; set; }" in text
    assert "[Range(-3, Int32.MaxValue)]" in text
    assert "public bool ShouldSerializeAltinnRowId() => AltinnRowId != default;" in text


@pytest.mark.parametrize(
    "given", [{}, {"elements": {}}, {"elements": {"a": {"id": "a", "parentElement": "b"}}}]
)
def test_what_is_no_metamodel_is_refused(given: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="metamodel"):
        classes(given)


def test_an_app_gets_new_companions_only_where_it_has_them() -> None:
    path = "App/models/form.schema.json"
    assert companions(MemoryFiles({path: b"{}"}), path, SCHEMA) == {}
    files = MemoryFiles(
        {path: b"{}", "App/models/form.cs": b"\xef\xbb\xbfnamespace Own.Models\r\n{\r\n}\r\n"}
    )
    edits = companions(files, path, SCHEMA)
    assert set(edits) == {"App/models/form.cs"}
    text = edits["App/models/form.cs"] or b""
    assert text.startswith(b"\xef\xbb\xbf")
    assert text.count(b"\n") == text.count(b"\r\n")
    assert b"namespace Own.Models" in text
    again = MemoryFiles({**files, "App/models/form.cs": text})
    assert companions(again, path, SCHEMA) == {}


def test_a_metamodel_keeps_what_it_says_about_the_app() -> None:
    path, beside = "App/models/form.schema.json", "App/models/form.metadata.json"
    files = MemoryFiles({path: b"{}", beside: b'{"Org": "ttd", "elements": {}}\n'})
    text = companions(files, path, SCHEMA)[beside] or b""
    assert text.endswith(b"}\n")
    made = json.loads(text)
    assert made["Org"] == "ttd"
    assert "form.rows" in made["elements"]
    assert companions(MemoryFiles({**files, beside: text}), path, SCHEMA) == {}
    broken = MemoryFiles({path: b"{}", beside: b"{"})
    assert json.loads(companions(broken, path, SCHEMA)[beside] or b"")["Org"] is None


@pytest.mark.parametrize(
    "code",
    [
        "public class A : B",
        "    public int Sum() => 1;",
        "    private int x;",
        "  public int Sum(int a)\n  {",
    ],
)
def test_classes_with_code_of_somebody_are_left_alone(code: str) -> None:
    path = "App/models/form.schema.json"
    files = MemoryFiles({path: b"{}", "App/models/form.cs": f"namespace X\n{{\n{code}\n}}".encode()})
    assert companions(files, path, SCHEMA) == {}


def test_classes_as_generators_write_them_are_made_anew() -> None:
    path = "App/models/form.schema.json"
    text = csharp(classes(to_metamodel({"properties": {"a": {"type": "integer"}}}))).encode()
    files = MemoryFiles({path: b"{}", "App/models/form.cs": text})
    assert set(companions(files, path, SCHEMA)) == {"App/models/form.cs"}


def test_an_old_schema_begins_where_the_apps_class_says() -> None:
    path, beside = "App/models/likert.schema.json", "App/models/likert.metadata.json"
    schema = {
        "properties": {"melding": {"$ref": "#/definitions/Survey"}, "other": {"$ref": "#/definitions/Other"}},
        "definitions": {
            "Survey": {"properties": {"a": {"type": "string"}}},
            "Other": {"properties": {"b": {"type": "string"}}},
        },
    }
    logic = {"classRef": "Altinn.App.Models.Survey"}
    metadata = json.dumps({"dataTypes": [{"id": "x"}, {"id": "likert", "appLogic": logic}]}).encode()
    files = MemoryFiles({path: b"{}", beside: b"{}", "App/config/applicationmetadata.json": metadata})
    made = json.loads(companions(files, path, schema)[beside] or b"")["elements"]
    assert list(made) == ["melding", "melding.a"]
    assert made["melding"]["typeName"] == "Survey"
    # Without the app's word, only a single property can be a wrapper.
    assert "root.melding.a" in to_metamodel(schema)["elements"]
    del schema["properties"]["other"]
    assert list(to_metamodel(schema)["elements"]) == ["melding", "melding.a"]


def test_old_marks_of_attributes_are_known() -> None:
    schema = {"properties": {"a": {"type": "integer", "@xsdType": "XmlAttribute"}}}
    made = to_metamodel(schema)["elements"]["root.a"]
    assert (made["type"], made["typeName"]) == ("Attribute", "Integer")
