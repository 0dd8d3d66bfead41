"""The form in which the platform keeps a schema: no `allOf` around a single member that could do without."""

from collections.abc import Callable, Mapping
from typing import Any, Final

Json = dict[str, Any]

_MAPS: Final = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_LISTS: Final = ("allOf", "anyOf", "oneOf", "prefixItems")
_SINGLE: Final = ("items", "not", "if", "then", "else", "contains", "additionalProperties", "propertyNames")


def normalized(schema: Mapping[str, Any]) -> Json:
    """The schema with every `allOf` of one member merged into what it stands in, from the inside out.

    It stays where both have a keyword in common, or where the member is a reference and there are other
    keywords beside the `allOf`: `$ref` with neighbours means the same, but the platform's readers differ.
    """
    inside = {key: _mapped(key, value, normalized) for key, value in schema.items()}
    members = inside.get("allOf")
    if not isinstance(members, list) or len(members) != 1 or not isinstance(members[0], dict):
        return inside
    rest = {key: value for key, value in inside.items() if key != "allOf"}
    member = members[0]
    if rest.keys() & member.keys() or (rest and "$ref" in member):
        return inside
    return rest | member


def _mapped(keyword: str, value: Any, change: Callable[[Mapping[str, Any]], Json]) -> Any:
    """The value of a keyword with each schema in it changed."""
    if keyword in _MAPS and isinstance(value, dict):
        return {name: change(inner) if isinstance(inner, dict) else inner for name, inner in value.items()}
    if keyword in _LISTS and isinstance(value, list):
        return [change(inner) if isinstance(inner, dict) else inner for inner in value]
    return change(value) if keyword in _SINGLE and isinstance(value, dict) else value
