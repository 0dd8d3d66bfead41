"""Form data against its model."""

from decimal import Decimal
from typing import Any

import pytest

from studio.definition.data_model import DataModel, problem_of, validate
from studio.definition.data_model.patterns import ecma

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


def wrong(schema: dict[str, Any], value: Any) -> list[str]:
    """The keywords that a value breaks, in a model that came of an XSD."""
    model = DataModel({"@xsdNamespaces": {}, "properties": {"a": schema}})
    return [issue.keyword for issue in validate(model, {"a": value})]


@pytest.mark.parametrize(
    ("digits", "value", "holds"),
    [
        (3, 123, True),
        (3, 1234, False),
        (3, Decimal("1.230"), True),
        (3, Decimal("0.05"), True),
        (1, Decimal("0.05"), False),
        (3, Decimal("1E+2"), True),
        (3, 1000, False),
        (3, 0, True),
        (3, "0123", True),
        (3, "1234", False),
        (3, 10**400, False),
    ],
    ids=str,
)
def test_the_digits_of_a_number_are_counted(digits: int, value: Any, holds: bool) -> None:
    assert (wrong({"type": "number", "totalDigits": digits}, value) == []) is holds


def test_tenths_are_exact() -> None:
    for value in (Decimal("0.3"), Decimal("1.10"), 2, "0.7"):
        assert wrong({"type": "number", "multipleOf": 0.1}, value) == []
    assert wrong({"type": "number", "multipleOf": 0.1}, Decimal("0.30000000000000004")) == ["multipleOf"]
    assert wrong({"type": "number", "multipleOf": 1e-05}, Decimal("0.00003")) == []


def test_what_is_turned_into_the_expected_type_must_keep_its_limits() -> None:
    assert wrong({"type": "integer", "maximum": 10}, "+11") == ["maximum"]
    assert wrong({"type": "integer", "maximum": 10}, "01") == []
    assert wrong({"type": "integer"}, "1.5") == ["type"]
    assert wrong({"type": "string", "maxLength": 2}, 123) == ["maxLength"]
    assert wrong({"type": "boolean", "const": True}, "false") == ["const"]
    assert wrong({"type": "integer"}, "1e999") == []
    assert wrong({"type": "integer", "maximum": 10}, "1e9999") == ["type"]


@pytest.mark.parametrize(
    ("schema", "value", "holds"),
    [
        ({"format": "time"}, "10:00:00", True),
        ({"format": "time"}, "10:00:00.5+01:00", True),
        ({"format": "time"}, "25:00:00", False),
        ({"format": "date-time"}, "2026-01-31T10:00:00", True),
        ({"format": "date-time"}, "2026-02-31T10:00:00", False),
        ({"format": "date-time"}, "2026-01-31", False),
        ({"format": "date"}, "2026-02-29", False),
        ({"format": "year"}, "2026", True),
        ({"format": "year-month"}, "2026-13", False),
        ({"format": "month-day"}, "--02-29", True),
        ({"formatMaximum": "2026-01-31"}, "2026-02-01", False),
        ({"formatExclusiveMinimum": "2026-01-31"}, "2026-01-31", False),
        ({"formatExclusiveMaximum": "2026-01-31"}, "2026-01-30", True),
        ({"formatMinimum": "2026-01-31T12:00:00+01:00"}, "2026-01-31T11:00:00Z", True),
        ({"formatMinimum": "2026-01-31T12:00:00+01:00"}, "2026-01-31T10:59:00Z", False),
    ],
    ids=str,
)
def test_moments_are_read_as_xml_schema_writes_them(schema: dict[str, Any], value: str, holds: bool) -> None:
    assert (wrong({"type": "string"} | schema, value) == []) is holds


@pytest.mark.parametrize(
    ("pattern", "good", "bad"),
    [
        ("[0-9]{4}", "1234", "x1234"),
        ("a|b", "b", "bc"),
        ("[a-z-[aeiou]]+", "bcd", "bad"),
        ("[A-Z-[IO]]x[-a]", "Bx-", "Ix-"),
        (r"\i\c*", "_a-1", "1a"),
        (r"[\i:]\d", ":1", "a1x"),
        (r"\p{IsBasicLatin}+", "abc", "å"),
        (r"\P{IsBasicLatin}", "å", "a"),
        (r"\p{L}+", "åæ", "1"),
        (r"^\d{2}$", "12", "123"),
        ("(?=.{3}$)[ab]*", "aba", "ab"),
    ],
    ids=str,
)
def test_patterns_of_xml_schema_speak_of_the_whole_text(pattern: str, good: str, bad: str) -> None:
    assert wrong({"pattern": pattern}, good) == []
    assert wrong({"pattern": pattern}, bad) == ["pattern"]


def test_a_pattern_is_shown_as_it_was_written() -> None:
    model = DataModel({"@xsdNamespaces": {}, "properties": {"a": {"pattern": "[a-z-[b]]"}}})
    assert [issue.limit for issue in validate(model, {"a": "b"})] == ["[a-z-[b]]"]


def test_patterns_of_other_schemas_may_match_a_part() -> None:
    model = DataModel({"properties": {"a": {"pattern": "[0-9]"}}})
    assert validate(model, {"a": "x1"}) == ()


def test_a_pattern_that_nobody_can_read_leaves_the_rest_in_force() -> None:
    model = DataModel({"properties": {"a": {"pattern": "(?", "maxLength": 2}}})
    assert [issue.keyword for issue in validate(model, {"a": "xxx"})] == ["maxLength"]
    problem = problem_of(model)
    assert problem is not None
    assert "(?" in str(problem)


@pytest.mark.parametrize(
    "schema",
    [{"$ref": "#/nowhere"}, {"properties": {"a": {"type": "no"}}}, {"$ref": "file:///etc/passwd"}],
    ids=str,
)
def test_a_schema_that_cannot_check_anything_says_why(schema: dict[str, Any]) -> None:
    assert "cannot check" in str(problem_of(DataModel(schema)))
    assert validate(DataModel(schema), {"a": 1}) == ()
    assert problem_of(MODEL) is None


def test_a_pattern_that_takes_for_ever_elsewhere_is_done_at_once() -> None:
    assert wrong({"pattern": "(a+)+b"}, "a" * 5000) == ["pattern"]


@pytest.mark.parametrize(
    "pattern", ["[", "[a-[", "]", "-[", "[]", "[a-[b", "\\", "[a-[b]", "[a-[b]]-[c]]", "[\\I]"]
)
def test_half_patterns_are_translated_without_an_end(pattern: str) -> None:
    assert isinstance(ecma(pattern), str)


@pytest.mark.parametrize("name", ["AvsenderAvSøknad", "a b", "x%C3%B8y", "100%"])
def test_types_may_have_any_name(name: str) -> None:
    real = name.replace("%C3%B8", "ø")
    model = DataModel({"$defs": {real: {"maxLength": 1}}, "properties": {"a": {"$ref": f"#/$defs/{name}"}}})
    assert problem_of(model) is None
    assert [issue.keyword for issue in validate(model, {"a": "xx"})] == ["maxLength"]
