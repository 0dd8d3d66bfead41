"""What a type on top of another may say in an XSD."""

from typing import Any

import pytest
from lxml import etree

from studio.definition.data_model.conversion import to_xsd
from studio.definition.data_model.conversion.reading import BrokenSchema

XS = "{http://www.w3.org/2001/XMLSchema}"
DATE = {"type": "string", "format": "date"}
CHOICE = {"anyOf": [{"type": "string"}, {"type": "integer"}]}


def facets(base: dict[str, Any], own: dict[str, Any]) -> list[tuple[str, str]]:
    """The facets of a type with the keywords `own` on top of the type `base`; libxml2 takes the XSD."""
    types = {"Own": {"$ref": "#/$defs/Base", **own}, "Base": base}
    made = etree.fromstring(
        to_xsd({"@xsdRootElement": "root", "type": "object", "properties": {}, "$defs": types})
    )
    etree.XMLSchema(made)
    restriction = made.find(f"{XS}simpleType[@name='Own']/{XS}restriction")
    assert restriction is not None
    return [(etree.QName(facet).localname, facet.get("value", "")) for facet in restriction]


@pytest.mark.parametrize(
    ("base", "own", "kept"),
    [
        ({"type": "string", "maxLength": 1}, {"maxLength": 2}, []),
        ({"type": "string", "maxLength": 2}, {"maxLength": 1}, [("maxLength", "1")]),
        ({"type": "string", "minLength": 3, "maxLength": 3}, {"minLength": 2, "maxLength": 5}, []),
        ({"type": "integer", "minimum": 1}, {"exclusiveMinimum": -5, "maximum": 9}, [("maxInclusive", "9")]),
        ({"type": "integer", "minimum": 5}, {"exclusiveMinimum": 5}, [("minExclusive", "5")]),
        ({**DATE, "formatMinimum": "2020-01-01"}, {"formatMinimum": "2019-12-31"}, []),
        ({"type": "string", "enum": ["a", "b"]}, {"enum": ["b", "c"]}, [("enumeration", "b")]),
        (CHOICE, {"maxLength": 2}, []),
    ],
)
def test_a_limit_that_the_type_below_keeps_tighter_is_not_said_again(
    base: dict[str, Any], own: dict[str, Any], kept: list[tuple[str, str]]
) -> None:
    assert facets(base, own) == kept


def test_the_tightest_limit_of_all_types_below_counts() -> None:
    types = {
        "A": {"$ref": "#/$defs/B", "maxLength": 4},
        "B": {"$ref": "#/$defs/C", "minLength": 1},
        "C": {"type": "string", "maxLength": 3},
    }
    made = to_xsd({"@xsdRootElement": "root", "type": "object", "properties": {}, "$defs": types})
    etree.XMLSchema(etree.fromstring(made))


@pytest.mark.parametrize(
    ("base", "own"),
    [
        ({"type": "string", "maxLength": 1}, {"minLength": 2}),
        ({"type": "integer", "minimum": 1}, {"maximum": -5}),
        ({"type": "number", "maximum": 5}, {"exclusiveMinimum": 5}),
        ({**DATE, "formatMinimum": "2020-01-01"}, {"formatMaximum": "2019-12-31"}),
        ({"type": "string", "enum": ["a"]}, {"enum": ["b"]}),
    ],
)
def test_limits_that_no_value_keeps_are_named_with_their_place(
    base: dict[str, Any], own: dict[str, Any]
) -> None:
    with pytest.raises(BrokenSchema, match=r"#/\$defs/Own"):
        facets(base, own)
