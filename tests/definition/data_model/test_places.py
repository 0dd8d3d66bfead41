"""Places in a schema: where the members of a value are listed."""

from typing import Any

import pytest

from studio.definition.data_model.nodes import SchemaDocument
from studio.definition.data_model.places import SchemaPlaces


@pytest.mark.parametrize(
    "definitions",
    [
        {"a": {"$ref": "#/$defs/a"}},
        {"a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}},
        {"a": {"type": "array", "items": {"$ref": "#/$defs/a"}}},
        {"a": {"allOf": [{"$ref": "#/$defs/a"}]}},
    ],
)
def test_a_reference_that_leads_back_to_itself_holds_nothing(definitions: dict[str, Any]) -> None:
    schema = {"properties": {"x": {"$ref": "#/$defs/a"}}, "$defs": definitions}
    places = SchemaPlaces(SchemaDocument(schema))
    assert places.holder("/properties/x") in {None, "/$defs/a"}
    assert places.holder("") == ""
