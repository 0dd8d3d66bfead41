"""Form data against its model."""

from decimal import Decimal
from typing import Any

import pytest

from studio.definition.data_model import DataModel, validate

MODEL = DataModel(
    {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "info": {"rootNode": "#/definitions/Root"},
        "definitions": {
            "Root": {
                "type": "object",
                "required": ["name"],
                "properties": {
                    "name": {"type": "string", "minLength": 3, "errorMessage": "my.text"},
                    "amount": {"type": "number", "multipleOf": 0.01, "exclusiveMaximum": 100},
                    "year": {"type": "string", "format": "year"},
                    "day": {"type": "string", "format": "date", "formatMinimum": "2026-01-01"},
                    "kind": {"enum": ["a", "b", None]},
                    "code": {"oneOf": [{"$ref": "#/definitions/Code"}, {"type": "null"}]},
                    "rows": {"type": "array", "minItems": 2, "items": {"$ref": "#/definitions/Row"}},
                },
            },
            "Code": {"type": "string", "pattern": "^[A-Z]{2}$"},
            "Row": {"properties": {"count": {"type": "integer", "minimum": 1}}},
        },
    }
)


def found(data: dict[str, Any]) -> list[tuple[str, str, str | None]]:
    return [
        (issue.path, issue.key.removeprefix("validation_errors."), issue.limit)
        for issue in validate(MODEL, data)
    ]


@pytest.mark.parametrize(
    ("data", "issues"),
    [
        ({"name": "ab"}, [("name", "minLength", "3")]),
        ({"amount": Decimal("1.234")}, [("amount", "multipleOf", "0.01")]),
        ({"amount": Decimal("99.99")}, []),
        ({"amount": 100}, [("amount", "max", "100")]),
        ({"year": "26"}, [("year", "pattern", "year")]),
        ({"day": "2025-12-31"}, [("day", "formatMinimum", "2026-01-01")]),
        ({"kind": "c"}, [("kind", "enum", None)]),
        ({"code": "ab"}, [("code", "pattern", "^[A-Z]{2}$")]),
        ({"rows": [{"count": 0}]}, [("rows", "minItems", "2"), ("rows[0].count", "min", "1")]),
        ({"rows": [{"count": 1}, {"count": "x"}]}, [("rows[1].count", "pattern", "integer")]),
    ],
)
def test_what_is_wrong_has_a_path_a_message_and_its_limit(
    data: dict[str, Any], issues: list[tuple[str, str, str | None]]
) -> None:
    assert sorted(found(data)) == sorted(issues)


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"name": None, "amount": None, "code": None, "rows": None},
        {"name": "", "code": "", "day": ""},
        {"rows": [{"count": "12"}, {"count": 2, "altinnRowId": "x"}]},
    ],
    ids=["missing", "null", "empty", "what the client converts"],
)
def test_missing_and_empty_answers_are_not_the_models_business(data: dict[str, Any]) -> None:
    assert found(data) == []


def test_the_schemas_own_message_is_given() -> None:
    assert [issue.custom for issue in validate(MODEL, {"name": "a"})] == ["my.text"]


def test_a_schema_that_cannot_be_used_finds_nothing() -> None:
    assert validate(DataModel({"properties": {"a": {"$ref": "#/definitions/Gone"}}}), {"a": 1}) == ()
    assert validate(DataModel({"properties": {"a": {"type": "nonsense"}}}), {"a": 1}) == ()


def test_a_pattern_that_never_ends_elsewhere_ends_here() -> None:
    model = DataModel({"properties": {"a": {"type": "string", "pattern": "^(a|aa)+$"}}})
    assert [issue.keyword for issue in validate(model, {"a": "a" * 60 + "!"})] == ["pattern"]
