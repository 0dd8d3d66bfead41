"""Filling in the variables of text resources."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final, Protocol

from studio.definition.expressions.errors import ExpressionError
from studio.definition.expressions.values import to_text

_MARKERS: Final = re.compile(r"\[\{\d+\}\]")
_MOST_LOOKUPS: Final = 5
# What stands before the data type where a variable shows a field.
MODEL: Final = "dataModel."


class Asks(Protocol):
    """What the variables of a text can ask for."""

    def data(self, path: str, data_type: str | None) -> Any: ...

    def instance(self, key: str) -> Any: ...

    def setting(self, key: str) -> Any: ...

    def resource(self, key: str) -> Mapping[str, Any] | None: ...


def resolve(key: str, asks: Asks) -> str:
    """The text for a key: variables filled in, and looked up again where the result is itself a key."""
    seen: set[str] = set()
    current = key
    while current not in seen and len(seen) < _MOST_LOOKUPS:
        seen.add(current)
        resource = asks.resource(current)
        if resource is None:
            return current
        current = filled(resource, asks)
    return current


def filled(resource: Mapping[str, Any], asks: Asks) -> str:
    """The value of a text resource (JSON: value, variables) with its variables filled in."""
    text = str(resource.get("value", ""))
    variables = resource.get("variables")
    for place, variable in enumerate(variables if isinstance(variables, list) else []):
        if isinstance(variable, Mapping):
            text = text.replace(f"{{{place}}}", _variable(variable, asks))
    return text


def variables_of(resource: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(source, key) of what a text shows: ("dataModel.default", "rows.name") for a field."""
    given = resource.get("variables")
    for variable in given if isinstance(given, list) else ():
        if isinstance(variable, Mapping):
            yield str(variable.get("dataSource", "")), _MARKERS.sub("", str(variable.get("key", "")))


def _variable(variable: Mapping[str, Any], asks: Asks) -> str:
    key = str(variable.get("key", ""))
    try:
        found = _from_source(str(variable.get("dataSource", "")), key, asks)
    except ExpressionError:
        found = None
    if isinstance(found, dict | list) or found is None or found == "":
        default = variable.get("defaultValue")
        return key if default is None else str(default)
    return to_text(found) or ""


def _from_source(source: str, key: str, asks: Asks) -> Any:
    if source.startswith(MODEL):
        name = source.removeprefix(MODEL)
        return asks.data(_MARKERS.sub("", key), None if name == "default" else name)
    if source == "applicationSettings":
        return asks.setting(key)
    if source == "instanceContext":
        return asks.instance(key)
    return None
