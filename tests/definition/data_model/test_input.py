"""What a person writes into a field."""

from decimal import Decimal
from typing import Any

import pytest

from studio.definition.data_model import DataModel, Field, Problem, parse_input


def field(**schema: Any) -> Field:
    return DataModel({"properties": {"f": schema}}).fields[0]


@pytest.mark.parametrize(
    ("schema", "text", "value"),
    [
        ({"type": "string"}, "  Kari  Nordmann ", "Kari  Nordmann"),
        ({"type": "string"}, "one\r\ntwo", "one\ntwo"),
        ({"type": "string"}, "   ", None),
        ({"type": "integer"}, "1 200", 1200),
        ({"type": "integer"}, "−7", -7),
        ({"type": "integer"}, "12,0", 12),
        ({"type": "number"}, "1 234,50", Decimal("1234.50")),
        ({"type": "number"}, "3", 3),
        ({"type": "boolean"}, "on", True),
        ({"type": "boolean"}, "false", False),
        ({"type": "string", "format": "date"}, "31.12.2026", "2026-12-31"),
        ({"type": "string", "format": "date"}, "2026-12-31", "2026-12-31"),
        ({"type": "string", "format": "date-time"}, "2026-12-31T10:00:00Z", "2026-12-31T10:00:00Z"),
        ({"type": "string", "format": "time"}, "14:30", "14:30:00"),
        ({"type": "array", "items": {"type": "integer"}}, "5", 5),
    ],
)
def test_text_becomes_a_value_of_the_fields_kind(schema: dict[str, Any], text: str, value: Any) -> None:
    found = parse_input(field(**schema), text)
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("schema", "text"),
    [
        ({"type": "integer"}, "twelve"),
        ({"type": "integer"}, "1,5"),
        ({"type": "number"}, "1e99999999"),
        ({"type": "number"}, "NaN"),
        ({"type": "number"}, "१२"),
        ({"type": "number"}, "1" * 40),
        ({"type": "boolean"}, "maybe"),
        ({"type": "string", "format": "date"}, "31.02.2026"),
        ({"type": "string", "format": "date-time"}, "soon"),
        ({"type": "string", "format": "time"}, "25:00"),
    ],
)
def test_text_that_is_no_such_value_is_a_problem_that_keeps_the_text(
    schema: dict[str, Any], text: str
) -> None:
    found = parse_input(field(**schema), text)
    assert isinstance(found, Problem)
    assert found.text == text
    assert str(found.sentence)
